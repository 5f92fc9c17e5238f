"""Entry that carries a date which has not come yet (发布日期晚于检查日)."""

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
    """No parameters: any later day is a fault."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every dated entry of sections and home pages."""
    sites = source.query("night_sites", as_of=as_of)
    reading = source.query("section_reading", as_of=as_of)
    entries = source.query("future_entries", as_of=as_of)
    return judge(sites, reading, entries, source.query("pages_without_good_date", as_of=as_of), as_of)


def judge(
    sites: pd.DataFrame, reading: pd.DataFrame, entries: pd.DataFrame, still: pd.DataFrame, as_of: date
) -> Answer:
    """`entries`: one row per address dated after `as_of`, see warehouse/queries/future_entries.sql.

    `still`: pages without a valid date anywhere, whether a list shows them or not; their earlier faults remain.
    """
    return findings.answer(
        "date-future",
        faults=entries.assign(
            subject_url=entries["url"],
            observed=findings.in_quotes(entries["title"])
            + "标注的日期为"
            + findings.iso(entries["published_on"], "published_on"),
            expected=f"发布日期不应晚于检查日{as_of}",
            evidence=findings.evidence(entries, ["title", "published_on", "date_origin"]),
        ),
        # An entry that left the list still carries its date on its page.
        measured=sections.tally_of_entries(sites, reading, entries).assign(proves_absence=False),
        doubtful=still,
    )
