"""What an inspection needs of the machine it runs on, looked at one by one."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_FREE_GIB = 5
CLOCK_SLACK_S = 5.0
CHROMIUM_STARTS_WITHIN_S = 30.0
SAMPLE_CHARACTER = "政"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at. What is not needed costs only some of the measurements, or looks."""

    name: str
    well: bool
    found: str
    remedy: str = ""
    needed: bool = True


def examine(data: Path | None) -> Iterator[Sign]:
    """Look at everything; a finding is yielded as soon as it is made."""
    yield from _packages()
    yield _browser()
    yield _fonts()
    yield _clock()
    yield _names()
    yield from _directory(data or Path.cwd())


def _packages() -> Iterator[Sign]:
    """Versions that are installed against those the project asks for."""
    try:
        wanted = metadata.requires("govcrawl") or []
    except metadata.PackageNotFoundError:
        yield Sign("govcrawl", well=False, found="not installed", remedy="Run `make setup`.")
        return
    for requirement in wanted:
        match = re.match(r"([\w.-]+)\s*>=\s*([\d.]+)", requirement)
        if match and "extra ==" not in requirement:
            yield _package(match[1], match[2])


def _package(name: str, least: str) -> Sign:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Sign(name, well=False, found="not installed", remedy="Run `make setup`.")
    enough = _numbers(version) >= _numbers(least)
    return Sign(name, enough, version, remedy=f"{least} or newer is needed: run `make setup`.")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


def _browser() -> Sign:
    from govcrawl.chromium import find_browser  # noqa: PLC0415

    path = find_browser()
    remedy = "Install it (`apt-get install chromium`); without it pages drawn by JavaScript stay unmeasured."
    if path is None:
        return Sign("browser", well=False, found="no Chromium", remedy=remedy)
    command = [
        path,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--dump-dom",
        "data:text/html,<p>govcrawl</p>",
    ]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=CHROMIUM_STARTS_WITHIN_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        return Sign("browser", well=False, found=f"{path} does not start ({error})", remedy=remedy)
    drawn = b"govcrawl" in ended.stdout
    return Sign(
        "browser", drawn, f"{path} draws a page" if drawn else f"{path} starts and draws nothing", remedy
    )


def _fonts() -> Sign:
    remedy = "Install them (`apt-get install fonts-noto-cjk`), or Chinese prints as boxes."
    lister = shutil.which("fc-list")
    if lister is None:
        return Sign("fonts", well=False, found="fc-list is not installed", remedy=remedy, needed=False)
    query = f":charset={ord(SAMPLE_CHARACTER):x}"
    listed = subprocess.run([lister, query, "family"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    families = sorted(set(listed.splitlines()))
    found = f"{len(families)} families with Chinese characters"
    return Sign("fonts", bool(families), found, remedy, needed=False)


def _clock() -> Sign:
    """The wall clock against the time the disk gives a new file, and against the release of this program."""
    with tempfile.NamedTemporaryFile() as file:
        ahead_s = time.time() - Path(file.name).stat().st_mtime
    newest = max(Path(__file__).parent.rglob("*.py"), key=lambda path: path.stat().st_mtime).stat().st_mtime
    now = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
    well = abs(ahead_s) < CLOCK_SLACK_S and time.time() > newest - CLOCK_SLACK_S
    return Sign(
        "clock",
        well,
        f"{now} (disk and program agree)" if well else f"{now}, behind its own files",
        "Set the clock (`timedatectl set-ntp true`): terms are counted by it.",
    )


def _names() -> Sign:
    """A name nobody ever registered must not resolve, or every dead link would seem alive."""
    name = f"{uuid4().hex}.gov.cn"
    try:
        address = socket.getaddrinfo(name, 80)[0][4][0]
    except OSError:
        return Sign("names", well=True, found="unknown names stay unknown")
    return Sign(
        "names",
        well=False,
        found=f"{name} resolves to {address}",
        remedy="Use a name server that does not answer for unknown names.",
    )


def _directory(data: Path) -> Iterator[Sign]:
    place = next(path for path in (data.resolve(), *data.resolve().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
        writable = True
    except OSError:
        writable = False
    yield Sign(
        "data",
        writable,
        f"{place} {'is' if writable else 'is not'} writable",
        "Change its owner or permissions.",
    )
    free = shutil.disk_usage(place).free / (1 << 30)
    yield Sign(
        "disk", free >= MIN_FREE_GIB, f"{free:.0f} GiB free", f"At least {MIN_FREE_GIB} GiB should be free."
    )
