"""`govcrawl page`: prints as JSON what the page readers find in files and addresses.

Addresses are fetched once, by the same code as in a crawl: without browser, without retry, with verified certificates.
"""

from __future__ import annotations

import re
import sys
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
import orjson

from govcrawl.cli.options import resolve_option
from govcrawl.pages.answers.challenge import challenge_sign, is_challenge
from govcrawl.pages.links import urls
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import MAX_BYTES, PAGE_KINDS, read_page
from govcrawl.pages.report import page_report
from govcrawl.records.errors import UserError
from govcrawl.records.items import CIVIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from govcrawl.network.outside import Ask, Fetch
    from govcrawl.network.resolve_rules import Rule

_HEAD: Final = 16_384  # bytes of a saved page that are searched for the address it was saved from
_SAVED_FROM: Final = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]+)", re.IGNORECASE)
_OWN_ADDRESS: Final = re.compile(
    rb"<link\b(?=[^>]*\brel\s*=\s*[\"']?canonical\b)[^>]*\bhref\s*=\s*[\"']?(https?://[^\s\"'>]+)"
    rb"|<meta\b(?=[^>]*\bproperty\s*=\s*[\"']?og:url\b)[^>]*\bcontent\s*=\s*[\"']?(https?://[^\s\"'>]+)",
    re.IGNORECASE,
)


class UnreadableError(UserError):
    """Raised for a file or address that cannot be read."""


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="FILE_OR_URL...")
@click.option(
    "--url", metavar="URL", help="Address the file was saved from; relative links are joined to it."
)
@click.option(
    "--kind",
    type=click.Choice(("auto", *PAGE_KINDS)),
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
@resolve_option
def page(
    names: tuple[str, ...],
    url: str | None,
    kind: str,
    as_of: datetime | None,
    selector: str | None,
    resolve: tuple[Rule, ...],
    *,
    explain: bool,
) -> int:
    """Print what is read from documents, as JSON.

    One name gives one object, over several lines. Several names, or `-` for names on stdin (FILE or
    FILE<tab>URL a line), give one object a line; a name that cannot be read gives an object with `error`.

    Example: govcrawl page saved.html --url http://www.example.gov.cn/zwgk/ --kind section --explain
    """
    if url is not None and (len(names) > 1 or names[0] == "-"):
        raise click.UsageError("--url belongs to one file; give FILE<tab>URL lines on stdin for several")
    day = as_of.date() if as_of else datetime.now(CIVIL).date()
    reader = _Reader(day, None if kind == "auto" else kind, selector, explain=explain)
    alone = len(names) == 1 and names[0] != "-"
    print_report = _print_alone if alone else _print_in_line
    failed = 0
    named = iter([(names[0], url)] if alone else _named(names))
    for name, address in named:
        if _is_address(name):
            failed += _with_the_network(reader, chain([(name, address)], named), print_report, resolve)
        else:
            failed += print_report(name, address, partial(reader.of_file, name, address))
    return int(failed > 0)


def _print_alone(_name: str, _url: str | None, report: Callable[[], dict[str, Any]]) -> int:
    """Print one report over several lines; UnreadableError for an unreadable name."""
    _write(orjson.dumps(report(), option=orjson.OPT_INDENT_2))
    return 0


def _print_in_line(name: str, url: str | None, report: Callable[[], dict[str, Any]]) -> int:
    """Print one report, or the reason why there is none, on one line; return the number of failures."""
    try:
        _write(orjson.dumps(report()))
    except UserError as error:
        _write(orjson.dumps({"name": name, "url": url, "error": str(error)}))
        return 1
    return 0


def _with_the_network(
    reader: _Reader,
    named: Iterator[tuple[str, str | None]],
    print_report: Callable[[str, str | None, Callable[[], dict[str, Any]]], int],
    rules: tuple[Rule, ...],
) -> int:
    """Report the remaining names, of which the first is an address; return the number of failures."""
    from govcrawl.network.outside import ask_outside_a_run  # noqa: PLC0415 - brings Scrapy along
    from govcrawl.network.resolve_rules import as_setting  # noqa: PLC0415

    failed = 0

    async def work(ask: Ask) -> None:
        nonlocal failed
        for name, url in named:
            if not _is_address(name):
                report = partial(reader.of_file, name, url)
            elif urls.split(name) is None:
                report = partial(_no_address, name)
            else:
                try:
                    report = partial(reader.of_answer, await ask(name))
                except ValueError:  # Scrapy rejects the address
                    report = partial(_no_address, name)
            failed += print_report(name, url, report)

    ask_outside_a_run(work, {"RESOLVE": as_setting(rules)} if rules else {})
    return failed


def _no_address(name: str) -> dict[str, Any]:
    raise UnreadableError(f"{name}: no http or https address. Name a file, or a whole address.")


class _Reader:
    """Reads documents one after the other; what it learns about a site's links is used for the site's next page."""

    def __init__(self, as_of: date, kind: str | None, selector: str | None, *, explain: bool) -> None:
        self._as_of = as_of
        self._kind = kind
        self._selector = selector
        self._explain = explain
        self._memos: dict[str, LinkMemo] = {}

    def of_file(self, name: str, url: str | None) -> dict[str, Any]:
        """The report of a file; UnreadableError when it cannot be read."""
        return self._report(*_file(name, url))

    def of_answer(self, answer: Fetch) -> dict[str, Any]:
        """The report of a server's answer; UnreadableError when there was none."""
        facts = answer.facts
        if facts.status is None or (facts.error is not None and not facts.body):
            raise UnreadableError(f"{facts.url}: {facts.outcome} ({facts.error}). Nothing was read.")
        report = self._report(facts.body, facts.final_url or facts.url, facts.content_type)
        report["status"] = facts.status
        if is_challenge(facts.status, answer.headers, facts.body):
            # The page of a firewall is no fault of the site.
            report["findings"] = []
            report["blocked_by"] = challenge_sign(facts.status, answer.headers, facts.body) or "status"
        return report

    def _report(self, body: bytes, url: str, content_type: str | None = None) -> dict[str, Any]:
        read = read_page(
            body,
            url,
            content_type=content_type,
            as_of=self._as_of,
            memo=self._memo(url),
            kind_hint=self._kind,
            selector=self._selector,
        )
        return page_report(read, explain=self._explain)

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


def _file(name: str, url: str | None) -> tuple[bytes, str]:
    path = Path(name)
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)  # one byte more, to recognise a page that is cut
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableError(
            f"{name}: {reason}. Name a file, or an address with http:// or https://."
        ) from error
    if url is not None and urls.split(url) is None:
        raise UnreadableError(
            f"{name}: {url!r} is no http or https address. Give the address it was saved from."
        )
    return body, url or _saved_from(body) or path.absolute().as_uri()


def _saved_from(body: bytes) -> str | None:
    found = _SAVED_FROM.search(body, 0, _HEAD) or _OWN_ADDRESS.search(body, 0, _HEAD)
    if found is None:
        return None
    address = next(group for group in found.groups() if group).decode("ascii", "replace")
    return address if urls.split(address) is not None else None
