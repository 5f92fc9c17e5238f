"""The rows of a page's lists: an anchor with what stands beside it, whatever the markup.

An element that a script opens (`<tr onclick=…>`, `<li data-url=…>`) is as good as an anchor; its target is then what is
written there.

A row is the largest element that holds one target only: the `<li>`, the `<tr>`, the card. Where the markup has
no such element (`<p>` with `<br>`, `<dl>`, cells with links of their own) what stands between this anchor and the
next belongs to it, or, when the dates come first, to the following one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from selectolax.lexbor import LexborNode

MAX_ANCHORS = 3000  # a page with more is a trap or a site map, not a list
_MAX_DEPTH = 14  # how far up from an anchor a list may stand
_MAX_SIBLINGS = 8
_HEADINGS_ABOVE = 4  # elements around a row whose headings may be the row's
MANY = 3  # targets; an element that holds as many is a list, or holds one
_LINES = frozenset({"li", "tr", "td", "dt", "dd", "p", "th"})
_HOLDERS = frozenset(
    {"body", "div", "section", "article", "main", "form", "table", "tbody", "ul", "ol", "dl", "center"}
)
_DAY = re.compile(r"\d{1,2}\s?[-/.月]\s?\d{1,2}(?!\d)")
_DAYS_OF_A_ROW = 2
_NOT_A_PAGE = ("#", "mailto:", "tel:", "data:")
_QUOTED = re.compile(r"""["']([^"'\s]+)(?=["'])""")  # an end may be the start of the next
_ADDRESS = re.compile(r"(?:https?:)?/?[\w./%-]+(?:\.(?:s?html?|jsp|aspx?|php|do)|/)")
_BETWEEN = "\x1e"
DATE_SIGN = re.compile(r"[\d〇零○]|[今昨前][天日]|刚刚")
_MENUS = "ul, ol"
_MOST_MENUS = 200
_TARGETS = "a[href], [onclick], [data-url], [data-href], [data-link], [data-id]"
_ANY_TARGETS = "a, tr, li, dd, dt, td, div, p, span, section, article, summary, button, label"
_PRESSED = frozenset({"button", "label"})
_HANDLER = re.compile(r"on(?!error|load)|@|v-on:|ng-|:key|data-(?!v-)|[\w-]*click")
_NO_ROW = frozenset(
    {"input", "button", "select", "option", "img", "form", "body", "html", "label", "textarea", "area"}
)
_HELD_BY_SCRIPT = ("data-url", "data-href", "data-link", "onclick", "data-id")
_LEAST_TITLE = 6  # characters of an element that only a script opens; shorter ones are buttons
_LONGEST_ROW = 300
_LONGEST_TARGET = 300


class Place:
    """An element that holds targets, and the one it stands in."""

    __slots__ = ("above", "held", "key", "latest", "node", "signed")

    def __init__(self, key: int, node: LexborNode, above: Place | None) -> None:
        self.key = key
        self.node = node
        self.above = above
        self.held = 0  # targets in it, counted up to `MANY`; anchors of one target in succession are one
        self.latest = ""
        self.signed: bool | None = None  # whether a reader found a sign of a date in it

    @property
    def is_line(self) -> bool:
        """Whether it is a line of a list or table rather than the list."""
        return self.node.tag in _LINES


class Row:
    """One target of a list; its texts are read from the tree when somebody asks."""

    __slots__ = ("_after", "_before", "_inside", "_listing", "_own", "anchor", "href", "place", "places")

    def __init__(self, href: str, anchor: LexborNode, place: Place, places: dict[int, Place]) -> None:
        self.href = href
        self.anchor = anchor
        self.place = place  # the largest element that holds this target and no other
        self.places = places
        self._own: list[str] | None = None
        self._inside: list[str] | None = None
        self._after: list[str] | None = None
        self._before: list[str] | None = None
        self._listing: Place | None = None

    @property
    def own(self) -> list[str]:
        """Runs of text inside the row's element; where that holds other rows, inside the line of the target."""
        if self._own is None:
            node = self.place.node
            self._own = runs(self._line_of_anchor() if _holds_rows(node) else node)
        return self._own

    @property
    def inside(self) -> list[str]:
        """Runs of text inside the anchor."""
        if self._inside is None:
            self._inside = runs(self.anchor)
        return self._inside

    @property
    def after(self) -> list[str]:
        """Runs between this row and the next target, line break or rule."""
        if self._after is None:
            self._after = self._beside(forward=True)
        return self._after

    @property
    def before(self) -> list[str]:
        """Runs between the target, line break or rule before this row and the row."""
        if self._before is None:
            self._before = self._beside(forward=False)
        return self._before

    @property
    def leads(self) -> bool:
        """Whether the target is an address, not a call of a script."""
        if self.anchor.tag == "a":
            return "(" not in self.href or self.href.startswith(("http:", "https:", "/"))
        return "(" not in self.href and ("/" in self.href or "." in self.href)

    @property
    def title_attribute(self) -> str:
        return " ".join((self.anchor.attrs.get("title") or "").split())

    @property
    def line(self) -> Place:
        """What stands right above the row: `<ul>`, or the `<li>` or `<tr>` that holds several anchors."""
        return self.place.above or self.place

    @property
    def listing(self) -> Place:
        """What holds the whole list."""
        if self._listing is None:
            place: Place | None = self.line
            while place is not None and (place.held < MANY or place.is_line):
                place = place.above
            self._listing = self.line if place is None else place
        return self._listing

    def headed_by(self, heading: Callable[[str], int | None], answers: dict[int, int | None]) -> int | None:
        """What the nearest heading above the row says, such as its year; `answers`: by key of a place, of the rows before.

        A heading stands beside the row or beside one of the lists it stands in, with no other list in between.
        """
        node: LexborNode | None = self.place.node
        found: int | None = None
        for _ in range(_HEADINGS_ABOVE):
            if node is None:
                break
            sibling = node.prev
            while sibling is not None:
                if (
                    sibling.mem_id in self.places
                ):  # another row or list: its heading is that of a row beside it
                    found = answers.get(sibling.mem_id)
                    answers[self.place.key] = found
                    return found
                words = runs(sibling) if sibling.tag != "-comment" else []
                if words:
                    found = heading(" ".join(words[-1:])) if len(words) == 1 else None
                    if found is not None or node.mem_id != self.place.key:
                        answers[self.place.key] = found
                        return found
                sibling = sibling.prev
            node = node.parent
        answers[self.place.key] = found
        return found

    @property
    def shape(self) -> str:
        """Tags and classes of the anchor and of what encloses it; the rows of one list agree in it."""
        node: LexborNode | None = self.anchor
        names: list[str] = []
        while node is not None and len(names) < 3:
            names.append(f"{node.tag}.{node.attrs.get('class') or ''}")
            node = node.parent
        return " ".join(names)

    def line_runs(self) -> list[str]:
        """Runs of the line that stand in none of its anchors: its date, apart from a pop-up of further links."""
        found: list[str] = []
        child = self.line.node.first_child
        while child is not None:
            if child.mem_id not in self.places:
                found += runs(child)
            child = child.next
        return found

    def _line_of_anchor(self) -> LexborNode:
        node: LexborNode | None = self.anchor
        while node is not None and node.mem_id != self.place.key:
            if node.tag in _LINES:
                return node
            node = node.parent
        return self.anchor

    def _beside(self, *, forward: bool) -> list[str]:
        found: list[str] = []
        node = self.place.node
        sibling = node.next if forward else node.prev
        for _ in range(_MAX_SIBLINGS):
            if sibling is None or sibling.mem_id in self.places or sibling.tag in {"br", "hr"}:
                break
            if _holds_rows(sibling):
                break  # a table or list between: its days are those of its own rows
            found += runs(sibling)
            sibling = sibling.next if forward else sibling.prev
        return found


def _holds_rows(node: LexborNode) -> bool:
    """Whether an element holds lines of a table or list with more days than a row has: published, begins, ends."""
    if node.tag not in _HOLDERS or node.css_first("tr + tr, li + li, dt ~ dt") is None:
        return False
    return len(_DAY.findall(node.text(separator=" "))) > _DAYS_OF_A_ROW


def rows(root: LexborNode, *, of_any_script: bool = False, near_dates: bool = False) -> list[Row]:
    """Every target below `root`, in document order; anchors of one target side by side are one row.

    `near_dates`: without those of lists in which nothing looks like a date, as most menus are.

    `of_any_script`: also what a script may open without one of the usual attributes, for a page on which nothing else is a
    row: handlers of any library, any data beside the words, buttons.
    """
    places: dict[int, Place] = {}
    found: list[Row] = []
    top = root.mem_id
    opened: set[int] = set()
    left_out = _of_menus(root, places) if near_dates else set()
    for anchor in root.css(_ANY_TARGETS if of_any_script else _TARGETS)[:MAX_ANCHORS]:
        if anchor.mem_id in left_out:
            continue
        is_anchor = anchor.tag == "a"
        href = _target(anchor) if is_anchor else ""
        if not href and (of_any_script or not is_anchor):
            called = _any_call(anchor) if of_any_script else _usual_call(anchor)
            href = _opened_by_script(anchor, called, opened)
        if not href:
            continue
        place = _place(anchor, top, places)
        above: Place | None = place
        scripted = not is_anchor or (href[0] in "jJ" and href[:11].lower() == "javascript:")
        while above is not None and above.held < MANY:  # what encloses many holds many
            if scripted or above.latest != href:
                above.held += 1
                above.latest = href
            above = above.above
        found.append(Row(href, anchor, place, places))
    return _merged(found)


def _of_menus(root: LexborNode, places: dict[int, Place]) -> set[int]:
    """The keys of the targets in lists of many in which nothing looks like a date; such a list has its place all the same."""
    top = root.mem_id
    left_out: set[int] = set()
    menus: set[int] = set()
    for menu in root.css(_MENUS)[:_MOST_MENUS]:
        if _stands_in(menu, menus) or DATE_SIGN.search(menu.text()) is not None:
            continue
        targets = menu.css(_TARGETS)
        if not _leads_to_many(targets):
            continue
        menus.add(menu.mem_id)
        left_out.update(target.mem_id for target in targets)
        place: Place | None = _place(menu, top, places)
        while place is not None and place.held < MANY:
            place.held = MANY
            place = place.above
    return left_out


def _stands_in(node: LexborNode, others: set[int]) -> bool:
    step = node.parent if others else None
    for _ in range(_MAX_DEPTH):
        if step is None:
            return False
        if step.mem_id in others:
            return True
        step = step.parent
    return False


def _leads_to_many(targets: list[LexborNode]) -> bool:
    """Whether anchors lead to as many places as a list has."""
    found: set[str] = set()
    for target in targets:
        if target.tag == "a" and (href := _target(target)):
            found.add(href)
            if len(found) >= MANY:
                return True
    return False


def _target(anchor: LexborNode) -> str:
    """The reference an anchor leads to, also one that only its script knows; empty when it leads nowhere."""
    href = (anchor.attrs.get("href") or "").strip()
    if not href or href[0] == "#" or (href[0] in "jJ" and href[:11].lower() == "javascript:"):
        called = " ".join((anchor.attrs.get("onclick") or "").split())[:_LONGEST_TARGET]
        opened = _opened(called) or _opened(href)
        if opened is not None:
            return opened
        if _names_one(called):
            return called
    return "" if href.startswith(_NOT_A_PAGE) else href


def _names_one(called: str) -> bool:
    """Whether a call names what it opens (`openDetail('9001')`), as no call of a tab or a menu does twice."""
    return any(map(str.isdecimal, called)) or "'" in called or '"' in called


def _usual_call(node: LexborNode) -> str:
    """What the usual attributes of an element say a script opens."""
    if node.tag in _NO_ROW:
        return ""
    attributes = node.attrs
    return next((value for name in _HELD_BY_SCRIPT if (value := (attributes.get(name) or "").strip())), "")


def _any_call(node: LexborNode) -> str:
    """What any attribute of an element says that a script may open: a handler, data, a role."""
    if node.tag in _NO_ROW and node.tag not in _PRESSED:
        return ""
    for name, value in node.attributes.items():
        if value and (_HANDLER.match(name) or (name == "role" and value in {"link", "button"})):
            return value.strip()
    return ""


def _opened_by_script(node: LexborNode, called: str, opened: set[int]) -> str:
    """What a script opens for an element that holds no anchor: an address it names, else what is `called`, whole.

    `opened`: keys of the elements taken so far; of elements within one another the outer one is the row.
    """
    if not called or not _LEAST_TITLE <= len("".join((node.text() or "").split())) <= _LONGEST_ROW:
        return ""
    step = node.parent
    for _ in range(_MAX_DEPTH):
        if step is None:
            break
        if step.mem_id in opened or step.tag == "a":
            return ""
        step = step.parent
    if node.tag != "a" and node.css_first("a[href]") is not None:
        return ""
    opened.add(node.mem_id)
    return _opened(called) or " ".join(called.split())[:_LONGEST_TARGET]


def _opened(script: str) -> str | None:
    """The address that a script names in quotes."""
    return next((quoted[1] for quoted in _QUOTED.finditer(script) if _ADDRESS.match(quoted[1])), None)


def _place(node: LexborNode, top: int, places: dict[int, Place]) -> Place:
    """The anchor's place, with the places above it up to `top` made where they are not known yet."""
    key = node.mem_id
    made = [Place(key, node, None)]
    place_above: Place | None = None
    for _ in range(_MAX_DEPTH):
        parent = node.parent if key != top else None
        if parent is None:
            break
        node, key = parent, parent.mem_id
        place_above = places.get(key)
        if place_above is not None:
            break
        made.append(Place(key, node, None))
    for place in reversed(made):
        place.above = place_above
        place_above = places[place.key] = place
    return made[0]


def _merged(found: list[Row]) -> list[Row]:
    merged: list[Row] = []
    for row in found:
        above = row.place.above
        while above is not None and above.held == 1:
            row.place = above
            above = above.above
        if merged and merged[-1].href == row.href and merged[-1].place is row.place:
            if _telling(row) > _telling(merged[-1]):
                merged[-1] = row
            continue
        merged.append(row)
    return merged


def _telling(row: Row) -> int:
    """How much an anchor says; its own address is not a title."""
    text = "".join(row.inside) or row.title_attribute
    return 0 if text.startswith(("http://", "https://")) else len(text)


def runs(node: LexborNode) -> list[str]:
    """The pieces of text below a node, each on one line, blank ones left out."""
    found: list[str] = []
    for piece in node.text(separator=_BETWEEN).split(_BETWEEN):
        words = piece.split()
        if words:
            found.append(words[0] if len(words) == 1 else " ".join(words))
    return found
