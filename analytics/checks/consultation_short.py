"""Draft on which the public was consulted for fewer days than it must be (征求意见期限不足).

The days are counted from opening to closing, both included. If the page names no opening day, the day of publication
counts. Surveys and votes are not consultations on a draft. One whose closing day cannot be read is unmeasured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import consultations, findings, sections
from analytics.checks.shared.terms import months_before
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

ON_A_DRAFT = r"征求|草案|征求意见稿|(?:征集|听取).{0,40}意见|意见.{0,4}征集"


@dataclass(frozen=True, slots=True)
class Params:
    """The least number of days for the public, and how far back consultations are judged."""

    min_days: int
    look_back_months: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every consultation of this period whose page was read on the day."""
    sites = source.query("night_sites", as_of=as_of)
    reading = source.query("section_reading", as_of=as_of)
    return judge(sites, reading, source.query("consultations_of_day", as_of=as_of), as_of, params)


def judge(
    sites: pd.DataFrame, reading: pd.DataFrame, held: pd.DataFrame, as_of: date, params: Params
) -> Answer:
    """`held`: one row per entry, see warehouse/queries/consultations_of_day.sql."""
    recent = consultations.of_year(held, months_before(as_of, params.look_back_months), as_of)
    recent = recent[recent["title"].str.contains(ON_A_DRAFT)]
    days = (recent["closes_on"] - recent["opened_on"]).dt.days + 1
    unsure = days.isna() | (days < 1)
    judged = recent.assign(
        days=days.astype("Int64"),
        failed=(~unsure & (days < params.min_days)).astype("int64"),
        unmeasured=unsure.astype("int64"),
    )
    short = judged[judged["failed"] == 1]
    opened, closed = (findings.iso(short[column], column) for column in ("opened_on", "closes_on"))
    return findings.answer(
        "consultation-short",
        faults=short.assign(
            subject_url=short["url"],
            origin_url=short["section_url"],
            observed=findings.in_quotes(short["title"])
            + "征求意见"
            + short["days"].astype("str")
            + "天("
            + opened
            + "至"
            + closed
            + ")",
            expected=f"征求意见的期限不少于{params.min_days}天",
            evidence=findings.evidence(
                short, ["opens_on", "published_on", "closes_on", "days", "fetched_at", "body_sha256"]
            ),
        ),
        measured=consultations.tally(
            sites, judged, sections.all_lists_read(sites, reading, SectionClass.CONSULTATIONS), ""
        ),
        doubtful=judged[unsure].rename(columns={"url": "subject_url"}),
    )
