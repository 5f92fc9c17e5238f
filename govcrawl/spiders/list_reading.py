"""Reads the lists of registered sections: page by page as far as their term needs, from data or in the browser if need be.

What the pages of their entries say completes them (`awaited_entries`). Each list ends as one SectionVisit.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from typing import TYPE_CHECKING, Any

from govcrawl.pages.articles.letters import letters
from govcrawl.pages.links.urls import is_internal, normalise
from govcrawl.pages.lists.listing import data_calls, drawn_by_script, entries_of_data, next_pages
from govcrawl.pages.lists.next_pages import called_size, next_call
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.nets.cast import ENTRIES
from govcrawl.pages.nets.rows import rows_like
from govcrawl.records.items import UnreadEntry
from govcrawl.records.outcomes import FAILED, Outcome
from govcrawl.records.states import ReadState
from govcrawl.registry.choices import SectionClass
from govcrawl.spiders.list_queue import LIST_DEPTH, Step
from govcrawl.spiders.narrowed import RECHECK_OF
from govcrawl.spiders.reading import may_be_drawn, seen_as

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.read import PageRead
    from govcrawl.records.items import Entry, Page
    from govcrawl.records.states import LeftOut
    from govcrawl.spiders.lists import Reading
    from govcrawl.spiders.plan import ReadList
    from govcrawl.spiders.visit import VisitSpider, WholeVisit

ARTICLE_DEPTH = 2
SHORT_PAGE = (
    10  # entries; unless a call says otherwise, pages of a list hold at least so many, but for the last
)
MOST_DATA_CALLS = 3  # of the addresses a page's script may fetch its list from


class ListReader:
    """Holds nothing of a site: that is in its `WholeVisit`."""

    def __init__(self, spider: VisitSpider) -> None:
        self._spider = spider

    def ask(
        self, visit: WholeVisit, reading: Reading, url: str, *, browser: bool = False, first: bool = False
    ) -> None:
        """Put a page of a list in line, once for all the sections that need it."""
        reading.addresses.add(url)
        visit.frontier.addresses.add(normalise(url))
        if url in visit.lists.sections:
            visit.lists.sections[url].append(reading)
            return
        browser = browser or visit.site.render == "browser"
        kept = visit.lists.kept(url, drawn=browser)
        if kept is not None:
            read = self._spider.read(visit, kept, "section", reading.section.entry_selector)
            self._take_page(visit, reading, kept, read)
            return
        depth = 0 if url == reading.section.url else LIST_DEPTH
        step = Step(url, self.page, depth=depth, browser=browser, of_list=reading)
        visit.lists.add(step, reading, first=first)

    def page(self, visit: WholeVisit, answer: Response | Failure) -> Any:
        """Take up one page of a list, for every section that waits for it."""
        spider = self._spider
        facts = spider.answered(visit, answer)
        readings = visit.lists.sections.pop(facts.url)
        if before := _holds(visit, readings, facts):
            self._take_as_before(visit, readings, facts, before)
            return spider.more(visit)
        read = spider.read(visit, facts, "section", readings[0].section.entry_selector)
        spider.settle(visit, spider.record_of(visit, facts, LIST_DEPTH, read), read)
        if read is not None:
            visit.lists.keep(facts)
        self.take(visit, readings, facts, read)
        return spider.more(visit)

    def take(
        self, visit: WholeVisit, readings: list[Reading], facts: FetchFacts, read: PageRead | None
    ) -> None:
        """Read a page that came for each of these sections, with the selector of each."""
        selector = readings[0].section.entry_selector
        for reading in readings:
            own = read
            if reading.section.entry_selector != selector or (read is not None and read.kind == "home"):
                own = self._spider.read(visit, facts, "section", reading.section.entry_selector)
            self._take_page(visit, reading, facts, own)

    def _take_as_before(
        self, visit: WholeVisit, readings: list[Reading], facts: FetchFacts, before: ReadList
    ) -> None:
        """Take the rows of a page that is the same to the byte from the run that read it."""
        spider = self._spider
        page = spider.unchanged(visit, facts, LIST_DEPTH, before)
        spider.show(page, facts)  # a section may be found idle today by rows that stood there yesterday
        spider.record(visit.site.site_code, page)
        self.hear(visit, page)
        visit.frontier.bore(page.url, fruit=visit.shown.bears_fruit(page, before.entries))
        visit.shown.add(page, before.entries)
        visit.lists.keep(facts)
        for reading in readings:
            reading.first, reading.outcome = facts, facts.outcome
            reading.add(before.entries)
            reading.complete = True  # as it was then; the term has only moved on
            self._end_of_list(visit, reading)

    def data(self, visit: WholeVisit, reading: Reading, calls: list[str], answer: Response | Failure) -> Any:
        """Read a list from the data that the page's own script would have fetched."""
        spider = self._spider
        facts = spider.answered(visit, answer)
        page = spider.page_of(visit, facts, LIST_DEPTH, None)
        found: list[Entry] = []
        came = facts.outcome is Outcome.OK and not facts.unreadable
        if came:
            page.read_state = ReadState.READ  # as data
            visit.unseen.pop(page.url, None)
            text = decode(facts.body, facts.content_type).text
            found = entries_of_data(text, facts.final_url or facts.url, spider.dates)
        spider.record(visit.site.site_code, page)
        if not found and not reading.pages_read:
            self._look_behind(visit, reading, calls)
            return spider.more(visit)
        if not came:
            self._end_of_list(visit, reading)
            return spider.more(visit)
        new = reading.add(found)
        following = next_call(facts.url)
        is_last = len(found) < (called_size(facts.url) or SHORT_PAGE)
        reading.complete = reading.reaches(new) or is_last or not new
        if following is None or reading.suffices(new, self._most_pages):
            self._end_of_list(visit, reading)
        else:
            reading.addresses.add(following)
            visit.lists.steps.appendleft(Step(following, self.data, (reading, []), of_list=reading))
        return spider.more(visit)

    def hear(self, visit: WholeVisit, page: Page) -> None:
        """Pass what a page says to the lists that name it."""
        for reading in visit.entries.answer(page):
            self._close(visit, reading)
        for reading in visit.lists.unsettled.pop(page.url, []):
            self._close(visit, reading)

    def leave_unread(self, visit: WholeVisit, reason: str) -> None:
        """Close the sections that still wait for pages of their entries, and say which were not read."""
        for reading in visit.entries.leave_unread(reason):
            self._close(visit, reading)

    def break_off(self, visit: WholeVisit, reason: LeftOut) -> None:
        """Close the lists that are still in line: one that was not begun is unmeasured, one not read to its end says so."""
        steps, visit.lists.steps = visit.lists.steps, deque()
        for step in steps:
            if step.of_list is None:
                visit.lists.steps.append(step)  # pages that came wait for it
                continue
            visit.frontier.leave(reason)
            for reading in visit.lists.sections.pop(step.url, [step.of_list]):
                reading.complete = False
                if not reading.pages_read:
                    reading.outcome = Outcome.BUDGET_SPENT
                self._end_of_list(visit, reading)

    async def try_again(self, visit: WholeVisit) -> Any:
        """Request the lists that failed once more, after a pause."""
        await asyncio.sleep(self._spider.settings.getfloat("AGAIN_PAUSE_S"))
        readings, visit.lists.failed_once = visit.lists.failed_once, []
        visit.lists.open += len(readings)
        for reading in readings:
            self.ask(visit, reading, reading.section.url, browser=bool(reading.furniture))
        return self._spider.more(visit)

    def _take_page(
        self, visit: WholeVisit, reading: Reading, facts: FetchFacts, read: PageRead | None
    ) -> None:
        if reading.pages_read:
            self._on_from(visit, reading, facts, read)
            return
        if facts.outcome in FAILED and not reading.tried_again:
            reading.tried_again = True
            visit.lists.failed_once.append(reading)
            visit.lists.open -= 1
            self._after_the_last(visit)
            return
        reading.first = facts
        reading.outcome = facts.outcome
        reading.rendered = facts.rendered
        reading.doubt = None if read is None else read.doubts.get(ENTRIES)
        if read is not None and reading.furniture:
            # The net was not cast, for rows were read; what it says of the page as if none had been.
            reading.doubt = self._spider.said_by(read, rows_like, read.document, otherwise=None)
        if facts.outcome is Outcome.OK:
            reading.outcome = seen_as(read)
        if read is not None and not facts.rendered and may_be_drawn(read):
            calls = data_calls(read.document)[:MOST_DATA_CALLS]
            reading.drawn = bool(calls) or drawn_by_script(read.document)
            self._look_behind(visit, reading, calls)
            return
        self._on_from(visit, reading, facts, read)

    def _on_from(self, visit: WholeVisit, reading: Reading, facts: FetchFacts, read: PageRead | None) -> None:
        if read is None:
            self._end_of_list(visit, reading)
            return
        new = reading.add(read.entries)
        said_by = self._spider.said_by
        if reading.section_class == SectionClass.LETTERS:
            reading.letters += said_by(read, letters, read.document, otherwise=[])
        none: list[str] = []
        onward = said_by(read, next_pages, read.document, otherwise=none)
        following = next((url for url in onward if url not in reading.addresses), None)
        # A page that repeats the one before is how many lists answer beyond their end.
        ends = read.read_state is ReadState.READ and (following is None or not new)
        reading.complete = reading.reaches(new) or ends
        if following is None or reading.suffices(new, self._most_pages):
            self._end_of_list(visit, reading)
        else:
            self.ask(visit, reading, following, browser=facts.rendered, first=True)

    def _look_behind(self, visit: WholeVisit, reading: Reading, calls: list[str]) -> None:
        """Go on with a list that the plain page does not show: request its data, then the page in the browser."""
        calls = [url for url in calls if url not in reading.addresses]
        if calls:
            reading.addresses.add(calls[0])
            visit.lists.steps.appendleft(Step(calls[0], self.data, (reading, calls[1:]), of_list=reading))
        elif visit.site.render == "http":
            # The registry forbids the browser: where scripts have the list, blank stays unproven.
            reading.outcome = Outcome.RENDER_FAILED if reading.drawn else Outcome.OK
            reading.complete = not reading.drawn
            self._end_of_list(visit, reading)
        else:
            self.ask(visit, reading, reading.section.url, browser=True, first=True)

    @property
    def _most_pages(self) -> int:
        return self._spider.settings.getint("SECTION_MAX_PAGES")

    def _end_of_list(self, visit: WholeVisit, reading: Reading) -> None:
        visit.lists.close(reading)
        self._after_the_last(visit)

    def _after_the_last(self, visit: WholeVisit) -> None:
        """Once every list is read, go on with their entries; a list that other sections show too is first drawn for its own rows."""
        if visit.lists.open:
            return
        ended, visit.lists.ended = visit.lists.ended, []
        furniture = [visit.lists.furniture_of(one) for one in ended]
        for one, rows in zip(ended, furniture, strict=True):
            if not rows or one.furniture or visit.site.render == "http":
                self._want_entries(visit, one)
            else:
                visit.lists.open += 1
                one.begin_anew(rows)
                self.ask(visit, one, one.section.url, browser=True)

    def _want_entries(self, visit: WholeVisit, reading: Reading) -> None:
        """Request the pages of the entries of a list that was read to its end.

        Entries on other sites are not read. A re-check requests only those without which the section cannot be judged.
        """
        visit.entries.take_days(reading)
        ours = [
            entry
            for entry in reading.entries.values()
            if not visit.entries.is_read(entry.url)
            and entry.url not in visit.home_urls
            and is_internal(entry.url, visit.memo.home_url)
        ]
        visit.entries.look_into(reading, ours)
        settings = self._spider.settings
        wanted = reading.wanted(
            ours,
            most_undated=settings.getint("SECTION_MAX_ARTICLES"),
            looked_into=settings.getint("SECTION_LOOKED_INTO"),
        )
        if not settings.get(RECHECK_OF):
            due = [entry for entry in reading.within_term(ours) if not visit.plan.stands(entry.url)]
            wanted = list({entry.url: entry for entry in (*wanted, *due)}.values())
        for entry in wanted:
            if reason := visit.frontier.want(entry.url, ARTICLE_DEPTH):
                reading.unread.append(UnreadEntry(entry.url, reason))
            else:
                visit.entries.add(reading, entry)
        if not reading.awaited:
            self._close(visit, reading)

    def _close(self, visit: WholeVisit, reading: Reading) -> None:
        """Record a list, once it is known whether its first page stands in for one that is missing."""
        if reading.first is not None:
            url = reading.first.url
            if not self._spider.is_settled(visit, url):
                visit.lists.unsettled.setdefault(url, []).append(reading)
                return
            reading.stand_in = visit.stand_ins.get(url)
            if url in visit.walls:
                reading.meet_wall()
        record = reading.record(visit.site.site_code, self._spider.now())
        self._spider.record(visit.site.site_code, record)


def _holds(visit: WholeVisit, readings: list[Reading], facts: FetchFacts) -> ReadList | None:
    """How a page was read before, if it is the same to the byte and answers for all the sections that wait for it."""
    before = visit.plan.lists.get(facts.url)
    if before is None or facts.outcome is not Outcome.OK or facts.rendered or facts.cut or facts.unreadable:
        return None
    if facts.content_type != before.content_type or (facts.final_url or facts.url) != facts.url:
        return None
    if hashlib.sha256(facts.body).hexdigest() != before.body_sha256:
        return None
    alike = len({reading.section.entry_selector for reading in readings}) == 1
    return before if alike and all(map(_asks_for_rows, readings)) else None


def _asks_for_rows(reading: Reading) -> bool:
    """Whether a section takes nothing but its rows from a page, which is its first."""
    begun = reading.pages_read or reading.furniture
    return not begun and reading.section_class != SectionClass.LETTERS
