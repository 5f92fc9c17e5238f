"""The control: crawls and judges our own pages each night, as it does the sites, and compares the answers with the right ones.

Like a re-check it is a small night in a data directory of its own, `runs/<run_id>/night/`, with the same spiders, settings
and checks. Its run holds one row for each of our sites and each check; the publish gate reads these rows.
"""

from __future__ import annotations

import logging
import shutil
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from analytics.checks import load_check
from analytics.source import Remembered
from govcrawl.night import text_readings
from govcrawl.night.own_pages import CODES, FAULTS, FAULTY, registry_of_own_pages, served
from govcrawl.night.workers import work_off
from govcrawl.records.errors import UserError
from govcrawl.records.items import ControlResult, instant
from govcrawl.records.kinds import RunKind
from govcrawl.records.runs import create_run
from govcrawl.records.states import FinishReason
from govcrawl.registry import store_registry
from govcrawl.spiders.given_up import give_up
from govcrawl.spiders.tasks import GOES_ON_FROM, tasks_of
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from analytics.editions.chosen import Edition
    from govcrawl.records.runs import Run
    from govcrawl.texts.reader import Reader

logger = logging.getLogger(__name__)

TASK: Final = "control"
NIGHT: Final = "night"
KINDS: Final = ("visit", "links")
QUICK: Final = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "AGAIN_PAUSE_S=0.1", "LINK_CONFIRM_S=0.1")
"""Settings of the small night: nobody but ourselves is burdened by haste."""


def look_at_own_pages(
    run: Run,
    rules: Edition,
    reader: Reader,
    clock: Callable[[], datetime],
    watch: Callable[[], None] = lambda: None,
) -> list[ControlResult]:
    """Crawl and judge our own pages; write and return what was found.

    Their texts are read by the `reader` of the night, which takes seconds to prepare and reads the texts of the sites next. The project's own settings hold, not those of the command line: a night of few pages a site is no broken reader.
    What was crawled is removed when all is as it must be; else it stays in the run for people to look at. `watch` is
    called several times a second.
    """
    data = run.folder / NIGHT
    shutil.rmtree(data, ignore_errors=True)  # of a control that was cut off
    data.mkdir()
    day = date.fromisoformat(run.plan.as_of)
    checks = [check for check in rules.check_ids() if check in FAULTS]
    try:
        _crawl(data, day, reader, clock, watch)
        with Snapshot.open(data) as snapshot:
            results = list(_judged(snapshot, day, rules, checks))
    except UserError:
        logger.exception("%s: our own pages could not be crawled or judged", run.folder)
        results = [_result(pages, check, None) for check in checks for pages in CODES]
    writer = run.writer(TASK)
    for result in results:
        writer.write(result)
    writer.finish()
    if not differing(results):
        shutil.rmtree(data)
    return results


def differing(results: Iterable[ControlResult]) -> list[ControlResult]:
    """Those of which something else was found than must be."""
    return [result for result in results if result.found != result.expected]


def _crawl(
    data: Path, day: date, reader: Reader, clock: Callable[[], datetime], watch: Callable[[], None]
) -> None:
    """Crawl, load and publish our own pages in a data directory of their own."""
    registry = registry_of_own_pages()
    begun = partial(
        create_run, data, as_of=day, registry_sha256=store_registry(registry, data / "registries")
    )
    made: dict[str, str] = {}
    with served(day) as resolve:
        settings = (*QUICK, f"RESOLVE={','.join(resolve)}")
        for kind in KINDS:
            of_run = made.get(GOES_ON_FROM.get(kind, ""))
            part = begun(kind=kind, tasks=tasks_of(kind, registry), of_run=of_run, started_at=clock())
            for task in work_off(part, data / "registries", workers=1, settings=settings, watch=watch):
                give_up(part, task, registry, instant(clock()), FinishReason.CRASHED)
            part.seal(FinishReason.FINISHED, clock())
            made[kind] = part.plan.run_id
    load_all(data)
    reading = begun(kind=RunKind.TEXTS, tasks=text_readings.TASKS, started_at=clock())
    text_readings.read_texts(data, reading, by=reader)
    reading.seal(FinishReason.FINISHED, clock())
    load_all(data)
    publish(data, clock())


def _judged(snapshot: Snapshot, day: date, rules: Edition, checks: Sequence[str]) -> Iterator[ControlResult]:
    source = Remembered(snapshot)
    for check in checks:
        answer = load_check(check).run(source, day, rules.params[check])
        for pages, code in CODES.items():
            measured = answer.measured[answer.measured["site_code"] == code]
            faults = answer.findings[answer.findings["site_code"] == code]
            looked_at = bool((measured["looked"] > measured["unmeasured"]).any())
            yield _result(pages, check, len(faults) if looked_at else None)


def _result(pages: str, check: str, found: int | None) -> ControlResult:
    return ControlResult(pages, check, len(FAULTS[check]) if pages == FAULTY else 0, found)
