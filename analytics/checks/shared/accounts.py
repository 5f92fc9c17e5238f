"""Shared by the checks on how long a new-media account has been silent.

The day of the last post is taken from the account's feed or from the office's import; the later one counts. An account
without either is unmeasured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings
from analytics.nullable import truth
from analytics.words.of_checks import ACCOUNT_SUBJECT
from analytics.words.phrases import outcome_words
from govcrawl.records.outcomes import Outcome
from govcrawl.registry.choices import platform_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from analytics.checks.shared.findings import Answer

EVIDENCE = ("platform", "name", "last_post_on", "last_post_title", "feed_url", "fetched_at")


def silent_since(check_id: str, accounts: pd.DataFrame, start: date, as_of: date, expected: str) -> Answer:
    """Find accounts without a post from `start` on. `accounts`: one row each, see warehouse/queries/feeds_of_day.sql."""
    imported = accounts["imported_on"].where(accounts["imported_on"] <= pd.Timestamp(as_of))
    last = pd.concat([imported, accounts["fed_on"]], axis="columns").max(axis="columns")
    # A feed that failed, or has no dates, may contain a newer post than the imported one.
    silent = accounts["feed_url"].notna() & ~(
        truth(accounts["outcome"].eq(Outcome.OK)) & (accounts["dated"].fillna(0) > 0)
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
        category="", sure=sure, failed=sure & ~fresh, reason=reason, last_post_on=last, expected=expected
    )
    return judge(check_id, judged, list(EVIDENCE))


def judge(check_id: str, judged: pd.DataFrame, evidence: Sequence[str]) -> Answer:
    """`judged`: one row per account and category with `sure` and `failed` (booleans), `reason` in Chinese, `expected`."""
    sure, failed = judged["sure"].astype(bool), (judged["sure"] & judged["failed"]).astype(bool)
    faults = judged[failed]
    return findings.answer(
        check_id,
        faults=faults.assign(
            site_code=None,
            subject_url=ACCOUNT_SUBJECT + faults["account_id"],
            origin_url=faults["url"],
            observed=faults["platform"].map(platform_name, na_action="ignore")
            + "“"
            + faults["name"]
            + "”"
            + faults["reason"],
            evidence=findings.evidence(faults, evidence),
            aspect=faults["category"],
        ),
        measured=judged.assign(
            looked=1, failed=failed.astype("int64"), unmeasured=(~sure).astype("int64"), complete=sure
        ),
        doubtful=judged[~sure].assign(subject_url=lambda rows: ACCOUNT_SUBJECT + rows["account_id"]),
    )
