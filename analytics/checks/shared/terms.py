"""The terms of section classes: how long a section may go without an update, and how the term is counted."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd


@dataclass(frozen=True, slots=True)
class Term:
    """The term of one section class: days, or calendar months."""

    clause: str
    confidence: str
    verify: bool = False
    days: int | None = None
    months: int | None = None
    first_rank_only: bool = False  # the clause says 一级栏目: sections of the second rank have no term

    def start(self, as_of: date) -> date:
        """First day of the window [start, as_of], both days included."""
        if self.months is not None:
            return months_before(as_of, self.months)
        return as_of - timedelta(days=self.days or 0)

    def due(self, last_on: pd.Series[pd.Timestamp]) -> pd.Series[pd.Timestamp]:
        """The days on which sections that were last updated on these days are due again."""
        return last_on + pd.DateOffset(months=self.months or 0, days=self.days or 0)

    @property
    def words(self) -> str:
        """The term in words, as a document prints it."""
        return f"{self.months}个月" if self.months is not None else f"{self.days}天"


def months_before(day: date, months: int) -> date:
    """Return the same day `months` calendar months earlier, or the last day of that month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
