"""One night at a time in a data directory: `nightly.lock`, held by the process whose pid stands in it."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from govcrawl.records.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = "nightly.lock"


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
                f"{data}: process {pid} is inspecting into this directory. Wait for it, or stop it with "
                f"`kill {pid}` and run the same command again: it takes up where that one was."
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n".encode())
        file.flush()
        yield
