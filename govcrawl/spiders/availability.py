"""Requests each home page once, to see whether it opens."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from govcrawl.network.requests import home_probe
from govcrawl.records.items import Probe
from govcrawl.records.kinds import RunKind
from govcrawl.spiders.base import RunSpider
from govcrawl.spiders.lookout import Lookout

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.registry import Site


class AvailabilitySpider(RunSpider):
    """One attempt on each home page: no retry, no cache, no browser, and never two attempts in a round."""

    name = RunKind.AVAILABILITY
    custom_settings = {
        # A round must not last longer because many sites hang: each host gets one request in all.
        "CONCURRENT_REQUESTS": 128,
        "AUTOTHROTTLE_ENABLED": False,
    }

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        run = self.assignment.run
        self._sites: dict[str, list[Site]] = {task: [] for task in self.assignment.tasks}
        for site in self.assignment.registry.running_sites():
            task = run.task_of(site.site_code)
            if task in self._sites:
                self._sites[task].append(site)
        self._open = {task: len(sites) for task, sites in self._sites.items()}

    def site_count(self) -> int:
        return sum(map(len, self._sites.values()))

    def waiting(self) -> int:
        return sum(self._open.values())

    async def start(self) -> AsyncIterator[Any]:
        self._lookout = Lookout(self)
        homes = [site.home_url for sites in self._sites.values() for site in sites]
        self._looking = asyncio.ensure_future(self._lookout.look(homes))
        for task, sites in self._sites.items():
            self.begin(task)
            if not sites:
                self.done(task)
            for site in sites:
                tried = partial(self.tried, task, site)
                yield home_probe(site, tried, tried)

    async def tried(self, task: str, site: Site, answer: Response | Failure) -> None:
        facts = self.facts(answer)
        self._lookout.note(facts)
        plan = self.assignment.run.plan
        self.record(
            task,
            Probe(
                site_code=site.site_code,
                url=site.home_url,
                probed_at=plan.stamp or facts.fetched_at or self.now(),
                purpose=plan.purpose,
                outcome=facts.outcome,
                status=facts.status,
                elapsed_s=facts.elapsed_s,
                final_url=facts.final_url,
            ),
        )
        self._open[task] -= 1
        if not self._open[task]:
            await self._looking
            self.record(task, self._lookout.canary(task))
            self.done(task)
