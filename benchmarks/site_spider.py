"""What a page costs: the visit, with everything read and stored, beside a bare CrawlSpider, a lean Scrapy spider, an aiohttp loop.

All crawl the same pages from the same server in the same run, without delays, with the same concurrency. The machine
is noisy; the ratios are what to look at.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import orjson

from benchmarks.corpus import ADDRESSES
from tests.netlab.processes import watched_to_its_end

HERE = Path(__file__).parent
ROUNDS = 2  # the better one of each counts
CONCURRENCY = [
    "-s",
    "CONCURRENT_REQUESTS=16",
    "-s",
    "CONCURRENT_REQUESTS_PER_DOMAIN=8",
    "-s",
    "DOWNLOAD_DELAY=0",
]
UNBOUND = [
    word
    for name in ("SITE_MAX_PAGES", "SITE_MAX_PER_TEMPLATE", "SITE_MAX_PER_QUERY_TEMPLATE")
    for word in ("-s", f"{name}=1000000")
]


@dataclass(frozen=True, slots=True)
class Cost:
    name: str
    pages: int
    dead: int
    wall_s: float
    cpu_s: float
    peak_mb: float

    def line(self) -> str:
        return (
            f"| {self.name} | {self.pages} | {self.dead} | {self.pages / self.wall_s:.0f} "
            f"| {1000 * self.cpu_s / self.pages:.1f} | {self.peak_mb:.0f} |"
        )


def measured(name: str, command: list[str], count, **options) -> Cost:
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", *command], **options)
    took = watched_to_its_end(process)
    wall_s = time.monotonic() - begun
    if took.code:
        raise SystemExit(f"{name} ended with {took.code}")
    pages, dead = count()
    return Cost(name, pages, dead, wall_s, took.cpu_s, took.peak_mb)


def _answers_in(out: Path) -> tuple[int, int]:
    """How many addresses answered, and how many of them do not exist."""
    lines = [orjson.loads(line) for line in out.read_bytes().splitlines()]
    return len(lines), sum(line["status"] == 404 for line in lines)


def bare(urls: list[str], folder: Path) -> Cost:
    return _of_scrapy("bare CrawlSpider", "bare_crawl.py", urls, folder)


def lean(urls: list[str], folder: Path) -> Cost:
    return _of_scrapy("lean Scrapy, address and status stored", "lean_crawl.py", urls, folder)


def _of_scrapy(name: str, spider: str, urls: list[str], folder: Path) -> Cost:
    out = folder / "answers.jsonl"
    command = ["scrapy", "runspider", str(HERE / spider), "-a", f"urls={','.join(urls)}", "-O", str(out)]
    return measured(
        name,
        [*command, *CONCURRENCY, "-L", "INFO"],
        lambda: _answers_in(out),
        cwd=folder,
        stderr=subprocess.DEVNULL,
    )


def loop(urls: list[str], folder: Path) -> Cost:
    out = folder / "answers.jsonl"
    command = ["benchmarks.plain_loop", ",".join(urls), str(out)]
    return measured(
        "aiohttp loop, address and status stored", command, lambda: _answers_in(out), cwd=HERE.parent
    )


def ours(urls: list[str], folder: Path) -> Cost:
    registry, data = folder / "registry", folder / "data"
    registry.mkdir()
    rows = [
        f"340100000{n},甲{n},{url},乙{n},340100,市,门户,{urlsplit(url).hostname}"
        for n, url in enumerate(urls, 1)
    ]
    (registry / "sites.csv").write_text(
        "\n".join(["site_code,name,home_url,unit,region_code,level,kind,private_address", *rows])
    )

    def count() -> tuple[int, int]:
        lines = [
            orjson.loads(line)
            for file in data.glob("runs/*/page/*.jsonl")
            for line in file.read_bytes().splitlines()
        ]
        return len(lines), sum(line["outcome"] == "not_found" for line in lines)

    spider = ["scrapy", "crawl", "visit", "-a", f"registry={registry}", "-a", f"data={data}"]
    environment = os.environ | {"SCRAPY_SETTINGS_MODULE": "govcrawl.settings", "PYTHONPATH": str(HERE.parent)}
    return measured(
        "visit, everything read and stored",
        [*spider, *CONCURRENCY, *UNBOUND, "-s", "AUTOTHROTTLE_ENABLED=False"],
        count,
        env=environment,
        stderr=subprocess.DEVNULL,
    )


def main() -> None:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.corpus"], stdout=subprocess.PIPE, text=True, cwd=HERE.parent
    )
    try:
        port = server.stdout.readline().strip()
        urls = [f"http://{address}:{port}/" for address in ADDRESSES]
        costs: dict[str, Cost] = {}
        for _ in range(ROUNDS):
            for crawl in (bare, lean, loop, ours):
                with tempfile.TemporaryDirectory() as folder:
                    cost = crawl(urls, Path(folder))
                best = costs.get(cost.name, cost)
                costs[cost.name] = min(cost, best, key=lambda one: one.cpu_s)
    finally:
        server.terminate()
        server.wait()
    print("| crawler | pages | dead | pages/s | CPU ms/page | peak MB |\n|---|---|---|---|---|---|")
    for cost in costs.values():
        print(cost.line())
    *yardsticks, own = costs.values()
    print(f"\nload of the machine (1 min) {os.getloadavg()[0]:.1f}, processors {os.cpu_count()}\n")
    for other in yardsticks:
        speed = (own.pages / own.wall_s) / (other.pages / other.wall_s)
        cpu = (other.cpu_s / other.pages) / (own.cpu_s / own.pages)
        print(
            f"beside {other.name}: {speed:.2f} times the pages per second, {cpu:.2f} times the pages per CPU second"
        )
