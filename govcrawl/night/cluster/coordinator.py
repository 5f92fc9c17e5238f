"""The second way to do a run: its shares are sent to the workers of a Dask cluster, and what they made is gathered from the store.

Dask carries errands and tells who lives; what is done is known from manifests alone, so neither a scheduler nor a coordinator that
dies loses more than time. Each worker has one errand at a time, sent to it by name: that is how no two workers ask one address.
"""

from __future__ import annotations

import importlib.util
import logging
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import orjson

from govcrawl.network.chromium import find_browser
from govcrawl.network.resolve_rules import rules_of
from govcrawl.night.cluster.errand import (
    LEASE_S,
    PLACE,
    Errand,
    ErrandReport,
    code_here,
    do_errand,
    facts_here,
)
from govcrawl.night.cluster.task_store import TaskStore, office_of
from govcrawl.night.shares import Dealer, Share, shares_for
from govcrawl.night.workers import POLL_S, is_past, work_off
from govcrawl.records.at_hand import PROGRESS
from govcrawl.records.errors import RunError, UserError
from govcrawl.records.kinds import RunKind
from govcrawl.records.remote_files import StoredFile
from govcrawl.records.whole import sha256_of
from govcrawl.settings import GOVCRAWL_CONTACT, OPEN_SITES, USER_AGENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from govcrawl.night.cluster.errand import WorkerFacts
    from govcrawl.night.cluster.inputs import Needs
    from govcrawl.records.runs import Run

KINDS: Final = frozenset({RunKind.VISIT, RunKind.SURROUNDINGS, RunKind.LINKS})
"""Runs that workers do. A round asks each home page once: this machine does it, so that all rounds of a week look from one place."""
MOST_FAILURES: Final = 2
"""Workers that may refuse a task, or die with it; then this machine does it."""
MOST_LANDMARKS: Final = 5
CLOCK_MAX_OFF_S: Final = 60.0
CONNECT_MAX_S: Final = 20.0
IDLE_MAX_S: Final = 120.0  # that errands of a coordinator before us may take to notice that nobody waits
NOTICE_S: Final = LEASE_S + 15.0  # in which a worker that is cut off has noticed, and its crawls have ended
WORKERS_BACK_S: Final = 60.0  # that is waited when all workers are gone
_LOOK_EVERY_S: Final = 2.0
_AT_ONCE: Final = 8  # files read from or put into the store


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where the machines meet: the addresses of the scheduler and of the store."""

    scheduler: str
    store: str

    def refuse_unless_usable(self, data: Path) -> None:
        """Refuse, before any site is asked, what could not be done on this cluster."""
        lacking = [
            name for name in ("distributed", "fsspec", "obstore") if not importlib.util.find_spec(name)
        ]
        if lacking:
            raise UserError(
                f"--cluster: {', '.join(lacking)} not installed; run `pip install 'govcrawl[cluster]'` here and on every worker"
            )
        TaskStore(self.store).belong_to(data)
        with self.client():
            pass

    def client(self) -> Any:
        """A connection to the scheduler; UserError when there is none."""
        from distributed import Client  # noqa: PLC0415 - of the extra `cluster`

        for name in [each for each in logging.root.manager.loggerDict if each.startswith("distributed")]:
            logging.getLogger(name).setLevel(
                logging.CRITICAL + 1
            )  # what it logs as errors we say in a sentence
        try:
            return Client(self.scheduler, timeout=CONNECT_MAX_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise UserError(
                f"--cluster {self.scheduler}: no scheduler answers ({error}). Start it with `dask scheduler` and its workers with "
                "`dask worker`, or leave --cluster away: this machine then does the night alone"
            ) from error


def work_off_on_cluster(
    cluster: Cluster,
    needs: Needs,
    *,
    dealer: Dealer | None,
    settings: Sequence[str],
    say: Callable[[str], None],
    until: datetime | None = None,
    watch: Callable[[], None] = lambda: None,
) -> list[str]:
    """Do every open task of the run on the cluster; return the tasks that could not be finished, as `work_off` does."""
    run, store = needs.run, TaskStore(cluster.store)
    if gathered := _gather(store, run, run.resume().open_tasks()):
        say(f"{run.plan.kind}: {len(gathered)} tasks have a manifest in {store.url} and are not done again")
    if not run.open_tasks():
        return []
    with cluster.client() as client:
        dispatch = _Dispatch(client, cluster, store, needs, dealer or Dealer(), settings, say, until, watch)
        dispatch.do()
    left = [task for task in run.open_tasks() if task not in dispatch.lost]
    if left and not is_past(until):
        say(f"{run.plan.kind}: {len(left)} tasks that no worker could do are done on this machine")
        registries = needs.data / "registries"
        work_off(run, registries, workers=1, tasks=left, settings=settings, until=until, watch=watch)
    return run.open_tasks()


@dataclass(slots=True)
class _Way:
    """An errand on its way."""

    share: Share
    future: Any


@dataclass(slots=True)
class _Dispatch:
    """Gives shares to idle workers until none is left; `lost` are tasks that brought down every process of a worker that is well."""

    client: Any
    cluster: Cluster
    store: TaskStore
    needs: Needs
    dealer: Dealer
    settings: Sequence[str]
    say: Callable[[str], None]
    until: datetime | None
    watch: Callable[[], None]
    lost: set[str] = field(default_factory=set)
    _workers: dict[str, WorkerFacts] = field(default_factory=dict)  # by address: who may be given errands
    _refused: set[str] = field(default_factory=set)  # addresses of workers that may not
    _failures: Counter[str] = field(default_factory=Counter)  # by task
    _held: list[tuple[float, Share]] = field(default_factory=list)  # from when on another worker may have it
    _looked_s: float = 0.0
    _seen_s: float = 0.0  # when a worker was last there
    _reports: int = 0

    def do(self) -> None:
        self._wait_for_idle_workers()
        settings, inputs = self._hand_over_run()
        open_tasks = self.needs.run.open_tasks()
        queue = self.dealer.deal(open_tasks, self._shares_for(open_tasks))
        ways: dict[str, _Way] = {}
        try:
            while queue or ways or self._held:
                if is_past(self.until):
                    queue.clear()
                    self._held.clear()
                self._look_at_workers()
                queue += [share for from_s, share in self._held if from_s <= time.monotonic() and share.tasks]
                self._held = [one for one in self._held if one[0] > time.monotonic()]
                for address in [each for each in self._workers if each not in ways][: len(queue)]:
                    ways[address] = self._send(queue.pop(0), address, settings, inputs)
                for address in [each for each, way in ways.items() if self._is_over(each, way)]:
                    if left := self._end(address, ways.pop(address)):
                        self._held.append((self._from_s(address), left))
                self.watch()
                time.sleep(POLL_S)
        finally:
            for way in ways.values():
                way.future.release()

    def _shares_for(self, open_tasks: Sequence[str]) -> int:
        given = dict(setting.split("=", 1) for setting in self.settings)
        sites = len(self.needs.urls) * len(open_tasks) / len(self.needs.run.plan.tasks)
        return shares_for(sites, len(self._workers), int(given.get("OPEN_SITES", OPEN_SITES)))

    # ---------- workers

    def _wait_for_idle_workers(self) -> None:
        """Wait until errands of a coordinator before us have ended: they may be at the same hosts."""
        deadline = time.monotonic() + IDLE_MAX_S
        while True:
            self._look_at_workers(at_once=True)
            if not self._workers:
                raise UserError(
                    f"--cluster {self.cluster.scheduler}: no worker that can be used. Start workers of this version with "
                    f"`dask worker {self.cluster.scheduler} --nthreads 1`, one for each core, and run the same command again"
                )
            busy = sorted(
                {facts.host for facts in self._facts(list(self._workers)).values() if facts.errands}
            )
            if not busy:
                return
            if time.monotonic() > deadline:
                raise UserError(
                    f"--cluster {self.cluster.scheduler}: {', '.join(busy)} at work for another night; wait for its end"
                )
            time.sleep(1)

    def _look_at_workers(self, *, at_once: bool = False) -> None:
        """Note who is gone, and let whoever has come show what it is; RunError when the scheduler is gone, or all workers are."""
        if self.client.status != "running":
            raise self._without("the scheduler")
        now_s = time.monotonic()
        if now_s - self._looked_s < _LOOK_EVERY_S and not at_once:
            return
        self._looked_s = now_s
        present = set(self._answer_of(lambda: self.client.scheduler_info(n_workers=-1)["workers"]))
        strangers = self._facts(sorted(present - self._workers.keys() - self._refused))
        for address in self._workers.keys() - present:
            self.say(f"cluster: worker {self._workers.pop(address).host} {address} is gone")
        for address, facts in strangers.items():
            if why := _unfit(facts):
                self._refuse(address, facts.host, why)
            else:
                self._workers[address] = facts
        if self._workers or not self._seen_s:
            self._seen_s = now_s
        elif now_s - self._seen_s > WORKERS_BACK_S:
            raise self._without("every worker that was not refused")

    def _answer_of(self, question: Callable[[], Any]) -> Any:
        """What the scheduler answers; RunError when it is gone."""
        try:
            return question()
        except (OSError, TimeoutError, RuntimeError) as error:
            raise self._without("the scheduler") from error

    def _facts(self, addresses: list[str]) -> dict[str, WorkerFacts]:
        if not addresses:
            return {}
        answers: dict[str, Any] = self._answer_of(
            lambda: self.client.run(facts_here, workers=addresses, on_error="return")
        )
        for address, answer in answers.items():
            if isinstance(answer, ImportError | AttributeError):
                self._refuse(address, "at", f"it has another version of govcrawl, or none ({answer})")
        return {address: answer for address, answer in answers.items() if not isinstance(answer, Exception)}

    def _refuse(self, address: str, host: str, why: str) -> None:
        self._refused.add(address)
        self._workers.pop(address, None)
        self.say(f"cluster: worker {host} {address} is refused: {why}")

    def _without(self, who: str) -> RunError:
        return RunError(
            f"--cluster {self.cluster.scheduler}: {who} is gone. Start it again and run the same command: tasks that have a "
            "manifest in the store are not done again"
        )

    # ---------- errands

    def _hand_over_run(self) -> tuple[tuple[str, ...], list[StoredFile]]:
        """The settings of the errands, and the files that all of them need."""
        given = dict(setting.split("=", 1) for setting in self.settings)
        ours = {"USER_AGENT": USER_AGENT, "GOVCRAWL_CONTACT": GOVCRAWL_CONTACT} | given
        inputs = self._put(self.needs.of_run())
        if rules := rules_of(given):
            name = f"runs/{self.needs.run.plan.run_id}/resolve.txt"
            path = self.needs.data / name
            path.write_text("\n".join(map(str, rules)), "utf-8")
            inputs += self._put([path])
            path.unlink()
            ours["RESOLVE"] = f"@{PLACE}/{name}"
        settings = (
            f"{name}={value}".replace(str(self.needs.data), PLACE) for name, value in ours.items() if value
        )
        return tuple(settings), inputs

    def _put(self, paths: Iterable[Path]) -> list[StoredFile]:
        def put(path: Path) -> StoredFile:
            name = path.relative_to(self.needs.data).as_posix()
            file = StoredFile(name, path.stat().st_size, sha256_of(path))
            return file if self.store.has(file) else self.store.put(path, name)

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            return list(pool.map(put, paths))

    def _send(self, share: Share, address: str, settings: tuple[str, ...], inputs: list[StoredFile]) -> _Way:
        errand = Errand(
            store=self.store.url,
            office=office_of(self.needs.data),
            run_id=self.needs.run.plan.run_id,
            tasks=share.tasks,
            inputs=(*inputs, *self._put(self.needs.of_tasks(share.tasks))),
            settings=settings,
            visit=self.needs.visit.name,
            landmarks=self.needs.landmarks(share.tasks, MOST_LANDMARKS),
            until=self.until,
        )
        future = self.client.submit(
            do_errand, errand, workers=[address], allow_other_workers=False, pure=False, retries=0
        )
        return _Way(share, future)

    def _from_s(self, address: str) -> float:
        """From when on others may ask the hosts of an errand that was not ended; in the clock of `time.monotonic`."""
        if address in self._workers or address in self._refused or not _may_live(address):
            return 0.0
        self.say(
            f"cluster: {address} may be at work still, cut off from the scheduler; its hosts are left alone for {NOTICE_S:.0f} s"
        )
        return time.monotonic() + NOTICE_S

    def _is_over(self, address: str, way: _Way) -> bool:
        return bool(way.future.done()) or address not in self._workers

    def _end(self, address: str, way: _Way) -> Share | None:
        """Gather what an errand brought; return what is still to be done, of it what another worker may try; None when nothing is."""
        report: ErrandReport | None = None
        if way.future.status == "finished":
            report = way.future.result()
        way.future.release()
        done = frozenset(report.done if report else ())
        gathered = _gather(self.store, self.needs.run, way.share.tasks, done)
        left = tuple(task for task in way.share.tasks if task not in gathered)
        if report is not None:
            self._reports += 1
            for file in report.asides:
                self.store.fetch(file, self.needs.data / file.name)
            tally = self.needs.run.folder / PROGRESS / f"{self._reports}.json"
            tally.parent.mkdir(exist_ok=True)
            tally.write_bytes(orjson.dumps(report.tally))
            if report.refusal is None:
                self.lost.update(left)
                return None
            self._refuse(address, report.host, report.refusal)
        self._failures.update(left)
        again = tuple(task for task in left if self._failures[task] < MOST_FAILURES)
        return Share(again, way.share.cost) if left else None


def _may_live(address: str) -> bool:
    """Whether a worker that the scheduler lost may be at work all the same: only where nobody listens any more it is surely not."""
    where = urlsplit(address)
    try:
        socket.create_connection((where.hostname or "", where.port or 0), CONNECT_MAX_S).close()
    except ConnectionRefusedError:
        return False
    except OSError:
        return True
    return True


def _unfit(facts: WorkerFacts) -> str | None:
    """Why a worker may not be given anything; None when it may."""
    off_s = facts.clock_s - time.time()
    if facts.code != code_here():
        return f"its code is {facts.code}, ours {code_here()}; install the same version of govcrawl and of what it requires there"
    if abs(off_s) > CLOCK_MAX_OFF_S:
        return f"its clock is {abs(off_s):.0f} s {'ahead' if off_s > 0 else 'behind'}; set it right"
    if facts.threads != 1:
        return f"it does {facts.threads} errands at a time; start it with --nthreads 1"
    if find_browser() and not facts.has_browser:
        return (
            "it has no Chromium, and this machine has; pages drawn by JavaScript would stay unmeasured there"
        )
    return None


def _gather(
    store: TaskStore, run: Run, tasks: Sequence[str], done: frozenset[str] = frozenset()
) -> list[str]:
    """Bring the files of tasks that have a manifest into the run folder; return these tasks.

    A worker said of those in `done` that it had put their manifest; UserError when the store does not show it.
    """
    data = run.folder.parent.parent

    def gather(task: str) -> str | None:
        manifest = store.manifest_of(run, task, was_put=task in done)
        if manifest is None and task in done:
            raise UserError(
                f"--store {store.url}: a worker put the manifest of {task} of {run.plan.run_id}, and the store does not show it. See that "
                "all machines see the same store, then run the same command again: it goes on from what is there"
            )
        if manifest is None:
            return None
        for file in reversed(manifest.files):  # the records last: they say that the task is done
            store.fetch(file, data / file.name)
        return task

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return [task for task in pool.map(gather, tasks) if task is not None]
