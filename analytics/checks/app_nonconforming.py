"""App, mini-program or quick app that the rules of 2026 do not allow as it is registered (政务应用程序不规范).

国办函〔2026〕12号: none below county level, filed with the 网信 office before it goes out, a way to complain, no zombies.
All is taken from the registry, so a blank cell is a gap and no fault: 无 is what the office states to be lacking. A filing number that
is none (办理中) is a gap as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import accounts as shared
from analytics.checks.shared import findings
from analytics.checks.shared.terms import months_before
from analytics.nullable import truth
from analytics.words.phrases import DORMANT, NO_COMPLAINTS, TOO_LOW, UNFILED
from govcrawl.registry.choices import APPS
from govcrawl.registry.model import LEVELS, NONE, states_filing

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

*_, BELOW_COUNTY = LEVELS


@dataclass(frozen=True, slots=True)
class Params:
    """After how many months without an update an app is taken for a zombie."""

    dormant_months: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every registered app."""
    return judge(source.query("feeds_of_day", as_of=as_of), as_of, params)


def judge(accounts: pd.DataFrame, as_of: date, params: Params) -> Answer:
    """`accounts`: one row an account or app, see warehouse/queries/feeds_of_day.sql."""
    apps = accounts[accounts["kind"].isin(APPS)]
    start = months_before(as_of, params.dormant_months)
    updated = apps["imported_on"].where(apps["imported_on"] <= pd.Timestamp(as_of))
    day = findings.iso(updated, "last_post_on").astype("str")
    filing = apps["filing_number"].where(
        apps["filing_number"].map(states_filing, na_action="ignore").eq(other=True)
    )
    questions = (
        (UNFILED, filing, truth(filing.eq(NONE)), "未办理备案", "未填报备案编号", "应用程序上线前应向网信部门备案"),
        (TOO_LOW, apps["level"], truth(apps["level"].eq(BELOW_COUNTY)), "由县级以下单位开设", "未填报层级", "县级以下不得开设政务应用程序"),
        (NO_COMPLAINTS, apps["complaint_url"], truth(apps["complaint_url"].eq(NONE)), "没有投诉举报入口", "未填报投诉举报入口", "应用程序应当设有投诉举报功能"),
        (DORMANT, updated, truth(updated < pd.Timestamp(start)), "最近更新日期" + day + ",此后无更新", "未填报最近更新日期", f"长期不更新的“僵尸”“空壳”应用程序应当清理({start}以后应有更新)"),
    )  # fmt: skip
    judged = [
        apps.assign(
            category=category,
            last_post_on=updated,
            sure=given.notna(),
            failed=failed,
            reason=pd.Series(gap, index=apps.index, dtype="str")
            .mask(given.notna(), "符合要求")
            .mask(failed, fault),
            expected=expected,
        )
        for category, given, failed, fault, gap, expected in questions
    ]
    return shared.judge(
        "app-nonconforming",
        pd.concat(judged, ignore_index=True),
        evidence=["platform", "name", "kind", "level", "filing_number", "complaint_url", "last_post_on"],
    )
