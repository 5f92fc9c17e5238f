"""Message board that has shown no answer for months (留言长期未公开答复).

Judged are 政务咨询 sections whose list shows letters. A board that says itself that it was closed, merged or moved is in
order; one whose list does not say what is answered, or that was not read, is unmeasured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings
from analytics.checks.shared.terms import months_before
from analytics.nullable import truth
from govcrawl.records.outcomes import Outcome

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

CLOSING = r"(?:停止|不再|暂停)(?:受理|接收|办理|使用|更新)|(?:已|予以)(?:关闭|停用|下线|整合|合并|迁移|归并)|(?:整合|合并|迁移|归并)(?:至|到|入)"
"""Words by which a page says that it takes no letters any more."""


@dataclass(frozen=True, slots=True)
class Params:
    """How many months a board may show no answer."""

    months: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every message board visited on the day."""
    return judge(
        source.query("night_sites", as_of=as_of),
        source.query("boards_of_day", as_of=as_of, closing=CLOSING),
        as_of,
        params,
    )


def judge(sites: pd.DataFrame, boards: pd.DataFrame, as_of: date, params: Params) -> Answer:
    """`boards`: one row per 政务咨询 section, see warehouse/queries/boards_of_day.sql."""
    start = months_before(as_of, params.months)
    opened = truth(boards["outcome"].eq(Outcome.OK))
    closed = opened & boards["closed"].notna()
    fresh = truth(boards["answered_on"] >= pd.Timestamp(start))
    readable = opened & (boards["letters"] > 0) & (boards["unknown"] == 0)
    unsure = ~(closed | fresh | readable)
    failed = readable & ~fresh & ~closed
    day = findings.iso(boards["answered_on"], "answered_on").astype("str")
    reason = np.select(
        [boards["answered_on"].notna()],
        ["最近一次公开答复为" + day],
        "列出的" + boards["letters"].astype("str") + "条留言均未见答复",
    )
    judged = boards.assign(failed=failed, unsure=unsure, reason=reason)
    faults = judged[failed]
    return findings.answer(
        "message-board-silent",
        faults=faults.assign(
            subject_url=faults["section_url"],
            aspect=faults["section_name"],
            observed="“" + faults["section_name"] + "”栏目" + faults["reason"],
            expected=f"留言办理情况应当及时公开({start}以后应有公开的答复)",
            evidence=findings.evidence(faults, ["section_name", "letters", "answered_on", "fetched_at"]),
        ),
        measured=_tally(sites, judged),
        doubtful=judged[unsure].rename(columns={"section_url": "subject_url"}),
    )


def _tally(sites: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    by_site = findings.by_site(
        judged.assign(failed=judged["failed"].astype("int64"), unmeasured=judged["unsure"].astype("int64")),
        sites,
    )
    return by_site.assign(
        category="",
        complete=by_site["looked"] > 0,
        proves_absence=(by_site["looked"] > 0) & (by_site["unmeasured"] == 0),
        reason=np.select(
            [by_site["looked"] == 0, by_site["unmeasured"] > 0, by_site["failed"] > 0],
            ["没有登记政务咨询类栏目", "部分留言栏目未能读出答复情况", "有留言栏目长期未公开答复"],
            "留言答复公开正常",
        ),
    )
