"""Scrapy's download handler: by plain HTTP, or by the browser for requests that want it; measures the time taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadTimeoutError

from govcrawl.network.odd_headers import accept_odd_headers
from govcrawl.network.own_clock import own_clock
from govcrawl.network.requests import journey_of, on_the_network
from govcrawl.network.tls import VerifyingPolicy

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.web.iweb import IPolicyForHTTPS

    from govcrawl.network.rendering import Browser

_ASKED_AGAIN = 2
_LEAST_HELD = 0.2  # of the time a host had

_browsers: dict[Crawler, Browser] = {}
"""The browser of each crawl that has drawn a page; one for both schemes."""


class Download(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler with our TLS policy; passes requests for the browser on to it."""

    lazy = True  # https loads the store of certificate authorities, which a crawl of plain HTTP does not need

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        accept_odd_headers()
        # Scrapy deprecates the setting for it, and its own verifying policy refuses old servers.
        self._contextFactory = cast("IPolicyForHTTPS", VerifyingPolicy())

    async def download_request(self, request: Request) -> Response:
        if request.meta.get("playwright"):
            return await _browser_of(self.crawler).draw(request)
        with on_the_network(journey_of(request)):
            return await self._fetched(request)

    async def _fetched(self, request: Request) -> Response:
        """The answer. A time-out while this process was held says nothing of the host: it is asked again, twice at most."""
        for _ in range(_ASKED_AGAIN):
            held_s = own_clock.held_s()
            try:
                return await super().download_request(request)
            except DownloadTimeoutError:
                if own_clock.held_s() - held_s < _LEAST_HELD * request.meta["download_timeout"]:
                    raise
        return await super().download_request(request)


def _browser_of(crawler: Crawler) -> Browser:
    if crawler not in _browsers:
        # Playwright takes a sixth of what a process needs to start, and most processes draw nothing.
        from govcrawl.network.rendering import Browser  # noqa: PLC0415

        _browsers[crawler] = Browser.from_crawler(crawler)
    return _browsers[crawler]
