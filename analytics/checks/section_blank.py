"""Registered section that holds no information at all (空白栏目).

Only a complete reading proves that it is blank; a section that was blocked, unreachable or read in part is unmeasured.
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
    """The clause has no number of its own."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every registered section as the visit of the day read it."""
    sites = source.query("night_sites", as_of=as_of)
    return judge(sites, source.query("section_reading", as_of=as_of))


def judge(sites: pd.DataFrame, reading: pd.DataFrame) -> Answer:
    """`reading`: one row per registered section, see warehouse/queries/section_reading.sql."""
    judged = sections.state(reading)
    judged = judged.assign(
        category=judged["class"] + "·" + judged["rank"],
        failed=judged["blank"].astype("int64"),
        unmeasured=judged["unsure"].astype("int64"),
        why=sections.unread_words(judged),
    )
    blank = judged[judged["blank"]]
    return findings.answer(
        "section-blank",
        faults=blank.assign(
            subject_url=blank["section_url"],
            aspect=blank["section_name"],
            observed="“" + blank["section_name"] + "”栏目没有任何信息",
            expected="栏目应提供信息资源",
            doubt=blank["entries_doubt"],
            evidence=findings.evidence(
                blank, ["section_name", "pages_read", "status", "fetched_at", "body_sha256"]
            ),
        ),
        measured=sections.tally(judged, sites),
        doubtful=judged[judged["unsure"]].rename(columns={"section_url": "subject_url"}),
    )
