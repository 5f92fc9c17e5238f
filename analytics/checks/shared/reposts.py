"""Documents of the superior government that a site reposted, and whether within the hours a rule allows (转载).

A repost is an entry with the title of a document on the superior's portal that names the superior in its title or as its
source, or has the same document number. Times are known only as precisely as they are printed: where the printed times do
not decide whether the term was kept, the pair is `unmeasured`. Documents that no list shows as reposted are in no pair: whether
this site had to repost them nobody here knows.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings
from analytics.checks.shared.terms import months_before
from analytics.checks.shared.titles import core

if TYPE_CHECKING:
    from datetime import date

    from analytics.source import Source

_SHORTEST = 8  # characters of a title's core; shorter ones are often equal by chance


def reposts(source: Source, as_of: date, hours: int, look_back_months: int) -> pd.DataFrame:
    """The pairs of every site with a registered superior, by the entries that both list on the day; see `pairs`."""
    superiors = source.query("superior_portals", as_of=as_of)
    since = months_before(as_of, look_back_months)
    codes = sorted({*superiors["site_code"], *superiors["superior_code"]})
    entries = source.query("entries_published_since", as_of=as_of, since=since, site_codes=codes)
    return pairs(superiors, entries, hours)


def pairs(superiors: pd.DataFrame, entries: pd.DataFrame, hours: int) -> pd.DataFrame:
    """A row a repost: the entry, the superior's document (`superior_…`), and `failed` (late) and `unmeasured`, 0 or 1.

    `superiors`, `entries`: see warehouse/queries/superior_portals.sql and entries_published_since.sql.
    """
    return _timed(_pairs(superiors, entries), timedelta(hours=hours))


def _pairs(superiors: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """All pairs of a site's entry and the superior's document that it reposts."""
    named = entries.assign(
        core=entries["title"].map(core),
        printed=entries["published_at"].fillna(findings.iso(entries["published_on"], "published_on")),
    )
    named = named[named["core"].str.len() >= _SHORTEST]
    documents = named[named["is_document"].astype(bool)][
        ["site_code", "core", "url", "title", "printed", "doc_number"]
    ]
    documents.columns = pd.Index(
        ["superior_code", "core", "superior_url", "superior_title", "superior_at", "superior_number"]
    )
    pairs = named.merge(superiors, on="site_code").merge(documents, on=["superior_code", "core"])
    shown = pairs["title"] + pairs["source"].fillna("")
    by_name = np.array(
        [
            name in text or unit in text
            for name, unit, text in zip(pairs["superior_name"], pairs["superior_unit"], shown, strict=True)
        ],
        dtype=bool,
    )
    by_number = pairs["doc_number"].notna() & (pairs["doc_number"] == pairs["superior_number"])
    return (
        pairs[by_number.astype(bool) | by_name].drop_duplicates(["site_code", "url"]).reset_index(drop=True)
    )


def _timed(pairs: pd.DataFrame, term: timedelta) -> pd.DataFrame:
    """Whether each repost was late, by the interval that each printed time stands for."""
    from_, until = _span(pairs["superior_at"])
    earliest, latest = _span(pairs["printed"])
    late = earliest >= until + term
    in_time = latest <= from_ + term
    return pairs.assign(failed=late.astype("int64"), unmeasured=(~late & ~in_time).astype("int64"))


def _span(printed: pd.Series[str]) -> tuple[pd.Series[pd.Timestamp], pd.Series[pd.Timestamp]]:
    """The interval of a printed time: its first instant, and the first one after it (a day, minute or second later)."""
    begin = pd.to_datetime(printed, format="ISO8601")
    length = printed.str.len().map({10: "1D", 16: "1min", 19: "1s"}).astype("timedelta64[ns]")
    return begin, begin + length
