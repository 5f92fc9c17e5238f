"""Several new-media accounts of one unit on one platform (同一平台重复开设账号).

Which of them is to stay, and whether a column of the unit may have one of its own, a person says. Apps and mini-programs
are no accounts. A platform nobody knows counts under its own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import accounts as shared
from govcrawl.registry.choices import APPS, platform_name

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every registered account."""
    return judge(source.query("feeds_of_day", as_of=as_of))


def judge(accounts: pd.DataFrame) -> Answer:
    """`accounts`: one row an account, see warehouse/queries/feeds_of_day.sql. One without a unit is unmeasured."""
    platform = accounts["platform"].map(platform_name)
    is_app = accounts["kind"].isin(APPS)
    together = accounts.groupby([accounts["unit"], platform, is_app], dropna=False)["name"]
    number = together.transform("size")
    names = together.transform(lambda each: "、".join(sorted(each)))
    sure = accounts["unit"].notna() | is_app
    failed = ~is_app & (number > 1)
    reason = pd.Series("未登记主办单位", index=accounts.index, dtype="str").mask(sure, "同一平台只有一个账号")
    several = "主办单位在该平台登记了" + number.astype("str") + "个账号:" + names.astype("str")
    judged = accounts.assign(
        category="",
        sure=sure,
        failed=failed,
        reason=reason.mask(sure & failed, several),
        expected="一个单位在同一平台一般只开设一个账号",
    )
    return shared.judge("account-duplicate", judged, evidence=["platform", "name", "unit"])
