"""The entry pages that sections wait for, and what these pages add to the lists that name them.

Uses no network: the visit makes the requests and passes the pages on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govcrawl.pages.links.urls import normalise
from govcrawl.records.items import UnreadEntry
from govcrawl.records.outcomes import Outcome
from govcrawl.registry.choices import LOOKED_INTO
from govcrawl.spiders.lists import NOT_SEEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.records.items import Entry, Page
    from govcrawl.spiders.lists import Reading


@dataclass(slots=True)
class AwaitedEntries:
    """The entries of all lists of one site."""

    classes: dict[str, str] = field(default_factory=dict)  # of lists that do not say enough: address → class
    _waiting: dict[str, list[tuple[Reading, Entry]]] = field(default_factory=dict)  # by address of the page
    _days: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)  # of pages that answered

    def is_read(self, url: str) -> bool:
        """Whether the page of an entry was asked for and has answered."""
        return url in self._days

    def are_at(self, url: str) -> bool:
        """Whether sections wait for this page."""
        return url in self._waiting

    def lack_a_day(self, url: str) -> bool:
        """Whether a list that waits for this page prints no day for it, or one without a year."""
        waiting = self._waiting.get(url, ())
        return any(entry.published_on is None or entry.year_assumed for _, entry in waiting)

    def take_days(self, reading: Reading) -> None:
        """Give the entries of a list the days that pages read already show."""
        for entry in reading.entries.values():
            published_at, origin = self._days.get(entry.url, (None, None))
            if published_at is not None:
                reading.learn_date(entry, published_at, origin)

    def look_into(self, reading: Reading, entries: Iterable[Entry]) -> None:
        """Note the class of a list whose entries are judged by their own pages."""
        if reading.section_class in LOOKED_INTO:
            self.classes.update((entry.url, reading.section_class) for entry in entries)

    def add(self, reading: Reading, entry: Entry) -> None:
        """Let a section wait for the page of one of its entries."""
        self._waiting.setdefault(entry.url, []).append((reading, entry))
        reading.awaited += 1

    def answer(self, page: Page) -> list[Reading]:
        """Pass what a page says to the lists that name it; return the sections that wait for nothing more."""
        shown = page.published_at if page.outcome == Outcome.OK and page.date_origin != NOT_SEEN else None
        url = normalise(page.url) or page.url  # lists are asked for as they are registered
        self._days[url] = shown, page.date_origin
        done = []
        for reading, entry in self._waiting.pop(url, ()):
            if shown is not None:
                reading.learn_date(entry, shown, page.date_origin)
            reading.awaited -= 1
            if not reading.awaited:
                done.append(reading)
        return done

    def leave_unread(self, reason: str) -> list[Reading]:
        """Say of all entries that are still awaited why they were not read; return their sections."""
        done = []
        for url, waiting in self._waiting.items():
            for reading, _ in waiting:
                reading.unread.append(UnreadEntry(url, reason))
                reading.awaited -= 1
                if not reading.awaited:
                    done.append(reading)
        self._waiting.clear()
        return done
