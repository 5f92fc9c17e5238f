"""Ends requests to the network that the crawl runs in, whether the registry, a page or a redirect leads there."""

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
    """Ends requests that the guard would refuse, with the outcome not_attempted and before their robots.txt is fetched.

    It only gives them that outcome: connections are prevented by the guard in the resolver.
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
            raise RequestEnded(Outcome.NOT_ATTEMPTED, f"{request.url} is no web address")
        reason = await refusal(parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme])
        if reason is not None:
            raise RequestEnded(Outcome.NOT_ATTEMPTED, reason, final_url=request.url)
