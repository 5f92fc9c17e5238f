"""Obeys robots.txt according to RFC 9309, and remembers for each host how its robots.txt was answered."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from protego import Protego

from govcrawl.network.kept_robots import KeptRobots, RobotsAnswer
from govcrawl.network.requests import (
    ROBOTS_BODY_LIMIT,
    RequestPurpose,
    journey_of,
    keep_crawl_delay,
    robots_request,
)
from govcrawl.records.outcomes import OF_THE_HOST, ON_THE_WAY, Outcome, RequestEnded, of_exception

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

PRODUCT_TOKEN = "govcrawl"  # noqa: S105 - our name in robots.txt

_NO_RULES = Protego.parse("")
_OF_THE_SERVER = 500  # from this status on the server failed, and said nothing of its rules


@dataclass(frozen=True, slots=True)
class Policy:
    """The robots.txt of one host. `word`: allowed absent unreachable not_text."""

    word: str
    rules: Protego | None = None  # None: no rules; everything is allowed or, when unreachable, nothing
    delay_s: float = 0.0
    denied_as: Outcome = Outcome.ROBOTS_DENIED  # the outcome of a forbidden request

    def allows(self, url: str) -> bool:
        if self.rules is None:
            return self.word != "unreachable"
        return bool(self.rules.can_fetch(url, PRODUCT_TOKEN))


class ObeyRobots:
    """Ends requests that robots.txt forbids as robots_denied, and applies a Crawl-delay, up to a limit.

    Answers of 4xx and answers that are no text allow everything; 5xx and timeouts forbid everything in this crawl. Home
    pages are always requested: see docs/decisions/robots.md.
    """

    def __init__(self, crawler: Crawler, max_crawl_delay_s: float, kept: KeptRobots) -> None:
        self._crawler = crawler
        self._max_crawl_delay_s = max_crawl_delay_s
        self._kept = kept
        self._policies: dict[str, asyncio.Future[Policy]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        settings = crawler.settings
        folder = settings.get("ROBOTS_FOLDER")
        return cls(
            crawler, settings.getfloat("ROBOTS_MAX_CRAWL_DELAY"), KeptRobots(Path(folder) if folder else None)
        )

    async def process_request(self, request: Request) -> None:
        journey = journey_of(request)
        if journey.home or journey.purpose in {
            RequestPurpose.ROBOTS,
            RequestPurpose.ISSUER,
            RequestPurpose.NAMED,
        }:
            return
        policy = await self._policy_of(_origin(request.url))
        if not policy.allows(request.url):
            why = "robots.txt could not be read" if policy.rules is None else "robots.txt forbids it"
            raise RequestEnded(policy.denied_as, why, final_url=request.url if journey.redirects else None)
        if policy.delay_s:
            keep_crawl_delay(request)

    async def allows(self, url: str) -> bool:
        """Whether an address may be requested; an unreachable robots.txt forbids it, as for all requests."""
        return (await self._policy_of(_origin(url))).allows(url)

    def word(self, url: str) -> str | None:
        """The word for the robots.txt of an address's host (see `Policy`); None when it was never fetched."""
        policy = self._policies.get(_origin(url))
        return policy.result().word if policy is not None and policy.done() else None

    def answer(self, url: str) -> RobotsAnswer | None:
        """What the host of an address said for /robots.txt tonight, whoever asked; None where nobody did."""
        return self._kept.get(_origin(url))

    async def _policy_of(self, origin: str) -> Policy:
        if origin not in self._policies:
            self._policies[origin] = asyncio.ensure_future(self._ask(origin))
        policy = self._policies[origin]
        return policy.result() if policy.done() else await asyncio.shield(policy)

    async def _ask(self, origin: str) -> Policy:
        answer = self._kept.get(origin)
        if answer is None:
            engine = self._crawler.engine
            assert engine is not None  # noqa: S101 - requests come from a running engine
            try:
                answer = _answer_of(await engine.download_async(robots_request(origin)))
            except Exception as error:  # noqa: BLE001 - every end of a request has an outcome
                return _policy_without_answer(origin, *of_exception(error))
            if answer.status < _OF_THE_SERVER:
                self._kept.keep(origin, answer)
        policy = _policy_of_answer(answer, self._max_crawl_delay_s)
        if policy.delay_s:
            self._slow_down(urlsplit(origin).hostname or "", policy.delay_s)
        return policy

    def _slow_down(self, host: str, delay_s: float) -> None:
        """Set the delay for the host's present slot, and for those that Scrapy creates after the host was idle."""
        assert self._crawler.engine is not None  # noqa: S101
        downloader = self._crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": delay_s, "concurrency": 1}
        if slot := downloader.slots.get(host):
            slot.delay, slot.concurrency = delay_s, 1


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _policy_without_answer(origin: str, outcome: Outcome, error: str) -> Policy:
    if outcome is Outcome.REDIRECT_LOOP:
        return Policy("absent")  # RFC 9309, 2.3.1.2
    if outcome in OF_THE_HOST:  # the request itself gets this outcome, which says more than robots_denied
        return Policy("unreachable", _NO_RULES)
    logger.info("%s/robots.txt: %s (%s); only home pages are asked for", origin, outcome, error)
    return Policy("unreachable", denied_as=outcome if outcome in ON_THE_WAY else Outcome.ROBOTS_DENIED)


def _answer_of(response: Response) -> RobotsAnswer:
    content_type = response.headers.get("Content-Type") or b""
    text = response.body[:ROBOTS_BODY_LIMIT].decode("utf-8-sig", "replace")
    return RobotsAnswer(response.status, content_type.decode("latin-1").lower(), text)


def _policy_of_answer(answer: RobotsAnswer, max_delay_s: float) -> Policy:
    if answer.status >= _OF_THE_SERVER:
        return Policy("unreachable")
    if not 200 <= answer.status < 300:
        return Policy("absent")
    if answer.content_type.startswith("text/html") or answer.text.lstrip("\ufeff \t\r\n").startswith("<"):
        return Policy("not_text")
    rules = Protego.parse(answer.text)
    return Policy("allowed", rules, min(rules.crawl_delay(PRODUCT_TOKEN) or 0.0, max_delay_s))
