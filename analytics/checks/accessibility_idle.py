"""Entry to reading without barriers (无障碍, 长辈模式) that does nothing when it is clicked (入口无反应).

Clicked in the browser on the home page. Said only of an entry that was seen, of a page whose scripts all came, and where neither the
page nor its address, storage or requests answered the click. An entry that is a link is judged with the links.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.checks.shared import findings, per_site
from analytics.nullable import truth
from govcrawl.records.barrier_words import USABLE, EntryAnswer

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How many days a click speaks for."""

    days: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the entry of every home page examined lately."""
    return judge(
        source.query("night_sites", as_of=as_of),
        source.query("examinations", as_of=as_of, days=params.days),
    )


def judge(sites: pd.DataFrame, examinations: pd.DataFrame) -> Answer:
    """`examinations`: see examinations.sql; the first of a home page is its newest."""
    homes = examinations[examinations["kind"].eq("home")].drop_duplicates("site_code")
    looks = sites[["site_code", "home_url"]].merge(
        homes[["site_code", "run_id", "tried_at", "entry", "entry_text"]], on="site_code", how="left"
    )
    entry = looks["entry"]
    idle = truth(entry.eq(EntryAnswer.IDLE))
    reason = np.select(
        [entry.isna(), idle, truth(entry.eq(EntryAnswer.NONE)), truth(entry.eq(EntryAnswer.UNSURE))],
        [
            "近日未能在浏览器中查看首页",
            "首页“" + looks["entry_text"].fillna("无障碍") + "”入口点击后没有反应",
            "首页未认出无障碍入口",
            "点击结果不能确定",
        ],
        "首页无障碍入口可用",
    )
    sure = idle | truth(entry.isin(USABLE))
    return findings.awaiting(
        per_site.judge(
            "accessibility-idle",
            looks.assign(sure=sure, failed=idle, reason=reason),
            expected="无障碍、适老化入口应当可用",
            evidence=["entry_text", "tried_at"],
        )
    )
