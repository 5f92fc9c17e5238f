"""`govcrawl page`: what the pages code reads from files and addresses, as JSON.

Addresses are fetched once, as any client would: no browser, no retry, no cookies, certificates verified.
"""

from __future__ import annotations

import contextlib
import http.client
import re
import socket
import ssl
import sys
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

import click
import orjson

from govcrawl.pages.answers.challenge import challenge_sign, is_challenge
from govcrawl.pages.links import urls
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import KINDS, MAX_BYTES, read_page
from govcrawl.pages.report import page_report
from govcrawl.records.errors import UserError
from govcrawl.records.items import CIVIL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from govcrawl.network.resolve_rules import Rule

_TIME_LIMIT_S: Final = 30.0
_MOST_REDIRECTS: Final = 10
_CHUNK: Final = 65_536
_HEAD: Final = 16_384  # bytes in which a saved page says where it was saved from
_SAVED_FROM: Final = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]+)", re.IGNORECASE)
_OWN_ADDRESS: Final = re.compile(
    rb"<link\b(?=[^>]*\brel\s*=\s*[\"']?canonical\b)[^>]*\bhref\s*=\s*[\"']?(https?://[^\s\"'>]+)"
    rb"|<meta\b(?=[^>]*\bproperty\s*=\s*[\"']?og:url\b)[^>]*\bcontent\s*=\s*[\"']?(https?://[^\s\"'>]+)",
    re.IGNORECASE,
)


class UnreadableError(UserError):
    """Raised for a file or address that cannot be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A document as it came: from a disk (no status) or from a server."""

    url: str
    body: bytes
    content_type: str | None = None
    status: int | None = None
    headers: dict[str, str] | None = None


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="FILE_OR_URL...")
@click.option(
    "--url", metavar="URL", help="Address the file was saved from; relative links are joined to it."
)
@click.option(
    "--kind",
    type=click.Choice(("auto", *KINDS)),
    default="auto",
    show_default=True,
    help="What the document is, where it is known.",
)
@click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="Day of the inspection; today in Asia/Shanghai if not given.",
)
@click.option(
    "--selector", metavar="CSS", help="Selector of the list's rows, as `entry_selector` of a section."
)
@click.option("--explain", is_flag=True, help="Say why dates, entries and sections were taken or refused.")
@click.option(
    "--resolve",
    multiple=True,
    metavar="HOST:PORT:ADDRESS[:PORT2]",
    help="Send a name to another address, as curl does; repeatable, or @FILE.",
)
def page(
    names: tuple[str, ...],
    url: str | None,
    kind: str,
    as_of: datetime | None,
    selector: str | None,
    resolve: tuple[str, ...],
    *,
    explain: bool,
) -> int:
    """Print what is read from documents, as JSON.

    One name gives one object, over several lines. Several names, or `-` for names on stdin (FILE or
    FILE<tab>URL a line), give one object a line; a name that cannot be read gives an object with `error`.

    Example: govcrawl page saved.html --url http://www.example.gov.cn/zwgk/ --kind section --explain
    """
    day = as_of.date() if as_of else datetime.now(CIVIL).date()
    reader = _Reader(day, None if kind == "auto" else kind, selector, _rules(resolve), explain=explain)
    if len(names) == 1 and names[0] != "-":
        report = reader.report(names[0], url)
        _write(orjson.dumps(report, option=orjson.OPT_INDENT_2))
        return 0
    if url is not None:
        raise click.UsageError("--url belongs to one file; give FILE<tab>URL lines on stdin for several")
    failed = False
    for name, address in _named(names):
        try:
            report = reader.report(name, address)
        except UserError as error:
            failed = True
            report = {"name": name, "url": address, "error": str(error)}
        _write(orjson.dumps(report))
    return int(failed)


class _Reader:
    """Reads one document after the other; what it learns of a site's links serves the site's next page."""

    def __init__(
        self, as_of: date, kind: str | None, selector: str | None, rules: Sequence[Rule], *, explain: bool
    ) -> None:
        self._as_of = as_of
        self._kind = kind
        self._selector = selector
        self._rules = rules
        self._explain = explain
        self._memos: dict[str, LinkMemo] = {}

    def report(self, name: str, url: str | None) -> dict[str, Any]:
        answer = fetch(name, self._rules) if _is_address(name) else _file(name, url)
        read = read_page(
            answer.body,
            answer.url,
            content_type=answer.content_type,
            as_of=self._as_of,
            memo=self._memo(answer.url),
            kind_hint=self._kind,
            selector=self._selector,
        )
        report = page_report(read, explain=self._explain)
        if answer.status is not None:
            report["status"] = answer.status
            if is_challenge(answer.status, answer.headers or {}, answer.body):
                # What a firewall says is no fault of the site.
                report["findings"] = []
                report["blocked_by"] = (
                    challenge_sign(answer.status, answer.headers or {}, answer.body) or "status"
                )
        return report

    def _memo(self, url: str) -> LinkMemo:
        address = urls.split(url)
        home = f"{url[: url.find('/', url.find('://') + 3)]}/" if address and url.count("/") > 2 else url
        return self._memos.setdefault(home, LinkMemo(home if address else ""))


def _named(names: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    for name in names:
        if name != "-":
            yield name, None
            continue
        for line in sys.stdin:
            file, _, address = line.rstrip("\r\n").partition("\t")
            if file.strip():
                yield file.strip(), address.strip() or None


def _write(document: bytes) -> None:
    sys.stdout.buffer.write(document + b"\n")
    sys.stdout.buffer.flush()


def _is_address(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def _file(name: str, url: str | None) -> Answer:
    path = Path(name)
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableError(
            f"{name}: {reason}. Name a file, or an address with http:// or https://."
        ) from error
    if url is not None and urls.split(url) is None:
        raise UnreadableError(
            f"{name}: {url!r} is no http or https address. Give the address it was saved from."
        )
    return Answer(url or _saved_from(body) or path.absolute().as_uri(), body)


def _saved_from(body: bytes) -> str | None:
    found = _SAVED_FROM.search(body, 0, _HEAD) or _OWN_ADDRESS.search(body, 0, _HEAD)
    if found is None:
        return None
    address = next(group for group in found.groups() if group).decode("ascii", "replace")
    return address if urls.split(address) is not None else None


def _rules(values: tuple[str, ...]) -> Sequence[Rule]:
    if not values:
        return ()
    from govcrawl.network.resolve_rules import parse_resolve  # noqa: PLC0415 - Scrapy stands beside it

    return parse_resolve(values)


def fetch(url: str, rules: Sequence[Rule] = ()) -> Answer:
    """Fetch a document by plain HTTP, following redirects; raises `UnreadableError` when none comes."""
    deadline = monotonic() + _TIME_LIMIT_S
    for _ in range(_MOST_REDIRECTS + 1):
        address = urls.split(url)
        if address is None:
            raise UnreadableError(f"{url}: no http or https address. Name a file, or a whole address.")
        try:
            answer = _get(address, rules, deadline)
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise UnreadableError(f"{url}: {error or type(error).__name__}. Nothing was read.") from error
        location = (answer.headers or {}).get("location")
        if answer.status not in (301, 302, 303, 307, 308) or not location:
            return answer
        url = urls.normalise(urls.join(answer.url, location))
    raise UnreadableError(f"{url}: more than {_MOST_REDIRECTS} redirects. Nothing was read.")


def _get(address: urls.Address, rules: Sequence[Rule], deadline: float) -> Answer:
    from govcrawl.settings import USER_AGENT  # noqa: PLC0415 - asks git for the version

    port = address.port or urls.DEFAULT_PORTS[address.scheme]
    host, to_port = address.host.strip("[]"), port
    for rule in rules:
        if (rule.host, rule.port) == (address.host, port):
            host, to_port = str(rule.address), rule.to_port
            break
    connection = http.client.HTTPConnection(address.host, port)
    with contextlib.ExitStack() as opened:
        channel = opened.enter_context(socket.create_connection((host, to_port), timeout=_left(deadline)))
        if address.scheme == "https":
            context = ssl.create_default_context()
            channel = opened.enter_context(
                context.wrap_socket(channel, server_hostname=address.host.strip("[]"))
            )
        connection.sock = channel
        connection.putrequest("GET", _target(address), skip_host=True, skip_accept_encoding=True)
        for name, value in (
            ("Host", address.host if address.port is None else f"{address.host}:{address.port}"),
            ("User-Agent", USER_AGENT),
            ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        response = opened.enter_context(connection.getresponse())
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = _body(response, headers, channel, deadline)
    return Answer(str(address), body, headers.get("content-type"), response.status, headers)


def _target(address: urls.Address) -> str:
    return f"{address.path}?{address.query}" if address.query else address.path


def _body(
    response: http.client.HTTPResponse, headers: dict[str, str], channel: socket.socket, deadline: float
) -> bytes:
    """Body up to the size and time limits, unpacked; a cut one is read as far as it came."""
    packed = headers.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32) if packed else None
    body = bytearray()
    while len(body) < MAX_BYTES:
        channel.settimeout(_left(deadline))
        chunk = response.read1(_CHUNK)
        if not chunk:
            break
        body += unpack.decompress(chunk, MAX_BYTES - len(body)) if unpack else chunk
    return bytes(body)


def _left(deadline: float) -> float:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError(f"no whole answer within {_TIME_LIMIT_S:g} s")
    return left
