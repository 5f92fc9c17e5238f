"""One round of availability probes, in this process: a run folder of its own, so rounds never wait for each other."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from govcrawl.errors import RunError
from govcrawl.registry import load_registry, store_registry
from govcrawl.runs import create_run
from govcrawl.tasks import tasks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

CIVIL = ZoneInfo("Asia/Shanghai")


def probe_round(
    registry_folder: Path,
    data: Path,
    *,
    stamp: datetime | None,
    settings: Sequence[str],
    clock: Callable[[], datetime],
) -> Path:
    """Probe every running site once and return the finished run's folder. `stamp` dates a simulated round."""
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415 - after the registry was found sound
    from scrapy.settings import Settings  # noqa: PLC0415

    registry = load_registry(registry_folder)
    registries = data / "registries"
    begun = clock()
    run = create_run(
        data,
        kind="availability",
        as_of=(stamp or begun).astimezone(CIVIL).date(),
        registry_sha256=store_registry(registry, registries),
        tasks=tasks_of("availability", registry),
        purpose="round",
        stamp=stamp,
        settings=dict(setting.split("=", 1) for setting in settings),
        started_at=begun,
    )
    scrapy_settings = Settings()
    scrapy_settings.setmodule("govcrawl.settings", priority="project")
    scrapy_settings.update(run.plan.settings, priority="cmdline")
    process = AsyncCrawlerProcess(scrapy_settings)
    process.crawl("availability", run=str(run.folder), registries=str(registries))
    process.start()
    if run.open_tasks():
        raise RunError(
            f"{run.folder}: the round was cut off and counts for nothing; the next one is due anyway."
        )
    run.seal("finished", clock())
    return run.folder
