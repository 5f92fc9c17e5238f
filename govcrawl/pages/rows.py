"""The rows of a page's lists: an anchor with what stands beside it, whatever the markup.

A row is the largest element that holds one target only: the `<li>`, the `<tr>`, the card. Where the markup has
no such element (`<p>` with `<br>`, `<dl>`, cells with links of their own) what stands between this anchor and the
next belongs to it, or, when the dates come first, to the following one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_ANCHORS = 3000  # a page with more is a trap or a site map, not a list
_MAX_CLIMB = 12
_MAX_SIBLINGS = 8
_LINES = frozenset({"li", "tr", "td", "dt", "dd", "p", "th"})
_NOT_A_PAGE = ("#", "mailto:", "tel:", "data:")
_OPENED = re.compile(r"""["']((?:https?:)?/?[\w./%-]+(?:\.(?:s?html?|jsp|aspx?|php|do)|/)[^"'\s]*)["']""")
_BETWEEN = "\x1e"

Chain = tuple[tuple[int, "LexborNode"], ...]  # an element and what encloses it, innermost first


@dataclass
class Row:
    """One target of a list; its texts are read from the tree when somebody asks."""

    href: str
    anchor: LexborNode
    node: LexborNode  # the element that holds this target and no other
    title_attribute: str
    chain: Chain
    held: Counter[int]  # element → targets it holds
    depth: int  # how far up the chain `node` stands

    @cached_property
    def own(self) -> list[str]:
        """Runs of text inside the row's element."""
        return runs(self.node)

    @cached_property
    def inside(self) -> list[str]:
        """Runs of text inside the anchor."""
        return self.own if self.depth == 0 else runs(self.anchor)

    @cached_property
    def after(self) -> list[str]:
        """Runs between this row and the next target, line break or rule."""
        return self._beside(forward=True)

    @cached_property
    def before(self) -> list[str]:
        """Runs between the target, line break or rule before this row and the row."""
        return self._beside(forward=False)

    @cached_property
    def line(self) -> tuple[int, LexborNode]:
        """The element right above the row: `<ul>`, or the `<li>` or `<tr>` that holds several anchors."""
        return self.chain[min(self.depth + 1, len(self.chain) - 1)]

    @property
    def in_line(self) -> bool:
        """Whether the row shares its line of a list or table with other anchors."""
        return self.line[1].tag in _LINES

    def line_runs(self) -> list[str]:
        """Runs of the line that stand in none of its anchors: its date, apart from a pop-up of further links."""
        found: list[str] = []
        child = self.line[1].first_child
        while child is not None:
            if child.mem_id not in self.held:
                found += runs(child)
            child = child.next
        return found

    @cached_property
    def listing(self) -> tuple[int, LexborNode]:
        """The element that holds the whole list."""
        return next(
            (item for item in self.chain if self.held[item[0]] >= 3 and item[1].tag not in _LINES), self.line
        )

    @cached_property
    def shape(self) -> str:
        """Tags and classes of the anchor and of what encloses it; the rows of one list agree in it."""
        return " ".join(f"{node.tag}.{node.attributes.get('class') or ''}" for _, node in self.chain[:3])

    def _beside(self, *, forward: bool) -> list[str]:
        found: list[str] = []
        sibling = self.node.next if forward else self.node.prev
        for _ in range(_MAX_SIBLINGS):
            if sibling is None or sibling.mem_id in self.held:
                break
            if sibling.tag in {"br", "hr"}:
                break
            found += runs(sibling)
            sibling = sibling.next if forward else sibling.prev
        return found


def rows(root: LexborNode) -> list[Row]:
    """Every target below `root`, in document order; anchors of one target side by side are one row."""
    held: Counter[int] = Counter()
    latest: dict[int, str] = {}
    chains: dict[int, Chain] = {}
    found: list[Row] = []
    top = root.mem_id
    for anchor in root.css("a[href]")[:MAX_ANCHORS]:
        attributes = anchor.attributes
        href = (attributes.get("href") or "").strip()
        if not href or href[0] == "#" or href[:11].lower() == "javascript:":
            opened = _OPENED.search(attributes.get("onclick") or "") or _OPENED.search(href)
            href = opened[1] if opened is not None else href
        if not href or href.startswith(_NOT_A_PAGE):
            continue
        parent = anchor.parent
        above = _chain(parent, top, chains) if parent is not None and anchor.mem_id != top else ()
        scripted = href[:11].lower() == "javascript:"
        for key, _ in above:
            if scripted or latest.get(key) != href:
                held[key] += 1
                latest[key] = href
        held[anchor.mem_id] = 1
        found.append(
            Row(
                href,
                anchor,
                anchor,
                attributes.get("title") or "",
                ((anchor.mem_id, anchor), *above),
                held,
                0,
            )
        )
    return _merged(found)


def _chain(node: LexborNode, top: int, known: dict[int, Chain]) -> Chain:
    """The node and what encloses it up to `top`, innermost first; siblings share theirs."""
    key = node.mem_id
    chain = known.get(key)
    if chain is None:
        parent = node.parent if key != top else None
        above = _chain(parent, top, known) if parent is not None else ()
        chain = known[key] = ((key, node), *above)[:_MAX_CLIMB]
    return chain


def _merged(found: list[Row]) -> list[Row]:
    merged: list[Row] = []
    for row in found:
        for key, node in row.chain[1:]:
            if row.held[key] > 1:
                break
            row.node = node
            row.depth += 1
        previous = merged[-1] if merged else None
        if previous is not None and previous.href == row.href and previous.node.mem_id == row.node.mem_id:
            if _telling(row) > _telling(previous):
                row.title_attribute = max(previous.title_attribute, row.title_attribute, key=len)
                merged[-1] = row
            else:
                previous.title_attribute = max(previous.title_attribute, row.title_attribute, key=len)
            continue
        merged.append(row)
    return merged


def _telling(row: Row) -> int:
    """How much an anchor says; its own address is not a title."""
    text = "".join(row.inside)
    return 0 if text.startswith(("http://", "https://")) else len(text)


def runs(node: LexborNode) -> list[str]:
    """The pieces of text below a node, each on one line, blank ones left out."""
    found: list[str] = []
    for piece in node.text(separator=_BETWEEN).split(_BETWEEN):
        words = piece.split()
        if words:
            found.append(words[0] if len(words) == 1 else " ".join(words))
    return found
