"""Message of a reader left without an answer for more than three months (互动回应差).

A late answer is no fault; a message that is still open after its term is. If the office imported the messages of a site,
these are judged. Otherwise the letters that its 政务咨询 sections list are judged; such findings are candidates that a
person must confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, letters, sections
from analytics.checks.shared.terms import months_before
from analytics.nullable import truth
from govcrawl.records.states import FindingState
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The numbers of the clause: how long a message may wait, and how far back messages are judged."""

    months: int
    look_back_months: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every imported message of this period, and the listed letters of sites without imported messages."""
    return judge(
        source.query("night_sites", as_of=as_of),
        source.query("messages_of_day", as_of=as_of),
        source.query("section_reading", as_of=as_of),
        source.query("section_letters_of_day", as_of=as_of),
        as_of,
        params,
    )


def judge(
    sites: pd.DataFrame,
    messages: pd.DataFrame,
    reading: pd.DataFrame,
    listed: pd.DataFrame,
    as_of: date,
    params: Params,
) -> Answer:
    """`messages`, `listed`: see warehouse/queries/messages_of_day.sql and section_letters_of_day.sql."""
    first, last = (
        pd.Timestamp(months_before(as_of, months)) for months in (params.look_back_months, params.months)
    )
    imported = messages["site_code"]
    unimported = listed[~listed["site_code"].isin(imported)]
    both = pd.concat(
        [
            messages.assign(
                subject_url="message:" + messages["id"],
                origin_url=None,
                aspect="",
                state=FindingState.FOUND.value,
                open=messages["answered_on"].isna(),
                said="留言",
            ),
            unimported.assign(
                subject_url=unimported["url"],
                origin_url=unimported["section_url"],
                aspect=unimported["title"],
                state=FindingState.AWAITING.value,
                open=~unimported["answered"].fillna(value=True).astype(bool),
                said="留言" + findings.in_quotes(unimported["title"]),
            ),
        ],
        ignore_index=True,
    )
    recent = both[both["received_on"].between(first, pd.Timestamp(as_of))]
    judged = recent.assign(
        failed=(recent["open"].astype(bool) & (recent["received_on"] < last)).astype("int64")
    )
    waiting = judged[judged["failed"] == 1]
    read = sections.state(reading[reading["class"] == SectionClass.LETTERS])
    whole = (read["read"] & truth(read["complete"])).groupby(read["site_code"]).all()
    readable = unimported.loc[unimported["site_code"].map(whole).eq(other=True), "site_code"]
    return findings.answer(
        "reply-overdue",
        faults=waiting.assign(
            observed=findings.iso(waiting["received_on"], "received_on")
            + "收到的"
            + waiting["said"]
            + f"至{as_of}仍未答复",
            expected=f"留言应在{params.months}个月内答复",
            evidence=findings.evidence(waiting, ["received_on", "origin_url"]),
        ),
        measured=letters.tally(
            judged,
            sites,
            pd.concat([imported, readable]),
            unknown="未导入网民留言,也未见可读的留言列表",
            none="期内没有网民留言",
            late=f"条留言超过{params.months}个月未答复",
        ),
    )
