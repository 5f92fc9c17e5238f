"""Compares what two versions of the product published of the same nights on the simulated web.

Rows are compared as sets, night by night: without the names of runs and assessments, without instants and durations, and
without what only counts how the crawl went about it. Two demos of the same day, played by two versions:

    python -m tests.govweb demo --day 2026-03-18 --nights 3 --data before      # in a checkout of the older version
    python -m tests.govweb demo --day 2026-03-18 --nights 3 --data after
    python -m tests.govweb differences before after
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VIEWS = (
    "probe", "page", "link", "section_activity", "entry", "home_activity", "host_check", "service_trial", "feed_visit",
    "finding", "site_result", "indicator_result", "account_result", "account_indicator_result", "ledger_history",
)  # fmt: skip
NAMES_OF_RUNS = {"run_id", "links_run_id", "assessment_id", "same_as_run", "of_run", "first_seen_on"}
OF_THE_WAY = {
    "depth",
    "position",
    "first_origins",
    "requests",
    "standing",
    "read_on",
    "due_on",
    "attempts",
    "evidence",
}
"""Columns that say by which way and when the crawl came upon something, not what it found."""


@dataclass(frozen=True, order=True, slots=True)
class Difference:
    """Rows of one view and night that only one version published; `columns` name the values of a row."""

    view: str
    night: str
    columns: tuple[str, ...]
    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]

    def lines(self, most: int) -> Iterator[str]:
        """The difference for people: how many rows, and the first few."""
        yield f"{self.view}, night of {self.night}: {len(self.before)} rows only before, {len(self.after)} only after"
        for sign, rows in (("-", self.before), ("+", self.after)):
            for row in rows[:most]:
                shown = (
                    f"{name}={value}"
                    for name, value in zip(self.columns, row, strict=True)
                    if value != "None"
                )
                yield f"  {sign} {', '.join(shown)}"


def differences(before: Path, after: Path) -> Iterator[Difference]:
    """What differs between the newest published copies of two data directories, in the columns that both have."""
    with closing(_opened(before)) as old, closing(_opened(after)) as new:
        for view in VIEWS:
            columns = [name for name in _columns(old, view) if name in set(_columns(new, view))]
            rows = [_rows(each, view, columns) for each in (old, new)]
            for night in sorted(rows[0].keys() | rows[1].keys()):
                one, other = (each.get(night, set()) for each in rows)
                if one != other:
                    yield Difference(
                        view, night, tuple(columns), tuple(sorted(one - other)), tuple(sorted(other - one))
                    )


def _opened(data: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str((data / "published" / "latest.duckdb").resolve()), read_only=True)


def _columns(base: duckdb.DuckDBPyConnection, view: str) -> list[str]:
    """The columns of a view that say something about the web, not about the run."""
    kinds = base.execute(f'DESCRIBE "{view}"').fetchall()
    return [
        name
        for name, kind, *_ in kinds
        if name not in NAMES_OF_RUNS | OF_THE_WAY | {"as_of"}
        and not name.endswith(("_at", "_s", "_sha256"))
        and kind != "TIMESTAMP"
    ]


def _rows(base: duckdb.DuckDBPyConnection, view: str, columns: list[str]) -> dict[str, set[tuple[str, ...]]]:
    """Night → the rows of a view, as text."""
    known = {name for name, *_ in base.execute(f'DESCRIBE "{view}"').fetchall()}
    night = (
        "as_of"
        if "as_of" in known
        else "(SELECT as_of FROM assessment AS a WHERE a.assessment_id = v.assessment_id)"
        if "assessment_id" in known
        else "(SELECT as_of FROM run AS r WHERE r.run_id = v.run_id)"
    )
    names = ", ".join(f'"{name}"' for name in columns)
    found: dict[str, set[tuple[str, ...]]] = {}
    for day, *values in base.execute(f'SELECT {night}, {names} FROM "{view}" AS v').fetchall():
        found.setdefault(str(day), set()).add(tuple(map(str, values)))
    return found
