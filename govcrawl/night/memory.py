"""The most memory that a stage of the night used, as Linux reports it; None on other systems."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20
_LOOK_EVERY_S = 2.0
_PROC = Path("/proc")


class PeakMemory:
    """The height of one step: of this process the kernel's own mark, of its crawling processes the largest sum seen.

    Pages that several of them share are counted once (PSS); where the kernel does not tell, for each.
    """

    def __init__(self) -> None:
        self._family_mb = 0.0
        self._looked_s = 0.0
        with suppress(OSError):  # an old kernel, or not Linux: the mark is of the whole night
            (_PROC / "self" / "clear_refs").write_text("5")  # begins the mark anew

    def look(self) -> None:
        """Look at the crawling processes, if it is time to."""
        if time.monotonic() - self._looked_s >= _LOOK_EVERY_S:
            self._looked_s = time.monotonic()
            self._family_mb = max(self._family_mb, sum(map(_resident_mb, _family(os.getpid()))))

    def mb(self) -> int | None:
        """Megabytes at the height."""
        own = _own_peak_mb()
        return None if own is None else round(max(own, self._family_mb))


def available_mb() -> int | None:
    """Memory that new processes may take, by what the machine has free and what the control group allows."""
    try:
        lines = (_PROC / "meminfo").read_text().splitlines()
    except OSError:
        return None
    free = next(int(line.split()[1]) // 1024 for line in lines if line.startswith("MemAvailable"))
    group = Path("/sys/fs/cgroup")
    try:
        limit = (group / "memory.max").read_text().strip()
        used = int((group / "memory.current").read_text())
    except OSError:
        return free
    return free if limit == "max" else min(free, (int(limit) - used) >> 20)


def _own_peak_mb() -> float | None:
    try:
        lines = (_PROC / "self" / "status").read_text().splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = [
            int(child)
            for path in (_PROC / str(pid) / "task").glob("*/children")
            for child in path.read_text().split()
        ]
    except OSError:  # it ended while we looked
        return []
    return [pid, *(each for child in children for each in _family(child))]


def _resident_mb(pid: int) -> float:
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        pass  # a kernel before 4.14, or another user's process
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1]) * _PAGE_MB
    except (OSError, IndexError):
        return 0.0
