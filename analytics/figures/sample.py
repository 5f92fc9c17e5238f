"""A stratified random sample of sites for a spot check (抽查), which anybody can reproduce.

Seats: every stratum gets one; each further seat goes to the stratum that lacks most of its proportional share (size ×
its sites / all sites), among equals to the first by name. Sites: within a stratum those with the smallest SHA-256 of
`<seed>:<site_code>`, shown as `draw`. So the sample depends only on the list of sites, the size and the seed.
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
    """The drawn sites, sorted by stratum and draw; `sites` needs site_code and the columns of the strata.

    Raises UserError when `size` is below the number of strata or above the number of sites.
    """
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
    """The number of sites to draw from each stratum."""
    shares = {name: Fraction(size * number, sum(counts.values())) for name, number in counts.items()}
    seats = dict.fromkeys(sorted(counts), 1)
    for _ in range(size - len(seats)):
        open_yet = [name for name in seats if seats[name] < counts[name]]
        furthest = max(open_yet, key=lambda name: shares[name] - seats[name])
        seats[furthest] += 1
    return seats


def _strata(sites: pd.DataFrame, by: str) -> pd.Series[str]:
    """The stratum of each site. Regions are grouped by city, because a county alone is too small."""
    column = sites["region_code"].str[:4] + "00" if by == "region" else sites[by]
    return column.fillna(UNKNOWN)
