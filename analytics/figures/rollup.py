"""The figures of an assessment by unit, region, level or kind, each including all members below it, in printing order.

The sums come from the view `figure`, so that queries of researchers, documents and this module agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.registry.choices import SiteKind
from govcrawl.registry.model import LEVELS
from govcrawl.registry.regions import region_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from analytics.source import Source

DIMENSIONS = ("unit", "region", "level", "kind")
_ORDERED = {"level": LEVELS, "kind": tuple(SiteKind)}


def rollup(source: Source, assessment_id: str, dimension: str) -> pd.DataFrame:
    """The figures of all members of a dimension: the view's columns and those that `in_order` adds."""
    figures = source.query("figures_of_assessment", assessment_id=assessment_id, dimension=dimension)
    return in_order(figures, dimension)


def total(source: Source, assessment_id: str) -> Mapping[str, int]:
    """The figures of all sites together."""
    row = source.query("figures_of_assessment", assessment_id=assessment_id, dimension="all")
    figures = row.drop(columns=["member", "parent"])
    return {str(name): int(figures[name].sum()) for name in figures.columns}


def in_order(figures: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Sort members below their parents (regions by code, units by name); adds `depth` (0 is the top) and `name`."""
    members = set(figures["member"])
    children: dict[str | None, list[str]] = {}
    for member, parent in zip(figures["member"], figures["parent"], strict=True):
        children.setdefault(parent if parent in members else None, []).append(member)
    placed = dict(_descend(children, None, 0, _ORDERED.get(dimension, ())))
    names = region_names() if dimension == "region" else {}
    ordered = figures.set_index("member").loc[list(placed)].reset_index()
    return ordered.assign(
        depth=list(placed.values()), name=[names.get(member, member) for member in ordered["member"]]
    )


def _descend(
    children: Mapping[str | None, list[str]], parent: str | None, depth: int, order: tuple[str, ...]
) -> Iterator[tuple[str, int]]:
    places = {word: number for number, word in enumerate(order)}
    for member in sorted(children.get(parent, ()), key=lambda word: (places.get(word, len(order)), word)):
        yield member, depth
        yield from _descend(children, member, depth + 1, order)
