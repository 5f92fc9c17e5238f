"""New-media account without a post within the days allowed (内容不更新)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from analytics.checks.shared import accounts as shared

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The number of the clause."""

    days: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every registered account."""
    return judge(source.query("feeds_of_day", as_of=as_of), as_of, params)


def judge(accounts: pd.DataFrame, as_of: date, params: Params) -> Answer:
    """`accounts`: one row an account, see warehouse/queries/feeds_of_day.sql."""
    start = as_of - timedelta(days=params.days)
    expected = f"监测时间点前{params.days}天内应有更新({start}至{as_of})"
    return shared.silent_since("account-stale", accounts, start, as_of, expected)
