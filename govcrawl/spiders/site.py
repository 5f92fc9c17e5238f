"""What stands on a site: its home page and the pages behind it, within a budget, with every link they name."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from govcrawl.pages.answers.error_pages import ErrorPages, missing_address
from govcrawl.pages.answers.soft404 import fingerprint, same_as_error_page, says_not_found
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.links.urls import is_internal
from govcrawl.pages.lists.navigation import navigation
from govcrawl.records.outcomes import FAILED, Outcome
from govcrawl.records.states import BUDGETS, FinishReason, ReadState
from govcrawl.spiders.frontier import Budget, Frontier
from govcrawl.spiders.narrowed import RECHECK_OF, recheck_pages, standing_pages
from govcrawl.spiders.reading import ReadingSpider, Visit, may_be_drawn, seen_as

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.answers.soft404 import Fingerprint
    from govcrawl.pages.read import PageRead
    from govcrawl.records.items import Link, Page
    from govcrawl.registry import Site

MOST_MOVES = 3  # from the registered address to what it shows
FOLLOWED = frozenset({"page", "frame", "refresh"})


@dataclass(slots=True, kw_only=True)
class WholeVisit(Visit):
    """Only `numbers` grows with the site."""

    frontier: Frontier
    home_urls: set[str]
    home_outcome: str = Outcome.NOT_ATTEMPTED
    error_pages: ErrorPages = field(default_factory=ErrorPages)
    moves: int = 0  # pages in place of the home page that only moved its reader on
    listed: set[str] = field(default_factory=set)  # entries of the lists read so far


class SiteSpider(ReadingSpider):
    """Home page first, then what it links to, breadth first."""

    name = "site"

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
        visit = WholeVisit(
            site=site,
            started_at=self.now(),
            memo=memo,
            frontier=Frontier(self.budget, time.monotonic()),
            home_urls={memo.home_url},
        )
        standing = standing_pages(self.assignment.run.folder, site.site_code)
        own = [url for url in standing if is_internal(url, memo.home_url)]
        for url in recheck_pages(self.settings, site.site_code) + own:
            if url not in visit.home_urls:
                visit.frontier.offer_first(url, 1)
        return [self._ask_home(visit, self.home, browser=site.render == "browser")]

    def home(self, visit: WholeVisit, answer: Response | Failure) -> Any:
        """Read the home page, or go back for it once: the one page a whole site is judged by."""
        facts = self.answered(visit, answer)
        if facts.outcome in FAILED:
            return self._home_again(visit)
        return self._home(visit, facts)

    def home_again(self, visit: WholeVisit, answer: Response | Failure) -> list[Request]:
        return self._home(visit, self.answered(visit, answer))

    def page(self, visit: WholeVisit, depth: int, answer: Response | Failure) -> list[Request]:
        facts = self.answered(visit, answer)
        read = self.read(visit, facts, is_entry=facts.url in visit.listed)
        if self.is_shown_by_browser(visit, facts, read):
            return [self.ask(visit, facts.url, self.page, depth, depth=depth, browser=True)]
        page = self._page(visit, facts, depth, read)
        if read is None:
            return self._keep(visit, page)
        url = facts.final_url or facts.url
        directory = visit.error_pages.unknown(
            url, says_not_found=self.said_by(read, says_not_found, read.document, otherwise=False)
        )
        if directory is None and visit.error_pages.near(url) is None:
            return self._keep(visit, page)
        shown = self.said_by(read, fingerprint, read.document, otherwise=None)
        page.read_state = read.read_state
        if shown is None:
            return self._keep(visit, page)
        if directory is not None:
            return [self._ask_missing(visit, directory, self.missing_beside, (page, shown))]
        return self._judge(visit, page, shown)

    def missing(self, visit: WholeVisit, directory: str, answer: Response | Failure) -> list[Request]:
        """Learn what the site says to an address that cannot exist."""
        self._learn(visit, directory, answer)
        return self._more(visit)

    def missing_beside(
        self,
        visit: WholeVisit,
        directory: str,
        suspect: tuple[Page, Fingerprint],
        answer: Response | Failure,
    ) -> list[Request]:
        """Judge a page that says it is none by what an address beside it gets that cannot exist."""
        self._learn(visit, directory, answer)
        return self._judge(visit, *suspect)

    def _ask_home(self, visit: WholeVisit, then: Any, *, browser: bool) -> Request:
        return self.ask(visit, visit.site.home_url, then, depth=0, priority=1, browser=browser)

    async def _home_again(self, visit: WholeVisit) -> list[Request]:
        await asyncio.sleep(self.settings.getfloat("AGAIN_PAUSE_S"))
        return [self._ask_home(visit, self.home_again, browser=visit.site.render == "browser")]

    def _home(self, visit: WholeVisit, facts: FetchFacts) -> list[Request]:
        read = self.read(visit, facts, kind_hint="home")
        if read is not None and visit.moves < MOST_MOVES and (onward := _moves_on(read)) is not None:
            visit.moves += 1
            browser = visit.site.render == "browser"
            return [self.ask(visit, onward, self.home_again, depth=0, priority=1, browser=browser)]
        drawn = read is not None and not facts.rendered and may_be_drawn(read)
        if drawn and visit.site.render == "auto":
            return [self.ask(visit, facts.url, self.home_again, depth=0, priority=1, browser=True)]
        visit.home_outcome = facts.outcome if facts.outcome is not Outcome.OK else seen_as(read)
        self.record(visit.site.site_code, self._page(visit, facts, 0, read, visit.memo.home_url))
        if read is None:
            return self._more(visit)
        home_url = facts.final_url or facts.url
        visit.home_urls.add(home_url)
        return [self._ask_missing(visit, urljoin(home_url, "/"), self.missing)]

    def _ask_missing(self, visit: WholeVisit, directory: str, then: Any, *arguments: Any) -> Request:
        """Ask for an address nobody ever gave out; the same all night, so that the evidence can be repeated."""
        url = missing_address(self.assignment.run.plan.run_id, directory)
        return self.ask(visit, url, then, directory, *arguments, depth=1)

    def _learn(self, visit: WholeVisit, directory: str, answer: Response | Failure) -> None:
        read = self.read(visit, self.answered(visit, answer))
        visit.error_pages.learn(directory, None if read is None else fingerprint(read.document))

    def _judge(self, visit: WholeVisit, page: Page, shown: Fingerprint) -> list[Request]:
        """Keep a page under the word it deserves: `ok`, or that it is what the site shows for any address."""
        error_page = visit.error_pages.near(page.final_url or page.url)
        if error_page is not None and same_as_error_page(shown, error_page):
            page.outcome = Outcome.SOFT_NOT_FOUND
        return self._keep(visit, page)

    def _page(
        self, visit: WholeVisit, facts: FetchFacts, depth: int, read: PageRead | None, url: str | None = None
    ) -> Page:
        page = self.page_of(visit, facts, depth, read, url)
        if read is not None:
            page.entries = read.entries
            visit.listed.update(entry.url for entry in read.entries)
            page.first_link_no = len(visit.numbers)
            page.new_links, page.link_nos = _numbered(read.links, visit.numbers)
            page.navigation = self.said_by(read, navigation, read, otherwise=[])
            page.read_state = read.read_state
            self._offer(visit, page)
        return page

    def _offer(self, visit: WholeVisit, page: Page) -> None:
        """Put what the page links to in line: the entries of the home page first, for their dates decide most."""
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
            visit.frontier.offer(url, page.depth + 1)

    def _keep(self, visit: WholeVisit, page: Page) -> list[Request]:
        self.record(visit.site.site_code, page)
        return self._more(visit)

    def _more(self, visit: WholeVisit) -> list[Request]:
        requests = []
        now_s = time.monotonic()
        while (
            visit.pending < self.window and (step := visit.frontier.next(now_s, visit.size_bytes)) is not None
        ):
            url, depth = step
            requests.append(self.ask(visit, url, self.page, depth, depth=depth))
        if not visit.pending:
            self._end(visit)
        return requests

    def _end(self, visit: WholeVisit) -> None:
        not_visited = dict(visit.frontier.not_visited)
        reason = FinishReason.BUDGET_SPENT if BUDGETS & not_visited.keys() else FinishReason.FINISHED
        if visit.home_outcome != Outcome.OK:
            reason = FinishReason.HOME_UNREACHABLE
        self.end(visit, visit.home_outcome, reason, not_visited)


def _moves_on(read: PageRead) -> str | None:
    """Where a page that shows nothing of itself sends its reader by a refresh, if that lies on the site."""
    if read.read_state is not ReadState.NOTHING_SHOWN:
        return None
    links = (link for link in read.links if link.kind == "refresh" and link.internal and link.wrong is None)
    return next((link.url for link in links if link.url != read.document.url), None)


def _numbered(links: list[Link], numbers: dict[str, int]) -> tuple[list[Link], list[int]]:
    """Pick the links not met before on this site, and number every one."""
    new, nos = [], []
    for link in links:
        number = numbers.get(link.url)
        if number is None:
            number = numbers[link.url] = len(numbers)
            new.append(link)
        nos.append(number)
    return new, nos
