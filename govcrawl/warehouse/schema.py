"""Prepares a warehouse: applies the numbered schema files once, in order; replaces words, views and column comments.

A released schema file is never edited, not even its comments, because warehouses store its hash.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from govcrawl.records.errors import WarehouseError
from govcrawl.warehouse import meanings, words
from govcrawl.warehouse.connection import REBUILD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.warehouse.connection import Connection

_HERE = Path(__file__).parent


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Commit the statements of the block, or roll all of them back when it raises."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def prepare(connection: Connection) -> None:
    """Bring a new or old warehouse to the schema and views of this version; WarehouseError for an edited schema file.

    All of it or nothing: what a process that is killed leaves behind is the warehouse as it was.
    """
    with transaction(connection):
        changed = _bring_up_to_date(connection)
    if changed:
        # DuckDB 1.5 cannot replay a log that holds definitions (observed with 1.5.6: "GetDefaultDatabase with no default
        # database set"), so a loader killed later would leave a warehouse that cannot be opened.
        connection.execute("CHECKPOINT")


def _bring_up_to_date(connection: Connection) -> bool:
    """Apply what this warehouse lacks; return whether that was anything."""
    # Of schemas only: to list tables or views, DuckDB binds every view, which is most of what a short load takes.
    if ("migration",) not in connection.execute(sql("catalogue/all_schemas.sql")).fetchall():
        connection.execute(sql("catalogue/migration.sql"))
    before = applied(connection)
    changed = False
    for path in files("schema"):
        if path.name not in before:
            connection.execute(path.read_text("utf-8"))
            _record(connection, path.name, _sha256(path))
            changed = True
        elif before[path.name] != _sha256(path):
            raise WarehouseError(
                f"schema file {path.name} differs from the one this warehouse was made with; {REBUILD}"
            )
    version = _version(words_and_views())
    if before.get("views") == version:
        return changed
    with _for_definitions(connection):
        for owner, name in connection.execute(sql("catalogue/all_views.sql")).fetchall():
            connection.execute(f'DROP VIEW IF EXISTS "{owner}"."{name}" CASCADE')
        for statement in words.statements():
            connection.execute(statement)
        for path in files("views"):
            _make_view(connection, path)
        for statement in meanings.statements(connection):
            connection.execute(statement)
    connection.execute(sql("catalogue/mask_texts.sql"))
    _record(connection, "views", version)
    return True


def _make_view(connection: Connection, path: Path) -> None:
    try:
        connection.execute(path.read_text("utf-8"))
    except (duckdb.BinderException, duckdb.CatalogException) as error:
        raise WarehouseError(
            f"govcrawl/warehouse/views/{path.name}: {str(error).splitlines()[0]} "
            "(raw tables and their columns are made by the numbered files in govcrawl/warehouse/schema/)"
        ) from error


@contextmanager
def _for_definitions(connection: Connection) -> Iterator[None]:
    """Neither optimize nor share out the statements of the block: they are two thousand, and none reads many rows."""
    # The pragma, for the setting of the same name came with DuckDB 2.
    connection.execute("SET threads = 1; PRAGMA disable_optimizer")
    yield  # after an error the transaction takes no statement any more, and the file is closed
    connection.execute("RESET threads; PRAGMA enable_optimizer")


def applied(connection: Connection) -> dict[str, str]:
    """What was applied to this database: name of the schema file (or `views`) → SHA-256."""
    return dict(connection.execute("SELECT file, sha256 FROM migration.applied").fetchall())


def refuse_other(connection: Connection, path: Path, remedy: str) -> None:
    """WarehouseError with the remedy when the views of a file that is only read are not those of this version."""
    if applied(connection).get("views") != _version(words_and_views()):
        raise WarehouseError(f"{path}: was published by another version of govcrawl; {remedy}")


def _version(made: list[str]) -> str:
    """Hash of all that makes the views what they are."""
    return _sha256_of([*made, *(path.name for path in files("schema")), meanings.FILE.read_text("utf-8")])


def _record(connection: Connection, name: str, sha256: str) -> None:
    """Note a schema file (or `views`) as applied, with its hash."""
    connection.execute(
        "INSERT OR REPLACE INTO migration.applied VALUES ($file, $sha256)", {"file": name, "sha256": sha256}
    )


def views_of(connection: Connection, database: str | None = None) -> set[str]:
    """Names of the published views of a database, by default of the opened one."""
    found = connection.execute(sql("catalogue/views_of.sql"), {"database": database}).fetchall()
    return {name for (name,) in found}


def columns_of(connection: Connection, table: str) -> dict[str, str]:
    """Column → type of a table or view `schema.name`, in its own order."""
    return {name: kind for name, kind, _ in _described(connection, table)}


def optional_columns_of(connection: Connection, table: str) -> set[str]:
    """Nullable columns of a table `schema.name`: those that older files may lack."""
    return {name for name, _, nullable in _described(connection, table) if nullable}


def _described(connection: Connection, table: str) -> list[tuple[str, str, bool]]:
    """Name, type and whether it may be null of each column.

    The catalogue would say the same, but binds every view of the database each time to do so.
    """
    rows = connection.execute(f"DESCRIBE {table}").fetchall()
    return [(name, kind, nullable == "YES") for name, kind, nullable, *_ in rows]


def words_and_views() -> list[str]:
    """The statements that make the tables of words and the views. Views use the words, so both are replaced together."""
    return [*words.statements(), *(path.read_text("utf-8") for path in files("views"))]


def _sha256_of(statements: list[str]) -> str:
    return hashlib.sha256("\0".join(statements).encode()).hexdigest()


def _sha256(*paths: Path) -> str:
    return hashlib.sha256(b"\0".join(path.name.encode() + path.read_bytes() for path in paths)).hexdigest()


def files(folder: str) -> list[Path]:
    """Return the SQL files in a folder of this package, sorted by name."""
    return sorted((_HERE / folder).glob("*.sql"))


def sql(name: str) -> str:
    """The text of an SQL file of this package, e.g. `queries/runs_in_force.sql`."""
    return (_HERE / name).read_text("utf-8")


_PARSED: dict[str, list[duckdb.Statement]] = {}


def statements(connection: Connection, name: str) -> list[duckdb.Statement]:
    """The statements of an SQL file of this package, which is parsed once in a process, for all runs and loads."""
    if name not in _PARSED:
        _PARSED[name] = connection.extract_statements(sql(name))
    return _PARSED[name]
