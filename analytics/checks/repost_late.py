"""Document of the superior government that a site reposted later than it must (转载不及时).

What a repost is, and when the printed times decide: `analytics/checks/shared/reposts.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.checks.shared import findings
from analytics.checks.shared.reposts import reposts

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The hours that a repost may take, and how far back documents of the superior are considered."""

    hours: int
    look_back_months: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every site with a registered superior by the entries that both list on the day."""
    sites = source.query("night_sites", as_of=as_of)
    superiors = source.query("superior_portals", as_of=as_of)
    pairs = reposts(source, as_of, params.hours, params.look_back_months)
    return judge(sites, superiors, pairs, params)


def judge(sites: pd.DataFrame, superiors: pd.DataFrame, pairs: pd.DataFrame, params: Params) -> Answer:
    """`superiors`: see warehouse/queries/superior_portals.sql; `pairs`: of `analytics.checks.shared.reposts`."""
    late = pairs[pairs["failed"] == 1]
    counted = findings.by_site(pairs, sites)
    registered = counted["site_code"].isin(superiors["site_code"])
    return findings.answer(
        "repost-late",
        faults=late.assign(
            subject_url=late["url"],
            origin_url=late["superior_url"],
            observed="上级文件"
            + findings.in_quotes(late["title"], findings.LONGEST_POLICY)
            + "由"
            + late["superior_name"]
            + "于"
            + late["superior_at"].str.replace("T", " ")
            + "发布,本网站于"
            + late["printed"].str.replace("T", " ")
            + "转载",
            expected=f"上级重要政策信息发布后{params.hours}小时内转载",
            evidence=findings.evidence(
                late, ["printed", "superior_at", "superior_url", "source", "doc_number", "body_sha256"]
            ),
        ),
        measured=counted.assign(
            category="",
            complete=registered,
            proves_absence=registered,
            reason=np.select(
                [~registered, counted["looked"] == 0, counted["unmeasured"] > 0],
                [
                    "登记册中没有其上级的门户网站",
                    "期内未见转载上级文件",
                    "部分文件的发布时间未精确到能够判断的程度",
                ],
                "",
            ),
        ),
        doubtful=pairs[pairs["unmeasured"] == 1].rename(columns={"url": "subject_url"}),
    )
