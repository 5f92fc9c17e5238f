"""When sections published: the heat map of a year in weeks, with the months beside it as figures."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.notices.charts import Chart, Strip, heat_map
from analytics.words.text import chinese_span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WEEKS = 53
SectionKey = tuple[str, str]  # address and name


def first_day(as_of: date) -> date:
    """The Monday of the first of the weeks that end with the week of `as_of`."""
    return as_of - timedelta(days=as_of.weekday(), weeks=WEEKS - 1)


def calendar(sections: Sequence[Mapping[str, Any]], days: Sequence[Mapping[str, Any]], as_of: date) -> Chart:
    """`sections`: the rows (section_url, section_name); `days`: the result of the query section_days.

    The time before the oldest entry that a list ever showed is unknown: it is left empty, without zeros.
    """
    start = first_day(as_of)
    ends = [start + timedelta(weeks=week + 1) for week in range(WEEKS)]
    months = _months(as_of)
    known_from: dict[SectionKey, date] = {}
    by_week: Counter[tuple[SectionKey, int]] = Counter()
    by_month: Counter[tuple[SectionKey, str]] = Counter()
    for row in days:
        section = row["section_url"], row["section_name"]
        known_from[section] = row["known_from"].date()
        if row["published_on"] is not None:
            day = row["published_on"].date()
            by_week[section, (day - start).days // 7] += row["entries"]
            by_month[section, f"{day:%Y-%m}"] += row["entries"]
    strips, rows = [], []
    for each in sections:
        section = each["section_url"], each["section_name"]
        since = known_from.get(section)
        weeks = (by_week[section, week] if _recorded(since, end) else None for week, end in enumerate(ends))
        strips.append(Strip(section[1], tuple(weeks)))
        first = "" if since is None else f"{since:%Y-%m}"
        printed = (f"{by_month[section, month]}" if first and month >= first else "—" for month in months)
        rows.append((section[1], *printed))
    return heat_map(
        "栏目更新日历",
        f"{chinese_span((start, as_of))}各栏目每周更新条数。一格为一周，格子越大、颜色越深，更新越多；"
        "小点为该周未见更新，空白为无记录。",
        _month_marks(start),
        strips,
        ("栏目", *(f"{int(month[5:])}月" for month in months)),
        rows,
    )


def _recorded(since: date | None, end: date) -> bool:
    """Whether anything is known of the time before `end`."""
    return since is not None and since < end


def _months(as_of: date) -> list[str]:
    """The twelve months that end with that of `as_of`."""
    number = as_of.year * 12 + as_of.month - 1
    return [f"{each // 12}-{each % 12 + 1:02}" for each in range(number - 11, number + 1)]


def _month_marks(start: date) -> Sequence[str]:
    """For each week the month that begins in it, else nothing."""
    marks = []
    for week in range(WEEKS):
        days = [start + timedelta(weeks=week, days=day) for day in range(7)]
        first = next((day for day in days if day.day == 1), None)
        marks.append(f"{first.month}月" if first else "")
    return marks
