"""Site on which no report on 政府信息公开 of last year is to be seen after its day (未发布上年度政府信息公开年度报告).

Due by a day of the year; before it the year before last is asked for. A report counts wherever an inspected site names it: on
the site itself, by a link to a superior's platform, or on another site under the name of the unit. A link that leads out to
annual reports of no year leaves the answer open: what stands behind it was not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from analytics.checks.shared import per_site
from analytics.nullable import truth
from analytics.words.phrases import outcome_words

if TYPE_CHECKING:
    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

REPORT = (
    r"信息公开.{0,8}年[度]?(?:工作)?(?:情况)?报告?|年度?.{0,6}(?:政府|政务)?信息公开.{0,6}报告|信息公开年报"
)
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Params:
    """The last day of January, or whichever the rule names, by which last year's report stands on the site."""

    due_month: int
    due_day: int

    def __post_init__(self) -> None:
        date(2024, self.due_month, self.due_day)  # ValueError for a day that does not exist

    def year(self, as_of: date) -> int:
        """The year whose report must be there on a day."""
        due = date(as_of.year, self.due_month, self.due_day)
        return as_of.year - (1 if as_of > due else 2)


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every site by what all pages read on the day name."""
    year = str(params.year(as_of))
    named = source.query(
        "annual_reports_named", as_of=as_of, report=REPORT, year=year, year_in_words=in_words(year)
    )
    return judge(source.query("homes_and_visits", as_of=as_of), named, year)


def in_words(year: str) -> str:
    """`二〇二五` for `2025`."""
    return "".join(_DIGITS[int(digit)] for digit in year)


def judge(sites: pd.DataFrame, named: pd.DataFrame, year: str) -> Answer:
    """`named`: see warehouse/queries/annual_reports_named.sql; `sites`: homes_and_visits.sql."""
    of_year = named[named["of_year"].astype(bool)]
    elsewhere = "\n".join(of_year["words"])
    own = sites["site_code"].isin(of_year["site_code"])
    by_name = sites["unit"].map(lambda unit: unit in elsewhere).astype(bool)
    unread = named[
        ~named["of_year"].astype(bool) & ~named["other_year"].astype(bool) & ~named["followed"].astype(bool)
    ]
    out = sites["site_code"].isin(unread["site_code"])
    whole = truth(sites["complete"])
    there = own | by_name
    reason = np.select(
        [own, by_name, ~whole, out],
        [
            f"本网站有{year}年政府信息公开年度报告",
            f"{year}年政府信息公开年度报告见于其他网站",
            "网站未能全部读取:" + outcome_words(sites["home_outcome"]),
            "年度报告入口指向未检查的页面",
        ],
        f"未见{year}年政府信息公开年度报告",
    )
    return per_site.judge(
        "annual-report-missing",
        sites.assign(sure=there | (whole & ~out), failed=~there, reason=reason),
        expected=f"应当发布{year}年政府信息公开年度报告",
        evidence=["fetched_at", "body_sha256"],
    )
