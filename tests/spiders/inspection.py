"""Runs a spider as its own process against servers of the test, and reads the run folder it leaves."""

from __future__ import annotations

import os
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govcrawl.records.record_files import read_records
from govcrawl.records.runs import Run, create_run
from govcrawl.registry import Registry, Section, Site, store_registry
from govcrawl.spiders.tasks import tasks_of
from tests.netlab import ready
from tests.netlab.server import Asked, Reaction, Server, answer

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 22)
QUICK = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "False",
    "AGAIN_PAUSE_S": "0.1",
    "LINK_CONFIRM_S": "0.2",
    "BARRIERS_MAX_SECONDS": "0",  # no browser where no test looks at what it sees
    "LOG_LEVEL": "WARNING",
}


def page(*body: str, title: str = "页面") -> bytes:
    markup = "".join(body)
    return answer(
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{markup}'
    )


def anchors(*hrefs: str) -> str:
    return "".join(f'<p><a href="{href}">通往{href}</a></p>' for href in hrefs)


def rows(*entries: tuple[str, str, str]) -> str:
    """A list as most sites print it: (href, title, day or nothing)."""
    lines = "".join(
        f'<li><a href="{href}" title="{title}">{title}</a><span>{day}</span></li>'
        for href, title, day in entries
    )
    return f'<div class="list"><ul>{lines}</ul></div>'


def article(title: str, day: str) -> bytes:
    meta = (
        f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day} 09:00">'
        if day
        else ""
    )
    text = "<p>现将有关事项通知如下,请认真贯彻执行,并于月底前报送落实情况。</p>" * 5
    return answer(
        f"<!DOCTYPE html><html><head><title>{title}</title>{meta}</head>"
        f'<body><h1>{title}</h1><div class="content">{text}</div>'
    )


def slow(markup: bytes, seconds: float = 0.2) -> Reaction:
    def react(connection: socket.socket, _: Asked) -> None:
        time.sleep(seconds)
        connection.sendall(markup)

    return react


@dataclass
class Night:
    """Hosts of a test and the runs made on them. Each host is a site, unless its name is not in `sites`."""

    data: Path
    servers: dict[str, Server]
    registry: Registry

    def begin(self, kind: str, **options: Any) -> Run:
        sha256 = store_registry(self.registry, self.data / "registries")
        facts = {"as_of": DAY, "started_at": datetime.now(UTC)} | options
        return create_run(
            self.data,
            kind=kind,
            registry_sha256=sha256,
            tasks=tasks_of(kind, self.registry),
            **facts,
        )

    def command(self, run: Run, **settings: str) -> list[str]:
        return [sys.executable, "-W", "error", "-m", "scrapy", *self.words(run, **settings)]

    def words(self, run: Run, share: int | None = None, **settings: str) -> list[str]:
        resolve = [f"{host}:80:127.0.0.1:{server.port}" for host, server in self.servers.items()]
        words = ["crawl", run.plan.kind]
        arguments = {"run": run.folder, "registries": self.data / "registries"}
        for name, value in (arguments | ({} if share is None else {"share": share})).items():
            words += ["-a", f"{name}={value}"]
        for name, value in (QUICK | {"RESOLVE": ",".join(resolve)} | settings).items():
            words += ["-s", f"{name}={value}"]
        return words

    def environment(self) -> dict[str, str]:
        return os.environ | {"PYTHONPATH": str(ROOT), "SCRAPY_SETTINGS_MODULE": "govcrawl.settings"}

    def work(self, run: Run, share: int | None = None, **settings: str) -> str:
        """Do a run, or a share that was dealt out; return what the process logged."""
        done = ready.run("scrapy", self.words(run, share, **settings), self.environment())
        log = done.stderr.decode("utf-8", "replace")
        assert done.returncode == 0, log
        return log

    def crawl(self, kind: str, *, of_run: Run | None = None, as_of: date = DAY, **settings: str) -> Run:
        """Begin a run, do it and seal it."""
        run = self.begin(kind, as_of=as_of, of_run=None if of_run is None else of_run.plan.run_id)
        log = self.work(run, **settings)
        assert not run.open_tasks(), log
        run.seal("finished", datetime.now(UTC))
        return run


@contextmanager
def night(
    folder: Path, hosts: dict[str, dict[str, Any]], sections: tuple[Section, ...] = (), **site: Any
) -> Iterator[Night]:
    """Serve each host's paths and register as a site each host that has a `/`."""
    with ExitStack() as stack:
        servers = {host: stack.enter_context(Server(paths)) for host, paths in hosts.items()}
        sites = tuple(
            Site(code_of(number), host, f"http://{host}/", f"{host}主办单位", **site)
            for number, (host, paths) in enumerate(hosts.items())
            if "/" in paths
        )
        yield Night(folder / "data", servers, Registry(sites=sites, sections=sections))


def code_of(number: int) -> str:
    return f"379900000{number + 1}"


def records(run: Run, name: str) -> list[dict[str, Any]]:
    return [record for path in sorted((run.folder / name).glob("*.jsonl")) for record in read_records(path)]


def outcomes(run: Run, name: str = "page", key: str = "url") -> dict[str, str]:
    return {record[key]: record["outcome"] for record in records(run, name)}
