"""One night at a time in a data directory: `nightly.lock`, held by the process whose pid stands in it."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from govcrawl.records.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = "nightly.lock"
STILL_FOR = timedelta(
    minutes=30
)  # nothing a night does writes nothing for so long: a page is given up after one minute
WRITTEN = (
    "*",
    "runs/*/progress/*",
)  # what a night under way writes to, each stage at least every few minutes


@contextmanager
def night_lock(data: Path) -> Iterator[None]:
    """Hold the data directory, or raise BusyError with the pid of who does.

    The lock is the kernel's and goes with its process, so what `kill -9` leaves behind is only a file.
    """
    with (data / LOCK).open("a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            pid = file.read(20).decode("ascii", "replace").strip()
            raise BusyError(
                f"{data}: process {pid} is inspecting into this directory. {_advice(data, pid)}"
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n".encode())
        file.flush()
        yield


def _advice(data: Path, pid: str) -> str:
    """What to do about the holder of a lock: wait while it writes, take over where it has stopped writing."""
    again = "run the same command again: it takes up where that one was"
    still = datetime.now(UTC) - _last_written(data)
    if still < STILL_FOR:
        return f"Wait for it, or stop it with `kill {pid}` and {again}."
    hours, minutes = divmod(int(still.total_seconds()) // 60, 60)
    return (
        f"It has written nothing for {hours} h {minutes:02} min and seems to hang. Take over: `kill {pid}`, "
        f"`kill -9 {pid}` if it is still there a minute later, and {again}."
    )


def _last_written(data: Path) -> datetime:
    moments = []
    for path in (path for pattern in WRITTEN for path in data.glob(pattern)):
        with suppress(OSError):  # taken away meanwhile, so something moves
            moments.append(path.stat().st_mtime)
    return datetime.fromtimestamp(max(moments), UTC)
