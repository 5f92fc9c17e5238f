"""Visits a site in one pass: its home page, its lists as far as their term needs, every entry of the term, then the rest.

Each page is requested once.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from govcrawl.network.requests import NOT_MODIFIED
from govcrawl.pages.answers.error_pages import ErrorPages, missing_address
from govcrawl.pages.answers.moves import MOST_MOVES, brought_in, leads_to
from govcrawl.pages.answers.soft404 import fingerprint, same_as_error_page, says_not_found
from govcrawl.pages.articles.letters import letters
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.links.urls import is_internal, normalise
from govcrawl.pages.lists.listing import data_calls, drawn_by_script, entries_of_data, next_pages
from govcrawl.pages.lists.navigation import navigation
from govcrawl.pages.lists.next_pages import called_size, next_call
from govcrawl.pages.lists.related import related
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.nets.cast import ENTRIES
from govcrawl.records.items import UnreadEntry
from govcrawl.records.kinds import RunKind
from govcrawl.records.outcomes import FAILED, Outcome
from govcrawl.records.states import BUDGETS, FinishReason, LeftOut, ReadState
from govcrawl.registry.choices import LOOKED_INTO, ON_POLICY, SectionClass
from govcrawl.spiders.frontier import FOLLOWED, Budget, Frontier, template_of
from govcrawl.spiders.lists import NOT_SEEN, Reading
from govcrawl.spiders.narrowed import RECHECK_OF, recheck_pages, standing_pages
from govcrawl.spiders.plan import SitePlan, check_plan
from govcrawl.spiders.reading import ReadingSpider, Visit, may_be_drawn, seen_as

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.read import PageRead
    from govcrawl.records.items import Entry, Link, Page
    from govcrawl.registry import Site

LIST_DEPTH = 1
ARTICLE_DEPTH = 2
SHORT_PAGE = (
    10  # entries; unless a call says otherwise, pages of a list hold at least so many, but for the last
)
MOST_DATA_CALLS = 3  # of the addresses a page's script may fetch its list from
MOST_KEPT = 1 << 20  # bytes of list pages of one site, for sections whose pagers lead to them later
_NOT_DRAWN = frozenset({Outcome.RENDER_FAILED, Outcome.TIMEOUT, Outcome.NOT_ATTEMPTED})
"""What a page comes to that the browser could not finish drawing, e.g. because it goes on into a private network."""
_ENDS_LISTS = frozenset(
    {LeftOut.MAX_SECONDS, LeftOut.MAX_BYTES}
)  # a site of many lists has them read all the same


@dataclass(slots=True)
class Step:
    """A request that goes before the frontier: a page of a list, its data, an address that cannot exist."""

    url: str
    method: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    depth: int = LIST_DEPTH
    browser: bool = False
    of_list: Reading | None = None


@dataclass(slots=True, kw_only=True)
class WholeVisit(Visit):
    """One site under way. Only its sets of addresses grow with the site."""

    frontier: Frontier
    plan: SitePlan
    home_urls: set[str]
    moves: int = 0  # pages in place of the home page that only led on to it
    home_outcome: str = Outcome.NOT_ATTEMPTED
    plain_home: tuple[FetchFacts, PageRead] | None = None  # as it came, while the browser draws it
    line: deque[Step] = field(default_factory=deque)
    lists_open: int = 0  # sections whose lists are still being read
    list_pages: dict[str, list[Reading]] = field(default_factory=dict)  # address → who waits for it
    list_answers: dict[str, FetchFacts] = field(default_factory=dict)  # that came, while lists are read
    again: list[Reading] = field(default_factory=list)  # failed once; tried at the end
    awaiting: dict[str, list[tuple[Reading, Entry]]] = field(
        default_factory=dict
    )  # address of an entry → who waits
    dates: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)  # of pages that answered
    looked_into: dict[str, str] = field(
        default_factory=dict
    )  # entries of lists that do not say enough → class
    listed: set[str] = field(default_factory=set)  # entries of the pages read so far
    articles: set[str] = field(default_factory=set)  # hashes of the texts of the pages read so far
    error_pages: ErrorPages = field(default_factory=ErrorPages)
    suspects: dict[str, list[tuple[Page, PageRead]]] = field(
        default_factory=dict
    )  # by the directory asked about


class VisitSpider(ReadingSpider):
    """Visits every running site. Writes a Page per request, a SectionVisit per registered section, a SiteVisit at the end."""

    name = RunKind.VISIT

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        check_plan(self.assignment.run.folder, self.assignment.run.plan)

    @cached_property
    def budget(self) -> Budget:
        settings = self.settings
        return Budget(
            max_pages=settings.getint("SITE_MAX_PAGES"),
            max_depth=settings.getint("SITE_MAX_DEPTH"),
            max_seconds=settings.getfloat("SITE_MAX_SECONDS"),
            max_bytes=settings.getint("SITE_MAX_BYTES"),
            max_url_length=settings.getint("SITE_MAX_URL_LENGTH"),
            max_per_template=settings.getint("SITE_MAX_PER_TEMPLATE"),
            max_per_query_template=settings.getint("SITE_MAX_PER_QUERY_TEMPLATE"),
            max_per_prefix=settings.getint("SITE_MAX_PER_PREFIX"),
        )

    def set_out(self, site: Site) -> list[Request]:
        memo = LinkMemo(site.home_url)
        frontier = Frontier(self.budget, time.monotonic())
        plan = SitePlan.of(self.assignment.run.folder, site.site_code)
        visit = WholeVisit(
            site=site,
            started_at=self.now(),
            memo=memo,
            frontier=frontier,
            plan=plan,
            home_urls={memo.home_url},
        )
        frontier.asked |= {memo.home_url, normalise(site.home_url)}
        for section in self.assignment.registry.sections_of(site.site_code):
            term = timedelta(days=section.update_days or self.settings.getint("SECTION_DAYS"))
            visit.lists_open += 1
            self._ask_list(visit, Reading(section, self.as_of - term, self.as_of), section.url)
        standing = standing_pages(self.assignment.run.folder, site.site_code)
        own = [url for url in standing if is_internal(url, memo.home_url)]
        for url in recheck_pages(self.settings, site.site_code) + own:
            frontier.want(url, 1)
        for due in plan.due.values():
            if is_internal(due.url, memo.home_url):  # else it lies where the site was before it moved
                frontier.expect(due.url, due.depth, stands=due.read_run_id is not None)
        frontier.leave(LeftOut.MAX_PAGES, len(plan.left_out))
        return [self._ask_home(visit, self.home, browser=site.render == "browser")]

    # -- the home page ------------------------------------------------------------------------------------------

    def home(self, visit: WholeVisit, answer: Response | Failure) -> Any:
        """Read the home page. When it could not be read, request it once more, since the whole site is judged by it."""
        facts = self.answered(visit, answer)
        if facts.outcome in FAILED:
            return self._home_again(visit)
        return self._home(visit, facts)

    def home_again(self, visit: WholeVisit, answer: Response | Failure) -> Any:
        return self._home(visit, self.answered(visit, answer))

    def _ask_home(self, visit: WholeVisit, then: Any, *, browser: bool) -> Request:
        return self.ask(visit, visit.site.home_url, then, depth=0, priority=1, browser=browser)

    async def _home_again(self, visit: WholeVisit) -> list[Request]:
        await asyncio.sleep(self.settings.getfloat("AGAIN_PAUSE_S"))
        return [self._ask_home(visit, self.home_again, browser=visit.site.render == "browser")]

    def _home(self, visit: WholeVisit, facts: FetchFacts) -> Any:
        read = self.read(visit, facts, kind_hint="home")
        plain, visit.plain_home = visit.plain_home, None
        if plain is not None and facts.outcome in _NOT_DRAWN:
            facts, read = plain
            read.read_state = ReadState.CUT  # its scripts were not seen to their end: no absence is proven
        if read is not None and (onward := _moves_on(visit, read)) is not None:
            visit.moves += 1
            browser = visit.site.render == "browser"
            return [self.ask(visit, onward, self.home_again, depth=0, priority=1, browser=browser)]
        ask_browser = visit.site.render == "auto" and plain is None and not facts.rendered
        if read is not None and ask_browser and may_be_drawn(read):
            if read.read_state is ReadState.READ:  # else the page without its scripts says nothing
                visit.plain_home = facts, read
            return [self.ask(visit, facts.url, self.home_again, depth=0, priority=1, browser=True)]
        visit.home_outcome = facts.outcome if facts.outcome is not Outcome.OK else seen_as(read)
        if read is not None and facts.rendered:  # what its frames show is part of it, and was read with it
            frames = brought_in(read.document)
            visit.home_urls |= frames
            visit.frontier.asked |= frames
        self.record(visit.site.site_code, self._page(visit, facts, 0, read, visit.memo.home_url))
        for url in {visit.memo.home_url, normalise(visit.site.home_url), visit.site.home_url}:
            for step in [step for step in visit.line if step.url == url]:  # a section that is the home page
                visit.line.remove(step)
                self._take_list(visit, visit.list_pages.pop(url), facts, read)
        if read is None:
            return self._more(visit)
        home_url = facts.final_url or facts.url
        visit.home_urls.add(home_url)
        visit.frontier.asked.add(normalise(home_url))
        root = urljoin(home_url, "/")
        visit.suspects[root] = []
        return [self._ask_step(visit, self._missing_step(root))]

    # -- lists --------------------------------------------------------------------------------------------------

    def listed(self, visit: WholeVisit, answer: Response | Failure) -> Any:
        """Take up one page of a list, for every section that waits for it."""
        facts = self.answered(visit, answer)
        readings = visit.list_pages.pop(facts.url)
        read = self.read(visit, facts, "section", readings[0].section.entry_selector)
        page = self._page(visit, facts, LIST_DEPTH, read)
        self._settle(visit, page, read)
        kept = sum(len(one.body) for one in visit.list_answers.values())
        if read is not None and kept + len(facts.body) <= MOST_KEPT:
            visit.list_answers[facts.url] = facts
        self._take_list(visit, readings, facts, read)
        return self._more(visit)

    def _take_list(
        self, visit: WholeVisit, readings: list[Reading], facts: FetchFacts, read: PageRead | None
    ) -> None:
        selector = readings[0].section.entry_selector
        for reading in readings:
            own = read
            if reading.section.entry_selector != selector or (read is not None and read.kind == "home"):
                own = self.read(visit, facts, "section", reading.section.entry_selector)
            self._take_page(visit, reading, facts, own)

    def _take_page(
        self, visit: WholeVisit, reading: Reading, facts: FetchFacts, read: PageRead | None
    ) -> None:
        if reading.pages_read:
            self._on_from(visit, reading, facts, read)
            return
        if facts.outcome in FAILED and not reading.tried_again:
            reading.tried_again = True
            visit.again.append(reading)
            visit.lists_open -= 1
            return
        reading.first = facts
        reading.outcome = facts.outcome
        reading.rendered = facts.rendered
        reading.doubt = None if read is None else read.doubts.get(ENTRIES)
        if facts.outcome is Outcome.OK:
            reading.outcome = seen_as(read)
        if read is not None and not facts.rendered and may_be_drawn(read):
            calls = data_calls(read.document)[:MOST_DATA_CALLS]
            reading.drawn = bool(calls) or drawn_by_script(read.document)
            self._look_behind(visit, reading, calls)
            return
        self._on_from(visit, reading, facts, read)

    def data(self, visit: WholeVisit, reading: Reading, calls: list[str], answer: Response | Failure) -> Any:
        """Read a list from the data that the page's own script would have fetched."""
        facts = self.answered(visit, answer)
        page = self.page_of(visit, facts, LIST_DEPTH, None)
        found: list[Entry] = []
        came = facts.outcome is Outcome.OK and not facts.unreadable
        if came:
            page.read_state = ReadState.READ  # as data
            visit.unseen.pop(page.url, None)
            text = decode(facts.body, facts.content_type).text
            found = entries_of_data(text, facts.final_url or facts.url, self.as_of)
        self.record(visit.site.site_code, page)
        if not found and not reading.pages_read:
            self._look_behind(visit, reading, calls)
            return self._more(visit)
        if not came:
            self._list_read(visit, reading)
            return self._more(visit)
        new = reading.add(found)
        following = next_call(facts.url)
        is_last = len(found) < (called_size(facts.url) or SHORT_PAGE)
        reading.complete = reading.reaches(new) or is_last or not new
        if following is None or reading.suffices(new, self._most_list_pages):
            self._list_read(visit, reading)
        else:
            reading.asked.add(following)
            visit.line.appendleft(Step(following, self.data, (reading, []), of_list=reading))
        return self._more(visit)

    def _on_from(self, visit: WholeVisit, reading: Reading, facts: FetchFacts, read: PageRead | None) -> None:
        if read is None:
            self._list_read(visit, reading)
            return
        new = reading.add(read.entries)
        if reading.section_class == SectionClass.LETTERS:
            reading.letters += self.said_by(read, letters, read.document, otherwise=[])
        none: list[str] = []
        onward = self.said_by(read, next_pages, read.document, otherwise=none)
        following = next((url for url in onward if url not in reading.asked), None)
        # A page that repeats the one before is how many lists answer beyond their end.
        ends = read.read_state is ReadState.READ and (following is None or not new)
        reading.complete = reading.reaches(new) or ends
        if following is None or reading.suffices(new, self._most_list_pages):
            self._list_read(visit, reading)
        else:
            self._ask_list(visit, reading, following, browser=facts.rendered, first=True)

    def _look_behind(self, visit: WholeVisit, reading: Reading, calls: list[str]) -> None:
        """Go on with a list that the plain page does not show: request its data, then the page in the browser."""
        calls = [url for url in calls if url not in reading.asked]
        if calls:
            reading.asked.add(calls[0])
            visit.line.appendleft(Step(calls[0], self.data, (reading, calls[1:]), of_list=reading))
        elif visit.site.render == "http":
            # The registry forbids the browser: where scripts have the list, blank stays unproven.
            reading.outcome = Outcome.RENDER_FAILED if reading.drawn else Outcome.OK
            reading.complete = not reading.drawn
            self._list_read(visit, reading)
        else:
            self._ask_list(visit, reading, reading.section.url, browser=True, first=True)

    def _ask_list(
        self, visit: WholeVisit, reading: Reading, url: str, *, browser: bool = False, first: bool = False
    ) -> None:
        """Put a page of a list in line, once for all the sections that need it."""
        reading.asked.add(url)
        visit.frontier.asked.add(normalise(url))
        if url in visit.list_pages:
            visit.list_pages[url].append(reading)
            return
        browser = browser or visit.site.render == "browser"
        answer = visit.list_answers.get(url)
        if answer is not None and (answer.rendered or not browser):
            read = self.read(visit, answer, "section", reading.section.entry_selector)
            self._take_page(visit, reading, answer, read)
            return
        visit.list_pages[url] = [reading]
        depth = 0 if url == reading.section.url else LIST_DEPTH
        step = Step(url, self.listed, depth=depth, browser=browser, of_list=reading)
        (visit.line.appendleft if first else visit.line.append)(step)

    @property
    def _most_list_pages(self) -> int:
        return self.settings.getint("SECTION_MAX_PAGES")

    # -- entries ------------------------------------------------------------------------------------------------

    def _list_read(self, visit: WholeVisit, reading: Reading) -> None:
        """Request the pages of the entries of a list that was read to its end.

        Entries on other sites are not read. A re-check requests only those without which the section cannot be judged.
        """
        visit.lists_open -= 1
        if not visit.lists_open:
            visit.list_answers.clear()
        for entry in reading.entries.values():
            published_at, origin = visit.dates.get(entry.url, (None, None))
            if published_at is not None:  # its page was read already
                reading.learn_date(entry, published_at, origin)
        ours = [
            entry
            for entry in reading.entries.values()
            if entry.url not in visit.dates
            and entry.url not in visit.home_urls
            and is_internal(entry.url, visit.memo.home_url)
        ]
        if reading.section_class in LOOKED_INTO:
            visit.looked_into.update((entry.url, reading.section_class) for entry in ours)
        settings = self.settings
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
                continue
            visit.awaiting.setdefault(entry.url, []).append((reading, entry))
            reading.awaited += 1
        if not reading.awaited:
            self._close(visit, reading)

    def _tell_lists(self, visit: WholeVisit, page: Page) -> None:
        """Pass what a page says to the lists that name it."""
        shown = page.published_at if page.outcome == Outcome.OK and page.date_origin != NOT_SEEN else None
        url = normalise(page.url) or page.url  # lists are asked for as they are registered
        visit.dates[url] = shown, page.date_origin
        for reading, entry in visit.awaiting.pop(url, ()):
            if shown is not None:
                reading.learn_date(entry, shown, page.date_origin)
            reading.awaited -= 1
            if not reading.awaited:
                self._close(visit, reading)

    def _close(self, visit: WholeVisit, reading: Reading) -> None:
        self.record(visit.site.site_code, reading.record(visit.site.site_code, self.now()))

    # -- every page ---------------------------------------------------------------------------------------------

    def page(self, visit: WholeVisit, depth: int, answer: Response | Failure) -> Any:
        """Read a page that was requested once, on behalf of all that need it."""
        facts = self.answered(visit, answer)
        if same := self._same(visit, facts, depth):
            self.record(visit.site.site_code, same)
            self._tell_lists(visit, same)
            return self._more(visit)
        waiting = visit.awaiting.get(facts.url, [])
        known_class = visit.looked_into.get(facts.url)
        dateless = any(entry.published_on is None or entry.year_assumed for _, entry in waiting)
        hint = "article" if dateless or known_class is not None else None
        is_entry = bool(waiting) or facts.url in visit.listed
        read = self.read(visit, facts, hint, is_entry=is_entry, words_of_all=known_class in ON_POLICY)
        if self.is_shown_by_browser(visit, facts, read):
            return [self.ask(visit, facts.url, self.page, depth, depth=depth, browser=True)]
        page = self._page(visit, facts, depth, read)
        if read is not None and known_class in ON_POLICY:
            page.related = self.said_by(read, related, read.links, otherwise=[])
        self._settle(visit, page, read)
        return self._more(visit)

    def _same(self, visit: WholeVisit, facts: FetchFacts, depth: int) -> Page | None:
        """The record of a page that is unchanged: the host says so, or its body is the same. Its earlier reading stands."""
        due = visit.plan.due.get(facts.url)
        if due is None or facts.outcome is not Outcome.OK or not due.may_be_unchanged:
            return None
        if facts.status != NOT_MODIFIED and hashlib.sha256(facts.body).hexdigest() != due.body_sha256:
            return None
        page = self.page_of(visit, facts, depth, None)
        page.read_state, page.body_sha256, page.same_as_run = None, due.body_sha256, due.read_run_id
        visit.unseen.pop(page.url, None)
        page.etag, page.last_modified = facts.etag or due.etag, facts.last_modified or due.last_modified
        page.published_at, page.date_origin = due.published_at, due.date_origin
        return page

    def _ask_page(self, visit: WholeVisit, url: str, depth: int) -> Request:
        due = visit.plan.due.get(url)
        if due is None or not due.may_be_unchanged:
            return self.ask(visit, url, self.page, depth, depth=depth)
        return self.ask(
            visit, url, self.page, depth, depth=depth, etag=due.etag, last_modified=due.last_modified
        )

    def _page(
        self, visit: WholeVisit, facts: FetchFacts, depth: int, read: PageRead | None, url: str | None = None
    ) -> Page:
        page = self.page_of(visit, facts, depth, read, url)
        if read is not None:
            visit.frontier.bore(page.url, fruit=_bears_fruit(visit, page, read))
            if page.text_sha256 is not None:
                visit.articles.add(page.text_sha256)
            page.entries = read.entries
            visit.listed.update(entry.url for entry in read.entries)
            page.first_link_no = len(visit.numbers)
            page.new_links, page.link_nos = _numbered(read.links, visit.numbers)
            page.navigation = self.said_by(read, navigation, read, otherwise=[])
            page.read_state = read.read_state
            self._offer(visit, page)
        return page

    def _offer(self, visit: WholeVisit, page: Page) -> None:
        """Put what the page links to in line. The entries of the home page come first, because their dates are judged."""
        if self.settings.get(RECHECK_OF):
            return
        onward = [
            link.url
            for link in page.new_links
            if link.internal
            and link.kind in FOLLOWED
            and link.wrong is None
            and link.url not in visit.home_urls
        ]
        if page.depth == 0:
            listed = {entry.url for entry in page.entries}
            onward.sort(key=lambda url: url not in listed)
        for url in onward:
            if not visit.plan.stands(url) and url not in visit.plan.left_out:
                visit.frontier.offer(url, page.depth + 1)

    # -- pages that are none ------------------------------------------------------------------------------------

    def _settle(self, visit: WholeVisit, page: Page, read: PageRead | None) -> None:
        """Record a page with its outcome; when that depends on another answer, as soon as that is there."""
        if read is not None:
            url = page.final_url or page.url
            said = self.said_by(read, says_not_found, read.document, otherwise=False)
            directory = visit.error_pages.unknown(url, says_not_found=said)
            if directory is not None:
                if directory not in visit.suspects:
                    visit.suspects[directory] = []
                    visit.line.appendleft(self._missing_step(directory))
                visit.suspects[directory].append((page, read))
                return
            error_page = visit.error_pages.near(url)
            if error_page is not None:
                shown = self.said_by(read, fingerprint, read.document, otherwise=None)
                page.read_state = read.read_state
                if shown is not None and same_as_error_page(shown, error_page):
                    page.outcome = Outcome.SOFT_NOT_FOUND
        self.record(visit.site.site_code, page)
        self._tell_lists(visit, page)

    def missing(self, visit: WholeVisit, directory: str, answer: Response | Failure) -> Any:
        """Take in what the site answers to an address that cannot exist, and record the pages that waited for it."""
        read = self.read(visit, self.answered(visit, answer))
        shown = None if read is None else self.said_by(read, fingerprint, read.document, otherwise=None)
        visit.error_pages.learn(directory, shown)
        for page, suspect in visit.suspects.pop(directory):
            self._settle(visit, page, suspect)
        return self._more(visit)

    def _missing_step(self, directory: str) -> Step:
        """Request an address that nobody ever published. It is the same all night, so that the evidence can be repeated."""
        return Step(missing_address(self.assignment.run.plan.run_id, directory), self.missing, (directory,))

    # -- going on -----------------------------------------------------------------------------------------------

    def _ask_step(self, visit: WholeVisit, step: Step) -> Request:
        return self.ask(visit, step.url, step.method, *step.arguments, depth=step.depth, browser=step.browser)

    def _more(self, visit: WholeVisit) -> Any:
        """Start as many requests as a host serves at a time; lists first, because they determine what must be read."""
        requests = []
        while visit.pending < self.window:
            now_s = time.monotonic()
            if visit.line:
                spent = visit.frontier.spent(now_s, visit.size_bytes)
                if spent in _ENDS_LISTS and any(step.of_list for step in visit.line):
                    self._break_off(visit, spent)
                    continue
                step = visit.line.popleft()
                visit.frontier.taken += step.of_list is not None
                requests.append(self._ask_step(visit, step))
            elif visit.lists_open:
                break
            elif (next_page := visit.frontier.next(now_s, visit.size_bytes)) is not None:
                requests.append(self._ask_page(visit, *next_page))
            else:
                break
        if visit.pending:
            return requests
        if visit.again:
            return self._try_again(visit)
        self._end(visit)
        return requests

    def _break_off(self, visit: WholeVisit, reason: LeftOut) -> None:
        """Close the lists that are still in line: one that was not begun is unmeasured, one not read to its end says so."""
        line, visit.line = visit.line, deque()
        for step in line:
            if step.of_list is None:
                visit.line.append(step)  # pages that came wait for it
                continue
            visit.frontier.leave(reason)
            for reading in visit.list_pages.pop(step.url, [step.of_list]):
                reading.complete = False
                if not reading.pages_read:
                    reading.outcome = Outcome.BUDGET_SPENT
                self._list_read(visit, reading)

    async def _try_again(self, visit: WholeVisit) -> Any:
        await asyncio.sleep(self.settings.getfloat("AGAIN_PAUSE_S"))
        readings, visit.again = visit.again, []
        visit.lists_open += len(readings)
        for reading in readings:
            self._ask_list(visit, reading, reading.section.url)
        return self._more(visit)

    def _end(self, visit: WholeVisit) -> None:
        not_visited = dict(visit.frontier.not_visited)
        spent = sorted(BUDGETS & not_visited.keys())
        self._leave_unread(visit, spent[0] if spent else Outcome.NOT_ATTEMPTED)
        reason = FinishReason.BUDGET_SPENT if spent else FinishReason.FINISHED
        if visit.home_outcome not in (Outcome.OK, Outcome.EMPTY):  # an empty one did open
            reason = FinishReason.HOME_UNREACHABLE
        self.end(visit, visit.home_outcome, reason, not_visited, visit.frontier.refused())

    def _leave_unread(self, visit: WholeVisit, reason: str) -> None:
        """Close the sections that still wait for pages of their entries, and say which were not read."""
        for url, waiting in visit.awaiting.items():
            for reading, _ in waiting:
                reading.unread.append(UnreadEntry(url, reason))
                reading.awaited -= 1
                if not reading.awaited:
                    self._close(visit, reading)
        visit.awaiting.clear()


def _moves_on(visit: WholeVisit, read: PageRead) -> str | None:
    """The address to which a home page without content of its own sends its reader."""
    if read.read_state is not ReadState.NOTHING_SHOWN or visit.moves >= MOST_MOVES:
        return None
    return leads_to(read.document, visit.memo.home_url)


def _bears_fruit(visit: WholeVisit, page: Page, read: PageRead) -> bool:
    """Whether a page brings an article not read before, or lists entries not listed before. More pages of its own kind do not count."""
    if page.kind == "article" and page.text_sha256 not in visit.articles:
        return True
    own = template_of(page.url)
    return any(entry.url not in visit.listed and template_of(entry.url) != own for entry in read.entries)


def _numbered(links: list[Link], numbers: dict[str, int]) -> tuple[list[Link], list[int]]:
    """Keep the links that are new on this site, and number all of them."""
    new, nos = [], []
    for link in links:
        number = numbers.get(link.url)
        if number is None:
            number = numbers[link.url] = len(numbers)
            new.append(link)
        nos.append(number)
    return new, nos
