"""When sections published: the heat map of a year in weeks, with the months beside it as figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from analytics.notices.charts import Chart, Strip, heat_map

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEKS = 53
SECTION = ["section_url", "section_name"]


def first_day(as_of: date) -> date:
    """The Monday of the first of the weeks that end with the week of `as_of`."""
    return as_of - timedelta(days=as_of.weekday(), weeks=WEEKS - 1)


def calendar(sections: pd.DataFrame, days: pd.DataFrame, as_of: date) -> Chart:
    """`sections` are the lines (section_url, section_name), `days` answers the query section_days.

    A time before the oldest entry a list ever showed is unknown: nothing is drawn there, and no zero printed.
    """
    start = pd.Timestamp(first_day(as_of))
    months = [str(month) for month in pd.period_range(start, as_of, freq="M")][-12:]
    known_from = days.groupby(SECTION)["known_from"].min()
    seen = days[days["published_on"].notna()]
    seen = seen.assign(
        week=(seen["published_on"] - start).dt.days // 7, month=seen["published_on"].dt.strftime("%Y-%m")
    )
    by_week = seen.groupby([*SECTION, "week"])["entries"].sum().to_dict()
    by_month = seen.groupby([*SECTION, "month"])["entries"].sum().to_dict()
    strips, rows = [], []
    for url, name in zip(sections["section_url"], sections["section_name"], strict=True):
        since = known_from.get((url, name))
        weeks = [
            by_week.get((url, name, week), 0) if _known(since, start, week) else None for week in range(WEEKS)
        ]
        strips.append(Strip(name, tuple(weeks)))
        printed = (
            "—" if since is None or month < f"{since:%Y-%m}" else f"{by_month.get((url, name, month), 0)}"
            for month in months
        )
        rows.append((name, *printed))
    return heat_map(
        "栏目更新日历",
        f"{start:%Y-%m-%d}至{as_of}各栏目每周更新条数。一格为一周，格子越大、颜色越深，更新越多；"
        "小点为该周未见更新，空白为无记录。",
        _month_marks(start.date()),
        strips,
        ("栏目", *(f"{int(month[5:])}月" for month in months)),
        rows,
    )


def _known(since: pd.Timestamp | None, start: pd.Timestamp, week: int) -> bool:
    return since is not None and since < start + pd.Timedelta(weeks=week + 1)


def _month_marks(start: date) -> Sequence[str]:
    """For each week the month that begins in it, else nothing."""
    marks = []
    for week in range(WEEKS):
        days = [start + timedelta(weeks=week, days=day) for day in range(7)]
        first = next((day for day in days if day.day == 1), None)
        marks.append(f"{first.month}月" if first else "")
    return marks
