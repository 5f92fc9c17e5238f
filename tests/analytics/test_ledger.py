from datetime import date, timedelta

import pandas as pd
import pytest

from analytics import ledger

FIRST = date(2026, 11, 20)
FAULT = {"finding_key": "k1", "site_code": "s", "check_id": "link-dead", "subject_url": "http://s/gone"}


def grown(nights: list[str]) -> list[str]:
    """States of one fault over nights: found, absent (proven), met (opened), doubtful, blocked."""
    rows = ledger.empty()
    states = []
    for number, night in enumerate(nights):
        rows = ledger.grow(
            rows,
            found=pd.DataFrame([FAULT] if night == "found" else [], columns=list(FAULT)),
            whole=pd.DataFrame(
                [FAULT] if night in {"found", "absent", "doubtful"} else [], columns=["check_id", "site_code"]
            ),
            doubtful=pd.DataFrame(
                [FAULT] if night == "doubtful" else [], columns=["check_id", "site_code", "subject_url"]
            ),
            met=pd.DataFrame([FAULT] if night == "met" else [], columns=["site_code", "subject_url"]),
            as_of=FIRST + timedelta(days=number),
        )
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


def test_the_dates_of_a_life_are_kept():
    none = pd.DataFrame(columns=list(FAULT))
    found, whole = pd.DataFrame([FAULT]), pd.DataFrame([FAULT])
    rows = ledger.grow(ledger.empty(), found, whole, none, none, FIRST)
    rows = ledger.grow(rows, none, whole, none, none, FIRST + timedelta(days=3))

    assert ("2026-11-20", "2026-11-20", "2026-11-23") == tuple(
        rows.loc[0, ["first_seen_on", "last_seen_on", "fixed_on"]]
    )
    rows = ledger.grow(rows, found, whole, none, none, FIRST + timedelta(days=5))
    assert ("reopened", "2026-11-20", "2026-11-25") == tuple(
        rows.loc[0, ["state", "first_seen_on", "last_seen_on"]]
    )
    assert pd.isna(rows["fixed_on"][0])
