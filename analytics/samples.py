"""Samples nobody chose: the first in the order of the hash of their address, the same every night while they stand."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def drawn(subjects: pd.DataFrame, size: int) -> pd.DataFrame:
    """At most `size` rows of each site, by the hash of `url`; where there are fewer, all."""
    lot = [hashlib.sha256(url.encode()).digest() for url in subjects["url"]]
    in_order = subjects.assign(lot=lot).sort_values(["site_code", "lot"]).drop(columns="lot")
    return in_order[in_order.groupby("site_code").cumcount() < size]
