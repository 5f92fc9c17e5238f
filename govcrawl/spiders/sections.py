"""When each registered section was updated: its list, page by page as far back as its term, with dates."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from govcrawl.confirm import FAILURES
from govcrawl.items import SectionVisit, SiteVisit
from govcrawl.outcomes import Outcome
from govcrawl.pages.charset import decode
from govcrawl.pages.links import LinkMemo
from govcrawl.pages.listing import data_calls, drawn_by_script, entries_of_data, next_pages
from govcrawl.pages.urls import is_internal
from govcrawl.requests import page_request
from govcrawl.spiders.reading import ReadingSpider, may_be_drawn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.items import Entry
    from govcrawl.pages.read import PageRead
    from govcrawl.registry import Section, Site
    from govcrawl.requests import FetchFacts

MOST_DATA_CALLS = 3  # of the addresses a page's script may fetch its list from


@dataclass(slots=True)
class Reading:
    """One section under way."""

    section: Section
    since: date  # the start of the term: entries older than that decide nothing
    entries: dict[str, Entry] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    first: FetchFacts | None = None
    pages_read: int = 0
    complete: bool = False
    rendered: bool = False
    drawn: bool = False  # the plain page leaves its list to a script
    tried_again: bool = False
    outcome: str = Outcome.NOT_ATTEMPTED
    undated: int = 0  # article pages still being asked for their date


@dataclass(slots=True)
class Visit:
    """The sections of one site under way."""

    site: Site
    started_at: str
    memo: LinkMemo
    sections: int
    again: list[Reading] = field(default_factory=list)  # failed once; tried at the end
    pending: int = 0
    requests: int = 0
    pages: int = 0
    size_bytes: int = 0
    rendered: int = 0


class SectionsSpider(ReadingSpider):
    """Every registered section of every running site; a SectionVisit each, a Page for every request."""

    name = "sections"

    async def start(self) -> AsyncIterator[Any]:
        self._room = asyncio.Semaphore(self.settings.getint("OPEN_SITES"))
        self._days = self.settings.getint("SECTION_DAYS")
        self._max_pages = self.settings.getint("SECTION_MAX_PAGES")
        self._max_articles = self.settings.getint("SECTION_MAX_ARTICLES")
        sites = {site.site_code: site for site in self.assignment.registry.running_sites()}
        for task in self.assignment.tasks:
            await self._room.acquire()
            self.begin(task)
            site = sites[task]
            sections = self.assignment.registry.sections_of(task)
            visit = Visit(site, self.now(), LinkMemo(site.home_url), len(sections))
            for section in sections:
                reading = Reading(section, self.as_of - timedelta(days=section.update_days or self._days))
                yield self._ask_list(visit, reading, section.url)
            if not sections:
                self._finish(visit)

    def listed(self, visit: Visit, reading: Reading, answer: Response | Failure) -> Any:
        """Take up one page of a list."""
        facts = self._answered(visit, answer)
        read = self.read(facts, visit.memo, kind_hint="section", selector=reading.section.entry_selector)
        self._record_page(visit, facts, 1, read)
        if reading.pages_read:
            return self._on_from(visit, reading, facts, read)
        if facts.outcome in FAILURES and not reading.tried_again:
            reading.tried_again = True
            visit.again.append(reading)
            return self._more(visit, [])
        reading.first = facts
        reading.outcome = facts.outcome
        reading.rendered = facts.rendered
        if facts.outcome is Outcome.OK and read is None:
            reading.outcome = Outcome.OTHER  # an answer that is no page: nothing can be said of its entries
        if read is not None and not facts.rendered and may_be_drawn(read):
            calls = data_calls(read.document)[:MOST_DATA_CALLS]
            reading.drawn = bool(calls) or drawn_by_script(read.document)
            return self._more(visit, self._look_behind(visit, reading, calls))
        return self._on_from(visit, reading, facts, read)

    def data(self, visit: Visit, reading: Reading, calls: list[str], answer: Response | Failure) -> Any:
        """Read the list where the page's own script would have fetched it."""
        facts = self._answered(visit, answer)
        self._record_page(visit, facts, 1, None)
        found: list[Entry] = []
        if facts.outcome is Outcome.OK:
            text = decode(facts.body, facts.content_type).text
            found = entries_of_data(text, facts.final_url or facts.url, self.as_of)
        if not found:
            return self._more(visit, self._look_behind(visit, reading, calls))
        self._add(reading, found)
        # One call is one page of the list; whether older ones exist is written in the script alone.
        reading.complete = _reaches(found, reading.since)
        return self._more(visit, self._ask_dates(visit, reading))

    def dated(self, visit: Visit, reading: Reading, entry: Entry, answer: Response | Failure) -> Any:
        """Take the date of an entry from its page."""
        facts = self._answered(visit, answer)
        read = self.read(facts, visit.memo, kind_hint="article")
        self._record_page(visit, facts, 2, read)
        if read is not None and read.published_at is not None:
            entry.published_on = read.published_at[:10]
            entry.date_origin = read.date_origin
        reading.undated -= 1
        if not reading.undated:
            self._close(visit, reading)
        return self._more(visit, [])

    def _on_from(self, visit: Visit, reading: Reading, facts: FetchFacts, read: PageRead | None) -> Any:
        if read is None:
            if not reading.pages_read:
                self._close(visit, reading)
                return self._more(visit, [])
            return self._more(visit, self._ask_dates(visit, reading))
        new = self._add(reading, read.entries)
        following = next((url for url in next_pages(read.document) if url not in reading.asked), None)
        # A page that repeats the one before is how many lists answer beyond their end.
        reading.complete = _reaches(new, reading.since) or following is None or not new
        undated = all(entry.published_on is None for entry in new)
        if reading.complete or undated or reading.pages_read >= self._max_pages or following is None:
            return self._more(visit, self._ask_dates(visit, reading))
        return self._more(visit, [self._ask_list(visit, reading, following, browser=facts.rendered)])

    def _add(self, reading: Reading, entries: list[Entry]) -> list[Entry]:
        reading.pages_read += 1
        new = [entry for entry in entries if entry.url not in reading.entries]
        reading.entries.update((entry.url, entry) for entry in new)
        return new

    def _look_behind(self, visit: Visit, reading: Reading, calls: list[str]) -> list[Request]:
        """Go on for a list the plain page cannot hold: to its data, then to the browser."""
        calls = [url for url in calls if url not in reading.asked]
        if not calls and visit.site.render == "http":
            # The registry forbids the browser: where scripts have the list, blank stays unproven.
            reading.outcome = Outcome.RENDER_FAILED if reading.drawn else Outcome.OK
            reading.complete = not reading.drawn
            self._close(visit, reading)
            return []
        if not calls:
            return [self._ask_list(visit, reading, reading.section.url, browser=True)]
        reading.asked.add(calls[0])
        visit.pending += 1
        answer = partial(self.data, visit, reading, calls[1:])
        return [page_request(calls[0], answer, answer, site=visit.site, depth=1)]

    def _ask_list(self, visit: Visit, reading: Reading, url: str, *, browser: bool = False) -> Request:
        reading.asked.add(url)
        visit.pending += 1
        answer = partial(self.listed, visit, reading)
        return page_request(
            url,
            answer,
            answer,
            site=visit.site,
            depth=0 if url == reading.section.url else 1,
            browser=browser or visit.site.render == "browser",
        )

    def _ask_dates(self, visit: Visit, reading: Reading) -> list[Request]:
        """Ask the newest undated entries for their date: what lies on other sites is not ours to read."""
        undated = [
            entry
            for entry in reading.entries.values()
            if entry.published_on is None and is_internal(entry.url, visit.memo.home_url)
        ][: self._max_articles]
        reading.undated = len(undated)
        if not undated:
            self._close(visit, reading)
        requests = []
        for entry in undated:
            visit.pending += 1
            answer = partial(self.dated, visit, reading, entry)
            requests.append(page_request(entry.url, answer, answer, site=visit.site, depth=2))
        return requests

    def _close(self, visit: Visit, reading: Reading) -> None:
        first = reading.first
        assert first is not None  # noqa: S101 - a reading is closed after its first answer
        self.record(
            visit.site.site_code,
            SectionVisit(
                site_code=visit.site.site_code,
                section_name=reading.section.name,
                section_url=reading.section.url,
                outcome=reading.outcome,
                status=first.status,
                final_url=first.final_url,
                fetched_at=first.fetched_at or self.now(),
                pages_read=reading.pages_read,
                complete=reading.complete,
                rendered=reading.rendered,
                entries=list(reading.entries.values()),
            ),
        )

    def _more(self, visit: Visit, requests: list[Request]) -> Any:
        if visit.pending:
            return requests
        if visit.again:
            return self._try_again(visit)
        self._finish(visit)
        return requests

    async def _try_again(self, visit: Visit) -> list[Request]:
        await asyncio.sleep(self.settings.getfloat("HOME_PAUSE_S"))
        readings, visit.again = visit.again, []
        return [self._ask_list(visit, reading, reading.section.url) for reading in readings]

    def _answered(self, visit: Visit, answer: Response | Failure) -> FetchFacts:
        facts = self.facts(answer)
        visit.pending -= 1
        visit.requests += 1
        visit.size_bytes += facts.size_bytes
        visit.rendered += facts.rendered
        return facts

    def _record_page(self, visit: Visit, facts: FetchFacts, depth: int, read: PageRead | None) -> None:
        visit.pages += 1
        self.record(visit.site.site_code, self.page_of(visit.site, facts, facts.url, depth, read))

    def _finish(self, visit: Visit) -> None:
        site_code = visit.site.site_code
        self.record(
            site_code,
            SiteVisit(
                site_code=site_code,
                started_at=visit.started_at,
                finished_at=self.now(),
                home_outcome=Outcome.NOT_ATTEMPTED,
                robots=self.robots_word(visit.site),
                finish_reason="finished",
                requests=visit.requests,
                pages=visit.pages,
                size_bytes=visit.size_bytes,
                rendered=visit.rendered,
            ),
        )
        self.done(site_code)
        self._room.release()


def _reaches(entries: list[Entry], since: date) -> bool:
    """Whether a page of a list ends before the term begins. Its last dated line decides: old ones are pinned on top."""
    dated = [entry.published_on for entry in entries if entry.published_on is not None]
    return bool(dated) and dated[-1] < since.isoformat()
