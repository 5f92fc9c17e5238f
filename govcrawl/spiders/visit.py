"""Visits a site in one pass: its home page, its lists as far as their term needs, every entry of the term, then the rest.

Each page is requested once. Here stand the order of requests, and the pages that are neither a home page (`home_page`) nor a
page of a list (`list_reading`).
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from govcrawl.network.requests import NOT_MODIFIED
from govcrawl.pages.answers.error_pages import ErrorPages, missing_address
from govcrawl.pages.answers.soft404 import fingerprint, is_wall, says_not_found, stand_in
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.links.urls import is_internal, normalise
from govcrawl.pages.lists.navigation import navigation
from govcrawl.pages.lists.related import related
from govcrawl.records.kinds import RunKind
from govcrawl.records.link_kinds import LEADS_TO_PAGES
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import BUDGETS, FinishReason, LeftOut, ReadState
from govcrawl.registry.choices import ON_POLICY
from govcrawl.spiders.awaited_entries import AwaitedEntries
from govcrawl.spiders.frontier import Budget, Frontier
from govcrawl.spiders.home_page import HomePage, HomeReader
from govcrawl.spiders.kept_links import KeptLinks
from govcrawl.spiders.list_queue import ListQueue, Step
from govcrawl.spiders.list_reading import ListReader
from govcrawl.spiders.lists import Reading
from govcrawl.spiders.narrowed import RECHECK_OF, recheck_pages, standing_pages
from govcrawl.spiders.plan import SitePlan, check_plan
from govcrawl.spiders.reading import ReadingSpider, Visit
from govcrawl.spiders.shown_so_far import ShownSoFar

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.answers.soft404 import Fingerprint
    from govcrawl.pages.read import PageRead
    from govcrawl.records.items import Page
    from govcrawl.records.outcomes import StandIn
    from govcrawl.registry import Site
    from govcrawl.spiders.plan import Due, ReadList

_ENDS_LISTS = frozenset({LeftOut.MAX_SECONDS, LeftOut.MAX_BYTES})
"""Budgets at which lists are broken off; a site with more lists than pages allowed has them read all the same."""


@dataclass(slots=True, kw_only=True)
class WholeVisit(Visit):
    """One site under way. Only its sets of addresses grow with the site."""

    frontier: Frontier
    plan: SitePlan
    home_urls: set[str]
    home: HomePage = field(default_factory=HomePage)
    lists: ListQueue = field(default_factory=ListQueue)
    entries: AwaitedEntries = field(default_factory=AwaitedEntries)
    shown: ShownSoFar = field(default_factory=ShownSoFar)
    error_pages: ErrorPages = field(default_factory=ErrorPages)
    suspects: dict[str, list[tuple[Page, PageRead]]] = field(
        default_factory=dict
    )  # by the directory asked about
    stand_ins: dict[str, StandIn] = field(default_factory=dict)  # address → what came in place of its page
    walls: set[str] = field(default_factory=set)  # addresses answered as any other is, with words of no page


class VisitSpider(ReadingSpider):
    """Visits every running site. Writes a Page per request, a SectionVisit per registered section, a SiteVisit at the end."""

    name = RunKind.VISIT

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        check_plan(self.assignment.run.folder, self.assignment.run.plan)
        self.home = HomeReader(self)
        self.lists = ListReader(self)

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
            kept=KeptLinks(
                self.settings.getint("SITE_MAX_LINKS"),
                self.settings.getint("SITE_MAX_LINK_PLACES"),
                self.settings.getint("SITE_MAX_ENTRIES"),
            ),
            frontier=frontier,
            plan=plan,
            home_urls={memo.home_url},
        )
        frontier.addresses |= {memo.home_url, normalise(site.home_url)}
        for section in self.assignment.registry.sections_of(site.site_code):
            term = timedelta(days=section.update_days or self.settings.getint("SECTION_DAYS"))
            visit.lists.open += 1
            self.lists.ask(visit, Reading(section, self.as_of - term, self.dates), section.url)
        standing = standing_pages(self.assignment.run.folder, site.site_code)
        own = [url for url in standing if is_internal(url, memo.home_url)]
        for url in recheck_pages(self.settings, site.site_code) + own:
            frontier.want(url, 1)
        for due in plan.due.values():
            if is_internal(due.url, memo.home_url):  # else it lies where the site was before it moved
                frontier.expect(due.url, due.depth, stands=due.read_run_id is not None)
        frontier.leave(LeftOut.MAX_PAGES, len(plan.left_out))
        return [self.home.ask(visit)]

    def begin_inside(self, visit: WholeVisit, home_url: str) -> list[Request]:
        """Go on from a home page that was read: first see what the site answers to an address that cannot exist."""
        root = urljoin(home_url, "/")
        visit.suspects[root] = []
        return [self._ask_step(visit, self._missing_step(root))]

    # -- every page ---------------------------------------------------------------------------------------------

    def page(self, visit: WholeVisit, depth: int, answer: Response | Failure) -> Any:
        """Read a page that was requested once, on behalf of all that need it."""
        facts = self.answered(visit, answer)
        if same := self._same(visit, facts, depth):
            self.record(visit.site.site_code, same)
            self.lists.hear(visit, same)
            return self.more(visit)
        known_class = visit.entries.classes.get(facts.url)
        hint = "article" if visit.entries.lack_a_day(facts.url) or known_class is not None else None
        is_entry = visit.entries.are_at(facts.url) or facts.url in visit.shown.entries
        read = self.read(visit, facts, hint, is_entry=is_entry, words_of_all=known_class in ON_POLICY)
        if self.is_shown_by_browser(visit, facts, read):
            return [self.ask(visit, facts.url, self.page, depth, depth=depth, browser=True)]
        page = self.record_of(visit, facts, depth, read)
        if read is not None and known_class in ON_POLICY:
            page.related = self.said_by(read, related, read.links, otherwise=[])
        self.settle(visit, page, read)
        return self.more(visit)

    def _same(self, visit: WholeVisit, facts: FetchFacts, depth: int) -> Page | None:
        """The record of a page that is unchanged: the host says so, or its body is the same. Its earlier reading stands."""
        due = visit.plan.due.get(facts.url)
        if due is None or facts.outcome is not Outcome.OK or not due.may_be_unchanged:
            return None
        if facts.status != NOT_MODIFIED and hashlib.sha256(facts.body).hexdigest() != due.body_sha256:
            return None
        page = self.unchanged(visit, facts, depth, due)
        page.etag, page.last_modified = facts.etag or due.etag, facts.last_modified or due.last_modified
        page.published_at, page.date_origin = due.published_at, due.date_origin
        return page

    def unchanged(self, visit: WholeVisit, facts: FetchFacts, depth: int, before: Due | ReadList) -> Page:
        """The record of a page whose earlier reading holds."""
        page = self.page_of(visit, facts, depth, None)
        page.read_state, page.body_sha256, page.same_as_run = None, before.body_sha256, before.read_run_id
        visit.unseen.pop(page.url, None)
        return page

    def _ask_page(self, visit: WholeVisit, url: str, depth: int) -> Request:
        due = visit.plan.due.get(url)
        if due is None or not due.may_be_unchanged:
            return self.ask(visit, url, self.page, depth, depth=depth)
        return self.ask(
            visit, url, self.page, depth, depth=depth, etag=due.etag, last_modified=due.last_modified
        )

    def record_of(
        self, visit: WholeVisit, facts: FetchFacts, depth: int, read: PageRead | None, url: str | None = None
    ) -> Page:
        """Make the record of a page, and put in line what it links to; `url`: under which it is recorded."""
        first_link_no = len(visit.kept.numbers)
        new_links, link_nos = ([], []) if read is None else visit.kept.take(read)
        page = self.page_of(visit, facts, depth, read, url)
        if read is not None:
            visit.frontier.bore(page.url, fruit=visit.shown.bears_fruit(page, read.entries))
            visit.shown.add(page, read.entries)
            page.entries = read.entries
            page.first_link_no, page.new_links, page.link_nos = first_link_no, new_links, link_nos
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
            and link.kind in LEADS_TO_PAGES
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

    def settle(self, visit: WholeVisit, page: Page, read: PageRead | None) -> None:
        """Record a page with its outcome; when that depends on another answer, as soon as that is there."""
        if read is not None and page.outcome == Outcome.OK:
            url = page.final_url or page.url
            said = self.said_by(read, says_not_found, read.document, otherwise=False)
            directory = visit.error_pages.unknown(url, says_not_found=said)
            if directory is not None:
                if directory not in visit.suspects:
                    visit.suspects[directory] = []
                    visit.lists.steps.appendleft(self._missing_step(directory))
                visit.suspects[directory].append((page, read))
                return
            error_page = visit.error_pages.near(url)
            if error_page is not None:
                shown = self._shown(read)
                page.read_state = read.read_state
                if shown is not None and (seen := stand_in(shown, error_page)) is not None:
                    page.outcome = Outcome.SOFT_NOT_FOUND
                    visit.stand_ins[page.url] = seen
                elif shown is not None and is_wall(shown, error_page):
                    page.outcome = Outcome.OTHER
                    visit.walls.add(page.url)
        self.record(visit.site.site_code, page)
        self.lists.hear(visit, page)

    @staticmethod
    def is_settled(visit: WholeVisit, url: str) -> bool:
        """Whether no answer is waited for that may turn a page that came into a page in place of another."""
        return not any(page.url == url for waiting in visit.suspects.values() for page, _ in waiting)

    def _shown(self, read: PageRead) -> Fingerprint | None:
        """What a page shows, to be compared with another; None where that cannot be told."""
        whole = read.read_state is not ReadState.CUT
        return self.said_by(read, partial(fingerprint, whole=whole), read.document, otherwise=None)

    def missing(self, visit: WholeVisit, directory: str, answer: Response | Failure) -> Any:
        """Take in what the site answers to an address that cannot exist, and record the pages that waited for it."""
        read = self.read(visit, self.answered(visit, answer))
        visit.error_pages.learn(directory, None if read is None else self._shown(read))
        for page, suspect in visit.suspects.pop(directory):
            self.settle(visit, page, suspect)
        return self.more(visit)

    def _missing_step(self, directory: str) -> Step:
        """Request an address that nobody ever published. It is the same all night, so that the evidence can be repeated."""
        return Step(missing_address(self.assignment.run.plan.run_id, directory), self.missing, (directory,))

    # -- going on -----------------------------------------------------------------------------------------------

    def _ask_step(self, visit: WholeVisit, step: Step) -> Request:
        return self.ask(visit, step.url, step.method, *step.arguments, depth=step.depth, browser=step.browser)

    def more(self, visit: WholeVisit) -> Any:
        """Start as many requests as a host serves at a time; lists first, because they determine what must be read."""
        requests = []
        while visit.pending < self.window:
            now_s = time.monotonic()
            if visit.lists.steps:
                spent = visit.frontier.spent(now_s, visit.size_bytes)
                if spent in _ENDS_LISTS and any(step.of_list for step in visit.lists.steps):
                    self.lists.break_off(visit, spent)
                    continue
                step = visit.lists.steps.popleft()
                visit.frontier.taken += step.of_list is not None
                requests.append(self._ask_step(visit, step))
            elif visit.lists.open:
                break
            elif (next_page := visit.frontier.next(now_s, visit.size_bytes)) is not None:
                requests.append(self._ask_page(visit, *next_page))
            else:
                break
        if visit.pending:
            return requests
        if visit.lists.failed_once:
            return self.lists.try_again(visit)
        self._end(visit)
        return requests

    def _end(self, visit: WholeVisit) -> None:
        visit.frontier.leave(LeftOut.MAX_LINKS, visit.kept.left_out)
        not_visited = dict(visit.frontier.not_visited)
        spent = sorted(BUDGETS & not_visited.keys())
        self.lists.leave_unread(visit, spent[0] if spent else Outcome.NOT_ATTEMPTED)
        reason = FinishReason.BUDGET_SPENT if spent else FinishReason.FINISHED
        if not visit.home.came:
            reason = FinishReason.HOME_UNREACHABLE
        self.end(visit, visit.home.outcome, reason, not_visited, visit.frontier.refused())
