"""`govcrawl doctor`: checks one by one what an inspection needs of the machine it runs on."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from govcrawl.cli.options import PATH, WRONG_INPUT, setting_option
from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MIN_FREE_GIB = 5
CLOCK_SLACK_S = 5.0
CHROMIUM_STARTS_WITHIN_S = 30.0
SAMPLE_CHARACTER = "政"
PUBLIC_IPV4 = "223.5.5.5"  # a public name server; a route to it is looked up, no packet is sent
CANARY_ANSWERS_WITHIN_S = 15.0
CLOCK_OF_OTHERS_SLACK_S = 600.0  # the difference between clocks from which a round of probes is void


@dataclass(frozen=True, slots=True)
class Condition:
    """The result of examining one thing. Without a thing that is not `needed`, only some measurements are lost."""

    name: str
    well: bool
    found: str
    remedy: str = ""
    needed: bool = True


@click.command()
@click.option("--data", type=PATH, metavar="DIR", help="Also look at this data directory.")
@click.option("--catalogue", metavar="TEXT", help="Also look whether this database can be that of a lake.")
@setting_option
def doctor(data: Path | None, catalogue: str | None, settings: Sequence[str]) -> int:
    """Say what this machine lacks for an inspection, and how to mend it. Exit code 1 when something needed is missing.

    Example: govcrawl doctor --data data -s CANARY_URLS=http://www.gov.cn/
    """
    given = dict(setting.split("=", 1) for setting in settings).get("CANARY_URLS", "")
    canaries = [url for url in given.split(",") if url]
    healthy = True
    for sign in examine(data, canaries, catalogue):
        mark = "ok" if sign.well else "MISSING" if sign.needed else "note"
        click.echo(f"{mark:<8}{sign.name}: {sign.found}" + ("" if sign.well else f". {sign.remedy}"))
        healthy &= sign.well or not sign.needed
    return 0 if healthy else WRONG_INPUT


def examine(
    data: Path | None, canaries: Sequence[str] = (), catalogue: str | None = None
) -> Iterator[Condition]:
    """Examine everything; yield each result at once. `canaries`: as in the setting CANARY_URLS; `catalogue`: of a lake."""
    yield from _packages()
    yield _driver()
    yield _browser()
    yield _fonts()
    yield _clock()
    yield _network()
    yield _names()
    yield _authorities()
    yield _ipv6()
    for url in canaries:
        yield from _canary(url)
    yield from _directory(data or Path.cwd())
    if catalogue:
        yield _lake(catalogue)


def _packages() -> Iterator[Condition]:
    """Compare the installed versions of packages with those the project requires."""
    try:
        wanted = metadata.requires("govcrawl") or []
    except metadata.PackageNotFoundError:
        yield Condition("govcrawl", well=False, found="not installed", remedy="Run `make setup`.")
        return
    for requirement in wanted:
        match = re.match(r"([\w.-]+)\s*>=\s*([\d.]+)", requirement)
        if match and "extra ==" not in requirement:
            yield _package(match[1], match[2])


def _package(name: str, least: str) -> Condition:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Condition(name, well=False, found="not installed", remedy="Run `make setup`.")
    enough = _numbers(version) >= _numbers(least)
    return Condition(name, enough, version, remedy=f"{least} or newer is needed: run `make setup`.")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


def _driver() -> Condition:
    """Start the program with which Playwright controls the browser; a minimal system may lack a library it needs."""
    ended = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, text=True, check=False
    )
    remedy = (
        "Install the library it misses (`apt-get install libatomic1`); without it pages drawn by JavaScript stay "
        "unmeasured and no PDF is printed."
    )
    output = (ended.stdout or ended.stderr).strip().splitlines() or ["nothing"]
    return Condition("driver", ended.returncode == 0, f"playwright says: {output[-1]}", remedy)


def _browser() -> Condition:
    from govcrawl.network.chromium import HEADLESS_SHELL, find_browser  # noqa: PLC0415

    path = find_browser()
    remedy = (
        f"Install it (`apt-get install {HEADLESS_SHELL}`, else chromium); without it pages drawn by JavaScript stay "
        "unmeasured."
    )
    if path is None:
        return Condition("browser", well=False, found="no Chromium", remedy=remedy)
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
        return Condition("browser", well=False, found=f"{path} does not start ({error})", remedy=remedy)
    if b"govcrawl" not in ended.stdout:
        return Condition("browser", well=False, found=f"{path} starts and draws nothing", remedy=remedy)
    dear = "" if Path(path).name == HEADLESS_SHELL else f"; {HEADLESS_SHELL} would cost half"
    return Condition("browser", well=True, found=f"{path} draws a page{dear}", remedy=remedy)


def _fonts() -> Condition:
    remedy = "Install them (`apt-get install fonts-noto-cjk`), or Chinese prints as boxes."
    lister = shutil.which("fc-list")
    if lister is None:
        return Condition("fonts", well=False, found="fc-list is not installed", remedy=remedy, needed=False)
    query = f":charset={ord(SAMPLE_CHARACTER):x}"
    listed = subprocess.run([lister, query, "family"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    families = sorted(set(listed.splitlines()))
    found = f"{len(families)} families with Chinese characters"
    return Condition("fonts", bool(families), found, remedy, needed=False)


def _clock() -> Condition:
    """Compare the clock with the time of a new file on the disk, and with the release date of this program."""
    with tempfile.NamedTemporaryFile() as file:
        ahead_s = time.time() - Path(file.name).stat().st_mtime
    newest = (
        max(Path(__file__).parents[1].rglob("*.py"), key=lambda path: path.stat().st_mtime).stat().st_mtime
    )
    now = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime())
    well = abs(ahead_s) < CLOCK_SLACK_S and time.time() > newest - CLOCK_SLACK_S
    return Condition(
        "clock",
        well,
        f"{now} (disk and program agree)" if well else f"{now}, behind its own files",
        "Set the clock (`timedatectl set-ntp true`): terms are counted by it.",
    )


def _network() -> Condition:
    """Look up a route out of this machine, without sending a packet. A staging server by --resolve needs none."""
    remedy = "Check cable, gateway and address: until then every site seems unreachable, and rounds are void."
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
            channel.connect((PUBLIC_IPV4, 9))
            found = f"packets leave from {channel.getsockname()[0]}"
    except OSError as error:
        found = f"no route ({error.strerror})"
        return Condition("network", well=False, found=found, remedy=remedy, needed=False)
    return Condition("network", well=True, found=found)


def _ipv6() -> Condition:
    from govcrawl.network.ipv6 import has_route  # noqa: PLC0415 - brings Scrapy along

    found = has_route()
    return Condition(
        "ipv6",
        found,
        "a route over IPv6" if found else "no route over IPv6",
        "Without one nothing is said of the IPv6 of any site; ask your provider for it.",
        needed=False,
    )


def _authorities() -> Condition:
    """Count the certificate authorities of this machine; without any, every certificate would seem invalid."""
    from govcrawl.network.tls import SYSTEM_BUNDLES  # noqa: PLC0415 - brings Twisted along

    context = ssl.create_default_context()
    bundle = next((path for path in SYSTEM_BUNDLES if Path(path).is_file()), None)
    if bundle is not None:
        context.load_verify_locations(bundle)
    number = context.cert_store_stats()["x509_ca"]
    return Condition(
        "authorities",
        number > 0,
        f"{number} trusted",
        "Install them (`apt-get install ca-certificates`): without any, every HTTPS site seems unreachable.",
    )


def _canary(url: str) -> Iterator[Condition]:
    """Request an address that the operator expects to answer, and compare its clock with ours."""
    remedy = "Our own network is down, or this is no good canary: name an address that always answers."
    request = urllib.request.Request(url, method="HEAD")  # noqa: S310 - the operator's own
    try:
        with urllib.request.urlopen(request, timeout=CANARY_ANSWERS_WITHIN_S) as response:  # noqa: S310
            status, date_header = response.status, response.headers.get("Date")
    except urllib.error.HTTPError as answered:
        status, date_header = answered.code, answered.headers.get("Date")
    except (OSError, ValueError) as error:
        yield Condition("canary", well=False, found=f"{url}: {error}", remedy=remedy)
        return
    yield Condition("canary", well=True, found=f"{url} answers {status}")
    if date_header:
        with suppress(ValueError):
            ahead_s = time.time() - parsedate_to_datetime(date_header).timestamp()
            yield Condition(
                "clock",
                abs(ahead_s) <= CLOCK_OF_OTHERS_SLACK_S,
                f"{abs(ahead_s):.0f} s {'ahead of' if ahead_s > 0 else 'behind'} {url}",
                "Set the clock (`timedatectl set-ntp true`): rounds of a wrong clock are void.",
            )


def _names() -> Condition:
    """Look up a name that nobody registered: it must not resolve, or every dead link would seem alive."""
    name = f"{uuid4().hex}.gov.cn"
    try:
        address = socket.getaddrinfo(name, 80)[0][4][0]
    except socket.gaierror as error:
        silent = error.errno == socket.EAI_AGAIN
        return Condition(
            "names",
            well=not silent,
            found="the name servers do not answer" if silent else "unknown names stay unknown",
            remedy="Check /etc/resolv.conf: without name servers every site seems unreachable.",
            needed=False,
        )
    except OSError as error:
        return Condition("names", well=False, found=str(error), remedy="Check /etc/resolv.conf.")
    return Condition(
        "names",
        well=False,
        found=f"{name} resolves to {address}",
        remedy="Use a name server that does not answer for unknown names.",
    )


def _directory(data: Path) -> Iterator[Condition]:
    place = next(path for path in (data.resolve(), *data.resolve().parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
        writable = True
    except OSError:
        writable = False
    yield Condition(
        "data",
        writable,
        f"{place} {'is' if writable else 'is not'} writable",
        "Change its owner or permissions.",
    )
    free = shutil.disk_usage(place).free / (1 << 30)
    yield Condition(
        "disk", free >= MIN_FREE_GIB, f"{free:.0f} GiB free", f"At least {MIN_FREE_GIB} GiB should be free."
    )


def _lake(catalogue: str) -> Condition:
    """Load the extensions of a lake and ask its database in which language it tells errors."""
    from govcrawl.warehouse.release.lake import SAFE_MESSAGES, language_of, wrong_messages  # noqa: PLC0415

    try:
        messages = language_of(catalogue)
    except UserError as error:
        return Condition("lake", well=False, found=str(error), remedy="Without it no release is registered.")
    return Condition(
        "lake",
        messages in SAFE_MESSAGES,
        f"the catalogue tells errors in {messages}"
        if messages in SAFE_MESSAGES
        else wrong_messages(messages),
    )
