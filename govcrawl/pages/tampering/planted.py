"""Finds blocks of hidden links on a page, and spam in its title, its text and its visible links.

A block is a certain find when its words are spam, or when it leads to several strangers and nothing can show it to a reader.
When something can (a menu, a tab, a dialog, a share box) it is a `menu` and reported only if history says that it is new
(`analytics/checks/hidden_link.py`). Any other block is a doubt, which a person decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.markup.places import Places
from govcrawl.pages.tampering.concealed import MENUS, Concealed
from govcrawl.pages.tampering.jargon import NOTHING, Spam, spam_in, spam_in_text, together, united
from govcrawl.pages.tampering.outward import Outward, address, domain_of, is_stranger, outward_links
from govcrawl.pages.tampering.scripts import of_scripts
from govcrawl.records.items import Anchor, Planted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

MENU: Final = "menu"
"""The doubt of a block that a click may show; judged by history alone."""

_MOST_PLANTED: Final = 20  # of one page
_MOST_ANCHORS: Final = 100  # of one block
_LONGEST_EXCERPT: Final = 1000
_LONGEST_TEXT: Final = 100
_CERTAIN_WORDS: Final = 2  # weight of the words of hidden links
_CERTAIN_STRANGERS: Final = 3  # domains
_TITLE_WORDS: Final = 3  # weight
_SHOWN_WORDS: Final = 2  # weight of one shown link
_TEXT_WORDS: Final = 8
_LABEL: Final = 24  # characters of a heading or a switch beside what it opens
_LABEL_WORDS: Final = re.compile(r"[\w\u4e00-\u9fff]")
_SWITCHES: Final = ("on", "data-", "aria-", "role", "v-", "@", ":")
_ENCODED: Final = re.compile(r"&#(?:x[0-9a-f]{3,5}|\d{4,6});", re.IGNORECASE)
_TITLE_BEGINS: Final = re.compile("<title", re.IGNORECASE)
_TITLE_ENDS: Final = re.compile("</title", re.IGNORECASE)
_LONGEST_TITLE: Final = 2000  # characters as written, the tag with them
_ENCODED_SHARE: Final = 3  # a title so written beside a page that is not
_SPOKEN_OF: Final = ("keywords", "description")


def planted(doc: Document, home_url: str, text: str, *, article: bool = False) -> list[Planted]:
    """Everything on the page of a site that looks planted; `text` is what the page shows.

    The titles of articles are about anything: one word of spam counts less there than in the title of a home page or a list.
    """
    leads = outward_links(doc.tree, home_url)
    found = [
        *(_hidden(doc, home_url, leads) if leads else ()),
        *_hidden_frames(doc, home_url),
        *_titled(doc, article=article),
        *(_shown(doc, leads) if leads else ()),
        *_hidden_words(doc),
        *of_scripts(doc, home_url),
    ]
    if not any(each.words and each.doubt is None for each in found):  # else the text is full of their words
        found += _of_text(text)
    return found[:_MOST_PLANTED]


# ------------------------------------------------------------------------------------- hidden links


def _hidden(doc: Document, home_url: str, leads: list[Outward]) -> Iterator[Planted]:
    concealed = Concealed(doc)
    blocks: dict[int, tuple[LexborNode, str, list[Outward]]] = {}
    shown = set()
    for lead in leads:
        container = concealed.container(lead.node)
        if container is None:
            shown.add(lead.domain)
        else:
            node, way = container
            blocks.setdefault(node.mem_id, (node, way, []))[2].append(lead)
    places = Places(doc)
    standing = [block for block in blocks.values() if not _is_curtain(doc, block[0], home_url)]
    for node, way, members in _together(standing):
        spam = together([_words(lead.node) for lead in members])
        strangers = {
            lead.domain
            for lead in members
            if lead.stranger and lead.domain not in shown and not _pictured(lead.node)
        }
        doubt: str | None
        if spam.subject and spam.weight >= _CERTAIN_WORDS:
            doubt = None
        elif not strangers:
            continue
        else:
            doubt = _doubt(doc, node, way, members, len(strangers))
            # One link hidden as menus are is a mark of the maker of a system as often as a planted one; a word of spam tells.
            by_history = doubt == "few" and len(strangers) == 1 and way in MENUS and not spam.weight
            doubt = MENU if by_history else doubt
        yield _block("hidden", way, doc, node, members, list(spam.words), doubt, places)


def _doubt(doc: Document, node: LexborNode, way: str, members: list[Outward], strangers: int) -> str | None:
    """Why a block of links to strangers, without words of spam, may be no fault; None where it can be nothing else."""
    if sum(lead.stranger for lead in members) * 5 < len(members) * 4:
        return MENU  # of offices, and some others among them
    many = strangers >= _CERTAIN_STRANGERS
    if way not in MENUS:
        if many:
            return None
        return MENU if way in ("empty", "noscript", "template") else "few"
    if _can_be_opened(doc, node):
        return MENU
    if node.attributes.get("class") or node.attributes.get("id"):
        return "named" if many else MENU
    return None if many else "few"


def _together(
    blocks: list[tuple[LexborNode, str, list[Outward]]],
) -> list[tuple[LexborNode, str, list[Outward]]]:
    """Blocks, those of one link each joined where they stand side by side: the forty rows of a list, each hidden by itself."""
    alone: dict[int, list[tuple[LexborNode, str, list[Outward]]]] = {}
    joined = []
    for block in blocks:
        beside = block[0].parent
        if len(block[2]) > 1 or beside is None:
            joined.append(block)
            continue
        if beside.tag in ("li", "td", "p", "span", "dd", "b", "font") and beside.parent is not None:
            beside = beside.parent
        alone.setdefault(beside.mem_id, []).append((beside, *block[1:]))
        if len(alone[beside.mem_id]) == 1:
            joined.append(block)
    merged = []
    for block in joined:
        row = next((rows for rows in alone.values() if rows[0][2] is block[2]), [])
        if len(row) > 1:
            merged.append((row[0][0], block[1], [lead for each in row for lead in each[2]]))
        else:
            merged.append(block)
    return merged


def _is_curtain(doc: Document, node: LexborNode, home_url: str) -> bool:
    """Whether the element holds the page itself, which a script shows once it is ready."""
    if node.tag in ("html", "body"):
        return True
    home = domain_of(home_url)

    def own(within: LexborNode) -> int:
        links = within.css("a[href]")[:2000]
        return sum(domain_of(link.attributes.get("href") or "") in ("", home) for link in links)

    inside = own(node)
    body = doc.tree.body
    return inside > 2 and body is not None and inside * 2 >= own(body)


def _can_be_opened(doc: Document, node: LexborNode) -> bool:
    """Whether a reader may get to see the element: by a switch on it, a script that names it, a label or a tab beside it."""
    step: LexborNode | None = node
    for _ in range(3):
        if step is None or step.tag in ("body", "html"):
            break
        attributes = step.attributes
        if any(name.startswith(_SWITCHES) for name in attributes):
            return True
        names = [name for key in ("id", "class") for name in (attributes.get(key) or "").split()]
        if any(_in_scripts(doc, name) for name in names):
            return True
        if _has_label(step) or _is_pane(step):
            return True
        step = step.parent
        if step is not None and len(step.css("a[href]")) > 2 * len(node.css("a[href]")) + 2:
            break  # a switch of something larger
    return False


def _in_scripts(doc: Document, name: str) -> bool:
    return len(name) > 1 and any(name in script for script in doc.scripts)


def _has_label(node: LexborNode) -> bool:
    """Whether the words just before an element are short enough to be its heading, and stand in an element of their own."""
    before = node.prev
    while before is not None and (not before.is_element_node or before.tag in ("script", "style", "br")):
        if not before.is_element_node and before.text().strip():
            return False
        before = before.prev
    if before is None:
        return False
    words = "".join(before.text().split())
    return 0 < len(words) <= _LABEL and bool(_LABEL_WORDS.search(words)) and not before.css_first("a + a")


def _is_pane(node: LexborNode) -> bool:
    """Whether an element is one of several alike of which another is shown: the panes of tabs, the slides of a show."""
    kind = (node.tag, (node.attributes.get("class") or "").partition(" ")[0])
    for towards in ("prev", "next"):
        beside = getattr(node, towards)
        while beside is not None and not beside.is_element_node:
            beside = getattr(beside, towards)
        if beside is None or (beside.tag, (beside.attributes.get("class") or "").partition(" ")[0]) != kind:
            continue
        links = beside.css("a[href]")
        out = sum(bool(domain_of(link.attributes.get("href") or "")) for link in links)
        if links and out * 2 >= len(links):
            return True
    return False


def _pictured(node: LexborNode) -> bool:
    return node.css_first("img") is not None and not node.text().strip()


def _words(node: LexborNode) -> str:
    picture = node.css_first("img")
    said = (
        node.text(),
        node.attributes.get("title") or "",
        picture.attributes.get("alt") or "" if picture is not None else "",
    )
    return " ".join(" ".join(words.split()) for words in dict.fromkeys(said) if words)[: _LONGEST_TEXT * 2]


def _hidden_frames(doc: Document, home_url: str) -> Iterator[Planted]:
    """Frames of strangers that take no room: whatever runs in them, nobody is to see it."""
    home = domain_of(home_url)
    for node in doc.tree.tags("iframe"):
        source = node.attributes.get("src") or ""
        domain = domain_of(source)
        sizes = {
            (node.attributes.get(name) or "").strip().lower().removesuffix("px")
            for name in ("width", "height")
        }
        if domain and domain != home and is_stranger(domain) and sizes <= {"0", "1"}:
            lead = Outward(node, source, domain, stranger=True)
            yield _block("hidden", "frame", doc, node, [lead], [], "few", Places(doc))


# ------------------------------------------------------------------------------------- what is shown


def _titled(doc: Document, *, article: bool) -> Iterator[Planted]:
    title = doc.title or ""
    spam = spam_in(title)
    encoded = _is_encoded_alone(doc)
    enough = spam.plain_spam and not article
    if spam.subject and (enough or spam.weight >= (_CERTAIN_WORDS if encoded else _TITLE_WORDS)):
        yield _said(doc, "title", "encoded" if encoded else "plain", "title", title, list(spam.words))
    elif encoded:
        yield _said(doc, "title", "encoded", "title", title, [], doubt="encoded")
    for attributes in doc.metas:
        name = (attributes.get("name") or "").strip().lower()
        if name in _SPOKEN_OF:
            content = attributes.get("content") or ""
            spam = spam_in(content)
            if spam.subject and spam.weight >= _TITLE_WORDS:
                yield _said(
                    doc,
                    name,
                    "plain",
                    f'meta[name="{attributes.get("name")}"]',
                    content,
                    list(spam.words),
                )


def _is_encoded_alone(doc: Document) -> bool:
    """Whether only the title is written in character references, so that engines read it and scanners do not."""
    if not doc.title:
        return False
    inside = len(_ENCODED.findall(_title_as_written(doc.source[:50_000])))
    return (
        inside > _ENCODED_SHARE
        and sum(1 for _ in _ENCODED.finditer(doc.source)) <= inside * _ENCODED_SHARE + 20
    )


def _title_as_written(source: str) -> str:
    """What stands in the first title of a page, its character references unread; "" where none is closed."""
    begin = _TITLE_BEGINS.search(source)
    end = _TITLE_ENDS.search(source, begin.end()) if begin is not None else None
    if begin is None or end is None:
        return ""
    return source[begin.end() : end.start()][:_LONGEST_TITLE].partition(">")[2]


def _shown(doc: Document, leads: list[Outward]) -> Iterator[Planted]:
    """Links of spam that everybody sees: one for the page, with all of them; a word that offices use as well is a doubt."""
    concealed: Concealed | None = None
    found: list[tuple[Outward, Spam]] = []
    for lead in leads:
        spam = spam_in(_words(lead.node)) if lead.stranger else NOTHING
        if spam.subject:
            concealed = concealed or Concealed(doc)
            if concealed.container(lead.node) is None:
                found.append((lead, spam))
    certain = [each for each in found if each[1].weight >= _SHOWN_WORDS]
    if found:
        doubt = None if certain else "word"
        shown, spams = zip(*(certain or found), strict=True)
        words = list(united(spams).words)
        yield _block("shown", "plain", doc, shown[0].node, list(shown), words, doubt, Places(doc))


def _hidden_words(doc: Document) -> Iterator[Planted]:
    """Texts of spam without links that a page hides."""
    for node, way in list(doc.hidden.containers.values())[:200]:
        if node.tag in ("html", "body"):
            continue
        text = node.text()
        if len(text) < 20_000 and not node.css_first("a[href]"):
            spam = spam_in(text)
            if spam.subject and spam.weight >= _TEXT_WORDS // 2:
                yield _said(doc, "text", way, Places(doc).selector(node), text, list(spam.words))


def _of_text(text: str) -> Iterator[Planted]:
    spam = spam_in_text(text)
    if spam.subject and spam.weight >= _TEXT_WORDS:
        yield Planted("text", "plain", "body", -1, text[:_LONGEST_EXCERPT], [], list(spam.words))


# ------------------------------------------------------------------------------------- evidence


def _block(
    kind: str,
    way: str,
    doc: Document,
    node: LexborNode,
    members: list[Outward],
    words: list[str],
    doubt: str | None,
    places: Places,
) -> Planted:
    anchors = [
        Anchor(address(doc, lead.href), _words(lead.node)[:_LONGEST_TEXT]) for lead in members[:_MOST_ANCHORS]
    ]
    excerpt = (node.html or "")[:_LONGEST_EXCERPT]
    position = doc.source.find(members[0].href) if members[0].href else -1
    return Planted(kind, way, places.selector(node), position, excerpt, anchors, words, doubt)


def _said(
    doc: Document, kind: str, way: str, place: str, text: str, words: list[str], doubt: str | None = None
) -> Planted:
    text = " ".join(text.split())
    return Planted(kind, way, place, doc.source.find(text[:20]), text[:_LONGEST_EXCERPT], [], words, doubt)
