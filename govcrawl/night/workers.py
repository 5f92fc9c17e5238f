"""The processes that do the tasks of one run: started, watched, stopped; never outliving the one that started them.

Each is `scrapy crawl <kind>` with a share of the run's tasks (`shares.py`). A process that ends before its tasks are done
(crash, out of memory, killed) is followed by another for what it left open. One that does not move any more is ended;
if it was reading a page, that page is put aside as unreadable and another process goes on behind it at once.
"""

from __future__ import annotations

import logging
import signal
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from govcrawl.night.crawl_process import CrawlProcess
from govcrawl.night.shares import Dealer
from govcrawl.records.at_hand import hands_path, note_unreadable, page_in
from govcrawl.records.errors import BusyError, RunError
from govcrawl.settings import READ_MAX_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from govcrawl.records.runs import Run

logger = logging.getLogger(__name__)

POLL_S = 0.25
SILENT_MAX_S = (
    900.0  # without a sign of life and without a page at hand: gathering a night's links takes minutes
)
GENTLE_STOP_S = 5.0  # then what is under way is done again another time
MAX_IN_VAIN = 2  # a process killed from outside is followed by one that may do better
_HELD_PATIENCE_S = 5.0


def work_off(
    run: Run,
    registries: Path,
    *,
    workers: int,
    tasks: Sequence[str] | None = None,
    dealer: Dealer | None = None,
    settings: Sequence[str] = (),
    until: datetime | None = None,
    watch: Callable[[], None] = lambda: None,
) -> list[str]:
    """Do every open task of the run, or of `tasks`, with so many processes; return the tasks that no process could finish.

    From `until` on no task is begun any more; those that were never begun are among what is returned.

    `settings` are Scrapy's own `NAME=VALUE`; `watch` is called several times a second. When processes keep
    ending without finishing any task, each open task gets a process to itself, so that only the ones that bring theirs
    down are lost. Raises RunError when not one task of the run gets done: then it is not the tasks.
    """
    wanted = run.plan.tasks if tasks is None else tasks
    dealer = dealer or Dealer()
    shares = _Shares(run, registries, settings, watch, _read_max_s(settings))
    open_tasks = _ready(run, wanted)
    in_vain = 0
    while open_tasks and in_vain < MAX_IN_VAIN and not is_past(until):
        before = len(open_tasks)
        dealt = dealer.deal(open_tasks, workers)
        shares.do([(number, share.tasks) for number, share in enumerate(dealt, start=1)])
        open_tasks = _ready(run, wanted)
        in_vain = in_vain + 1 if len(open_tasks) == before else 0
    if is_past(until):
        return open_tasks
    if open_tasks and len(run.open_tasks()) == len(run.plan.tasks):
        raise RunError(
            f"{run.folder}: no process could do any task ({shares.last_words()}). "
            f"Read {run.folder / 'progress'}/*.log, mend it, and run the same command again."
        )
    alone = [(number, (task,)) for number, task in enumerate(open_tasks, start=1)]
    for first in range(0, len(alone), workers):
        shares.do(alone[first : first + workers])
    return _ready(run, wanted)


def is_past(until: datetime | None) -> bool:
    """Whether the hour has come from which on no task is begun."""
    return until is not None and datetime.now(UTC) >= until


@dataclass(slots=True)
class _Shares:
    """Shares of a run, each with the number of the process that does it."""

    run: Run
    registries: Path
    settings: Sequence[str]
    watch: Callable[[], None]
    read_max_s: float

    def do(self, shares: Sequence[tuple[int, Sequence[str]]]) -> None:
        """Start a process for each share and watch them to their end, whatever that is."""
        for stale in self._progress().glob("*.json"):  # of processes that are gone
            stale.unlink()
        workers = [_Worker(number, share, self._start(number, share)) for number, share in shares]
        try:
            while not all(worker.process.ended() for worker in workers):
                self.watch()
                for worker in workers:
                    self._look_after(worker)
                time.sleep(POLL_S)
            self.watch()
        finally:
            _stop([worker.process for worker in workers])

    def _look_after(self, worker: _Worker) -> None:
        """End a process that does not move any more; behind a page it never put down another goes on."""
        if worker.process.ended():
            return
        number = worker.number
        silent_s = time.monotonic() - max(worker.started_s, _latest_beat(self._progress() / f"{number}.json"))
        if silent_s <= self.read_max_s:
            return
        held = page_in(hands_path(self.run.folder, number))
        if held is None and silent_s <= SILENT_MAX_S:
            return
        worker.process.send_signal(signal.SIGKILL)
        worker.process.ended(within_s=None)
        logger.error(
            "%s: process %d did not move for %.0f s and was ended%s",
            self.run.folder,
            worker.process.pid,
            silent_s,
            "" if held is None else f"; it was reading {held[0].url}, which is unreadable from here on",
        )
        if held is None:
            return
        note_unreadable(self.run.folder, *held)
        self.run.resume(frozenset(worker.share))
        worker.process, worker.started_s = self._start(number, worker.share), time.monotonic()

    def last_words(self) -> str:
        """The last line that the processes of this run have logged."""
        logs = sorted(self._progress().glob("*.log"), key=lambda path: path.stat().st_mtime)
        lines = logs[-1].read_text("utf-8", "replace").split("\n") if logs else []
        said = [line.strip() for line in lines if line.strip()]
        # What stopped a crawl is logged as critical, and Scrapy's figures of the stopped crawl come after it.
        critical = [line.partition("CRITICAL: ")[2] for line in said if "CRITICAL: " in line]
        return next(iter([*reversed(critical), *reversed(said)]), "they said nothing")

    def _start(self, number: int, share: Sequence[str]) -> CrawlProcess:
        self.run.deal_out(number, share)
        arguments = {"run": self.run.folder, "registries": self.registries, "share": number}
        words = ["crawl", self.run.plan.kind]
        words += [word for setting in self.settings for word in ("-s", setting)]
        words += [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
        hands_path(self.run.folder, number).unlink(missing_ok=True)  # what a process before it held
        return CrawlProcess.start(words, self._progress() / f"{number}.log")

    def _progress(self) -> Path:
        folder = self.run.folder / "progress"
        folder.mkdir(exist_ok=True)
        return folder


@dataclass(slots=True)
class _Worker:
    """The process of a share; another one after the first was ended."""

    number: int
    share: Sequence[str]
    process: CrawlProcess
    started_s: float = field(default_factory=time.monotonic)


def _latest_beat(path: Path) -> float:
    """When a process last moved, by its own word; 0 while it has said nothing."""
    try:
        return float(orjson.loads(path.read_bytes())["beat_s"])
    except (OSError, orjson.JSONDecodeError):
        return 0.0


def _read_max_s(settings: Sequence[str]) -> float:
    given = dict(setting.split("=", 1) for setting in settings)
    return float(given.get("READ_MAX_SECONDS", READ_MAX_SECONDS))


def _ready(run: Run, wanted: Sequence[str]) -> list[str]:
    """Those of the tasks that are open, once what dead processes left is set aside."""
    among = frozenset(wanted)
    deadline = time.monotonic() + _HELD_PATIENCE_S
    while True:
        try:
            return [task for task in run.resume(among).open_tasks() if task in among]
        except BusyError:  # the workers of a killed night die with it, though not in the same instant
            if time.monotonic() > deadline:
                raise
        time.sleep(POLL_S)


def _stop(processes: Sequence[CrawlProcess]) -> None:
    """Let each finish what is under way, then insist."""
    for insist, patience_s in ((signal.SIGTERM, GENTLE_STOP_S), (signal.SIGKILL, None)):
        for process in processes:
            process.send_signal(insist)
        deadline = None if patience_s is None else time.monotonic() + patience_s
        for process in processes:
            process.ended(within_s=None if deadline is None else max(0.0, deadline - time.monotonic()))
