"""Shared by the checks on consultations (调查征集): which were held, and when they opened and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings
from analytics.nullable import truth

if TYPE_CHECKING:
    from datetime import date

REPORTS = r"(?:结果|反馈|采纳|情况|汇总|总结)"  # in the title of a report on the result


def of_year(consultations: pd.DataFrame, since: date, as_of: date) -> pd.DataFrame:
    """The consultations that were open at any time since a day, and those of which that is unknown.

    `opened_on` is the day the page names, else the earliest known day of publication. `unread`: the page was not read, or
    does not say when the consultation closes. Reports on results are left out.
    """
    opened_on = consultations["opens_on"].fillna(consultations["published_on"])
    last_on = consultations["closes_on"].fillna(consultations["published_on"])
    held = consultations.assign(opened_on=opened_on, unread=consultations["closes_on"].isna())
    reports = consultations["title"].str.contains(REPORTS) & consultations["closes_on"].isna()
    recent = last_on.isna() | last_on.between(pd.Timestamp(since), pd.Timestamp.max)
    return held[recent & ~reports & ~truth(opened_on > pd.Timestamp(as_of))]


def tally(
    sites: pd.DataFrame, judged: pd.DataFrame, complete: pd.Series[bool], category: str
) -> pd.DataFrame:
    """Count consultations with `failed` and `unmeasured` into one row per site."""
    counted = findings.by_site(judged, sites)
    whole = complete.reindex(counted["site_code"]).to_numpy(dtype=bool)
    unread = pd.Series("部分征集页面未能读出起止时间", index=counted.index).where(
        counted["unmeasured"] > 0, ""
    )
    return counted.assign(
        category=category, complete=whole, reason=unread.where(whole, "未登记调查征集栏目,或栏目未能读完")
    )
