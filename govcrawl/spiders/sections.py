"""When each registered section was updated: its list, page by page as far back as its term, with dates."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from govcrawl.pages.articles.letters import letters
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.links.urls import is_internal
from govcrawl.pages.lists.listing import (
    data_calls,
    drawn_by_script,
    entries_of_data,
    next_pages,
    settle_years,
)
from govcrawl.pages.lists.next_pages import called_size, next_call
from govcrawl.pages.lists.related import related
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.nets.cast import ENTRIES
from govcrawl.records.items import SectionVisit
from govcrawl.records.outcomes import FAILED, Outcome
from govcrawl.records.states import FinishReason, LeftOut, ReadState
from govcrawl.spiders.reading import ReadingSpider, Visit, may_be_drawn, seen_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.read import PageRead
    from govcrawl.records.items import Entry, Letter
    from govcrawl.registry import Section, Site

# Entries; unless a call says otherwise, pages of a list hold at least so many, but for the last.
SHORT_PAGE = 10
NOT_SEEN = "url"  # the origin of a date that stands in the address only: no reader sees it, and it counts for nothing
LETTERS = "政务咨询"  # the class of sections whose lists show letters and when they were answered
POLICY = frozenset({"政策文件", "政策解读"})
LOOKED_INTO = POLICY | {"办事指南", "调查征集"}  # whose pages say what their lists do not
YEAR_WITNESSES = 2  # pages of entries asked for the year their list does not print
ARTICLE_DEPTH = 2  # of a step; lists are nearer
MOST_DATA_CALLS = 3  # of the addresses a page's script may fetch its list from


@dataclass(slots=True)
class Reading:
    """One section under way."""

    section: Section
    since: date  # the start of the term: entries older than that decide nothing
    entries: dict[tuple[str, ...], Entry] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    first: FetchFacts | None = None
    pages_read: int = 0
    complete: bool = False
    rendered: bool = False
    drawn: bool = False  # the plain page leaves its list to a script
    doubt: str | None = None  # where its first page shows no entry: what may be one all the same
    tried_again: bool = False
    outcome: str = Outcome.NOT_ATTEMPTED
    letters: list[Letter] = field(default_factory=list)
    asked_for: int = 0  # article pages still to come


@dataclass(slots=True)
class Step:
    """One page of a site's sections still to be asked for."""

    reading: Reading
    url: str
    method: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    depth: int = 1
    browser: bool = False


@dataclass(slots=True, kw_only=True)
class ListsVisit(Visit):
    """The sections of one site under way."""

    began_s: float = field(default_factory=time.monotonic)
    line: deque[Step] = field(default_factory=deque)
    not_visited: Counter[str] = field(default_factory=Counter)
    again: list[Reading] = field(default_factory=list)  # failed once; tried at the end
    dates: dict[str, tuple[str | None, str | None]] = field(
        default_factory=dict
    )  # of articles opened already


class SectionsSpider(ReadingSpider):
    """Every registered section of every running site; a SectionVisit each."""

    name = "sections"

    def set_out(self, site: Site) -> list[Request]:
        visit = ListsVisit(site=site, started_at=self.now(), memo=LinkMemo(site.home_url))
        sections = self.assignment.registry.sections_of(site.site_code)
        longest = self.settings.getint("SECTION_DAYS")
        readings = [
            Reading(section, self.as_of - timedelta(days=section.update_days or longest))
            for section in sections
        ]
        steps = [self._ask_list(visit, reading, reading.section.url) for reading in readings]
        requests: list[Request] = self._more(visit, steps)
        return requests

    def listed(self, visit: ListsVisit, reading: Reading, answer: Response | Failure) -> Any:
        """Take up one page of a list."""
        facts = self.answered(visit, answer)
        read = self.read(visit, facts, "section", reading.section.entry_selector)
        self.record(visit.site.site_code, self.page_of(visit, facts, 1, read))
        if reading.pages_read:
            return self._on_from(visit, reading, facts, read)
        if facts.outcome in FAILED and not reading.tried_again:
            reading.tried_again = True
            visit.again.append(reading)
            return self._more(visit, [])
        reading.first = facts
        reading.outcome = facts.outcome
        reading.rendered = facts.rendered
        reading.doubt = None if read is None else read.doubts.get(ENTRIES)
        if facts.outcome is Outcome.OK:
            reading.outcome = seen_as(read)
        if read is not None and not facts.rendered and may_be_drawn(read):
            calls = data_calls(read.document)[:MOST_DATA_CALLS]
            reading.drawn = bool(calls) or drawn_by_script(read.document)
            return self._more(visit, self._look_behind(visit, reading, calls))
        return self._on_from(visit, reading, facts, read)

    def data(self, visit: ListsVisit, reading: Reading, calls: list[str], answer: Response | Failure) -> Any:
        """Read the list where the page's own script would have fetched it."""
        facts = self.answered(visit, answer)
        page = self.page_of(visit, facts, 1, None)
        found: list[Entry] = []
        came = facts.outcome is Outcome.OK and not facts.unreadable
        if came:
            page.read_state = ReadState.READ  # as data
            visit.unseen.pop(page.url, None)
            text = decode(facts.body, facts.content_type).text
            found = entries_of_data(text, facts.final_url or facts.url, self.as_of)
        self.record(visit.site.site_code, page)
        if not found and not reading.pages_read:
            return self._more(visit, self._look_behind(visit, reading, calls))
        if not came:
            return self._more(visit, self._ask_articles(visit, reading))
        new = self._add(reading, found)
        following = next_call(facts.url)
        is_last = len(found) < (called_size(facts.url) or SHORT_PAGE)
        reading.complete = _reaches(new, reading.since) or is_last or not new
        if following is None or self._suffices(reading, new):
            return self._more(visit, self._ask_articles(visit, reading))
        reading.asked.add(following)
        return self._more(visit, [Step(reading, following, self.data, ([],))])

    def article(self, visit: ListsVisit, reading: Reading, entry: Entry, answer: Response | Failure) -> Any:
        """Keep what the page of an entry says; an entry that its list leaves undated takes its date from there."""
        facts = self.answered(visit, answer)
        read = self.read(visit, facts, "article")
        if self.is_shown_by_browser(visit, facts, read):
            step = Step(reading, entry.url, self.article, (entry,), depth=ARTICLE_DEPTH, browser=True)
            return self._more(visit, [step])
        page = self.page_of(visit, facts, 2, read)
        if read is not None and reading.section.section_class in POLICY:
            page.related = self.said_by(read, related, read.links, otherwise=[])
        self.record(visit.site.site_code, page)
        if read is not None and read.published_at is not None and read.date_origin != NOT_SEEN:
            day = read.published_at[:10]
            if entry.published_on is None:
                entry.published_on, entry.date_origin = day, read.date_origin
            elif entry.year_assumed and entry.published_on[4:] == day[4:]:
                entry.published_on, entry.year_assumed = day, False
                settle_years(reading.entries.values(), self.as_of)
        visit.dates[entry.url] = entry.published_on, entry.date_origin
        reading.asked_for -= 1
        if not reading.asked_for:
            self._close(visit, reading)
        return self._more(visit, [])

    def _on_from(self, visit: ListsVisit, reading: Reading, facts: FetchFacts, read: PageRead | None) -> Any:
        if read is None:
            if not reading.pages_read:
                self._close(visit, reading)
                return self._more(visit, [])
            return self._more(visit, self._ask_articles(visit, reading))
        new = self._add(reading, read.entries)
        if reading.section.section_class == LETTERS:
            reading.letters += self.said_by(read, letters, read.document, otherwise=[])
        none: list[str] = []
        onward = self.said_by(read, next_pages, read.document, otherwise=none)
        following = next((url for url in onward if url not in reading.asked), None)
        # A page that repeats the one before is how many lists answer beyond their end.
        ends = read.read_state is ReadState.READ and (following is None or not new)
        reading.complete = _reaches(new, reading.since) or ends
        if following is None or self._suffices(reading, new):
            return self._more(visit, self._ask_articles(visit, reading))
        return self._more(visit, [self._ask_list(visit, reading, following, browser=facts.rendered)])

    def _suffices(self, reading: Reading, new: list[Entry]) -> bool:
        """Whether further pages of the list are of no use: it is read, prints no dates, or has had its share."""
        return (
            reading.complete
            or all(entry.published_on is None for entry in new)
            or reading.pages_read >= self.settings.getint("SECTION_MAX_PAGES")
        )

    def _add(self, reading: Reading, entries: list[Entry]) -> list[Entry]:
        reading.pages_read += 1
        new: dict[tuple[str, ...], Entry] = {}
        for entry in entries:
            name = _name_of(entry)
            if name not in reading.entries and (name not in new or new[name].published_on is None):
                new[name] = entry
        reading.entries |= new
        return list(new.values())

    def _look_behind(self, visit: ListsVisit, reading: Reading, calls: list[str]) -> list[Step]:
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
        return [Step(reading, calls[0], self.data, (calls[1:],))]

    def _ask_list(self, visit: ListsVisit, reading: Reading, url: str, *, browser: bool = False) -> Step:
        reading.asked.add(url)
        depth = 0 if url == reading.section.url else 1
        browser = browser or visit.site.render == "browser"
        return Step(reading, url, self.listed, depth=depth, browser=browser)

    def _ask_articles(self, visit: ListsVisit, reading: Reading) -> list[Step]:
        """Ask for the pages of the newest undated entries, of the newest without a year, and of some that are looked into.

        What lies on other sites is not ours to read. Which are looked into the hash of their address draws: the same
        every night while they stand, and chosen by nobody.
        """
        for entry in reading.entries.values():
            if entry.published_on is None and entry.url in visit.dates:  # it stands in another section too
                entry.published_on, entry.date_origin = visit.dates[entry.url]
        ours = [
            entry
            for entry in reading.entries.values()
            if entry.url not in visit.dates and is_internal(entry.url, visit.memo.home_url)
        ]
        undated = [entry for entry in ours if entry.published_on is None]
        asked = undated[: self.settings.getint("SECTION_MAX_ARTICLES")]
        asked += [entry for entry in ours if entry.year_assumed][:YEAR_WITNESSES]
        if reading.section.section_class in LOOKED_INTO:
            drawn = sorted(ours, key=lambda entry: hashlib.sha256(entry.url.encode()).digest())
            drawn = drawn[: self.settings.getint("SECTION_LOOKED_INTO")]
            asked += [entry for entry in drawn if entry not in asked]
        reading.asked_for = len(asked)
        if not asked:
            self._close(visit, reading)
        return [Step(reading, entry.url, self.article, (entry,), depth=ARTICLE_DEPTH) for entry in asked]

    def _close(self, visit: ListsVisit, reading: Reading) -> None:
        first = reading.first
        self.record(
            visit.site.site_code,
            SectionVisit(
                site_code=visit.site.site_code,
                section_name=reading.section.name,
                section_url=reading.section.url,
                outcome=reading.outcome,
                status=first.status if first is not None else None,
                final_url=first.final_url if first is not None else None,
                fetched_at=(first.fetched_at if first is not None else None) or self.now(),
                pages_read=reading.pages_read,
                complete=reading.complete,
                rendered=reading.rendered,
                entries=list(reading.entries.values()),
                letters=reading.letters,
                doubt=None if reading.entries else reading.doubt,
            ),
        )

    def _more(self, visit: ListsVisit, steps: list[Step]) -> Any:
        """Go on with as many pages at a time as a host serves in line; a section that is begun is read to its end."""
        visit.line.extendleft(reversed(steps))
        requests = []
        while visit.line and visit.pending < self.window:
            if reason := self._spent(visit):
                self._break_off(visit, reason)
                break
            step = visit.line.popleft()
            requests.append(
                self.ask(
                    visit,
                    step.url,
                    step.method,
                    step.reading,
                    *step.arguments,
                    depth=step.depth,
                    browser=step.browser,
                )
            )
        if visit.pending:
            return requests
        if visit.again:
            return self._try_again(visit)
        self._end(visit)
        return requests

    def _spent(self, visit: ListsVisit) -> LeftOut | None:
        """Which budget of the site is used up, if any is."""
        if time.monotonic() - visit.began_s >= self.settings.getfloat("SITE_MAX_SECONDS"):
            return LeftOut.MAX_SECONDS
        return LeftOut.MAX_BYTES if visit.size_bytes >= self.settings.getint("SITE_MAX_BYTES") else None

    def _break_off(self, visit: ListsVisit, reason: LeftOut) -> None:
        """Leave what is still in line: a list not begun is not measured, one not read to its end says so."""
        while visit.line:
            step = visit.line.popleft()
            visit.not_visited[reason.value] += 1
            reading = step.reading
            if step.depth == ARTICLE_DEPTH:
                reading.asked_for -= 1
                if reading.asked_for:
                    continue
            else:
                reading.complete = False
                if not reading.pages_read:
                    reading.outcome = Outcome.BUDGET_SPENT
            self._close(visit, reading)

    async def _try_again(self, visit: ListsVisit) -> list[Request]:
        await asyncio.sleep(self.settings.getfloat("AGAIN_PAUSE_S"))
        readings, visit.again = visit.again, []
        requests: list[Request] = self._more(
            visit, [self._ask_list(visit, reading, reading.section.url) for reading in readings]
        )
        return requests

    def _end(self, visit: ListsVisit) -> None:
        reason = FinishReason.BUDGET_SPENT if visit.not_visited else FinishReason.FINISHED
        self.end(visit, Outcome.NOT_ATTEMPTED, reason, dict(visit.not_visited))


def _name_of(entry: Entry) -> tuple[str, ...]:
    """What makes an entry the same on two pages: its address, or all that is printed where only a script knows it."""
    if entry.url.startswith(("http:", "https:")):
        return (entry.url,)
    return entry.url, entry.title, entry.published_on or ""


def _reaches(entries: list[Entry], since: date) -> bool:
    """Whether a page of a list ends before the term begins. Its last dated line decides: old ones are pinned on top."""
    dated = [entry.published_on for entry in entries if entry.published_on is not None]
    return bool(dated) and dated[-1] < since.isoformat()
