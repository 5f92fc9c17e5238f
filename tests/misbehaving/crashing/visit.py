"""Does its tasks at once, but for the one that ends the process as a crash would."""

import os
from collections.abc import AsyncIterator
from typing import Any

from govcrawl.records.items import SiteVisit
from govcrawl.spiders.base import RunSpider

DEADLY = "3301000003"


class CrashingSpider(RunSpider):
    name = "visit"

    async def start(self) -> AsyncIterator[Any]:
        for task in self.assignment.tasks:
            self.begin(task)
            if task == DEADLY:
                os._exit(137)
            now = self.now()
            self.record(task, SiteVisit(task, now, now, "ok", "allowed", "finished", 1, 0, 0, 0))
            self.done(task)
        return
        yield
