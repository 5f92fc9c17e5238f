"""A clock that stands still while this process is busy, and deadlines measured by it.

While a page is read, which takes seconds if it is huge, answers wait in our process. Measurements and deadlines of hosts must
leave that time out; otherwise one page would make all other sites of the process seem slow or dead.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from scrapy.crawler import Crawler

BEAT_S: Final = 0.05
_LAG_MEMORY: Final = 0.9  # weight of the lag so far against the newest beat: averages about half a second
_Came = TypeVar("_Came")


class OwnClock:
    """Measures by a beat for how long this process could not listen; where no crawl runs, no time is left out."""

    def __init__(self) -> None:
        self.lag_s = 0.0  # by which a beat is late, on average
        self._held_s = 0.0
        self._due_s: float | None = None  # of the next beat

    def begin(self) -> None:
        self._due_s = monotonic() + BEAT_S

    def beat(self) -> None:
        now_s = monotonic()
        late_s = self._late_s(now_s)
        self._held_s += late_s
        self.lag_s = _LAG_MEMORY * self.lag_s + (1 - _LAG_MEMORY) * late_s
        self._due_s = now_s + BEAT_S

    def end(self) -> None:
        """Go on as any clock: no beat is due any more."""
        self._held_s = self.held_s()
        self._due_s = None

    def held_s(self) -> float:
        """Seconds in all for which this process was held."""
        return self._held_s + self._late_s(monotonic())

    def now_s(self) -> float:
        """Seconds since some instant, those left out in which this process was held."""
        return monotonic() - self.held_s()

    def _late_s(self, now_s: float) -> float:
        return 0.0 if self._due_s is None else max(0.0, now_s - self._due_s)


own_clock: Final = OwnClock()


class KeepOwnClock:
    """The extension that lets the clock beat while a crawl runs."""

    def __init__(self) -> None:
        self._beat = create_looping_call(own_clock.beat)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        keeper = cls()
        crawler.signals.connect(keeper.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(keeper.spider_closed, signal=signals.spider_closed)
        return keeper

    def spider_opened(self) -> None:
        own_clock.begin()
        self._beat.start(BEAT_S, now=False)

    def spider_closed(self) -> None:
        self._beat.stop()
        own_clock.end()


async def at_most(seconds: float, work: Awaitable[_Came]) -> _Came:
    """Wait for something, but not longer than `seconds` of our own clock; TimeoutError when it did not finish.

    Cancelling is not enough: the cancelled task may itself wait for a page that never closes.
    """
    task = asyncio.ensure_future(work)
    end_s = own_clock.now_s() + seconds
    try:
        while not task.done() and (left_s := end_s - own_clock.now_s()) > 0:
            await asyncio.wait({task}, timeout=left_s)
        if not task.done():
            raise TimeoutError
        return task.result()
    finally:
        if not task.done():
            task.add_done_callback(_forget)
            task.cancel()


def _forget(ended: asyncio.Future[Any]) -> None:
    with suppress(asyncio.CancelledError):
        ended.exception()
