"""How a crawl by a cluster grows with its workers, at the courteous pace of a real night; then what 14,000 sites would take.

    python -m benchmarks.cluster [--workers 1 2 4] [--sites 64] [--pages 30] [--open 32] [--delay 0.2]

Scheduler, workers, coordinator and the web (benchmarks.corpus, a host a site) are processes of this machine, the store is a folder.
Only the visit is done, and pages a second are those from its first to its last minute. Processor seconds are those of the workers and their
crawls; what surroundings and links take besides says `make bench-night`.
What bounds a row is what it comes near to: the pace or the cores. A worker keeps `--open` sites open at once and asks each for a page in
`--delay` seconds, no sooner; by default as in a real night, where one worker's pace is more than a core can read. A night of slow
sites (`--open 4 --delay 1`) shows how workers add up as long as there are cores.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from benchmarks.memory import memory_mb
from benchmarks.night import write_registry
from govcrawl.settings import DOWNLOAD_DELAY, OPEN_SITES

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = "2026-11-22"
SETTINGS = ("BARRIERS_MAX_SECONDS=0", "CONTROL_PAGES=False", "AGAIN_PAUSE_S=0.1", "LINK_CONFIRM_S=0.2")
STARTS_WITHIN_S = 120
HEAD = "| workers | pages | visit s | pages a second | a worker | of the pace | CPU s | of the cores | pages a CPU second | MB a worker |"
COUNTRY_SITES, DUE_PAGES, NIGHT_H = 14_000, 100, 8


@dataclass(frozen=True, slots=True)
class Measured:
    workers: int
    pages: int
    visit_s: float
    cpu_s: float
    peak_mb: float  # of a worker with all its processes
    received: int  # bytes of all pages

    def line(self, web: Web) -> str:
        rate = self.pages / self.visit_s
        allowed = min(web.sites, web.open * self.workers) / web.delay_s
        return (
            f"| {self.workers} | {self.pages:,} | {self.visit_s:.1f} | {rate:.1f} | {rate / self.workers:.1f} | {rate / allowed:.0%} "
            f"| {self.cpu_s:.1f} | {self.cpu_s / self.visit_s / (os.cpu_count() or 1):.0%} | {self.pages / self.cpu_s:.1f} | {self.peak_mb:.0f} |"
        )


@dataclass(frozen=True, slots=True)
class Web:
    """The sites, and how they are asked: `open` at once by one worker, each for a page in `delay_s`."""

    sites: int
    pages: int
    open: int
    delay_s: float


def measure(workers: int, web: Web) -> Measured:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.corpus", "--sites", str(web.sites)],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        with tempfile.TemporaryDirectory(prefix="bench-cluster-") as place:
            here = Path(place)
            write_registry(here / "registry", int(server.stdout.readline()), web.sites)
            with _dask(here, workers) as (address, processes):
                return _crawl(here, address, processes, web)
    finally:
        server.kill()
        server.wait()


def _crawl(here: Path, address: str, workers: list[subprocess.Popen[bytes]], web: Web) -> Measured:
    words = [
        sys.executable,
        "-m",
        "govcrawl",
        "crawl",
        "--registry",
        here / "registry",
        "--data",
        here / "data",
    ]
    words += ["--as-of", DAY, "--any-day", "--cluster", address, "--store", here / "store"]
    of_web = (f"SITE_MAX_PAGES={web.pages}", f"OPEN_SITES={web.open}", f"DOWNLOAD_DELAY={web.delay_s}")
    for setting in (*SETTINGS, *of_web):
        words += ["-s", setting]
    cpu_s, peak_mb, sealed = sum(map(_cpu_s, workers)), 0.0, None
    with (here / "crawl.log").open("wb") as log:
        crawl = subprocess.Popen([*map(str, words)], stdout=log, stderr=log)
        while sealed is None:
            if crawl.poll() is not None:
                raise SystemExit((here / "crawl.log").read_text("utf-8"))
            time.sleep(0.5)
            peak_mb = max(peak_mb, *(_memory_mb(worker.pid) for worker in workers))
            sealed = next((here / "data" / "runs").glob("*-visit/run.json"), None)
    cpu_s = sum(map(_cpu_s, workers)) - cpu_s
    crawl.terminate()
    crawl.wait()
    folder, run = sealed.parent, orjson.loads(sealed.read_bytes())
    visits = [
        orjson.loads(line) for path in folder.glob("site_visit/*") for line in path.read_bytes().splitlines()
    ]
    span = datetime.fromisoformat(run["finished_at"]) - datetime.fromisoformat(run["started_at"])
    received = sum(visit["size_bytes"] for visit in visits)
    return Measured(len(workers), run["pages"], span.total_seconds(), cpu_s, peak_mb, received)


@contextmanager
def _dask(here: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{held.getsockname()[1]}"
    scheduler = _dask_process(here, "scheduler", "--host", "127.0.0.1", "--port", address.rpartition(":")[2])
    more = ["--nthreads", "1", "--no-nanny", "--local-directory", str(here)]
    processes = [_dask_process(here, f"worker{number}", address, *more) for number in range(workers)]
    try:
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not all(b"Registered to" in (here / f"worker{n}.log").read_bytes() for n in range(workers)):
            if time.monotonic() > deadline:
                raise SystemExit("the workers do not start")
            time.sleep(0.2)
        yield address, processes
    finally:
        for process in (*processes, scheduler):
            process.kill()
            process.wait()


def _dask_process(here: Path, name: str, *words: str) -> subprocess.Popen[bytes]:
    kind = name.rstrip("0123456789")
    with (here / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", kind, *words, "--no-dashboard"], stdout=log, stderr=log
        )


def _family(pid: int) -> Iterator[int]:
    """A process and all that came of it."""
    yield pid
    with suppress(OSError):  # it, or a thread of it, has ended meanwhile
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in task.read_text().split():
                yield from _family(int(child))


def _cpu_s(worker: subprocess.Popen[bytes]) -> float:
    """Of a worker and its crawls, those too that have ended and were waited for."""
    ticks = 0
    for pid in _family(worker.pid):
        with suppress(OSError):
            after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, after_name[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int) -> float:
    """What its processes hold; what they share is counted in each."""
    total = 0.0
    for one in _family(pid):
        with suppress(OSError):
            total += memory_mb(one, "VmRSS")
    return total


def plan(best: Measured, cores: int) -> str:
    """What the country takes by these figures."""
    pages, night_s = COUNTRY_SITES * DUE_PAGES, NIGHT_H * 3600
    a_page = best.cpu_s / best.pages
    of_cores = pages * a_page / night_s
    megabytes = best.received / best.pages * pages / 1e6
    return (
        f"\n{COUNTRY_SITES:,} sites × {DUE_PAGES} due pages in {NIGHT_H} hours, the visit, by the row of {best.workers} workers on {cores} cores:\n"
        f"pages {pages:,}; {pages / night_s:.0f} a second; CPU {a_page * 1000:.1f} ms a page → {of_cores:.1f} cores at work all night, "
        f"{of_cores / 0.7:.0f} at 70 %; {best.peak_mb:.0f} MB a worker → {of_cores / 0.7 * best.peak_mb / 1000:.1f} GB; "
        f"received {megabytes / 1000:.0f} GB, {megabytes * 8 / night_s:.0f} Mbit/s; a site is done {DUE_PAGES * DOWNLOAD_DELAY:.0f} s after it is begun "
        f"at the quickest, so {DUE_PAGES * DOWNLOAD_DELAY * COUNTRY_SITES / night_s:.0f} sites must be asked at once"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    arguments.add_argument("--sites", type=int, default=64)
    arguments.add_argument("--pages", type=int, default=30, help="of a site (SITE_MAX_PAGES)")
    arguments.add_argument("--open", type=int, default=OPEN_SITES, help="sites that one worker asks at once")
    arguments.add_argument(
        "--delay", type=float, default=DOWNLOAD_DELAY, help="seconds between two pages of a site"
    )
    given = arguments.parse_args()
    web = Web(given.sites, given.pages, given.open, given.delay)
    print(
        f"{web.sites} sites, {web.pages} pages each, {web.open} open at once by one worker, a page in {web.delay_s} s of each; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n\n{HEAD}"
    )
    print("|" + "---|" * (HEAD.count("|") - 1))
    found = []
    for workers in given.workers:
        found.append(measure(workers, web))
        print(found[-1].line(web), flush=True)
    print(plan(found[-1], os.cpu_count() or 1))


if __name__ == "__main__":
    main()
