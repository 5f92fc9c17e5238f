"""A site as it stands on one civil day: its entries, its faults, the addresses of its pages."""

from __future__ import annotations

import posixpath
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tests.govweb import affairs, prose
from tests.govweb.confession import sites

if TYPE_CHECKING:
    from datetime import datetime

    from tests.govweb.confession import Fault, Section, Site
    from tests.govweb.styles import Style

FOOTER_ITEMS = ("party_mark", "site_code", "icp", "police_record", "unit", "contact", "ticket_entry")
BACKDATED = 500  # number of an entry that is put in with a day long past
AGAIN = 700  # number of an entry that repeats another, title and text
WITH_ATTACHMENT = {"政策文件", "统计信息", "人事信息"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One article and the line that leads to it. `number` 0 is the section's newest of night 0."""

    section: Section
    number: int
    day: date
    title: str
    path: str
    dated: bool = True
    source: str | None = None  # whom the article names where it is not the site's own unit
    like: int | None = None  # the number whose title and text it repeats
    document: Document | None = None  # what it reposts

    @property
    def key(self) -> str:
        return f"{self.section.path}{self.number if self.like is None else self.like}"

    @property
    def clock(self) -> str:
        dice = random.Random(f"clock:{self.key}")
        return f"{dice.randint(8, 17):02d}:{dice.randint(0, 59):02d}"


@dataclass(frozen=True, slots=True)
class Document:
    """What a repost shows: a text of another site, by its key, whole or its first paragraphs, and what stands there instead of what."""

    title: str
    source: str
    key: str
    paragraphs: int | None = None
    instead: tuple[str, str] = ("", "")

    def lines(self) -> list[str]:
        right, wrong = self.instead
        return [
            line.replace(right, wrong, 1) if right else line
            for line in prose.paragraphs(self.key)[: self.paragraphs]
        ]


def _own_title(site: Site, section: Section, number: int) -> str:
    return prose.section_title(section.section_class, site.unit, f"{site.slug}{section.path}{number}")


class View:
    """The pages of a site at one instant; everything a style needs in order to draw them."""

    def __init__(self, site: Site, style: Style, day: date, at: datetime) -> None:
        self.site = site
        self.style = style
        self.day = day  # the settable day: night 0
        self.today = at.date()
        self.faults = [fault for fault in site.faults if fault.stands(at, day)]
        self._entries = {section.name: self._entries_of(section) for section in site.sections}

    def standing(self, kind: str) -> list[Fault]:
        return [fault for fault in self.faults if fault.kind == kind]

    @property
    def visits(self) -> int:
        """The visitors' counter of the footer: another number each day, and no news."""
        return 1_000_000 + 137 * self.today.toordinal() % 900_000

    # -- entries ----------------------------------------------------------------------------------

    def entries(self, section: Section) -> list[Entry]:
        """The section's entries, newest first."""
        return self._entries[section.name]

    def home_entries(self, section: Section, most: int) -> list[Entry]:
        """What the home page shows of a section; a frozen home page shows an old state."""
        shown = self.entries(section)
        for fault in self.standing("frozen-home"):
            last = self.day + timedelta(days=fault.options["last"])
            shown = [entry for entry in shown if entry.day <= last]
        return shown[:most]

    def _days_of(self, section: Section) -> dict[int, date]:
        """Entry number → day: 0 the newest of night 0, below it the older ones, above it what comes after."""
        newest = self.day - timedelta(days=section.newest)
        beat = timedelta(days=section.every)
        days = {-back: newest - back * beat for back in range(section.count)}
        following = newest + beat * (section.newest // section.every + 1)
        while following <= self.today:
            days[1 + max(days)] = following
            following += beat
        for fault in self.site.faults:
            if fault.kind == "stopped" and section.name in fault.options["sections"]:
                days = self._stopped(days, fault)
        days = {number: day for number, day in days.items() if day <= self.today}
        for fault in self.standing("backdated"):
            if fault.options["section"] == section.name:
                days[BACKDATED] = self.day + timedelta(days=fault.options["day"])
        for fault in self.standing("repeated"):
            if fault.options["section"] == section.name:
                days[AGAIN] = days[fault.options["number"]] - timedelta(days=fault.options["before"])
        return days

    def _stopped(self, days: dict[int, date], fault: Fault) -> dict[int, date]:
        """Only the old entries, and, once the fault is mended, one that appeared on that very day."""
        held = {number: day for number, day in days.items() if number <= 0}
        if fault not in self.faults:
            mended = int(fault.spans[-1][1].split()[0])
            held[1] = self.day + timedelta(days=mended)
        return held

    def _entries_of(self, section: Section) -> list[Entry]:
        if any(section.name in fault.options["sections"] for fault in self.standing("blank")):
            return []
        ahead = {
            fault.options["number"]: timedelta(days=fault.options["ahead"])
            for fault in self.standing("future")
            if fault.options["section"] == section.name
        }
        entries = [
            self._entry(section, number, day, dated=self._is_dated(section, number))
            for number, day in sorted(self._days_of(section).items(), key=lambda item: item[1], reverse=True)
        ]
        return [
            replace(entry, day=self.day + ahead[entry.number]) if entry.number in ahead else entry
            for entry in entries
        ]

    def _is_dated(self, section: Section, number: int) -> bool:
        """An `undated` fault takes the dates of the numbers it names, or of all."""
        return not any(
            fault.options["section"] == section.name and number in fault.options.get("numbers", [number])
            for fault in self.standing("undated")
        )

    def _entry(self, section: Section, number: int, day: date, *, dated: bool) -> Entry:
        like = self._like(section, number)
        number_shown = number if like is None else like
        document = self._document(section, number_shown)
        return Entry(
            section=section,
            number=number,
            day=day,
            title=document.title if document else self._title(section, number_shown),
            path=self.style.article_path(self.serial(section, number), section, day if dated else None),
            dated=dated,
            source=document.source if document else None,
            document=document,
            like=like,
        )

    def _like(self, section: Section, number: int) -> int | None:
        repeats = [
            f.options["number"] for f in self.standing("repeated") if f.options["section"] == section.name
        ]
        return repeats[0] if number == AGAIN else None

    def without_source(self, entry: Entry) -> bool:
        return any(
            fault.options["section"] == entry.section.name and entry.number in fault.options["numbers"]
            for fault in self.standing("sourceless")
        )

    def signed(self, entry: Entry) -> bool:
        """Whether a page without a source ends with the name of the unit: it wrote it itself."""
        return self.without_source(entry) and any(
            fault.options.get("signed") and entry.number in fault.options["numbers"]
            for fault in self.standing("sourceless")
        )

    def found(self, question: str) -> list[Entry]:
        """What the search of the site knows of a question, the newest first."""
        every = [entry for section in self.site.sections for entry in self.entries(section)]
        known = [entry for entry in every if question and question in entry.title]
        return sorted(known, key=lambda entry: entry.day, reverse=True)[:10]

    def _document(self, section: Section, number: int) -> Document | None:
        """What an entry reposts; None where it is the site's own."""
        for fault in self.site.faults:
            if (
                fault.kind == "repost"
                and fault.options["section"] == section.name
                and fault.options["number"] == number
            ):
                issuer = next(site for site in sites() if site.site_code == fault.options["of"])
                of_section, of_number = (
                    issuer.section(fault.options["of_section"]),
                    fault.options["of_number"],
                )
                return Document(
                    _own_title(issuer, of_section, of_number),
                    issuer.name,
                    f"{issuer.slug}{of_section.path}{of_number}",
                    fault.options.get("paragraphs"),
                    tuple(fault.options.get("instead", ("", ""))),
                )
        return None

    def _title(self, section: Section, number: int) -> str:
        """The title of an entry of the site's own."""
        if section.section_class == affairs.INTERPRETATIONS and (about := self._interpreted(number)):
            return affairs.interpretation_title(self, about, number)
        return _own_title(self.site, section, number)

    def _interpreted(self, number: int) -> str | None:
        """The title of the document an interpretation is about; none where the site has none, or a fault lets it be."""
        for section in self.site.sections:
            if section.section_class == affairs.DOCUMENTS:
                left = any(
                    fault.kind == "uninterpreted"
                    and fault.options["section"] == section.name
                    and number in fault.options["numbers"]
                    for fault in self.site.faults
                )
                return None if left else _own_title(self.site, section, number)
        return None

    def source(self, entry: Entry) -> str:
        """Whom an article names as its source."""
        sources = entry.section.sources or (self.site.unit,)
        return entry.source or sources[entry.number % len(sources)]

    def serial(self, section: Section, number: int) -> int:
        return 10_000 + self.site.sections.index(section) * 2_000 + 1_000 + number

    def files(self, entry: Entry) -> list[str]:
        """The image and the attachment of an article, where it has them."""
        folder = posixpath.dirname(entry.path)
        serial = self.serial(entry.section, entry.number)
        image = [f"{folder}/W{serial}.jpg"] if entry.number % 3 == 0 else []
        if entry.section.section_class in WITH_ATTACHMENT:
            return [*image, f"{folder}/P{serial}.{('pdf', 'doc', 'xls')[entry.number % 3]}"]
        return image

    # -- addresses --------------------------------------------------------------------------------

    def address(self, path: str) -> str:
        return urljoin(self.site.home_url, path)

    def subjects(self, subject: str) -> list[str]:
        """The addresses a subject of the confession means (see docs/simulated-web.md)."""
        if subject.startswith("/"):
            return [self.address(subject)]
        word, _, rest = subject.partition(":")
        if subject == "@home":
            return [self.site.home_url]
        if subject == "@articles":
            return [self.address(entry.path) for entries in self._entries.values() for entry in entries]
        if word == "section":
            return [self.address(self.site.section(rest).path)]
        if word == "entry":
            name, _, number = rest.partition("#")
            entries = self.entries(self.site.section(name))
            return [self.address(entry.path) for entry in entries if entry.number == int(number)]
        return [subject]

    def list_paths(self, section: Section) -> list[str]:
        pages = max(1, -(-len(self.entries(section)) // self.style.page_size))
        return [self.style.list_path(section, page) for page in range(1, pages + 1)]

    # -- faults drawn into pages ------------------------------------------------------------------

    def planted(self, place: str) -> str:
        """Markup the faults put on a page: `home`, a section's name, `name#number` for an article, the path of a topic."""
        topics = "".join(f'<a href="{escape(path)}">{name}</a>' for path, name in self.topics().items())
        attached = "".join(
            f'<p>附件：<a href="{escape(path)}">{escape(name)}</a></p>'
            for fault in self.standing("attached")
            if fault.options["on"] == place
            for name, path in [(fault.options["name"], fault.options["path"])]
        )
        return (
            (f"<p>{topics}</p>" if topics and place == "home" else "")
            + attached
            + "".join(
                fault.options["html"].replace("{last_year}", str(self.day.year - 1))
                for fault in self.standing("plant")
                if fault.options["on"] == place
            )
        )

    def topics(self) -> dict[str, str]:
        """Pages that the home page leads to and no section lists, the newest first: path → name. They differ in their query."""
        numbers = [
            number
            for fault in self.standing("topics")
            for number in range(fault.options["first"], fault.options["first"] + fault.options["count"])
        ]
        return {f"/zt/show.jsp?lm=7&id={number}": f"专题{number}" for number in sorted(numbers, reverse=True)}

    def footer_items(self) -> list[str]:
        missing = {item for fault in self.standing("footless") for item in fault.options["items"]}
        return [item for item in FOOTER_ITEMS if item not in missing]

    def tag_groups(self, page: str) -> set[str]:
        """The groups of official tags a page (`home`, `section`, `article`, `other`) carries."""
        due = {
            "home": {"site"},
            "section": {"site", "column"},
            "article": {"site", "column", "content"},
            "other": {"site"},
        }
        missing = {
            group
            for fault in self.standing("untagged")
            if page in fault.options["pages"]
            for group in fault.options["groups"]
        }
        return due[page] - missing
