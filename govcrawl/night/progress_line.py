"""What a person sees of a run under way: one line that renews itself on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

import orjson

from govcrawl.records.kinds import RunKind

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.records.runs import Run

PLAIN_LINE_EVERY_S = 30.0
LOG_BYTES = 20 << 20  # of one crawling process; the part before is kept beside it once
TERMINAL_LINE_EVERY_S = 0.5


@dataclass(slots=True)
class Progress:
    """The progress of one run, added up over its processes. `sites` are those the run is about."""

    run: Run
    sites: int
    out: TextIO
    _open_at_start: int = field(init=False)
    _begun_s: float = field(default_factory=time.monotonic)
    _shown_s: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self._open_at_start = len(self.run.open_tasks())

    def show(self) -> None:
        """Say where the run is, if it is time to."""
        terminal = self.out.isatty()
        if time.monotonic() - self._shown_s < (TERMINAL_LINE_EVERY_S if terminal else PLAIN_LINE_EVERY_S):
            return
        self._shown_s = time.monotonic()
        width = shutil.get_terminal_size().columns - 1  # a line that wraps could not be taken back
        self.out.write(f"\r\x1b[K{self.line()[:width]}" if terminal else f"{self.line()}\n")
        self.out.flush()

    def clear(self) -> None:
        """Take the renewing line away, so that another can stand there."""
        if self.out.isatty():
            self.out.write("\r\x1b[K")
            self.out.flush()

    def line(self) -> str:
        """`visit: 12 of 16 sites, 2,310 pages, 14 faults so far, about 2 min left`."""
        pages, faults, queue = (self._sum(name) for name in ("pages", "faults", "queue"))
        match self.run.plan.kind:
            case RunKind.AVAILABILITY:
                done, total, text = pages, self.sites, f"{pages} of {self.sites} sites"
            case RunKind.LINKS:
                done, total, text = pages, pages + queue, f"{pages:,} of {pages + queue:,} link targets"
            case _:
                done, total = self._sum("tasks_done"), self._open_at_start
                at_start = len(self.run.plan.tasks) - total
                text = f"{at_start + done} of {at_start + total} sites, {pages:,} pages"
        return f"{self.run.plan.kind}: {text}, {faults:,} failed so far{self._left(done, total)}"

    def _left(self, done: int, total: int) -> str:
        if not 0 < done < total:
            return ""
        minutes = (time.monotonic() - self._begun_s) * (total - done) / done / 60
        return ", under a minute left" if minutes < 1 else f", about {minutes:.0f} min left"

    def _sum(self, name: str) -> int:
        return sum(tally.get(name, 0) for tally in self._tallies())

    def _tallies(self) -> list[dict[str, Any]]:
        return [orjson.loads(path.read_bytes()) for path in (self.run.folder / "progress").glob("*.json")]


def keep_logs_short(folder: Path) -> None:
    """Put what a crawling process has logged aside as `<n>.log.1` when it grows too long; the process writes on."""
    for log in folder.glob("*.log"):
        if log.stat().st_size > LOG_BYTES:
            shutil.copyfile(log, log.with_name(f"{log.name}.1"))
            os.truncate(log, 0)  # it is open for appending there, and goes on at the new end
