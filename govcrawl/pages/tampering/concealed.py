"""By which technique an element is hidden from readers. Covers more techniques than `markup.hidden`.

Menus are hidden by `display`, and slides lie beside the screen. But links in the colour of their background, one pixel high
or behind the page are written by spammers only. Only the few links that lead out of the site are examined, so each of them
can be followed up to the root.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.markup.hidden import rules, selected
from govcrawl.pages.tampering.jargon import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

MENUS: Final = frozenset(
    {"display", "visibility", "hidden", "opacity", "size", "offscreen", "transform", "filter", "flat"}
)
"""Ways in which menus, tabs, dialogs and slides hide what a click or a moment shows."""

MARK: Final = "govcrawl-concealed"
"""Attribute by which a page that a browser drew says what of its links the browser shows (`network/computed.py`)."""

_DEEPEST: Final = 60  # steps up from a link
_MAY_CONCEAL: Final = re.compile(
    r"(?<![\w-])color\s*:|z-index\s*:\s*-|scale|translate|filter|font-size|line-height\s*:\s*[01]|text-indent|visib",
    re.IGNORECASE,
)
# What an element declares to be shown within one that hides by the same way.
_RESTORED: Final = {
    "font": re.compile(
        r"(?<![\w-])font-size\s*:\s*(?:[1-9]\d|[3-9]|0?\.[1-9]|1(?:\.\d+)?\s*(?:r?em|%)|[a-z])", re.IGNORECASE
    ),
    "visibility": re.compile(r"visibility\s*:\s*visible", re.IGNORECASE),
    "indent": re.compile(r"text-indent\s*:\s*\d", re.IGNORECASE),
}
_PICTURED: Final = frozenset({"indent", "font"})
"""Ways by which words make room for a picture in their ground."""
_COLOUR: Final = re.compile(r"(?<![\w-])color\s*:\s*([^;!}]{1,40})", re.IGNORECASE)
_GROUND: Final = re.compile(r"(?<![\w-])background(?:-color)?\s*:\s*([^;!}]{1,200})", re.IGNORECASE)
_HEX: Final = re.compile(r"#([0-9a-f]{3,8})\b", re.IGNORECASE)
_RGB: Final = re.compile(
    r"(rgba?)\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)(?:[\s,/]+([\d.]+%?))?\s*\)", re.IGNORECASE
)
_BY_NAME: Final = {"white": "ffffff", "black": "000000", "red": "ff0000", "transparent": ""}
_NAMED: Final = re.compile(rf"\b(?:{'|'.join(_BY_NAME)})\b")
_BEHIND: Final = re.compile(r"(?<![\w-])z-index\s*:\s*-\d", re.IGNORECASE)
_PLACED: Final = re.compile(r"(?<![\w-])position\s*:\s*(?:absolute|fixed|relative)", re.IGNORECASE)
_AWAY: Final = re.compile(
    r"scale(?:3d)?\(\s*0(?:\.0+)?\s*[,)]|translate(?:x|y|3d)?\(\s*(?:0(?:px)?\s*,\s*)?-\d{3,}", re.IGNORECASE
)
_FILTERED: Final = re.compile(r"alpha\(\s*opacity\s*=\s*0\s*\)|opacity\(\s*0(?:\.0+)?%?\s*\)", re.IGNORECASE)
_TINY: Final = re.compile(r"(?<![\w-])font-size\s*:\s*(?:[12](?:\.\d+)?|0?\.\d+)\s*(?:px|pt)", re.IGNORECASE)
_FLAT: Final = re.compile(
    r"(?=.*overflow\s*:\s*hidden).*(?<![\w-])line-height\s*:\s*[01](?:px|pt|em)?\s*(?:;|!|$)",
    re.IGNORECASE | re.DOTALL,
)
_UNSEEN_TAGS: Final = {"noscript": "noscript", "noframes": "noscript", "template": "template"}
_CANVAS: Final = "ffffff"  # the ground of a page that has none
_RUNS_AWAY: Final = 500  # pixels a step of a marquee
_NEAR: Final = 8  # of 255: colours nobody tells apart


class Concealed:
    """The hiding techniques of one page."""

    def __init__(self, doc: Document) -> None:
        self._hidden = doc.hidden.containers
        self._declared = _declared(doc)
        root = doc.tree.root
        self._computed = root is not None and MARK in root.attributes
        self._has_sheets = "stylesheet" in doc.source
        body = doc.tree.body
        self._ground = _colour(body.attributes.get("bgcolor") or "") if body is not None else None

    def container(self, anchor: LexborNode) -> tuple[LexborNode, str] | None:
        """The innermost element around a link, or the link itself, that conceals it, and the way; None where it is shown."""
        if self._computed and not _is_unseen_tag(anchor):
            # The browser decides; the markup says where the block is.
            way = anchor.attributes.get(MARK)
            return None if way is None else (self._by_markup(anchor) or (anchor.parent or anchor, way))
        return self._by_markup(anchor)

    def _by_markup(self, anchor: LexborNode) -> tuple[LexborNode, str] | None:
        colour = self._colour_inside(anchor) or self._colour_of(anchor, self._style(anchor))
        if colour == "":
            return anchor, "colour"
        within = ""  # what the elements between the link and the one looked at declare
        sure = True  # of the ground: nothing between has one that we cannot know
        step: LexborNode | None = anchor
        for _ in range(_DEEPEST):
            if step is None:
                break
            tag, style = step.tag or "", self._style(step)
            way = self._hidden[step.mem_id][1] if step.mem_id in self._hidden else self._way(step, tag, style)
            if way is not None and not self._is_restored(way, within, style):
                return step, way
            if colour and sure:
                ground = self._ground_of(step, style)
                if ground is not None:
                    if _same(colour, ground):
                        return anchor, "colour"
                    colour = None
                elif "background" in style or "background" in step.attributes:
                    colour = None  # a picture: nobody can tell
                sure = not (self._has_sheets and (step.attributes.get("class") or step.attributes.get("id")))
            within = f"{within};{style}"
            step = step.parent
        ground = self._ground or ("" if self._has_sheets else _CANVAS)
        if colour and sure and ground and _same(colour, ground):
            return anchor, "colour"
        return (anchor, "empty") if _shows_nothing(anchor) else None

    def _way(self, node: LexborNode, tag: str, style: str) -> str | None:
        if tag in _UNSEEN_TAGS:
            return _UNSEEN_TAGS[tag]
        if tag == "marquee" and _number(node.attributes.get("scrollamount")) >= _RUNS_AWAY:
            return "marquee"
        return _way(style) if style else None

    @staticmethod
    def _is_restored(way: str, within: str, style: str) -> bool:
        """Whether the content of a hidden element is shown nevertheless, or a picture in its place."""
        shown = _RESTORED.get(way)
        if shown is not None and shown.search(within):
            return True
        return way in _PICTURED and "url(" in f"{within};{style}"

    def _style(self, node: LexborNode) -> str:
        own = node.attributes.get("style") or ""
        declared = self._declared.get(node.mem_id, "")
        return f"{declared};{own}" if declared else own

    def _colour_inside(self, anchor: LexborNode) -> str | None:
        """The colour an element inside a link gives its words, where one holds all of them."""
        inner = anchor.css_first("font[color], span[style], font[style]")
        if inner is None or inner.mem_id == anchor.mem_id or inner.text().strip() != anchor.text().strip():
            return None
        return self._colour_of(inner, self._style(inner))

    def _colour_of(self, node: LexborNode, style: str) -> str | None:
        if (found := _COLOUR.search(style)) is not None:
            return _colour(found[1])
        return _colour(node.attributes.get("color") or "") if node.tag == "font" else None

    def _ground_of(self, node: LexborNode, style: str) -> str | None:
        if (found := _GROUND.search(style)) is not None:
            return _colour(found[1])
        said = node.attributes.get("bgcolor")
        return _colour(said) if said else None


def _declared(doc: Document) -> Mapping[int, str]:
    """What the page's own style blocks declare of elements that might conceal by it."""
    code = doc.styles
    if not _MAY_CONCEAL.search(code):
        return {}
    found: dict[int, str] = {}
    for selectors, declared in rules(code):
        if _MAY_CONCEAL.search(declared) or _GROUND.search(declared):
            for node in selected(doc.tree, [selector.strip() for selector in selectors]):
                found[node.mem_id] = f"{found.get(node.mem_id, '')};{declared}"
    return found


def _way(style: str) -> str | None:
    if _BEHIND.search(style) and _PLACED.search(style):
        return "layer"
    if _AWAY.search(style):
        return "transform"
    if _FILTERED.search(style):
        return "filter"
    if _TINY.search(style):
        return "font"
    return "flat" if "line-height" in style and _FLAT.match(style) else None


def _is_unseen_tag(anchor: LexborNode) -> bool:
    """Whether a link stands in an element that browsers with scripts ignore."""
    step = anchor.parent
    while step is not None and step.tag not in _UNSEEN_TAGS:
        step = step.parent
    return step is not None


def _shows_nothing(anchor: LexborNode) -> bool:
    """Whether a link has nothing to see or to click: no character with a shape, no picture, no box of its own."""
    attributes = anchor.attributes
    if (
        attributes.get("class")
        or attributes.get("id")
        or attributes.get("style")
        or anchor.css_first("*:not(br):not(a)")
    ):
        return False
    return not plain(anchor.text())


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _colour(text: str) -> str | None:
    """A colour as six digits, empty where it is transparent, None where it is no plain colour."""
    text = text.strip().lower()
    if (found := _HEX.search(text)) is not None:
        digits = found[1]
        if len(digits) in (4, 8) and set(digits[len(digits) // 4 * 3 :]) == {"0"}:
            return ""
        return "".join(digit * 2 for digit in digits[:3]) if len(digits) in (3, 4) else digits[:6]
    if (found := _RGB.search(text)) is not None:
        if found[5] is not None and float(found[5].rstrip("%")) == 0:
            return ""
        return "".join(f"{min(int(float(part.rstrip('%'))), 255):02x}" for part in found.group(2, 3, 4))
    named = _NAMED.search(text)
    return None if named is None else _BY_NAME[named[0]]


def _same(one: str, other: str) -> bool:
    if len(one) != 6 or len(other) != 6:
        return one == ""
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) <= _NEAR for at in (0, 2, 4))
