"""The stages of a night in their order: registry, crawl, load, publish, assess, publish, notices.

Each stage reads what the one before it finished, so a night that was cut off goes on from the last finished thing.
`nightly.json` names the runs of the night under way; everything else can be told from the folders themselves.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING, Any, TextIO

import orjson
from scrapy.settings import BaseSettings

from analytics.editions.chosen import load_edition, refuse_edited
from analytics.judging.assess import assess
from analytics.notices.intranet.index import write_index
from analytics.notices.write import refuse_before_the_night, write_notices
from govcrawl.network.kept_robots import FOLDER as ROBOTS
from govcrawl.night import control, text_readings
from govcrawl.night.before import check_surroundings, refuse_unknown_sites, refuse_without_contact
from govcrawl.night.cluster.coordinator import KINDS as KINDS_OF_CLUSTER
from govcrawl.night.cluster.coordinator import Cluster, work_off_on_cluster
from govcrawl.night.cluster.inputs import Needs, opened_tonight
from govcrawl.night.cluster.link_tasks import hand_over_targets
from govcrawl.night.diary import Diary, log_of_nights
from govcrawl.night.discover import discover, proposals_of, without_sections, write_proposals
from govcrawl.night.due_pages import write_plan
from govcrawl.night.health import shortfalls
from govcrawl.night.lock import night_lock
from govcrawl.night.memory import available_mb
from govcrawl.night.progress_line import Progress, keep_logs_short
from govcrawl.night.shares import costs_of_the_night_before, dealer_of_urls, urls_of_sites
from govcrawl.night.standing import hand_over
from govcrawl.night.tidy import tidy
from govcrawl.night.workers import work_off
from govcrawl.records import nights
from govcrawl.records.errors import RunError, UserError
from govcrawl.records.evidence import forget_uncited, keep_cited
from govcrawl.records.items import CIVIL, instant
from govcrawl.records.kinds import RunKind
from govcrawl.records.nights import NightRecord
from govcrawl.records.outcomes import Outcome
from govcrawl.records.runs import Run, create_run, manifest_of, open_run
from govcrawl.records.states import FinishReason, NightState
from govcrawl.records.whole import RUN_MANIFEST, write_whole
from govcrawl.registry import load_registry, store_registry
from govcrawl.settings import CONTROL_PAGES
from govcrawl.spiders.base import NIGHT_UNTIL
from govcrawl.spiders.given_up import give_up
from govcrawl.spiders.known_texts import hand_over as hand_over_texts
from govcrawl.spiders.tasks import GOES_ON_FROM, tasks_of
from govcrawl.texts.reader import LISTS, Reader
from govcrawl.texts.word_lists import load_lists
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import is_published, publish
from govcrawl.warehouse.snapshot import Snapshot
from govcrawl.warehouse.texts import hashes_of_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from analytics.editions.chosen import Edition
    from analytics.notices.campaign import Campaign
    from analytics.notices.write import NoticeSet
    from govcrawl.night.shares import Dealer
    from govcrawl.records.nights import Stage
    from govcrawl.registry import Registry
    from govcrawl.warehouse.load import LoadReport

MEMORY = "nightly.json"
WORKER_MB = 768  # measured: 216 MB at most a process, and its browser
CRAWLS = (RunKind.AVAILABILITY, RunKind.VISIT, RunKind.SURROUNDINGS, RunKind.LINKS)
"""The crawls of a night in their order; links last, for it checks what the visit linked to."""


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
    only: frozenset[str] = frozenset()  # site codes; empty: every site
    until: datetime | None = None  # then nothing more is begun
    again: bool = False  # crawl the day anew although its night is done
    cluster: Cluster | None = None  # whose workers do the crawls; None: this machine's processes

    def has_control(self) -> bool:
        """Whether our own pages are looked at too."""
        given = dict(setting.split("=", 1) for setting in self.settings)
        return BaseSettings(given).getbool("CONTROL_PAGES", CONTROL_PAGES)

    def are_over(self) -> bool:
        """Whether the hour has come from which on nothing is begun."""
        return self.until is not None and self.clock() >= self.until

    def why_over(self) -> str:
        """What is said of work that the hour left undone."""
        hour = "" if self.until is None else f"{self.until.astimezone(CIVIL):%H:%M}"
        return f"not begun by {hour}, the end of the night (--until)"

    def say(self, line: str) -> None:
        """Tell whoever watches; where nobody does any more (a lost terminal), the log still has it."""
        try:
            self.out.write(f"{line}\n")
            self.out.flush()
        except OSError:
            pass
        log_of_nights(self.data).info(line)


@dataclass(slots=True)
class Night:
    """The memory of the night under way. A finished night has none."""

    as_of: str
    registry_sha256: str
    runs: dict[str, str] = field(default_factory=dict)  # kind → run id
    night_id: str = ""  # of its record


def crawl(orders: Orders) -> list[Path]:
    """Crawl everything there is to crawl; return the folders of the finished runs."""
    _check_before(orders)
    with night_lock(orders.data):
        registry = load_registry(orders.registry)
        refuse_without_contact(registry, orders.settings)
        refuse_unknown_sites(registry, orders.only)
        night = _take_up(orders, store_registry(registry, orders.data / "registries"))
        with _diary(orders, night) as diary:
            runs = _crawl(orders, night, registry, diary)
        (orders.data / MEMORY).unlink()
    return [run.folder for run in runs.values()]


def nightly(
    orders: Orders, edition: str, campaign: Campaign | None = None, overlay: Path | None = None
) -> tuple[str, NoticeSet]:
    """Do the whole night; return the assessment's id and the documents."""
    assessments = orders.data / "assessments"
    rules = load_edition(edition, overlay=overlay)
    refuse_edited(rules, assessments)  # before the sites are burdened
    if campaign:
        refuse_before_the_night(orders.data, campaign, orders.as_of)
    _check_before(orders)
    load_lists(orders.data / LISTS)  # a line nobody can use is named now, not after the crawl
    with night_lock(orders.data):
        registry = load_registry(orders.registry)
        refuse_without_contact(registry, orders.settings)
        refuse_unknown_sites(registry, orders.only)
        night = _take_up(orders, store_registry(registry, orders.data / "registries"))
        with _diary(orders, night) as diary:
            runs = _crawl(orders, night, registry, diary)
            reader = Reader.of(orders.data)
            if orders.has_control():
                with diary.stage("control") as stage:
                    runs[RunKind.CONTROL] = _control(orders, night, rules, reader, diary, stage)
            with diary.stage("texts") as stage:
                runs[RunKind.TEXTS] = _read_texts(orders, night, reader, stage)
            del reader  # a hundred megabytes that judging can use
            with diary.stage("load and publish") as stage:
                load_and_publish(orders, [run.folder for run in runs.values()], stage)
            with diary.stage("assess"), Snapshot.open(orders.data) as snapshot:
                folder = assess(
                    snapshot, edition=edition, as_of=orders.as_of, out=assessments, overlay=overlay
                )
                orders.say(f"assess: {folder}")
                _keep_evidence(orders, folder, runs)
            diary.night.assessment_id = folder.name
            with diary.stage("publish the judgement") as stage:
                load_and_publish(orders, [folder], stage)
                stage.figures |= _figures(orders, folder.name)
                stage.shortfalls += shortfalls(stage.figures, _before(orders, diary.night))
            with diary.stage("notices") as stage:
                notices = write_notices(orders.data, folder.name, campaign)
                stage.figures["documents"] = sum(map(len, notices.written.values()))
                orders.say(f"notices: {notices.folder}")
                for by_hand, new in notices.kept:
                    orders.say(
                        f"notices: {by_hand} was changed by hand and stays; the new one is beside it: {new}"
                    )
            orders.say(f"index: {write_index(orders.data)}")
            with diary.stage("tidy") as stage:
                stage.figures |= tidy(orders.data, orders.as_of, set(night.runs.values()))
        (orders.data / MEMORY).unlink()
    return folder.name, notices


def _check_before(orders: Orders) -> None:
    """Refuse a night that could not be kept, or whose cluster is not there."""
    check_surroundings(orders.data)
    if orders.cluster:
        orders.cluster.refuse_unless_usable(orders.data)


def _figures(orders: Orders, assessment_id: str) -> dict[str, int]:
    """What the night came to: home pages by what they answered, verdicts, faults."""
    with Snapshot.open(orders.data) as snapshot:
        outcomes = snapshot.query("night_outcomes", as_of=orders.as_of).query("things == 'home pages'")
        verdicts = snapshot.frame("site_result", assessment_id)["verdict"].value_counts()
        faults = len(snapshot.frame("finding", assessment_id))
    homes = outcomes.set_index("outcome")["number"]
    return {
        "home pages": int(homes.sum()),
        "opened": int(homes.get(Outcome.OK, 0)),
        "blocked": int(homes.get(Outcome.BLOCKED, 0)),
        **{str(verdict): int(number) for verdict, number in verdicts.items()},
        "faults": faults,
    }


def _before(orders: Orders, night: NightRecord) -> list[NightRecord]:
    earlier = [each for each in nights.nights(orders.data) if each.night_id < night.night_id]
    return [each for each in earlier if each.state == NightState.FINISHED]


@contextmanager
def _diary(orders: Orders, night: Night) -> Iterator[Diary]:
    """The record of the night, taken up or begun."""
    records = {each.night_id: each for each in nights.nights(orders.data)}
    record = records.get(night.night_id) or NightRecord(
        night_id=night.night_id,
        as_of=night.as_of,
        command=_command(orders, night.registry_sha256),
        begun_at=instant(orders.clock()),
    )
    record.state, record.reason, record.finished_at, record.runs = NightState.RUNNING, None, None, night.runs
    diary = Diary(orders.data, record, orders.clock)
    with diary.ending():
        yield diary


def _command(orders: Orders, registry_sha256: str) -> str:
    """What makes two nights the same night: day, registry, settings and sites; not how they are judged."""
    return nights.fingerprint(orders.as_of, registry_sha256, *orders.settings, *sorted(orders.only))


def _keep_evidence(orders: Orders, assessment: Path, runs: dict[str, Run]) -> None:
    """Keep the pages that findings stand on; what earlier nights had put aside besides has had its time."""
    kept, lacking = keep_cited(orders.data, assessment)
    orders.say(f"evidence: {kept} pages kept, {lacking} cited that were not put aside")
    forget_uncited(orders.data, [run.plan.run_id for run in runs.values()])


def _crawl(orders: Orders, night: Night, registry: Registry, diary: Diary) -> dict[str, Run]:
    registries = orders.data / "registries"
    runs: dict[str, Run] = {}
    for kind in CRAWLS if not orders.only else CRAWLS[1:]:  # a round is of all home pages or it is none
        with diary.stage(kind) as stage:
            runs[kind] = _run(orders, night, kind, registry)
            if not runs[kind].finished:
                home_pages = runs.get(RunKind.AVAILABILITY)
                stage.shortfalls += work(
                    orders,
                    runs[kind],
                    registry,
                    registries,
                    diary.memory.look,
                    home_pages.folder if home_pages else None,
                )
            manifest = manifest_of(runs[kind].folder)
            stage.figures |= {"sites": manifest.sites, "pages": manifest.pages, "requests": manifest.requests}
    _propose(orders, registry, runs[RunKind.VISIT])
    return runs


def _read_texts(orders: Orders, night: Night, reader: Reader, stage: Stage) -> Run:
    """Read what is new of the texts the night brought; they lie in the warehouse from here on."""
    load_all(orders.data)
    run = _run_of(orders, night, RunKind.TEXTS, text_readings.TASKS)
    if not run.finished:
        stage.figures |= text_readings.read_texts(
            orders.data, run.resume(), orders.are_over, orders.workers, by=reader
        )
        run.seal(FinishReason.FINISHED, orders.clock())
        if left := stage.figures[text_readings.LEFT]:
            stage.shortfalls.append(f"{left} texts {orders.why_over()}; the next night reads them")
    orders.say(
        f"texts: {', '.join(f'{number} {what}' for what, number in stage.figures.items())} → {run.folder}"
    )
    return run


def _control(orders: Orders, night: Night, rules: Edition, reader: Reader, diary: Diary, stage: Stage) -> Run:
    """Crawl and judge our own pages; the publish gate reads what was found there."""
    run = _run_of(orders, night, RunKind.CONTROL, [control.TASK])
    if run.finished:
        return run
    results = control.look_at_own_pages(run.resume(), rules, reader, orders.clock, diary.memory.look)
    run.seal(FinishReason.FINISHED, orders.clock())
    wrong = control.differing(results)
    stage.figures |= {"answers": len(results), "wrong answers": len(wrong)}
    orders.say(
        f"control: {len(results) - len(wrong)} of {len(results)} answers on our own pages are right → {run.folder}"
    )
    return run


def _run_of(orders: Orders, night: Night, kind: str, tasks: Sequence[str], **plan: Any) -> Run:
    """The night's run of a kind, begun now unless it was begun before; `plan`: what else its plan says."""
    if kind in night.runs:
        return open_run(orders.data / "runs" / night.runs[kind])
    run = create_run(
        orders.data,
        kind=kind,
        as_of=orders.as_of,
        registry_sha256=night.registry_sha256,
        tasks=tasks,
        started_at=orders.clock(),
        **plan,
    )
    if kind == RunKind.VISIT:
        standing = hand_over(orders.data, run)
        orders.say(f"{standing} pages with standing faults are asked for first")
        orders.say(f"plan: {write_plan(run, orders.data, orders.settings)}")
    if kind in {RunKind.VISIT, RunKind.LINKS}:
        hand_over_texts(run.folder, hashes_of_texts(orders.data, orders.as_of))
    night.runs[kind] = run.plan.run_id
    _remember(orders, night)
    return run


def _chosen(kind: str, registry: Registry, only: frozenset[str]) -> list[str]:
    """The tasks of a run: all of its kind, or those of the sites named."""
    tasks = tasks_of(kind, registry)
    return tasks if not only or kind == RunKind.LINKS else [task for task in tasks if task in only]


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
    stamp = orders.clock().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    new = Night(orders.as_of.isoformat(), registry_sha256, night_id=nights.names_free(orders.data, stamp))
    old = _remembered(path) if path.exists() else None
    if old and (old.as_of, old.registry_sha256) == (new.as_of, new.registry_sha256):
        orders.say(f"taking up the night of {old.as_of} that was cut off")
        old.night_id = old.night_id or new.night_id  # it was begun by the version before
        return old
    done = None if orders.again else nights.done_already(orders.data, _command(orders, registry_sha256))
    if done and all(
        (orders.data / "runs" / run_id / RUN_MANIFEST).is_file() for run_id in done.runs.values()
    ):
        orders.say(
            f"the night of {done.as_of} was done by this command at {done.finished_at}; no site is asked again "
            "(--again does), what is judged and written from it is made sure of"
        )
        new = Night(new.as_of, registry_sha256, dict(done.runs), done.night_id)
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
    write_whole(
        orders.data / MEMORY,
        orjson.dumps(asdict(night), option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS),
    )


def _run(orders: Orders, night: Night, kind: str, registry: Registry) -> Run:
    """The night's run of a kind that spiders make."""
    return _run_of(
        orders,
        night,
        kind,
        _chosen(kind, registry, orders.only),
        of_run=night.runs[GOES_ON_FROM[kind]] if kind in GOES_ON_FROM else None,
        settings=dict(setting.split("=", 1) for setting in orders.settings),
        stamp=_replayed(orders) if kind == RunKind.AVAILABILITY else None,
    )


def _replayed(orders: Orders) -> datetime | None:
    """The instant that stands for now on a day that is replayed: the same time of that day; None on the day itself."""
    now = orders.clock().astimezone(CIVIL)
    if now.date() == orders.as_of:
        return None
    return now.replace(year=orders.as_of.year, month=orders.as_of.month, day=orders.as_of.day)


def work(
    orders: Orders,
    run: Run,
    registry: Registry,
    registries: Path,
    look: Callable[[], None] = lambda: None,
    availability: Path | None = None,
) -> list[str]:
    """Do a run to its end and return what fell short; a task that brings down every process counts as not measured.

    `look` is called several times a second, to see what the processes take. `availability`: the folder of the night's round.
    """
    sites = len(orders.only or registry.running_sites())
    progress = Progress(run, sites, orders.out)

    def watch() -> None:
        progress.show()
        look()
        keep_logs_short(run.folder / "progress")

    late = [] if orders.until is None else [f"{NIGHT_UNTIL}={orders.until.isoformat()}"]
    visit = run.folder.parent / (run.plan.of_run or run.plan.run_id)  # whose robots.txt the later runs go by
    settings = [f"ROBOTS_FOLDER={visit / ROBOTS}", *orders.settings, *late]
    try:
        if orders.cluster is None or run.plan.kind not in KINDS_OF_CLUSTER:
            lost = work_off(
                run,
                registries,
                workers=orders.workers,
                dealer=_dealer(orders, run, registry) if orders.workers > 1 else None,
                settings=settings,
                until=orders.until,
                watch=watch,
            )
        else:
            of_links = run.plan.kind == RunKind.LINKS
            homes = [
                site.home_url
                for site in registry.running_sites()
                if not orders.only or site.site_code in orders.only
            ]
            opened = opened_tonight(availability, homes, settings)
            lost = work_off_on_cluster(
                orders.cluster,
                Needs(run, visit, urls_of_sites(registry), opened),
                dealer=hand_over_targets(run, visit, settings)
                if of_links
                else _dealer(orders, run, registry),
                settings=settings,
                say=orders.say,
                until=orders.until,
                watch=watch,
            )
    finally:
        progress.clear()
    over = orders.are_over()
    for task in lost:
        if not over:
            orders.say(
                f"{run.plan.kind}: task {task} brought down every process that tried it and counts as not measured; "
                f"see {run.folder / 'progress'}/*.log"
            )
        reason = FinishReason.OUT_OF_TIME if over else FinishReason.CRASHED
        give_up(run, task, registry, instant(orders.clock()), reason)
    manifest = run.seal(FinishReason.FINISHED, orders.clock())
    orders.say(
        f"{run.plan.kind}: {len(manifest.tasks) - len(lost)} of {len(manifest.tasks)} tasks done, "
        f"{manifest.pages:,} pages, {manifest.requests:,} requests → {run.folder}"
    )
    if not lost:
        return []
    why = orders.why_over() if over else "brought down every process that tried them"
    shortfall = f"{len(lost)} of {len(manifest.tasks)} tasks {why}: {', '.join(lost[:5])}{' …' if len(lost) > 5 else ''}"
    orders.say(f"{run.plan.kind}: {shortfall}; unmeasured")
    return [shortfall]


def _dealer(orders: Orders, run: Run, registry: Registry) -> Dealer | None:
    """Who deals the tasks of a run out: those of sites by address and by what they took the night before."""
    if run.plan.kind not in {RunKind.VISIT, RunKind.SURROUNDINGS}:
        return None
    costs = costs_of_the_night_before(orders.data, run.plan.kind)
    return dealer_of_urls(urls_of_sites(registry), orders.settings, costs)


def load_and_publish(orders: Orders, needed: Sequence[Path], stage: Stage | None = None) -> None:
    """Load and publish what is new; a refused folder of others is only told, one that is needed ends the command."""
    report = load_all(orders.data)
    orders.say(
        f"load: {len(report.loaded)} new, the last {report.loaded[-1]}"
        if report.loaded
        else "load: nothing new"
    )
    for line in refusals(report):
        orders.say(f"load: {line}")
    if stage:
        stage.figures |= {"loaded": len(report.loaded), "refused": len(report.refused)}
        stage.shortfalls += refusals(report)
    for folder, reason in report.refused:
        if folder in needed:
            raise UserError(f"{folder}: this night cannot be judged without it: {reason}")
    if is_published(orders.data):
        orders.say("publish: nothing new")
    else:
        orders.say(f"publish: {publish(orders.data, orders.clock())}")


def refusals(report: LoadReport) -> list[str]:
    """One line for each folder that could not be loaded."""
    return [f"refused {folder}: {reason}" for folder, reason in report.refused]


def workers_here() -> int:
    """One process a core this process may use, as far as memory reaches: each host is asked at one pace by one of them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    free = available_mb()
    return max(1, cores if free is None else min(cores, free // WORKER_MB))
