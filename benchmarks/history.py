"""Run folders of many sites and nights, written straight: what a year of inspections leaves behind.

Scale of one site (that of a night of 40 real ones): 149 pages (the home page, a list a section, articles) with 368 link targets;
each list shows 14 entries and gains one a week, each article keeps its own file, and seventy targets stand on every page. A
night asks for what is due, as the visit does: home page and lists, the articles of the last week, and of the rest each once in 30
nights; what was asked for and is the same is not read again. Seven links in eight rest for a week once they opened. Twenty
rounds a day stand for the last 9 days only, because nobody asks about earlier ones. One section in fifty has stood still for
months, one site in three has a dead link, one in a hundred did not answer that night.

Every night goes through run folders and the loader. A folder is pruned once it is loaded, for those of a year would not fit on the disk.
A thousand sites would take hours so: site n does what site n % PATTERNS does, under addresses, titles, texts and hashes of its
own, so all nights but the last are grown of PATTERNS sites and copied within the warehouse (benchmarks/replicas.py, of which a test says
that the rows are the same). The last night is written and loaded whole.
"""

from __future__ import annotations

import hashlib
import shutil
import zlib
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from benchmarks.replicas import replicate
from govcrawl.records import runs
from govcrawl.records.items import (
    Attempt,
    Entry,
    Link,
    LinkCheck,
    Page,
    PageText,
    Probe,
    SectionVisit,
    SiteVisit,
    instant,
)
from govcrawl.records.pruned import record_pruning
from govcrawl.registry import Registry, Section, Site, store_registry
from govcrawl.registry.choices import SectionClass
from govcrawl.warehouse.load import WAREHOUSE, load_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATTERNS = 10  # sites that differ in what they do; the code of a site stands in all that is its own
PAGES = 149  # of a site on the first night; what appears later is added
ENTRIES = 14  # of each list
EVERY = 7  # days between two entries of a section
RECENT = 7  # days in which an article is asked for every night
TURN = 30  # nights within which every page has its turn
REST = 7  # nights within which a link that opened is asked for again
STANDING_SINCE = 500  # days, of the sections that stand still
EVERYWHERE = (
    70  # targets that every page names; with the articles and their files 368 of a site on the first night
)
ROUND_DAYS, ROUNDS = 8, 20
BUCKETS = 10
TOGETHER = 10  # nights that are loaded at once, one after the other
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
    return f"http://www.s{code_of(site)}.gov.cn/"


def pattern_of(site: int, text: str) -> str:
    """An address of a site as the site has it that does alike."""
    return text.replace(code_of(site), code_of(site % PATTERNS))


@cache
def registry(scale: Scale) -> Registry:
    sites = tuple(
        Site(
            code_of(n),
            f"{code_of(n)}网站",
            home_of(n),
            f"{code_of(n)}单位",
            "330100",
            "县",
            "门户" if n % PATTERNS % 4 else "部门",
        )
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


def sha256(site: int, *of: object) -> str:
    """A hash of its own for each site; sites that do alike have hashes alike but for the code at their end."""
    return hashlib.sha256(repr((site % PATTERNS, *of)).encode()).hexdigest()[:54] + code_of(site)


def newest(site: int, section: int, day: date) -> int:
    """Number of the newest entry of a section."""
    like = site % PATTERNS
    stands = (like + section) % 50 == 0
    return (day.toordinal() - (STANDING_SINCE if stands else 0) + like + section) // EVERY


def published_on(site: int, section: int, number: int) -> date:
    return date.fromordinal(number * EVERY - site % PATTERNS - section)


def article_url(site: int, section: int, number: int) -> str:
    day = published_on(site, section, number)
    return f"{home_of(site)}lm{section}/{day:%Y%m}/t{day:%Y%m%d}_{number}.html"


def title_of(site: int, section: int, number: int) -> str:
    return f"关于{code_of(site)}{sha256(site, section, number)[:6]}号项目第{number}次工作安排的通知"


def entries(site: int, section: int, day: date) -> list[Entry]:
    """The lines of a list, newest first: what appears on a day is there on every later one."""
    last = newest(site, section, day)
    return [
        Entry(
            title_of(site, section, n),
            article_url(site, section, n),
            str(published_on(site, section, n)),
            "list",
        )
        for n in range(last, last - ENTRIES, -1)
    ]


def articles(site: int, sections: int, first: date, day: date) -> list[tuple[int, int]]:
    """Section and number of the articles a site has on a day; on the first day they make PAGES with the home page and the lists."""
    most, more = divmod(max(sections, PAGES - 1 - sections), sections)
    return [
        (s, number)
        for s in range(sections)
        for number in range(newest(site, s, first) + 1 - most - (s < more), newest(site, s, day) + 1)
    ]


def number_of(site: int, url: str) -> int:
    """A number that says when an address has its turn."""
    return zlib.crc32(pattern_of(site, url).encode())


def silent(site: int, day: date) -> bool:
    return (site % PATTERNS * 31 + day.toordinal()) % 100 == 0


@dataclass(slots=True)
class Read:
    """What was read of a page before: by which run, on which day."""

    run_id: str
    day: date


@dataclass(slots=True)
class Memory:
    """What the nights before have read and checked, by address: what a visit asks for depends on it."""

    first: date
    pages: dict[str, Read] = field(default_factory=dict)
    checks: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """One site in one run."""

    memory: Memory
    run_id: str
    site: int
    sections: int
    day: date
    at: str


def body_of(site: int, url: str, day: date) -> str:
    return sha256(site, pattern_of(site, url), day)


def page(task: Task, url: str, kind: str, depth: int, **facts: object) -> Page:
    return Page(
        code_of(task.site), url, url, 200, "ok", task.at, 0.3, depth, size_bytes=30_000, content_type="text/html",
        kind=kind, charset_declared="utf-8", charset_used="utf-8", read_state="read", body_sha256=body_of(task.site, url, task.day),
        tags=dict.fromkeys(TAGS[kind], "某市"), footer=dict.fromkeys(FOOTER, "有"), **facts,
    )  # fmt: skip


def same(task: Task, url: str, depth: int, before: Read) -> Page:
    return Page(
        code_of(task.site),
        url,
        url,
        304,
        "ok",
        task.at,
        0.1,
        depth,
        body_sha256=body_of(task.site, url, before.day),
        same_as_run=before.run_id,
    )


def visit(task: Task, asked: int, outcome: str, reason: str) -> SiteVisit:
    return SiteVisit(
        code_of(task.site), task.at, task.at, outcome, "absent", reason, asked, asked, 30_000 * asked, 0
    )


def everywhere(site: int, sections: int) -> list[Link]:
    """What every page of a site names: its lists, its scripts and pictures, others' home pages."""
    home = home_of(site)
    lists = [Link(f"{home}lm{s}/", "page", f"栏目{s}") for s in range(sections)]
    rest = EVERYWHERE - len(lists)
    own = [Link(f"{home}static/v3/{n:012x}.js", "script") for n in range(rest // 2)]
    others = [
        Link(f"http://www.o{n}.gov.cn/", "page", f"第{n}网站", internal=False)
        for n in range(rest - rest // 2)
    ]
    return [
        replace(link, position=f"html > body > div:nth-child({n}) > a")
        for n, link in enumerate([*lists, *own, *others])
    ]


def article_link(site: int, section: int, number: int) -> Link:
    return Link(
        article_url(site, section, number), "page", title_of(site, section, number), position="ul > li > a"
    )


def files_of(site: int, section: int, number: int) -> list[Link]:
    """What an article alone names."""
    stem = article_url(site, section, number).removesuffix(".html")
    return [
        Link(f"{stem}_{n}.pdf", "attachment", f"附件{n}", position="p > a")
        for n in range(1 + (number + section) % 2)
    ]


class Numbers:
    """The numbers that targets get within one visit of a site, in the order of meeting."""

    def __init__(self) -> None:
        self._of: dict[str, int] = {}

    def of(self, links: list[Link]) -> dict[str, object]:
        """`first_link_no`, `new_links` and `link_nos` of a page that names these."""
        first, new = len(self._of), []
        for link in links:
            if link.url not in self._of:
                self._of[link.url] = len(self._of)
                new.append(link)
        return {"first_link_no": first, "new_links": new, "link_nos": [self._of[link.url] for link in links]}


def visit_records(task: Task) -> Iterator[object]:
    site, day, home = task.site, task.day, home_of(task.site)
    if silent(site, day):
        yield visit(task, 1, "timeout", "home_unreachable")
        yield Page(code_of(site), home, None, None, "timeout", task.at, 30.0, 0)
        return
    numbers, frame, asked, pages = Numbers(), everywhere(site, task.sections), 0, task.memory.pages
    shown = [entry for s in range(min(3, task.sections)) for entry in entries(site, s, day)[:6]]
    named = [
        article_link(site, s, newest(site, s, day) - n)
        for s in range(min(3, task.sections))
        for n in range(6)
    ]
    yield page(task, home, "home", 0, entries=shown, **numbers.of([*frame, *named]))
    for s in range(task.sections):
        url, lines = f"{home}lm{s}/", entries(site, s, day)
        asked += 1
        yield SectionVisit(
            code_of(site), f"栏目{s}", url, "ok", 200, url, task.at, 1, complete=True, entries=lines
        )
        before = pages.get(url)
        if before and newest(site, s, before.day) == newest(site, s, day):
            yield same(task, url, 1, before)
        else:
            listed = [article_link(site, s, newest(site, s, day) - n) for n in range(ENTRIES)]
            yield page(task, url, "section", 1, entries=lines, **numbers.of([*frame, *listed]))
            pages[url] = Read(task.run_id, day)
    for s, number in articles(site, task.sections, task.memory.first, day):
        url, appeared = article_url(site, s, number), published_on(site, s, number)
        before = pages.get(url)
        if before and (day - appeared).days > RECENT and (day.toordinal() + number_of(site, url)) % TURN:
            continue
        asked += 1
        if before and number_of(site, url) % 10:  # one page in ten prints something new each time
            yield same(task, url, 2, before)
            continue
        text = sha256(site, "text", pattern_of(site, url))
        yield page(
            task, url, "article", 2, title=title_of(site, s, number), published_at=str(appeared), date_origin="tag",
            source=f"{code_of(site)}单位", text_sha256=text, **numbers.of([*frame, article_link(site, s, number), *files_of(site, s, number)]),
        )  # fmt: skip
        if not before:
            yield PageText(code_of(site), text, words_of(url), url, task.at, str(appeared))
        pages[url] = Read(task.run_id, day)
    yield visit(task, asked + 1, "ok", "finished")


def words_of(url: str) -> str:
    """Some 600 characters that do not repeat."""
    found = hashlib.shake_256(url.encode()).hexdigest(900)
    return "".join(
        chr(0x4E00 + int(found[n : n + 3], 16)) + "。" * (n % 180 == 177) for n in range(0, len(found), 3)
    )


def link_records(task: Task) -> Iterator[object]:
    """The checks of what lies on no page of the site: whatever no night has checked, what is not dead once in REST nights."""
    if silent(task.site, task.day):
        return
    frame = [link for link in everywhere(task.site, task.sections)[task.sections :] if link.internal]
    others = [Link(f"http://www.o{code_of(task.site)}x{n}.cn/", "page", internal=False) for n in range(3)]
    own = [
        link
        for each in articles(task.site, task.sections, task.memory.first, task.day)
        for link in files_of(task.site, *each)
    ]
    for n, link in enumerate([*frame, *others, *own]):
        dead = n == 3 and task.site % PATTERNS % 3 == 0
        checked = task.memory.checks.get(link.url)
        if checked and not dead and (task.day.toordinal() + number_of(task.site, link.url)) % REST:
            continue
        task.memory.checks[link.url] = task.day
        outcome, status = ("not_found", 404) if dead else ("ok", 200)
        tries = [
            Attempt(task.at, "GET", outcome, status, 0.2, link.url, "application/pdf", 20_000)
            for _ in range(2 if dead else 1)
        ]
        certificate = {} if link.internal else certificate_of(link.url, task.day)
        yield LinkCheck(link.url, outcome, status, dead, tries, **certificate)


def certificate_of(url: str, day: date) -> dict[str, str]:
    """What a foreign host shows of itself: each quarter another authority's."""
    quarter = (day.month - 1) // 3
    return {
        "certificate_subject": f"CN={url.split('/')[2]}",
        "certificate_issuer": f"CN=第{quarter + 1}认证机构",
        "certificate_from_at": instant(at(date(day.year, quarter * 3 + 1, 1), 0)),
        "title": url,
    }


def probe_records(task: Task) -> Iterator[object]:
    outcome, status = ("timeout", None) if silent(task.site, task.day) else ("ok", 200)
    home = home_of(task.site)
    yield Probe(code_of(task.site), home, task.at, "nightly", outcome, status, 0.4, home)


def round_records(task: Task) -> Iterator[object]:
    home = home_of(task.site)
    yield Probe(code_of(task.site), home, task.at, "round", "ok", 200, 0.4, home)


@dataclass(frozen=True, slots=True)
class Office:
    """A data directory that nights are written into, and what they have read."""

    data: Path
    scale: Scale
    memory: Memory

    def run(
        self,
        kind: str,
        started_at: datetime,
        records: Callable[[Task], Iterator[object]],
        **plan: str | datetime,
    ) -> str:
        """Write the run folder of one kind; return its name."""
        run = runs.create_run(
            self.data, kind=kind, as_of=started_at.date(), registry_sha256=store_registry(registry(self.scale), self.data / "registries"),
            tasks=[f"b{n}" for n in range(BUCKETS)], started_at=started_at, **plan,
        )  # fmt: skip
        for bucket in range(BUCKETS):
            writer = run.writer(f"b{bucket}")
            for site in range(bucket, self.scale.sites, BUCKETS):
                task = Task(
                    self.memory,
                    run.plan.run_id,
                    site,
                    self.scale.sections,
                    started_at.date(),
                    instant(started_at),
                )
                for record in records(task):
                    writer.write(record)
            writer.finish()
        run.seal("finished", started_at + timedelta(minutes=30))
        return run.plan.run_id

    def night(self, day: date) -> None:
        """The three runs of a night."""
        self.run("availability", at(day, 20), probe_records)
        visit_run = self.run("visit", at(day, 21), visit_records)
        self.run("links", at(day, 23), link_records, of_run=visit_run)

    def rounds(self, day: date) -> None:
        """The rounds of a day."""
        for hour in range(ROUNDS):
            self.run("availability", at(day, hour), round_records, purpose="round", stamp=at(day, hour))

    def load(self, removed_at: datetime) -> None:
        """Load what was written, and prune the folders, so that the next load does not miss them."""
        if refused := load_all(self.data).refused:
            raise SystemExit(f"refused: {refused[0]}")
        folders = sorted((self.data / "runs").iterdir())
        record_pruning(
            self.data,
            instant(removed_at),
            "the benchmark keeps no folders",
            runs=[folder.name for folder in folders],
            texts=[],
            notices=[],
        )
        for folder in folders:
            shutil.rmtree(folder)


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def grow(data: Path, scale: Scale, last: date) -> Iterator[date]:
    """Write and load the nights up to `last`, oldest first, and the rounds of the last week."""
    alike = min(scale.sites, PATTERNS)
    place = data if alike == scale.sites else data / "patterns"
    office = Office(place, replace(scale, sites=alike), Memory(last - timedelta(days=scale.nights - 1)))
    yield from all_but_the_last(office, last)
    if alike < scale.sites:
        office = many(office, data, scale)
    office.night(last)
    office.load(at(last, 23))
    yield last


def all_but_the_last(office: Office, last: date) -> Iterator[date]:
    """Write and load the nights before `last`, and the rounds up to it."""
    office.data.mkdir(parents=True, exist_ok=True)
    for ago in range(office.scale.nights - 1, 0, -1):
        day = last - timedelta(days=ago)
        office.night(day)
        if ago % TOGETHER == 1:
            office.load(at(day, 23))
        yield day
    for ago in range(ROUND_DAYS, -1, -1):
        office.rounds(last - timedelta(days=ago))
    office.load(at(last, ROUNDS))


def many(few: Office, data: Path, scale: Scale) -> Office:
    """The office of all sites, when the few that differ have their nights."""
    copies = {
        code_of(site): [code_of(n) for n in range(site, scale.sites, few.scale.sites)]
        for site in range(few.scale.sites)
    }
    registry_sha256 = store_registry(registry(scale), data / "registries")
    shutil.copytree(few.data / "pruned", data / "pruned")
    replicate(few.data / WAREHOUSE, data / WAREHOUSE, copies, registry_sha256, words_of)
    memory = Memory(few.memory.first)
    for code, others in copies.items():
        for other in others:
            for now, then in ((memory.pages, few.memory.pages), (memory.checks, few.memory.checks)):
                now |= {url.replace(code, other): said for url, said in then.items() if code in url}
    return Office(data, scale, memory)
