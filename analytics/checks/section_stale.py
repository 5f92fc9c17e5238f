"""Registered section without an update within the term of its class (栏目不更新).

The window is [as_of − term, as_of], both days included. Lists are sorted from new to old, so a reading that reached an
entry before the window has seen all of it; one that ended earlier proves nothing. A section that was read and whose
entries have no dates counts as not updated. A blank section is judged by section-blank. A section that we could not
read, or whose undated entries we did not open, is unmeasured.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - the edition's reader needs the annotation at run time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import findings, sections
from analytics.checks.shared.terms import Term  # noqa: TC001 - likewise
from analytics.nullable import truth

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The edition's terms by section class."""

    terms: Mapping[str, Term]


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every registered section as the visit of the day read it."""
    sites = source.query("night_sites", as_of=as_of)
    return judge(sites, source.query("section_reading", as_of=as_of), as_of, params)


def judge(sites: pd.DataFrame, reading: pd.DataFrame, as_of: date, params: Params) -> Answer:
    """`reading`: one row per registered section, see warehouse/queries/section_reading.sql."""
    due = sections.state(sections.with_terms(reading, params.terms, as_of))
    due = due[due["starts_on"].notna()]
    fresh = due["read"] & ~due["shared"] & truth(due["last_entry_on"] >= due["starts_on"])
    undated = due["last_entry_on"].isna() & due["possible_on"].isna() & (due["undated_read"] > 0)
    # The last entry must be older than the newest one: a list sorted from old to new has its news on unread pages.
    reached = (due["last_line_on"] < due["starts_on"]) & (due["last_line_on"] < due["last_entry_on"])
    whole = truth(due["complete"])
    dated = due["last_entry_on"].notna() | due["possible_on"].notna()
    certain = ((whole | reached) & dated) | (whole & undated)
    # If a list prints no years, the pages of its entries must prove it fresh; it is stale only if it is so in any year.
    open_year = truth(due["possible_on"] >= due["starts_on"])
    unsure = ~fresh & ~due["blank"] & (due["unsure"] | ~certain | open_year)
    due = due.assign(
        unmeasured=unsure.astype("int64"),
        failed=(~fresh & ~due["blank"] & ~unsure).astype("int64"),
        why=sections.unread_words(due),
    )
    stale = due[due["failed"] == 1]
    last = "最近更新日期" + findings.iso(stale["last_entry_on"], "last_entry_on")
    return findings.answer(
        "section-stale",
        faults=stale.assign(
            subject_url=stale["section_url"],
            aspect=stale["section_name"],
            observed="“"
            + stale["section_name"]
            + "”"
            + last.fillna(
                "列表未注明年份,最近更新日期不晚于" + findings.iso(stale["possible_on"], "possible_on")
            ).fillna("有信息" + stale["entries"].astype("str") + "条,均未注明发布时间"),
            doubt=stale["date_doubt"],
            expected=stale["class"]
            + "类栏目应在"
            + stale["term_words"]
            + "内有更新("
            + findings.iso(stale["starts_on"], "starts_on")
            + f"至{as_of})",
            evidence=findings.evidence(
                stale,
                [
                    "section_name",
                    "last_entry_on",
                    "entries",
                    "undated",
                    "pages_read",
                    "fetched_at",
                    "body_sha256",
                ],
            ),
        ),
        measured=sections.tally(due, sites),
        doubtful=due[unsure].rename(columns={"section_url": "subject_url"}),
    )
