"""Traceable figures: a number, the rows that it counts, and SQL that computes it again.

A figure counts rows of one warehouse query. Its SQL counts the same query with the same conditions and all values
written out, so anyone who doubts a figure can paste its SQL into DuckDB.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from markupsafe import escape

from analytics.figures.rates import Rate, difference
from analytics.notices.results import records
from analytics.words.of_checks import check_words
from analytics.words.text import defanged, shown
from analytics.words.wording import wording
from govcrawl.warehouse.snapshot import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from govcrawl.warehouse.snapshot import Snapshot


MOST_ROWS = 100  # rows listed under one figure; the SQL gives all of them


@dataclass(frozen=True, slots=True)
class RowTable:
    """The rows that a page lists; `more` is the number of rows left out."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Rows:
    """The result of one query, and its SQL with all values written out."""

    frame: pd.DataFrame
    sql: str
    _parts: dict[tuple[str, ...], dict[Any, pd.DataFrame]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _lines: list[dict[str, Any]] = field(default_factory=list, compare=False, repr=False)

    def only(self, column: str) -> Rows:
        """Those rows for which a yes-or-no column says yes."""
        sql = f"SELECT * FROM (\n{self.sql}\n) WHERE {column}"  # noqa: S608 - the name of a column
        return Rows(self.frame[self.frame[column].astype(bool)].reset_index(drop=True), sql)

    def where(self, conditions: Mapping[str, Any]) -> pd.DataFrame:
        """The rows whose columns have the given values (or one of several); None stands for a missing value."""
        exact = {
            name: value
            for name, value in conditions.items()
            if value is not None and not isinstance(value, tuple)
        }
        frame = self._part(tuple(exact), tuple(exact.values())) if exact else self.frame
        for column, value in conditions.items():
            if value is None:
                frame = frame[frame[column].isna()]
            elif isinstance(value, tuple):
                frame = frame[frame[column].isin(value)]
        return frame

    def lines(self, rows: pd.DataFrame) -> list[dict[str, Any]]:
        """Some rows of the frame in the columns that people read; all are made at once, since hundreds of figures list them."""
        if not self._lines:
            titles: Mapping[str, str] = wording()["column"]
            self._lines.extend(records(self.frame[[name for name in self.frame.columns if name in titles]]))
        return [self._lines[place] for place in rows.index]

    def _part(self, columns: tuple[str, ...], values: tuple[object, ...]) -> pd.DataFrame:
        """The rows with these values, by an index of each set of columns: a thousand units are looked up one by one."""
        if columns not in self._parts:
            self._parts[columns] = dict(iter(self.frame.groupby(list(columns), sort=False)))
        part = self._parts[columns].get(values)
        return self.frame.head(0) if part is None else part


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number. `key`: its name in the list of figures; `words`: what it counts."""

    key: str
    words: str
    value: int | Rate | Decimal
    statement: Callable[[], str]  # gives `sql`, which is long, and is asked for one by one
    page: str  # the page that lists the figures, beside the document
    decimals: int = 0
    rows: Rows | None = None  # what it counts; a rate has parts instead
    conditions: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()  # keys of the figures it is made of

    def __bool__(self) -> bool:
        return bool(self.value.part if isinstance(self.value, Rate) else self.value)

    @property
    def sql(self) -> str:
        """SQL that computes the number again."""
        return self.statement()

    @property
    def printed(self) -> str:
        return self.value.printed(self.decimals) if isinstance(self.value, Rate) else str(self.value)

    def __html__(self) -> str:
        """The number as a link to its rows; a change is printed without its sign, which the sentence puts in words."""
        shown = str(abs(self.value)) if isinstance(self.value, Decimal) else self.printed
        return f'<a class="figure" href="{escape(self.page)}#{escape(self.key)}">{escape(shown)}</a>'

    @property
    def table(self) -> RowTable:
        """At most MOST_ROWS of the counted rows, in the columns that people read."""
        if self.rows is None or not self.value:
            return RowTable((), (), 0)
        rows = self.rows.where(self.conditions)
        titles: Mapping[str, str] = wording()["column"]
        lines = self.rows.lines(rows.head(MOST_ROWS))
        columns = [name for name in lines[0] if any(row[name] is not None for row in lines)]
        return RowTable(
            tuple(titles[name] for name in columns),
            tuple(tuple(_readable(name, row[name]) for name in columns) for row in lines),
            max(0, len(rows) - MOST_ROWS),
        )


class Figures:
    """Makes the figures of one document, and keeps them in the order in which they were made."""

    def __init__(self, snapshot: Snapshot, page: str, decimals: int) -> None:
        self._snapshot = snapshot
        self._page = page
        self._decimals = decimals
        self.all: list[Figure] = []

    def rows(self, query: str, **values: Any) -> Rows:
        """Run a query of the warehouse."""
        return Rows(self._snapshot.query(query, **values), self._snapshot.statement(query, **values))

    def count(
        self,
        key: str,
        words: str,
        rows: Rows,
        conditions: Mapping[str, Any] | None = None,
        *,
        different: str | None = None,
    ) -> Figure:
        """Count the rows that meet the conditions, or the different values in their column `different`."""
        conditions = conditions or {}
        those = rows.where(conditions)
        number = those[different].nunique() if different else len(those)
        what = f"count(DISTINCT {different})" if different else "count(*)"

        def sql() -> str:
            return f"SELECT {what} FROM (\n{rows.sql}\n){_where(conditions)}"  # noqa: S608 - values written by `literal`

        return self._keep(Figure(key, words, int(number), sql, self._page, rows=rows, conditions=conditions))

    def rate(self, key: str, words: str, part: Figure, whole: Figure) -> Figure:
        """The share of one count in another, rounded as it is printed."""
        if not (isinstance(part.value, int) and isinstance(whole.value, int)):
            raise TypeError(f"{key}: a rate is made of two counts")
        return self._keep(
            Figure(
                key,
                words,
                Rate(part.value, whole.value),
                lambda: rate_sql(part.sql, whole.sql, self._decimals),
                self._page,
                decimals=self._decimals,
                parts=(part.key, whole.key),
            )
        )

    def points(self, key: str, words: str, now: Figure, before: Figure) -> Figure | None:
        """The change of a rate in 个百分点; None where one of the two was not counted."""
        if not (isinstance(now.value, Rate) and isinstance(before.value, Rate)):
            raise TypeError(f"{key}: points lie between two rates")
        change = difference(now.value, before.value, self._decimals)
        if change is None:
            return None
        return self._keep(
            Figure(key, words, change, _difference(now, before), self._page, parts=(now.key, before.key))
        )

    def change(self, key: str, words: str, now: Figure, before: Figure) -> Figure:
        """How many more than before; printed without its sign, as points are."""
        if not (isinstance(now.value, int) and isinstance(before.value, int)):
            raise TypeError(f"{key}: a change lies between two counts")
        more = Decimal(now.value - before.value)
        return self._keep(
            Figure(key, words, more, _difference(now, before), self._page, parts=(now.key, before.key))
        )

    def _keep(self, figure: Figure) -> Figure:
        self.all.append(figure)
        return figure


def _difference(now: Figure, before: Figure) -> Callable[[], str]:
    return lambda: f"SELECT (\n{now.sql}\n) - (\n{before.sql}\n)"


def _where(conditions: Mapping[str, Any]) -> str:
    parts = []
    for column, value in conditions.items():
        if value is None:
            parts.append(f"{column} IS NULL")
        elif isinstance(value, tuple):
            parts.append(f"{column} IN ({', '.join(map(literal, value))})")
        else:
            parts.append(f"{column} = {literal(value)}")
    return f"\nWHERE {' AND '.join(parts)}" if parts else ""


def rate_sql(part: str, whole: str, decimals: int) -> str:
    """SQL for a rate in per cent, rounded as by `Rate.rounded`: half up, never to 100 or 0 unless it is exact."""
    steps = 100 * 10**decimals
    return f"""SELECT CAST((CASE
    WHEN whole = 0 THEN NULL WHEN part = 0 THEN 0 WHEN part = whole THEN {steps}
    ELSE greatest(1, least({steps - 1}, (2 * part * {steps} + whole) // (2 * whole)))
END) / {10**decimals} AS DECIMAL(9, {decimals}))
FROM (SELECT (
{part}
) AS part, (
{whole}
) AS whole)"""  # noqa: S608 - likewise


def _readable(column: str, value: object) -> str:
    if column == "check_id":
        return check_words(str(value))["title"]
    words: Mapping[str, str] = wording().get(column, {})
    if isinstance(value, str):
        return words.get(value) or defanged(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return shown(value)
