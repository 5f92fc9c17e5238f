"""What a night costs, by stage: a first one, a quiet one, a busy one, on government-like sites of 501 pages.

    python -m benchmarks.night [--sites 8 50] [--workers N] [--keep DIR]

The sites (benchmarks.corpus: ten registered sections each) are served from this machine without delays; the whole line runs on
them as `govcrawl nightly` does it, each stage in processes of its own. A busy night changes a fifth of the articles and adds
three to every list. Requests and bytes are counted by the server. Of two numbers of sites the last table tells what a stage
costs a night, however many sites there are, and what it costs a site; by these it extrapolates to 1,000 sites.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from analytics.editions.chosen import load_edition
from analytics.judging.assess import assess
from analytics.notices.intranet.index import write_index
from analytics.notices.write import write_notices
from benchmarks import corpus
from govcrawl.night import control, text_readings
from govcrawl.night.due_pages import write_plan
from govcrawl.night.nightly import CRAWLS, Orders, load_and_publish, work
from govcrawl.records.kinds import RunKind
from govcrawl.records.runs import create_run
from govcrawl.records.states import FinishReason
from govcrawl.registry import load_registry, store_registry
from govcrawl.spiders.known_texts import hand_over as hand_over_texts
from govcrawl.spiders.tasks import GOES_ON_FROM, tasks_of
from govcrawl.texts.reader import Reader
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.snapshot import Snapshot
from govcrawl.warehouse.texts import hashes_of_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST = date(2026, 11, 22)
EDITION = "inspection-2019"
FULL = 1000  # sites that the figures are extrapolated to
SETTINGS = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "CONCURRENT_REQUESTS_PER_DOMAIN=8",
    "AGAIN_PAUSE_S=0.1",
)
HEAD = "| stage | CPU s | wall s | requests | MB | CPU s a site |\n|---|---|---|---|---|---|"


@dataclass
class Stage:
    name: str
    cpu_s: float
    wall_s: float
    requests: int
    size_mb: float

    def line(self, sites: int) -> str:
        return (
            f"| {self.name} | {self.cpu_s:.1f} | {self.wall_s:.1f} | {self.requests:,} | {self.size_mb:.1f} "
            f"| {self.cpu_s / sites:.3f} |"
        )


@dataclass
class Meter:
    """Processor seconds of this process and its children, and what the server was asked, from stage to stage."""

    port: int
    stages: list[Stage] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        cpu_s, asked, begun = _cpu_s(), self._asked(), time.monotonic()
        yield
        now = self._asked()
        self.stages.append(
            Stage(
                name, _cpu_s() - cpu_s, time.monotonic() - begun, now[0] - asked[0], (now[1] - asked[1]) / 1e6
            )
        )

    def _asked(self) -> tuple[int, int]:
        with urllib.request.urlopen(f"http://127.0.0.2:{self.port}{corpus.COUNT.decode()}") as answer:
            requests, size = orjson.loads(answer.read())
        return requests, size


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(map(_ticks, children)) / os.sysconf(
        "SC_CLK_TCK"
    )


def _ticks(child: str) -> int:
    """Processor time of a living child and of the children it has waited for: the crawls, of the fork server."""
    after_name = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, after_name[11:15]))


def write_registry(folder: Path, port: int, sites: int) -> None:
    folder.mkdir()
    addresses = corpus.addresses(sites)
    head = "site_code,name,home_url,unit,region_code,level,kind,private_address"
    rows = [
        f"34010{number:05},甲{number},http://{address}:{port}/,乙{number},340100,市,门户,{address}"
        for number, address in enumerate(addresses)
    ]
    (folder / "sites.csv").write_text("\n".join([head, *rows]))
    lists = [
        f"34010{number:05},栏目{section},http://{address}:{port}/s{section}/index.html,动态要闻"
        for number, address in enumerate(addresses)
        for section in range(10)
    ]
    (folder / "sections.csv").write_text("\n".join(["site_code,name,url,class", *lists]))


def one_night(orders: Orders, meter: Meter) -> None:
    registry = load_registry(orders.registry)
    registries = orders.data / "registries"
    sha256 = store_registry(registry, registries)
    runs = {}
    for kind in CRAWLS:
        with meter.stage(kind):
            run = create_run(
                orders.data,
                kind=kind,
                as_of=orders.as_of,
                registry_sha256=sha256,
                tasks=tasks_of(kind, registry),
                of_run=runs[GOES_ON_FROM[kind]].plan.run_id if kind in GOES_ON_FROM else None,
                started_at=orders.clock(),
            )
            if kind == "visit":
                write_plan(run, orders.data, orders.settings)
                hand_over_texts(run.folder, hashes_of_texts(orders.data, orders.as_of))
            work(orders, run, registry, registries)
            runs[kind] = run
    begun = partial(create_run, orders.data, as_of=orders.as_of, registry_sha256=sha256)
    reader = Reader.of(orders.data)
    with meter.stage("control"):
        run = begun(kind=RunKind.CONTROL, tasks=[control.TASK], started_at=orders.clock())
        control.look_at_own_pages(run.resume(), load_edition(EDITION), reader, orders.clock)
        run.seal(FinishReason.FINISHED, orders.clock())
    with meter.stage("texts"):
        load_all(orders.data)
        run = begun(kind=RunKind.TEXTS, tasks=text_readings.TASKS, started_at=orders.clock())
        text_readings.read_texts(orders.data, run.resume(), by=reader)
        run.seal(FinishReason.FINISHED, orders.clock())
    with meter.stage("load, publish"):
        load_and_publish(orders, [run.folder for run in runs.values()])
    with meter.stage("assess"), Snapshot.open(orders.data) as snapshot:
        folder = assess(snapshot, edition=EDITION, as_of=orders.as_of, out=orders.data / "assessments")
    with meter.stage("documents"):
        load_and_publish(orders, [folder])
        write_notices(orders.data, folder.name, None)
        write_index(orders.data)


def measured(sites: int, workers: int, keep: Path | None) -> dict[str, list[Stage]]:
    """The stages of three nights of so many sites, by the name of the night."""
    command = [sys.executable, "-m", "benchmarks.corpus", "--sites", str(sites)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    nights: dict[str, list[Stage]] = {}
    try:
        port = int(server.stdout.readline())
        with tempfile.TemporaryDirectory(prefix="bench-night-") as place:
            here = (keep or Path(place)) / str(sites)
            here.mkdir(parents=True, exist_ok=True)
            write_registry(here / "registry", port, sites)
            for number, name in enumerate(("first", "quiet", "busy")):
                if name == "busy":
                    urllib.request.urlopen(f"http://127.0.0.2:{port}{corpus.BUSY.decode()}").close()
                orders = Orders(
                    here / "registry",
                    here / "data",
                    FIRST + timedelta(days=number),
                    workers,
                    SETTINGS,
                    lambda: datetime.now(UTC),
                    Path(os.devnull).open("w"),  # noqa: SIM115 - as long as the night
                )
                meter = Meter(port)
                one_night(orders, meter)
                nights[name] = meter.stages
                report(name, meter.stages, sites)
    finally:
        server.terminate()
        server.wait()
    first = _sum(nights["first"])
    for name in ("quiet", "busy"):
        cpu_s, requests = _sum(nights[name])
        print(
            f"\n{name}: {requests / first[1]:.0%} of the requests and {cpu_s / first[0]:.0%} of the CPU of the first night"
        )
    return nights


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--sites", type=int, nargs=2, default=[8, 50])
    arguments.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    arguments.add_argument("--keep", type=Path, help="keep the data directories there")
    given = arguments.parse_args()
    few, many = sorted(given.sites)
    extrapolate(
        few, measured(few, given.workers, given.keep), many, measured(many, given.workers, given.keep)
    )


def extrapolate(few: int, of_few: dict[str, list[Stage]], many: int, of_many: dict[str, list[Stage]]) -> None:
    """Print what each stage costs a night and a site: the line through two measured points."""
    print(f"\nFrom {few} and {many} sites: CPU s a night + CPU s a site = CPU minutes of {FULL:,} sites\n")
    print("| stage | first | quiet | busy |\n|---|---|---|---|")
    totals = dict.fromkeys(of_few, (0.0, 0.0))
    for place, stage in enumerate(of_few["first"]):
        cells = []
        for name, total in totals.items():
            less, more = of_few[name][place].cpu_s, of_many[name][place].cpu_s
            a_site = max(0.0, (more - less) / (many - few))
            a_night = max(0.0, more - a_site * many)
            totals[name] = total[0] + a_night, total[1] + a_site
            cells.append(_cost(a_night, a_site))
        print(f"| {stage.name} | {' | '.join(cells)} |")
    print(f"| in all | {' | '.join(_cost(*total) for total in totals.values())} |")
    for name, (_, a_site) in totals.items():
        if name != "first":
            print(f"{name}: {a_site / totals['first'][1]:.0%} of the CPU a site of the first night")


def _cost(a_night: float, a_site: float) -> str:
    return f"{a_night:.1f} + {a_site:.3f} = {(a_night + a_site * FULL) / 60:.1f}"


def report(name: str, stages: list[Stage], sites: int) -> None:
    print(f"\n{name} night, {sites} sites\n\n{HEAD}")
    for stage in stages:
        print(stage.line(sites))
    cpu_s, requests = _sum(stages)
    print(f"in all {cpu_s:.1f} CPU s, {cpu_s / sites:.2f} a site; {requests:,} requests", flush=True)


def _sum(stages: list[Stage]) -> tuple[float, int]:
    return sum(stage.cpu_s for stage in stages), sum(stage.requests for stage in stages)


if __name__ == "__main__":
    main()
