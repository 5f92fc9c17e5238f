"""The demo: an office inspects the simulated prefecture for a week of probes and two nights.

Everything the product does here it does as it would in earnest: the real command line, real sockets, a real
browser, `--resolve` for the staging server. To spare 160 starts of Python, a round of probes is a fork of this
process that has the command line already imported.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import shutil
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING

import click

from analytics.notices.catalogue import DOCUMENT_KINDS
from govcrawl.night.fork_server import import_crawls
from tests.govweb.confession import moment, sites
from tests.govweb.office import write_campaign
from tests.govweb.web import ROOT, GovWeb, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

ROUNDS_A_DAY = 20
MINUTES_BETWEEN = 24 * 60 // ROUNDS_A_DAY
AT_ONCE = 4  # rounds that work; rounds that wait for a slow site come on top

# What a small office sets when it inspects its own staging server: no courtesy pause towards oneself, and no long wait
# before a second attempt.
STAGING = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "CONCURRENT_REQUESTS_PER_DOMAIN=8",
    "AGAIN_PAUSE_S=0.5",
    "LINK_CONFIRM_S=1",
    "BARRIERS_MAX_SECONDS=60",  # a machine that plays the web as well is slow
)


class CommandFailedError(Exception):
    """Raised when a command of the product ends with another exit code than expected."""


@dataclass(frozen=True, slots=True)
class Office:
    """Those who run govcrawl: they have a web to look at, a registry and a data directory."""

    web: GovWeb
    data: Path

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "SSL_CERT_FILE": str(self.web.ca_file),
            "GOVCRAWL_CONTACT": "wangjian@lanchuan-news.cn",
            "PYTHONPATH": str(ROOT),
        }

    def options(self, resolve_file: Path) -> list[str]:
        staging = [word for setting in STAGING for word in ("-s", setting)]
        where = ["--registry", str(self.web.registry_dir), "--data", str(self.data)]
        return [*where, "--resolve", f"@{resolve_file}", *staging]

    # -- probes -----------------------------------------------------------------------------------

    def probe(self, rounds: Iterable[datetime], ended: Callable[[int], None] = lambda _number: None) -> None:
        """Runs `govcrawl probe` once for each instant, those that meet a slow site first so that they overlap.

        `ended` is told how many rounds have ended.
        """
        waiting = sorted(rounds, key=lambda at: (not self._meets_slow_site(at), at))
        limit = AT_ONCE + sum(map(self._meets_slow_site, waiting))
        running: dict[int, datetime] = {}
        gc.freeze()  # or the collector's first walk in a fork copies every page it shares with us
        for started, at in enumerate(waiting):
            if len(running) >= limit:
                self._await_one(running)
                ended(started - len(running))
            running[self._fork_probe(at, self.web.at(at))] = at
        while running:
            self._await_one(running)
            ended(len(waiting) - len(running))
        gc.unfreeze()

    def _meets_slow_site(self, at: datetime) -> bool:
        faults = (fault for site in sites() for fault in site.faults if fault.kind == "slow")
        return any(fault.stands(at, self.web.day) for fault in faults)

    def _await_one(self, running: dict[int, datetime]) -> None:
        """Waits until a round has ended, and closes the web of its instant."""
        while True:
            for pid, at in running.items():
                ended, status = os.waitpid(pid, os.WNOHANG)
                if ended:
                    del running[pid]
                    self.web.close(at)
                    self._must_have_succeeded(at, os.waitstatus_to_exitcode(status))
                    return
            time.sleep(0.02)

    def _must_have_succeeded(self, at: datetime, code: int) -> None:
        if code:
            log = self._probe_log(at).read_text("utf-8", "replace")
            raise CommandFailedError(f"the round of {at:%Y-%m-%d %H:%M} ended with {code}:\n{log}")

    def _probe_log(self, at: datetime) -> Path:
        return self.data / "probe-logs" / f"{at:%Y%m%dT%H%M}.log"

    def _fork_probe(self, at: datetime, resolve_file: Path) -> int:
        log = self._probe_log(at)
        log.parent.mkdir(parents=True, exist_ok=True)
        if pid := os.fork():
            return pid
        os.environ.update(self.environment())
        with log.open("wb") as out:
            os.dup2(out.fileno(), 1)
            os.dup2(out.fileno(), 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        # Those of pytest keep to themselves what they are told.
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
        logging.root.handlers.clear()
        code = 70
        try:
            code = self._probe_command(at, resolve_file)
        except BaseException:
            traceback.print_exc()
            raise
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _probe_command(self, at: datetime, resolve_file: Path) -> int:
        from govcrawl.cli.main import run  # noqa: PLC0415 - imported once by `preload`, before the forks

        return run(["probe", *self.options(resolve_file), "--at", at.isoformat()])

    # -- nights -----------------------------------------------------------------------------------

    def nightly_command(self, offset: int) -> list[str]:
        as_of = self.web.day + timedelta(days=offset)
        campaign = self.data / f"campaign-{as_of}.toml"
        write_campaign(campaign, as_of, number=11 + offset)
        return [
            sys.executable, "-m", "govcrawl", "nightly",
            *self.options(self.web.night(offset)), "--as-of", as_of.isoformat(), "--workers", "2",
            "--campaign", str(campaign),
            *([] if offset == 0 else ["-s", "CONTROL_PAGES=False"]),  # its own pages once are enough to show
            *(["-s", "BARRIERS_MAX_SECONDS=0"] if offset == 1 else []),  # what the night before examined holds
        ]  # fmt: skip

    def nightly(self, offset: int) -> None:
        """Runs `govcrawl nightly` for the night `offset` days after the first."""
        self._run(self.nightly_command(offset))

    def recheck(self, at: datetime) -> None:
        """Runs `govcrawl recheck` on the web as it stands at an instant."""
        as_of = at.date().isoformat()
        self.govcrawl("recheck", *self.options(self.web.at(at)), "--as-of", as_of, "--workers", "2")

    def govcrawl(self, *words: str) -> None:
        """Runs a command as its user does."""
        self._run([sys.executable, "-m", "govcrawl", *words])

    def _run(self, command: list[str]) -> None:
        ended = subprocess.run(command, env=self.environment(), cwd=ROOT, check=False)
        if ended.returncode:
            raise CommandFailedError(f"{' '.join(command[2:4])} ended with {ended.returncode}")

    def write_every_document(self, offset: int) -> None:
        """Runs `govcrawl notices` for a night again, for what a night does not write by itself.

        The content report has a letterhead too: one number, one document.
        """
        as_of = self.web.day + timedelta(days=offset)
        on_request = [kind.stem for kind in DOCUMENT_KINDS if not kind.by_default]
        self._documents(self.data / f"campaign-{as_of}.toml", on_request)
        own = self.data / f"campaign-{as_of}-content.toml"
        write_campaign(own, as_of, number=21 + offset)
        self._documents(own, ["content_report"])

    def _documents(self, campaign: Path, documents: list[str]) -> None:
        command = [
            sys.executable, "-m", "govcrawl", "notices", "--data", str(self.data), "--campaign", str(campaign),
            "--documents", ",".join(documents),
        ]  # fmt: skip
        subprocess.run(command, env=self.environment(), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def preload() -> None:
    """Imports what a round of probes needs, so that its forks find it there; no reactor among it."""
    for module in ("govcrawl.cli.main", "govcrawl.cli.crawling", "govcrawl.night.rounds", "scrapy.crawler"):
        import_module(module)
    import_crawls()


def rounds(day: date, offsets: Iterable[int]) -> Iterator[datetime]:
    """The instants of a day's rounds, every 72 minutes from midnight."""
    for offset in offsets:
        midnight = moment(f"{offset} 00:00", day)
        yield from (midnight + timedelta(minutes=MINUTES_BETWEEN * number) for number in range(ROUNDS_A_DAY))


WEEK = range(-7, 0)


def clear(data: Path) -> None:
    """Makes room for a new demo where an older one stood; never touches anything else."""
    if data.exists() and any(data.iterdir()) and not (data / "ca.pem").exists():
        raise SystemExit(f"{data} holds something that is no demo. Name another folder with --data.")
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)


def play(day: date, data: Path, nights: int = 2) -> None:
    """The whole demo, told as it goes."""
    clear(data)
    running = [site for site in sites() if site.status != "关停"]
    tell(
        f"The fictional prefecture of Lanchuan: {len(running)} running sites, served on loopback ports only."
    )
    with serve(day, data) as web:
        office = Office(web, data)
        tell(f"Registry (CSV and XLSX as an office keeps them): {web.registry_dir}")
        began = time.monotonic()
        preload()
        tell(f"A week of probes, {len(WEEK)} days × {ROUNDS_A_DAY} rounds, each a real `govcrawl probe`:")
        office.probe(rounds(day, WEEK), ended=lambda number: _tell_rounds(number, time.monotonic() - began))
        for offset in range(nights):
            if offset:
                tell("The web moves on by a day: some faults are mended, others appear. The day's 20 rounds:")
                office.probe(rounds(day, [offset - 1]))
            tell(f"Night {offset + 1}: `govcrawl nightly --as-of {day + timedelta(days=offset)}`")
            office.nightly(offset)
        took = time.monotonic() - began
        office.write_every_document(nights - 1)
    tell(
        f"\nThe inspection took {took // 60:.0f} min {took % 60:.0f} s. Open in a browser, the first leads to all others:"
    )
    tell(f"  {'index':<20} {(data / 'notices' / 'index.html').resolve()}")
    for folder in sorted((data / "notices").glob(f"{day + timedelta(days=nights - 1)}-*/notice.json")):
        for written in json.loads(folder.read_text("utf-8"))["documents"]:
            tell(f"  {written['kind']:<20} {(folder.parent / written['html'][0]).resolve()}")
    tell("As PDF, DOCX and XLSX: `govcrawl notices` with --formats html,pdf,docx,xlsx.")
    tell("Ask, for example (Python; the duckdb program opens the same file with -readonly):")
    database = data / "published" / "latest.duckdb"
    tell(f"  import duckdb; db = duckdb.connect('{database}', read_only=True)")
    for query in (
        "select verdict, count(*) from site_result group by 1",
        "select check_id, count(*) from finding group by 1",
        "select state, count(*) from ledger group by 1",
    ):
        tell(f'  db.sql("{query}").show()')


def _tell_rounds(number: int, seconds: float) -> None:
    if number % (2 * ROUNDS_A_DAY) == 0 or number == len(WEEK) * ROUNDS_A_DAY:
        tell(f"  {number} rounds, {seconds:.0f} s")


def tell(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()  # what the commands print in between stands where it belongs
