"""A few sites on loopback addresses of their own, two of them at one, with a log of who asked for what, and a Dask cluster of processes."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

PATIENCE_S = 900
SITES = 6
ADDRESSES = (11, 12, 13, 14, 14, 15)  # 127.0.0.N of each site: the fourth and the fifth are one machine
ELSEWHERE = {"www.elsewhere1.cn": 15, "www.elsewhere2.cn": 16, "www.elsewhere3.cn": 16}
ARTICLES = 4


class Asked(NamedTuple):
    at_s: float
    address: int
    host: str
    path: str
    agent: str


@dataclass
class Web:
    """Answers after `slow_s` whoever says `slow_for` in his User-Agent; every request is in `asked`."""

    registry: Path
    rules: list[str]
    asked: list[Asked] = field(default_factory=list)
    slow_s: float = 0.0
    slow_for: str = ""

    def of_path(self, ending: str) -> list[Asked]:
        return [one for one in list(self.asked) if one.path.endswith(ending)]


def host_of(site: int) -> str:
    return f"www.site{site}.gov.cn"


def _page(host: str, path: str) -> str | None:
    articles = "".join(
        f'<li><a href="/tz/{n}.html">关于做好第{n}号政务公开工作的通知</a><span>2026-11-{n + 10}</span></li>'
        for n in range(ARTICLES)
    )
    foot = "".join(f'<a href="http://{other}/{host}.html">友情链接</a>' for other in ELSEWHERE)
    if path == "/":
        body = f'<ul>{articles}</ul><a href="/tz/">通知公告</a><a href="/gone.html">旧闻</a>{foot}'
    elif path == "/tz/":
        body = f"<ul>{articles}</ul>"
    elif path.startswith("/tz/"):
        body = f"<h1>关于做好{path}政务公开工作的通知</h1><p>发布时间：2026-11-12 来源：办公室</p><p>各单位：请按要求做好{host}的公开工作。</p>"
    elif host in ELSEWHERE:
        body = f"<p>{path}</p>"
    else:
        return None
    return f"<!doctype html><html><head><meta charset=utf-8><title>{host}{path}</title></head><body>{body}</body></html>"


@contextmanager
def web(folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    made = Web(folder, [])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            host = (self.headers["Host"] or "").partition(":")[0]
            made.asked.append(
                Asked(
                    time.monotonic(),
                    int(self.server.server_address[0].rpartition(".")[2]),
                    host,
                    self.path,
                    self.headers["User-Agent"] or "",
                )
            )
            if self.path != "/robots.txt" and made.slow_for in (self.headers["User-Agent"] or ""):
                time.sleep(made.slow_s)
            body = (_page(host, self.path) or "<p>没有</p>").encode()
            self.send_response(200 if _page(host, self.path) else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_):
            pass

    hosts = {host_of(n): ADDRESSES[n] for n in range(SITES)} | ELSEWHERE
    with ExitStack() as stack:
        ports = {}
        for number in sorted(set(hosts.values())):
            server = stack.enter_context(ThreadingHTTPServer((f"127.0.0.{number}", 0), Handler))
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
            ports[number] = server.server_address[1]
        made.rules = [f"{host}:80:127.0.0.{number}:{ports[number]}" for host, number in hosts.items()]
        sites = [f"33010000{n:02},站{n},http://{host_of(n)}/,某办" for n in range(SITES)]
        (folder / "sites.csv").write_text("\n".join(["site_code,name,home_url,unit", *sites]), "utf-8")
        sections = [f"33010000{n:02},通知公告,http://{host_of(n)}/tz/,通知公告,一级" for n in range(SITES)]
        (folder / "sections.csv").write_text("\n".join(["site_code,name,url,class,rank", *sections]), "utf-8")
        yield made


@dataclass
class Dask:
    """Scheduler and workers, each a process with a folder of its own."""

    folder: Path
    port: int
    scheduler: "subprocess.Popen[bytes]"
    workers: "list[subprocess.Popen[bytes]]" = field(default_factory=list)
    logs: dict[int, Path] = field(default_factory=dict)  # by pid

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start_scheduler(self) -> None:
        words = ["scheduler", "--host", "127.0.0.1", "--port", self.port, "--no-dashboard"]
        self.scheduler = self._process("scheduler", words)

    def start_worker(
        self, name: str, *more: str, through: int | None = None, **environment: str
    ) -> "subprocess.Popen[bytes]":
        """`through`: a port that leads to the scheduler."""
        place = self.folder / name
        words = [
            "worker",
            f"tcp://127.0.0.1:{through or self.port}",
            "--nthreads",
            1,
            "--no-nanny",
            "--no-dashboard",
            "--name",
            name,
        ]
        words += ["--local-directory", place, *more]
        worker = self._process(name, words, **environment)
        self.workers.append(worker)
        return worker

    def wait_for_workers(self) -> None:
        """Wait until each worker has registered; their imports take seconds on a busy machine."""
        deadline = time.monotonic() + PATIENCE_S
        while not all("Registered to" in self._log(worker) for worker in self.workers):
            assert time.monotonic() < deadline, [self._log(worker) for worker in self.workers]
            time.sleep(0.2)

    def clients(self) -> int:
        """How many connections of coordinators the scheduler has taken."""
        return self.logs[self.scheduler.pid].read_text("utf-8").count("Receive client connection")

    def _log(self, worker: "subprocess.Popen[bytes]") -> str:
        return self.logs[worker.pid].read_text("utf-8", "replace")

    def _process(self, name: str, words: list, **environment: str) -> "subprocess.Popen[bytes]":
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{name}.log"
        with path.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", *map(str, words)],
                stdout=log,
                stderr=log,
                env=os.environ | environment,
                cwd=self.folder,
            )
        self.logs[process.pid] = path
        return process

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@contextmanager
def dask(folder: Path, workers: int = 3):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    made = Dask(folder, port, None)
    made.start_scheduler()
    try:
        for number in range(workers):
            made.start_worker(f"w{number}")
        yield made
    finally:
        made.end()
