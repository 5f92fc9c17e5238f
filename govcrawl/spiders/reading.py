"""What the spiders that read pages share: a site under way, and the record of a page from what became of it."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from govcrawl.network.middlewares.robots import ObeyRobots
from govcrawl.network.pace import Pace
from govcrawl.network.requests import keep_for, page_request
from govcrawl.pages.answers import headers
from govcrawl.pages.dates.date_reader import DateReader
from govcrawl.pages.read import read_page
from govcrawl.records.evidence import Copy
from govcrawl.records.items import Page, PageFacts, PageText, SiteVisit, carried
from govcrawl.records.outcomes import TELLING, Outcome
from govcrawl.records.states import ReadState
from govcrawl.spiders.base import RunSpider
from govcrawl.spiders.known_texts import KnownTexts
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
    from govcrawl.spiders.kept_links import KeptLinks


MAX_TEXT = 1_000_001  # characters kept of a text: one more than is looked at, so that a cut one is told

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Visit:
    """One site under way: a task. It ends when nothing is pending any more."""

    site: Site
    started_at: str
    memo: LinkMemo
    kept: KeptLinks
    pending: int = 0
    requests: int = 0
    pages: int = 0
    size_bytes: int = 0
    rendered: int = 0
    looks: int = 0  # in the browser, at pages that showed nothing
    lost: bool = False
    texts: set[str] = field(default_factory=set)  # hashes of those this visit has kept
    unseen: dict[str, str] = field(default_factory=dict)  # address of a page that proves nothing → why


class ReadingSpider(RunSpider):
    """Visits sites, each a task, so many at a time; a Page for every request, a SiteVisit at the end of each."""

    @cached_property
    def dates(self) -> DateReader:
        """What reads the dates of an answer that is data and no page."""
        return DateReader(self.as_of)

    @cached_property
    def window(self) -> int:
        """How many pages of a site are asked for at a time; more than its host serves in line would only take memory."""
        return self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")

    @cached_property
    def _texts_kept(self) -> bool:
        return self.settings.getbool("TEXTS_KEPT")

    @cached_property
    def _known_texts(self) -> KnownTexts:
        return KnownTexts.of_run(self.assignment.run.folder)

    async def start(self) -> AsyncIterator[Any]:
        self._room = asyncio.Semaphore(self.settings.getint("OPEN_SITES"))
        sites = {site.site_code: site for site in self.assignment.registry.running_sites()}
        for task in self.assignment.tasks:
            await self._room.acquire()
            if self.out_of_time():
                break
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
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Request:
        """Ask for a page; `method` gets `visit`, `arguments` and then the response or the failure."""
        visit.pending += 1
        answer = partial(self._guarded, visit, partial(method, visit, *arguments))
        request = page_request(
            url,
            answer,
            answer,
            site=visit.site,
            depth=depth,
            priority=priority,
            browser=browser,
            etag=etag,
            last_modified=last_modified,
        )
        return keep_for(request, visit.site.site_code)

    def answered(self, visit: Visit, answer: Response | Failure) -> FetchFacts:
        """Note what became of a request of this visit."""
        facts = self.facts(answer)
        visit.pending -= 1
        visit.requests += (
            facts.fetched_at is not None
        )  # refused by robots.txt or our own guard: nothing was sent
        visit.size_bytes += facts.size_bytes
        visit.rendered += facts.rendered
        return facts

    def read(
        self,
        visit: Visit,
        facts: FetchFacts,
        kind_hint: str | None = None,
        selector: str | None = None,
        *,
        is_entry: bool = False,
        words_of_all: bool = False,
    ) -> PageRead | None:
        """Read what came, if it is a page that came; `words_of_all`: with the words of links met before, too."""
        if facts.unreadable:
            return None
        if not (facts.outcome is Outcome.OK or facts.broke_off) or not _is_document(facts):
            return None
        read = read_page(
            facts.body,
            facts.final_url or facts.url,
            content_type=facts.content_type,
            as_of=self.as_of,
            memo=visit.memo,
            kind_hint=kind_hint,
            selector=selector,
            is_entry=is_entry,
            links_before=() if words_of_all else visit.kept.numbers,
            drawn=facts.rendered,
            whole=not facts.broke_off,
        )
        if facts.cut and read.read_state is ReadState.READ:
            read.read_state = ReadState.CUT
        return read

    def said_by(self, read: PageRead, reader: Callable[..., T], *arguments: Any, otherwise: T) -> T:
        """What one more reader says of a page; one that breaks leaves the page unreadable and its visit going on."""
        try:
            return reader(*arguments)
        except Exception:
            self.logger.exception("%s cannot be read", read.document.url)
            read.read_state = ReadState.UNREADABLE
            return otherwise

    def is_shown_by_browser(self, visit: Visit, facts: FetchFacts, read: PageRead | None) -> bool:
        """Whether a page that showed nothing is to be looked at once more, in the browser; a site has so many looks."""
        if read is None or read.read_state is not ReadState.NOTHING_SHOWN:
            return False
        if (
            facts.rendered
            or visit.site.render != "auto"
            or visit.looks >= self.settings.getint("SITE_MAX_LOOKS")
        ):
            return False
        visit.looks += 1
        return True

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
        if read is None:
            page.read_state = _state_unread(facts)
        if page.outcome not in TELLING:
            visit.unseen[page.url] = str(page.outcome)
        elif page.outcome == Outcome.OK and page.read_state != ReadState.READ:
            visit.unseen[page.url] = str(page.read_state)
        else:
            visit.unseen.pop(page.url, None)  # tried again
        if depth == 0:
            page.answer_headers = headers.kept(facts.headers)
        if facts.body:
            page.body_sha256 = hashlib.sha256(facts.body).hexdigest()
        if read is not None:
            self.show(page, facts)
            if self._texts_kept and page.outcome == Outcome.OK and read.text:
                self._keep_text(visit, page, read.text)
        return page

    def _keep_text(self, visit: Visit, page: Page, text: str) -> None:
        """Keep the text of a page, unless this visit or an earlier run has."""
        sha256 = page.text_sha256
        if sha256 is None or sha256 in visit.texts or self._known_texts.holds(sha256):
            return
        visit.texts.add(sha256)
        self.record(
            page.site_code,
            PageText(
                site_code=page.site_code,
                sha256=sha256,
                text=text[:MAX_TEXT],
                url=page.url,
                first_seen_at=page.fetched_at,
                published_on=page.published_at[:10] if page.published_at else None,
            ),
        )

    def show(self, page: Page, facts: FetchFacts) -> None:
        """Let the page be put aside as it came, for what may be found on it."""
        copy = copy_of(facts, page.final_url or page.url, page.fetched_at)
        self.crawler.signals.send_catch_log(
            page_read, task=page.site_code, sha256=page.body_sha256, copy=copy
        )

    def end(
        self,
        visit: Visit,
        home_outcome: str,
        finish_reason: str,
        not_visited: dict[str, int],
        refused: dict[str, int],
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
                not_visited=dict(Counter(not_visited) + Counter(visit.unseen.values())),
                refused=refused,
            ),
        )
        self.done(site_code)
        self._room.release()

    def _guarded(self, visit: Visit, method: Callable[..., Any], answer: Response | Failure) -> Any:
        """Let a fault of ours cost the site it happened on, and no other: its task stays open. So with pages that take long to read."""
        if visit.lost:
            return []
        began_s = time.thread_time()
        try:
            return method(answer)
        except Exception:
            self.logger.exception("%s: the visit is given up", visit.site.home_url)
            visit.lost = True
            self.crawler.signals.send_catch_log(task_lost, task=visit.site.site_code)
            self._room.release()
            return []
        finally:
            if (pace := self.crawler.get_extension(Pace)) is not None:
                pace.held(answer.request, time.thread_time() - began_s)  # type: ignore[arg-type,union-attr]

    def _robots_word(self, site: Site) -> str:
        robots = self.crawler.get_downloader_middleware(ObeyRobots)
        word = robots.word(site.home_url) if isinstance(robots, ObeyRobots) else None
        return word or "not_asked"


_BROKEN_OFF = frozenset({Outcome.RESET, Outcome.TIMEOUT})
"""What a transfer comes to that ends before the page does, if any of it came."""
_SEEN_AS = {
    ReadState.NOTHING_SHOWN: Outcome.EMPTY,
    ReadState.UNREADABLE: Outcome.OTHER,
    ReadState.NOT_A_PAGE: Outcome.OTHER,
}


def seen_as(read: PageRead | None) -> Outcome:
    """The outcome of an answer 200 once it is read: only what shows something counts as opened."""
    return Outcome.OTHER if read is None else _SEEN_AS.get(ReadState(read.read_state or ""), Outcome.OK)


def _state_unread(facts: FetchFacts) -> ReadState | None:
    """The state of a page nobody read; None where no page came."""
    if facts.unreadable:
        return ReadState.UNREADABLE
    if facts.outcome is Outcome.OK or facts.broke_off:
        return ReadState.NOT_A_PAGE
    begun = facts.outcome in _BROKEN_OFF and facts.size_bytes > 0
    return ReadState.CUT if begun or facts.outcome is Outcome.TOO_LARGE else None


def copy_of(facts: FetchFacts, url: str, fetched_at: str) -> Copy:
    """The page as it came, with its head, to be put aside."""
    return Copy(
        url,
        f"{fetched_at}Z",
        facts.content_type or "text/html",
        facts.body,
        status=None if facts.rendered else facts.status,
        headers=facts.headers,
        redirects=tuple(facts.redirects),
    )


def may_be_drawn(read: PageRead) -> bool:
    """Whether a page without entries may have them in its scripts or frames: only a browser can tell, so it has to look."""
    if read.read_state is ReadState.NOTHING_SHOWN:
        return True
    return not read.entries and read.document.tree.css_first("script, iframe, frame") is not None


def _is_document(facts: FetchFacts) -> bool:
    if facts.content_type is None:
        return b"<" in facts.body[:1024]
    return any(word in facts.content_type.lower() for word in ("html", "xml", "text/plain"))
