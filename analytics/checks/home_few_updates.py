"""Home page whose sections show fewer updates than asked in the days looked at (首页栏目更新量不足).

A home page shows only a few entries of each section, so few new entries there prove nothing by themselves. They are a
fault when the whole site has no more: every registered section was read back beyond these days, and all updates together
are still too few.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings, read_states, sections
from analytics.checks.shared.window import Window
from analytics.nullable import truth
from govcrawl.records.outcomes import Outcome

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The numbers of the clause."""

    days: int
    at_least: int

    @property
    def window(self) -> Window:
        return Window(self.days)


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every site by the updates on its home page and in its sections."""
    return judge(
        source.query("night_sites", as_of=as_of),
        source.query("home_reading", as_of=as_of),
        source.query("section_reading", as_of=as_of),
        source.query("updates_since", as_of=as_of, since=as_of - timedelta(days=params.days)),
        as_of,
        params,
    )


def judge(
    sites: pd.DataFrame,
    reading: pd.DataFrame,
    in_sections: pd.DataFrame,
    updates: pd.DataFrame,
    as_of: date,
    params: Params,
) -> Answer:
    """The frames are the results of the queries named in `run`."""
    start = as_of - timedelta(days=params.days)
    homes = (
        sites[["site_code", "home_url"]]
        .merge(reading.drop(columns=["home_url", "unread", "undated"]), on="site_code", how="left")
        .merge(updates, on="site_code", how="left")
    )
    for number in ("entries", "unread_pages", "on_home", "anywhere", "unread"):
        homes[number] = homes[number].fillna(0).astype("int64")
    opened = truth(homes["outcome"].eq(Outcome.OK)) & (homes["entries"] > 0)
    enough = opened & (homes["on_home"] >= params.at_least)
    whole = homes["site_code"].isin(_read_back(in_sections, start)) & (homes["unread_pages"] == 0)
    few = (
        opened
        & read_states.is_read(homes)
        & ~enough
        & whole
        & (homes["anywhere"] + homes["unread"] < params.at_least)
    )
    homes["failed"] = few.astype("int64")
    homes["unmeasured"] = (~enough & ~few).astype("int64")
    updates_seen = f"{start}至{as_of}首页可见信息更新" + homes["on_home"].astype("str") + "条"
    homes["reason"] = np.select(
        [
            ~read_states.is_read(homes),
            homes["entries"] == 0,
            enough,
            few,
        ],
        [
            "首页未能读取:" + read_states.why_not(homes),
            "首页未识别出信息条目",
            updates_seen,
            updates_seen + ",连同各栏目共" + homes["anywhere"].astype("str") + "条",
        ],
        updates_seen + ",各栏目合计" + homes["anywhere"].astype("str") + "条,首页栏目更新总量须人工核实",
    )
    few_but_some = homes[few & (homes["on_home"] > 0)]  # home-stale judges those without any
    return findings.answer(
        "home-few-updates",
        faults=few_but_some.assign(
            subject_url=few_but_some["home_url"],
            observed=few_but_some["reason"],
            expected=f"首页栏目{params.days}天内信息更新总量应不少于{params.at_least}条",
            evidence=findings.evidence(few_but_some, ["on_home", "anywhere", "fetched_at", "body_sha256"]),
        ),
        measured=homes.assign(category="", looked=1, complete=True),
        doubtful=homes[~enough & ~few].rename(columns={"home_url": "subject_url"}),
    )


def _read_back(in_sections: pd.DataFrame, start: date) -> pd.Series[str]:
    """The sites of which all sections were read to their end, or to an entry before these days."""
    read = sections.state(in_sections)
    older = truth(read["last_line_on"] < pd.Timestamp(start))
    whole = read["read"] & (truth(read["complete"]) | older)
    all_whole = whole.groupby(read["site_code"]).all()
    return pd.Series(all_whole.index[all_whole.to_numpy(dtype=bool)], dtype="str")
