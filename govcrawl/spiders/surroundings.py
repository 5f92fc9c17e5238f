"""Examines what belongs to a site beside its pages: certificate, IPv6, reader services, search, feeds of accounts."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from govcrawl.network import ipv6
from govcrawl.network.ipv6 import Door
from govcrawl.network.middlewares.complete_chains import LONGEST_GAP, CompleteChains
from govcrawl.network.middlewares.robots import ObeyRobots
from govcrawl.network.requests import (
    PROBE_TIMEOUT_S,
    disguised_request,
    examined_request,
    page_request,
    registered_request,
    search_request,
)
from govcrawl.network.resolve import addresses_of
from govcrawl.network.resolve_rules import rules_of
from govcrawl.network.tls import inspect
from govcrawl.pages.answers.moves import MOST_MOVES, leads_to
from govcrawl.pages.answers.seen import shown_state
from govcrawl.pages.facts import search
from govcrawl.pages.facts.assistant import ASSISTANT, AssistantEntry, assistant_entry, place_to_ask
from govcrawl.pages.facts.footer import footer
from govcrawl.pages.links.urls import DEFAULT_PORTS, split
from govcrawl.pages.lists.feed import read_feed
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document
from govcrawl.pages.markup.furniture import ACCESSIBILITY, SHARE, furniture
from govcrawl.pages.nets.foot import ITEMS, foot
from govcrawl.pages.nets.offered import SEARCH, offered
from govcrawl.pages.tampering.faces import describe
from govcrawl.pages.tampering.site_files import (
    MAP,
    PROOFS,
    ROBOTS,
    describe_map,
    describe_proof,
    describe_proofs,
    describe_robots,
    map_named,
)
from govcrawl.records.barrier_words import BarrierAspect, EntryAnswer
from govcrawl.records.items import (
    BarrierTrial,
    ExaminedPage,
    Face,
    FaceTrial,
    FeedVisit,
    HostCheck,
    Look,
    SearchAttempt,
    ServiceTrial,
    SiteFile,
    instant,
)
from govcrawl.records.kinds import RunKind
from govcrawl.records.outcomes import Outcome, of_exception
from govcrawl.records.service_words import AssistantWay, Hindrance, SearchWay
from govcrawl.records.states import ReadState
from govcrawl.registry.choices import SiteKind
from govcrawl.spiders.base import RunSpider
from govcrawl.spiders.earlier_looks import EarlierLooks
from govcrawl.spiders.given_up import unlooked_host
from govcrawl.spiders.known_titles import known_titles
from govcrawl.spiders.narrowed import RECHECK_OF, recheck_faces
from govcrawl.spiders.reading import copy_of
from govcrawl.spiders.signals import page_read, task_lost
from govcrawl.spiders.tasks import feed_tasks
from govcrawl.spiders.visitors import PLAIN, cookies_of, every_visitor, file_of_week, shown_lately, visitors

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from scrapy import Request

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.facts.search import SearchOffer
    from govcrawl.pages.links.urls import Address
    from govcrawl.registry import Account, Site
    from govcrawl.spiders.known_titles import KnownTitle
    from govcrawl.spiders.visitors import Visitor

TITLES = 4  # 选4条已发布标题
_ON_HOME = frozenset(
    {SEARCH, ACCESSIBILITY, "ticket_entry"}
)  # looked for once more in the browser, where missing
_ON_ARTICLE = frozenset({SHARE})
LEAST_EXAMINATION_S = 0.5  # with less left of the night's time no page is begun


@dataclass(slots=True)
class Around:
    """One site under way, and what it was burdened with."""

    site: Site
    address: Address
    requests: int = 0
    looks: list[Look] = field(default_factory=list)
    plain: dict[str, FetchFacts] = field(default_factory=dict)  # pages as they came to us, by address
    titles: list[KnownTitle] | None = None  # of articles the visit read; None before they are asked for
    assistant: AssistantEntry | None = None  # of a portal


class SurroundingsSpider(RunSpider):
    """A HostCheck and a ServiceTrial for every site, a FeedVisit for every account that names a feed.

    A dozen requests a site at most. It asks its own questions one after the other, so a site is one coroutine.
    """

    name = RunKind.SURROUNDINGS

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._waiting = len(self.assignment.tasks)

    def waiting(self) -> int:
        return self._waiting

    async def start(self) -> AsyncIterator[Any]:
        self._room = asyncio.Semaphore(self.settings.getint("OPEN_SITES"))
        rules = rules_of(self.settings)
        self._ruled = {(rule.host, rule.port) for rule in rules}
        sites = {site.site_code: site for site in self.assignment.registry.running_sites()}
        feeds = feed_tasks(self.assignment.registry)
        self._shown_lately = shown_lately(self.assignment.run.folder, self.as_of)
        self._earlier = EarlierLooks(self.assignment.run.folder, self.as_of)
        await asyncio.gather(
            *(self._task(task, sites.get(task), feeds.get(task, [])) for task in self.assignment.tasks)
        )
        for nothing in list[Any]():  # an asynchronous generator all the same, as Scrapy asks
            yield nothing

    async def _task(self, task: str, site: Site | None, accounts: list[Account]) -> None:
        """Do one task; a fault of ours costs this task and no other."""
        async with self._room:
            if self.out_of_time():
                return
            self.begin(task)
            try:
                if site is not None:
                    await self._site(task, site)
                for account in accounts:
                    self.record(task, await self._feed(account))
            except Exception:
                self.logger.exception("%s: given up", task)
                self.crawler.signals.send_catch_log(task_lost, task=task)
            else:
                self.done(task)
            self._waiting -= 1

    async def _site(self, task: str, site: Site) -> None:
        check = unlooked_host(site, self.now())
        address = split(site.home_url)
        assert address is not None  # noqa: S101 - the registry holds web addresses only
        around = Around(site, address)
        await self._certificate(around, check)
        await self._ipv6(around, check)
        trial = await self._services(around)
        check.requests = around.requests
        self.record(task, check)
        self.record(task, trial)
        robots = self._robots(around)
        for file in (robots, self._proofs(around)):
            if file is not None:
                self.record(task, file)
        if site.home_url in around.plain and (visitors := await self._visitors(around)):
            faces = await self._faces(task, around, visitors)
            name = file_of_week(self.as_of)
            if name is not None and not self.settings.get(RECHECK_OF):
                self.record(task, await self._file(around, name, robots))
                faces.requests += 1
            self.record(task, faces)
        if site.render != "http" and not self.settings.get(RECHECK_OF):
            barriers = await self._barriers(around)
            if barriers.pages:
                self.record(task, barriers)

    # -- the host -------------------------------------------------------------------------------------------

    async def _certificate(self, around: Around, check: HostCheck) -> None:
        completions = 0
        while True:
            around.requests += 1
            try:
                seen = await inspect(check.host, check.tls_port, PROBE_TIMEOUT_S)
            except Exception as error:  # noqa: BLE001 - whatever ends a handshake has its word
                check.tls_outcome, _ = of_exception(error)
                return
            if (
                seen.issuer_url is None
                or completions == LONGEST_GAP
                or not await self._complete(seen.issuer_url)
            ):
                break
            completions += 1
        check.tls_outcome, check.tls_problem = Outcome.OK, seen.problem
        if seen.certificate is not None:
            check.tls_subject = seen.certificate.subject
            check.tls_issuer = seen.certificate.issuer
            check.tls_names = seen.certificate.names
            check.tls_not_before_at = instant(seen.certificate.not_before)
            check.tls_not_after_at = instant(seen.certificate.not_after)

    async def _complete(self, issuer_url: str) -> bool:
        chains = self.crawler.get_downloader_middleware(CompleteChains)
        return isinstance(chains, CompleteChains) and await chains.complete(issuer_url)

    async def _ipv6(self, around: Around, check: HostCheck) -> None:
        address = around.address
        port = address.port or DEFAULT_PORTS[address.scheme]
        found = await addresses_of(check.host, port)
        doors = [Door(one.host, one.port or port) for one in found if ":" in one.host]
        check.ipv6_known = bool(doors) or (bool(found) and (check.host, port) not in self._ruled)
        check.ipv6_addresses = [door.address for door in doors]
        check.ipv6_route = ipv6.has_route(*check.ipv6_addresses[:1])
        if doors and check.ipv6_route:
            around.requests += len(doors)
            check.ipv6_outcome, check.ipv6_status = await ipv6.knock(
                doors,
                host=check.host,
                path=address.path,
                tls=address.scheme == "https",
                user_agent=self.settings["USER_AGENT"],
            )

    # -- what it offers -------------------------------------------------------------------------------------

    async def _services(self, around: Around) -> ServiceTrial:
        site = around.site
        trial = ServiceTrial(site.site_code, self.now(), SearchWay.NOT_LOOKED)
        trial.looks = around.looks
        portal = site.kind == SiteKind.PORTAL
        offers = await self._look(
            around, site.home_url, "home", _ON_HOME | {ASSISTANT} if portal else _ON_HOME
        )
        if portal and offers:
            await self._assistant(around, trial)
        offer = next((one for one in offers if one.way != SearchWay.NONE), offers[-1] if offers else None)
        if offer is None:
            return trial
        if offer.way == SearchWay.LINK and offer.link is not None:
            offer = await self._behind(around, offer, offer.link)
        trial.search = offer.way
        if offer.form is not None:
            trial.search_url, trial.search_method = offer.form.action, offer.form.method
        titles = self._titles(around)
        if offer.box is not None or offer.form is not None:
            trial.attempts = self._earlier.standing_search(
                site.site_code, trial.search, trial.search_url, len(titles)
            ) or [await self._try(around, offer, title) for title in titles]
        for title in titles[:2]:
            await self._look(around, title.url, "article", _ON_ARTICLE)
            if any(SHARE in look.seen for look in around.looks):
                break
        return trial

    def _titles(self, around: Around) -> list[KnownTitle]:
        """Titles of the site's articles, read from the records of its visit for the first who asks."""
        if around.titles is None:
            run, site = self.assignment.run, around.site
            assert run.plan.of_run is not None  # noqa: S101 - a surroundings run is of a visit
            visit = run.folder.parent / run.plan.of_run
            around.titles = known_titles(visit, site.site_code, site.home_url, self.as_of, TITLES)
        return around.titles

    async def _look(self, around: Around, url: str, kind: str, wanted: frozenset[str]) -> list[SearchOffer]:
        """Look at a page, and once more in the browser where something is missing that a script may draw.

        What the browser showed some nights ago may stand for tonight.
        """
        offers: list[SearchOffer] = []
        seen: set[str] = set()
        plain_sha256: str | None = None
        for browser in _ways(around.site):
            if browser and offers:
                code = around.site.site_code
                stands = self._earlier.standing_look(code, kind, wanted - seen, plain_sha256)
                if stands is not None:
                    around.looks.append(stands)
                    break
            facts = await self._led(around, url, kind, browser=browser)
            look = Look(
                facts.final_url or url, kind, facts.outcome, facts.rendered, plain_sha256=plain_sha256
            )
            if not browser and facts.body:
                plain_sha256 = hashlib.sha256(facts.body).hexdigest()
            around.looks.append(look)
            if facts.outcome is not Outcome.OK:
                continue
            document, charset = _document(facts)
            if shown_state(document, kind) is not ReadState.READ:
                look.outcome = Outcome.EMPTY
                if not browser and around.site.render == "auto":
                    around.looks.pop()  # the browser's look speaks for both
                continue
            offers.append(search.search_offer(document, charset))
            words = {*furniture(document), *footer(document)}
            if offers[-1].way != SearchWay.NONE:
                words.add(SEARCH)
            if ASSISTANT in wanted and (entry := assistant_entry(document)) is not None:
                words.add(ASSISTANT)
                around.assistant = entry
            look.seen = sorted(words)
            lacking = wanted - words
            look.doubts = offered(document, lacking) | foot(
                document, [item for item in ITEMS if item not in words]
            )
            seen |= words
            if wanted <= seen or document.tree.css_first("script") is None:
                break
            if (
                around.site.render == "http"
            ):  # the registry forbids the browser, so what is missing stays open
                around.looks.append(Look(look.url, kind, Outcome.RENDER_FAILED, rendered=False))
        return offers

    async def _led(self, around: Around, url: str, kind: str, *, browser: bool) -> FetchFacts:
        """What a reader gets to see at an address: of a page that only leads on, the one it leads to."""
        depth = 0 if kind == "home" else 1
        facts = await self._fetch(around, page_request(url, site=around.site, depth=depth, browser=browser))
        if not facts.rendered:
            around.plain[url] = facts
        for _ in range(MOST_MOVES):
            if facts.outcome is not Outcome.OK or facts.rendered:
                break
            document = _document(facts)[0]
            shows = shown_state(document, kind) is ReadState.READ
            onward = None if shows else leads_to(document, around.site.home_url)
            if onward is None:
                break
            facts = await self._fetch(around, page_request(onward, site=around.site, depth=depth))
        return facts

    async def _behind(self, around: Around, offer: SearchOffer, link: str) -> SearchOffer:
        """The search on the page a link of the home page leads to; the link itself where none is seen there."""
        facts = await self._fetch(
            around, search_request(link, b"", site=around.site, method="GET", browser=False)
        )
        if facts.outcome is not Outcome.OK:
            return offer
        behind = search.search_offer(*_document(facts))
        return behind if behind.form is not None else offer

    async def _assistant(self, around: Around, trial: ServiceTrial) -> None:
        """Open what the entry to the assistant leads to, and see whether a question can be put there; none is put."""
        entry = around.assistant
        if entry is None:
            trial.assistant = AssistantWay.NONE
            return
        trial.assistant = AssistantWay.SCRIPT if entry.url is None else AssistantWay.LINK
        trial.assistant_text, trial.assistant_url = entry.text, entry.url
        if entry.url is None:
            return
        for browser in _ways(around.site):
            facts = await self._fetch(
                around, search_request(entry.url, b"", site=around.site, method="GET", browser=browser)
            )
            trial.assistant_outcome = facts.outcome
            if facts.outcome is not Outcome.OK:
                return
            document, _ = _document(facts)
            drawn = facts.rendered or document.tree.css_first("script") is None
            box = place_to_ask(document)
            trial.assistant_box = box if box or drawn else None
            if box or drawn:
                return

    async def _try(self, around: Around, offer: SearchOffer, title: KnownTitle) -> SearchAttempt:
        """Put one title into the search: as the form would send it, then, if need be, by the browser's hand."""
        attempt = SearchAttempt(
            title.title, title.url, None, Outcome.NOT_ATTEMPTED, None, rendered=False, found=False
        )
        if offer.form is not None:
            url, body = offer.form.question(title.title)
            attempt.asked_url = url
            request = search_request(url, body, site=around.site, method=offer.form.method, browser=False)
            drawn = self._answered(attempt, await self._fetch(around, request))
            if attempt.found or attempt.outcome != Outcome.OK or attempt.hindrance or not drawn:
                return attempt
        if around.site.render == "http" or offer.box is None:
            attempt.hindrance = Hindrance.DRAWN
            return attempt
        typed = search_request(
            offer.page_url, b"", site=around.site, method="GET", browser=True, typed=(offer.box, title.title)
        )
        self._answered(attempt, await self._fetch(around, typed))
        return attempt

    def _answered(self, attempt: SearchAttempt, facts: FetchFacts) -> bool:
        """Read a page of results; whether scripts may have more to show."""
        attempt.outcome, attempt.status = facts.outcome, facts.status
        attempt.rendered = facts.rendered
        attempt.asked_url = attempt.asked_url if not facts.rendered else facts.final_url
        if facts.outcome is not Outcome.OK:
            return False
        document, _ = _document(facts)
        attempt.found, attempt.results = search.results(document, attempt.title, attempt.entry_url)
        if not attempt.found and search.asks_for_proof(document):
            attempt.hindrance = Hindrance.CAPTCHA
        may_show_more = document.tree.css_first("script") is not None
        is_last = facts.rendered or not may_show_more
        if is_last and not attempt.found and not attempt.results and not search.says_none(document):
            attempt.hindrance = attempt.hindrance or Hindrance.SILENT
        return may_show_more

    # -- its faces ------------------------------------------------------------------------------------------

    async def _visitors(self, around: Around) -> list[Visitor]:
        """Who asks tonight: the visitors of the week where they are due; in a re-check all of them, at the pages of its faults."""
        site, run_id = around.site, self.assignment.run.plan.run_id
        pages = recheck_faces(self.settings, site.site_code)
        if pages is None:
            sample = next((url for url in around.plain if url != site.home_url), None)
            due = site.site_code not in self._shown_lately
            return visitors(site.home_url, sample, self.as_of, run_id) if due else []
        samples = [url for url in pages if url != site.home_url]
        for url in samples:  # what everybody sees there
            await self._led(around, url, "article", browser=False)
        return every_visitor(site.home_url, samples, run_id) if pages else []

    async def _faces(self, task: str, around: Around, visitors: Sequence[Visitor]) -> FaceTrial:
        """Ask the site as different visitors, each once."""
        site = around.site
        trial = FaceTrial(site.site_code, self.now(), 0)
        for url, facts in around.plain.items():
            trial.faces.append(self._face(task, site, PLAIN, url, facts))
        for visitor in visitors:
            cookies = cookies_of(around.plain[site.home_url]) if visitor.returns else {}
            if visitor.returns and not cookies:
                continue  # nothing by which the site could know its visitor again
            request = disguised_request(
                visitor.url, site=site, headers=visitor.headers, cookies=cookies, depth=visitor.depth
            )
            facts = await self._fetch(around, request)
            trial.requests += 1
            trial.faces.append(self._face(task, site, visitor, visitor.url, facts))
        return trial

    def _face(self, task: str, site: Site, visitor: Visitor, url: str, facts: FetchFacts) -> Face:
        face = Face(
            visitor.channel,
            visitor.name,
            url,
            facts.outcome,
            facts.status,
            facts.final_url,
            facts.fetched_at or self.now(),
        )
        if facts.body:
            face.body_sha256 = hashlib.sha256(facts.body).hexdigest()
            copy = copy_of(facts, facts.final_url or url, face.fetched_at)
            self.crawler.signals.send_catch_log(page_read, task=task, sha256=face.body_sha256, copy=copy)
        if facts.outcome is Outcome.OK and not facts.unreadable:
            document, _ = _document(facts)
            describe(face, document, document.text, site.home_url)
        return face

    # -- what it tells search engines -----------------------------------------------------------------------

    def _robots(self, around: Around) -> SiteFile | None:
        """What robots.txt said tonight to whoever of us asked for it; it is not asked for once more."""
        rules = self.crawler.get_downloader_middleware(ObeyRobots)
        answer = rules.answer(around.site.home_url) if isinstance(rules, ObeyRobots) else None
        if answer is None:
            return None
        url = urljoin(around.site.home_url, f"/{ROBOTS}")
        is_there = answer.status == HTTPStatus.OK and "html" not in answer.content_type
        # A firewall's refusal or page does not say that there is none.
        none = answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
        outcome = Outcome.OK if is_there else Outcome.NOT_FOUND if none else Outcome.OTHER
        file = SiteFile(around.site.site_code, ROBOTS, url, self.now(), outcome, answer.status)
        if is_there:
            describe_robots(file, answer.text, around.site.home_url)
        return file

    def _proofs(self, around: Around) -> SiteFile | None:
        """The proofs that the home page shows search engines."""
        facts = around.plain.get(around.site.home_url)
        if facts is None or facts.outcome is not Outcome.OK or facts.unreadable or facts.partial:
            return None
        file = SiteFile(
            around.site.site_code, PROOFS, facts.url, facts.fetched_at or self.now(), Outcome.OK, facts.status
        )
        describe_proofs(file, _document(facts)[0])
        return file

    async def _file(self, around: Around, name: str, robots: SiteFile | None) -> SiteFile:
        """Ask for the file of the week; the map is where robots.txt says."""
        site = around.site
        named = map_named(robots, site.home_url) if robots is not None and name == MAP else None
        url = named or urljoin(site.home_url, f"/{name}")
        facts = await self._fetch(around, page_request(url, site=site, depth=1))
        seen_at = facts.fetched_at or self.now()
        file = SiteFile(site.site_code, name, url, seen_at, facts.outcome, facts.status)
        if facts.outcome is Outcome.OK:
            text = decode(facts.body, facts.content_type).text
            is_it = describe_map(file, text, site.home_url) if name == MAP else describe_proof(file, text)
            # What is cut cannot be compared, and a page in its place does not say that the file is gone.
            file.outcome = Outcome.TOO_LARGE if facts.partial else Outcome.OK if is_it else Outcome.OTHER
        return file

    # -- its barriers ---------------------------------------------------------------------------------------

    async def _barriers(self, around: Around) -> BarrierTrial:
        """Examine those of home page, list and article that are due in the browser, another first each night, while time is left."""
        site = around.site
        trial = BarrierTrial(site.site_code, self.now(), 0.0)
        sample = [("home", site.home_url)]
        sample += [("list", one.url) for one in self.assignment.registry.sections_of(site.site_code)[:1]]
        sample += [("article", title.url) for title in self._titles(around)[:1]]
        first = self.as_of.toordinal() % len(sample)
        lately = self._earlier.examined(site.site_code, len(BarrierAspect))
        budget = self.settings.getfloat("BARRIERS_MAX_SECONDS")
        for kind, url in sample[first:] + sample[:first]:
            if url in lately:
                continue
            left = budget - trial.browser_s
            if left < LEAST_EXAMINATION_S:
                break
            facts = await self._fetch(around, examined_request(url, site=site, kind=kind, seconds=left))
            examined = facts.examined or ExaminedPage(url, kind, facts.outcome, 0.0)
            examined.url = url
            if facts.outcome is not Outcome.OK:
                examined.outcome = facts.outcome
            elif (
                examined.outcome == Outcome.OK
                and shown_state(_document(facts)[0], "section" if kind == "list" else kind)
                is not ReadState.READ
            ):
                examined.outcome = Outcome.EMPTY
            if examined.outcome != Outcome.OK:
                examined.aspects, examined.barriers, examined.entry = [], [], EntryAnswer.NONE
            trial.pages.append(examined)
            trial.browser_s = round(trial.browser_s + examined.browser_s, 3)
        return trial

    # -- feeds ----------------------------------------------------------------------------------------------

    async def _feed(self, account: Account) -> FeedVisit:
        url = account.feed_url or ""
        facts = await self._fetch(None, registered_request(url))
        visit = FeedVisit(
            account.account_id, url, facts.fetched_at or self.now(), facts.outcome, facts.status
        )
        if facts.outcome is Outcome.OK:
            feed = read_feed(facts.body, self.as_of)
            if feed is None:
                visit.outcome = Outcome.OTHER
            else:
                visit.posts, visit.dated = feed.posts, feed.dated
                visit.last_post_on = None if feed.last_post_on is None else feed.last_post_on.isoformat()
                visit.last_post_title = feed.last_post_title
                visit.post_days = [day.isoformat() for day in feed.days]
        return visit

    async def _fetch(self, around: Around | None, request: Request) -> FetchFacts:
        if around is not None:
            around.requests += 1
        return await self.fetch(request)


def _ways(site: Site) -> tuple[bool, ...]:
    """How a page of a site is asked for, one way after the other: plainly (False), in the browser (True)."""
    return {"browser": (True,), "http": (False,)}.get(site.render, (False, True))


def _document(facts: FetchFacts) -> tuple[Document, str]:
    decoded = decode(facts.body, facts.content_type)
    return Document(decoded.text, facts.final_url or facts.url), decoded.used
