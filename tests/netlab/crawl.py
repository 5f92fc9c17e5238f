"""Fetches what a test asks for in a crawl process of its own, under the project's settings, warnings as errors."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from govcrawl.network.middlewares.robots import ObeyRobots
from govcrawl.network.requests import (
    FetchFacts,
    answered,
    check_request,
    home_probe,
    page_request,
    unanswered,
)
from govcrawl.network.resolve import trust
from govcrawl.registry import Site
from tests.netlab import ready

ROOT = Path(__file__).parents[2]
QUICK = {"DOWNLOAD_DELAY": "0", "AUTOTHROTTLE_ENABLED": "False", "LOG_VERSIONS": ""}


@dataclass(frozen=True)
class Ask:
    """`what`: home page draw HEAD GET."""

    what: str
    url: str
    home: str = ""  # of the site the page is asked for; the root of its host unless said
    depth: int = 1
    timeout_s: float | None = None
    private_address: str | None = None  # what the registry says of the site


@dataclass
class Crawl:
    facts: list[FetchFacts]  # in the order of the asks
    robots: dict[str, str | None]  # what the robots middleware says of each asked host
    delays: dict[str, float]  # of each host's slot when the crawl ended
    log: str
    stats: dict[str, Any] = field(default_factory=dict)

    def of(self, url: str) -> FetchFacts:
        return next(facts for facts in self.facts if facts.url == url)


def crawl(
    *asks: Ask, resolve: list[str] | None = None, env: dict[str, str] | None = None, **settings: str
) -> Crawl:
    """Do the asks in a process of its own, one after the other per host as the settings have it."""
    job = {
        "asks": [dataclasses.asdict(ask) for ask in asks],
        "settings": QUICK | {"RESOLVE": ",".join(resolve or [])} | settings,
    }
    done = ready.run(
        "tests.netlab.crawl",
        [],
        os.environ | {"PYTHONPATH": str(ROOT)} | (env or {}),
        said=json.dumps(job).encode(),
    )
    log = done.stderr.decode("utf-8", "replace")
    assert done.returncode == 0, log
    *lines, last = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(asks), f"{len(asks)} requests ended as {len(lines)} rows\n{log}"
    facts = [
        FetchFacts(**{**line, "body": b64decode(line["body"])})
        for _, line in sorted(lines, key=lambda x: x[0])
    ]
    return Crawl(facts, log=log, **last)


def _main() -> None:
    job = json.load(sys.stdin)
    asks = [Ask(**ask) for ask in job["asks"]]

    class Asker(scrapy.Spider):
        name = "asker"

        async def start(self):
            for number, ask in enumerate(asks):
                yield self.request(number, ask)

        def request(self, number, ask):
            def back(response):
                time.sleep(self.settings.getfloat("BUSY_S"))
                _say([number, _plain(answered(response))])

            def failed(failure):
                _say([number, _plain(unanswered(failure))])

            home = ask.url if ask.what == "home" else ask.home or urljoin(ask.url, "/")
            site = Site("3799000001", "测试", home, "测试局", private_address=ask.private_address)
            trust([site])
            if ask.what == "home":
                request = home_probe(site, back, failed)
            elif ask.what in {"page", "draw"}:
                request = page_request(
                    ask.url, back, failed, site=site, depth=ask.depth, browser=ask.what == "draw"
                )
            else:
                request = check_request(ask.url, ask.what, back, failed)
            if ask.timeout_s:
                request.meta["journey"].timeout_s = ask.timeout_s
                request.meta["download_timeout"] = ask.timeout_s
            return request

        def closed(self, reason):  # noqa: ARG002 - Scrapy's signature
            robots = self.crawler.get_downloader_middleware(ObeyRobots)
            slots = self.crawler.engine.downloader.slots
            stats = {
                k: v for k, v in self.crawler.stats.get_stats().items() if isinstance(v, int | float | str)
            }
            _say(
                {
                    "robots": {ask.url: robots.word(ask.url) for ask in asks},
                    "delays": {host: slot.delay for host, slot in slots.items()},
                    "stats": stats,
                }
            )

    settings = Settings()
    settings.setmodule("govcrawl.settings", priority="project")
    settings.set("SPIDER_MODULES", [], priority="cmdline")
    settings.setdict(job["settings"], priority="cmdline")
    # No run folder here: the writers of the crawl have tests of their own.
    extensions = {
        name: at for name, at in settings["EXTENSIONS"].items() if not name.startswith("govcrawl.extensions.")
    }
    settings.set("EXTENSIONS", extensions, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(Asker)
    process.start()


def _plain(facts: FetchFacts) -> dict[str, Any]:
    return dataclasses.asdict(facts) | {"body": b64encode(facts.body).decode()}


def _say(line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    _main()
