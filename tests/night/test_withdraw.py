"""An assessment taken back: readers and documents no longer know it, its record stays."""

from datetime import UTC, datetime, timedelta

import pytest

from analytics.editions import chosen as editions
from analytics.judging.assess import assess, newest_judged
from govcrawl.night.withdraw import withdraw
from govcrawl.records.errors import UserError
from govcrawl.records.withdrawals import withdrawals
from govcrawl.warehouse.load import load_all, rebuild
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.analytics.judging.few_rows import FEW_ROWS
from tests.warehouse.folders import TODAY, Folders, instant, shown

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MISTYPED = TODAY + timedelta(days=365)


def judged(folders: Folders, day) -> str:
    """Crawl and judge a day, and show the assessment to readers."""
    folders.night(day)
    load_all(folders.data)
    with shown(folders.data, instant(day, 11)) as snapshot:
        folder = assess(snapshot, edition="inspection-2019", as_of=day, out=folders.data / "assessments")
    load_all(folders.data)
    shown(folders.data, instant(day, 12)).close()
    return folder.name


@pytest.fixture
def folders(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "RULES", FEW_ROWS)
    return Folders(tmp_path / "data")


def test_a_night_of_a_mistyped_day_is_taken_back(folders):
    right, wrong = judged(folders, TODAY), judged(folders, MISTYPED)
    assert newest_judged(folders.data / "assessments") == MISTYPED
    before = sorted(path.read_bytes() for path in (folders.data / "assessments" / wrong).iterdir())
    told = withdraw(folders.data, wrong, "日期输错", "王敏", lambda: NOON)

    assert right in told
    assert newest_judged(folders.data / "assessments") == TODAY
    assert before == sorted(path.read_bytes() for path in (folders.data / "assessments" / wrong).iterdir())
    for build_again in (False, True):  # it stays away when the warehouse is built anew
        if build_again:
            assert [] == rebuild(folders.data).refused
            publish(folders.data, NOON)
        with Snapshot.open(folders.data) as snapshot:
            for view in ("assessment", "finding", "site_result", "indicator_result", "ledger"):
                assert wrong not in set(snapshot.frame(view)["assessment_id"])
            (row,) = snapshot.frame("withdrawn_assessment").to_dict("records")
            assert (wrong, "王敏", "日期输错") == (row["assessment_id"], row["withdrawn_by"], row["reason"])
    assert wrong not in (folders.data / "notices" / "index.html").read_text("utf-8")
    with Snapshot.open(folders.data) as snapshot, pytest.raises(UserError, match="王敏 withdrew it"):
        assess(snapshot, edition="inspection-2019", as_of=MISTYPED, out=folders.data / "assessments")


def test_withdrawing_again_changes_nothing_but_goes_on_where_it_was_cut_off(folders):
    name = judged(folders, TODAY)
    withdraw(folders.data, name, "日期输错", "王敏", lambda: NOON)
    record = withdrawals(folders.data)[name]
    withdraw(folders.data, name, "anders", "李雷", lambda: NOON + timedelta(days=1))

    assert record == withdrawals(folders.data)[name]


def test_an_assessment_that_a_later_ledger_grew_from_is_not_taken_back_alone(folders):
    first, second = judged(folders, TODAY), judged(folders, TODAY + timedelta(days=1))

    with pytest.raises(UserError, match=f"withdraw the later ones first.*{second}"):
        withdraw(folders.data, first, "错", "王敏", lambda: NOON)
    assert {} == withdrawals(folders.data)


def test_an_assessment_nobody_knows_is_refused(folders):
    with pytest.raises(UserError, match="has no assessment 'x'"):
        withdraw(folders.data, "x", "错", "王敏", lambda: NOON)
