"""What a worker needs to do a share, as files of the data directory, named as there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from govcrawl.network.kept_robots import FOLDER as ROBOTS
from govcrawl.network.kept_robots import file_of
from govcrawl.night.cluster.way_out import opening
from govcrawl.pages.links.urls import DEFAULT_PORTS, split
from govcrawl.records.at_hand import PROGRESS, UNREADABLE
from govcrawl.records.items import BarrierTrial, Probe, SectionVisit, ServiceTrial
from govcrawl.records.kinds import RunKind, name_of
from govcrawl.records.outcomes import Outcome
from govcrawl.records.packed import record_files, stored
from govcrawl.records.record_files import records_of
from govcrawl.records.runs import PLAN
from govcrawl.records.whole import RUN_MANIFEST
from govcrawl.spiders.earlier_looks import DRAWN_FOR_DAYS, earlier_runs
from govcrawl.spiders.known_texts import KNOWN_TEXTS
from govcrawl.spiders.narrowed import STANDING_FILE
from govcrawl.spiders.plan import FOLDER as PLAN_FOLDER
from govcrawl.spiders.plan import HEAD
from govcrawl.spiders.targets import handed_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from govcrawl.records.runs import Run

_OF_EARLIER_LOOKS: Final = (name_of(ServiceTrial), name_of(BarrierTrial))
"""Records of earlier runs of surroundings that tonight's go by (`spiders/earlier_looks.py`)."""


@dataclass(frozen=True)
class Needs:
    """What is handed over with the shares of one run. `urls`: task → addresses it begins with."""

    run: Run
    visit: Path  # of the night, whose robots.txt all runs go by
    urls: Mapping[str, Sequence[str]]
    opened: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    @property
    def data(self) -> Path:
        return self.run.folder.parent.parent

    def of_run(self) -> Iterator[Path]:
        """Files that every share of the run needs."""
        folder, plan = self.run.folder, self.run.plan
        yield from (self.data / "registries" / plan.registry_sha256).glob("*")
        yield folder / PLAN
        for name in (STANDING_FILE, KNOWN_TEXTS, f"{PLAN_FOLDER}/{HEAD}"):
            if (path := folder / name).exists():
                yield path
        for run in {folder, self.visit}:
            yield from (run / PROGRESS / UNREADABLE).glob("*")
        if plan.kind == RunKind.SURROUNDINGS:
            yield from (run / RUN_MANIFEST for run in self._earlier)

    def of_tasks(self, tasks: Iterable[str]) -> Iterator[Path]:
        """Files that the share of these tasks needs besides."""
        robots = set()
        for task in tasks:
            yield from (self.run.folder / PLAN_FOLDER).glob(f"{task}.*")
            if self.run.plan.kind == RunKind.SURROUNDINGS:
                path = self.visit / name_of(SectionVisit) / f"{task}.jsonl"
                if path.exists():
                    yield path
            for run in self._earlier:
                files = (stored(run / name / f"{task}.jsonl") for name in _OF_EARLIER_LOOKS)
                yield from (path for path in files if path.exists())
            robots |= {file_of(_origin(url)) for url in self.urls_of(task)}
        yield from (path for name in sorted(robots) if (path := self.visit / ROBOTS / name).exists())

    @cached_property
    def _earlier(self) -> list[Path]:
        """The runs of surroundings whose looks may stand tonight; none for other kinds."""
        if self.run.plan.kind != RunKind.SURROUNDINGS:
            return []
        as_of = date.fromisoformat(self.run.plan.as_of)
        return [run.folder for run in earlier_runs(self.run.folder, as_of, DRAWN_FOR_DAYS)]

    def urls_of(self, task: str) -> Sequence[str]:
        if self.run.plan.kind == RunKind.LINKS:
            return [target.url for target in handed_targets(self.run.folder, task) or ()]
        return self.urls.get(task, ())

    def landmarks(self, tasks: Iterable[str], most: int) -> tuple[tuple[str, int], ...]:
        """Some of the hosts that opened for this machine tonight, those first that these tasks ask: others tell a dead site from a dead line."""
        found = {
            place for task in tasks for url in self.urls_of(task) if (place := place_of(url)) in self.opened
        }
        own = sorted(found)[: most - 1]
        return (*own, *sorted(self.opened.difference(own))[: most - len(own)])


def opened_tonight(
    availability: Path | None, homes: Iterable[str], settings: Sequence[str]
) -> frozenset[tuple[str, int]]:
    """Host and port of each home page that opened in the night's round; in a night without one, of `homes` that take a connection now."""
    if availability is None:
        return opening(filter(None, map(place_of, homes)), settings)
    probes = (
        probe for path in record_files(availability / name_of(Probe)) for probe in records_of(path, Probe)
    )
    return frozenset(
        place for probe in probes if probe.outcome == Outcome.OK and (place := place_of(probe.url))
    )


def place_of(url: str) -> tuple[str, int] | None:
    """Host and port of an address; None where it has none."""
    address = split(url)
    return None if address is None else (address.host, address.port or DEFAULT_PORTS[address.scheme])


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
