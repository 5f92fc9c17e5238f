"""How the time and memory of judging one night and of its documents grow over 10, 100 and 1,000 sites with a year behind them.

    python -m benchmarks.assess [--nights 365] [--sections 10] [--sites 10 100 1000] [--keep DIR]

For each number of sites: write and load the nights (benchmarks.history), publish, judge the last night but one so that
there is a ledger to grow, then judge the last night and write every document of it: that is what is measured, as `govcrawl assess` and
`govcrawl notices` of their own processes. Peak memory is that of the larger of the two. On a busy machine the processor's seconds are what to look at, and the growth. A directory given with --keep is
taken up as it stands when it holds a warehouse already.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.history import Scale, grow
from govcrawl.warehouse.load import WAREHOUSE, load_all
from govcrawl.warehouse.publish import Acceptance, publish
from tests.netlab.processes import watched_to_its_end

LAST = date(2026, 11, 22)
LIMIT_S, LIMIT_MB = 90, 2048  # of judging and documents
LIMIT_PUBLISH_S, LIMIT_KB = 5, 20
ACCEPTED = Acceptance("nights of a made-up history", "benchmarks")
HEAD = "| sites | made s | warehouse MB | KB a site and night | published s | judged s | cpu s | growth | documents s | cpu s | growth | peak MB | growth |"


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall seconds, processor seconds and peak megabytes of a command of govcrawl."""

    wall_s: float
    cpu_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Measured:
    sites: int
    made_s: float
    warehouse_mb: float
    kb: float  # of the warehouse, a site and night
    publish_s: float
    judged: Cost
    documents: Cost

    @property
    def peak_mb(self) -> float:
        return max(self.judged.peak_mb, self.documents.peak_mb)

    def line(self, before: Measured | None) -> str:
        def growth(now: float, then: float | None) -> str:
            return "" if then is None else f"{now / then:.1f}"

        return (
            f"| {self.sites} | {self.made_s:.0f} | {self.warehouse_mb:.0f} | {self.kb:.1f} | {self.publish_s:.1f} "
            f"| {self.judged.wall_s:.1f} | {self.judged.cpu_s:.1f} | {growth(self.judged.cpu_s, before and before.judged.cpu_s)} "
            f"| {self.documents.wall_s:.1f} | {self.documents.cpu_s:.1f} | {growth(self.documents.cpu_s, before and before.documents.cpu_s)} "
            f"| {self.peak_mb:.0f} | {growth(self.peak_mb, before and before.peak_mb)} |"
        )


def measure(data: Path, scale: Scale) -> Measured:
    begun = time.monotonic()
    if not (data / WAREHOUSE).exists():
        for number, day in enumerate(grow(data, scale, LAST), start=1):
            if number % 50 == 0:
                print(f"{scale.sites} sites: {number} of {scale.nights} nights, {day}", file=sys.stderr)
    grown, size = time.monotonic(), (data / WAREHOUSE).stat().st_size
    publish(data, datetime.now(UTC), accepted=ACCEPTED)
    published = time.monotonic()
    judge(data, LAST - timedelta(days=1))
    load_all(data)
    publish(data, datetime.now(UTC), accepted=ACCEPTED)
    judged = judge(data, LAST)
    load_all(data)
    publish(data, datetime.now(UTC), accepted=ACCEPTED)
    documents = run("notices", "--data", str(data))
    return Measured(
        scale.sites,
        grown - begun,
        size / 1e6,
        size / 1e3 / scale.sites / scale.nights,
        published - grown,
        judged,
        documents,
    )


def judge(data: Path, day: date) -> Cost:
    for earlier in (data / "assessments").glob(f"{day}-*"):
        shutil.rmtree(earlier)
    return run("assess", "--data", str(data), "--as-of", str(day))


def run(*words: str) -> Cost:
    """Do a command of govcrawl as a process of its own."""
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "govcrawl", *words], stdout=subprocess.DEVNULL)
    cost = watched_to_its_end(process)
    if cost.code:
        raise SystemExit(f"{words[0]} ended with {cost.code}")
    return Cost(time.monotonic() - begun, cost.cpu_s, cost.peak_mb)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--nights", type=int, default=365)
    arguments.add_argument("--sections", type=int, default=10)
    arguments.add_argument("--sites", type=int, nargs="+", default=[10, 100, 1000])
    arguments.add_argument("--keep", type=Path, help="keep what is generated there, in a folder a scale")
    given = arguments.parse_args()
    found: list[Measured] = []
    print(f"{given.sections} sections a site, {given.nights} nights, {os.cpu_count()} cores\n\n{HEAD}")
    print("|" + "---|" * (HEAD.count("|") - 1))
    for sites in given.sites:
        scale = Scale(sites, given.sections, given.nights)
        with tempfile.TemporaryDirectory(prefix="bench-assess-") as place:
            data = (given.keep or Path(place)) / f"{sites}x{given.sections}x{given.nights}"
            found.append(measure(data, scale))
        print(found[-1].line(found[-2] if len(found) > 1 else None), flush=True)
    print(f"\nloader's peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    last = found[-1]
    if (
        last.judged.wall_s + last.documents.wall_s >= LIMIT_S
        or last.peak_mb >= LIMIT_MB
        or last.publish_s >= LIMIT_PUBLISH_S
        or last.kb >= LIMIT_KB
    ):
        raise SystemExit(
            f"over a limit: {LIMIT_S} s, {LIMIT_MB} MB, published in {LIMIT_PUBLISH_S} s, {LIMIT_KB} KB a site and night"
        )


if __name__ == "__main__":
    main()
