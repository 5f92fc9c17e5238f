"""Run folders of many sites and nights, written straight: what a year of inspections leaves behind.

Scale of one site and night: 50 sections of which each list shows 6 entries and gains one a week; one page record a
section; 21 pages and 60 link targets of the site run; 15 checked links. Twenty rounds a day stand for the last 9 days
only, and hashes are 16 digits, because neither is asked about earlier nights. One section in fifty has stood still for
months, one site in three has a dead link, one in a hundred did not answer that night.

The first night and the last ones go through run folders and the loader. The nights between may be copies of the first
within the warehouse, under their own days: a year of 1,000 sites is ten hours of writing and loading otherwise.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from govcrawl.records import runs
from govcrawl.records.items import (
    Attempt,
    Entry,
    Link,
    LinkCheck,
    Page,
    Probe,
    SectionVisit,
    SiteVisit,
    instant,
)
from govcrawl.registry import Registry, Section, Site, store_registry
from govcrawl.registry.choices import SectionClass
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import WAREHOUSE, load_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ENTRIES = 6  # of each list
EVERY = 7  # days between two entries of a section
STANDING_SINCE = 500  # days, of the sections that stand still
ARTICLES, LISTS = 10, 10  # pages of the site run besides the home page
TARGETS = 60
ROUND_DAYS, ROUNDS = 8, 20
BUCKETS = 10
TAGS = {
    "home": ("SiteName", "SiteDomain", "SiteIDCode"),
    "section": ("SiteName", "ColumnName", "ColumnType"),
    "article": ("SiteName", "ColumnName", "ArticleTitle", "PubDate", "ContentSource"),
}
FOOTER = ("party_mark", "site_code", "icp", "police_record", "unit", "contact", "ticket_entry")


@dataclass(frozen=True, slots=True)
class Scale:
    sites: int
    sections: int
    nights: int


def code_of(site: int) -> str:
    return f"33{site:08d}"


def home_of(site: int) -> str:
    return f"http://www.s{site:05d}.gov.cn/"


@cache
def registry(scale: Scale) -> Registry:
    sites = tuple(
        Site(code_of(n), f"第{n}网站", home_of(n), f"第{n}单位", "330100", "县", "门户" if n % 4 else "部门")
        for n in range(scale.sites)
    )
    sections = tuple(
        Section(
            code_of(n),
            f"栏目{s}",
            f"{home_of(n)}lm{s}/",
            list(SectionClass)[s % 7],
            "一级" if s % 3 else "二级",
        )
        for n in range(scale.sites)
        for s in range(scale.sections)
    )
    return Registry(sites, sections)


def entries(site: int, section: int, day: date) -> list[Entry]:
    """The lines of a list, newest first: what appears on a day is there on every later one."""
    stands = (site + section) % 50 == 0
    newest = (day.toordinal() - (STANDING_SINCE if stands else 0) + site + section) // EVERY
    return [
        Entry(
            f"关于第{number}号工作的通知",
            f"{home_of(site)}lm{section}/t{number}.html",
            str(date.fromordinal(number * EVERY - site - section)),
            "list",
        )
        for number in range(newest, newest - ENTRIES, -1)
    ]


def page(site: int, path: str, at: str, kind: str, depth: int, **facts: object) -> Page:
    url = home_of(site) + path
    return Page(
        code_of(site), url, url, 200, "ok", at, 0.3, depth, size_bytes=30_000, content_type="text/html",
        kind=kind, charset_declared="utf-8", charset_used="utf-8", body_sha256=f"{hash((url, at)) & (1 << 64) - 1:016x}",
        tags=dict.fromkeys(TAGS[kind], "某市"), footer=dict.fromkeys(FOOTER, "有"), **facts,
    )  # fmt: skip


def silent(site: int, day: date) -> bool:
    return (site * 31 + day.toordinal()) % 100 == 0


def visit(site: int, day: date, at: str) -> SiteVisit:
    down = silent(site, day)
    outcome, reason = ("timeout", "home_unreachable") if down else ("ok", "finished")
    return SiteVisit(code_of(site), at, at, outcome, "absent", reason, 50, 50, 1_500_000, 0)


def section_records(site: int, sections: int, day: date, at: str) -> Iterator[object]:
    yield visit(site, day, at)
    for s in range(sections):
        url, down = f"{home_of(site)}lm{s}/", silent(site, day)
        yield SectionVisit(
            code_of(site), f"栏目{s}", url, "timeout" if down else "ok", None if down else 200, url, at,
            0 if down else 1, not down, entries=[] if down else entries(site, s, day),
        )  # fmt: skip
        if not down:
            yield page(site, f"lm{s}/", at, "section", 0)


def targets(site: int) -> list[Link]:
    home = home_of(site)
    return [
        Link(
            f"{home}lm{n}/" if n < TARGETS - 15 else f"{home}f/{n}.pdf" if n % 2 else f"http://o{n}.cn/",
            "page" if n < TARGETS - 15 or not n % 2 else "attachment",
            "链接",
            internal=n < TARGETS - 15 or bool(n % 2),
        )
        for n in range(TARGETS)
    ]


def site_records(site: int, sections: int, day: date, at: str) -> Iterator[object]:
    yield visit(site, day, at)
    if silent(site, day):
        return
    shown = [entry for s in range(3) for entry in entries(site, s, day)]
    numbers = list(range(TARGETS))
    yield page(site, "", at, "home", 0, entries=shown, new_links=targets(site), link_nos=numbers)
    for s in range(min(LISTS, sections)):
        yield page(site, f"lm{s}/", at, "section", 1, first_link_no=TARGETS, link_nos=numbers[::2])
    for n in range(ARTICLES):
        entry = entries(site, n % sections, day)[0]
        path = entry.url.removeprefix(home_of(site))
        yield page(
            site, path, at, "article", 2, title=entry.title, published_at=entry.published_on, date_origin="tag",
            source=f"第{site}单位", first_link_no=TARGETS, link_nos=numbers[::3],
        )  # fmt: skip


def link_records(site: int, _sections: int, _day: date, at: str) -> Iterator[object]:
    for n, link in enumerate(targets(site)[-15:]):
        dead = n == 3 and site % 3 == 0
        outcome, status = ("not_found", 404) if dead else ("timeout", None) if n == 5 else ("ok", 200)
        tries = [Attempt(at, "GET", outcome, status, 0.2, link.url) for _ in range(2 if dead else 1)]
        yield LinkCheck(f"{link.url}?{site}" if "//o" in link.url else link.url, outcome, status, dead, tries)


def probe_records(site: int, _sections: int, day: date, at: str) -> Iterator[object]:
    outcome, status = ("timeout", None) if silent(site, day) else ("ok", 200)
    yield Probe(code_of(site), home_of(site), at, "nightly", outcome, status, 0.4, home_of(site))


def round_records(site: int, _sections: int, _day: date, at: str) -> Iterator[object]:
    yield Probe(code_of(site), home_of(site), at, "round", "ok", 200, 0.4, home_of(site))


def write_run(
    data: Path,
    scale: Scale,
    sha256: str,
    kind: str,
    started_at: datetime,
    records: Callable[[int, int, date, str], Iterator[object]],
    **plan: str | datetime,
) -> str:
    day = started_at.date()
    run = runs.create_run(
        data, kind=kind, as_of=day, registry_sha256=sha256, tasks=[f"b{n}" for n in range(BUCKETS)],
        started_at=started_at, **plan,
    )  # fmt: skip
    for bucket in range(BUCKETS):
        writer = run.writer(f"b{bucket}")
        for site in range(bucket, scale.sites, BUCKETS):
            for record in records(site, scale.sections, day, instant(started_at)):
                writer.write(record)
        writer.finish()
    run.seal("finished", started_at + timedelta(minutes=30))
    return run.plan.run_id


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def write_night(data: Path, scale: Scale, day: date) -> None:
    """The four runs of a night."""
    sha256 = store_registry(registry(scale), data / "registries")
    write_run(data, scale, sha256, "availability", at(day, 20), probe_records)
    write_run(data, scale, sha256, "sections", at(day, 21), section_records)
    site_run = write_run(data, scale, sha256, "site", at(day, 22), site_records)
    write_run(data, scale, sha256, "links", at(day, 23), link_records, of_run=site_run)


def write_rounds(data: Path, scale: Scale, day: date) -> None:
    """The rounds of a day."""
    sha256 = store_registry(registry(scale), data / "registries")
    for hour in range(ROUNDS):
        stamp = at(day, hour)
        write_run(data, scale, sha256, "availability", stamp, round_records, purpose="round", stamp=stamp)


def grow(data: Path, scale: Scale, last: date, loaded: int) -> Iterator[date]:
    """The first night and the last `loaded` ones through run folders and the loader, those between as copies.

    A folder is forgotten once it is loaded, for those of a year would not fit on the disk.
    """
    data.mkdir(parents=True, exist_ok=True)
    days = [last - timedelta(days=ago) for ago in range(scale.nights - 1, -1, -1)]
    write_night(data, scale, days[0])
    load(data)
    yield days[0]
    yield from copy_nights(data, days[0], days[1:-loaded])
    for day in days[max(1, len(days) - loaded) :]:
        write_night(data, scale, day)
        load(data)
        yield day
    for ago in range(ROUND_DAYS, -1, -1):
        write_rounds(data, scale, last - timedelta(days=ago))
    load(data)


def load(data: Path) -> None:
    if refused := load_all(data).refused:
        raise SystemExit(f"refused: {refused[0]}")
    shutil.rmtree(data / "runs")


def copy_nights(data: Path, first: date, days: list[date]) -> Iterator[date]:
    """A loaded night once more under other days, within the warehouse: the same rows in the same order."""
    moved = "strftime($day::DATE, '%Y%m%d') || run_id[9:]"
    with open_database(data / WAREHOUSE) as connection:
        tables = connection.execute(
            "SELECT DISTINCT schema_name || '.' || table_name FROM duckdb_columns() "
            "WHERE column_name = 'run_id' AND schema_name IN ('raw', 'derived') AND table_name IN "
            "(SELECT table_name FROM duckdb_tables()) ORDER BY ALL"
        ).fetchall()
        for day, (table,) in product(days, tables):
            shifted = ""
            if table == "raw.run":
                shifted = (
                    ", $day::DATE AS as_of, of_run[:0] || strftime($day::DATE, '%Y%m%d') || of_run[9:] AS of_run"
                    ", started_at + to_days($day::DATE - as_of) AS started_at"
                )
            connection.execute(
                f"INSERT INTO {table} SELECT * REPLACE ({moved} AS run_id{shifted}) FROM {table} WHERE run_id LIKE $of",
                {"day": str(day), "of": f"{first:%Y%m%d}%"},
            )
            if (table,) == tables[-1]:
                yield day
