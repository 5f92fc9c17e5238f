from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics.checks import reply_overdue, ticket_overdue
from analytics.checks.shared.findings import counted
from analytics.checks.shared.working_days import WorkingDays
from analytics.editions.chosen import load_edition
from analytics.judging.scoring import score
from tests.analytics.frames import SITE, TODAY, frame, sites

LETTER = "site_code id received_on answered_on run_id"
REPLY = reply_overdue.Params(months=3, look_back_months=12)
TICKET = ticket_overdue.Params(working_days=3, look_back_months=6)


def letter(received: str, answered: str | None = None, **facts) -> dict:
    return {
        "site_code": SITE,
        "id": "1",
        "received_on": received,
        "answered_on": answered,
        "run_id": "r",
    } | facts


LISTED = "site_code section_url url title received_on answered run_id"
READING = "site_code section_name section_url class outcome complete entries alike"
MAILBOX = {
    "site_code": "6500000002", "section_url": "http://b.gov.cn/xx/", "class": "政务咨询", "outcome": "ok",
    "complete": True, "entries": 3, "alike": 1,
}  # fmt: skip


def replies(*letters: dict, listed: tuple[dict, ...] = ()):
    both = sites(SITE, "6500000002")
    reading, shown = frame(READING, MAILBOX), frame(LISTED, *listed)
    return reply_overdue.judge(both, frame(LETTER, *letters), reading, shown, TODAY, REPLY)


def tickets(*letters: dict, as_of: date = TODAY, own: dict[date, bool] | None = None):
    return ticket_overdue.judge(sites(SITE), frame(LETTER, *letters), WorkingDays(own or {}), as_of, TICKET)


@pytest.mark.parametrize(
    ("received", "answered", "expected"),
    [
        ("2026-08-21", None, 1),  # a day more than three months
        ("2026-08-22", None, 0),  # three months to the day
        ("2026-02-01", "2026-11-20", 0),  # late, but answered
        ("2025-11-22", None, 1),
        ("2025-11-21", None, 0),  # before the look-back
    ],
)
def test_a_message_still_open_after_three_months_is_overdue(received, answered, expected):
    answer = replies(letter(received, answered))

    assert expected == len(answer.findings)


def test_a_site_of_which_no_message_was_imported_is_not_measured():
    measured = replies(letter("2026-08-01")).measured.set_index("site_code")

    assert (1, True) == (measured.loc[SITE, "failed"], measured.loc[SITE, "complete"])
    assert (0, False) == (measured.loc["6500000002", "looked"], measured.loc["6500000002", "complete"])
    assert measured.loc["6500000002", "reason"].startswith("未导入网民留言")


@pytest.mark.parametrize(
    ("answered", "candidates"), [(False, 1), (True, 0), (None, 0)], ids=["open", "answered", "not said"]
)
def test_what_a_list_shows_as_unanswered_is_a_candidate(answered, candidates):
    shown = {
        "site_code": "6500000002", "section_url": "http://b.gov.cn/xx/", "url": "http://b.gov.cn/xx/1.html",
        "title": "路灯不亮", "received_on": "2026-05-01", "answered": answered, "run_id": "r",
    }  # fmt: skip
    answer = replies(letter("2026-10-01"), listed=(shown, shown | {"site_code": SITE}))

    assert ["awaiting"] * candidates == answer.findings["state"].tolist()
    assert ["http://b.gov.cn/xx/1.html"] * candidates == answer.findings["subject_url"].tolist()
    assert answer.measured["complete"].all()


@pytest.mark.parametrize(
    ("received", "answered", "expected"),
    [
        ("2026-09-21", "2026-09-24", 0),  # Monday to Thursday
        ("2026-09-21", "2026-09-25", 1),
        ("2026-09-18", "2026-09-22", 0),  # Friday; the Sunday after is worked to make up for the feast
        ("2026-09-18", "2026-09-23", 1),
        ("2026-09-30", "2026-10-10", 0),  # a week of rest, then Thursday, Friday and a worked Saturday
        ("2026-09-30", "2026-10-11", 1),
        ("2026-11-18", None, 0),  # its third working day is Monday, which is to come
        ("2026-11-17", None, 1),
        ("2026-05-21", "2026-07-01", 0),  # before the look-back
    ],
)
def test_a_ticket_has_three_working_days_with_make_up_days(received, answered, expected):
    answer = tickets(letter(received, answered))

    assert expected == len(answer.findings)
    assert "估算" not in answer.measured["reason"].iloc[0]
    assert not expected or "1条找错留言超过3个工作日未答复" == answer.measured["reason"].iloc[0]


def test_the_users_days_win_over_the_calendar():
    late = letter("2026-09-21", "2026-09-25")

    assert not len(tickets(late, own={date(2026, 9, 22): False}).findings)


def row_reason(answer) -> str:
    """What the row of the table says of tickets."""
    edition = load_edition("inspection-2019")
    row = next(row for row in edition.indicators if row.id == "ticket-replies")
    alone = replace(edition, indicators=(row,))
    return score(sites(SITE), {"ticket-overdue": counted(answer)}, alone).indicators["reason"].iloc[0]


def test_a_year_not_announced_yet_is_estimated_and_says_so():
    answer = tickets(letter("2031-03-03", "2031-03-10"), as_of=date(2031, 3, 20))

    assert "按估算的工作日计算" in answer.findings["expected"].iloc[0]
    assert '"estimated":true' in answer.findings["evidence"].iloc[0]
    assert "注:部分期限" in row_reason(answer)


def test_a_year_the_user_has_taken_in_hand_is_not_estimated():
    own = {date(2031, 3, 8): True}
    answer = tickets(letter("2031-03-05", "2031-03-10"), as_of=date(2031, 3, 20), own=own)

    assert "不迟于2031-03-08)" in answer.findings["expected"].iloc[0]
    assert "估算" not in answer.measured["reason"].iloc[0]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_an_estimated_term_never_ends_before_the_announced_one(year, monkeypatch):
    every = pd.Series(pd.date_range(f"{year}-01-01", f"{year}-12-15", unit="us"))
    announced = WorkingDays({}).due(every, 3)["due_on"]
    lunar = {
        2024: ((2, 10), (6, 10), (9, 17)),
        2025: ((1, 29), (5, 31), (10, 6)),
        2026: ((2, 17), (6, 19), (9, 25)),
    }
    monkeypatch.setattr("analytics.checks.shared.working_days._is_announced", lambda _: False)
    monkeypatch.setattr("analytics.checks.shared.working_days._LUNAR", lunar)
    estimated = WorkingDays({}).due(every, 3)

    assert estimated["estimated"].all()
    assert (estimated["due_on"] >= announced).all()
