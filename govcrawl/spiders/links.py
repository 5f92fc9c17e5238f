"""Checks every link target that the visit left unanswered, once for all sites, host by host."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin
from zlib import crc32

from govcrawl.network.requests import check_request, keep_for
from govcrawl.network.tls import read_certificate
from govcrawl.pages.answers.error_pages import ErrorPages, missing_address
from govcrawl.pages.answers.parked import parked
from govcrawl.pages.answers.soft404 import fingerprint, is_wall, says_not_found, shows_same, stand_in
from govcrawl.pages.links.on_page import LONGEST_TEXT
from govcrawl.pages.links.promised import cannot_be, file_extension
from govcrawl.pages.links.urls import is_front_page, split
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document
from govcrawl.pages.tampering.lapsed import spam_of
from govcrawl.records.items import Attempt, LinkCheck, instant
from govcrawl.records.kinds import RunKind
from govcrawl.records.link_kinds import LEADS_TO_FILES, LEADS_TO_PAGES, LinkKind
from govcrawl.records.outcomes import AT_ONCE, FAILED, Outcome, StandIn
from govcrawl.spiders.attachments import Attachments
from govcrawl.spiders.base import RunSpider
from govcrawl.spiders.confirm import check_of
from govcrawl.spiders.lookout import Lookout
from govcrawl.spiders.narrowed import recheck_targets
from govcrawl.spiders.reading import copy_of
from govcrawl.spiders.signals import page_read
from govcrawl.spiders.targets import Target, handed_targets, host_of, targets_tonight

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Mapping

    from scrapy import Request
    from scrapy.http import Response
    from twisted.internet import ssl
    from twisted.python.failure import Failure

    from govcrawl.network.requests import FetchFacts
    from govcrawl.pages.answers.soft404 import Fingerprint

_ENTRANCE = 10  # characters of a link that names where it leads; more name a document
_SAYS_ITSELF: Mapping[str, str] = {LinkKind.STYLE: "text/css", LinkKind.SCRIPT: "javascript"}
T = TypeVar("T")
READ_FROM = LEADS_TO_PAGES | {LinkKind.ATTACHMENT}
"""Kinds of targets whose first bytes are looked at: a HEAD may say yes to a file that is long gone."""


@dataclass(slots=True)
class Suspect:
    """A page that opened, and may be what its host shows for any address."""

    target: Target
    url: str  # where it came from after redirects
    document: Document
    says_not_found: bool
    whole: bool  # whether all of it came

    @property
    def shown(self) -> Fingerprint:
        """What is compared; costs half of a check, and on most hosts nothing is ever compared."""
        return fingerprint(self.document, whole=self.whole)

    @property
    def names_more(self) -> bool:
        """Whether the link's words name something the page does not show; a short one names where it leads."""
        words = "".join(self.target.text.split())
        shown = "".join(f"{self.document.title or ''}{self.document.text}".split())
        return len(words) > _ENTRANCE and words not in shown


@dataclass(slots=True)
class HostQueue:
    """One host in one round: its targets still to be asked for, and how it has answered lately."""

    waiting: deque[Target]
    pending: int = 0
    timeouts: int = 0  # one after the other
    error_pages: ErrorPages = field(default_factory=ErrorPages)
    suspects: dict[str, list[Suspect]] = field(
        default_factory=dict
    )  # by the address that is being asked about
    fronts: dict[str, Fingerprint | None] = field(
        default_factory=dict
    )  # what it shows at its root; None: no page


class LinksSpider(RunSpider):
    """A LinkCheck for every target. What failed is tried again when everything else has been asked for once."""

    name = RunKind.LINKS

    def __init__(self, **arguments: str) -> None:
        super().__init__(**arguments)
        self._left: dict[str, int] = dict.fromkeys(self.assignment.tasks, 0)
        self._task_at: dict[str, str] = {}  # host → its task, where the night has dealt them
        self._again: list[Target] = []
        self._waiting = 0

    def site_count(self) -> int:
        return 0

    def waiting(self) -> int:
        return self._waiting

    async def start(self) -> AsyncIterator[Any]:
        settings = self.settings
        self._window = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._max_timeouts = settings.getint("LINK_MAX_TIMEOUTS")
        self._apart_s = settings.getfloat("LINK_CONFIRM_S")
        self._room = asyncio.Semaphore(settings.getint("OPEN_HOSTS"))
        self._lookout = Lookout(self)
        self._attachments = Attachments(self, self._task_of, self._opens, self._close)
        first = self._gather()
        await self._lookout.look(target.url for target in first)
        self._waiting = len(first) + len(self._again)
        async for request in self._round(await self._attachments.fetch(self._affordable(first))):
            yield request
        again, self._again = self._again, []
        for targets in (
            [target for target in again if target.attempts[0].outcome in AT_ONCE],
            [target for target in again if target.attempts[0].outcome not in AT_ONCE],
        ):
            if not targets:
                continue
            await asyncio.sleep(_wait_s(targets, self._apart_s))
            await self._lookout.look(target.url for target in targets)
            async for request in self._round(targets):
                yield request
        await self._attachments.read()

    def checked(
        self, host: HostQueue, target: Target, method: str, answer: Response | Failure
    ) -> list[Request]:
        facts = self.facts(answer)
        self._lookout.note(facts)
        host.pending -= 1
        outcome, suspect = self._seen(target, facts, getattr(answer, "certificate", None))
        if method == "HEAD" and not (outcome is Outcome.OK and _is_the_thing(target, facts)):
            return self._more(host, [self._ask(host, target, "GET")])
        host.timeouts = host.timeouts + 1 if outcome is Outcome.TIMEOUT else 0
        target.attempts.append(self._attempt(method, outcome, facts))
        if outcome is Outcome.OK and self._attachments.take(target, facts):
            return self._more(host, [])  # it is summed up when it was fetched
        return self._more(host, self._judge(host, suspect) if suspect is not None else self._settle(target))

    def _opens(self, target: Target, facts: FetchFacts) -> bool:
        """Whether the link to an attachment works that was asked for whole; one that does not is settled, or tried again."""
        self._lookout.note(facts)
        outcome, _ = self._seen(target, facts, None)
        if outcome is Outcome.TOO_LARGE:  # to be read; it is there
            outcome = Outcome.OK
        target.attempts.append(self._attempt("GET", outcome, facts))
        if outcome is not Outcome.OK:
            self._settle(target)
        return outcome is Outcome.OK

    def _attempt(self, method: str, outcome: Outcome, facts: FetchFacts) -> Attempt:
        return Attempt(
            attempted_at=facts.fetched_at or self.now(),
            method=method,
            outcome=outcome,
            status=facts.status,
            elapsed_s=facts.elapsed_s,
            final_url=facts.final_url,
            content_type=facts.content_type,
            size_bytes=facts.size_bytes,
            redirects=facts.redirects,
        )

    def _seen(
        self, target: Target, facts: FetchFacts, certificate: ssl.Certificate | None
    ) -> tuple[Outcome, Suspect | None]:
        """What a target's answer shows: its word, and whether it may be an error page; the target learns what is there now."""
        try:
            outcome = _outcome(target, facts)
            if outcome is not Outcome.OK:
                return outcome, None
            self._look_at(target, facts, certificate)
            return outcome, _suspect(target, facts)
        except Exception:  # a page that breaks a reader of ours must not cost its host
            self.logger.exception("%s cannot be read", target.url)
            return Outcome.OTHER, None

    def _look_at(self, target: Target, facts: FetchFacts, certificate: ssl.Certificate | None) -> None:
        """Note a foreign page that is parked or spam, and let it be put aside; note whose certificate the host shows."""
        address = split(facts.final_url or facts.url)
        traded = address is not None and not address.host.endswith(".gov.cn")  # names of offices are not sold
        doc = _page(facts) if traded and target.kind in LEADS_TO_PAGES else None
        if doc is None:
            return
        target.parked, target.spam = parked(doc), list(spam_of(doc))
        shown = None if certificate is None else read_certificate(certificate.original)
        if shown is not None:
            target.certificate_subject, target.certificate_issuer = shown.subject, shown.issuer
            target.certificate_from_at = instant(shown.not_before)
        if target.parked or target.spam or shown is not None:
            target.title = (doc.title or "")[:LONGEST_TEXT]
        if target.parked or target.spam:
            target.body_sha256 = hashlib.sha256(facts.body).hexdigest()
            copy = copy_of(facts, facts.final_url or facts.url, facts.fetched_at or self.now())
            task = self._task_of(target.url)
            self.crawler.signals.send_catch_log(page_read, task=task, sha256=target.body_sha256, copy=copy)

    def _shown(self, facts: FetchFacts) -> Fingerprint | None:
        """What an answer shows, to be compared; None where no page came, or none that can be read."""
        try:
            page = _page(facts) if facts.outcome is Outcome.OK else None
            return None if page is None else fingerprint(page, whole=not facts.partial)
        except Exception:
            self.logger.exception("%s cannot be read", facts.url)
            return None

    def missing(self, host: HostQueue, directory: str, answer: Response | Failure) -> list[Request]:
        """Learn what a host shows for an address that cannot exist, and judge the pages that waited for it."""
        facts = self.facts(answer)
        host.pending -= 1
        host.error_pages.learn(directory, self._shown(facts))
        requests: list[Request] = []
        for suspect in host.suspects.pop(directory):
            requests += self._judge(host, suspect)
        return self._more(host, requests)

    def _judge(self, host: HostQueue, suspect: Suspect) -> list[Request]:
        """Settle a page that opened, once it is known what its host shows for any address."""
        directory = host.error_pages.unknown(suspect.url, says_not_found=suspect.says_not_found)
        if directory is not None:
            waiting = host.suspects.setdefault(directory, [])
            waiting.append(suspect)
            return [self._ask_missing(host, directory)] if len(waiting) == 1 else []
        error_page = host.error_pages.near(suspect.url)
        seen = None if error_page is None else self._compared(suspect, stand_in, error_page)
        if seen is StandIn.SAME_FOR_ANY:
            front = urljoin(suspect.url, "/")
            if front not in host.fronts:
                waiting = host.suspects.setdefault(front, [])
                waiting.append(suspect)
                return [self._ask_front(host, front)] if len(waiting) == 1 else []
            shown = host.fronts[front]
            if shown is not None and self._compared(suspect, shows_same, shown):
                # A hall that opens at its front page, whatever is asked of it, shows what a link to it promises.
                promised = not (suspect.target.internal or suspect.names_more)
                seen = None if promised else StandIn.FRONT_PAGE
        if seen is not None:
            suspect.target.attempts[-1].outcome = Outcome.SOFT_NOT_FOUND
            suspect.target.stand_in = seen
        elif error_page is not None and self._compared(suspect, is_wall, error_page):
            suspect.target.attempts[-1].outcome = Outcome.OTHER
        return self._settle(suspect.target)

    def _compared(
        self, suspect: Suspect, ways: Callable[[Fingerprint, Fingerprint], T], other: Fingerprint
    ) -> T | None:
        """What a comparison with what another address gets says of a page; None where it breaks."""
        try:
            return ways(suspect.shown, other)
        except Exception:
            self.logger.exception("%s cannot be compared", suspect.url)
            return None

    def front(self, host: HostQueue, url: str, answer: Response | Failure) -> list[Request]:
        """Learn what a host shows as its front page, and judge the pages that waited for it."""
        facts = self.facts(answer)
        host.pending -= 1
        host.fronts[url] = self._shown(facts)
        requests: list[Request] = []
        for suspect in host.suspects.pop(url):
            requests += self._judge(host, suspect)
        return self._more(host, requests)

    def _settle(self, target: Target) -> list[Request]:
        """Sum a target up, or keep it for a second attempt at the end."""
        if target.attempts[-1].outcome in FAILED and len(target.attempts) == 1:
            self._again.append(target)
        else:
            self._close(target)
        return []

    def _gather(self) -> list[Target]:
        """Take this process's targets; those that failed when the visit came have their first attempt."""
        tasks = self._left
        for task in tasks:
            self.begin(task)
        first: list[Target] = []
        for target in self._targets():
            tasks[self._task_of(target.url)] += 1
            (self._again if target.attempts else first).append(target)
        for task, left in tasks.items():
            if not left:
                self.done(task)
        return first

    def _targets(self) -> Iterable[Target]:
        run = self.assignment.run
        handed = {task: handed_targets(run.folder, task) for task in self._left}
        if all(targets is not None for targets in handed.values()):
            self._task_at = {
                host_of(one.url): task for task, targets in handed.items() for one in targets or ()
            }
            return [one for targets in handed.values() for one in targets or ()]
        assert run.plan.of_run is not None  # noqa: S101 - a links run is of a visit
        return targets_tonight(
            run.folder.parent / run.plan.of_run,
            lambda host: run.task_of(host) in self._left,
            recheck_targets(self.settings),
        )

    def _task_of(self, url: str) -> str:
        host = host_of(url)
        return self._task_at.get(host) or self.assignment.run.task_of(host)

    def _affordable(self, targets: list[Target]) -> list[Target]:
        """So many targets a host, what readers meet first, then what was never checked: endless links go in turn over the nights.

        So do the hosts of a site that names them without end.
        """
        most = self.settings.getint("LINK_MAX_PER_HOST")
        of_host: Counter[str] = Counter()
        kept = []
        for target in sorted(targets, key=lambda one: (not one.on_home, one.checked_before)):
            host = host_of(target.url)
            of_host[host] += 1
            if of_host[host] <= most and self._has_its_turn(host, target.hosts_beside):
                kept.append(target)
            else:
                self._close(target, Outcome.BUDGET_SPENT)
        return kept

    def _has_its_turn(self, host: str, hosts_beside: int) -> bool:
        """Whether a host is asked tonight, where its site names too many for one night; the same in every process."""
        nights = -(-hosts_beside // self.settings.getint("LINK_MAX_HOSTS_PER_SITE"))
        return (crc32(host.encode()) + self.as_of.toordinal()) % nights == 0

    async def _round(self, targets: Iterable[Target]) -> AsyncIterator[Request]:
        """Ask for each target once, so many hosts at a time; ends when the last has answered."""
        hosts: dict[str, deque[Target]] = defaultdict(deque)
        for target in targets:
            hosts[host_of(target.url)].append(target)
        self._hosts_left = len(hosts)
        self._round_over = asyncio.Event()
        for waiting in hosts.values():
            await self._room.acquire()
            for request in self._more(HostQueue(waiting), []):
                yield request
        if hosts:
            await self._round_over.wait()

    def _more(self, host: HostQueue, requests: list[Request]) -> list[Request]:
        if host.timeouts >= self._max_timeouts:
            # Each further target would hold a place for a whole timeout, and prove nothing the others do not.
            while host.waiting:
                self._close(host.waiting.popleft())
        while host.waiting and self.out_of_time():
            self._close(host.waiting.popleft(), Outcome.BUDGET_SPENT)
        while host.waiting and host.pending < self._window:
            target = host.waiting.popleft()
            requests.append(self._ask(host, target, "GET" if target.kind in READ_FROM else "HEAD"))
        if not host.pending:
            self._room.release()
            self._hosts_left -= 1
            if not self._hosts_left:
                self._round_over.set()
        return requests

    def _ask(self, host: HostQueue, target: Target, method: str) -> Request:
        host.pending += 1
        answer = partial(self.checked, host, target, method)
        return self._request(target.url, method, answer)

    def _ask_missing(self, host: HostQueue, directory: str) -> Request:
        host.pending += 1
        answer = partial(self.missing, host, directory)
        return self._request(missing_address(self.assignment.run.plan.run_id, directory), "GET", answer)

    def _ask_front(self, host: HostQueue, url: str) -> Request:
        host.pending += 1
        answer = partial(self.front, host, url)
        return self._request(url, "GET", answer)

    def _request(self, url: str, method: str, answer: Callable[[Response | Failure], Any]) -> Request:
        return keep_for(check_request(url, method, answer, answer), self._task_of(url))

    def _close(self, target: Target, left_for: Outcome = Outcome.NOT_ATTEMPTED) -> None:
        """Sum up a target; `left_for` says why, when nobody asked for it."""
        check = (
            check_of(target.url, target.attempts, apart_s=self._apart_s)
            if target.attempts
            else LinkCheck(target.url, left_for, None, confirmed=False)
        )
        check.parked, check.spam = target.parked, target.spam
        check.title, check.body_sha256 = target.title, target.body_sha256
        check.certificate_subject, check.certificate_issuer = (
            target.certificate_subject,
            target.certificate_issuer,
        )
        check.certificate_from_at = target.certificate_from_at
        check.stand_in = target.stand_in if check.outcome == Outcome.SOFT_NOT_FOUND else None
        task = self._task_of(target.url)
        if (
            left_for is not Outcome.BUDGET_SPENT or not target.checked_before
        ):  # else it stands as it was checked
            self.record(task, check)
        self._waiting -= 1
        self._left[task] -= 1
        if not self._left[task]:
            self.record(task, self._lookout.canary(task))
            self.done(task)


def _outcome(target: Target, facts: FetchFacts) -> Outcome:
    """The word for a target, where the request's own is too kind; the target learns what stands in for it."""
    target.stand_in = None
    if facts.outcome is not Outcome.OK:
        return facts.outcome
    if ("content-length", "0") in ((name.lower(), value) for name, value in facts.headers):
        return Outcome.EMPTY
    if not _is_page_for_file(target, facts):
        return Outcome.OK
    target.stand_in = StandIn.NOT_THE_FILE
    return Outcome.SOFT_NOT_FOUND


def _wait_s(targets: list[Target], apart_s: float) -> float:
    """How long until the first attempt at each of the targets lies far enough back for a second."""
    if not targets or all(target.attempts[0].outcome in AT_ONCE for target in targets):
        return 0.0
    latest = max(target.attempts[0].attempted_at for target in targets)
    passed = datetime.now(UTC).replace(tzinfo=None) - datetime.fromisoformat(latest)
    return max(0.0, apart_s - passed.total_seconds())


def _is_the_thing(target: Target, facts: FetchFacts) -> bool:
    """Whether a HEAD answer can stand alone: firewalls answer every HEAD with 200 and a page of their own."""
    said = (facts.content_type or "html").lower()
    if (names := _SAYS_ITSELF.get(target.kind)) and names in said:  # no firewall calls its page so
        return True
    is_words = any(word in said for word in ("html", "text/", "json", "xml"))
    return not is_words and (facts.size_bytes > 0 or target.kind != LinkKind.ATTACHMENT)


def _is_page_for_file(target: Target, facts: FetchFacts) -> bool:
    """Whether words came where a file was promised: any that say so, and all where no such file can be words."""
    if target.kind not in LEADS_TO_FILES:
        return False
    moved = facts.final_url is not None and file_extension(facts.final_url) != file_extension(target.url)
    if not moved and cannot_be(file_extension(target.url), facts.body):
        return True
    doc = _page(facts)
    return doc is not None and says_not_found(doc)


def _suspect(target: Target, facts: FetchFacts) -> Suspect | None:
    """A page for readers that came, to be compared with what its host shows for any address."""
    url = facts.final_url or facts.url
    if target.kind not in LEADS_TO_PAGES or is_front_page(target.url):
        return None
    doc = _page(facts)
    return None if doc is None else Suspect(target, url, doc, says_not_found(doc), whole=not facts.partial)


def _page(facts: FetchFacts) -> Document | None:
    if not facts.body or "html" not in (facts.content_type or "").lower():
        return None
    return Document(decode(facts.body, facts.content_type).text, facts.final_url or facts.url)
