"""Sets the delay between requests to one address: longer when its answers get slow, a pause when it asks or is overloaded.

It replaces Scrapy's AutoThrottle, which counts our own lag as the site's: while we read pages, answers wait in our
process, so every site seems slower when we are busy. Here the lag of this process is subtracted from the latency to get
the time of the site itself (see docs/decisions/visit.md). A host whose pages hold the process is asked less often too.
"""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from govcrawl.network.own_clock import BEAT_S, own_clock

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

_LATELY = 10  # latest answers by which a host is judged overloaded
_MANY_FAILED = 5  # of these: timeouts, resets, 5xx
_USUAL = 5  # first answers of a host: the fastest of them is its usual time
_MUCH_SLOWER = 4.0  # times its usual time
_SLOW_S = 1.0  # no host that answers faster than this counts as overloaded
_SLOW_DOWN_STATUSES = frozenset({429, 503})
_LEAST_DELAY_S = 1.0  # shortest delay for a host that asked us to slow down
_SUFFERING = frozenset({500, 502, 503, 504})
_HOLDS_S = 0.5  # of reading one page, from which on others wait noticeably; a usual page takes a tenth
_OTHERS_SHARE = 2.0  # times as long as such pages took, all together, the process is left to the other hosts


@dataclass(slots=True)
class Host:
    """How one address has answered so far. Times are in seconds and exclude our own lag."""

    usual_s: float | None = None
    first: list[float] = field(default_factory=list)
    lately_s: deque[float] = field(default_factory=lambda: deque(maxlen=_USUAL))
    lately_failed: deque[bool] = field(default_factory=lambda: deque(maxlen=_LATELY))
    rests: int = 0

    def note(self, took_s: float | None, *, failed: bool) -> None:
        """Remember one answer and the time it took; None when no answer came."""
        self.lately_failed.append(failed)
        if took_s is None:
            return
        self.lately_s.append(took_s)
        if self.usual_s is None:
            self.first.append(took_s)
            if len(self.first) == _USUAL:
                self.usual_s = min(self.first)

    def suffers(self) -> bool:
        """Whether the host is overloaded: many of its latest answers failed, or all were much slower than usual."""
        if sum(self.lately_failed) >= _MANY_FAILED:
            return True
        if self.usual_s is None or len(self.lately_s) < _USUAL:
            return False
        return min(self.lately_s) > max(_SLOW_S, _MUCH_SLOWER * self.usual_s)

    def forget(self) -> None:
        """Forget the latest answers, after a pause."""
        self.lately_s.clear()
        self.lately_failed.clear()


class Pace:
    """Sets the delay of each downloader slot. A slot is an address (`SharedAddresses`), or a host with a Crawl-delay."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("AUTOTHROTTLE_ENABLED"):
            raise NotConfigured("no delays wanted")
        self._crawler = crawler
        self._least_s = settings.getfloat("DOWNLOAD_DELAY")
        self._most_s = settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self._at_once = settings.getfloat("AUTOTHROTTLE_TARGET_CONCURRENCY")
        self._longest_wait_s = settings.getfloat("PACE_LONGEST_WAIT_S")
        self._rest_s = settings.getfloat("PACE_REST_S")
        self._most_rests = settings.getint("PACE_MOST_RESTS")
        self._hosts: dict[str, Host] = {}
        self._others_until_s = 0.0  # until then no host is asked whose pages hold this process

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pace = cls(crawler)
        crawler.signals.connect(pace.response_downloaded, signal=signals.response_downloaded)
        return pace

    def response_downloaded(self, response: Response, request: Request) -> None:
        slot, key = self._slot_of(request)
        if slot is None or request.meta.get("playwright"):
            return  # the time of a drawn page is mostly the browser's
        host = self._hosts.setdefault(key, Host())
        took_s = self._took_s(request)
        host.note(took_s, failed=response.status in _SUFFERING)
        if response.status in _SLOW_DOWN_STATUSES and (wait_s := _retry_after_s(response)):
            self._slow_down(slot, max(_LEAST_DELAY_S, 2 * slot.delay))
            self._pause(key, slot, min(wait_s, self._longest_wait_s), "it asks us to come back later")
            return
        if request.meta.get("autothrottle_dont_adjust_delay"):
            return
        if response.status in _SLOW_DOWN_STATUSES:
            self._slow_down(slot, max(_LEAST_DELAY_S, 2 * slot.delay))
        elif took_s is not None:
            self._keep_step(slot, took_s, good=response.status == 200)
        self._let_rest(key, slot, host)

    def failed(self, request: Request) -> None:
        """No answer came (signal of `SharedAddresses`): an overloaded host hangs up, or does not answer."""
        slot, key = self._slot_of(request)
        if slot is not None:
            host = self._hosts.setdefault(key, Host())
            host.note(None, failed=True)
            self._let_rest(key, slot, host)

    def held(self, request: Request, seconds: float) -> None:
        """Reading the answer held this process for so long: its host waits until the others have had their share of it."""
        slot, key = self._slot_of(request)
        if slot is None or seconds < _HOLDS_S:
            return
        now_s = monotonic()
        self._others_until_s = max(now_s, self._others_until_s) + _OTHERS_SHARE * seconds
        self._pause(key, slot, self._others_until_s - now_s, f"one page of it took {seconds:.1f} s to read")

    def _slot_of(self, request: Request) -> tuple[Slot | None, str]:
        key = request.meta.get("download_slot") or ""
        assert self._crawler.engine is not None  # noqa: S101 - answers come while the engine runs
        return self._crawler.engine.downloader.slots.get(key), key

    def _took_s(self, request: Request) -> float | None:
        """The time of the site itself: the latency less our lag, during which the answer waited in this process."""
        latency_s: float | None = request.meta.get("download_latency")
        return None if latency_s is None else max(0.0, latency_s - 2 * own_clock.lag_s)

    def _keep_step(self, slot: Slot, took_s: float, *, good: bool) -> None:
        """Adjust the delay so that as many requests as configured run at once.

        It rises at once, and falls half-way per answer. A quick error page never lowers it.
        """
        wanted_s = took_s / self._at_once
        delay_s = min(max(self._least_s, wanted_s, (slot.delay + wanted_s) / 2), self._most_s)
        if good or delay_s > slot.delay:
            slot.delay = delay_s

    def _slow_down(self, slot: Slot, delay_s: float) -> None:
        slot.delay = max(slot.delay, min(delay_s, self._most_s))

    def _let_rest(self, key: str, slot: Slot, host: Host) -> None:
        if host.rests < self._most_rests and host.suffers():
            host.rests += 1
            host.forget()
            self._slow_down(slot, max(_LEAST_DELAY_S, 2 * slot.delay))
            self._pause(key, slot, self._rest_s, "it suffers: many failures, or far slower than it was")

    def _pause(self, key: str, slot: Slot, pause_s: float, why: str) -> None:
        logger.info("%s: not asked for %.0f s, %s", key, pause_s, why)
        # Scrapy never checks the time of a slot without a delay.
        slot.delay = max(slot.delay, self._least_s, BEAT_S)
        slot.lastseen = max(slot.lastseen, monotonic() + pause_s - slot.delay)


def _retry_after_s(response: Response) -> float | None:
    """The pause that the host asks for in Retry-After (RFC 9110, 10.2.3), in seconds; None without a valid one."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
