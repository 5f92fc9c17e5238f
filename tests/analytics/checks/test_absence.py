"""Every check that asserts an absence has a net, and a fault it makes doubtful waits for a person."""

from pathlib import Path

import pandas as pd
import pytest

from analytics.checks import known_checks
from analytics.checks.shared import absence, findings

ROOT = Path(__file__).resolve().parents[3]
MEASURED = pd.DataFrame(
    [
        {
            "site_code": "1",
            "category": "",
            "looked": 2,
            "failed": 2,
            "unmeasured": 0,
            "complete": True,
            "reason": "",
        }
    ]
)


def faults(*doubts: str | None) -> pd.DataFrame:
    rows = [
        {
            "site_code": "1",
            "subject_url": f"http://a/{n}",
            "observed": "o",
            "expected": "e",
            "evidence": "{}",
            "run_id": "r",
        }
        for n in range(len(doubts))
    ]
    return pd.DataFrame(rows).assign(doubt=pd.Series(doubts, dtype="str"))


def test_every_check_says_whether_it_asserts_an_absence() -> None:
    named = [*absence.NETS, *absence.WITHOUT_NET, *absence.SEES]
    assert len(set(named)) == len(named), "analytics/checks/shared/absence.py: a check stands in one table"
    assert set(known_checks()) <= set(named), "analytics/checks/shared/absence.py: NETS, WITHOUT_NET or SEES"
    assert set(named) <= set(known_checks()), (
        f"analytics/checks/: the module of {set(named) - set(known_checks())}"
    )


def test_the_page_of_the_nets_is_what_the_code_says() -> None:
    assert (ROOT / "docs/absence.md").read_text("utf-8") == absence.render(), (
        "docs/absence.md: run `make docs`"
    )


def test_what_trips_each_net_is_told() -> None:
    assert {key for keys in absence.NETS.values() for key in keys} == absence.TRIPPED_BY.keys()


def test_a_doubtful_absence_waits_for_a_person_and_counts_for_nothing() -> None:
    answer = findings.answer("section-blank", faults("rows: a / b", None), MEASURED)
    assert list(answer.findings["state"]) == ["awaiting", "found"]
    assert ["http://a/0"] == list(answer.doubtful["subject_url"])  # an earlier fault of it is not mended
    assert '"doubt":"rows: a / b"' in answer.findings["evidence"][0]
    assert [1, 1] == list(findings.counted(answer)[["failed", "awaiting"]].iloc[0])


@pytest.mark.parametrize("check", sorted(absence.NETS))
def test_a_check_that_asserts_an_absence_cannot_leave_its_net_out(check: str) -> None:
    with pytest.raises(ValueError, match="doubt"):
        findings.answer(check, faults(None).drop(columns="doubt"), MEASURED)


@pytest.mark.parametrize("check", absence.FOR_PEOPLE)
def test_what_no_net_can_doubt_awaits_a_person_whatever_the_edition_says(check: str) -> None:
    answer = findings.answer(check, faults(None).drop(columns="doubt"), MEASURED)
    assert list(answer.findings["state"]) == ["awaiting"]
