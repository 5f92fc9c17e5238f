"""The numbered schema files, applied once and in order; words, views and what columns mean, replaced whenever they differ.

A schema file that was ever released is never edited, not even its comments: warehouses know it by its hash.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from govcrawl.records.errors import WarehouseError
from govcrawl.warehouse import meanings, words
from govcrawl.warehouse.connection import REBUILD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govcrawl.warehouse.connection import Connection

_HERE = Path(__file__).parent


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def prepare(connection: Connection) -> None:
    """Bring a warehouse, new or old, to the schema and views of this version."""
    if not columns_of(connection, "migration.applied"):
        _apply(connection, [sql("catalogue/migration.sql")])
    before = applied(connection)
    for path in files("schema"):
        if path.name not in before:
            _apply(connection, [path.read_text("utf-8")], (path.name, _sha256(path)))
        elif before[path.name] != _sha256(path):
            raise WarehouseError(
                f"schema file {path.name} differs from the one this warehouse was made with; {REBUILD}"
            )
    made = words_and_views()
    version = _sha256_of([*made, *(path.name for path in files("schema")), meanings.FILE.read_text("utf-8")])
    if before.get("views") != version:
        described = chain(
            made, meanings.statements(connection)
        )  # asks for the columns after the views are made
        _apply(connection, described, ("views", version), replaces_views=True)


def applied(connection: Connection) -> dict[str, str]:
    """What was applied to this file: schema file, or `views` for all of them → its SHA-256."""
    return dict(connection.execute("SELECT file, sha256 FROM migration.applied").fetchall())


def _apply(
    connection: Connection,
    statements: Iterable[str],
    record: tuple[str, str] | None = None,
    *,
    replaces_views: bool = False,
) -> None:
    """Execute the statements and put down that they were applied (`record`: name, hash), in one transaction."""
    with transaction(connection):
        if replaces_views:
            for owner, name in connection.execute(sql("catalogue/all_views.sql")).fetchall():
                connection.execute(f'DROP VIEW IF EXISTS "{owner}"."{name}" CASCADE')
        for statement in statements:
            connection.execute(statement)
        if record:
            connection.execute(
                "INSERT OR REPLACE INTO migration.applied VALUES ($file, $sha256)",
                dict(zip(("file", "sha256"), record, strict=True)),
            )
    # A log that holds definitions cannot be replayed by DuckDB 1.5 (observed with 1.5.6: "GetDefaultDatabase with no
    # default database set"), so a loader killed later would leave a warehouse nobody can open.
    connection.execute("CHECKPOINT")


def views_of(connection: Connection, database: str | None = None) -> set[str]:
    """Names of the published views of a database, by default of the one that was opened."""
    found = connection.execute(sql("catalogue/views_of.sql"), {"database": database}).fetchall()
    return {name for (name,) in found}


def columns_of(connection: Connection, table: str) -> dict[str, str]:
    """Column → type of a table `schema.name`, in their order."""
    schema, name = table.split(".")
    found = connection.execute(sql("catalogue/columns_of.sql"), {"schema": schema, "table": name}).fetchall()
    return dict(found)


def optional_columns_of(connection: Connection, table: str) -> set[str]:
    """Columns of a table `schema.name` that may be null: files written before they existed lack them."""
    schema, name = table.split(".")
    found = connection.execute(
        sql("catalogue/optional_columns_of.sql"), {"schema": schema, "table": name}
    ).fetchall()
    return {column for (column,) in found}


def words_and_views() -> list[str]:
    """The statements that make the tables of words and the views; views ask the words, so they are made anew together."""
    return [*words.statements(), *(path.read_text("utf-8") for path in files("views"))]


def _sha256_of(statements: list[str]) -> str:
    return hashlib.sha256("\0".join(statements).encode()).hexdigest()


def _sha256(*paths: Path) -> str:
    return hashlib.sha256(b"\0".join(path.name.encode() + path.read_bytes() for path in paths)).hexdigest()


def files(folder: str) -> list[Path]:
    """Return the SQL files of one folder of this package, in the order of their names."""
    return sorted((_HERE / folder).glob("*.sql"))


def sql(name: str) -> str:
    """Text of an SQL file of this package, e.g. `queries/runs_in_force.sql`."""
    return (_HERE / name).read_text("utf-8")
