"""A sample of the pages of every site: the first in the order of the hash of their address.

The same pages every night, and nobody chose them.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from analytics.phrases import CONTENT

if TYPE_CHECKING:
    import pandas as pd


def drawn(pages: pd.DataFrame, *, content_pages: int, section_pages: int) -> pd.DataFrame:
    """So many pages of each `category` (内容页, 栏目页) of each site; where there are fewer, all."""
    lot = [hashlib.sha256(url.encode()).digest() for url in pages["url"]]
    ordered = pages.assign(lot=lot).sort_values(["site_code", "category", "lot"])
    size = np.where(ordered["category"] == CONTENT, content_pages, section_pages)
    return ordered[ordered.groupby(["site_code", "category"]).cumcount() < size]
