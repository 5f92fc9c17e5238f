"""What the browser showed of a site to the surroundings runs of the last days, so that tonight need not draw it again.

A drawn page costs as much as fifty plain ones. What was drawn stands for some nights (`standing_look`, `standing_search`); the
record says in which run it was seen. Read from the folders of finished runs; one that is gone or damaged tells nothing, and
the page is drawn again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeVar

from govcrawl.pages.facts.assistant import ASSISTANT
from govcrawl.pages.nets.offered import SEARCH
from govcrawl.records.errors import RunError
from govcrawl.records.items import BarrierTrial, SearchAttempt, ServiceTrial
from govcrawl.records.kinds import name_of
from govcrawl.records.outcomes import Outcome
from govcrawl.records.record_files import records_of
from govcrawl.records.runs import manifest_of
from govcrawl.records.states import FinishReason
from govcrawl.records.whole import RUN_MANIFEST

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.records.items import Look

DRAWN_FOR_DAYS: Final = 7
"""A drawn page or search speaks for the day it was seen and the six after it."""
EXAMINED_FOR_DAYS: Final = 5
"""An examination for barriers that came to its end, for its day and the four after it: the checks look back over seven."""
_TRIED: Final = frozenset({SEARCH, ASSISTANT})
"""What is not only seen: tonight's page is needed to try it."""
_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True)
class EarlierRun:
    """A finished surroundings run."""

    folder: Path
    as_of: date
    tasks: dict[str, frozenset[str]]  # kind of record → tasks with records of it


def earlier_runs(run_folder: Path, as_of: date, days: int) -> list[EarlierRun]:
    """The finished surroundings runs beside a folder that are of `as_of` or of the days before it, `days` in all; the newest first."""
    since = as_of - timedelta(days=days)
    found = []
    for path in run_folder.parent.glob(f"*-surroundings/{RUN_MANIFEST}"):
        try:
            run = manifest_of(path.parent)
            day = date.fromisoformat(run.as_of)
        except (OSError, RunError, ValueError):  # the loader reports it
            continue
        if since < day <= as_of and run.finish_reason == FinishReason.FINISHED:
            tasks: dict[str, set[str]] = {}
            for file in run.files:
                record, _, name = file.path.partition("/")
                if file.rows:
                    tasks.setdefault(record, set()).add(name.partition(".")[0])
            found.append(
                EarlierRun(path.parent, day, {record: frozenset(each) for record, each in tasks.items()})
            )
    return sorted(found, key=lambda run: (run.as_of, run.folder.name), reverse=True)


class EarlierLooks:
    """The looks of the days before `as_of`. A day that is crawled anew does not rest on what it saw before."""

    def __init__(self, run_folder: Path, as_of: date) -> None:
        self._as_of = as_of
        self._runs = [run for run in earlier_runs(run_folder, as_of, DRAWN_FOR_DAYS) if run.as_of < as_of]

    def standing_look(
        self, site_code: str, kind: str, lacking: frozenset[str], plain_sha256: str | None
    ) -> Look | None:
        """The drawn look that stands for a page whose plain form does not show what is `lacking`; None: draw it.

        One that showed all of it stands. One that did not stands as long as the plain page is the same to the byte. Where only
        the drawn page offers a search or an assistant none stands: without the page it cannot be tried.
        """
        for run_id, trial in self._trials(site_code):
            drawn = [
                look
                for look in trial.looks
                if look.kind == kind
                and look.rendered
                and look.same_as_run is None
                and look.outcome == Outcome.OK
            ]
            for look in drawn:
                if _TRIED & lacking & set(look.seen):
                    return None
                if lacking <= set(look.seen) or (
                    plain_sha256 is not None and look.plain_sha256 == plain_sha256
                ):
                    return replace(look, same_as_run=run_id)
            if drawn:
                return None  # an older one is no better
        return None

    def standing_search(
        self, site_code: str, offer: str, search_url: str | None, number: int
    ) -> list[SearchAttempt]:
        """The attempts of the newest trial of a search that took the browser, if the search is the same and found every title."""
        for run_id, trial in self._trials(site_code):
            attempts = [attempt for attempt in trial.attempts if attempt.same_as_run is None]
            if not attempts:
                continue
            stands = (
                (trial.search, trial.search_url) == (offer, search_url)
                and len(attempts) >= number
                and all(attempt.found for attempt in attempts)
                and any(attempt.rendered for attempt in attempts)
            )
            return [replace(attempt, same_as_run=run_id) for attempt in attempts] if stands else []
        return []

    def examined(self, site_code: str, aspects: int) -> frozenset[str]:
        """Pages of a site that were examined for all `aspects` of barriers so lately that they are not due."""
        since = self._as_of - timedelta(days=EXAMINED_FOR_DAYS)
        return frozenset(
            page.url
            for run in takewhile(lambda run: run.as_of > since, self._runs)
            for trial in _records(run, BarrierTrial, site_code)
            for page in trial.pages
            if page.outcome == Outcome.OK and len(page.aspects) == aspects
        )

    def _trials(self, site_code: str) -> list[tuple[str, ServiceTrial]]:
        return [
            (run.folder.name, trial) for run in self._runs for trial in _records(run, ServiceTrial, site_code)
        ]


def _records(run: EarlierRun, record: type[_Record], task: str) -> list[_Record]:
    name = name_of(record)
    if task not in run.tasks.get(name, frozenset()):
        return []
    try:
        return list(records_of(run.folder / name / f"{task}.jsonl", record))
    except (OSError, RunError):  # the loader reports it
        return []
