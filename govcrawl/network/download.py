"""The last step to the network: plain HTTP, or the browser where the request asks for it, with its time taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler

from govcrawl.network.odd_headers import accept_odd_headers
from govcrawl.network.rendering import Browser
from govcrawl.network.requests import journey_of, on_the_network
from govcrawl.network.tls import VerifyingPolicy

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.web.iweb import IPolicyForHTTPS


class Download(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler under our TLS policy, with the browser behind it."""

    lazy = True  # https costs a store of authorities, which a crawl of plain HTTP need not load

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        accept_odd_headers()
        # Scrapy deprecates the setting for it, and its own verifying policy refuses old servers.
        self._contextFactory = cast("IPolicyForHTTPS", VerifyingPolicy())

    async def download_request(self, request: Request) -> Response:
        if request.meta.get("playwright"):
            browser = self.crawler.get_extension(Browser)
            assert browser is not None  # noqa: S101 - settings.py switches it on
            return await browser.draw(request)
        with on_the_network(journey_of(request)):
            return await super().download_request(request)
