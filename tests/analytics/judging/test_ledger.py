from datetime import date, timedelta
from functools import cache

import duckdb
import pandas as pd
import pytest

from analytics.judging import ledger
from govcrawl.warehouse import schema

FIRST = date(2026, 11, 20)
FAULT = {"finding_key": "k1", "site_code": "s", "check_id": "link-dead", "subject_url": "http://s/gone"}


def frame(columns: str, *rows: dict) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split(), dtype="object")


@cache
def warehouse() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    schema.prepare(connection)
    return connection


def ask(notices: tuple[dict, ...], faults: pd.DataFrame, day: date) -> pd.DataFrame:
    """Which of the documents told of the faults, asked of a warehouse that holds them."""
    connection = warehouse()
    connection.execute("DELETE FROM raw.issued_finding; DELETE FROM raw.issued_document")
    for notice in notices:
        connection.execute(
            "INSERT INTO raw.issued_document (notice_id, assessment_id, kind, number, cites, issued_on, files, manifest_sha256)"
            " VALUES ($notice_id, '', '', '', [], $told_on, [], '')",
            {name: notice[name] for name in ("notice_id", "told_on")},
        )
        connection.execute(
            "INSERT INTO raw.issued_finding (notice_id, finding_key, unit, number, due_on)"
            " VALUES ($notice_id, $finding_key, '', '', $due_on)",
            {name: notice[name] for name in ("notice_id", "finding_key", "due_on")},
        )
    asked = {
        "as_of": day,
        "finding_keys": faults["finding_key"].tolist(),
        "since_on": faults["since_on"].tolist(),
    }
    return connection.execute(schema.sql("queries/told_before.sql"), asked).df()


def grow(
    rows,
    night,
    day,
    *,
    decision: str | None = None,
    notices: tuple[dict, ...] = (),
    gone: tuple[str, ...] = (),
) -> pd.DataFrame:
    """One night of one fault: found, standing (its page was not due), absent (proven), met (looked at again), gone (with its page), doubtful, blocked."""

    def when(*nights: str) -> list[dict]:
        return [FAULT] if night in nights else []

    return ledger.grow(
        rows,
        found=frame(" ".join(FAULT), *when("found", "standing")).assign(
            observed_on=(FIRST if night == "standing" else day).isoformat()
        ),
        doubtful=frame("check_id site_code subject_url", *when("doubtful")),
        again=frame("finding_key page_gone", *when("absent", "met", "doubtful", "gone")).assign(
            page_gone=night == "gone"
        ),
        as_of=day,
        decided=frame(
            "finding_key decision", *([{"finding_key": "k1", "decision": decision}] if decision else [])
        ),
        announcements=lambda faults: ask(notices, faults, day),
        gone=pd.Series(gone, dtype="object"),
    )


def grown(nights: list[str], **more) -> list[str]:
    """States of one fault over nights; a night may be followed by the decision in force: "found dismissed"."""
    rows, states = ledger.empty(), []
    for number, words in enumerate(nights):
        night, _, decision = words.partition(" ")
        rows = grow(rows, night, FIRST + timedelta(days=number), decision=decision or None, **more)
        states.append(rows["state"][0] if len(rows) else "unknown")
    return states


@pytest.mark.parametrize(
    ("nights", "states"),
    [
        (["found"], ["new"]),
        (["found", "found", "found"], ["new", "open", "open"]),
        (["found", "absent"], ["new", "fixed"]),
        (["found", "met"], ["new", "fixed"]),
        (["found", "absent", "absent"], ["new", "fixed", "fixed"]),
        (["found", "absent", "found", "found"], ["new", "fixed", "reopened", "open"]),
        (["found", "blocked", "found"], ["new", "open", "open"]),
        (["found", "doubtful"], ["new", "open"]),
        (["found", "absent", "blocked"], ["new", "fixed", "fixed"]),
        (["blocked"], ["unknown"]),
    ],
)
def test_only_a_finished_measurement_mends_a_fault(nights, states):
    assert states == grown(nights)


def test_a_fault_that_went_with_its_page_says_so_until_it_is_found_again():
    rows, said = ledger.empty(), []
    for number, night in enumerate(["found", "gone", "blocked", "absent", "found", "absent"]):
        rows = grow(rows, night, FIRST + timedelta(days=number))
        said.append((rows["state"][0], rows["page_gone"][0]))

    assert said == [
        ("new", False),
        *[("fixed", True)] * 3,
        ("reopened", False),
        ("fixed", False),
    ]


def test_the_dates_of_a_life_are_kept():
    rows = grow(ledger.empty(), "found", FIRST)
    rows = grow(rows, "absent", FIRST + timedelta(days=3))

    dates = ["first_seen_on", "since_on", "last_seen_on", "fixed_on"]
    assert ("2026-11-20", "2026-11-20", "2026-11-20", "2026-11-23") == tuple(rows.loc[0, dates])
    rows = grow(rows, "found", FIRST + timedelta(days=5))
    assert ("reopened", "2026-11-20", "2026-11-25", "2026-11-25") == tuple(
        rows.loc[0, ["state", *dates[:-1]]]
    )
    assert pd.isna(rows["fixed_on"][0])


@pytest.mark.parametrize(
    ("nights", "states"),
    [
        (["found dismissed", "found dismissed", "absent dismissed"], ["dismissed"] * 3),
        (["found dismissed", "found"], ["dismissed", "open"]),
        (["found dismissed", "absent"], ["dismissed", "fixed"]),
        (["found", "found explained", "blocked explained"], ["new", "explained", "explained"]),
        (["found explained", "found"], ["explained", "open"]),
        (["found explained", "blocked"], ["explained", "open"]),
        (["found explained", "absent explained", "found explained"], ["explained", "fixed", "explained"]),
        (["found confirmed", "found confirmed"], ["new", "open"]),
    ],
)
def test_a_decision_holds_as_long_as_it_is_in_force(nights, states):
    assert states == grown(nights)


def told(on: int, due: int | None, notice_id: str = "n1") -> dict:
    """A notice about the inspection of one day, with its deadline, as days from the first."""
    days = [None if day is None else (FIRST + timedelta(days=day)).isoformat() for day in (on, due)]
    return {"finding_key": "k1", "notice_id": notice_id, "told_on": days[0], "due_on": days[1]}


@pytest.mark.parametrize(
    ("nights", "notices", "states"),
    [
        (["found"] * 4, [told(0, 2)], ["new", "open", "open", "overdue"]),
        (["found", "found", "blocked", "blocked"], [told(0, 1)], ["new", "open", "open", "open"]),
        (["found", "found", "found", "blocked"], [told(0, 1)], ["new", "open", "overdue", "overdue"]),
        (["found", "found", "found", "absent"], [told(0, 1)], ["new", "open", "overdue", "fixed"]),
        (["found", "absent", "found", "found"], [told(0, 1)], ["new", "fixed", "reopened", "open"]),
        (["found"] * 3, [told(0, 1), told(1, 9, "n2")], ["new", "open", "overdue"]),
        (["found"] * 3, [told(0, None)], ["new", "open", "open"]),
        (["found", "found", "found explained"], [told(0, 1)], ["new", "open", "explained"]),
    ],
)
def test_a_fault_seen_after_the_first_deadline_since_it_stands_is_overdue(nights, notices, states):
    assert states == grown(nights, notices=tuple(notices))


def test_what_is_overdue_names_the_document_that_told():
    rows = grow(ledger.empty(), "found", FIRST)
    rows = grow(rows, "found", FIRST + timedelta(days=9), notices=(told(0, 5, "later"), told(0, 3, "first")))

    assert ("overdue", "first", "2026-11-23") == tuple(rows.loc[0, ["state", "notified_in", "due_on"]])


@pytest.mark.parametrize("night", ["blocked", "absent"])
def test_faults_nobody_is_asked_for_any_more_are_neither_fixed_nor_open(night):
    rows = grow(ledger.empty(), "found", FIRST)
    rows = grow(rows, night, FIRST + timedelta(days=1), gone=("k1",))
    assert ["closed"] == list(rows["state"])

    rows = grow(rows, "found", FIRST + timedelta(days=2))
    assert ["open"] == list(rows["state"])


def test_a_fault_of_a_page_that_was_not_due_stands_with_the_day_it_was_last_seen():
    rows = grow(grow(ledger.empty(), "found", FIRST), "standing", FIRST + timedelta(days=5))

    (row,) = rows.to_dict("records")
    assert ("open", "2026-11-20", "2026-11-20", None) == tuple(
        row[name] for name in ("state", "first_seen_on", "last_seen_on", "fixed_on")
    )
