"""Site that readers with IPv6 cannot reach by it: no AAAA record, or nobody answers there (IPv6改造).

Our own IPv6 counts as working only when at least one site answered over it that night; otherwise all sites are
unmeasured. So is a site whose name a --resolve rule answers in place of its name servers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.checks.shared import per_site
from analytics.nullable import truth
from analytics.words.phrases import outcome_words
from govcrawl.records.outcomes import SHUT

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge the AAAA records of every site, and whether it answered over IPv6 on the day."""
    return judge(source.query("hosts_around", as_of=as_of))


def judge(hosts: pd.DataFrame) -> Answer:
    """`hosts`: one row per site, see warehouse/queries/hosts_around.sql."""
    ours = bool(hosts["ipv6_status"].notna().any())
    measurable = truth(hosts["ipv6_known"]) & truth(hosts["ipv6_route"])
    without = hosts["ipv6_addresses"].map(len, na_action="ignore").fillna(0).eq(0)
    answered, shut = hosts["ipv6_status"].notna(), hosts["ipv6_outcome"].isin(SHUT)
    reason = np.select(
        [hosts["run_id"].isna() | hosts["host"].isna(), ~measurable, answered, ~np.full(len(hosts), ours), without, shut],
        [
            "未检测",
            "域名按指定规则解析或检测方无IPv6线路,未检测",
            "可通过IPv6访问",
            "当晚检测方未能通过IPv6访问任何网站,不作判断",
            "域名未配置IPv6地址",
            "域名已配置IPv6地址,但IPv6网络下无法访问",
        ],
        "通过IPv6访问的结果不能确定:" + outcome_words(hosts["ipv6_outcome"]),
    )  # fmt: skip
    return per_site.judge(
        "ipv6-missing",
        hosts.assign(
            sure=measurable & (answered | (ours & (without | shut))),
            failed=measurable & ~answered,
            reason=reason,
        ),
        expected="网站应完成IPv6改造,域名配置IPv6地址并可通过IPv6访问",
        evidence=["host", "ipv6_outcome", "checked_at"],
    )
