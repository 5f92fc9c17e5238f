"""What many questions ask of one night, worked out once: the tables `night.…` that files of `queries/` name.

The pages and links of a night stand in the warehouse as what changed since earlier nights. Putting them together takes seconds
for a province, and fifty questions of one judgement need them. So each file of `night/` is answered once for a day, by the first
question that names it, into a file of its own: DuckDB packs it there and keeps no more of it in memory than it has room for.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import quoted

if TYPE_CHECKING:
    from contextlib import ExitStack
    from datetime import date

    from govcrawl.warehouse.connection import Connection

_NAMED = re.compile(r"\bnight\.(\w+)")


def tables_of_a_night(statement: str) -> list[str]:
    """The tables `night.…` that a statement names: only a process that made them can run it."""
    return sorted(set(_NAMED.findall(statement)))


class OneNight:
    """The tables `night.…` of one connection, of the day that was asked about last."""

    def __init__(self, connection: Connection, resources: ExitStack) -> None:
        self._connection = connection
        self._resources = resources
        self._as_of: date | None = None
        self._made: set[str] = set()
        self._attached = False

    def prepare(self, statement: str, as_of: date) -> None:
        """Make the tables that a statement about a day names, as far as they are not there."""
        for name in sorted(set(_NAMED.findall(statement))):
            self.made(name, as_of)

    def made(self, name: str, as_of: date) -> str:
        """Make one table of a day if it is not there, and say how a statement names it."""
        if self._as_of != as_of:
            self._begin(as_of)
        if name not in self._made:
            self._make(name, as_of)
            self._made.add(name)
        return f"night.{name}"

    def _begin(self, as_of: date) -> None:
        if not self._attached:
            folder = self._resources.enter_context(tempfile.TemporaryDirectory(prefix="govcrawl-night-"))
            file = Path(folder) / "night.duckdb"
            self._connection.execute(f"ATTACH {quoted(str(file))} AS night (READ_WRITE)")
            self._connection.execute(
                "PRAGMA disable_checkpoint_on_shutdown"
            )  # the file goes away with the connection
            self._attached = True
        for name in self._made:
            self._connection.execute(f"DROP TABLE night.{name}")
        self._made.clear()
        self._as_of = as_of

    def _make(self, name: str, as_of: date) -> None:
        """Answer a file of `night/`: once for the day, or for one visit after the other, since a filter on one run reads that run alone."""
        statement = schema.sql(f"night/{name}.sql")
        self.prepare(statement, as_of)  # of a night's pages the other tables are made
        begin = f"CREATE TABLE night.{name} AS"
        for values in (
            [{"run_id": run} for run in self._visits(as_of)] if "$run_id" in statement else [{"as_of": as_of}]
        ):
            self._connection.execute(f"{begin} {statement}", values)
            begin = f"INSERT INTO night.{name}"

    def _visits(self, as_of: date) -> list[str]:
        """The runs that visited sites on a day; where none did, one that there is not, of which all is empty."""
        found = self._connection.execute(
            "SELECT DISTINCT run_id FROM night_visit WHERE as_of = $as_of ORDER BY run_id", {"as_of": as_of}
        ).fetchall()
        return [run_id for (run_id,) in found] or [""]
