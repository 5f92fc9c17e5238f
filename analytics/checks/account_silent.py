"""New-media account without a post for months: to be revived or closed (长期停更).

Lists of such accounts are what circulars of 2025 print beside the rate of those that are in order; no row of the table
asks for more than the two weeks of `account-stale`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import accounts as shared
from analytics.checks.shared.terms import months_before

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The number of months."""

    months: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every registered account."""
    return judge(source.query("feeds_of_day", as_of=as_of), as_of, params)


def judge(accounts: pd.DataFrame, as_of: date, params: Params) -> Answer:
    """`accounts`: one row an account, see warehouse/queries/feeds_of_day.sql."""
    start = months_before(as_of, params.months)
    expected = f"账号停更不应超过{params.months}个月({start}以后应有更新),确需停用的应当注销并公告"
    return shared.silent_since("account-silent", accounts, start, as_of, expected)
