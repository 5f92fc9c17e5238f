"""Measures how often each registered section is updated: entries in its window, gaps, idle days, next due day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import sections
from analytics.checks.shared.findings import iso

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from analytics.checks.shared.terms import Term
    from analytics.source import Source

COLUMNS = (
    "site_code",
    "section_name",
    "section_url",
    "class",
    "run_id",
    "term_days",
    "entries",
    "undated",
    "undated_share",
    "median_gap_days",
    "longest_gap_days",
    "idle_days",
    "last_entry_on",
    "next_due_on",
)

SECTION_COLUMNS = ["site_code", "section_name", "section_url"]

NO_TERM_DAYS = 365  # the window of a section without a term, long enough to show how often it is updated


def measure(source: Source, as_of: date, terms: Mapping[str, Term]) -> pd.DataFrame:
    """One row per registered section; a section that was not read has missing numbers, never zero."""
    reading = source.query("section_reading", as_of=as_of)
    return frequency(reading, source.query("section_update_days", as_of=as_of), as_of, terms)


def frequency(
    reading: pd.DataFrame, update_days: pd.DataFrame, as_of: date, terms: Mapping[str, Term]
) -> pd.DataFrame:
    """`update_days`: one row per section and civil day with an update, with the number of `entries` of that day.

    Gaps are between consecutive days with an update, as far back as the section was read. The next due day is the last
    update plus the section's term; the days overdue are counted from there to `as_of`.
    """
    due = sections.state(sections.with_terms(reading, terms, as_of))
    today = pd.Timestamp(as_of)
    starts_on = due["starts_on"].fillna(today - timedelta(days=NO_TERM_DAYS))
    days = update_days.merge(
        due[SECTION_COLUMNS].assign(starts_on=starts_on), on=SECTION_COLUMNS
    ).sort_values([*SECTION_COLUMNS, "updated_on"])
    gap = days.groupby(SECTION_COLUMNS)["updated_on"].diff().dt.days
    by_section = days.assign(gap=gap).groupby(SECTION_COLUMNS)
    inside = days[days["updated_on"] >= days["starts_on"]].groupby(SECTION_COLUMNS)["entries"].sum()
    measured = due.drop(columns="entries").merge(
        pd.DataFrame(
            {"median_gap_days": by_section["gap"].median(), "longest_gap_days": by_section["gap"].max()}
        ).reset_index(),
        on=SECTION_COLUMNS,
        how="left",
    )
    measured = measured.merge(inside.reset_index(), on=SECTION_COLUMNS, how="left")
    read = due["read"].to_numpy(dtype=bool)
    term_days = (today - due["starts_on"]).dt.days
    last = due["last_entry_on"]
    listed = due["entries"].where(due["entries"] > 0)
    return measured.assign(
        term_days=term_days.astype("Int64"),
        entries=measured["entries"].fillna(0).where(read).astype("Int64"),
        undated=due["undated"].where(read).astype("Int64"),
        undated_share=(due["undated"] / listed).where(read).round(4),
        longest_gap_days=measured["longest_gap_days"].astype("Int64"),
        idle_days=(today - last).dt.days.astype("Int64"),
        last_entry_on=iso(last, "last_entry_on"),
        next_due_on=iso(_next_due(due, terms), "next_due_on"),
    )[list(COLUMNS)]


def _next_due(due: pd.DataFrame, terms: Mapping[str, Term]) -> pd.Series[pd.Timestamp]:
    """The day when the term (the section's own, else its class's) ends after the last update."""
    last = due["last_entry_on"]
    on = last + pd.to_timedelta(due["update_days"].astype("Float64"), unit="D")
    for name, term in terms.items():
        of_class = (due["class"] == name) & due["update_days"].isna() & last.notna()
        on = on.mask(of_class, term.due(last))
    return on
