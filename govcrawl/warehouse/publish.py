"""Publishes the warehouse: copies it to a file that never changes, and points the symlink `latest.duckdb` at it.

Readers open `published/latest.duckdb` while the next load runs. Each copy gets a name that was never used before: when
a file is replaced under its name, DuckDB shows its old content to further connections of the same process. `latest` is
only moved to a copy that was proven to be readable to its last row. The newest copy and the one that `latest` names are never removed.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from govcrawl.records.errors import PublishHeld, WarehouseError
from govcrawl.records.whole import write_whole
from govcrawl.warehouse import gate, schema
from govcrawl.warehouse.connection import REBUILD, open_database
from govcrawl.warehouse.copying import copy_whole
from govcrawl.warehouse.load import WAREHOUSE
from govcrawl.warehouse.sound import count_rows, read_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from govcrawl.warehouse.connection import Connection

PUBLISHED = "published"
LATEST = "latest.duckdb"
ACCEPTANCES = "acceptances"
KEEP, FEWEST = 14, 2  # copies kept: normally, and at least, when the disk is short of space
DISK_SHARE = 0.5  # of the disk space available for copies; a year of 1,000 sites is some gigabytes a copy

REPUBLISH = "publish again with `govcrawl publish`"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A person's confirmation that the data held back by the gate is right."""

    reason: str
    by: str


def publish(data: Path, stamp: datetime, *, accepted: Acceptance | None = None) -> Path:
    """Copy the warehouse to `published/<stamp>.duckdb`, prove the whole copy, and point `latest.duckdb` at it.

    Raises PublishHeld when the gate has reasons against it, unless a person has `accepted` them: then the reasons and
    the person's name are written to `acceptances/`. Raises WarehouseError when the warehouse cannot be read. In both
    cases readers keep the copy published before.
    """
    warehouse, folder = data / WAREHOUSE, data / PUBLISHED
    if not warehouse.is_file():
        raise WarehouseError(f"{warehouse}: nothing is loaded yet; run `govcrawl load` first")
    try:
        folder.mkdir(exist_ok=True)
        with _alone(folder):
            # A process that died while publishing left the files. A folder is no copy: a killed reader left what it had no memory for.
            for torn in folder.glob("*.tmp*"):
                if torn.is_file():
                    torn.unlink()
            target = _unused(folder, stamp)
            part = target.with_name(f"{target.name}.tmp")
            with open_database(warehouse) as connection:
                schema.prepare(connection)
                cited = _names(connection, "cited_copies.sql")
                connection.execute("CHECKPOINT")
                expected = count_rows(connection)
                # By POSIX, closing the file in here releases the lock on it: nothing may be written afterwards.
                copy_whole(warehouse, part)
            _refuse_unreadable(part, expected, warehouse)
            released = {path.stem for path in (data / ACCEPTANCES).glob("*.json")}
            reasons = _reasons(part, folder, released)
            if reasons and accepted is None:
                part.unlink()
                raise PublishHeld("; ".join(reasons))
            part.chmod(0o444)  # a tool that opens it for writing would lock out all readers
            part.rename(target)
            if reasons and accepted:
                _put_down(data, target, accepted, reasons)
            _point_at(folder, target)
            _forget_old(folder, target, cited)
    except OSError as error:
        raise WarehouseError(
            f"{error.filename or folder}: {error.strerror}; make room or change its permissions, then {REPUBLISH}"
        ) from error
    return target


def is_published(data: Path) -> bool:
    """Whether the published copy holds all that the warehouse holds."""
    latest = data / PUBLISHED / LATEST
    if not latest.exists():
        return False
    with open_database(data / WAREHOUSE) as connection, _opened(latest.resolve()) as published:
        return all(
            content(connection) == content(published) for content in (gate.loaded_records, schema.applied)
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the lock of publishers; the kernel releases it when the process ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _unused(folder: Path, stamp: datetime) -> Path:
    name = stamp.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    target, number = folder / f"{name}.duckdb", 1
    while target.exists():
        number += 1
        target = folder / f"{name}-{number}.duckdb"
    return target


def _opened(copy: Path) -> AbstractContextManager[Connection]:
    return open_database(copy, read_only=True, remedy=f"remove it, then {REPUBLISH}")


def _reasons(part: Path, folder: Path, released: set[str]) -> list[str]:
    """The gate's reasons against the new copy, compared with `latest`, or with the newest copy when `latest` is broken."""
    latest = folder / LATEST
    before = latest.resolve() if latest.exists() else next(iter(_copies(folder)), None)
    with open_database(part, read_only=True) as candidate:
        if before is None:
            return gate.reasons_to_hold(candidate, None)
        with _opened(before) as published:
            return gate.reasons_to_hold(candidate, published, released)


def _refuse_unreadable(part: Path, expected: dict[str, int], warehouse: Path) -> None:
    try:
        with open_database(part, read_only=True, remedy="") as copy:
            found = read_whole(copy, part)
    except WarehouseError as error:
        part.unlink()
        raise WarehouseError(
            f"{warehouse}: cannot be read whole ({str(error).removesuffix('; ')}). Readers keep what was published "
            f"before. {REBUILD.capitalize()}, then {REPUBLISH}"
        ) from error
    if found != expected:
        part.unlink()
        name = next(name for name in expected if found.get(name) != expected[name])
        raise WarehouseError(
            f"{part}: {found.get(name, 0)} rows of {name} arrived of {expected[name]}; check the disk, then {REPUBLISH}"
        )


def _put_down(data: Path, target: Path, accepted: Acceptance, reasons: list[str]) -> None:
    folder = data / ACCEPTANCES
    folder.mkdir(exist_ok=True)
    record = {"published": target.stem, **asdict(accepted), "held_because": reasons}
    write_whole(folder / f"{target.stem}.json", orjson.dumps(record, option=orjson.OPT_INDENT_2))


def _names(connection: Connection, query: str) -> set[str]:
    return {name for (name,) in connection.execute(schema.sql(f"catalogue/{query}")).fetchall()}


def _point_at(folder: Path, target: Path) -> None:
    link = folder / f"{LATEST}.tmp"
    link.symlink_to(target.name)
    link.replace(folder / LATEST)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)  # makes both renames durable
    finally:
        os.close(handle)


def _copies(folder: Path) -> list[Path]:
    """Published copies, newest first, by the instant and number in their names, since file times may be wrong."""
    copies = [path for path in folder.glob("*.duckdb") if not path.is_symlink()]
    return sorted(copies, key=lambda path: _place(path.stem), reverse=True)


def _place(stem: str) -> tuple[str, int]:
    instant, _, number = stem.partition("-")
    return instant, int(number) if number.isdigit() else 1


def _forget_old(folder: Path, target: Path, cited: set[str]) -> None:
    """Remove old copies beyond KEEP and the disk space; never the newest, `latest`, or one that an assessment cites."""
    kept = {target, (folder / LATEST).resolve()}
    copies = sorted(_copies(folder), key=lambda path: path not in kept)  # kept ones, then the newest
    sizes = [path.stat().st_size for path in copies]
    room = (shutil.disk_usage(folder).free + sum(sizes)) * DISK_SHARE
    for number, path in enumerate(copies):
        fits = number < FEWEST or (number < KEEP and sum(sizes[: number + 1]) <= room)
        if not fits and path not in kept and path.stem not in cited:
            path.unlink()
