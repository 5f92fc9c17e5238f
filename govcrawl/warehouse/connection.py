"""Opens DuckDB files: waits for a short time while another process has the file open, and explains errors.

While one process has a DuckDB file open for writing, no other can open it, not even to read. So the loader opens the
warehouse only for seconds, readers open published copies, and a process that finds the file locked waits.
"""

from __future__ import annotations

import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

from govcrawl.records.errors import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_PATIENCE_S = 10.0  # a load of one night takes seconds
_RETRY_S = 0.2

_INTERRUPTED = "Query interrupted"  # what DuckDB raises in place of what the handler of a signal raised

Connection = duckdb.DuckDBPyConnection

_CONFIG = {
    "allocator_background_threads": "true",  # what a query took goes back to the system within a second, not at the end
    # Subqueries that are alike would be worked out once, before the filter of either: a question about one night would read all nights.
    "disabled_optimizers": "common_subplan",
    "autoinstall_known_extensions": "false",  # a query must not download code from the network
    "storage_compatibility_version": "v1.4.0",  # DuckDB 1.4 and later can open new files; the format of 2.0 cannot
}


READER_MEMORY = "1GB"  # by default DuckDB caches what it reads until it fills four fifths of the memory


class BusyWarehouseError(WarehouseError):
    """Raised when another process keeps the file open for longer than LOCK_PATIENCE_S."""


REBUILD = "rebuild it from the run folders with `govcrawl load --rebuild`"


@contextmanager
def open_database(path: Path, *, read_only: bool = False, remedy: str = REBUILD) -> Iterator[Connection]:
    """Yield a connection; an unusable file raises WarehouseError with DuckDB's reason and the remedy."""
    connection = _connect(path, read_only=read_only, remedy=remedy)
    try:
        with heeding_signals():
            yield connection
    except duckdb.Error as error:
        raise _unusable(path, error, remedy) from error
    finally:
        connection.close()


@contextmanager
def heeding_signals() -> Iterator[None]:
    """A signal that comes while a statement runs raises KeyboardInterrupt, whichever it was: it is somebody's wish, no error."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == _INTERRUPTED:
            raise KeyboardInterrupt from error
        raise


def quoted(text: str) -> str:
    """A text as an SQL literal, for statements that take no parameters."""
    return "'" + text.replace("'", "''") + "'"


def _connect(path: Path, *, read_only: bool, remedy: str) -> Connection:
    deadline = time.monotonic() + LOCK_PATIENCE_S
    while True:
        try:
            limit = {"memory_limit": READER_MEMORY} if read_only else {}
            return duckdb.connect(str(path), read_only=read_only, config={**_CONFIG, **limit})
        except duckdb.Error as error:
            if "Could not set lock" not in str(error):
                raise _unusable(path, error, remedy) from error
            if time.monotonic() >= deadline:
                holder = re.search(r"PID (\d+)", str(error))
                who = f"process {holder[1]}" if holder else "another process"
                raise BusyWarehouseError(
                    f"{path}: {who} has it open; close it there (readers open published/latest.duckdb) "
                    "and run the same command again"
                ) from error
        time.sleep(_RETRY_S)


def _unusable(path: Path, error: duckdb.Error, remedy: str) -> WarehouseError:
    first_line = str(error).splitlines()[0]
    if "No space left" in first_line or "Permission denied" in first_line:
        remedy = "make room or change its permissions, then run the same command again"
    return WarehouseError(f"{path}: {first_line}; {remedy}")
