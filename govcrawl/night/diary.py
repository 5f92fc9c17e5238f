"""Keeps the record of the night under way: each stage with its figures, time and memory, and how the night ended."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Final

from govcrawl.night.memory import PeakMemory
from govcrawl.records import nights
from govcrawl.records.errors import PublishHeld, UserError
from govcrawl.records.items import instant
from govcrawl.records.nights import NightRecord, Stage
from govcrawl.records.states import NightState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

LOGS: Final = "logs"
_LOG_BYTES: Final = 1 << 20
_LOGS_KEPT: Final = 9


@dataclass(slots=True)
class Diary:
    """The record of one night. What is written down is on the disk at once."""

    data: Path
    night: NightRecord
    clock: Callable[[], datetime]
    memory: PeakMemory = field(default_factory=PeakMemory)

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Record a stage; done again after a night was taken up, it takes the place of what it was."""
        stage = Stage(name, instant(self.clock()))
        self.night.stages = [each for each in self.night.stages if each.name != name] + [stage]
        self.memory = PeakMemory()
        self._keep()
        begun_s = time.monotonic()
        try:
            yield stage
        finally:
            stage.seconds = round(time.monotonic() - begun_s, 1)
            stage.peak_mb = self.memory.mb()
        stage.ended_at = instant(self.clock())
        self._keep()

    @contextmanager
    def ending(self) -> Iterator[None]:
        """Record how the night ended, whichever way it does; only `kill -9` leaves it `running`."""
        try:
            yield
        except PublishHeld as held:
            self._end(NightState.HELD, str(held))
            raise
        except Exception as error:
            self._end(NightState.FAILED, str(error) if isinstance(error, UserError) else f"{error!r}")
            raise
        except BaseException:
            self._end(NightState.STOPPED, "somebody ended it; the same command goes on")
            raise
        self._end(NightState.FINISHED, None)

    def _end(self, state: NightState, reason: str | None) -> None:
        self.night.state, self.night.reason = state, reason
        self.night.finished_at = instant(self.clock())
        try:
            self._keep()
        except (UserError, OSError):
            if state == NightState.FINISHED:
                raise
            # The disk that failed the night fails its record too: what failed it is told all the same.

    def _keep(self) -> None:
        nights.keep(self.data, self.night)


def log_of_nights(data: Path) -> logging.Logger:
    """The log of what nights say, `logs/nights.log`: a megabyte a file, the last ten kept."""
    logger = logging.getLogger("govcrawl.nights")
    path = data / LOGS / "nights.log"
    if not any(getattr(handler, "baseFilename", None) == str(path) for handler in logger.handlers):
        path.parent.mkdir(exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(message)s"))
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.INFO)
    return logger
