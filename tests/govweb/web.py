"""The simulated web as a program holds it: starts the server process, writes registry and resolve files."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.editions.chosen import load_edition
from govcrawl.cli.options import DEFAULT_EDITION
from tests.govweb.confession import NIGHTS, Site, moment, night, sites
from tests.govweb.elsewhere import ELSEWHERE, LOOPBACK, LOOPBACK_6, has_ipv6
from tests.govweb.office import accounts_at_fault, write_registry
from tests.govweb.styles import STYLES
from tests.govweb.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, order=True, slots=True)
class Confessed:
    """One finding a night must produce."""

    site_code: str
    check_id: str
    subject_url: str


class GovWeb:
    """The web around one settable day. `at` opens it at an instant; several instants stand side by side."""

    def __init__(self, day: date, folder: Path, server: subprocess.Popen[str]) -> None:
        self.day = day
        self.folder = folder
        self.registry_dir = folder / "registry"
        self.ca_file = folder / "ca.pem"
        self._server = server

    @property
    def resolve_file(self) -> Path:
        """The web on night 0."""
        return self.at(night(0, self.day))

    def night(self, offset: int) -> Path:
        return self.at(night(offset, self.day))

    def at(self, at: datetime) -> Path:
        """The resolve file (`--resolve @FILE`) of the web as it stands at an instant."""
        path = self.folder / "resolve" / f"{at:%Y%m%dT%H%M}.txt"
        if not path.exists():
            ports = self._order(at=at.isoformat())
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join(f"{line}\n" for line in self._resolve(at, ports)))
        return path

    def close(self, at: datetime) -> None:
        """Closes the ports of an instant; its resolve file goes with them."""
        self._order(close=at.isoformat())
        (self.folder / "resolve" / f"{at:%Y%m%dT%H%M}.txt").unlink()

    def _order(self, **order: str) -> dict[str, int]:
        assert self._server.stdin
        assert self._server.stdout
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        return json.loads(self._server.stdout.readline())

    def _resolve(self, at: datetime, ports: dict[str, int]) -> Iterator[str]:
        for host, place in ELSEWHERE.items():
            yield from _lines(host, ports, refusing=place.behaviour == "refused")
        for site in sites():
            kinds = {fault.kind for fault in site.faults if fault.stands(at, self.day)}
            if "unknown-name" not in kinds:
                yield from _lines(site.host, ports, refusing="refused" in kinds)
            if site.ipv6 and has_ipv6():
                yield from _lines_6(site.host, ports, shut="ipv6-shut" in kinds)

    def confessed(self, offset: int, edition: str = DEFAULT_EDITION) -> set[Confessed]:
        """The findings night `offset` must produce over the whole prefecture, of the checks an edition asks for."""
        asked = load_edition(edition).on(self.day + timedelta(days=offset)).check_ids()
        of_sites = {finding for site in sites() for finding in confessed(site, self.day, offset)}
        of_accounts = {Confessed("", check, f"account:{name}") for check, name in accounts_at_fault()}
        return {finding for finding in of_sites | of_accounts if finding.check_id in asked}

    def verdicts(self, offset: int) -> dict[str, str]:
        """Site code → verdict of that night; closed sites are not judged."""
        return {site.site_code: site.verdicts[offset] for site in sites() if site.status != "关停"}


def _lines(host: str, ports: dict[str, int], *, refusing: bool) -> Iterator[str]:
    for port, scheme in ((80, "http"), (443, "https")):
        yield f"{host}:{port}:{LOOPBACK}:{ports['refusing' if refusing else scheme]}"


def _lines_6(host: str, ports: dict[str, int], *, shut: bool) -> Iterator[str]:
    """A door for IPv6 beside the other; behind one that is shut nobody listens (port 9 of the loopback)."""
    for port, scheme in ((80, "http6"), (443, "https6")):
        yield f"{host}:{port}:[{LOOPBACK_6}]:{9 if shut else ports[scheme]}"


def confessed(site: Site, day: date, offset: int) -> Iterator[Confessed]:
    at = night(offset, day)
    view = View(site, STYLES[site.style], day, at)
    for fault in site.faults:
        if fault.kind == "ipv6-shut" and not has_ipv6():
            continue
        stands = fault.stands(at, day)
        for expected in fault.finds:
            due = stands if expected.nights is None else offset in expected.nights
            if due:
                for subject in expected.subjects:
                    for address in view.subjects(subject):
                        yield Confessed(site.site_code, expected.check, address)


@contextmanager
def serve(day: date, folder: Path) -> Iterator[GovWeb]:
    """The web around `day`, alive inside the with-block; its files are written to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    write_registry(folder / "registry", day)
    command = [sys.executable, "-m", "tests.govweb.server", day.isoformat(), str(folder / "ca.pem")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as server:
        try:
            yield GovWeb(day, folder, server)
        finally:
            assert server.stdin
            server.stdin.close()
            server.wait(timeout=10)


__all__ = ["NIGHTS", "Confessed", "GovWeb", "confessed", "moment", "night", "serve"]
