"""The net for the entries of a list: anything that repeats, with or without anchors, and any script that may fill it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from govcrawl.pages.links.article_address import is_article_address, path_of
from govcrawl.pages.links.urls import directory_of
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
            and day_in(text, doc.as_of)
            and all(inner.mem_id == node.mem_id for inner in node.css(_ROWS))
            and _is_own(doc, _list_of(node), text)
        ):
            return text[:LONGEST]
    directory = directory_of(doc.url)
    for anchor in seen.css("a[href]")[:_MOST_ELEMENTS]:
        text = "".join((anchor.text() or "").split())
        dated = _YEAR.search(text) is not None  # the way to the rows of a year
        url = doc.absolute(anchor.attributes.get("href") or "") if dated or len(text) >= _TITLE else None
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
            or len(text) < _TITLE
            or _FRONT.search(path_of(url))
            or not _is_own(doc, _list_of(anchor), text)
        ):
            continue
        if len(text) >= _HEADLINE or is_article_address(url) or below:
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
        if len(text) >= _TITLE and (node.tag == "svg" or day_in(text, doc.as_of) or _leads_inside(doc, node)):
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
    """Pictures side by side that lead somewhere: rows that are told by no words."""
    lists: dict[int, list[LexborNode]] = {}
    for picture in seen.css(_PICTURES)[:_MOST_ELEMENTS]:
        anchor = picture.parent if picture.tag == "img" else picture
        above = _list_of(anchor) if anchor is not None else None
        if above is not None:
            alike = lists.setdefault(above.mem_id, [])
            alike.append(picture)
            if len(alike) >= _ALIKE and _is_own(doc, above, ""):
                return f"pictures: {alike[0].attributes.get('src') or alike[0].attributes.get('href') or ''}"[
                    :LONGEST
                ]
    return None


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
