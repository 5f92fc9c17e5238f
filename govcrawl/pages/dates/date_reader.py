"""Dates read as they are understood on one day, that of the inspection.

昨天 is the day before it, a date without a year is the latest that has come, and what lies behind it is no date of publication.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from govcrawl.pages.dates.printed import day_of, days_ago, days_in_url, parse_printed
from govcrawl.pages.dates.row_dates import (
    LONGEST_BLOCK,
    RowDate,
    date_in_blocks,
    date_within,
    day_alone,
    is_part_of_date,
    may_be_date,
)
from govcrawl.records.items import CIVIL

if TYPE_CHECKING:
    from collections.abc import Callable

_MONTH_DAY = re.compile(
    r"[\W_]*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[\W_]*"
)
_SHORT_YEAR = re.compile(
    r"[\W_]*(?P<year>\d\d)\s*(?:([-/.])|年)\s*(?P<month>\d{1,2})\s*(?(2)\2|月)\s*(?P<day>\d{1,2})日?[\W_]*"
)
_DIGITS_ONLY = re.compile(r"[\W_]*(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)[\W_]*")
_DISORDER = timedelta(days=45)  # lists are not in order to the day
_LEAP_YEARS = 9  # a 29th of February comes back within them
_MOST_DAYS = 3  # of one row: published, begins, ends
_NEAR = timedelta(days=7)  # from the day in an address to the day that is printed


class DateReader:
    """Reads the dates of pages that are inspected on the day `as_of`. A page's own is `Document.dates`."""

    __slots__ = ("_today", "as_of")

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self._today = as_of.isoformat()

    def is_today(self, value: str) -> bool:
        """Whether a date, with or without its time, is of the day of the inspection."""
        return value[:10] == self._today

    def is_to_come(self, value: str) -> bool:
        """Whether a date, with or without its time, lies behind the day of the inspection."""
        return value[:10] > self._today

    def relative(self, text: str) -> str | None:
        """`今天`, `昨天 10:20`, `3天前`, `5小时前`, `2周前` as a day; None for any other text."""
        days = days_ago(text)
        return None if days is None else (self.as_of - timedelta(days=days)).isoformat()

    def in_url(self, url: str) -> str | None:
        """The day an article's address carries; only a hint, so never a day to come."""
        return next((day for day in days_in_url(url) if not self.is_to_come(day)), None)

    def of_value(self, value: Any) -> str | None:
        """A civil day from printed text or from seconds or milliseconds since 1970."""
        if value is None or isinstance(value, bool):
            return None
        text = str(value).strip()
        if text.isdecimal() and len(text) in {10, 13}:
            return datetime.fromtimestamp(int(text[:10]), CIVIL).date().isoformat()
        printed = parse_printed(text)
        return printed[:10] if printed is not None else self.relative(text)

    def among(self, runs: list[str]) -> RowDate | None:
        """The date in the runs beside a title: a run that is only a date first, then one within a run, then blocks."""
        within: RowDate | None = None
        blocks: list[str] = []
        for run in runs:
            if not may_be_date(run):
                continue
            day = day_alone(run) or self.relative(run)
            if day is not None:
                return RowDate(day)
            within = within or date_within(run)
            if len(run) <= LONGEST_BLOCK:
                blocks.append(run)
        if within is not None or not blocks:
            return within
        return date_in_blocks(blocks) or self._without_year(blocks)

    def beside(self, runs: list[str]) -> RowDate | None:
        """The date of a row in the runs beside it; none where these hold more days than a row has: they are rows of their own."""
        if len(runs) > _MOST_DAYS and sum(is_part_of_date(run) for run in runs) > _MOST_DAYS:
            days = {day for run in runs if (day := self.among([run])) is not None}
            if len(days) > _MOST_DAYS:
                return None
        return self.among(runs)

    def _without_year(self, runs: list[str]) -> RowDate | None:
        """The first run that is month and day, eight digits, or a day of a short year that has come."""
        for run in runs:
            match = _MONTH_DAY.fullmatch(run)
            if match is not None and day_of(2024, int(match["month"]), int(match["day"])):
                return RowDate(None, int(match["month"]), int(match["day"]))
            whole = _DIGITS_ONLY.fullmatch(run)
            if whole is not None:
                on = day_of(int(whole["year"]), int(whole["month"]), int(whole["day"]))
                if on is not None:
                    return RowDate(on)
            short = _SHORT_YEAR.fullmatch(run)
            if short is not None:
                on = day_of(2000 + int(short["year"]), int(short["month"]), int(short["day"]))
                if on is not None and not self.is_to_come(on):
                    return RowDate(on)
        return None

    def with_years(self, rows: list[RowDate | None], hints: list[str | None]) -> list[str | None]:
        """Days for a list in its order: a date without a year takes it from its address, else from its proven neighbours.

        Lists run backwards in time. Below a day that is printed whole a month that jumps ahead belongs to the year before;
        above one, the year is the first that is not older. Where no row prints a year, it is the latest that the order and
        the day of the inspection allow. A day that has not come yet stands as it is printed and bounds no other.
        """
        days = [
            None if item is None else item.on if item.on is not None else _by_hint(item, hint)
            for item, hint in zip(rows, hints, strict=True)
        ]
        latest = self.as_of + timedelta(days=1)
        proven = [number for number, day in enumerate(days) if day is not None and day <= latest.isoformat()]
        first = proven[0] if proven else 0
        below = date.fromisoformat(days[first] or "") if proven else None
        for number in range(first - 1, -1, -1):
            item = rows[number]
            if days[number] is None and item is not None and below is not None:
                day = _first_from(item, below - _DISORDER, latest) or _last_until(item, latest)
                days[number], below = day, date.fromisoformat(day) if day else below
        above = latest
        for number in range(first, len(rows)):
            item, day = rows[number], days[number]
            if day is None and item is not None:
                days[number] = day = _last_until(item, min(above + _DISORDER, latest))
            if day is not None and day <= latest.isoformat():
                above = date.fromisoformat(day)
        return days


def _by_hint(item: RowDate, hint: str | None) -> str | None:
    """The day of a row whose address carries its year."""
    day = None if hint is None else day_of(int(hint[:4]), item.month, item.day)
    if hint is None or day is None:
        return None
    return day if abs(date.fromisoformat(day) - date.fromisoformat(hint)) <= _NEAR else None


def _last_until(item: RowDate, bound: date) -> str | None:
    return _first_possible(item, range(bound.year, bound.year - _LEAP_YEARS, -1), lambda day: day <= bound)


def _first_from(item: RowDate, bound: date, latest: date) -> str | None:
    return _first_possible(item, range(bound.year, latest.year + 1), lambda day: bound <= day <= latest)


def _first_possible(item: RowDate, years: range, fits: Callable[[date], bool]) -> str | None:
    days = (day_of(year, item.month, item.day) for year in years)
    return next((day for day in days if day is not None and fits(date.fromisoformat(day))), None)
