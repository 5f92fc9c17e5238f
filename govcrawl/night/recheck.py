"""A re-check: visits the subjects of open faults again, and nothing else, so that the ledger can say which are mended.

It is a small night in a data directory of its own, `runs/<run_id>/night/`: a registry of the sites and sections concerned, the
same spiders and checks. Its run holds one record for each fault. The warehouse loads only these: a re-check gives no verdict,
and measures no link or section.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import orjson
import pandas as pd

from analytics.checks.shared.texts import OF_ONE_TEXT
from analytics.editions.chosen import edition_of
from analytics.judging import recheck as judging
from analytics.judging.assess import OF_SECTIONS
from analytics.notices.results import records
from analytics.words.text import shown
from govcrawl.night import text_readings
from govcrawl.night.before import check_surroundings
from govcrawl.night.lock import night_lock
from govcrawl.night.nightly import load_and_publish, work
from govcrawl.records.errors import UserError
from govcrawl.records.items import RecheckResult, instant
from govcrawl.records.kinds import RunKind
from govcrawl.records.runs import create_run
from govcrawl.records.states import FinishReason, Purpose, RecheckAnswer
from govcrawl.records.whole import write_whole
from govcrawl.registry import load_registry, store_registry
from govcrawl.spiders.tasks import GOES_ON_FROM, tasks_of
from govcrawl.texts.reader import Reader
from govcrawl.warehouse.load import WAREHOUSE, load_all
from govcrawl.warehouse.publish import PUBLISHED, publish
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.editions.chosen import Edition
    from govcrawl.night.nightly import Orders
    from govcrawl.records.runs import Run
    from govcrawl.registry import Registry

CRAWLS = (RunKind.VISIT, RunKind.SURROUNDINGS, RunKind.LINKS)
NIGHT, ADDRESSES = "night", "addresses.json"


@dataclass(frozen=True, slots=True)
class StandingFaults:
    """The faults that stood open in the newest assessment, and the rules it judged by."""

    rules: Edition
    faults: pd.DataFrame


def recheck(orders: Orders) -> str:
    """Visit the subjects of all open faults again; return what came of them, in a few lines."""
    registry = load_registry(orders.registry)
    check_surroundings(orders.data)
    with night_lock(orders.data):
        standing = _standing(orders)
        here = {site.site_code for site in registry.running_sites()}
        sections = {section.url for section in registry.sections}
        faults = standing.faults
        dropped = faults["check_id"].isin(OF_SECTIONS) & ~faults["subject_url"].isin(sections)
        visitable = faults[faults["site_code"].isin(here) & faults["check_id"].isin(judging.ALONE) & ~dropped]
        if visitable.empty:
            return f"nothing to re-check: {_left_out(standing.faults, visitable, here)}"
        run = _begin(orders, registry, visitable)
        results = _night(orders, run, registry, standing, visitable)
        _write(run, results, instant(orders.clock()))
        run.seal(FinishReason.FINISHED, orders.clock())
        load_and_publish(orders, [run.folder])
    return _in_words(run, results, _left_out(standing.faults, visitable, here))


def _standing(orders: Orders) -> StandingFaults:
    with Snapshot.open(orders.data) as snapshot:
        assessments = snapshot.query("newest_office_assessment")
        if assessments.empty:
            raise UserError(
                f"{orders.data}: no assessment is published yet; there are no faults to visit again"
            )
        newest = assessments.iloc[0]
        faults = snapshot.query("open_faults", assessment_id=newest["assessment_id"], with_mended=False)
    as_of = pd.Timestamp(newest["as_of"]).date()
    if as_of > orders.as_of:
        raise UserError(
            f"a re-check of {orders.as_of} cannot follow the assessment of {as_of}: set the clock right, or name a "
            "later day with --as-of"
        )
    folder = orders.data / "assessments" / newest["assessment_id"]
    return StandingFaults(edition_of(folder, judging=True), faults)


def _begin(orders: Orders, registry: Registry, faults: pd.DataFrame) -> Run:
    return create_run(
        orders.data,
        kind=RunKind.RECHECK,
        as_of=orders.as_of,
        registry_sha256=store_registry(registry, orders.data / "registries"),
        tasks=sorted(set(faults["site_code"])),
        purpose=Purpose.RECHECK,
        settings=dict(setting.split("=", 1) for setting in orders.settings),
        started_at=orders.clock(),
    )


def _night(
    orders: Orders, run: Run, registry: Registry, standing: StandingFaults, faults: pd.DataFrame
) -> pd.DataFrame:
    """Crawl what the faults are about into a data directory inside the run, and judge it."""
    data = run.folder / NIGHT
    data.mkdir()
    narrow = _narrowed(registry, faults)
    around = _narrowed(registry, faults[faults["check_id"].isin((*judging.AROUND, *judging.OF_FACES))])
    addresses = data / ADDRESSES
    write_whole(addresses, orjson.dumps(judging.addresses(faults)))
    office = orders.data
    orders = replace(orders, data=data, settings=(*orders.settings, f"RECHECK_OF={addresses}"))
    made: dict[str, str] = {}
    for kind in CRAWLS:
        concerned = around if kind == RunKind.SURROUNDINGS else narrow
        part = create_run(
            data,
            kind=kind,
            as_of=orders.as_of,
            registry_sha256=store_registry(concerned, data / "registries"),
            tasks=tasks_of(kind, concerned),
            of_run=made[GOES_ON_FROM[kind]] if kind in GOES_ON_FROM else None,
            settings=run.plan.settings,
            started_at=orders.clock(),
        )
        work(orders, part, concerned, data / "registries")
        made[kind] = part.plan.run_id
    _load(data)
    if faults["check_id"].isin(OF_ONE_TEXT).any():
        _read_texts(orders, office, store_registry(narrow, data / "registries"))
        _load(data)
    publish(data, orders.clock())
    with Snapshot.open(data) as snapshot:
        results = judging.judge(snapshot, orders.as_of, standing.rules, faults)
    shutil.rmtree(data / PUBLISHED)  # what was crawled stays; this can be made again from it
    (data / WAREHOUSE).unlink()
    return results


def _load(data: Path) -> None:
    for folder, reason in load_all(data).refused:
        raise UserError(f"{folder}: the re-check cannot be judged without it: {reason}")


def _read_texts(orders: Orders, office: Path, registry_sha256: str) -> None:
    """Read what the pages say now, by the lists and the language the office reads by."""
    run = create_run(
        orders.data,
        kind=RunKind.TEXTS,
        as_of=orders.as_of,
        registry_sha256=registry_sha256,
        tasks=text_readings.TASKS,
        started_at=orders.clock(),
    )
    text_readings.read_texts(orders.data, run, by=Reader.of(office))
    run.seal(FinishReason.FINISHED, orders.clock())


def _narrowed(registry: Registry, faults: pd.DataFrame) -> Registry:
    """The registry of the sites and sections that the faults concern."""
    concerned = {*faults["subject_url"], *faults["origin_url"].dropna()}
    codes = set(faults["site_code"])
    return replace(
        registry,
        accounts=(),
        sites=tuple(site for site in registry.sites if site.site_code in codes),
        sections=tuple(
            section
            for section in registry.sections
            if section.site_code in codes and section.url in concerned
        ),
    )


def _write(run: Run, results: pd.DataFrame, at: str) -> None:
    columns = ["finding_key", "site_code", "check_id", "subject_url", "result", "observed", "page_gone"]
    for site_code, rows in results.groupby("site_code"):
        plain = rows[columns].assign(checked_at=at)
        writer = run.writer(str(site_code))
        for facts in records(plain):
            writer.write(RecheckResult(**facts))
        writer.finish()


def _left_out(faults: pd.DataFrame, visitable: pd.DataFrame, here: set[str]) -> str:
    """How many open faults a re-check cannot visit, and why."""
    others = faults[~faults["finding_key"].isin(visitable["finding_key"])]
    gone = others[others["site_code"].notna() & ~others["site_code"].isin(here)]
    by_check = others.loc[~others.index.isin(gone.index), "check_id"].value_counts()
    words = [f"{number} {check}" for check, number in by_check.items()]
    said = [f"{len(faults)} open faults"]
    if words:
        said.append(f"only a night can measure {', '.join(words)}")
    if len(gone):
        sites = ", ".join(sorted(set(gone["site_code"])))
        said.append(f"{len(gone)} of sites that are closed or left the registry ({sites})")
    return "; ".join(said)


def _in_words(run: Run, results: pd.DataFrame, left_out: str) -> str:
    counts = results["result"].value_counts()
    mended, still, unmeasured = (counts.get(word, 0) for word in RecheckAnswer)
    head = (
        f"re-check of {run.plan.as_of}: {len(results)} faults visited: {mended} mended, {still} still there, "
    )
    each = [
        f"  {row.result:<11}{row.site_code} {row.check_id} {shown(row.subject_url)}"
        for row in results.itertuples(index=False)
    ]
    return "\n".join(
        [f"{head}{unmeasured} could not be measured", *each, f"  of {left_out}", f"  → {run.folder}"]
    )
