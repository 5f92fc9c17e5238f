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

NIGHT, EARLIER_NIGHT = "night", "earlier_night"
"""Databases of the tables: of the day that is asked about, and of the earlier day ($since) it is compared with."""


class OneNight:
    """The tables of one connection and one night, of the day that was asked about last; without a day they are empty."""

    def __init__(self, connection: Connection, resources: ExitStack, name: str = NIGHT) -> None:
        self._connection = connection
        self._resources = resources
        self._name = name
        self._named = re.compile(rf"\b{name}\.(\w+)")
        self._as_of: date | None = None
        self._made: set[str] = set()
        self._attached = False

    def prepare(self, statement: str, as_of: date | None) -> None:
        """Make the tables that a statement about a day names, as far as they are not there."""
        for name in sorted(set(self._named.findall(statement))):
            self.made(name, as_of)

    def made(self, name: str, as_of: date | None) -> str:
        """Make one table of a day if it is not there, and say how a statement names it."""
        if not (self._attached and self._as_of == as_of):
            self._begin(as_of)
        if name not in self._made:
            self._make(name, as_of)
            self._made.add(name)
        return f"{self._name}.{name}"

    def written_out(self, statement: str, as_of: date | None) -> str:
        """The statement with questions about the published file in place of the tables, so that people can run it again.

        ValueError for a table that is made of others.
        """
        return self._named.sub(lambda table: self._question(table[1], as_of), statement)

    def _question(self, name: str, as_of: date | None) -> str:
        text = schema.sql(f"night/{name}.sql")
        if "$run_id" not in text:
            raise ValueError(
                f"{self._name}.{name} is made of other tables of the night, so people cannot ask for it"
            )
        of_one_visit = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
        visits = (of_one_visit.replace("$run_id", quoted(run)) for run in self._visits(as_of))
        return f"({' UNION ALL '.join(f'FROM ({each})' for each in visits)})"

    def _begin(self, as_of: date | None) -> None:
        if not self._attached:
            folder = self._resources.enter_context(tempfile.TemporaryDirectory(prefix="govcrawl-night-"))
            file = Path(folder) / "night.duckdb"
            self._connection.execute(f"ATTACH {quoted(str(file))} AS {self._name} (READ_WRITE)")
            # The file goes away with the connection.
            self._connection.execute("PRAGMA disable_checkpoint_on_shutdown")
            self._attached = True
        for name in self._made:
            self._connection.execute(f"DROP TABLE {self._name}.{name}")
        self._made.clear()
        self._as_of = as_of

    def _make(self, name: str, as_of: date | None) -> None:
        """Answer a file of `night/`: once for the day, or for one visit after the other, since a filter on one run reads that run alone."""
        statement = re.sub(rf"\b{NIGHT}\.", f"{self._name}.", schema.sql(f"night/{name}.sql"))
        self.prepare(statement, as_of)  # of a night's pages the other tables are made
        begin = f"CREATE TABLE {self._name}.{name} AS"
        for values in (
            [{"run_id": run} for run in self._visits(as_of)] if "$run_id" in statement else [{"as_of": as_of}]
        ):
            self._connection.execute(f"{begin} {statement}", values)
            begin = f"INSERT INTO {self._name}.{name}"

    def _visits(self, as_of: date | None) -> list[str]:
        """The runs that visited sites on a day; where none did, one that there is not, of which all is empty."""
        found = self._connection.execute(
            "SELECT DISTINCT run_id FROM night_visit WHERE as_of = $as_of ORDER BY run_id", {"as_of": as_of}
        ).fetchall()
        return [run_id for (run_id,) in found] or [""]
