"""How the time and memory of writing documents grow over 10, 100 and 1,000 sites.

    python -m benchmarks.notices [--sites 10 100 1000] [--sections 50] [--pdf 20] [--keep DIR]

Two nights of each number of sites are written, loaded and judged (benchmarks.history), a site a unit; then
`govcrawl notices` writes the circular, the notices and the score sheets of the second as HTML, in a process of its own.
With --pdf the circular and the notices of that many
sites are printed as well.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.assess import ACCEPTED, LAST, judge, run
from benchmarks.history import Scale, grow
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish

LIMIT_S = 60
DOCUMENTS = "circular,rectification_notice,score_sheet"
LIMIT_MB = 400
HEAD = "| sites | files | MB written | written s | cpu s | growth | peak MB | growth |"


@dataclass(frozen=True, slots=True)
class Measured:
    sites: int
    files: int
    size_mb: float
    seconds: float
    cpu_s: float
    peak_mb: float

    def line(self, before: Measured | None) -> str:
        def growth(now: float, then: float | None) -> str:
            return "" if then is None else f"{now / then:.1f}"

        return (
            f"| {self.sites} | {self.files} | {self.size_mb:.1f} "
            f"| {self.seconds:.1f} | {self.cpu_s:.1f} | {growth(self.cpu_s, before and before.cpu_s)} "
            f"| {self.peak_mb:.0f} | {growth(self.peak_mb, before and before.peak_mb)} |"
        )


def prepare(data: Path, scale: Scale) -> None:
    """Two judged nights, unless the folder holds them already."""
    if (data / "published").exists():
        return
    for number, _ in enumerate(grow(data, scale, LAST), 1):
        print(f"\r{scale.sites} sites: night {number}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for day in (LAST - timedelta(days=1), LAST):
        publish(data, datetime.now(UTC), accepted=ACCEPTED)
        judge(data, day)
        load_all(data)
    publish(data, datetime.now(UTC), accepted=ACCEPTED)


def measure(data: Path, scale: Scale) -> Measured:
    prepare(data, scale)
    cost = run("notices", "--data", str(data), "--documents", DOCUMENTS)
    written = [path for path in (data / "notices").glob("2*/**/*") if path.is_file()]
    return Measured(
        scale.sites,
        len(written),
        sum(path.stat().st_size for path in written) / 1e6,
        cost.wall_s,
        cost.cpu_s,
        cost.peak_mb,
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--sections", type=int, default=50)
    arguments.add_argument("--sites", type=int, nargs="+", default=[10, 100, 1000])
    arguments.add_argument(
        "--pdf", type=int, default=20, help="sites whose documents are printed as well; 0 for none"
    )
    arguments.add_argument("--keep", type=Path, help="keep what is generated there, in a folder a scale")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-notices-") as place:
        here = given.keep or Path(place)
        found: list[Measured] = []
        print(f"{given.sections} sections a site; {DOCUMENTS}\n\n{HEAD}")
        print("|" + "---|" * (HEAD.count("|") - 1))
        for sites in given.sites:
            found.append(measure(here / f"{sites}x{given.sections}x2", Scale(sites, given.sections, 2)))
            print(found[-1].line(found[-2] if len(found) > 1 else None), flush=True)
        if given.pdf:
            data = here / f"{given.pdf}x{given.sections}x2"
            prepare(data, Scale(given.pdf, given.sections, 2))
            words = ("--documents", "circular,rectification_notice", "--formats", "html,pdf")
            seconds = run("notices", "--data", str(data), *words).wall_s
            pages = len(list((data / "notices").rglob("*.pdf")))
            print(f"\n{pages} PDFs in {seconds:.1f} s, {seconds / max(pages, 1):.2f} s each")
    if found[-1].seconds >= LIMIT_S or found[-1].peak_mb > LIMIT_MB:
        raise SystemExit(f"over the limit of {LIMIT_S} s and {LIMIT_MB} MB")


if __name__ == "__main__":
    main()
