"""Does anything grow: many simulated sites over several nights, each process watched.

    python -m benchmarks.soak FOLDER [--sites 100] [--nights 5]

Prints a line a process: its memory at the height, how it grows once it is warm (megabytes a minute, by least squares),
its open files, and of the browser how many pages were open at once; at the end, for each kind of process, its height night
by night. Exit code 1 when one grows.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FIRST = date(2026, 11, 2)
ARTICLES = 12
WARM_SHARE = 0.5  # of a process's life, before it is held against itself
FLAT_MB_A_MINUTE = 30.0
FEWEST = 60  # samples, a second apart, of which a slope says anything; a younger process is still loading its modules
FLAT_MB_A_NIGHT = 10.0  # of the height of each kind of process, from night to night
MOST_OPEN = 6  # pages of the browser: three are drawn at a time, each may open a window that is closed
DRAWN_EACH = 10  # every tenth site needs the browser


@dataclass
class Watched:
    """One process: seconds → megabytes, open files."""

    name: str
    memory: list[tuple[float, float]] = field(default_factory=list)
    files: list[int] = field(default_factory=list)

    def slope(self) -> float | None:
        """Megabytes a minute over the later part of its life; None where it was too short."""
        warm = self.memory[int(len(self.memory) * WARM_SHARE) :]
        return None if len(warm) < FEWEST else 60 * slope_of(warm)


def slope_of(points: list[tuple[float, float]]) -> float:
    """The rise of a line through points (x, y), by least squares; 0 for fewer than two."""
    if len(points) < 2:
        return 0.0
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def site_page(number: int, path: str, day: date) -> str | None:
    """Page of a simulated site as it stands on a day: one more article each day."""
    newest = (day - FIRST).days + ARTICLES
    title = f"第{number}单位"
    rows = [
        f"<li><a href='/a{n}.html'>关于{title}第{n}项工作有关事项的通知</a><span>{FIRST + timedelta(days=n - ARTICLES)}</span></li>"
        for n in range(newest, newest - ARTICLES, -1)
    ]
    listing = f"<ul>{''.join(rows)}</ul>"
    if number % DRAWN_EACH == 0 and path in {"/", "/list/"}:
        listing = f"<div id=l></div><script>document.getElementById('l').innerHTML = `{listing}`</script>"
    menu = "<p><a href='/'>首页</a> <a href='/list/'>通知公告</a></p>"
    if path in {"/", "/list/"}:
        return f"<html><meta charset=utf-8><title>{title}</title><h1>{title}</h1>{menu}{listing}"
    found = re.fullmatch(r"/a(\d+)\.html", path)
    if found and int(found[1]) <= newest:
        text = f"<p>现将{title}第{found[1]}项工作有关事项通知如下,请认真贯彻执行。</p>" * 20
        return f"<html><meta charset=utf-8><title>通知</title><h1>第{found[1]}项工作</h1>{menu}{text}"
    return None


def serve(day_of: list[date]) -> ThreadingHTTPServer:
    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = int(re.sub(r"\D", "", self.headers.get("Host", "")) or 0)
            page = site_page(number, self.path, day_of[0])
            body = (page or "没有这个页面").encode()
            self.send_response(404 if page is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def watch(night: subprocess.Popen[str], seen: dict[int, Watched]) -> None:
    """Look at the night's process and all below it once a second until it ends."""
    while night.poll() is None:
        for pid, name in below(night.pid).items():
            try:
                pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
                files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
            except OSError:
                continue
            process = seen.setdefault(pid, Watched(name))
            process.memory.append((time.monotonic(), pages * 4096 / 1e6))
            process.files.append(files)
        time.sleep(1)


def below(root: int) -> dict[int, str]:
    """A process and its descendants: pid → what it is."""
    table = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    children: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for line in table.splitlines():
        pid, parent, words = line.split(None, 2)
        children[int(parent)].append((int(pid), words))
    found, open_pids = {root: "night"}, [root]
    while open_pids:
        for pid, words in children[open_pids.pop()]:
            crawl = re.search(r" crawl (\w+)", words)
            if crawl:
                found[pid] = crawl[1]
            elif "chrom" in words and "--type=" not in words:
                found[pid] = "chromium"
            elif "--type=renderer" in words:
                found[pid] = "renderer"
            open_pids.append(pid)
    return found


def browser_pages(data: Path) -> tuple[int, int]:
    """Pages the browser drew in all runs, and how many were open at once at most, by Scrapy's figures in their logs."""
    logs = "".join(path.read_text("utf-8", "replace") for path in data.glob("runs/*/progress/*.log"))
    drawn, at_once = (
        list(map(int, re.findall(rf"'playwright/page_count{name}': (\d+)", logs)))
        for name in ("", "/max_concurrent")
    )
    return sum(drawn), max(at_once, default=0)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sites", type=int, default=100)
    parser.add_argument("--nights", type=int, default=5)
    given = parser.parse_args()
    registry, data = given.folder / "registry", given.folder / "data"
    registry.mkdir(parents=True)
    rows = [f"33{n:08},第{n}单位,http://www.soak{n}.gov.cn/,第{n}单位" for n in range(1, given.sites + 1)]
    (registry / "sites.csv").write_text("\n".join(["site_code,name,home_url,unit", *rows]), "utf-8")
    lists = [f"33{n:08},通知公告,http://www.soak{n}.gov.cn/list/,通知公告" for n in range(1, given.sites + 1)]
    (registry / "sections.csv").write_text("\n".join(["site_code,name,url,class", *lists]), "utf-8")
    day_of = [FIRST]
    server = serve(day_of)
    resolve = given.folder / "resolve.txt"
    resolve.write_text(
        "\n".join(f"www.soak{n}.gov.cn:80:127.0.0.1:{server.server_port}" for n in range(1, given.sites + 1))
    )
    grows = []
    heights: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for number in range(given.nights):
        day_of[0] = FIRST + timedelta(days=number)
        command = [sys.executable, "-m", "govcrawl", "nightly", "--registry", registry, "--data", data]
        command += ["--as-of", day_of[0], "--resolve", f"@{resolve}", "-s", "DOWNLOAD_DELAY=0"]
        seen: dict[int, Watched] = {}
        began = time.monotonic()
        with (given.folder / f"night-{number + 1}.log").open("w") as log:
            night = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log, text=True)
            watch(night, seen)
        print(
            f"night {number + 1} of {given.sites} sites: exit {night.returncode}, {time.monotonic() - began:.0f} s"
        )
        highest: defaultdict[str, float] = defaultdict(float)
        for process in seen.values():
            slope = process.slope()
            peak_mb = max(mb for _, mb in process.memory)
            highest[process.name] = max(highest[process.name], peak_mb)
            told = "too short for a slope" if slope is None else f"{slope:+.1f} MB/min once warm"
            print(
                f"  {process.name:<13} {peak_mb:5.0f} MB, {told}, open files {process.files[0]} … "
                f"{max(process.files)} … {process.files[-1]}"
            )
            if slope is not None and slope > FLAT_MB_A_MINUTE and process.name != "night":
                grows.append(f"night {number + 1}: {process.name}")
        left = [name for pid, name in below(night.pid).items() if pid != night.pid]
        drawn, at_once = browser_pages(data)
        print(
            f"  the browser has drawn {drawn} pages, {at_once} open at once at most; processes left: {len(left)}",
            flush=True,
        )
        if at_once > MOST_OPEN or left or night.returncode:
            grows.append(f"night {number + 1}: pages, processes or exit code")
        for name, height in highest.items():
            heights[name].append((number, height))
    for name, of_nights in heights.items():
        rise = slope_of(of_nights)
        print(
            f"{name:<13} {' '.join(f'{mb:.0f}' for _, mb in of_nights)} MB at the height, {rise:+.1f} MB a night"
        )
        if rise > FLAT_MB_A_NIGHT:
            grows.append(f"{name} from night to night")
    print(f"grows: {', '.join(grows) or 'nothing'}")
    return bool(grows)


if __name__ == "__main__":
    sys.exit(main())
