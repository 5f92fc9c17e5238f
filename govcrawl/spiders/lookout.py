"""Watches our own side while a run is under way: names, network, clock. The loader judges what it records."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from statistics import median
from typing import TYPE_CHECKING

from govcrawl.domains import registrable_domain
from govcrawl.network.requests import registered_request, site_host
from govcrawl.network.resolve import addresses_of
from govcrawl.network.resolve_rules import rules_of
from govcrawl.pages.links.urls import DEFAULT_PORTS, split
from govcrawl.records.items import Canary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.network.requests import FetchFacts
    from govcrawl.spiders.base import RunSpider

NOBODYS = "gov.cn"  # its register gives out no name by itself, so one made up under it must stay unknown
DOMAINS = 3  # of the hosts asked for; one of them alone may answer for every name by its owner's will
CLOCKS = 3  # hosts that must say the time before ours is held against theirs


class Lookout:
    """The canary of one process.

    Made-up names are asked of the resolver the crawl itself uses. Where every host is sent elsewhere by a RESOLVE rule
    no name server stands between us and the sites, so none is asked.
    """

    def __init__(self, spider: RunSpider) -> None:
        self._spider = spider
        self._urls = spider.settings.getlist("CANARY_URLS")
        self._ruled = {(rule.host, rule.port) for rule in rules_of(spider.settings)}
        self._ahead_s: dict[str, float] = {}
        self._seen = Canary("", spider.now(), 0, 0, 0, 0, None)

    async def look(self, urls: Iterable[str]) -> None:
        """Ask for what must not exist beside the hosts of `urls`, and for the addresses the operator trusts."""
        names = self._made_up(urls)
        given = [addresses for name in names if (addresses := await addresses_of(name))]
        answers = [await self._spider.fetch(registered_request(url)) for url in self._urls]
        self._seen = Canary(
            task="",
            looked_at=self._spider.now(),
            names_asked=len(names),
            names_resolved=len(given),
            addresses_asked=len(answers),
            addresses_answered=sum(facts.status is not None for facts in answers),
            clock_ahead_s=None,
            resolved_to=given[0][0].host if given else None,
        )

    def note(self, facts: FetchFacts) -> None:
        """Take the time a host has told."""
        if facts.server_date is None:
            return
        try:
            their_time = parsedate_to_datetime(facts.server_date)
        except ValueError:
            return
        if their_time.tzinfo is not None:
            self._ahead_s[site_host(facts.final_url or facts.url)] = (
                datetime.now(UTC) - their_time
            ).total_seconds()

    def canary(self, task: str) -> Canary:
        """The record of a task that has come to its end."""
        canary = self._seen
        clocks = self._ahead_s.values()
        ahead_s = round(median(clocks), 1) if len(clocks) >= CLOCKS else None
        return Canary(
            task,
            canary.looked_at,
            canary.names_asked,
            canary.names_resolved,
            canary.addresses_asked,
            canary.addresses_answered,
            ahead_s,
            canary.resolved_to,
        )

    def _made_up(self, urls: Iterable[str]) -> list[str]:
        domains: dict[str, None] = {}
        for url in urls:
            address = split(url)
            if (
                address is None
                or (address.host, address.port or DEFAULT_PORTS[address.scheme]) in self._ruled
            ):
                continue
            if domain := registrable_domain(address.host):
                domains[domain] = None
            if len(domains) == DOMAINS:
                break
        return [f"{secrets.token_hex(12)}.{domain}" for domain in (NOBODYS, *domains)] if domains else []
