"""What a process cost, asked of it while it lived and when it ended."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess


@dataclass(frozen=True, slots=True)
class Cost:
    code: int  # it ended with
    cpu_s: float  # of it and the children it waited for
    peak_mb: float


def watched_to_its_end(process: subprocess.Popen) -> Cost:
    """Wait for a process of ours and say what it took, of this one alone, whatever else runs here."""
    peak_mb, pid = 0.0, 0
    while not pid:
        peak_mb = max(peak_mb, memory_mb(process.pid, "VmHWM"))
        time.sleep(0.05)
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(process.returncode, used.ru_utime + used.ru_stime, peak_mb)


def memory_mb(pid: int, name: str) -> float:
    """VmRSS or VmHWM of a living process: what `wait4` says of a dead one counts the process it was forked from."""
    status = Path(f"/proc/{pid}/status").read_text("ascii", "replace")
    return max(
        (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(name)), default=0.0
    )
