"""A stratified random sample of sites for a spot check (抽查) that anybody can draw again.

Seats: every stratum gets one; each further seat goes to the stratum whose proportional share (size × its sites / all
sites) is furthest from met, among equals to the first by name. Sites: within a stratum those with the smallest
SHA-256 of `<seed>:<site_code>`, which each row shows as `draw`. The list of sites, the size and the seed decide all.
"""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import TYPE_CHECKING

from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

STRATA = ("level", "region", "kind")
UNKNOWN = "未登记"


def draw(sites: pd.DataFrame, size: int, seed: str, by: str) -> pd.DataFrame:
    """The sites drawn, by stratum and draw; `sites` needs site_code and what they are stratified by."""
    drawn = sites.assign(
        stratum=_strata(sites, by),
        draw=[hashlib.sha256(f"{seed}:{code}".encode()).hexdigest() for code in sites["site_code"]],
    )
    counts = {str(name): int(number) for name, number in drawn["stratum"].value_counts().items()}
    if not len(counts) <= size <= len(sites):
        raise UserError(
            f"--size {size}: there are {len(sites)} running sites in {len(counts)} strata by {by}; "
            f"name a size from {len(counts)} to {len(sites)}"
        )
    seats = seats_of(counts, size)
    drawn = drawn.sort_values(["stratum", "draw"], ignore_index=True)
    place = drawn.groupby("stratum").cumcount()
    return drawn[place < drawn["stratum"].map(seats)].reset_index(drop=True)


def seats_of(counts: Mapping[str, int], size: int) -> dict[str, int]:
    """How many sites each stratum sends."""
    shares = {name: Fraction(size * number, sum(counts.values())) for name, number in counts.items()}
    seats = dict.fromkeys(sorted(counts), 1)
    for _ in range(size - len(seats)):
        open_yet = [name for name in seats if seats[name] < counts[name]]
        furthest = max(open_yet, key=lambda name: shares[name] - seats[name])
        seats[furthest] += 1
    return seats


def _strata(sites: pd.DataFrame, by: str) -> pd.Series[str]:
    """A site's stratum; regions by city, because a county alone would be too small to be one."""
    column = sites["region_code"].str[:4] + "00" if by == "region" else sites[by]
    return column.fillna(UNKNOWN)
