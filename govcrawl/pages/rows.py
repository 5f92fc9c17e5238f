"""The rows of a page's lists: an anchor with what stands beside it, whatever the markup.

A row is the largest element that holds one target only: the `<li>`, the `<tr>`, the card. Where the markup has
no such element (`<p>` with `<br>`, `<dl>`, cells with links of their own) what stands between this anchor and the
next belongs to it, or, when the dates come first, to the following one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

MAX_ANCHORS = 3000  # a page with more is a trap or a site map, not a list
_MAX_CLIMB = 12
_MAX_SIBLINGS = 8
_LINES = frozenset({"li", "tr", "td", "dt", "dd", "p", "th"})
_NOT_A_PAGE = ("#", "mailto:", "tel:", "data:")
_OPENED = re.compile(r"""["']((?:https?:/)?/?[\w./%-]+(?:\.(?:s?html?|jsp|aspx?|php|do)|/)[^"'\s]*)["']""")


@dataclass(slots=True)
class Row:
    """One target of a list with the runs of text that belong to it."""

    href: str
    anchor: LexborNode
    node: LexborNode  # the element that holds this target and no other
    title_attribute: str
    own: list[str]  # runs of text inside the row's element
    inside: list[str]  # runs of text inside the anchor
    list_id: int  # the element that holds the whole list
    list_node: LexborNode | None
    shape: str  # tags and classes of the anchor and of what encloses it; rows of one list agree in it
    line_id: int  # the element right above the row: `<ul>`, or the `<li>` or `<tr>` with several anchors
    in_line: bool  # that element is a line of a list or table, not the list
    after: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)


def rows(root: LexborNode) -> list[Row]:
    """Every target below `root` with the text that belongs to it, in document order."""
    anchors: list[tuple[str, LexborNode, str, list[tuple[int, LexborNode]]]] = []
    held: Counter[int] = Counter()  # element → targets it holds
    latest: dict[int, str] = {}
    top = root.mem_id
    for anchor in root.css("a[href]")[:MAX_ANCHORS]:
        attributes = anchor.attributes
        href = (attributes.get("href") or "").strip()
        if not href or href.startswith("#") or href[:11].lower() == "javascript:":
            opened = _OPENED.search(attributes.get("onclick") or "") or _OPENED.search(href)
            href = opened[1] if opened is not None else href
        if not href or href.lower().startswith(_NOT_A_PAGE):
            continue
        chain: list[tuple[int, LexborNode]] = []
        node: LexborNode | None = anchor
        while node is not None and len(chain) < _MAX_CLIMB:
            key = node.mem_id
            chain.append((key, node))
            if latest.get(key) != href or href[:11] == "javascript:":
                held[key] += 1
                latest[key] = href
            if key == top:
                break
            node = node.parent
        anchors.append((href, anchor, attributes.get("title") or "", chain))
    return _merged([_row(href, anchor, title, chain, held) for href, anchor, title, chain in anchors], held)


def _row(
    href: str, anchor: LexborNode, title: str, chain: list[tuple[int, LexborNode]], held: Counter[int]
) -> Row:
    node, above = anchor, chain[0]
    for key, candidate in chain:
        above = (key, candidate)
        if held[key] > 1:
            break
        node = candidate
    listing = next(((key, item) for key, item in chain if held[key] >= 3 and item.tag not in _LINES), above)
    return Row(
        href=href,
        anchor=anchor,
        node=node,
        title_attribute=" ".join(title.split()),
        own=runs(node),
        inside=runs(anchor),
        list_id=listing[0],
        list_node=listing[1],
        shape=" ".join(f"{item.tag}.{item.attributes.get('class') or ''}" for _, item in chain[:3]),
        line_id=above[0],
        in_line=above[1].tag in _LINES,
    )


def _merged(found: list[Row], held: Counter[int]) -> list[Row]:
    """Anchors of one target side by side (picture, title, [详细]) are one row; then each gets its surroundings."""
    merged: list[Row] = []
    for row in found:
        if merged and merged[-1].href == row.href and merged[-1].node.mem_id == row.node.mem_id:
            previous = merged[-1]
            if len("".join(row.inside)) > len("".join(previous.inside)):
                previous.anchor, previous.inside = row.anchor, row.inside
            previous.title_attribute = max(previous.title_attribute, row.title_attribute, key=len)
            continue
        merged.append(row)
    for row in merged:
        row.after = _beside(row.node, held, forward=True)
        row.before = _beside(row.node, held, forward=False)
    return merged


def _beside(node: LexborNode, held: Counter[int], *, forward: bool) -> list[str]:
    """The runs between an element and the next one that holds a target, a line break or a rule."""
    found: list[str] = []
    sibling = node.next if forward else node.prev
    for _ in range(_MAX_SIBLINGS):
        if sibling is None or held[sibling.mem_id] or sibling.tag in {"br", "hr"}:
            break
        found += runs(sibling)
        sibling = sibling.next if forward else sibling.prev
    return found


def runs(node: LexborNode) -> list[str]:
    """The pieces of text below a node, each on one line, blank ones left out."""
    return [
        run for run in (" ".join(piece.split()) for piece in node.text(separator="\x1e").split("\x1e")) if run
    ]
