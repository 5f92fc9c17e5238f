from datetime import date

import pytest

from analytics.checks.shared.terms import Term, months_before


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 6, date(2026, 5, 22)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 11, 22), 12, date(2025, 11, 22)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
    ],
)
def test_months_are_calendar_months(day, months, expected):
    assert expected == months_before(day, months)


def test_an_entry_exactly_fourteen_days_old_is_in_time():
    assert date(2026, 11, 8) == Term("2周", "H", days=14).start(date(2026, 11, 22))
