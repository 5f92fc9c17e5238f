"""Decisions are records: written whole, never changed, loaded with everything else."""

from datetime import UTC, datetime

import pytest

from govcrawl.records.decisions import Decision, record, recorded
from govcrawl.records.errors import UserError
from govcrawl.warehouse.load import load_all, rebuild
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.warehouse.folders import TODAY, Folders

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


def decision(word: str = "confirmed", key: str | None = "k1", at: datetime = NOON, **more) -> Decision:
    facts = {
        "finding_key": key,
        "edition": None,
        "site_code": None,
        "account_id": None,
        "indicator_id": None,
        "decision": word,
        "points": None,
        "reason": None,
        "until_on": None,
        "decided_by": "王敏",
        "decided_at": at.replace(tzinfo=None).isoformat(timespec="microseconds"),
        "supersedes": False,
        "source_file": "review.xlsx",
        "source_row": 2,
    }
    return Decision(**facts | more)


@pytest.fixture
def folders(tmp_path):
    folders = Folders(tmp_path)
    folders.night()
    return folders


def in_force(data, as_of=TODAY):
    publish(data, NOON)
    with Snapshot.open(data) as snapshot:
        return snapshot.query("decisions_in_force", as_of=as_of)


def test_the_newest_decision_about_a_thing_is_in_force_until_its_day(folders):
    first = record(
        folders.data, [decision("confirmed"), decision("explained", "k2", until_on="2026-11-22")], NOON
    )
    later = NOON.replace(hour=5)
    record(folders.data, [decision("dismissed", at=later, supersedes=True)], later)
    report = load_all(folders.data)

    assert ([], first.name) == (report.refused, report.loaded[-2])
    found = in_force(folders.data)
    assert {"k1": "dismissed", "k2": "explained"} == dict(
        zip(found["finding_key"], found["decision"], strict=True)
    )
    assert ["k1"] == list(in_force(folders.data, TODAY.replace(day=23))["finding_key"])
    assert ["confirmed", "explained", "dismissed"] == [each.decision for each in recorded(folders.data)]


def test_a_rebuilt_warehouse_has_the_same_decisions(folders):
    record(folders.data, [decision()], NOON)
    load_all(folders.data)
    before = in_force(folders.data)
    rebuild(folders.data)

    assert before.equals(in_force(folders.data))


def test_a_record_that_was_altered_is_refused_by_name(folders):
    path = record(folders.data, [decision()], NOON)
    load_all(folders.data)
    path.write_bytes(path.read_bytes().replace(b"confirmed", b"dismissed"))

    [(refused, reason)] = load_all(folders.data).refused
    assert (path, True) == (refused, "altered since it was recorded" in reason)
    with pytest.raises(UserError, match="altered"):
        recorded(folders.data)
