"""States for each row that looks back over some days which readings of its site it is based on: 近N日 covers only what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.words.phrases import BASIS_ATTEMPTS, BASIS_NONE, BASIS_VISITS
from analytics.words.text import chinese_date, chinese_span

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.window import Window
    from analytics.editions.chosen import Edition
    from analytics.source import Source

_MOST_DAYS = 5  # named one by one


def basis(rows: pd.DataFrame, source: Source, rules: Edition, as_of: date) -> pd.Series:
    """Of each of `rows` (site_code, indicator_id) the readings it rests on, in words; None where it does not look back."""
    windows = {row.id: _windows(row.checks, rules) for row in rules.indicators}
    longest = max((window.days for of_row in windows.values() for window in of_row), default=0)
    readings = source.query("readings_within", as_of=as_of, days=longest)
    readings["read_on"] = pd.to_datetime(readings["read_on"]).dt.date
    by_site = dict(iter(readings.groupby("site_code")))
    none = readings.iloc[:0]
    words = [
        ";".join(_words(by_site.get(site, none), window, as_of) for window in windows[row]) or None
        for site, row in zip(rows["site_code"], rows["indicator_id"], strict=True)
    ]
    return pd.Series(words, index=rows.index, dtype="object")


def _windows(checks: tuple[str, ...], rules: Edition) -> list[Window]:
    """The windows of a row's checks, each once."""
    found = (getattr(rules.params[check], "window", None) for check in checks)
    return list(dict.fromkeys(window for window in found if window is not None))


def _words(readings: pd.DataFrame, window: Window, as_of: date) -> str:
    column = "attempts" if window.of_attempts else "visits"
    since = as_of - pd.Timedelta(days=window.days)
    within = readings[(readings["read_on"] >= since) & (readings[column] > 0)]
    if within.empty:
        return BASIS_NONE.format(days=window.days)
    days = list(within["read_on"])
    if window.of_attempts:
        return BASIS_ATTEMPTS.format(span=chinese_span((days[0], days[-1])), n=within[column].sum())
    named = "、".join(chinese_date(day) for day in days)
    on = named if len(days) <= _MOST_DAYS else chinese_span((days[0], days[-1]))
    return BASIS_VISITS.format(days=window.days, n=within[column].sum(), on=on)
