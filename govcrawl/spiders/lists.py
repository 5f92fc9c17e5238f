"""One registered section during a visit: the pages of its list as far back as its term, and the pages of its entries.

Uses no network: the visit makes the requests and hands over the pages.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govcrawl.pages.lists.listing import settle_years
from govcrawl.records.items import SectionVisit
from govcrawl.records.outcomes import Outcome
from govcrawl.registry.choices import LOOKED_INTO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.dates.date_reader import DateReader
    from govcrawl.records.items import Entry, PublicLetter, UnreadEntry
    from govcrawl.records.outcomes import StandIn
    from govcrawl.registry import Section

# A day that stands in the address only: no reader sees it, and it counts for nothing.
NOT_SEEN = "url"
YEAR_WITNESSES = 2  # pages of entries asked for the year their list does not print


@dataclass(slots=True, eq=False)
class Reading:
    """One section: what its list has shown so far, and which of its entries' pages are still to come."""

    section: Section
    since: date  # the start of the term: entries older than that decide nothing
    dates: DateReader
    entries: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)  # pages of the list, and the data it is drawn from
    first: FetchFacts | None = None
    pages_read: int = 0
    complete: bool = False
    rendered: bool = False
    drawn: bool = False  # the plain page leaves its list to a script
    tried_again: bool = False
    outcome: str = Outcome.NOT_ATTEMPTED
    stand_in: StandIn | None = None  # what its first page shows in place of a list
    doubt: str | None = None  # where its first page shows no entry: what may be one all the same
    letters: list[PublicLetter] = field(default_factory=list)
    unread: list[UnreadEntry] = field(default_factory=list)
    furniture: frozenset[str] = frozenset()  # addresses of rows that other sections show as well
    awaited: int = 0  # entries whose pages are still to come

    @property
    def section_class(self) -> str:
        return self.section.section_class

    def add(self, entries: Iterable[Entry]) -> list[Entry]:
        """Take up one page of the list; return what it shows that was not seen before."""
        self.pages_read += 1
        new: dict[tuple[str, ...], Entry] = {}
        for entry in entries:
            if entry.url in self.furniture:
                continue
            name = _name_of(entry)
            if name not in self.entries and (name not in new or new[name].published_on is None):
                new[name] = entry
        self.entries |= new
        return list(new.values())

    def begin_anew(self, furniture: frozenset[str]) -> None:
        """Forget what the list has shown: these rows stand on the pages of other sections too."""
        self.furniture = furniture
        self.entries.clear()
        self.letters.clear()
        self.pages_read, self.complete = 0, False

    def reaches(self, entries: list[Entry]) -> bool:
        """Whether a page of the list ends before the term begins. Its last dated line decides: old ones are pinned on top."""
        dated = [entry.published_on for entry in entries if entry.published_on is not None]
        return bool(dated) and dated[-1] < self.since.isoformat()

    def suffices(self, new: list[Entry], most_pages: int) -> bool:
        """Whether the list needs no further page: it was read to its term, prints no dates, or has used up its share."""
        return (
            self.complete or all(entry.published_on is None for entry in new) or self.pages_read >= most_pages
        )

    def wanted(self, ours: list[Entry], *, most_undated: int, looked_into: int) -> list[Entry]:
        """Entries whose pages must be read tonight for the section to be judged, the most telling first.

        The newest undated ones, the newest without a year, and of some classes a few that the hash of their address draws:
        the same every night while they stand, and chosen by nobody.
        """
        wanted = [entry for entry in ours if entry.published_on is None][:most_undated]
        wanted += [entry for entry in ours if entry.year_assumed][:YEAR_WITNESSES]
        if self.section_class in LOOKED_INTO:
            drawn = sorted(ours, key=lambda entry: hashlib.sha256(entry.url.encode()).digest())
            wanted += [entry for entry in drawn[:looked_into] if entry not in wanted]
        return wanted

    def within_term(self, ours: list[Entry]) -> list[Entry]:
        """Entries of the term, newest first as the list has them, and those whose day nobody knows yet."""
        return [
            entry
            for entry in ours
            if entry.published_on is None or entry.published_on >= self.since.isoformat()
        ]

    def learn_date(self, entry: Entry, published_at: str, date_origin: str | None) -> None:
        """Give an entry the day its own page shows, where its list leaves it out or prints no year."""
        day = published_at[:10]
        if entry.published_on is None:
            entry.published_on, entry.date_origin = day, date_origin
        elif entry.year_assumed and entry.published_on[4:] == day[4:]:
            entry.published_on, entry.year_assumed = day, False
            settle_years(self.entries.values(), self.dates)

    def meet_wall(self) -> None:
        """Take back what was read: what any address is answered with is no list."""
        self.outcome, self.complete, self.doubt = Outcome.OTHER, False, None
        self.entries.clear()

    def record(self, site_code: str, now: str) -> SectionVisit:
        first = self.first
        return SectionVisit(
            site_code=site_code,
            section_name=self.section.name,
            section_url=self.section.url,
            outcome=self.outcome if self.stand_in is None else Outcome.SOFT_NOT_FOUND,
            status=first.status if first is not None else None,
            final_url=first.final_url if first is not None else None,
            fetched_at=(first.fetched_at if first is not None else None) or now,
            pages_read=self.pages_read,
            complete=self.complete,
            rendered=self.rendered,
            entries=list(self.entries.values()) if self.stand_in is None else [],
            letters=self.letters,
            unread=self.unread,
            doubt=None if self.entries else self.doubt,
            stand_in=self.stand_in,
        )


def _name_of(entry: Entry) -> tuple[str, ...]:
    """What makes an entry the same on two pages: its address, or all that is printed where only a script knows it."""
    if entry.url.startswith(("http:", "https:")):
        return (entry.url,)
    return entry.url, entry.title, entry.published_on or ""
