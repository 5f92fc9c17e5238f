"""How often an address is asked: slower when it slows, not at all for a while when it says so or suffers.

In place of Scrapy's AutoThrottle, which takes our own lag for the site's: while we read pages, answers lie waiting in our
process, and the busier we are the slower every site seems. Here a beat measures how late this process is, and the
site's own time is what is left of the latency (see docs/decisions/visit.md).
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
from scrapy.utils.asyncio import create_looping_call

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

_BEAT_S = 0.05
_LAG_MEMORY = 0.9  # of each beat's word, the rest is the new one's: about half a second of the past
_LATELY = 10  # answers by which a host is judged to suffer
_MANY_FAILED = 5  # of these: timeouts, resets, 5xx
_USUAL = 5  # first answers of a host: their fastest is what it can do
_MUCH_SLOWER = 4.0  # times its usual
_SLOW_S = 1.0  # faster than this no host suffers
_ASKED_TO_SLOW_DOWN = frozenset({429, 503})
_LEAST_DELAY_S = 1.0  # of a host that asked us to slow down
_SUFFERING = frozenset({500, 502, 503, 504})


@dataclass(slots=True)
class Host:
    """What one address has shown of itself under our load; times are of the site alone, in seconds."""

    usual_s: float | None = None
    first: list[float] = field(default_factory=list)
    lately_s: deque[float] = field(default_factory=lambda: deque(maxlen=_USUAL))
    lately_failed: deque[bool] = field(default_factory=lambda: deque(maxlen=_LATELY))
    rests: int = 0

    def note(self, took_s: float | None, *, failed: bool) -> None:
        """An answer that took so long; None where none came."""
        self.lately_failed.append(failed)
        if took_s is None:
            return
        self.lately_s.append(took_s)
        if self.usual_s is None:
            self.first.append(took_s)
            if len(self.first) == _USUAL:
                self.usual_s = min(self.first)

    def suffers(self) -> bool:
        """Whether it fails often, or answers far slower than it can: every one of its latest answers."""
        if sum(self.lately_failed) >= _MANY_FAILED:
            return True
        if self.usual_s is None or len(self.lately_s) < _USUAL:
            return False
        return min(self.lately_s) > max(_SLOW_S, _MUCH_SLOWER * self.usual_s)

    def forget(self) -> None:
        """Begin again after a rest."""
        self.lately_s.clear()
        self.lately_failed.clear()


class Pace:
    """Sets the delay of each slot of the downloader; a slot is an address (`SharedAddresses`), or a host with a Crawl-delay."""

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
        self._lag_s = 0.0
        self._beat_due = 0.0
        self._beat = create_looping_call(self._measure_lag)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        pace = cls(crawler)
        for handler, signal in (
            (pace.spider_opened, signals.spider_opened),
            (pace.response_downloaded, signals.response_downloaded),
            (pace.spider_closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal=signal)
        return pace

    def spider_opened(self) -> None:
        self._beat_due = monotonic() + _BEAT_S
        self._beat.start(_BEAT_S, now=False)

    def spider_closed(self) -> None:
        self._beat.stop()

    def response_downloaded(self, response: Response, request: Request) -> None:
        slot, key = self._slot_of(request)
        if slot is None or request.meta.get("playwright"):
            return  # a drawn page's time is the browser's
        host = self._hosts.setdefault(key, Host())
        took_s = self._took_s(request)
        host.note(took_s, failed=response.status in _SUFFERING)
        if response.status in _ASKED_TO_SLOW_DOWN and (wait_s := _retry_after_s(response)):
            self._slow_down(slot, max(_LEAST_DELAY_S, 2 * slot.delay))
            self._pause(key, slot, min(wait_s, self._longest_wait_s), "it asks us to come back later")
            return
        if request.meta.get("autothrottle_dont_adjust_delay"):
            return
        if response.status in _ASKED_TO_SLOW_DOWN:
            self._slow_down(slot, max(_LEAST_DELAY_S, 2 * slot.delay))
        elif took_s is not None:
            self._keep_step(slot, took_s, good=response.status == 200)
        self._let_rest(key, slot, host)

    def failed(self, request: Request) -> None:
        """No answer came (`SharedAddresses` tells): an overloaded host hangs up, or leaves us waiting."""
        slot, key = self._slot_of(request)
        if slot is not None:
            host = self._hosts.setdefault(key, Host())
            host.note(None, failed=True)
            self._let_rest(key, slot, host)

    def _slot_of(self, request: Request) -> tuple[Slot | None, str]:
        key = request.meta.get("download_slot") or ""
        assert self._crawler.engine is not None  # noqa: S101 - answers come while the engine runs
        return self._crawler.engine.downloader.slots.get(key), key

    def _took_s(self, request: Request) -> float | None:
        """The site's own time: an answer waits for what we are at, and then for its turn among what else has come."""
        latency_s: float | None = request.meta.get("download_latency")
        return None if latency_s is None else max(0.0, latency_s - 2 * self._lag_s)

    def _keep_step(self, slot: Slot, took_s: float, *, good: bool) -> None:
        """So many requests at once as wanted: slower at once, faster by halves, and not for an error's quick page."""
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
        slot.delay = max(
            slot.delay, self._least_s, _BEAT_S
        )  # without a delay Scrapy never looks at the clock
        slot.lastseen = max(slot.lastseen, monotonic() + pause_s - slot.delay)

    def _measure_lag(self) -> None:
        now_s = monotonic()
        late_s = max(0.0, now_s - self._beat_due)
        self._lag_s = _LAG_MEMORY * self._lag_s + (1 - _LAG_MEMORY) * late_s
        self._beat_due = now_s + _BEAT_S


def _retry_after_s(response: Response) -> float | None:
    """How long the host asks to be left alone (RFC 9110, 10.2.3): seconds, or a date; None where it does not say."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdigit():
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
