"""The period of a campaign: a month, a quarter, half a year, a year, or a name that the office gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_SHAPE = re.compile(r"(\d{4})(?:-(?:(Q[1-4])|(H[12])|(0[1-9]|1[0-2])))?")
_QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """A period: its `words` for titles, and its days, if it is a period of the calendar."""

    words: str
    start_on: date | None = None
    end_on: date | None = None
    compared: str = "与上次检查相比"  # how a change since the period before is introduced

    def __str__(self) -> str:
        return self.words


def read_period(text: str) -> Period:
    """Read `2026-11`, `2026-Q4`, `2026-H2` or `2026` as a period with days; any other text is a name without days."""
    found = _SHAPE.fullmatch(text)
    if not found:
        return Period(text)
    year, quarter, half, month = found.groups()
    if quarter:
        number = int(quarter[1])
        return _months(f"{year}年第{_QUARTERS[number - 1]}季度", int(year), 3 * number - 2, 3, "与上季度相比")
    if half:
        first = half == "H1"
        return _months(
            f"{year}年{'上' if first else '下'}半年", int(year), 1 if first else 7, 6, "与上一个半年相比"
        )
    if month:
        return _months(f"{year}年{int(month)}月份", int(year), int(month), 1, "与上月相比")
    return _months(f"{year}年度", int(year), 1, 12, "与上年度相比")


def _months(words: str, year: int, first: int, number: int, compared: str) -> Period:
    after = first + number
    next_day = date(year + (after > 12), (after - 1) % 12 + 1, 1)
    return Period(words, date(year, first, 1), next_day - timedelta(days=1), compared)
