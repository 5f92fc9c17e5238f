"""Fetches the certificates that servers forget to send, as readers' browsers do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from govcrawl.network.requests import issuer_request, journey_of, once_more
from govcrawl.network.tls import CertificateRefused, complete_chains_with
from govcrawl.records.outcomes import all_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

LONGEST_GAP = 3  # certificates of one chain


class CompleteChains:
    """Repeats a request after fetching an intermediate certificate that its server failed to send.

    Many government servers omit it. Browsers fetch it from the address in the certificate before it; if we did not, we
    would report sites as unreachable that open for every reader. The completed chain is verified like any other.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._fetched: dict[str, asyncio.Future[bool]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        refused = next((one for one in all_of(exception) if isinstance(one, CertificateRefused)), None)
        journey = journey_of(request)
        if refused is None or refused.issuer_url is None or journey.completions == LONGEST_GAP:
            return None
        journey.completions += 1
        return once_more(request) if await self.complete(refused.issuer_url) else None

    async def complete(self, url: str) -> bool:
        """Fetch the missing certificate, once per crawl; return whether a usable one was found."""
        if url not in self._fetched:
            self._fetched[url] = asyncio.ensure_future(self._fetch(url))
        return await asyncio.shield(self._fetched[url])

    async def _fetch(self, url: str) -> bool:
        assert self._crawler.engine is not None  # noqa: S101 - exceptions come from a running engine
        try:
            response = await self._crawler.engine.download_async(issuer_request(url))
        except Exception:  # noqa: BLE001 - the chain then stays incomplete, which is reported
            return False
        return response.status == 200 and complete_chains_with(response.body)
