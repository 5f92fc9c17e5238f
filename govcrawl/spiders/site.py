"""What stands on a site: its home page and the pages behind it, within a budget, with every link they name."""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from govcrawl.confirm import FAILURES
from govcrawl.frontier import Budget, Frontier
from govcrawl.items import Page, SiteVisit
from govcrawl.outcomes import Outcome
from govcrawl.pages.links import LinkMemo
from govcrawl.pages.soft404 import fingerprint, same_as_error_page, says_not_found
from govcrawl.pages.urls import directory_of
from govcrawl.requests import page_request
from govcrawl.spiders.reading import ReadingSpider, may_be_drawn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.items import Link
    from govcrawl.pages.document import Document
    from govcrawl.pages.read import PageRead
    from govcrawl.pages.soft404 import Fingerprint
    from govcrawl.registry import Site
    from govcrawl.requests import FetchFacts

FOLLOWED = frozenset({"page", "frame", "refresh"})
OUT_OF_BUDGET = frozenset({"max_pages", "max_seconds", "max_bytes"})


@dataclass(slots=True)
class Visit:
    """One site under way. Only `numbers` grows with the site."""

    site: Site
    started_at: str
    memo: LinkMemo
    frontier: Frontier
    numbers: dict[str, int]  # every target met, in order: the seen-set, and what Page.link_nos refers to
    home_urls: set[str]
    home_outcome: str = Outcome.NOT_ATTEMPTED
    error_pages: dict[str, Fingerprint | None] = field(
        default_factory=dict
    )  # by directory; None: a plain 404
    pending: int = 0
    requests: int = 0
    pages: int = 0
    rendered: int = 0


class SiteSpider(ReadingSpider):
    """Home page first, then what it links to, breadth first; a Page for every request, a SiteVisit at the end."""

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
        )

    async def start(self) -> AsyncIterator[Any]:
        # A host is asked for a few pages at a time; more than that in line would only take memory.
        self._window = self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._room = asyncio.Semaphore(self.settings.getint("OPEN_SITES"))
        sites = {site.site_code: site for site in self.assignment.registry.running_sites()}
        for task in self.assignment.tasks:
            await self._room.acquire()
            self.begin(task)
            yield self._ask_home(self._visit(sites[task]), self.home)

    def home(self, visit: Visit, answer: Response | Failure) -> Any:
        """Read the home page, or go back for it once: the one page a whole site is judged by."""
        facts = self._answered(visit, answer)
        if facts.outcome in FAILURES:
            return self._home_again(visit)
        return self._home(visit, facts)

    def home_again(self, visit: Visit, answer: Response | Failure) -> list[Request]:
        return self._home(visit, self._answered(visit, answer))

    def page(self, visit: Visit, depth: int, answer: Response | Failure) -> list[Request]:
        facts = self._answered(visit, answer)
        read = self._read(visit, facts, depth)
        page = self._page(visit, facts, facts.url, depth, read)
        if read is None:
            return self._keep(visit, page)
        directory = directory_of(facts.final_url or facts.url)
        if directory not in visit.error_pages and says_not_found(read.document):
            suspect = (page, fingerprint(read.document))
            return [
                self._ask_missing(visit, directory, partial(self.missing_beside, visit, directory, suspect))
            ]
        return self._keep(visit, _judged(visit, directory, page, read.document))

    def missing(self, visit: Visit, directory: str, answer: Response | Failure) -> list[Request]:
        """Learn what the site says to an address that cannot exist."""
        self._learn(visit, directory, answer)
        return self._more(visit)

    def missing_beside(
        self, visit: Visit, directory: str, suspect: tuple[Page, Fingerprint], answer: Response | Failure
    ) -> list[Request]:
        """Judge a page that says it is none by what an address beside it gets that cannot exist."""
        self._learn(visit, directory, answer)
        page, shown = suspect
        error_page = visit.error_pages[directory]
        if error_page is not None and same_as_error_page(shown, error_page):
            page.outcome = Outcome.SOFT_NOT_FOUND
        return self._keep(visit, page)

    def _visit(self, site: Site) -> Visit:
        memo = LinkMemo(site.home_url)
        return Visit(
            site=site,
            started_at=self.now(),
            memo=memo,
            frontier=Frontier(self.budget, time.monotonic()),
            numbers={},
            home_urls={memo.home_url},
        )

    def _ask_home(self, visit: Visit, then: Any, *, browser: bool | None = None) -> Request:
        visit.pending += 1
        answer = partial(then, visit)
        return page_request(
            visit.site.home_url,
            answer,
            answer,
            site=visit.site,
            priority=1,
            browser=visit.site.render == "browser" if browser is None else browser,
        )

    async def _home_again(self, visit: Visit) -> list[Request]:
        await asyncio.sleep(self.settings.getfloat("HOME_PAUSE_S"))
        return [self._ask_home(visit, self.home_again)]

    def _home(self, visit: Visit, facts: FetchFacts) -> list[Request]:
        read = self._read(visit, facts, depth=0)
        if read is not None and not facts.rendered and visit.site.render == "auto" and may_be_drawn(read):
            return [self._ask_home(visit, self.home_again, browser=True)]
        visit.home_outcome = facts.outcome
        self.record(visit.site.site_code, self._page(visit, facts, visit.memo.home_url, 0, read))
        if read is None:
            return self._more(visit)
        home_url = facts.final_url or facts.url
        visit.home_urls.add(home_url)
        directory = urljoin(home_url, "/")
        return [self._ask_missing(visit, directory, partial(self.missing, visit, directory))]

    def _ask_missing(self, visit: Visit, directory: str, answer: Any) -> Request:
        name = hashlib.blake2b(
            f"{self.assignment.run.plan.run_id} {directory}".encode(), digest_size=10
        ).hexdigest()
        visit.pending += 1
        return page_request(f"{directory}{name}.html", answer, answer, site=visit.site, depth=1)

    def _learn(self, visit: Visit, directory: str, answer: Response | Failure) -> None:
        read = self._read(visit, self._answered(visit, answer), depth=1)
        visit.error_pages[directory] = None if read is None else fingerprint(read.document)

    def _keep(self, visit: Visit, page: Page) -> list[Request]:
        self.record(visit.site.site_code, page)
        return self._more(visit)

    def _answered(self, visit: Visit, answer: Response | Failure) -> FetchFacts:
        facts = self.facts(answer)
        visit.pending -= 1
        visit.requests += 1
        visit.rendered += facts.rendered
        visit.frontier.received_bytes += facts.size_bytes
        return facts

    def _read(self, visit: Visit, facts: FetchFacts, depth: int) -> PageRead | None:
        return self.read(facts, visit.memo, kind_hint="home" if depth == 0 else None)

    def _page(self, visit: Visit, facts: FetchFacts, url: str, depth: int, read: PageRead | None) -> Page:
        visit.pages += 1
        page = self.page_of(visit.site, facts, url, depth, read)
        if read is not None:
            page.entries = read.entries
            page.first_link_no = len(visit.numbers)
            page.new_links, page.link_nos = _numbered(read.links, visit.numbers)
            self._offer(visit, page, depth + 1)
        return page

    def _offer(self, visit: Visit, page: Page, depth: int) -> None:
        """Put what the page links to in line: the entries of the home page first, for their dates decide most."""
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
            visit.frontier.offer(url, depth)

    def _more(self, visit: Visit) -> list[Request]:
        requests = []
        now_s = time.monotonic()
        while visit.pending < self._window and (step := visit.frontier.next(now_s)) is not None:
            url, depth = step
            answer = partial(self.page, visit, depth)
            requests.append(page_request(url, answer, answer, site=visit.site, depth=depth))
            visit.pending += 1
        if not visit.pending:
            self._finish(visit)
        return requests

    def _finish(self, visit: Visit) -> None:
        site_code = visit.site.site_code
        not_visited = dict(visit.frontier.not_visited)
        if visit.home_outcome != Outcome.OK:
            reason = "home_unreachable"
        else:
            reason = "budget_spent" if OUT_OF_BUDGET & not_visited.keys() else "finished"
        self.record(
            site_code,
            SiteVisit(
                site_code=site_code,
                started_at=visit.started_at,
                finished_at=self.now(),
                home_outcome=visit.home_outcome,
                robots=self.robots_word(visit.site),
                finish_reason=reason,
                requests=visit.requests,
                pages=visit.pages,
                size_bytes=visit.frontier.received_bytes,
                rendered=visit.rendered,
                not_visited=not_visited,
            ),
        )
        self.done(site_code)
        self._room.release()


def _numbered(links: list[Link], numbers: dict[str, int]) -> tuple[list[Link], list[int]]:
    """The links not met before on this site, and the number of every one."""
    new, nos = [], []
    for link in links:
        number = numbers.get(link.url)
        if number is None:
            number = numbers[link.url] = len(numbers)
            new.append(link)
        nos.append(number)
    return new, nos


def _judged(visit: Visit, directory: str, page: Page, doc: Document) -> Page:
    """Say so when a page shows what its directory, or else the site, shows for addresses that cannot exist."""
    error_page = visit.error_pages.get(directory) or visit.error_pages.get(urljoin(directory, "/"))
    if error_page is not None and same_as_error_page(fingerprint(doc), error_page):
        page.outcome = Outcome.SOFT_NOT_FOUND
    return page
