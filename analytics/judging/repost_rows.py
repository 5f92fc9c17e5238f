"""Measures how the superior government's documents were reposted: the rows behind the share that came in time (转载率)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared.reposts import reposts

if TYPE_CHECKING:
    from datetime import date

    from analytics.editions.chosen import Edition
    from analytics.source import Source

ASKED_BY = "repost-late"  # the check whose numbers are the rule: hours, months looked back
COLUMNS = (
    *("site_code", "url", "title", "printed", "superior_code", "superior_url", "superior_printed"),
    *("hours", "late", "run_id"),
)


def measure(source: Source, rules: Edition, as_of: date) -> pd.DataFrame:
    """One row per repost; `late` is null where the printed times leave it open. No rows where the edition does not ask."""
    if ASKED_BY not in rules.check_ids():
        return pd.DataFrame(columns=list(COLUMNS))
    params = rules.params[ASKED_BY]
    return rows_of(reposts(source, as_of, params.hours, params.look_back_months), params.hours)


def rows_of(pairs: pd.DataFrame, hours: int) -> pd.DataFrame:
    """`pairs`: of `analytics.checks.shared.reposts`."""
    late = (pairs["failed"] == 1).astype(object).mask(pairs["unmeasured"] == 1, None)
    return (
        pairs.assign(hours=hours, late=late)
        .rename(columns={"superior_at": "superior_printed"})[list(COLUMNS)]
        .sort_values(["site_code", "url"], ignore_index=True)
    )
