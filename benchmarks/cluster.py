"""How a crawl by a cluster grows with its workers, at the courteous pace of a real night; then what 14,000 sites would take.

    python -m benchmarks.cluster [--workers 1 2 4] [--sites 64] [--pages 30] [--open 4] [--delay 0.2]

Scheduler, workers, coordinator and the web (benchmarks.corpus, a host a site) are processes of this machine, the store is a folder.
Only the visit is done. A worker keeps `--open` sites open at once and asks each for a page in `--delay` seconds, no sooner. In a real night it
is 32 sites (`--open 32`), whose pace is more than one core can read; with 4 there are cores left, and what is seen is whether
workers add up. Processor seconds are those of the workers and their crawls; what surroundings and links take besides says
`make bench-night`.

Each row says what bounded it: the pace (sites open × pages a second of each), the cores of this machine (with what others took of them),
the one core that a crawl can use, or the beginning and the end, in which nothing is asked: registry and known texts are
fetched, a crawl is started, the files are gathered.
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
from math import ceil
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
HEAD = (
    "| workers | pages | requests | visit s | begin, end s | pages a second | of the pace | CPU ms a page "
    "| cores: workers, other parts, others | bound by | MB a worker |"
)
NEAR = 0.7  # of a bound: that is what bounds. Of the pace a site's beginning, robots.txt and home page alone, takes a fifth
CORES = os.cpu_count() or 1
COUNTRY_SITES, DUE_PAGES, NIGHT_H = 14_000, 100, 8


@dataclass(frozen=True, slots=True)
class Measured:
    workers: int
    pages: int
    requests: int  # with robots.txt, dead links, what is asked for as another visitor; each takes its turn in the pace
    visit_s: float
    begin_s: float  # before the first site is begun
    end_s: float  # behind the last one
    cpu_s: float  # of the workers with all their processes
    parts_s: float  # of web, scheduler and coordinator
    others_s: float  # of whatever else this machine did
    peak_mb: float  # of a worker with all its processes
    received: int  # bytes of all pages
    stored_a_site: float  # files in the store

    def line(self, web: Web) -> str:
        cores = [each / self.visit_s for each in (self.cpu_s, self.parts_s, self.others_s)]
        return (
            f"| {self.workers} | {self.pages:,} | {self.requests:,} | {self.visit_s:.1f} | {self.begin_s:.1f}, {self.end_s:.1f} | {self.pages / self.visit_s:.1f} "
            f"| {self._of_the_pace(web):.0%} | {self.cpu_s / self.pages * 1000:.1f} | {', '.join(f'{each:.2f}' for each in cores)} "
            f"| {self._bound(web)} | {self.peak_mb:.0f} |"
        )

    def _of_the_pace(self, web: Web) -> float:
        """While sites were asked."""
        allowed = min(web.sites, web.open * self.workers) / web.delay_s
        return self.requests / (self.visit_s - self.begin_s - self.end_s) / allowed

    def _bound(self, web: Web) -> str:
        if self._of_the_pace(web) > NEAR:
            return "pace"
        if self.cpu_s / self.visit_s / self.workers > NEAR:
            return "a core a worker"
        if (self.cpu_s + self.parts_s + self.others_s) / self.visit_s > 0.9 * CORES:
            return "cores"
        return "begin and end" if (self.begin_s + self.end_s) / self.visit_s > 1 - NEAR else "none: it waits"


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
            with _dask(here, workers) as (address, processes, scheduler):
                return _crawl(here, address, processes, [server, scheduler], web)
    finally:
        server.kill()
        server.wait()


def _crawl(
    here: Path,
    address: str,
    workers: list[subprocess.Popen[bytes]],
    parts: list[subprocess.Popen[bytes]],
    web: Web,
) -> Measured:
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
    peak_mb, sealed, begun = 0.0, None, None
    with (here / "crawl.log").open("wb") as log:
        crawl = subprocess.Popen([*map(str, words)], stdout=log, stderr=log)
        groups = (workers, [*parts, crawl])
        while sealed is None:
            if crawl.poll() is not None:
                raise SystemExit((here / "crawl.log").read_text("utf-8"))
            time.sleep(0.25)
            if begun is None and any((here / "data" / "runs").glob("*-visit")):
                begun = [sum(map(_cpu_s, group)) for group in groups], _busy_s()
            peak_mb = max(peak_mb, *(_memory_mb(worker.pid) for worker in workers))
            sealed = next((here / "data" / "runs").glob("*-visit/run.json"), None)
    cpu_s, parts_s = (
        sum(map(_cpu_s, group)) - before for group, before in zip(groups, begun[0], strict=True)
    )
    busy_s = _busy_s() - begun[1]
    crawl.terminate()
    crawl.wait()
    folder, run = sealed.parent, orjson.loads(sealed.read_bytes())
    visits = [
        orjson.loads(line) for path in folder.glob("site_visit/*") for line in path.read_bytes().splitlines()
    ]
    first, last = _at(run["started_at"]), _at(run["finished_at"])
    return Measured(
        len(workers),
        run["pages"],
        run["requests"],
        last - first,
        min(_at(visit["started_at"]) for visit in visits) - first,
        last - max(_at(visit["finished_at"]) for visit in visits),
        cpu_s,
        parts_s,
        max(0.0, busy_s - cpu_s - parts_s),
        peak_mb,
        sum(visit["size_bytes"] for visit in visits),
        sum(path.is_file() for path in (here / "store/runs" / folder.name).rglob("*")) / web.sites,
    )


def _at(instant: str) -> float:
    return datetime.fromisoformat(instant).timestamp()


def _busy_s() -> float:
    """Processor seconds that this machine has worked since it was started, for whomever."""
    user, nice, system, _idle, _waiting, interrupts, soft = map(
        int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:8]
    )
    return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _dask(
    here: Path, workers: int
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]], subprocess.Popen[bytes]]]:
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
        yield address, processes, scheduler
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


def _cpu_s(process: subprocess.Popen[bytes]) -> float:
    """Of a process and all that came of it, those too that have ended and were waited for."""
    ticks = 0
    for pid in _family(process.pid):
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


def plan(row: Measured) -> str:
    """What the country takes by these figures."""
    pages, night_s = COUNTRY_SITES * DUE_PAGES, NIGHT_H * 3600
    a_page = row.cpu_s / row.pages
    of_cores = pages * a_page / night_s
    workers = ceil(of_cores / 0.7)
    gigabytes = row.received / row.pages * pages / 1e9
    site_s = DUE_PAGES * DOWNLOAD_DELAY
    put = COUNTRY_SITES * row.stored_a_site
    return (
        f"\n{COUNTRY_SITES:,} sites × {DUE_PAGES} due pages in {NIGHT_H} hours, the visit, by the row of {row.workers} workers on {CORES} cores:\n"
        f"requests  {pages:,} pages, {pages / night_s:.0f} a second\n"
        f"cores     {a_page * 1000:.1f} ms a page: {of_cores:.1f} at work all night, {of_cores / 0.7:.1f} at 70 %: {workers} workers\n"
        f"memory    {row.peak_mb:.0f} MB a worker: {workers * row.peak_mb / 1000:.1f} GB\n"
        f"bytes     {gigabytes:.0f} GB, {gigabytes * 8000 / night_s:.0f} Mbit/s\n"
        f"pace      a site takes {site_s:.0f} s at the quickest: {COUNTRY_SITES * site_s / night_s:.0f} sites at once; {workers} workers keep "
        f"{workers * OPEN_SITES} open\n"
        f"store     {row.stored_a_site:.1f} files a site: {put:,.0f} put and read once, {put / night_s:.1f} and {put / night_s:.1f} a second\n"
        f"bound     {'the cores' if of_cores / workers > COUNTRY_SITES * site_s / night_s / (workers * OPEN_SITES) else 'the pace'}: "
        f"{of_cores / workers:.0%} of the cores, {COUNTRY_SITES * site_s / night_s / (workers * OPEN_SITES):.0%} of the pace"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    arguments.add_argument("--sites", type=int, default=64)
    arguments.add_argument("--pages", type=int, default=30, help="of a site (SITE_MAX_PAGES)")
    arguments.add_argument("--open", type=int, default=4, help="sites that one worker asks at once")
    arguments.add_argument(
        "--delay", type=float, default=DOWNLOAD_DELAY, help="seconds between two pages of a site"
    )
    given = arguments.parse_args()
    web = Web(given.sites, given.pages, given.open, given.delay)
    print(
        f"{web.sites} sites, {web.pages} pages each, {web.open} open at once by one worker, a page in {web.delay_s} s of each; "
        f"{CORES} cores, load {os.getloadavg()[0]:.1f}\n\n{HEAD}"
    )
    print("|" + "---|" * (HEAD.count("|") - 1))
    found = []
    for workers in given.workers:
        found.append(measure(workers, web))
        print(found[-1].line(web), flush=True)
    print(plan(found[0]))  # its pages cost what they cost where nobody else is in the way


if __name__ == "__main__":
    main()
