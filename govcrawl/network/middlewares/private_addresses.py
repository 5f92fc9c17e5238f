"""Keeps the crawl out of the network it runs in, whatever a crawled page or a redirect points at."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Self

from scrapy.utils.httpobj import urlparse_cached

from govcrawl.network.requests import journey_of, site_host
from govcrawl.network.resolve import addresses_of
from govcrawl.network.resolve_rules import rules_of
from govcrawl.pages.links.urls import network_of
from govcrawl.records.outcomes import Outcome, RequestEnded

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

_CARRIER_GRADE_NAT = ip_network("100.64.0.0/10")  # clouds keep their metadata service there
_PORTS = {"http": 80, "https": 443}


class RefusePrivateAddresses:
    """Ends requests to hosts that resolve to private, loopback or link-local addresses as not_attempted.

    Exempt are the registry's own addresses, which people have entered on purpose, and names sent elsewhere by a
    RESOLVE rule. The resolver keeps its answers, so the address judged here is the one connected to.
    """

    def __init__(self, resolved: set[tuple[str, int]]) -> None:
        self._resolved = resolved
        self._private: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        rules = rules_of(crawler.settings)
        return cls({(rule.host, rule.port) for rule in rules})

    async def process_request(self, request: Request) -> None:
        parts = urlparse_cached(request)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise RequestEnded(Outcome.NOT_ATTEMPTED, f"{request.url} is no web address"[:300])
        journey = journey_of(request)
        if site_host(request.url) == journey.site_host or (journey.registered and not journey.redirects):
            return
        if await self.is_private(parts.hostname, parts.port or _PORTS[parts.scheme]):
            raise RequestEnded(
                Outcome.NOT_ATTEMPTED, f"{parts.hostname} lies in a private network", final_url=request.url
            )

    async def is_private(self, host: str, port: int) -> bool:
        """Whether a host lies in a private network; a name without address does not."""
        if (host, port) in self._resolved:
            return False
        if host not in self._private:
            addresses = await addresses_of(host)
            self._private[host] = any(_is_private(address.host) for address in addresses)
        return self._private[host]


def _is_private(address: str) -> bool:
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return network_of(str(ip)) is not None or ip in _CARRIER_GRADE_NAT
