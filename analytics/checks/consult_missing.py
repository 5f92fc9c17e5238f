"""Site without any way to ask or to suggest something online (网上有效咨询建言渠道).

The finding is a candidate for a person to confirm. It needs: no registered 政务咨询 section that opens, and no living
link on any page read that is named like such a channel. 网上信访 and 纪检举报 are other channels and do not count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.checks.shared import findings, read_states

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

WAYS = "信箱|咨询|留言|建言|献策|问政|互动|意见建议|我要(?:写信|提问|建议|咨询)|写信|来信|12345|民声|民意|智能问答|在线客服|政民"
SPECIAL = "信访|举报|纪检|监察"
_LONGEST = 12  # characters of the name of a channel; a longer link text is the title of an article


@dataclass(frozen=True, slots=True)
class Params:
    """The clause has no number of its own."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every site by its home page and the links of all pages read on the day."""
    sites = source.query("night_sites", as_of=as_of)
    return judge(
        sites, source.query("consult_channels", as_of=as_of, words=WAYS, special=SPECIAL, longest=_LONGEST)
    )


def judge(sites: pd.DataFrame, homes: pd.DataFrame) -> Answer:
    """`homes`: one row per site whose home page was requested, see warehouse/queries/consult_channels.sql."""
    homes = sites[["site_code", "home_url"]].merge(homes, on="site_code", how="left")
    read = read_states.is_read(homes) & (homes["links"].fillna(0) > 0)
    offered = homes["channels"].fillna(0) + homes["sections"].fillna(0)
    unsure = ~read & (offered == 0)
    failed = read & (offered == 0)
    without = homes[failed]
    return findings.answer(
        "consult-missing",
        faults=without.assign(
            subject_url=without["home_url"],
            observed="未见网上咨询建言渠道:没有可以打开的政务咨询栏目,页面上也没有此类链接",
            expected="应提供网上有效咨询建言渠道(网上信访、纪检举报等专门渠道除外)",
            evidence=findings.evidence(without, ["links", "fetched_at", "body_sha256"]),
        ),
        measured=homes.assign(
            category="",
            looked=1,
            failed=failed.astype("int64"),
            unmeasured=unsure.astype("int64"),
            complete=~unsure,
            reason=np.select(
                [unsure, failed],
                ["首页未能读取:" + read_states.why_not(homes), "未见网上咨询建言渠道,待人工确认"],
                "有咨询建言渠道入口",
            ),
        ),
        doubtful=homes[unsure].rename(columns={"home_url": "subject_url"}),
    )
