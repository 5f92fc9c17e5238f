from datetime import timedelta

import pandas as pd

from analytics.editions.chosen import load_edition
from analytics.judging import frequency
from govcrawl.records.items import Entry
from tests.analytics.frames import TODAY
from tests.warehouse.folders import NEWS, PORTAL, section_visit, site_visit

TERMS = load_edition("inspection-2019").terms


def entry(number: int, days: int | None) -> Entry:
    published_on = None if days is None else (TODAY - timedelta(days=days)).isoformat()
    return Entry(f"第{number}条", f"{NEWS}{number}.html", published_on)


def measured(folders, published, *days: int | None, **facts) -> pd.Series:
    entries = [entry(number, back) for number, back in enumerate(days)]
    folders.run("sections", section_visit(entries=entries, **facts), site_visit(PORTAL))
    rows = frequency.measure(published(), TODAY, TERMS)
    return rows[rows["section_url"] == NEWS].iloc[0]


def test_the_rhythm_of_a_section_is_told_in_days(folders, published):
    row = measured(folders, published, 2, 2, 5, 12, 20, None)

    assert (4, 1, 0.1667) == (row["entries"], row["undated"], row["undated_share"])
    assert (7.0, 8) == (row["median_gap_days"], row["longest_gap_days"])
    assert (2, "2026-11-20", "2026-12-04") == (row["idle_days"], row["last_entry_on"], row["next_due_on"])


def test_a_section_overdue_was_due_before_today(folders, published):
    row = measured(folders, published, 20)

    assert (0, 20, "2026-11-16") == (row["entries"], row["idle_days"], row["next_due_on"])
    assert pd.isna(row["median_gap_days"])


def test_a_day_that_has_not_come_is_no_update(folders, published):
    assert "2026-11-21" == measured(folders, published, -30, 1)["last_entry_on"]


def test_what_was_not_read_has_no_numbers(folders, published):
    row = measured(folders, published, outcome="blocked", complete=False, status=412)

    assert row[["entries", "undated", "undated_share", "idle_days", "next_due_on"]].isna().all()
