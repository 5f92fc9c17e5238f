"""Makes hosts with the same IP address share one delay, so that a platform of 300 sites does not get 300 requests at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.utils.httpobj import urlparse_cached

from govcrawl.network.pace import Pace
from govcrawl.network.requests import RequestPurpose, journey_of
from govcrawl.network.resolve import addresses_of
from govcrawl.records.outcomes import Outcome, of_exception

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

_PORTS = {"http": 80, "https": 443}
_OVERLOADED = frozenset({Outcome.TIMEOUT, Outcome.RESET, Outcome.REFUSED})


class SharedAddresses:
    """Puts each request into the downloader slot of the IP address it goes to, and reports failed requests to `Pace`.

    A host with a Crawl-delay in robots.txt keeps a slot of its own. The port is part of the slot only where a RESOLVE
    rule directs it elsewhere; ports 80 and 443 of one machine share a slot. Rounds of probes are left out: they request
    each host once and must not wait for those that hang.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._slots: dict[tuple[str, int], str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if journey_of(request).purpose is RequestPurpose.HOME:
            return
        parts = urlparse_cached(request)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        assert self._crawler.engine is not None  # noqa: S101 - requests come from a running engine
        if host in self._crawler.engine.downloader.per_slot_settings:
            return
        if (host, port) not in self._slots:
            addresses = await addresses_of(host, port)
            if not addresses:
                return  # it keeps its own slot and will end as dns_failure
            first = min(addresses, key=lambda address: (address.host, address.port))
            elsewhere = f":{first.port}" if first.port != port else ""
            self._slots[host, port] = f"{first.host}{elsewhere}"
        request.meta["download_slot"] = self._slots[host, port]

    def process_exception(self, request: Request, exception: Exception) -> None:
        pace = self._crawler.get_extension(Pace)
        if pace is not None and of_exception(exception)[0] in _OVERLOADED:
            pace.failed(request)
