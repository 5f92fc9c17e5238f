"""Which elements are open at a place of the markup, as the parser of the HTML standard (13.2.6) will see it.

No more of the standard than tells how deep the parser gets, for that is what its time depends on: an end tag closes what it
names, if at all, and not whatever was opened last. Where this is not exact it counts more open elements than there are, never
fewer but for a constant factor.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

FORMATTING: Final = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
"""Opened again in every later block until their own end tag comes."""

_ONE_AT_A_TIME: Final = frozenset(["a", "nobr"])  # the next one ends the one before
_VOID: Final = frozenset([
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
])  # fmt: skip
# within them nothing is an element
_WITHOUT_TAGS: Final = frozenset([
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext",
])  # fmt: skip
# nested only within others that are counted
_ENDED_BY_THE_NEXT: Final = frozenset([
    "p", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "colgroup", "option", "html",
    "head", "body", "frameset",
])  # fmt: skip
_DRAWINGS: Final = ("svg", "math")
_ITEMS: Final = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd")}
_STOPS_NO_ITEM: Final = frozenset(["address", "div", "p"])
# no end tag reaches beyond
_BARRIERS: Final = frozenset([
    "table", "template", "object", "applet", "marquee", "foreignobject", "desc", "mi", "mo", "mn", "ms",
    "mtext", "annotation-xml",
])  # fmt: skip
# no end tag of an element unknown to the standard, as <span> and <x-y> are in this, reaches beyond
_SPECIAL: Final = _BARRIERS | frozenset([
    "address", "article", "aside", "blockquote", "button", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "li", "listing", "main", "menu", "nav", "noscript", "ol", "pre",
    "search", "section", "select", "summary", "ul",
])  # fmt: skip


class OpenElements:
    """Told each tag in its order; `depth` and `formatting` say how many elements are open and would be opened again."""

    def __init__(self) -> None:
        self._stack: list[str] = []
        self._open: Counter[str] = Counter()  # how often each name stands in the stack
        self._unended: Counter[str] = Counter()  # formatting elements whose own end tag has not come
        self.formatting = 0

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._stack)

    def start(self, name: str, *, closed: bool) -> None:
        """Take in a start tag; `closed` where it ends in `/>`, which means something within drawings only."""
        if name in _VOID or name in _WITHOUT_TAGS or name in _ENDED_BY_THE_NEXT:
            return
        if closed and (name in _DRAWINGS or any(self._open[each] for each in _DRAWINGS)):
            return
        if name in _ONE_AT_A_TIME:
            self.end(name)
        elif name in _ITEMS:
            self._end_item(_ITEMS[name])
        self._stack.append(name)
        self._open[name] += 1
        if name in FORMATTING:
            self._unended[name] += 1
            self.formatting += 1

    def end(self, name: str) -> None:
        """Take in an end tag."""
        if self._unended[name]:
            self._unended[name] -= 1
            self.formatting -= 1
        if not self._open[name]:
            return
        if name == "form":  # it alone is closed, whatever was opened within it
            self._close(self._last(name), alone=True)
            return
        stops = _BARRIERS if name in _SPECIAL else _SPECIAL
        for place in range(len(self._stack) - 1, -1, -1):
            if self._stack[place] == name:
                self._close(place)
                return
            if self._stack[place] in stops:
                break
        if name in FORMATTING:  # the blocks within it stay open
            self._close(self._last(name), alone=True)

    def _end_item(self, family: tuple[str, ...]) -> None:
        if not any(self._open[name] for name in family):
            return
        for place in range(len(self._stack) - 1, -1, -1):
            opened = self._stack[place]
            if opened in family:
                self._close(place)
                return
            if opened in _SPECIAL and opened not in _STOPS_NO_ITEM:
                return

    def _last(self, name: str) -> int:
        return len(self._stack) - 1 - self._stack[::-1].index(name)

    def _close(self, place: int, *, alone: bool = False) -> None:
        upto = place + 1 if alone else len(self._stack)
        self._open.subtract(self._stack[place:upto])
        del self._stack[place:upto]
