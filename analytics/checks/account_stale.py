"""New-media account without a post within the days allowed (内容不更新).

The day of the last post is taken from the account's feed or from the office's import; the later one counts. An account
without either is unmeasured.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings
from analytics.checks.shared.findings import ACCOUNT_SUBJECT
from analytics.words.phrases import outcome_words
from govcrawl.records.outcomes import Outcome

if TYPE_CHECKING:
    from datetime import date

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
    imported = accounts["imported_on"].where(accounts["imported_on"] <= pd.Timestamp(as_of))
    last = pd.concat([imported, accounts["fed_on"]], axis="columns").max(axis="columns")
    # A feed that failed, or has no dates, may contain a newer post than the imported one.
    silent = accounts["feed_url"].notna() & ~(
        accounts["outcome"].eq(Outcome.OK).fillna(value=False) & (accounts["dated"].fillna(0) > 0)
    )
    fresh = last >= pd.Timestamp(start)
    sure = fresh | (last.notna() & ~silent)
    day = findings.iso(last, "last_post_on")
    reason = np.select(
        [fresh, sure, silent],
        [
            "最近更新日期" + day,
            "最近更新日期" + day + ",此后无更新",
            "订阅内容未能读取:" + outcome_words(accounts["outcome"]),
        ],
        "没有订阅地址,也未填报最近更新日期",
    )
    judged = accounts.assign(
        sure=sure,
        failed=(sure & ~fresh).astype("int64"),
        unmeasured=(~sure).astype("int64"),
        reason=reason,
        last_post_on=last,
    )
    stale = judged[judged["failed"] == 1]
    return findings.answer(
        "account-stale",
        faults=stale.assign(
            site_code=None,
            subject_url=ACCOUNT_SUBJECT + stale["account_id"],
            origin_url=stale["url"],
            observed=stale["platform"] + "“" + stale["name"] + "”" + stale["reason"],
            expected=f"监测时间点前{params.days}天内应有更新({start}至{as_of})",
            evidence=findings.evidence(
                stale, ["platform", "name", "last_post_on", "last_post_title", "feed_url", "fetched_at"]
            ),
        ),
        measured=judged.assign(category="", looked=1, complete=sure),
        doubtful=judged[~sure].assign(subject_url=lambda rows: ACCOUNT_SUBJECT + rows["account_id"]),
    )
