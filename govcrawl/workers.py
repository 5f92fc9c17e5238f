"""The processes that do the tasks of one run: started, watched, stopped; never outliving the one that started them.

Each is `scrapy crawl <kind>` with a share of the run's tasks. A process that ends before its tasks are done
(crash, out of memory, killed) is followed by another for what is open, as long as that brings tasks to their end.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from govcrawl.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from govcrawl.runs import Run

POLL_S = 0.25
GENTLE_STOP_S = 20.0  # a request under way may take as long as its timeout
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

    `settings` are Scrapy's own `NAME=VALUE`; `watch` is called several times a second.
    """
    attempts_without_gain = 0
    open_tasks = _ready(run)
    while open_tasks and attempts_without_gain < 2:
        shards = _start(run, registries, min(workers, len(open_tasks)), settings)
        try:
            while any(process.poll() is None for process in shards):
                watch()
                time.sleep(POLL_S)
            watch()
        finally:
            _stop(shards)
        left = _ready(run)
        attempts_without_gain = 0 if len(left) < len(open_tasks) else attempts_without_gain + 1
        open_tasks = left
    return open_tasks


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


def _start(
    run: Run, registries: Path, workers: int, settings: Sequence[str]
) -> list[subprocess.Popen[bytes]]:
    options = [word for setting in settings for word in ("-s", setting)]
    logs = run.folder / "progress"
    logs.mkdir(exist_ok=True)
    for stale in logs.glob("*.json"):  # of processes that are gone
        stale.unlink()
    parent = os.getpid()
    processes = []
    for number in range(1, workers + 1):
        arguments = {"run": run.folder, "registries": registries, "shard": f"{number}/{workers}"}
        command = [sys.executable, "-m", "scrapy", "crawl", run.plan.kind, *options]
        command += [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
        with (logs / f"{number}.log").open("ab") as log:
            processes.append(
                subprocess.Popen(  # noqa: S603 - our own spider
                    command,
                    env=os.environ | {"SCRAPY_SETTINGS_MODULE": "govcrawl.settings"},
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    process_group=0,  # Ctrl-C is ours to pass on
                    preexec_fn=lambda: _die_with(parent),  # noqa: PLW1509 - no threads here
                )
            )
    return processes


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
