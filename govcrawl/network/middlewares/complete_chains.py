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
    """Tries a request once more when its server left out an intermediate certificate that can be had.

    Many government servers do. Browsers fetch what is missing from the address in the certificate before it; without
    that we would report sites as unreachable that open for every reader. The chain is then verified as any other.
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
        """Fetch the missing certificate, once a crawl; whether there was one that may continue a chain."""
        if url not in self._fetched:
            self._fetched[url] = asyncio.ensure_future(self._fetch(url))
        return await asyncio.shield(self._fetched[url])

    async def _fetch(self, url: str) -> bool:
        assert self._crawler.engine is not None  # noqa: S101 - exceptions come from a running engine
        try:
            response = await self._crawler.engine.download_async(issuer_request(url))
        except Exception:  # noqa: BLE001 - without it the chain stays incomplete, and that is what gets reported
            return False
        return response.status == 200 and complete_chains_with(response.body)
