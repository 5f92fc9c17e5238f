"""One round of availability probes, in this process: a run folder of its own, so rounds never wait for each other."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from govcrawl.records.errors import RunError
from govcrawl.records.items import CIVIL, Probe
from govcrawl.records.kinds import RunKind
from govcrawl.records.record_files import records_of
from govcrawl.records.runs import create_run
from govcrawl.records.states import FinishReason
from govcrawl.registry import load_registry, store_registry
from govcrawl.spiders.tasks import tasks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path


def probe_round(
    registry_folder: Path,
    data: Path,
    *,
    stamp: datetime | None,
    settings: Sequence[str],
    clock: Callable[[], datetime],
) -> Counter[str]:
    """Probe every running site once and count the outcomes. `stamp` dates a simulated round."""
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415 - after the registry was found sound
    from scrapy.settings import Settings  # noqa: PLC0415

    from govcrawl.spiders.availability import AvailabilitySpider  # noqa: PLC0415

    registry = load_registry(registry_folder)
    registries = data / "registries"
    begun = clock()
    run = create_run(
        data,
        kind=RunKind.AVAILABILITY,
        as_of=(stamp or begun).astimezone(CIVIL).date(),
        registry_sha256=store_registry(registry, registries),
        tasks=tasks_of(RunKind.AVAILABILITY, registry),
        purpose="round",
        stamp=stamp,
        settings=dict(setting.split("=", 1) for setting in settings),
        started_at=begun,
    )
    scrapy_settings = Settings()
    scrapy_settings.setmodule("govcrawl.settings", priority="project")
    scrapy_settings.set(
        "SPIDER_MODULES", [], priority="project"
    )  # the other spiders bring the pages code along
    scrapy_settings.set("LOG_LEVEL", "WARNING", priority="project")  # a timer mails what it prints
    scrapy_settings.set("LOG_INSTALL_ROOT_HANDLER", not logging.root.handlers, priority="project")
    scrapy_settings.update(run.plan.settings, priority="cmdline")
    process = AsyncCrawlerProcess(scrapy_settings)
    crawler = process.create_crawler(AvailabilitySpider)
    crawling = process.crawl(crawler, run=str(run.folder), registries=str(registries))
    process.start()
    if crawling.done():
        crawling.result()  # raises what kept the crawl from beginning
    if run.open_tasks():
        reason = crawler.stats.get_value(
            "finish_reason", "shutdown"
        )  # which it does not always come to write down
        why = "a signal told it to stop" if reason == "shutdown" else reason
        raise RunError(
            f"{run.folder}: the round was cut off ({why}) and counts for nothing; the next one is due anyway."
        )
    manifest = run.seal(FinishReason.FINISHED, clock())
    files = [run.folder / file.path for file in manifest.files if file.path.startswith("probe/")]
    return Counter(probe.outcome for path in files for probe in records_of(path, Probe))
