"""The net for the entries of a list: anything that repeats, with or without anchors, and any script that may fill it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.lists.beside import surroundings
from govcrawl.pages.lists.listing import says_blank
from govcrawl.pages.markup.foot import FOOT
from govcrawl.pages.nets.snippet import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

_ALIKE: Final = 3  # elements side by side that make rows
_TITLE: Final = 8  # characters a row holds at least on average; menus have four
_LONGEST_ROW: Final = 400
_ENOUGH_TEXT: Final = 24  # characters
_MOST_ELEMENTS: Final = 4000
_HOLDERS: Final = "ul, ol, dl, tbody, table, div, section, article, main, p, td, form, center, span"
_MARK: Final = "\x1e"
_LINE: Final = re.compile(r"[\u4e00-\u9fff]")
_KIND: Final = re.compile(
    r"[\W\d_]+|odd|even|first|last|active|cur(?:rent)?|on"
)  # what tells rows of one list apart


def rows_like(doc: Document) -> str | None:
    """The first words of rows that nobody took for entries; a page that says itself that it has none shows none.

    Left out are navigation, the foot, and boxes whose heading names something beside the list.
    """
    if doc.seen is None or says_blank(doc):
        return None
    for holder in doc.seen.css(_HOLDERS)[:_MOST_ELEMENTS]:
        rows = _alike(holder) or _text(holder)
        if rows is None or FOOT.search(" ".join(rows)):
            continue
        told = surroundings(holder, rows[0])
        if not told.named_beside and not told.is_frame:
            return " / ".join(rows[:_ALIKE])[:LONGEST]
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
    return None


def _alike(holder: LexborNode) -> list[str] | None:
    """The texts of children of one tag and class, or of lines between breaks, where they repeat and are long enough for titles."""
    shapes: dict[tuple[str, str], list[str]] = {}
    for child in _children(holder):
        if child.tag in {"br", "hr", "-text", "script"}:
            continue
        text = " ".join(child.text(separator=" ").split())
        if text:
            shapes.setdefault(
                (str(child.tag), _KIND.sub("", child.attributes.get("class") or "")), []
            ).append(text)
    for texts in (*shapes.values(), _lines(holder)):
        told = [text for text in texts if len(text) <= _LONGEST_ROW and _LINE.search(text)]
        if len(told) >= _ALIKE and sum(map(len, told)) >= _TITLE * len(told):
            return told
    return None


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
    """What stands between the breaks of an element."""
    if holder.css_first("br") is None:
        return []
    lines = [""]
    for child in _children(holder):
        if child.tag == "br":
            lines.append("")
        else:
            lines[-1] += child.text(separator=" ") or ""
    return [text for line in lines if (text := " ".join(line.split()))]
