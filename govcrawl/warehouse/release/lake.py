"""Registers a release in a lake: DuckLake tables over the very files of the release, with PostgreSQL as catalogue (extra `lake`).

No file is copied, written or removed. Many readers may ask while a batch is registered: it is one commit, and one version of
the lake, to which anybody can go back. One process registers at a time; DuckLake numbers its versions by the greatest plus one, so several
would race.

    release.<view>   a table over all files of a view, by night
    <view>           as `views.sql` of the release tells it: withdrawn assessments left out, of what stood after each night the newest
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import duckdb
import orjson

from govcrawl.records.errors import BusyError, FolderError, UserError
from govcrawl.records.remote_files import Store
from govcrawl.warehouse.connection import quoted
from govcrawl.warehouse.release.in_store import read_store
from govcrawl.warehouse.release.papers import view_over
from govcrawl.warehouse.release.ways import PARTITION, ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.warehouse.connection import Connection

EXTENSIONS: Final = ("httpfs", "postgres", "ducklake")
TABLES: Final = "release"
"""The schema of the tables over files."""
SAFE_MESSAGES: Final = ("C", "POSIX", "C.UTF-8", "C.utf8")
"""Languages of PostgreSQL's messages in which DuckLake understands that a commit may be tried again."""
_AUTHOR: Final = "govcrawl export"
_LOCK: Final = 0x676F_7663  # "govc": the advisory lock of PostgreSQL that a committer holds
_RETRIES, _PAUSE_MS = 30, 2000  # of a request to the bucket that is answered by 503


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the lake: the batch it added, when it was committed, of how many files and rows."""

    number: int
    batch: str
    committed_at: str
    files: int
    rows: int
    sha256: str  # of what the manifest of the release says of the batch


def register(release: str, catalogue: str) -> list[Version]:
    """Register the batches of a release that the lake lacks, each in one commit; returns the versions this made.

    `release`: folder or s3:// address; `catalogue`: how PostgreSQL is reached, as libpq takes it. Raises UserError when packages,
    store or catalogue cannot be used, FolderError for a release that is not the lake's, BusyError while another process registers.
    """
    place = release.rstrip("/") if "://" in release else str(Path(release).resolve())
    found = read_store(Store(place, "lake"))
    if not found.batches:
        raise FolderError(f"{release}: no release is there; make one with `govcrawl export --to {release}`")
    with _lake(catalogue, place) as connection:
        versions = [(version.batch, version.sha256) for version in _versions(connection)]
        if versions != [(batch["batch"], _hash(batch)) for batch in found.batches[: len(versions)]]:
            raise FolderError(
                f"{release}: not the release of this lake, which has registered up to {versions[-1][0]}: another office's, or an older "
                "copy. Name the right release, or another database with --catalogue"
            )
        for batch in found.batches[len(versions) :]:
            _commit(connection, batch, place)
        return _versions(connection)[len(versions) :]


def versions(catalogue: str) -> list[Version]:
    """All versions of a lake that hold a batch, the oldest first."""
    with _lake(catalogue, None) as connection:
        return _versions(connection)


# ---------- opening


def connection_with_extensions() -> Connection:
    """A DuckDB in memory with what a lake needs, from packages; nothing is downloaded. UserError when they do not fit."""
    try:
        from duckdb_extensions import import_extension  # noqa: PLC0415 - of the extra `lake`
    except ImportError as error:
        raise UserError(_unfit("the extra `lake` is not installed")) from error
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    for name in EXTENSIONS:
        try:
            import_extension(name, con=connection)
            connection.execute(f"LOAD {name}")
        except (ImportError, duckdb.Error) as error:
            raise UserError(_unfit(f"no extension {name} for it ({str(error).splitlines()[0]})")) from error
    connection.execute(f"SET GLOBAL http_retries = {_RETRIES}")
    connection.execute(f"SET GLOBAL http_retry_wait_ms = {_PAUSE_MS}")
    connection.execute("SET GLOBAL http_retry_backoff = 1")
    if secret := _secret(dict(os.environ)):
        connection.execute(secret)
    return connection


def _unfit(what: str) -> str:
    return (
        f"lake: DuckDB {duckdb.__version__} here and {what}. The extensions come as packages for one version of DuckDB only: make an "
        "environment of its own for the lake with `pip install 'govcrawl[lake]'`"
    )


def _secret(environment: dict[str, str]) -> str | None:
    """The statement that gives DuckDB the keys of the bucket, as the environment has them for other tools; None without keys."""
    key = environment.get("AWS_ACCESS_KEY_ID")
    if not key:
        return None
    given = {"KEY_ID": key, "SECRET": environment.get("AWS_SECRET_ACCESS_KEY", "")}
    given |= {"REGION": environment.get("AWS_REGION", "us-east-1")}
    if token := environment.get("AWS_SESSION_TOKEN"):
        given["SESSION_TOKEN"] = token
    options = [f"{name} {quoted(value)}" for name, value in given.items()]
    if endpoint := environment.get("AWS_ENDPOINT_URL"):
        address = urlsplit(endpoint)
        options += [f"ENDPOINT {quoted(address.netloc)}", "URL_STYLE 'path'"]
        options += [f"USE_SSL {str(address.scheme == 'https').lower()}"]
    return f"CREATE SECRET (TYPE s3, {', '.join(options)})"


@contextmanager
def _lake(catalogue: str, release: str | None) -> Iterator[Connection]:
    """A connection in which the lake is attached as `lake`: to add to when `release` is given, else to read."""
    connection = connection_with_extensions()
    try:
        if (messages := _attach(connection, catalogue)) not in SAFE_MESSAGES:
            raise UserError(f"lake: {wrong_messages(messages)}")
        if release is not None:
            _hold(connection)
        options = f"DATA_PATH {quoted(f'{release}/')}" if release is not None else "READ_ONLY"
        lake = connection.cursor()  # with a transaction of its own: that of `connection` keeps the lock
        lake.execute(f"ATTACH {quoted(f'ducklake:postgres:{catalogue}')} AS lake ({options})")
        yield lake
    except duckdb.Error as error:
        raise UserError(f"lake: {_reason(str(error))}") from error
    finally:
        connection.close()


def _attach(connection: Connection, catalogue: str) -> str:
    """Attach the database of the catalogue as `catalogue` and begin a transaction; returns the language of its messages."""
    connection.execute(f"ATTACH {quoted(catalogue)} AS catalogue (TYPE postgres)")
    connection.execute("BEGIN")
    return _of_postgres(connection, "SELECT current_setting('lc_messages')")


def language_of(catalogue: str) -> str:
    """The language in which the database of a catalogue tells its errors (`lc_messages`). UserError when it is not reached."""
    connection = connection_with_extensions()
    try:
        return _attach(connection, catalogue)
    except duckdb.Error as error:
        raise UserError(f"lake: {_reason(str(error))}") from error
    finally:
        connection.close()


def wrong_messages(messages: str) -> str:
    """What is wrong with a language of messages that is not C, and how to mend it."""
    return (
        f"the catalogue tells errors in {messages} (lc_messages); DuckLake tries again by reading English ones, and commits would fail. "
        "As an administrator of the database: ALTER ROLE … SET lc_messages = 'C'"
    )


def _hold(connection: Connection) -> None:
    """Keep others from registering until the transaction of this connection ends, also by the death of the process."""
    if _of_postgres(connection, f"SELECT pg_try_advisory_xact_lock({_LOCK})::text") != "true":
        raise BusyError("lake: another process is registering in it; wait until it has ended, or look for it")


def _of_postgres(connection: Connection, question: str) -> str:
    (answer,) = connection.execute(
        "FROM postgres_query('catalogue', $question)", {"question": question}
    ).fetchone() or ("",)
    return str(answer)


def _reason(error: str) -> str:
    """What DuckDB said, with what to do where it is known."""
    first = error.splitlines()[0]
    if "version mismatch" in error or "only supports versions" in error:
        return f"the catalogue is of another version of DuckLake than this one's; use a version of govcrawl as new as it ({first})"
    if "does not exist - and creating" in error:
        return (
            "no release is registered in that database yet; name one: `govcrawl lake RELEASE --catalogue …`"
        )
    if "DATA_PATH" in error:
        return f"{first}. The lake holds a release at another address; name that, or another database with --catalogue"
    return f"{first}. See that database and bucket are reached and let us write; nothing was registered by half, and the same command goes on"


# ---------- committing


def _commit(connection: Connection, batch: dict[str, Any], release: str) -> None:
    """One batch as one version: its files, and whatever tables and columns are new with it."""
    connection.execute("BEGIN")
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS lake.{TABLES}")
    paths: dict[str, list[str]] = {}
    for file in batch["files"]:
        paths.setdefault(file["view"], []).append(f"{release}/{file['path']}")
    for view, files in paths.items():
        changed = _fit(connection, view, files, batch["batch"])
        connection.execute(
            "CALL ducklake_add_data_files('lake', $table, $files, schema => $schema, hive_partitioning => true, allow_missing => true)",
            {"table": view, "files": files, "schema": TABLES},
        )
        if changed:
            connection.execute(f'DROP VIEW IF EXISTS lake.main."{view}"')
    _make_views(connection)
    about = {"batch": batch["batch"], "sha256": _hash(batch), "files": len(batch["files"])}
    about |= {"rows": sum(file["rows"] for file in batch["files"])}
    connection.execute(
        "CALL ducklake_set_commit_message('lake', $author, $batch, extra_info => $about)",
        {"author": _AUTHOR, "batch": batch["batch"], "about": orjson.dumps(about).decode()},
    )
    connection.execute("COMMIT")


def _fit(connection: Connection, view: str, files: list[str], batch: str) -> bool:
    """Make the table of a view, or give it the columns that these files have and it lacks; returns whether anything changed.

    A column that is of another type from now on gets a place of its own; what was is called `<column>_before_<batch>` then.
    """
    table = f'lake.{TABLES}."{view}"'
    wanted = _columns(
        connection,
        f"read_parquet([{', '.join(map(quoted, files))}], union_by_name = true, hive_partitioning = false)",
    )
    if not _exists(connection, TABLES, view):
        made = ", ".join(f'"{name}" {kind}' for name, kind in {**wanted, PARTITION: "DATE"}.items())
        connection.execute(f"CREATE TABLE {table} ({made})")
        connection.execute(f"ALTER TABLE {table} SET PARTITIONED BY ({PARTITION})")
        return True
    there = _columns(connection, table)
    other = {name: kind for name, kind in wanted.items() if there.get(name) != kind}
    for name, kind in other.items():
        if name in there:
            connection.execute(f'ALTER TABLE {table} RENAME COLUMN "{name}" TO "{name}_before_{batch}"')
        connection.execute(f'ALTER TABLE {table} ADD COLUMN "{name}" {kind}')
    return bool(other)


def _make_views(connection: Connection) -> None:
    """The views that are not there, over the tables that are."""
    for view, way in ways().items():
        if _exists(connection, TABLES, view) and not _exists(connection, "main", view):
            body = view_over(way, f'{TABLES}."{view}"', f"{TABLES}.withdrawn_assessment")
            connection.execute(f'CREATE VIEW lake.main."{view}" AS {body}')


def _exists(connection: Connection, schema: str, name: str) -> bool:
    found = connection.execute(
        "SELECT count(*) FROM information_schema.tables WHERE table_catalog = 'lake' AND table_schema = $schema AND table_name = $name",
        {"schema": schema, "name": name},
    ).fetchone()
    return bool(found and found[0])


def _columns(connection: Connection, of: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE FROM {of}").fetchall()}


# ---------- versions


def _versions(connection: Connection) -> list[Version]:
    rows = connection.execute(
        "SELECT snapshot_id, commit_extra_info, snapshot_time::VARCHAR FROM ducklake_snapshots('lake') WHERE author = $author ORDER BY snapshot_id",
        {"author": _AUTHOR},
    ).fetchall()
    commits = [(number, orjson.loads(about), at) for number, about, at in rows]
    return [
        Version(number, about["batch"], at, about["files"], about["rows"], about["sha256"])
        for number, about, at in commits
    ]


def _hash(batch: dict[str, Any]) -> str:
    return sha256(orjson.dumps(batch, option=orjson.OPT_SORT_KEYS)).hexdigest()
