"""Checks between the rows of a registry: codes are unique, sections have a site, units form no loop."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from govcrawl.records.reachable import is_public
from govcrawl.registry.choices import APPS, PLATFORMS, UNTIMED, known_platform
from govcrawl.registry.model import CLOSED, NONE, RegistryProblem, states_filing


@dataclass(slots=True)
class CheckedRow:
    """The values of a row under their English headers; a column that could not be read is absent."""

    line: int
    values: dict[str, Any]


@dataclass(slots=True)
class CheckedFile:
    name: str
    rows: list[CheckedRow] = field(default_factory=list)


def check_rows(files: dict[str, CheckedFile]) -> Iterator[RegistryProblem]:
    """Yield every problem between rows. `files`: stem → file, for each registry file that exists."""
    if "sites" in files:
        yield from _sites(files["sites"])
        yield from _sites_named(files)
    if "sections" in files:
        yield from _sections(files)
    for stem, keys in _UNIQUE.items():
        if stem in files:
            yield from _unique(files[stem], keys)
    if "units" in files:
        yield from _unit_loops(files["units"])
        yield from _units_led(files["units"])
        yield from _units_ordered(files["units"])
        yield from _units_named(files)
    if "accounts" in files:
        yield from _accounts_shared(files["accounts"])
        yield from _platforms(files["accounts"])
        yield from _apps(files["accounts"])
    for stem in ("tickets", "messages"):
        if stem in files:
            yield from _answers(files[stem])
    for stem in ("self_checks", "spot_checks"):
        if stem in files:
            yield from _results_given(files[stem])


_UNIQUE = {
    "sites": ("site_code",),
    "units": ("unit",),
    "accounts": ("account_id",),
    "tickets": ("id",),
    "messages": ("id",),
    "approved_links": ("domain", "site_code"),
    "submissions": ("unit", "month"),
    "self_checks": ("site_code", "indicator_id", "checked_on"),
    "spot_checks": ("site_code", "indicator_id", "checked_on"),
    "reprimands": ("unit", "given_on", "way", "remark"),
    "working_days": ("day",),
}


def _unique(file: CheckedFile, keys: tuple[str, ...]) -> Iterator[RegistryProblem]:
    seen: dict[tuple[Any, ...], int] = {}
    for row in file.rows:
        if not row.values.keys() >= set(keys):
            continue
        key = tuple(row.values[name] for name in keys)
        first = seen.setdefault(key, row.line)
        if first != row.line:
            yield RegistryProblem(
                file.name,
                row.line,
                " ".join(str(part) for part in key if part is not None),
                f"duplicate {' and '.join(keys)}, first in line {first}",
                "Keep one of the two rows.",
            )


def _sites(file: CheckedFile) -> Iterator[RegistryProblem]:
    if not file.rows:
        yield RegistryProblem(
            file.name, 0, "", "no site is listed", "Add a row for each site to be inspected."
        )
    homes: dict[str, CheckedRow] = {}
    for row in file.rows:
        home = row.values.get("home_url")
        if home is None:
            continue
        first = homes.setdefault(_address(home), row)
        if first is not row and first.values.get("site_code") != row.values.get("site_code"):
            yield RegistryProblem(
                file.name,
                row.line,
                home,
                f"same home page as the site of line {first.line}",
                "Both are inspected; if they are one site, remove a row.",
                "warning",
            )
        yield from _where_it_lies(file.name, row, home)


def _where_it_lies(file: str, row: CheckedRow, home: str) -> Iterator[RegistryProblem]:
    """Warn of a home page in a private network: that it is not visited, or that it is visited inside our network."""
    private = row.values.get("private_address")
    host = urlsplit(home).hostname or ""
    if private is not None and is_public(private):
        yield RegistryProblem(
            file,
            row.line,
            private,
            "the private address is one on the internet",
            "Leave the cell blank: sites on the internet are found by their names.",
        )
    elif private is not None:
        yield RegistryProblem(
            file,
            row.line,
            private,
            "the site will be asked inside our own network",
            "Nothing to do if that is meant; else leave the cell blank.",
            "warning",
        )
    elif _is_address(host) and not is_public(host):
        yield RegistryProblem(
            file,
            row.line,
            home,
            "the home page lies inside a private network and will not be asked",
            f"Write {host} into private_address (内网地址) if the site is to be inspected there.",
            "warning",
        )


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _sites_named(files: dict[str, CheckedFile]) -> Iterator[RegistryProblem]:
    site_codes = {row.values.get("site_code") for row in files["sites"].rows}
    for stem, file in files.items():
        for row in file.rows:
            code = row.values.get("site_code")
            if stem != "sites" and code is not None and code not in site_codes:
                yield RegistryProblem(
                    file.name,
                    row.line,
                    code,
                    f"site is missing from {files['sites'].name}",
                    "Add the site there, or correct or remove this row.",
                )


def _sections(files: dict[str, CheckedFile]) -> Iterator[RegistryProblem]:
    file = files["sections"]
    closed = {
        row.values.get("site_code")
        for row in (files["sites"].rows if "sites" in files else ())
        if row.values.get("status") == CLOSED
    }
    seen: dict[tuple[str, str], int] = {}
    for row in file.rows:
        code, url = row.values.get("site_code"), row.values.get("url")
        if code is None:
            continue
        if "url" in row.values and url is None and not row.values.get("required"):
            yield RegistryProblem(
                file.name,
                row.line,
                str(row.values.get("name") or ""),
                "url is blank",
                "Give the address; only a required section (必设栏目) that the site lacks has none.",
            )
        if url is not None:
            first = seen.setdefault((code, _address(url)), row.line)
            if first != row.line:
                yield RegistryProblem(
                    file.name,
                    row.line,
                    url,
                    f"duplicate section of site {code}, first in line {first}",
                    "Keep one of the two rows.",
                )
        if code in closed and _has_term(row):
            yield RegistryProblem(
                file.name,
                row.line,
                code,
                "section with an update term belongs to a closed site (关停)",
                "Remove the section, or correct the status of the site.",
            )


def _has_term(section: CheckedRow) -> bool:
    if section.values.get("update_days") is not None:
        return True
    return "class" in section.values and section.values["class"] not in UNTIMED


def _address(url: str) -> str:
    """A URL in one spelling, for comparison: scheme and host in lower case, `/` as the path of a bare host."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/", fragment="").geturl()


def _unit_loops(file: CheckedFile) -> Iterator[RegistryProblem]:
    lines = {row.values.get("unit"): row.line for row in reversed(file.rows)}
    parents = {row.values.get("unit"): row.values.get("parent") for row in reversed(file.rows)}
    settled: set[Any] = {None}
    for unit in reversed(parents):
        path: list[Any] = []
        while unit not in settled and unit in parents and unit not in path:
            path.append(unit)
            unit = parents[unit]  # noqa: PLW2901 - climbing is what the loop does
        if unit in path:
            loop = path[path.index(unit) :]
            yield RegistryProblem(
                file.name,
                lines[loop[0]],
                " → ".join([*loop, loop[0]]),
                "units are each other's parent",
                "Correct the parent of one of them.",
            )
        settled.update(path)


def _units_led(file: CheckedFile) -> Iterator[RegistryProblem]:
    units = {row.values.get("unit") for row in file.rows}
    for row in file.rows:
        parent = row.values.get("parent")
        if parent is not None and parent not in units:
            yield RegistryProblem(
                file.name,
                row.line,
                parent,
                "parent is no unit of this file",
                "Add the unit above as a row of its own, or correct its name.",
            )
        if row.values.get("vertical") and "parent" in row.values and parent is None:
            yield RegistryProblem(
                file.name,
                row.line,
                str(row.values.get("unit") or ""),
                "vertical unit (垂直管理) without the unit that leads it",
                "Fill in its parent; until then its sites count in no region.",
                "warning",
            )


def _units_ordered(file: CheckedFile) -> Iterator[RegistryProblem]:
    """The official order holds for all units or for none: one left out would stand wherever chance puts it."""
    placed = [row for row in file.rows if row.values.get("place") is not None]
    if not placed:
        return
    for row in file.rows:
        if row.values.get("place") is None:
            yield RegistryProblem(
                file.name,
                row.line,
                str(row.values.get("unit") or ""),
                "unit without a place in the official order (排序), and others have one",
                "Number every unit, or empty the column.",
            )


def _units_named(files: dict[str, CheckedFile]) -> Iterator[RegistryProblem]:
    units = {row.values.get("unit") for row in files["units"].rows}
    for stem, column in (
        ("sites", "unit"),
        ("sections", "unit"),
        ("accounts", "unit"),
        ("submissions", "unit"),
        ("reprimands", "unit"),
    ):
        if stem not in files:
            continue
        for line, unit in _first_uses(files[stem].rows, column):
            if unit not in units:
                yield RegistryProblem(
                    files[stem].name,
                    line,
                    unit,
                    f"{column} is missing from {files['units'].name}",
                    "Add the unit there, or correct its name.",
                    "warning",
                )


def _first_uses(rows: Iterable[CheckedRow], column: str) -> Iterator[tuple[int, str]]:
    used: set[str] = set()
    for row in rows:
        value = row.values.get(column)
        if value is not None and value not in used:
            used.add(value)
            yield row.line, value


def _accounts_shared(file: CheckedFile) -> Iterator[RegistryProblem]:
    """One account is one unit's: a second row for it, of another unit, would count its faults against both.

    Told by its address; without one by its name on its platform, which two units may share by chance.
    """
    seen: dict[tuple[str, ...], CheckedRow] = {}
    for row in file.rows:
        url, platform, name = (str(row.values.get(header) or "") for header in ("url", "platform", "name"))
        page = urlsplit(url).path.strip("/")
        key = (url,) if page else (platform, name)
        if not all(key):
            continue
        first = seen.setdefault(key, row)
        if first.values.get("unit") != row.values.get("unit"):
            yield RegistryProblem(
                file.name,
                row.line,
                " ".join(key),
                f"the account of line {first.line} again, under another unit",
                "Keep the row of the unit that answers for it.",
                "error" if page else "warning",
            )


def _platforms(file: CheckedFile) -> Iterator[RegistryProblem]:
    for line, platform in _first_uses(file.rows, "platform"):
        if known_platform(platform) is None:
            yield RegistryProblem(
                file.name,
                line,
                platform,
                "a platform nobody knows",
                f"It is counted under this name. Known are {' '.join(PLATFORMS)}.",
                "warning",
            )


def _apps(file: CheckedFile) -> Iterator[RegistryProblem]:
    """Facts an app needs; without them its rows stay unmeasured."""
    for row in file.rows:
        if row.values.get("kind") not in APPS:
            continue
        for header, words in (("filing_number", "备案编号"), ("complaint_url", "投诉举报入口")):
            given = row.values.get(header)
            if given is None or (header == "filing_number" and not states_filing(str(given))):
                yield RegistryProblem(
                    file.name,
                    row.line,
                    str(row.values.get("name") or ""),
                    f"an app without {header} ({words})",
                    f"Fill it in, or {NONE} where there is none; until then this is not measured.",
                    "warning",
                )


def _answers(file: CheckedFile) -> Iterator[RegistryProblem]:
    for row in file.rows:
        received, answered = row.values.get("received_at"), row.values.get("answered_at")
        if received is not None and answered is not None and answered < received:
            yield RegistryProblem(
                file.name,
                row.line,
                f"{received} > {answered}",
                "answered before it was received (UTC)",
                "Correct the two times.",
                "warning",
            )


def _results_given(file: CheckedFile) -> Iterator[RegistryProblem]:
    for row in file.rows:
        if row.values.keys() >= {"verdict", "score"} and row.values["verdict"] is row.values["score"] is None:
            yield RegistryProblem(
                file.name,
                row.line,
                str(row.values.get("site_code") or ""),
                "neither verdict nor score",
                "Give 合格 or 不合格, a score, or both.",
            )
