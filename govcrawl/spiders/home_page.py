"""Reads the home page of a site, by which the whole site is judged: again when it fails, in the browser when it shows nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govcrawl.pages.answers.moves import MOST_MOVES, brought_in, leads_to
from govcrawl.pages.links.urls import normalise
from govcrawl.records.outcomes import FAILED, Outcome
from govcrawl.records.states import ReadState
from govcrawl.spiders.reading import may_be_drawn, seen_as

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.read import PageRead
    from govcrawl.spiders.visit import VisitSpider, WholeVisit

_NOT_DRAWN = frozenset({Outcome.RENDER_FAILED, Outcome.TIMEOUT, Outcome.NOT_ATTEMPTED})
"""What a page comes to that the browser could not finish drawing, e.g. because it goes on into a private network."""


@dataclass(slots=True)
class HomePage:
    """What became of the home page of one site."""

    outcome: str = Outcome.NOT_ATTEMPTED
    came: bool = False  # all of it, or a part, or an answer without a word
    moves: int = 0  # pages in place of it that only led on to it
    plain: tuple[FetchFacts, PageRead] | None = None  # as it came, while the browser draws it


class HomeReader:
    """Holds nothing of a site: that is in its `WholeVisit`."""

    def __init__(self, spider: VisitSpider) -> None:
        self._spider = spider

    def ask(self, visit: WholeVisit) -> Request:
        """The first request of a site."""
        return self._request(visit, visit.site.home_url, self.page, browser=visit.site.render == "browser")

    def page(self, visit: WholeVisit, answer: Response | Failure) -> Any:
        """Read the home page. When it could not be read, request it once more."""
        facts = self._spider.answered(visit, answer)
        if facts.outcome in FAILED:
            return self._again(visit)
        return self._take(visit, facts)

    def page_again(self, visit: WholeVisit, answer: Response | Failure) -> Any:
        """Read the home page, or what it leads on to, whatever became of it."""
        return self._take(visit, self._spider.answered(visit, answer))

    def _request(self, visit: WholeVisit, url: str, then: Any, *, browser: bool) -> Request:
        return self._spider.ask(visit, url, then, depth=0, priority=1, browser=browser)

    async def _again(self, visit: WholeVisit) -> list[Request]:
        await asyncio.sleep(self._spider.settings.getfloat("AGAIN_PAUSE_S"))
        browser = visit.site.render == "browser"
        return [self._request(visit, visit.site.home_url, self.page_again, browser=browser)]

    def _take(self, visit: WholeVisit, facts: FetchFacts) -> Any:
        home = visit.home
        read = self._spider.read(visit, facts, kind_hint="home")
        plain, home.plain = home.plain, None
        if plain is not None and facts.outcome in _NOT_DRAWN:
            facts, read = plain
            read.read_state = ReadState.CUT  # its scripts were not seen to their end: no absence is proven
        if read is not None and (onward := _moves_on(visit, read)) is not None:
            home.moves += 1
            browser = visit.site.render == "browser"
            return [self._request(visit, onward, self.page_again, browser=browser)]
        ask_browser = visit.site.render == "auto" and plain is None and not facts.rendered
        if read is not None and ask_browser and may_be_drawn(read):
            if read.read_state is ReadState.READ:  # else the page without its scripts says nothing
                home.plain = facts, read
            return [self._request(visit, facts.url, self.page_again, browser=True)]
        home.outcome = facts.outcome if facts.outcome is not Outcome.OK else seen_as(read)
        home.came = home.outcome in (Outcome.OK, Outcome.EMPTY) or facts.broke_off
        if read is not None and facts.rendered:  # what its frames show is part of it, and was read with it
            frames = brought_in(read.document)
            visit.home_urls |= frames
            visit.frontier.addresses |= frames
        self._record(visit, facts, read)
        if read is None:
            return self._spider.more(visit)
        home_url = facts.final_url or facts.url
        visit.home_urls.add(home_url)
        visit.frontier.addresses.add(normalise(home_url))
        return self._spider.begin_inside(visit, home_url)

    def _record(self, visit: WholeVisit, facts: FetchFacts, read: PageRead | None) -> None:
        """Record the page, and hand it to the sections whose list it is."""
        spider = self._spider
        spider.record(visit.site.site_code, spider.record_of(visit, facts, 0, read, visit.memo.home_url))
        for url in {visit.memo.home_url, normalise(visit.site.home_url), visit.site.home_url}:
            if readings := visit.lists.withdraw(url):
                spider.lists.take(visit, readings, facts, read)


def _moves_on(visit: WholeVisit, read: PageRead) -> str | None:
    """The address to which a home page without content of its own sends its reader."""
    if read.read_state is not ReadState.NOTHING_SHOWN or visit.home.moves >= MOST_MOVES:
        return None
    return leads_to(read.document, visit.memo.home_url)
