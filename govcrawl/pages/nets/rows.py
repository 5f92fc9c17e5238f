"""The net for the entries of a list: anything that repeats, with or without anchors, and any script that may fill it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from govcrawl.pages.links.article_address import is_article_address, path_of
from govcrawl.pages.links.urls import directory_of, is_front_page
from govcrawl.pages.lists.beside import surroundings
from govcrawl.pages.lists.listing import (
    is_named_otherwise,
    own_list_is_empty,
    says_blank,
    speaks_of_blank,
)
from govcrawl.pages.markup.foot import FOOT
from govcrawl.pages.markup.hidden import hides
from govcrawl.pages.nets.dates import day_in
from govcrawl.pages.nets.snippet import LONGEST, OWN_ELEMENT, caught, unfilled, words_of_styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

_HEADLINE: Final = 12  # characters of a link that is one row of a list, wherever it leads
_LONGEST_HEADLINE: Final = 60
_FRONT: Final = re.compile(r"/(?:(?:index|list|default)[\w-]*\.\w+)?$", re.IGNORECASE)  # of another section
_PAIR: Final = 2  # of them, if each could be a headline
_ALIKE: Final = 3  # elements side by side that make rows
_TITLE: Final = 8  # characters a row holds at least on average; menus have four
_NO_MENU: Final = 16  # characters of a row on average: the names of offices among the friend links have fewer
_LONGEST_ROW: Final = 400
_ENOUGH_TEXT: Final = 24  # characters
_MOST_ELEMENTS: Final = 4000
_HOLDERS: Final = "ul, ol, dl, tbody, table, div, section, article, main, p, td, form, center, span, pre"
_LINES: Final = frozenset({"li", "td", "tr", "tbody", "p", "dd", "dt", "figure", "span"})
_LINE: Final = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{3}")
_ROWS: Final = "li, tr, dd, dt, p, div, td, section, article"
_LONGEST_LINE: Final = 120  # characters; a longer text with a day in it is no row
_FRAMES: Final = "iframe[src], frame[src], object[data], embed[src]"
_BUTTONS: Final = "input[type=submit], input[type=button]"
_PICTURES: Final = "a[href] img, area[href], a[href][style*='url(']"
_SHOWN: Final = "img[src], video, audio, canvas"
_PICTURED: Final = "pictures: "
_SIGN: Final = 100  # pixels; what is smaller is a sign or a button
_ENCLOSING: Final = 6  # elements around a picture whose names are looked at
_FURNITURE: Final = re.compile(
    r"logo|banner|head|top|foot|bottom|nav|menu|side|float|crumb|search|share|icon|arrow|btn|button|bg|line|dot|space|blank|loading|count|stat"
    r"|ewm|erweima|qr|weixin|wechat|weibo|wx|app|conac|dzjg|beian|gongan|police|jubao|jiucuo|pucha|wza|barrier|link|friend|adv?\b|kong|empty|no[-_]?data|wu\b"
    r"|标志|标识|徽|二维码|微信|微博|公安|备案|举报|找错|无障碍|适老|长者|暂无|空",
    re.IGNORECASE,
)
_FILE: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|ofd|zip|rar|7z|txt)(?:$|[?#])", re.IGNORECASE)
# How the name of a document ends or begins, however short it is: 关于停水的公告.
_OF_DOCUMENT: Final = re.compile(
    r"^关于.|.[的之].{0,3}(?:通知|公告|公示|通告|通报|意见|办法|方案|决定|批复|函|令)$"
)
_QUESTIONS: Final = (
    "input[type=text], input[type=search], input[type=password], input:not([type]), textarea, select"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NO_SIZE: Final = re.compile(r"\s*[01](?:px)?\s*")
_KIND: Final = re.compile(
    r"[\W\d_]+|odd|even|first|last|active|cur(?:rent)?|on"
)  # what tells rows of one list apart


def rows_like(doc: Document) -> str | None:
    """The first words of what nobody took for entries: rows, a single dated one, the way to one, a frame, pictures.

    Left out are navigation, the foot, and boxes whose heading names something beside the list. Of a page that says
    itself that it has none only rows beside these words count.
    """
    if doc.seen is None:
        return None
    said_blank = says_blank(doc)
    for holder in (doc.seen, *doc.seen.css(_HOLDERS)[:_MOST_ELEMENTS]):
        rows = _alike(holder) or _text(holder)
        if rows is None or FOOT.search(" ".join(rows)) or (said_blank and not _is_beside_blank(holder)):
            continue
        if _is_own(doc, holder, rows[0], no_menu=sum(map(len, rows)) >= _NO_MENU * len(rows)):
            return " / ".join(rows[:_ALIKE])[:LONGEST]
    if said_blank:
        return None
    return (
        _single(doc, doc.seen)
        or _frame(doc)
        or _pictured(doc, doc.seen)
        or _drawn_or_chosen(doc)
        or caught(OWN_ELEMENT, doc.source)
        or _styled(doc)
        or unfilled(doc.text, doc.source)
    )


def _is_own(doc: Document, holder: LexborNode, first: str, *, no_menu: bool = False) -> bool:
    """Whether rows may be the section's: no menu, and no box of something else, by its heading.

    `no_menu`: they are too long for one, whatever their element is called.
    """
    around = surroundings(holder, first)
    if around.named_beside or (around.is_frame and not no_menu):
        return False
    return not (own_list_is_empty(doc) and is_named_otherwise(around.heading, doc))


def _is_beside_blank(holder: LexborNode) -> bool:
    """Whether the words that a list holds nothing stand in the very element that holds rows, or right beside it."""
    parent = holder.parent
    near = holder if parent is None or parent.tag in {"body", "html"} else parent
    return speaks_of_blank(near.text(separator="\n") or "")


def _single(doc: Document, seen: LexborNode) -> str | None:
    """A single row: a line with a day, or a link to what looks like an article."""
    for node in seen.css(_ROWS)[:_MOST_ELEMENTS]:
        text = " ".join((node.text(separator=" ") or "").split())
        if (
            _TITLE <= len(text) <= _LONGEST_LINE
            and not FOOT.search(text)
            and day_in(doc, text)
            and all(inner.mem_id == node.mem_id for inner in node.css(_ROWS))
            and _is_own(doc, _list_of(node), text)
        ):
            return text[:LONGEST]
    directory = directory_of(doc.url)
    for anchor in seen.css("a[href]")[:_MOST_ELEMENTS]:
        text = "".join((anchor.text() or "").split())
        dated = _YEAR.search(text) is not None  # the way to the rows of a year
        href = anchor.attributes.get("href") or ""
        document = _OF_DOCUMENT.search(text) is not None or _FILE.search(href) is not None
        url = doc.absolute(href) if dated or document or len(text) >= _TITLE else None
        below = (
            url is not None
            and url.startswith(directory)
            and url != doc.url
            and urlsplit(directory).path != "/"
        )
        if dated and below and _is_own(doc, _list_of(anchor), text):
            return f"{text} ({url})"[:LONGEST]
        if (
            url is None
            or not (document or len(text) >= _TITLE)
            or (_FRONT.search(path_of(url)) and not _FILE.search(url))
            or not _is_own(doc, _list_of(anchor), text)
        ):
            continue
        if document or len(text) >= _HEADLINE or is_article_address(url) or below:
            return f"{text} ({url})"[:LONGEST]
    return None


def _list_of(node: LexborNode) -> LexborNode:
    """What a row stands in: lines beside it are no heading of its list."""
    step = node.parent if node.tag in {"a", "area"} else node
    while step is not None and step.tag in _LINES and step.parent is not None:
        step = step.parent
    return step or node


def _frame(doc: Document) -> str | None:
    """A frame around another page, in which the list may stand; those without a size count visits."""
    for node in doc.tree.css(_FRAMES):
        attributes = node.attributes
        if not any(
            _NO_SIZE.fullmatch(attributes.get(side) or "") for side in ("width", "height")
        ) and not hides(node):
            return f"{node.tag}: {attributes.get('src') or attributes.get('data') or ''}"[:LONGEST]
    return None


def _drawn_or_chosen(doc: Document) -> str | None:
    """Words of a drawing, a choice with a day in it or an address of the site, a form without a question: rows told by no text."""
    for node in doc.tree.css("svg, option")[:_MOST_ELEMENTS]:
        text = " ".join((node.text(separator=" ") or "").split())
        if len(text) >= _TITLE and (node.tag == "svg" or day_in(doc, text) or _leads_inside(doc, node)):
            return f"{node.tag}: {text}"[:LONGEST]
    for form in doc.tree.css("form"):
        pressed = form.css_first(f"{_BUTTONS}, button")
        if pressed is not None and form.css_first(_QUESTIONS) is None:
            return f"form: {pressed.attributes.get('value') or (pressed.text() or '').strip()}"[:LONGEST]
    return None


def _leads_inside(doc: Document, option: LexborNode) -> bool:
    """Whether the value of a choice is an address of the same site, as in a list to choose from; those of friends lie outside."""
    value = option.attributes.get("value") or ""
    url = doc.absolute(value) if "/" in value else None
    return url is not None and urlsplit(url).netloc == urlsplit(doc.url).netloc


def _styled(doc: Document) -> str | None:
    """Words that a style prints, where they are as many as a title has."""
    words = words_of_styles(doc)
    return f"content: {words}"[:LONGEST] if len(_LINE.findall(words)) >= _TITLE else None


def _pictured(doc: Document, seen: LexborNode) -> str | None:
    """A picture, a film or a sound that is the section's own: what is told by no words.

    Not the head of the site, its foot and what floats beside the page, by name, way and size; three that lead somewhere are a list
    wherever they stand.
    """
    lists: dict[int, int] = {}
    for node in seen.css(f"{_PICTURES}, {_SHOWN}")[:_MOST_ELEMENTS]:
        attributes = node.attributes
        anchor = node if node.tag in {"a", "area"} else node.parent
        href = "" if anchor is None else anchor.attributes.get("href") or ""
        above = None if anchor is None else _list_of(anchor)
        if above is None or not _is_own(doc, above, ""):
            continue
        snippet = f"{_PICTURED}{attributes.get('src') or href}"[:LONGEST]
        if href:
            lists[above.mem_id] = lists.get(above.mem_id, 0) + 1
            if lists[above.mem_id] >= _ALIKE:
                return snippet
        url = doc.absolute(href) if href else None
        if _is_small(node) or hides(node) or (href and (url is None or is_front_page(url))):
            continue
        inside = url is not None and urlsplit(url).netloc == urlsplit(doc.url).netloc
        if not _is_furniture(anchor if inside and anchor is not None else node, own=not inside):
            return snippet
    return None


def _is_small(node: LexborNode) -> bool:
    """Whether an element says that it is no larger than a sign."""
    sizes = (node.attributes.get(side) or "" for side in ("width", "height"))
    return any(size.removesuffix("px").isdecimal() and int(size.removesuffix("px")) < _SIGN for size in sizes)


def _is_furniture(node: LexborNode, *, own: bool) -> bool:
    """Whether a picture stands in part of the site's frame: logo, banner, foot, two-dimensional code.

    `own`: what its own file and words are called counts as well; of one that leads to another page of the site it does not.
    """
    step: LexborNode | None = node
    for number in range(_ENCLOSING):
        if step is None or step.tag in {"body", "html"}:
            return False
        attributes = step.attributes
        names = ("class", "id") if number or not own else ("class", "id", "src", "alt", "title", "href")
        called = " ".join(attributes.get(name) or "" for name in names)
        if step.tag in {"header", "footer", "nav", "aside"} or _FURNITURE.search(called):
            return True
        step = step.parent
    return False


def script_like(doc: Document) -> str | None:
    """The script that may fill a list of a page no browser has drawn."""
    for node in doc.tree.css("script"):
        source = (node.attributes.get("src") or "").strip()
        if source:
            return f'script src="{source[:LONGEST]}"'
        code = " ".join(node.text().split())
        if code and (node.attributes.get("type") or "javascript").lower().endswith(("javascript", "module")):
            return f"script: {code[:80]}"
    if (preloaded := doc.tree.css_first("link[rel=modulepreload]")) is not None:
        return f"modulepreload: {preloaded.attributes.get('href') or ''}"[:LONGEST]
    body = doc.tree.body
    called = body.attributes.get("onload") if body is not None else None
    return f"onload: {called}"[:LONGEST] if called else None


def _alike(holder: LexborNode) -> list[str] | None:
    """The texts of children of one tag and class, or of lines between breaks, where they repeat and are long enough for titles."""
    shapes: dict[tuple[str, str], list[str]] = {}
    for child in _children(holder):
        if child.tag in {"br", "hr", "-text", "script"}:
            continue
        text = " ".join(child.text(separator=" ").split()) or _on_buttons(child)
        if text:
            shapes.setdefault(
                (str(child.tag), _KIND.sub("", child.attributes.get("class") or "")), []
            ).append(text)
    for texts in (*shapes.values(), _lines(holder)):
        lines = [text for text in texts if len(text) <= _LONGEST_ROW and _LINE.search(text)]
        if (len(lines) >= _ALIKE and sum(map(len, lines)) >= _TITLE * len(lines)) or (
            len(lines) == _PAIR
            and min(map(len, lines)) >= _HEADLINE
            and max(map(len, lines)) <= _LONGEST_HEADLINE
        ):
            return lines
    return None


def _on_buttons(child: LexborNode) -> str:
    """What the buttons of a row say, where it says nothing else."""
    buttons = child.css(_BUTTONS) if child.tag in {"form", "li", "td", "div", "p", "input"} else []
    return " ".join(" ".join((node.attributes.get("value") or "").split()) for node in buttons)


def _text(holder: LexborNode) -> list[str] | None:
    """What an element says itself, where it is more than a label: a section that tells something is not blank."""
    said = " ".join((holder.text(deep=False) or "").split())
    return [said] if len(_LINE.findall(said)) >= _ENOUGH_TEXT else None


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _lines(holder: LexborNode) -> list[str]:
    """What stands between the breaks of an element, or is laid out line by line."""
    if holder.tag == "pre":
        return [text for line in (holder.text() or "").split("\n") if (text := " ".join(line.split()))]
    if holder.css_first("br") is None:
        return []
    lines = [""]
    for child in _children(holder):
        if child.tag == "br":
            lines.append("")
        else:
            lines[-1] += child.text(separator=" ") or ""
    return [text for line in lines if (text := " ".join(line.split()))]
