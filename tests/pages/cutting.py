"""Pages with one thing cut out of them, so that its absence is true: what the nets are measured with.

What is cut is what a reader recognised, with its label and whatever shows it, until no reader recognises it any more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from govcrawl.pages.dates.published import considered
from govcrawl.pages.facts.footer import footer
from govcrawl.pages.facts.tags import GROUPS
from govcrawl.pages.lists.listing import entries
from govcrawl.pages.lists.rows import rows
from govcrawl.pages.markup.document import Document

if TYPE_CHECKING:
    from datetime import date

    from selectolax.lexbor import LexborNode

_MOST_CUTS = 12
_COPYRIGHT = re.compile(r"版权所有\s*[:：][^<>\s]*")
_DAY_ALONE = re.compile(
    r">[^<>\d]{0,12}(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*(?:\d\d?:\d*)?[^<>\d]{0,4}<"
)
_SEPARATOR = re.compile(r"[\s\u3000|｜]{1,}")


def without_item(html: str, url: str, as_of: date, item: str) -> str | None:
    """The page without an item of the foot; None where it has none, or it cannot be cut out."""
    if item == "unit":  # who holds the copyright is named in its place
        html = _COPYRIGHT.sub("", html)
    for cuts in range(_MOST_CUTS):
        value = footer(Document(html, url, as_of)).get(item)
        if value is None:
            return html if cuts else None
        html = _cut_value(html, value)
    return None


def without_date(html: str, url: str, as_of: date) -> str | None:
    """An article without any date a reader saw; None where none is seen, or one cannot be cut out."""
    for cuts in range(_MOST_CUTS):
        seen = next((seen for seen in considered(Document(html, url, as_of)) if seen.refused is None), None)
        if seen is None or seen.origin == "url":
            return _DAY_ALONE.sub("><", html) if cuts else None  # an article may be signed as well
        tree = LexborHTMLParser(html)
        metas = [
            node
            for node in tree.css("meta")
            if (node.attributes.get("content") or "").strip()[:10] == seen.near.strip()[:10]
        ]
        if seen.origin == "tag" and metas:
            for node in metas:
                node.decompose()
            html = tree.html or ""
        else:
            html = _cut_value(html, seen.near)
    return None


def without_tags(html: str, group: str) -> str | None:
    """The page without the tags of one group; None where it has none."""
    tree = LexborHTMLParser(html)
    names = {name.lower() for name in GROUPS[group]}
    found = [node for node in tree.css("meta[name]") if (node.attributes.get("name") or "").lower() in names]
    for node in found:
        node.decompose()
    return tree.html if found else None


def without_entries(html: str, url: str, as_of: date) -> str | None:
    """A list page without its entries: their rows are gone, their list is empty; None where it has no entries."""
    for cuts in range(_MOST_CUTS):
        document = Document(html, url, as_of)
        targets = {entry.url for entry in entries(document)}
        if not targets:
            return html if cuts else None
        tree = LexborHTMLParser(html)
        lists: dict[int, LexborNode] = {}
        for row in rows(tree.root) if tree.root is not None else ():
            if document.absolute(row.href) in targets:
                lists[row.listing.key] = row.listing.node
        for node in lists.values():
            node.inner_html = ""
        html = tree.html or ""
    return None


def _cut_value(html: str, value: str) -> str:
    """The page without what shows a value: its run of text as far as the next separator, or the element that holds it."""
    if value in html and not value.startswith(("http", "//")):
        for run in re.finditer(r">([^<>]*)<", html):
            if value in run[1]:
                return html[: run.start(1)] + _without_part(run[1], value) + html[run.end(1) :]
    tree = LexborHTMLParser(html)
    wanted = "".join(value.split())
    best: LexborNode | None = None
    for node in tree.css("body *"):
        shown = "".join((node.text() or "").split())
        named = any(wanted in "".join((said or "").split()) for said in node.attributes.values())
        if named:
            node.decompose()
            return tree.html or ""
        if wanted in shown:
            best = node
    if best is not None:
        best.decompose()
    return tree.html or ""


def _without_part(run: str, value: str) -> str:
    at = run.index(value)
    before = run[:at]
    starts = [match.end() for match in _SEPARATOR.finditer(before.rstrip())]
    ends = _SEPARATOR.search(run, at + len(value))
    return before[: starts[-1] if starts else 0] + (run[ends.start() :] if ends else "")
