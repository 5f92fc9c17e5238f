"""What a long crawl holds in memory: one site of 20,000 pages of 30 KB, read and stored: `make bench-memory`.

The pages are made as they are asked for. Beyond the set of addresses nothing may grow: the table shows the resident
memory of the crawl every few thousand pages, and its peak.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.site_spider import CONCURRENCY, HERE, UNBOUND
from tests.netlab.processes import memory_mb

PAGES = 20_000
MOST_MB = 400
EVERY = 2_500  # pages between two lines of the table
MENU = 80
ONWARD = 6  # pages that a page leads to first
OTHERS = 20  # pages it also names, anywhere on the site
_LINE = "<p>要坚持以人民为中心的发展思想,切实把各项任务落到实处,确保按期完成。各责任单位要加强协调配合,形成工作合力。</p>"
_MENU = "".join(f'<li><a href="/a/{n}.html">栏目{n}</a></li>' for n in range(1, MENU + 1))


def address(number: int) -> str:
    return f"/{'abcdefghij'[number % 10]}/{number}.html"


def page(number: int) -> bytes:
    """Page `number` of the site: its menu, its text, what comes next, others, a file of its own, and a dead link."""
    rng = random.Random(number)
    onward = [ONWARD * number + n for n in range(1, ONWARD + 1)]
    others = [rng.randrange(PAGES) for _ in range(OTHERS)]
    rows = "".join(
        f'<li><a href="{address(n)}" title="关于做好第{n}项工作的通知">关于做好第{n}项工作的通知</a><span>2026-{1 + n % 11:02}-{1 + n % 28:02}</span></li>'
        for n in [*onward, *others]
        if n < PAGES
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>第{number}页</title></head><body><ul class="nav">{_MENU}</ul>'
        f'<div class="list"><ul>{rows}</ul></div><div id="zoom">{_LINE * rng.randrange(120, 170)}</div>'
        f'<a href="/files/{number}.pdf">附件</a><a href="/gone/{number}.html">旧闻</a></body></html>'
    ).encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    served = 0

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2].removesuffix(".html")
        known = self.path == "/" or (name.isdigit() and "/gone/" not in self.path and int(name) < PAGES)
        body = page(int(name or 0)) if known else b"no such page"
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        _Handler.served += known

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.2", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        registry, data = Path(folder, "registry"), Path(folder, "data")
        registry.mkdir()
        home = f"http://127.0.0.2:{server.server_port}/"
        (registry / "sites.csv").write_text(
            f"site_code,name,home_url,unit,region_code,level,kind,private_address\n3401000001,甲,{home},乙,340100,市,门户,127.0.0.2\n",
            encoding="utf-8",
        )
        spider = ["scrapy", "crawl", "visit", "-a", f"registry={registry}", "-a", f"data={data}"]
        limits = {
            "SITE_MAX_PAGES": PAGES,
            "SITE_MAX_DEPTH": 99,
            "SITE_MAX_SECONDS": 7200,
            "SITE_MAX_BYTES": 10**11,
        }
        unbound = [word for name, value in limits.items() for word in ("-s", f"{name}={value}")]
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                *spider,
                *CONCURRENCY,
                *UNBOUND,
                *unbound,
                "-s",
                "AUTOTHROTTLE_ENABLED=False",
            ],
            env=os.environ | {"SCRAPY_SETTINGS_MODULE": "govcrawl.settings", "PYTHONPATH": str(HERE.parent)},
            stderr=subprocess.DEVNULL,
        )
        peak = watched(process)
        stored = sum(file.read_bytes().count(b"\n") for file in data.glob("runs/*/page/*.jsonl"))
    print(f"\n{stored} pages stored, peak {peak:.0f} MB (at most {MOST_MB})")
    if process.returncode or stored < PAGES or peak > MOST_MB:
        sys.exit(1)


def watched(process: subprocess.Popen[bytes]) -> float:
    """Follow the crawl to its end, a line of the table every few thousand pages; returns its peak memory in MB."""
    print("| pages served | resident MB | peak MB |\n|---|---|---|")
    peak, due = 0.0, EVERY
    while process.poll() is None:
        now, most = (memory_mb(process.pid, name) for name in ("VmRSS", "VmHWM"))
        peak = max(peak, most)
        if _Handler.served >= due:
            print(f"| {_Handler.served} | {now:.0f} | {most:.0f} |", flush=True)
            due += EVERY
        time.sleep(0.1)
    return peak


if __name__ == "__main__":
    main()
