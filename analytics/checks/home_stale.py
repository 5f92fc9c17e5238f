"""Home page without any update within the days allowed (首页不更新).

A home page that is only an entrance is judged by all pages behind it. A date in the future is no update. Neither is an
entry with a date neither in the list nor on its page (稿件发布页未注明发布时间的视为不更新); if its page was not read, the home
page is unmeasured.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings, read_states
from analytics.checks.shared.window import Window
from analytics.nullable import truth
from govcrawl.records.outcomes import Outcome

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The number of the clause."""

    days: int

    @property
    def window(self) -> Window:
        return Window(self.days)


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the home page of every site as the visit of the day read it."""
    sites = source.query("night_sites", as_of=as_of)
    return judge(sites, source.query("home_reading", as_of=as_of), as_of, params)


def judge(sites: pd.DataFrame, reading: pd.DataFrame, as_of: date, params: Params) -> Answer:
    """`reading`: one row per site whose home page was requested, see warehouse/queries/home_reading.sql."""
    start = as_of - timedelta(days=params.days)
    homes = sites[["site_code", "home_url"]].merge(
        reading.drop(columns=["home_url"]), on="site_code", how="left"
    )
    for count in ("entries", "undated", "unread", "unread_pages"):
        homes[count] = homes[count].fillna(0).astype("int64")
    opened = truth(homes["outcome"].eq(Outcome.OK))
    fresh = opened & (homes["last_entry_on"] >= pd.Timestamp(start))
    read = read_states.is_read(homes)
    unsure = (~fresh & ~read) | (
        ~fresh & ((homes["entries"] == 0) | (homes["unread"] > 0) | (homes["unread_pages"] > 0))
    )
    homes["unmeasured"] = unsure.astype("int64")
    homes["failed"] = (~fresh & ~unsure).astype("int64")
    last = findings.iso(homes["last_entry_on"], "last_entry_on")
    homes["reason"] = np.select(
        [
            fresh,
            ~read,
            homes["entries"] == 0,
            homes["unread_pages"] > 0,
            homes["unread"] > 0,
            homes["last_entry_on"].isna(),
        ],
        [
            "首页最近更新日期" + last,
            "首页未能读取:" + read_states.why_not(homes),
            "首页未识别出信息条目",
            "首页仅为导航入口," + homes["unread_pages"].astype("str") + "个二级页面未能读取",
            "首页" + homes["unread"].astype("str") + "条信息未标日期且其页面未读取",
            "首页" + homes["entries"].astype("str") + "条信息均未注明发布时间",
        ],
        "首页最近更新日期" + last + ",此后无信息更新",
    )
    stale = homes[homes["failed"] == 1]
    return findings.answer(
        "home-stale",
        faults=stale.assign(
            subject_url=stale["home_url"],
            observed=stale["reason"],
            doubt=stale["date_doubt"],
            expected=f"首页应在{params.days}天内有信息更新({start}至{as_of})",
            evidence=findings.evidence(
                stale,
                ["last_entry_on", "entries", "undated", "navigation_only", "fetched_at", "body_sha256"],
            ),
        ),
        measured=homes.assign(category="", looked=1, complete=~unsure),
        doubtful=homes[unsure].rename(columns={"home_url": "subject_url"}),
    )
