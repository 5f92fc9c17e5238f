"""The night: registry, crawl, load, publish, assess, publish, notices; and the memory to take up a killed one.

Each stage reads what the one before it finished, so a night that is cut off anywhere goes on from the last
finished thing. `nightly.json` remembers which runs belong to the night under way; everything else is seen
from the folders themselves.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, TextIO

import orjson

from analytics.editions.chosen import load_edition, refuse_edited
from analytics.judging.assess import assess
from analytics.notices.intranet.index import write_index
from analytics.notices.write import refuse_before_the_night, write_notices
from govcrawl.night.discover import discover, proposals_of, without_sections, write_proposals
from govcrawl.night.lock import night_lock
from govcrawl.night.progress import Progress
from govcrawl.night.standing import hand_over
from govcrawl.night.workers import work_off
from govcrawl.records.errors import RunError, UserError
from govcrawl.records.evidence import forget_uncited, keep_cited
from govcrawl.records.items import CIVIL, instant
from govcrawl.records.runs import Run, create_run, open_run
from govcrawl.records.states import FinishReason
from govcrawl.records.whole import write_whole
from govcrawl.registry import load_registry, store_registry
from govcrawl.spiders.given_up import give_up
from govcrawl.spiders.tasks import GOES_ON_FROM, tasks_of
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from analytics.notices.campaign import Campaign
    from analytics.notices.write import NoticeSet
    from govcrawl.registry import Registry
    from govcrawl.warehouse.load import LoadReport

MEMORY = "nightly.json"
MIN_FREE_BYTES = 1 << 30  # a prefecture's night writes some hundred megabytes, and DuckDB copies the whole
KINDS = ("availability", "sections", "site", "surroundings", "links")  # links last: it checks what site met


@dataclass(frozen=True, slots=True)
class Orders:
    """What the command line asked for."""

    registry: Path
    data: Path
    as_of: date
    workers: int
    settings: Sequence[str]  # Scrapy's NAME=VALUE
    clock: Callable[[], datetime]
    out: TextIO  # for people: stages and progress

    def say(self, line: str) -> None:
        self.out.write(f"{line}\n")
        self.out.flush()


@dataclass(slots=True)
class Night:
    """The memory of the night under way. A finished night has none."""

    as_of: str
    registry_sha256: str
    runs: dict[str, str] = field(default_factory=dict)  # kind → run id


def crawl(orders: Orders) -> list[Path]:
    """Crawl everything there is to crawl; return the folders of the finished runs."""
    check_surroundings(orders.data)
    with night_lock(orders.data):
        runs = _crawl(orders)
        (orders.data / MEMORY).unlink()
    return [run.folder for run in runs.values()]


def nightly(
    orders: Orders, edition: str, campaign: Campaign | None = None, overlay: Path | None = None
) -> tuple[str, NoticeSet]:
    """Do the whole night; return the assessment's id and the documents."""
    assessments = orders.data / "assessments"
    refuse_edited(load_edition(edition, overlay=overlay), assessments)  # before the sites are burdened
    if campaign:
        refuse_before_the_night(orders.data, campaign, orders.as_of)
    check_surroundings(orders.data)
    with night_lock(orders.data):
        runs = _crawl(orders)
        load_and_publish(orders, [run.folder for run in runs.values()])
        with Snapshot.open(orders.data) as snapshot:
            folder = assess(snapshot, edition=edition, as_of=orders.as_of, out=assessments, overlay=overlay)
        orders.say(f"assess: {folder}")
        _keep_evidence(orders, folder, runs)
        load_and_publish(orders, [folder])
        notices = write_notices(orders.data, folder.name, campaign)
        orders.say(f"notices: {notices.folder}")
        for by_hand, new in notices.kept:
            orders.say(f"notices: {by_hand} was changed by hand and stays; the new one is beside it: {new}")
        orders.say(f"index: {write_index(orders.data)}")
        (orders.data / MEMORY).unlink()
    return folder.name, notices


def _keep_evidence(orders: Orders, assessment: Path, runs: dict[str, Run]) -> None:
    """Keep the pages that findings stand on; what earlier nights had put aside besides has had its time."""
    kept, lacking = keep_cited(orders.data, assessment)
    orders.say(f"evidence: {kept} pages kept, {lacking} cited that were not put aside")
    forget_uncited(orders.data, [run.plan.run_id for run in runs.values()])


def check_surroundings(data: Path, min_free_bytes: int = MIN_FREE_BYTES) -> None:
    """Refuse to begin a night that could not be kept."""
    try:
        data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
        free = shutil.disk_usage(data).free
    except OSError as error:
        raise UserError(
            f"{data}: the data directory cannot be written ({error.strerror}). "
            "Change its owner or permissions, or name another with --data."
        ) from error
    if free < min_free_bytes:
        raise UserError(
            f"{data}: only {free >> 20} MiB are free and a night needs {min_free_bytes >> 20}. "
            "Make room (old published/*.duckdb may go) or name another directory with --data."
        )


def _crawl(orders: Orders) -> dict[str, Run]:
    registry = load_registry(orders.registry)
    registries = orders.data / "registries"
    night = _take_up(orders, store_registry(registry, registries))
    runs: dict[str, Run] = {}
    for kind in KINDS:
        runs[kind] = _run(orders, night, kind, registry)
        if not runs[kind].finished:
            work(orders, runs[kind], registry, registries)
    _propose(orders, registry, runs["site"])
    return runs


def _propose(orders: Orders, registry: Registry, site_run: Run) -> None:
    """Propose sections for sites that register none; people confirm them, until then nothing is judged by them."""
    sites = without_sections(registry)
    if not sites:
        return
    found = discover(registry, site_run.folder)
    path = proposals_of(orders.data, site_run.plan.run_id)
    write_proposals(found, path)
    orders.say(f"discover: {len(found)} sections proposed for {len(sites)} sites without any → {path}")


def _take_up(orders: Orders, registry_sha256: str) -> Night:
    """Return the night that was cut off, if it is the one asked for, else a new one."""
    path = orders.data / MEMORY
    new = Night(orders.as_of.isoformat(), registry_sha256)
    old = _remembered(path) if path.exists() else None
    if old and (old.as_of, old.registry_sha256) == (new.as_of, new.registry_sha256):
        orders.say(f"taking up the night of {old.as_of} that was cut off")
        return old
    _remember(orders, new)
    if old:
        differs = "another registry" if old.as_of == new.as_of else f"{old.as_of} (--as-of {old.as_of})"
        orders.say(
            f"the night that was cut off is of {differs}; a new one begins, and what it left stays as evidence: "
            f"{', '.join(old.runs.values()) or 'nothing'}"
        )
    return new


def _remembered(path: Path) -> Night:
    try:
        night = Night(**orjson.loads(path.read_bytes()))
        for run_id in night.runs.values():
            open_run(path.parent / "runs" / run_id)
    except (orjson.JSONDecodeError, TypeError, RunError) as error:
        raise UserError(
            f"{path}: the night that was cut off cannot be taken up ({error}). "
            "Remove this file and run the same command again: a new night begins, finished runs stay."
        ) from error
    return night


def _remember(orders: Orders, night: Night) -> None:
    write_whole(orders.data / MEMORY, orjson.dumps(asdict(night), option=orjson.OPT_INDENT_2))


def _run(orders: Orders, night: Night, kind: str, registry: Registry) -> Run:
    """Return the night's run of this kind, begun now unless it was begun before."""
    if kind in night.runs:
        return open_run(orders.data / "runs" / night.runs[kind])
    run = create_run(
        orders.data,
        kind=kind,
        as_of=orders.as_of,
        registry_sha256=night.registry_sha256,
        tasks=tasks_of(kind, registry),
        of_run=night.runs[GOES_ON_FROM[kind]] if kind in GOES_ON_FROM else None,
        settings=dict(setting.split("=", 1) for setting in orders.settings),
        stamp=_replayed(orders) if kind == "availability" else None,
        started_at=orders.clock(),
    )
    if kind == "site":
        standing = hand_over(orders.data, run)
        orders.say(f"{standing} pages with standing faults are asked for first")
    night.runs[kind] = run.plan.run_id
    _remember(orders, night)
    return run


def _replayed(orders: Orders) -> datetime | None:
    """The instant that stands for now on a day that is replayed: the same time of that day; None on the day itself."""
    now = orders.clock().astimezone(CIVIL)
    if now.date() == orders.as_of:
        return None
    return now.replace(year=orders.as_of.year, month=orders.as_of.month, day=orders.as_of.day)


def work(orders: Orders, run: Run, registry: Registry, registries: Path) -> None:
    """Do a run to its end; a task that brings down every process counts as not measured."""
    progress = Progress(run, len(registry.running_sites()), orders.out)
    try:
        lost = work_off(
            run, registries, workers=orders.workers, settings=orders.settings, watch=progress.show
        )
    finally:
        progress.clear()
    for task in lost:
        orders.say(
            f"{run.plan.kind}: task {task} brought down every process that tried it and counts as not measured; "
            f"see {run.folder / 'progress'}/*.log"
        )
        give_up(run, task, registry, instant(orders.clock()))
    manifest = run.seal(FinishReason.FINISHED, orders.clock())
    orders.say(
        f"{run.plan.kind}: {len(manifest.tasks) - len(lost)} of {len(manifest.tasks)} tasks done, "
        f"{manifest.pages:,} pages, {manifest.requests:,} requests → {run.folder}"
    )


def load_and_publish(orders: Orders, needed: Sequence[Path]) -> None:
    """Load and publish what is new; a refused folder of others is only told, one that is needed ends the command."""
    report = load_all(orders.data)
    orders.say(
        f"load: {len(report.loaded)} new, the last {report.loaded[-1]}"
        if report.loaded
        else "load: nothing new"
    )
    for line in refusals(report):
        orders.say(f"load: {line}")
    for folder, reason in report.refused:
        if folder in needed:
            raise UserError(f"{folder}: this night cannot be judged without it: {reason}")
    orders.say(f"publish: {publish(orders.data, orders.clock())}")


def refusals(report: LoadReport) -> list[str]:
    """One line for each folder that could not be loaded."""
    return [f"refused {folder}: {reason}" for folder, reason in report.refused]


def workers_here() -> int:
    """One process a core, two at most: more would only knock harder at the same sites."""
    return min(2, os.cpu_count() or 1)
