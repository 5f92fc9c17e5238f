"""Ticket of 我为政府网站找错 that was not answered within its working days.

A ticket that was answered after its term is overdue, and so is one still open after its term. The day of receipt does
not count. While the holidays of a year are not announced, the term is estimated, and the finding says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, letters
from analytics.checks.shared.terms import months_before
from analytics.checks.shared.working_days import WorkingDays
from analytics.words.phrases import NOTE

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The numbers of the clause: how long an answer may take, and how far back tickets are judged."""

    working_days: int
    look_back_months: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every imported ticket of this period."""
    sites = source.query("night_sites", as_of=as_of)
    own = source.query("working_days_of_day", as_of=as_of)
    calendar = WorkingDays(dict(zip(own["working_on"].dt.date, own["working"].astype(bool), strict=True)))
    return judge(sites, source.query("tickets_of_day", as_of=as_of), calendar, as_of, params)


def judge(
    sites: pd.DataFrame, tickets: pd.DataFrame, calendar: WorkingDays, as_of: date, params: Params
) -> Answer:
    """`tickets`: one row per ticket, see warehouse/queries/tickets_of_day.sql."""
    start = pd.Timestamp(months_before(as_of, params.look_back_months))
    recent = tickets[tickets["received_on"].between(start, pd.Timestamp(as_of))]
    recent = recent.join(calendar.due(recent["received_on"], params.working_days))
    answered = recent["answered_on"].fillna(pd.Timestamp(as_of))
    judged = recent.assign(failed=(answered > recent["due_on"]).astype("int64"))
    late = judged[judged["failed"] == 1]
    received, answered, due = (
        findings.iso(late[column], column) for column in ("received_on", "answered_on", "due_on")
    )
    measured = letters.tally(
        judged,
        sites,
        tickets["site_code"],
        unknown="未导入找错留言",
        none="期内没有找错留言",
        late=f"条找错留言超过{params.working_days}个工作日未答复",
    )
    guessed = measured["site_code"].isin(judged.loc[judged["estimated"], "site_code"])
    measured["reason"] = measured["reason"].where(
        ~guessed, f"{NOTE}部分期限所在年份放假安排尚未公布,按估算的工作日计算"
    )
    return findings.answer(
        "ticket-overdue",
        faults=late.assign(
            subject_url="ticket:" + late["id"],
            observed=received
            + "收到的找错留言"
            + ("于" + answered + "答复,超过期限").where(late["answered_on"].notna(), f"至{as_of}仍未答复"),
            expected=f"应在{params.working_days}个工作日内答复(不迟于"
            + due
            + pd.Series(",按估算的工作日计算", index=late.index).where(late["estimated"], "")
            + ")",
            evidence=findings.evidence(late, ["received_on", "answered_on", "due_on", "estimated"]),
        ),
        measured=measured,
    )
