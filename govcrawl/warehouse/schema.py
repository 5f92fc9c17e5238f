"""The numbered schema files, applied once and in order, and the views, replaced whenever they differ."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from govcrawl.errors import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    connection.execute(sql("catalogue/migration.sql"))
    applied = dict(connection.execute("SELECT file, sha256 FROM migration.applied").fetchall())
    for path in sorted((_HERE / "schema").glob("*.sql")):
        sha256 = _sha256(path)
        if path.name not in applied:
            with transaction(connection):
                connection.execute(path.read_text("utf-8"))
                _record(connection, path.name, sha256)
        elif applied[path.name] != sha256:
            raise WarehouseError(
                f"schema file {path.name} differs from the one this warehouse was made with; "
                "rebuild it with `govcrawl load --rebuild`"
            )
    views = sorted((_HERE / "views").glob("*.sql"))
    sha256 = _sha256(*views)
    if applied.get("views") != sha256:
        with transaction(connection):
            _drop_views(connection)
            for path in views:
                connection.execute(path.read_text("utf-8"))
            _record(connection, "views", sha256)


def views_of(connection: Connection, database: str | None = None) -> set[str]:
    """Names of the published views of a database, by default of the one that was opened."""
    found = connection.execute(sql("catalogue/views_of.sql"), {"database": database}).fetchall()
    return {name for (name,) in found}


def columns_of(connection: Connection, table: str) -> dict[str, str]:
    """Column → type of a table `schema.name`, in their order."""
    schema, name = table.split(".")
    found = connection.execute(sql("catalogue/columns_of.sql"), {"schema": schema, "table": name}).fetchall()
    return dict(found)


def _drop_views(connection: Connection) -> None:
    for name in views_of(connection):
        connection.execute(f'DROP VIEW IF EXISTS "{name}" CASCADE')


def _record(connection: Connection, file: str, sha256: str) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO migration.applied VALUES ($file, $sha256)", {"file": file, "sha256": sha256}
    )


def _sha256(*paths: Path) -> str:
    return hashlib.sha256(b"\0".join(path.name.encode() + path.read_bytes() for path in paths)).hexdigest()


def sql(name: str) -> str:
    """Text of an SQL file of this package, e.g. `queries/links_of_run.sql`."""
    return (_HERE / name).read_text("utf-8")
