"""Entry that appeared long after the day it states (疑似倒填发布日期).

The proof is in the history of runs: on an earlier night the section was read completely, back beyond the stated day, and
did not list the entry. An old document that is rightly added late looks the same, so a person must confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import findings, sections

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """`days`: how long after its stated day an entry may appear; `readings`: how many must prove that it was not there."""

    days: int
    readings: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every dated entry the visit of the day listed."""
    sites = source.query("night_sites", as_of=as_of)
    reading = source.query("section_reading", as_of=as_of)
    return judge(sites, reading, source.query("late_entries", as_of=as_of, days=params.days), params)


def judge(sites: pd.DataFrame, reading: pd.DataFrame, late: pd.DataFrame, params: Params) -> Answer:
    """`late`: one row per entry that came late, see warehouse/queries/late_entries.sql.

    When most entries of a section are late at once, its list was rebuilt, so its entries are not judged.
    """
    rebuilt = late["rebuilt"].astype(bool)
    kept = late[~rebuilt & (late["readings"] >= params.readings)].drop_duplicates(["site_code", "url"])
    return findings.answer(
        "date-backdated",
        faults=kept.assign(
            subject_url=kept["url"],
            origin_url=kept["section_url"],
            observed=findings.in_quotes(kept["title"])
            + "标注的日期为"
            + findings.iso(kept["published_on"], "published_on")
            + ","
            + findings.iso(kept["absent_on"], "absent_on")
            + "检查时栏目中尚无此条,"
            + findings.iso(kept["first_seen_on"], "first_seen_on")
            + "首次出现",
            expected="发布日期应如实标注",
            evidence=findings.evidence(
                kept, ["title", "published_on", "date_origin", "first_seen_on", "absent_on", "readings"]
            ),
        ),
        # An entry that has left the list was still backdated.
        measured=sections.tally_of_entries(sites, reading, kept).assign(proves_absence=False),
        doubtful=late[rebuilt].rename(columns={"url": "subject_url"}),
    )
