"""What a worker does: it fetches what a share of a run needs, does the share as one machine does a run, and puts each task into the store.

A task's files go first, its manifest last. A task that has a valid manifest is not begun: no site is asked twice because a
machine died.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import socket
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

import govcrawl
from govcrawl.network.chromium import find_browser
from govcrawl.network.kept_robots import FOLDER as ROBOTS
from govcrawl.night.cluster.task_store import TaskManifest, TaskStore
from govcrawl.night.cluster.way_out import WayOut
from govcrawl.night.workers import work_off
from govcrawl.records.at_hand import PROGRESS, UNREADABLE
from govcrawl.records.errors import RunError, UserError
from govcrawl.records.evidence import FOLDER as EVIDENCE
from govcrawl.records.kinds import RECORDS_OF, name_of
from govcrawl.records.runs import open_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from govcrawl.records.remote_files import StoredFile
    from govcrawl.records.runs import Run

PLACE: Final = "{data}"
"""Stands in the settings of an errand for the folder in which the worker does it."""
LEASE_S: Final = 30.0
"""How long a worker goes on without an answer of the scheduler; the coordinator gives nobody its hosts before that time has passed."""
LOOK_EVERY_S: Final = 5.0
"""How often a worker looks whether it reaches the sites still, and puts what is done."""
ROOM: Final = 1 << 20  # bytes that must find a place on the disk of a worker


@dataclass(frozen=True, slots=True)
class Errand:
    """A share of a run, as it is sent to a worker."""

    store: str
    office: str  # whose store it is
    run_id: str
    tasks: tuple[str, ...]
    inputs: tuple[StoredFile, ...]
    settings: tuple[str, ...]
    visit: str  # run id of the night's visit, whose robots.txt all runs go by
    landmarks: tuple[tuple[str, int], ...]  # see `WayOut`
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ErrandReport:
    """What became of an errand. `refusal`: why this worker did not do it, a sentence; another may."""

    host: str
    done: tuple[str, ...] = ()  # tasks that have a manifest
    asides: tuple[StoredFile, ...] = ()  # answers to robots.txt, pages that cannot be read
    tally: dict[str, int] = field(default_factory=dict)
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class WorkerFacts:
    """What a worker says of itself before it is given anything."""

    host: str
    code: str
    clock_s: float
    has_browser: bool
    threads: int
    errands: int  # under way here, for whomever


_under_way: list[str] = []  # errands of this process, by their runs


@cache
def code_here() -> str:
    """The version of what crawls: our files, Python, and the packages we require; workers must have the same as the coordinator."""
    digest = hashlib.sha256(platform.python_version().encode())
    root = Path(govcrawl.__file__).parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for line in sorted(metadata.requires("govcrawl") or ()):
        name = line.split(";")[0].split(">")[0].split("=")[0].split("[")[0].strip()
        try:
            digest.update(f"{name} {metadata.version(name)}".encode())
        except metadata.PackageNotFoundError:  # of an extra that is not installed here
            continue
    return digest.hexdigest()[:12]


def facts_here(dask_worker: Any) -> WorkerFacts:
    """Of this worker; Dask gives it as `dask_worker`."""
    return WorkerFacts(
        socket.gethostname(),
        code_here(),
        time.time(),
        find_browser() is not None,
        dask_worker.state.nthreads,
        len(_under_way),
    )


def do_errand(errand: Errand) -> ErrandReport:
    """Do an errand on the worker this is called on; the machine's own troubles are a refusal, never a finding."""
    from distributed import get_worker  # noqa: PLC0415 - of the extra `cluster`

    worker = get_worker()
    key = worker.get_current_task()
    host = socket.gethostname()

    lease = _Lease()

    def go_on() -> None:
        state = worker.state.tasks.get(key)
        if (
            worker.status.name != "running"
            or lease.has_ended(worker.scheduler_delay)
            or state is None
            or state.state in {"cancelled", "released", "forgotten"}
        ):
            raise _NobodyWaitsError

    done: list[str] = []
    _under_way.append(errand.run_id)
    place = Path(tempfile.mkdtemp(prefix="govcrawl-errand-", dir=worker.local_directory))
    try:
        asides, tally = _do(errand, place, host, go_on, done)
        return ErrandReport(host, tuple(done), asides, tally)
    except _NobodyWaitsError:
        return ErrandReport(host, tuple(done), refusal="nobody waits for it any more")
    except (UserError, OSError) as error:
        return ErrandReport(host, tuple(done), refusal=str(error).replace(f"{place}/", ""))
    finally:
        shutil.rmtree(place, ignore_errors=True)
        _under_way.remove(errand.run_id)


class _NobodyWaitsError(Exception):
    """The scheduler or the coordinator is gone, or we are cut off: these hosts may be given to another worker."""


class _Lease:
    """How long it is since the scheduler answered a heartbeat, which tells the difference between the clocks anew each time."""

    def __init__(self) -> None:
        self._heard, self._heard_s = 0.0, time.monotonic()

    def has_ended(self, difference_s: float) -> bool:
        if difference_s != self._heard:
            self._heard, self._heard_s = difference_s, time.monotonic()
        return time.monotonic() - self._heard_s > LEASE_S


def _do(
    errand: Errand, place: Path, host: str, go_on: Callable[[], None], done: list[str]
) -> tuple[tuple[StoredFile, ...], dict[str, int]]:
    """Do an errand in a folder; return the asides and what was counted. `done` gets each task that has a manifest."""
    _refuse_without_room(place)
    store = TaskStore(errand.store)
    store.is_seen_here(errand.office)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda file: store.fetch(file, place / file.name), errand.inputs))
    run = open_run(place / "runs" / errand.run_id)
    done += [task for task in errand.tasks if store.manifest_of(run, task) is not None]
    tasks = [task for task in errand.tasks if task not in done]
    if not tasks:
        return (), {}
    settings = [setting.replace(PLACE, str(place)) for setting in errand.settings]
    way_out = WayOut(errand.landmarks, settings)
    way_out.look()
    putting = _Putting(store, run, way_out, tasks, host, done)

    def watch() -> None:
        go_on()
        putting.go_on()

    try:
        lost = work_off(
            run,
            place / "registries",
            workers=1,
            tasks=tasks,
            settings=settings,
            until=errand.until,
            watch=watch,
        )
    except RunError:  # not one task got done
        _refuse_without_room(place)
        raise
    finally:
        putting.stop()
    putting.end()
    if lost:  # it is not the tasks when our disk is full
        _refuse_without_room(place)
    asides = tuple(store.put(path, path.relative_to(place).as_posix()) for path in _asides(errand, run))
    return asides, _tally(run)


def _refuse_without_room(place: Path) -> None:
    """OSError when the disk takes no more, or no file of that size."""
    with tempfile.NamedTemporaryFile(dir=place) as file:
        file.write(bytes(ROOM))
        file.flush()


def _is_done(run: Run, task: str) -> bool:
    return all(
        (run.folder / name_of(record) / f"{task}.jsonl").exists() for record in RECORDS_OF[run.plan.kind]
    )


@dataclass(slots=True)
class _Putting:
    """Puts what is done, each time behind a look that finds all well here: what could not be asked is no finding.

    It does so in a thread: a store that fails is waited for, and meanwhile the errand must notice that nobody waits for it.
    """

    store: TaskStore
    run: Run
    way_out: WayOut
    tasks: Sequence[str]
    host: str
    done: list[str]  # gets each task that has its manifest
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    _round: Future[None] | None = None
    _begun_s: float = field(default_factory=time.monotonic)

    def go_on(self) -> None:
        """Begin a round when it is time; raises what the one before it raised."""
        if self._round is None:
            if time.monotonic() - self._begun_s > LOOK_EVERY_S:
                self._begun_s = time.monotonic()
                self._round = self._pool.submit(self._put)
        elif self._round.done():
            before, self._round = self._round, None
            before.result()

    def stop(self) -> None:
        """Let the round under way come to its end, and begin none."""
        self._pool.shutdown()

    def end(self) -> None:
        """Put what is left."""
        if self._round is not None:
            self._round.result()
        self._put()

    def _put(self) -> None:
        ready = [task for task in self.tasks if task not in self.done and _is_done(self.run, task)]
        self.way_out.look()
        data = self.run.folder.parent.parent
        for task in ready:
            files = [
                self.store.put(path, path.relative_to(data).as_posix()) for path in _files_of(self.run, task)
            ]
            self.store.put_manifest(
                self.run, TaskManifest(self.run.plan.run_id, task, code_here(), self.host, files)
            )
            self.done.append(task)


def _files_of(run: Run, task: str) -> Iterator[Path]:
    for record in RECORDS_OF[run.plan.kind]:
        yield run.folder / name_of(record) / f"{task}.jsonl"
    for ending in (".warc.zst", ".index"):
        if (path := run.folder / EVIDENCE / f"{task}{ending}").exists():
            yield path


def _asides(errand: Errand, run: Run) -> list[Path]:
    """What other runs of the night need to know besides the records, as far as it was not handed over."""
    runs = run.folder.parent
    handed = {file.name for file in errand.inputs}
    found = [
        *(runs / errand.visit / ROBOTS).glob("*.json"),
        *(run.folder / PROGRESS / UNREADABLE).glob("*"),
    ]
    return [path for path in found if path.relative_to(runs.parent).as_posix() not in handed]


def _tally(run: Run) -> dict[str, int]:
    """What the processes of the errand counted, for whoever watches the night."""
    tallies = [orjson.loads(path.read_bytes()) for path in (run.folder / PROGRESS).glob("*.json")]
    return {name: sum(tally[name] for tally in tallies) for name in ("tasks_done", "pages", "faults")}
