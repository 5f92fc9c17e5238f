"""Working days in China: the announced holidays and make-up days; days that the user registers come first.

The State Council announces a year's holidays in the autumn before. A year that neither the library nor the user knows
is estimated in favour of the office that must answer: the usual breaks are free and there are no make-up days. So an
estimated term never ends before the announced one will.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import chinese_calendar
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

_SATURDAY = 5
_FIXED_BREAKS = (((1, 1), (1, 3)), ((4, 3), (4, 7)), ((5, 1), (5, 5)), ((10, 1), (10, 8)))
# First days of the lunar year, 端午 and 中秋: given by the calendar, not by an announcement.
_LUNAR = {
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
    2029: ((2, 13), (6, 16), (9, 22)),
    2030: ((2, 3), (6, 5), (9, 12)),
    2031: ((1, 23), (6, 24), (10, 1)),
    2032: ((2, 11), (6, 12), (9, 19)),
    2033: ((1, 31), (6, 1), (9, 8)),
    2034: ((2, 19), (6, 20), (9, 27)),
    2035: ((2, 8), (6, 10), (9, 16)),
}
_REACH = 60  # days; a term of a few working days is always shorter, even with breaks


class WorkingDays:
    """The calendar of one registry. `own`: day → whether offices work on it; it overrides the announcements."""

    def __init__(self, own: Mapping[date, bool]) -> None:
        self._own = own
        # Years for which the user registers days: all other days of them are as in an ordinary week.
        self._own_years = {day.year for day in own}

    def due(self, received_on: pd.Series[pd.Timestamp], days: int) -> pd.DataFrame:
        """For each day: `due_on`, the `days`th working day after it, and whether that is `estimated`."""
        if received_on.empty:
            return pd.DataFrame({"due_on": received_on, "estimated": received_on.notna()})
        first = received_on.min().date()
        span = (received_on.max().date() - first).days + _REACH + 2 * days
        every = [first + timedelta(days=number) for number in range(span)]
        worked = np.array([day for day in every if self.is_worked(day)], dtype="datetime64[us]")
        due = worked[np.searchsorted(worked, received_on.to_numpy("datetime64[us]"), side="right") + days - 1]
        due_on = pd.Series(due, index=received_on.index)
        return pd.DataFrame(
            {
                "due_on": due_on,
                "estimated": due_on.dt.year.map(self._is_estimated)
                | (received_on + timedelta(days=1)).dt.year.map(self._is_estimated),
            }
        )

    def is_worked(self, day: date) -> bool:
        """Whether offices work on a day, as far as is known."""
        if day in self._own:
            return self._own[day]
        if _is_announced(day.year):
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < _SATURDAY and (day.year in self._own_years or not _in_usual_break(day))

    def _is_estimated(self, year: int) -> bool:
        return not _is_announced(year) and year not in self._own_years


@cache
def _is_announced(year: int) -> bool:
    """Whether the library has the announced holidays of a year."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def _in_usual_break(day: date) -> bool:
    lunar = [date(day.year, *first) for first in _LUNAR.get(day.year, ())]
    breaks = [(date(day.year, *start), date(day.year, *end)) for start, end in _FIXED_BREAKS]
    breaks += [(start - timedelta(days=1), start + timedelta(days=6)) for start in lunar[:1]]
    # A festival that makes a long weekend with the days beside it.
    breaks += [(feast - timedelta(days=2), feast + timedelta(days=2)) for feast in lunar[1:]]
    return any(start <= day <= end for start, end in breaks)
