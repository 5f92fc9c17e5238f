"""Samples that nobody can choose: the first subjects by the hash of their address, the same ones every night."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from analytics.words.phrases import CONTENT


def drawn(subjects: pd.DataFrame, size: int) -> pd.DataFrame:
    """At most `size` rows of each site, by the hash of `url`; all rows, if there are fewer."""
    lot = [int.from_bytes(hashlib.sha256(url.encode()).digest()[:8]) for url in subjects["url"].tolist()]
    in_order = (
        subjects.assign(lot=np.array(lot, dtype="uint64"))
        .sort_values(["site_code", "lot"])
        .drop(columns="lot")
    )
    return in_order[in_order.groupby("site_code").cumcount() < size]


def pages(read: pd.DataFrame, *, content_pages: int, section_pages: int) -> pd.DataFrame:
    """At most this many pages per `category` (内容页, 栏目页) and site; all pages, if there are fewer."""
    is_content = read["category"] == CONTENT
    return pd.concat([drawn(read[is_content], content_pages), drawn(read[~is_content], section_pages)])
