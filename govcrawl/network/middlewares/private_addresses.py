"""Keeps the crawl out of the network it runs in, whatever the registry, a page or a redirect points at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.utils.httpobj import urlparse_cached

from govcrawl.network.resolve import refusal, trust
from govcrawl.pages.links.urls import DEFAULT_PORTS
from govcrawl.records.outcomes import Outcome, RequestEnded
from govcrawl.registry import Registry

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class RefusePrivateAddresses:
    """Ends requests that the guard would not let connect, before anything is asked for their sake, robots.txt included.

    It only gives them their word, not_attempted: what holds is the guard behind the resolver.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        assignment = getattr(crawler.spider, "assignment", None)
        if assignment is not None and isinstance(assignment.registry, Registry):
            trust(assignment.registry.sites)
        return cls()

    async def process_request(self, request: Request) -> None:
        parts = urlparse_cached(request)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            raise RequestEnded(Outcome.NOT_ATTEMPTED, f"{request.url} is no web address"[:300])
        reason = await refusal(parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme])
        if reason is not None:
            raise RequestEnded(Outcome.NOT_ATTEMPTED, reason, final_url=request.url)
