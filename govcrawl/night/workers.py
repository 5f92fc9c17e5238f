"""The processes that do the tasks of one run: started, watched, stopped; never outliving the one that started them.

Each is `scrapy crawl <kind>` with a share of the run's tasks. A process that ends before its tasks are done
(crash, out of memory, killed) is followed by another for what it left open.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from govcrawl.records.errors import BusyError, RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from govcrawl.records.runs import Run

POLL_S = 0.25
GENTLE_STOP_S = 5.0  # then what is under way is done again another time
MAX_IN_VAIN = 2  # a process killed from outside is followed by one that may do better
_HELD_PATIENCE_S = 5.0
_PR_SET_PDEATHSIG = 1


def work_off(
    run: Run,
    registries: Path,
    *,
    workers: int,
    settings: Sequence[str] = (),
    watch: Callable[[], None] = lambda: None,
) -> list[str]:
    """Do every open task of the run with so many processes; return the tasks that no process could finish.

    `settings` are Scrapy's own `NAME=VALUE`; `watch` is called several times a second. When processes keep
    ending without finishing any task, each open task gets a process to itself, so that only the ones that bring theirs
    down are lost. Raises RunError when not one task of the run gets done: then it is not the tasks.
    """
    shares = _Shares(run, registries, settings, watch)
    open_tasks = _ready(run)
    in_vain = 0
    while open_tasks and in_vain < MAX_IN_VAIN:
        before = len(open_tasks)
        at_once = min(workers, before)
        shares.do([(number, at_once) for number in range(1, at_once + 1)])
        open_tasks = _ready(run)
        in_vain = in_vain + 1 if len(open_tasks) == before else 0
    if open_tasks and len(open_tasks) == len(run.plan.tasks):
        raise RunError(
            f"{run.folder}: no process could do any task ({shares.last_words()}). "
            f"Read {run.folder / 'progress'}/*.log, mend it, and run the same command again."
        )
    places = [number for number, task in enumerate(run.plan.tasks, start=1) if task in set(open_tasks)]
    for first in range(0, len(places), workers):
        shares.do([(number, len(run.plan.tasks)) for number in places[first : first + workers]])
    return _ready(run)


@dataclass(slots=True)
class _Shares:
    """Shares of a run, `(3, 8)` the third of eight, each done by a process of its own."""

    run: Run
    registries: Path
    settings: Sequence[str]
    watch: Callable[[], None]

    def do(self, shares: Sequence[tuple[int, int]]) -> None:
        """Start a process for each share and watch them to their end, whatever that is."""
        for stale in self._progress().glob("*.json"):  # of processes that are gone
            stale.unlink()
        processes = [self._start(*share) for share in shares]
        try:
            while any(process.poll() is None for process in processes):
                self.watch()
                time.sleep(POLL_S)
            self.watch()
        finally:
            _stop(processes)

    def last_words(self) -> str:
        """The last line that the processes of this run have logged."""
        logs = sorted(self._progress().glob("*.log"), key=lambda path: path.stat().st_mtime)
        lines = logs[-1].read_text("utf-8", "replace").split("\n") if logs else []
        return next((line.strip() for line in reversed(lines) if line.strip()), "they said nothing")

    def _start(self, number: int, of: int) -> subprocess.Popen[bytes]:
        arguments = {"run": self.run.folder, "registries": self.registries, "shard": f"{number}/{of}"}
        command = [sys.executable, "-m", "scrapy", "crawl", self.run.plan.kind]
        command += [word for setting in self.settings for word in ("-s", setting)]
        command += [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
        parent = os.getpid()
        with (self._progress() / f"{number}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own spider
                command,
                env=os.environ | {"SCRAPY_SETTINGS_MODULE": "govcrawl.settings"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,  # Ctrl-C is ours to pass on
                preexec_fn=lambda: _die_with(parent),  # noqa: PLW1509 - no threads here
            )

    def _progress(self) -> Path:
        folder = self.run.folder / "progress"
        folder.mkdir(exist_ok=True)
        return folder


def _ready(run: Run) -> list[str]:
    """The open tasks, once what dead processes left is set aside."""
    deadline = time.monotonic() + _HELD_PATIENCE_S
    while True:
        try:
            return run.resume().open_tasks()
        except BusyError:  # the workers of a killed night die with it, though not in the same instant
            if time.monotonic() > deadline:
                raise
        time.sleep(POLL_S)


def _die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent ends, `kill -9` included, so no run gets two writers."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before it was asked
            os._exit(1)


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Let each finish what is under way, then insist."""
    for insist, patience_s in ((signal.SIGTERM, GENTLE_STOP_S), (signal.SIGKILL, None)):
        for process in processes:
            if process.poll() is None:
                process.send_signal(insist)
        deadline = None if patience_s is None else time.monotonic() + patience_s
        for process in processes:
            try:
                process.wait(None if deadline is None else max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
