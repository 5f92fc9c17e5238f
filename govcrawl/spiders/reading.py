"""What the spiders that read pages share: a site under way, and the record of a page from what became of it."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from govcrawl.network.middlewares.robots import ObeyRobots
from govcrawl.network.requests import page_request
from govcrawl.pages.read import read_page
from govcrawl.records.evidence import Copy
from govcrawl.records.items import Page, PageFacts, SiteVisit, carried
from govcrawl.records.outcomes import Outcome
from govcrawl.spiders.base import RunSpider
from govcrawl.spiders.signals import page_read, task_lost

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.links.on_page import LinkMemo
    from govcrawl.pages.read import PageRead
    from govcrawl.registry import Site


@dataclass(slots=True, kw_only=True)
class Visit:
    """One site under way: a task. It ends when nothing is pending any more."""

    site: Site
    started_at: str
    memo: LinkMemo
    numbers: dict[str, int] = field(default_factory=dict)  # link targets met, in their order: the seen-set
    pending: int = 0
    requests: int = 0
    pages: int = 0
    size_bytes: int = 0
    rendered: int = 0
    lost: bool = False


class ReadingSpider(RunSpider):
    """Visits sites, each a task, so many at a time; a Page for every request, a SiteVisit at the end of each."""

    @cached_property
    def window(self) -> int:
        """How many pages of a site are asked for at a time; more than its host serves in line would only take memory."""
        return self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")

    async def start(self) -> AsyncIterator[Any]:
        self._room = asyncio.Semaphore(self.settings.getint("OPEN_SITES"))
        sites = {site.site_code: site for site in self.assignment.registry.running_sites()}
        for task in self.assignment.tasks:
            await self._room.acquire()
            self.begin(task)
            for request in self.set_out(sites[task]):
                yield request

    def set_out(self, site: Site) -> list[Request]:
        """Begin the visit of a site."""
        raise NotImplementedError

    def ask(
        self,
        visit: Visit,
        url: str,
        method: Callable[..., Any],
        *arguments: Any,
        depth: int,
        priority: int = 0,
        browser: bool = False,
    ) -> Request:
        """Ask for a page; `method` gets `visit`, `arguments` and then the response or the failure."""
        visit.pending += 1
        answer = partial(self._guarded, visit, partial(method, visit, *arguments))
        return page_request(
            url, answer, answer, site=visit.site, depth=depth, priority=priority, browser=browser
        )

    def answered(self, visit: Visit, answer: Response | Failure) -> FetchFacts:
        """Note what became of a request of this visit."""
        facts = self.facts(answer)
        visit.pending -= 1
        visit.requests += 1
        visit.size_bytes += facts.size_bytes
        visit.rendered += facts.rendered
        return facts

    def read(
        self,
        visit: Visit,
        facts: FetchFacts,
        kind_hint: str | None = None,
        selector: str | None = None,
    ) -> PageRead | None:
        """Read what came, if it is a page that came."""
        if facts.unreadable:
            return None
        if facts.outcome is not Outcome.OK or not _is_document(facts):
            return None
        try:
            return read_page(
                facts.body,
                facts.final_url or facts.url,
                content_type=facts.content_type,
                as_of=self.as_of,
                memo=visit.memo,
                kind_hint=kind_hint,
                selector=selector,
                met=visit.numbers,
            )
        except Exception:  # one page that breaks the reader must not cost the other pages of its site
            self.logger.exception("%s cannot be read", facts.url)
            return None

    def is_entrance(self, facts: FetchFacts) -> bool:
        return facts.depth == 0

    def left_unread(self, facts: FetchFacts) -> FetchFacts:
        """The page came, and is recorded with its body; only nobody reads it."""
        return replace(facts, unreadable=True)

    def page_of(
        self, visit: Visit, facts: FetchFacts, depth: int, read: PageRead | None, url: str | None = None
    ) -> Page:
        """Make the record of a requested page: what became of it, and what it says of itself."""
        visit.pages += 1
        page = Page(
            **carried(facts, Page)
            | ({} if read is None else carried(read, PageFacts))
            | {
                "site_code": visit.site.site_code,
                "url": url or facts.url,
                "fetched_at": facts.fetched_at or self.now(),
                "depth": depth,
            }
        )
        if facts.body:
            page.body_sha256 = hashlib.sha256(facts.body).hexdigest()
        if read is not None:
            self._show(page, facts)
        return page

    def _show(self, page: Page, facts: FetchFacts) -> None:
        """Let the page be put aside as it came, for what may be found on it."""
        copy = Copy(
            page.final_url or page.url, f"{page.fetched_at}Z", facts.content_type or "text/html", facts.body
        )
        self.crawler.signals.send_catch_log(
            page_read, task=page.site_code, sha256=page.body_sha256, copy=copy
        )

    def end(
        self, visit: Visit, home_outcome: str, finish_reason: str, not_visited: dict[str, int] | None = None
    ) -> None:
        """Close the visit: its last record, and its task is done."""
        site_code = visit.site.site_code
        self.record(
            site_code,
            SiteVisit(
                site_code=site_code,
                started_at=visit.started_at,
                finished_at=self.now(),
                home_outcome=home_outcome,
                robots=self._robots_word(visit.site),
                finish_reason=finish_reason,
                requests=visit.requests,
                pages=visit.pages,
                size_bytes=visit.size_bytes,
                rendered=visit.rendered,
                not_visited=not_visited or {},
            ),
        )
        self.done(site_code)
        self._room.release()

    def _guarded(self, visit: Visit, method: Callable[..., Any], answer: Response | Failure) -> Any:
        """Let a fault of ours cost the site it happened on, and no other: its task stays open."""
        if visit.lost:
            return []
        try:
            return method(answer)
        except Exception:
            self.logger.exception("%s: the visit is given up", visit.site.home_url)
            visit.lost = True
            self.crawler.signals.send_catch_log(task_lost, task=visit.site.site_code)
            self._room.release()
            return []

    def _robots_word(self, site: Site) -> str:
        robots = self.crawler.get_downloader_middleware(ObeyRobots)
        word = robots.word(site.home_url) if isinstance(robots, ObeyRobots) else None
        return word or "not_asked"


def may_be_drawn(read: PageRead) -> bool:
    """Whether a page without entries may get them from its scripts: only a browser can tell, so it has to look."""
    return not read.entries and read.document.tree.css_first("script") is not None


def _is_document(facts: FetchFacts) -> bool:
    if facts.content_type is None:
        return b"<" in facts.body[:1024]
    return any(word in facts.content_type.lower() for word in ("html", "xml", "text/plain"))
