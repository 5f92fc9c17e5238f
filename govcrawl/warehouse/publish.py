"""The warehouse → a published copy: a file of its own that never changes, reached through a symlink.

Readers open `published/latest.duckdb` while the next load is under way. Each copy has a name never used before:
to a second connection of one process DuckDB hands the old content of a path that was replaced.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from govcrawl.records.errors import PublishHeld, WarehouseError
from govcrawl.warehouse import gate, schema
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import WAREHOUSE

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.warehouse.connection import Connection

PUBLISHED = "published"
LATEST = "latest.duckdb"
KEEP, FEWEST = 14, 2  # copies
SHARE = 0.5  # of the room the disk has for copies: a year of 1,000 sites is some gigabytes a copy

REPUBLISH = "publish again with `govcrawl publish`"


def publish(data: Path, stamp: datetime, *, force: bool = False) -> Path:
    """Copy the warehouse to `published/<stamp>.duckdb` and point `latest.duckdb` at it.

    Raises PublishHeld when the gate has reasons against it, unless `force`.
    """
    warehouse, folder = data / WAREHOUSE, data / PUBLISHED
    if not warehouse.is_file():
        raise WarehouseError(f"{warehouse}: nothing is loaded yet; run `govcrawl load` first")
    try:
        folder.mkdir(exist_ok=True)
        for torn in folder.glob("*.tmp*"):  # of a process that died while publishing
            torn.unlink()
        target = _unused(folder, stamp)
        part = target.with_name(f"{target.name}.tmp")
        with open_database(warehouse) as connection:
            schema.prepare(connection)
            if not force:
                _pass_gate(connection, folder / LATEST)
            cited = {
                name for (name,) in connection.execute(schema.sql("catalogue/cited_copies.sql")).fetchall()
            }
            _copy(connection, warehouse, part)
        part.rename(target)
        _point_at(folder, target)
        _forget_old(folder, cited)
    except OSError as error:
        raise WarehouseError(
            f"{error.filename or folder}: {error.strerror}; make room or change its permissions, then {REPUBLISH}"
        ) from error
    return target


def _unused(folder: Path, stamp: datetime) -> Path:
    name = stamp.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    target, number = folder / f"{name}.duckdb", 1
    while target.exists():
        number += 1
        target = folder / f"{name}-{number}.duckdb"
    return target


def _pass_gate(connection: Connection, latest: Path) -> None:
    if not latest.exists():
        return
    with open_database(
        latest.resolve(), read_only=True, remedy="publish with --force to replace it"
    ) as published:
        if reasons := gate.reasons_to_hold(connection, published):
            raise PublishHeld("; ".join(reasons))


def _copy(connection: Connection, warehouse: Path, part: Path) -> None:
    """Copy the file itself: as fast as the disk, whatever the length of the history.

    All of it is in the file after a checkpoint, and the connection keeps other processes out until the copy is whole.
    (Closing the file here ends that lock, as POSIX has it: the connection must not write afterwards.)
    """
    connection.execute("CHECKPOINT")
    shutil.copyfile(warehouse, part)
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _point_at(folder: Path, target: Path) -> None:
    link = folder / f"{LATEST}.tmp"
    link.symlink_to(target.name)
    link.replace(folder / LATEST)


def _forget_old(folder: Path, cited: set[str]) -> None:
    """Remove all but the newest copies, as many as there is room for, and those an issued document stands on."""
    copies = [path for path in folder.glob("*.duckdb") if not path.is_symlink()]
    copies.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    sizes = [path.stat().st_size for path in copies]
    room = (shutil.disk_usage(folder).free + sum(sizes)) * SHARE
    for number, path in enumerate(copies):
        fits = number < FEWEST or (number < KEEP and sum(sizes[: number + 1]) <= room)
        if not fits and path.stem not in cited:
            path.unlink()
