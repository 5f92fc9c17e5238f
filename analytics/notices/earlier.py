"""Finds the earlier inspections that a campaign is compared with: of last month, last quarter, the year before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from datetime import date

    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

SPANS = {"month": "上月", "quarter": "上季度", "year": "上年同期"}
"""Words of a campaign's `compare`, and how a sentence names them. 同期 is the same quarter of the calendar."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The newest inspection by the same edition within a span."""

    span: str
    words: str
    assessment_id: str
    as_of: date


def earlier(snapshot: Snapshot, results: Results, span: str) -> Earlier | None:
    """The inspection of a span of SPANS; None where there was none."""
    first, last = days_of(span, results.as_of)
    assessments = snapshot.frame("assessment")
    days = assessments["as_of"].dt.date
    fitting = assessments[(assessments["edition"] == results.edition) & (first <= days) & (days <= last)]
    if fitting.empty:
        return None
    newest = fitting.sort_values(["as_of", "created_at", "assessment_id"]).iloc[-1]
    return Earlier(span, SPANS[span], str(newest["assessment_id"]), newest["as_of"].date())


def days_of(span: str, day: date) -> tuple[date, date]:
    """First and last day of the month or quarter before that of `day`, or of its quarter a year before."""
    unit, back = {"month": ("M", 1), "quarter": ("Q", 1), "year": ("Q", 4)}[span]
    period = pd.Period(day, unit) - back
    return period.start_time.date(), period.end_time.date()
