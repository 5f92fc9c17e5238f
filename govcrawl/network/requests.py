"""Builds all requests of the crawl, and turns every result into `FetchFacts`. No other module does either.

`request.meta["journey"]` holds a `Journey`: the purpose of the request and the measurements on its way. The requests
of a redirect chain share one. Callbacks pass their argument to `answered`, errbacks to `unanswered`; both return the
same `FetchFacts`.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response

from govcrawl.network.own_clock import own_clock
from govcrawl.pages.answers.challenge import is_challenge
from govcrawl.pages.links.urls import bare_host, split
from govcrawl.records.outcomes import Outcome, RequestEnded, of_exception, of_status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from twisted.python.failure import Failure

    from govcrawl.records.items import ExaminedPage
    from govcrawl.registry import Site

logger = logging.getLogger(__name__)

PROBE_TIMEOUT_S = 15.0  # 超过(含)15秒网站仍打不开
PAGE_TIMEOUT_S = 20.0
RENDER_TIMEOUT_S = 30.0
CHECK_BODY_LIMIT = 256 * 1024  # bytes; enough to recognise a soft 404 or a firewall's page
FIRST_BYTES = 256  # of a file; its mark, or the opening of a page that came in its place
FILE_TIMEOUT_S = 60.0  # 10 MB at 170 KB a second
ROBOTS_BODY_LIMIT = 500 * 1024  # RFC 9309, 2.5
ISSUER_BODY_LIMIT = 64 * 1024
NAMED_BODY_LIMIT = 8 * 1024 * 1024
MAX_REDIRECTS = 10
NOT_MODIFIED = 304
CUT = "cut"
"""Flag of a response that the browser drew in part only."""
MAX_ROBOTS_REDIRECTS = 5  # RFC 9309, 2.3.1.2
_LEAST_TIMEOUT_S = 0.1


class RequestPurpose(Enum):
    """The purpose of a request; middlewares treat requests by it."""

    HOME = "home"  # availability: one attempt as a reader would make it
    PAGE = "page"
    CHECK = "check"  # a link target: is it there
    FILE = "file"  # an attachment, whole: is it there, and what does it say
    ROBOTS = "robots"
    ISSUER = "issuer"  # a certificate that a server forgot to send
    NAMED = "named"  # one address that a person wants to see, as with any browser


@dataclass(slots=True)
class Examination:
    """An examination for barriers: of which page, for how long, and what came of it."""

    kind: str
    seconds: float
    lost: set[str] = field(default_factory=set)  # kinds of resources the page lacks, in the browser's words
    page: ExaminedPage | None = None


@dataclass(slots=True)
class Journey:
    """One request with all its redirects, from its start to its answer."""

    asked_url: str
    purpose: RequestPurpose
    timeout_s: float  # for the whole journey
    # Registered host without `www.`; None for link targets, which may lie anywhere.
    site_host: str | None = None
    registered: bool = False  # the address is from the registry, which is trusted
    home: bool = False
    depth: int = 0
    body_limit: int | None = None  # bytes; reading stops there
    first_bytes: bool = (
        False  # whether no more than `FIRST_BYTES` are read of this hop: what came says it is no page
    )
    max_redirects: int = MAX_REDIRECTS
    fetched_at: str | None = None  # when the first request was sent
    # On the network: all hops from sending to the last byte, without our queues and without the time this process was held.
    elapsed_s: float = 0.0
    redirects: list[str] = field(default_factory=list)
    cookies: dict[str, str] = field(default_factory=dict)
    received: int = 0  # bytes of the body of the latest hop, as they came
    conditional: bool = False  # sent with what the host gave for the copy of an earlier night
    completions: int = 0  # certificates fetched because the server forgot to send them
    typed: tuple[str, str] | None = None  # selector of a box, and the text to type there before Enter
    examination: Examination | None = None  # what to look for in the drawn page, and what was found


@dataclass(frozen=True, slots=True)
class FetchFacts:
    """The result of one request, in the same shape for success and failure."""

    url: str  # as requested, before redirects
    final_url: str | None  # where the answer came from; the foreign address for redirect_offsite
    status: int | None
    outcome: Outcome
    fetched_at: str | None  # UTC; None when nothing was sent
    elapsed_s: float
    redirects: list[str]  # the addresses passed through, first to last
    content_type: str | None
    size_bytes: int  # of the unpacked body; announced length if not read; bytes received if given up
    body: bytes
    rendered: bool
    depth: int
    error: str | None = None  # what went wrong, in words; None when an answer came
    server_date: str | None = None  # the Date header as sent
    headers: tuple[tuple[str, str], ...] = ()  # of the answer, as sent, in their order
    partial: bool = False  # the beginning of the body alone came, for whatever reason
    unreadable: bool = False  # it must not be read: it blocked a process before (records/at_hand.py)
    cut: bool = False  # the browser drew a part of it only
    etag: str | None = None
    last_modified: str | None = None
    examined: ExaminedPage | None = None  # what `examined_request` found

    @property
    def broke_off(self) -> bool:
        """Whether the transfer ended before the page did; what came of it can be read, and proves no absence."""
        return self.outcome is Outcome.RESET and self.partial and bool(self.body.strip())


def home_probe(site: Site, callback: Callable[..., Any], errback: Callable[..., Any]) -> Request:
    """One attempt at a home page: no retry, no cache, no browser, 15 s in all."""
    journey = Journey(
        site.home_url,
        RequestPurpose.HOME,
        PROBE_TIMEOUT_S,
        site_host=site_host(site.home_url),
        registered=True,
        home=True,
    )
    return _request(site.home_url, journey, callback, errback)


def page_request(
    url: str,
    callback: Callable[..., Any] | None = None,
    errback: Callable[..., Any] | None = None,
    *,
    site: Site,
    depth: int = 0,
    priority: int = 0,
    browser: bool = False,
    etag: str | None = None,
    last_modified: str | None = None,
    cb_kwargs: dict[str, Any] | None = None,
) -> Request:
    """A page of a site, read whole. `browser`: draw it in Chromium. `depth` is 0 for registered addresses.

    With the `etag` or `last_modified` of an earlier answer the host may answer 304, not modified, and send no body.
    """
    journey = Journey(
        url,
        RequestPurpose.PAGE,
        RENDER_TIMEOUT_S if browser else PAGE_TIMEOUT_S,
        site_host=site_host(site.home_url),
        registered=depth == 0,
        home=url == site.home_url,
        depth=depth,
        conditional=bool(etag or last_modified) and not browser,
    )
    request = _request(url, journey, callback, errback, priority=priority, cb_kwargs=cb_kwargs)
    if browser:
        request.meta["playwright"] = True
        return request
    for header, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)):
        if value:
            request.headers[header] = value
    return request


def examined_request(url: str, *, site: Site, kind: str, seconds: float) -> Request:
    """A page of a site, drawn and examined for barriers in the browser; the examination takes `seconds` at most."""
    request = page_request(url, site=site, depth=0 if kind == "home" else 1, browser=True)
    journey_of(request).examination = Examination(kind, seconds)
    return request


def search_request(
    url: str, body: bytes, *, site: Site, method: str, browser: bool, typed: tuple[str, str] | None = None
) -> Request:
    """A query to the search of a site, or a look at a page that serves it; it may be on another host."""
    own = site_host(url) == site_host(site.home_url)
    journey = Journey(
        url,
        RequestPurpose.PAGE,
        RENDER_TIMEOUT_S if browser else PAGE_TIMEOUT_S,
        site_host=site_host(site.home_url) if own and typed is None else None,
        registered=own,
        depth=1,
        typed=typed,
    )
    request = _request(url, journey, method=method)
    if method == "POST":
        request = request.replace(body=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    if browser:
        request.meta["playwright"] = True
    return request


def disguised_request(
    url: str,
    *,
    site: Site,
    headers: Mapping[str, str],
    cookies: Mapping[str, str] | None = None,
    depth: int = 0,
) -> Request:
    """A page of a site asked for as another visitor would: a search engine's spider, a reader it sent, a phone."""
    request = page_request(url, site=site, depth=depth)
    journey_of(request).cookies.update(cookies or {})
    all_headers = dict(headers)
    if cookies:
        all_headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return request.replace(headers=all_headers)


def registered_request(url: str) -> Request:
    """An address that people entered: the feed of an account, or one of CANARY_URLS."""
    return _request(url, Journey(url, RequestPurpose.PAGE, PROBE_TIMEOUT_S, registered=True))


def named_request(url: str) -> Request:
    """An address that a person names for `govcrawl page`; an endless page is read up to the size limit."""
    journey = Journey(url, RequestPurpose.NAMED, PAGE_TIMEOUT_S, registered=True, body_limit=NAMED_BODY_LIMIT)
    return _request(url, journey)


def check_request(
    url: str,
    method: str,
    callback: Callable[..., Any],
    errback: Callable[..., Any],
    *,
    cb_kwargs: dict[str, Any] | None = None,
) -> Request:
    """A link target, by HEAD or GET. A GET reads at most CHECK_BODY_LIMIT bytes."""
    journey = Journey(url, RequestPurpose.CHECK, PAGE_TIMEOUT_S, body_limit=CHECK_BODY_LIMIT)
    return _request(url, journey, callback, errback, method=method, cb_kwargs=cb_kwargs)


def file_request(url: str, limit: int) -> Request:
    """An attachment of a site, whole; of one that is larger than `limit` bytes the beginning at most."""
    return _request(url, Journey(url, RequestPurpose.FILE, FILE_TIMEOUT_S, depth=1, body_limit=limit))


def robots_request(origin: str) -> Request:
    """The robots.txt of `scheme://host:port`, for the robots middleware, which awaits the answer itself."""
    url = f"{origin}/robots.txt"
    journey = Journey(
        url,
        RequestPurpose.ROBOTS,
        PROBE_TIMEOUT_S,
        registered=True,  # the guard has allowed the request that needs this robots.txt
        body_limit=ROBOTS_BODY_LIMIT,
        max_redirects=MAX_ROBOTS_REDIRECTS,
    )
    return _request(url, journey)


def issuer_request(url: str) -> Request:
    """A certificate published by its authority, for the middleware that completes chains."""
    journey = Journey(url, RequestPurpose.ISSUER, PROBE_TIMEOUT_S, body_limit=ISSUER_BODY_LIMIT)
    return _request(url, journey)


def once_more(request: Request) -> Request:
    """The same hop again, in the time that is left of its journey."""
    return next_hop(request, request.url, 307)


def _request(
    url: str,
    journey: Journey,
    callback: Callable[..., Any] | None = None,
    errback: Callable[..., Any] | None = None,
    *,
    method: str = "GET",
    priority: int = 0,
    cb_kwargs: dict[str, Any] | None = None,
) -> Request:
    return Request(
        url,
        callback=callback,
        errback=errback,
        method=method,
        priority=priority,
        cb_kwargs=cb_kwargs,
        dont_filter=True,  # spiders avoid duplicates themselves; a request dropped by Scrapy would lose a row
        meta={"journey": journey, "download_timeout": journey.timeout_s},
    )


def next_hop(request: Request, target: str, status: int) -> Request:
    """The request that follows a redirect: the same journey, in the time that is left of it."""
    journey = journey_of(request)
    hop = request.replace(
        url=target,
        method="GET" if status == 303 and request.method != "HEAD" else request.method,
        priority=request.priority + 2,  # finish chains that have begun
    )
    hop.meta.pop("download_slot", None)  # else Scrapy keeps it in the slot of the first host
    hop.meta["download_timeout"] = max(_LEAST_TIMEOUT_S, journey.timeout_s - journey.elapsed_s)
    hop.headers.pop("Cookie", None)
    if journey.cookies:
        hop.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in journey.cookies.items())
    return hop


def keep_for(request: Request, task: str) -> Request:
    """Mark a request so that its answer is kept until its task is done (`govcrawl.extensions.keep_answers`)."""
    how = "drawn" if request.meta.get("playwright") else request.method
    request.meta["kept_as"] = task, f"{how} {request.url}"
    return request


def kept_as(request: Request) -> tuple[str, str]:
    """The task that the answer is kept for, and its name there; empty words for a request whose answer is not kept."""
    task, name = request.meta.get("kept_as", ("", ""))
    return task, name


def answer_from(request: Request, facts: FetchFacts) -> Response:
    """An answer that was kept, in place of a request: `answered` returns the facts as they were."""
    request.meta["kept"] = facts
    return Response(request.url, request=request)


def is_kept(request: Request) -> bool:
    """Whether a request was answered from what was kept."""
    return "kept" in request.meta


def keep_crawl_delay(request: Request) -> None:
    """Mark a request so that the delay that robots.txt asks for is kept."""
    request.meta["autothrottle_dont_adjust_delay"] = True


def ask_browser(
    request: Request, context: str, context_kwargs: dict[str, Any], page_events: dict[str, Callable[..., Any]]
) -> None:
    """Tell scrapy-playwright how to draw the page, and to leave closing to us, since it does not close after errors."""
    request.meta.update(
        playwright_context=context,
        playwright_context_kwargs=context_kwargs,
        playwright_include_page=True,
        playwright_page_event_handlers=page_events,
        playwright_page_goto_kwargs={"wait_until": "domcontentloaded"},
    )


@contextmanager
def on_the_network(journey: Journey) -> Iterator[None]:
    """Add the time spent in the block to the journey."""
    journey.fetched_at = journey.fetched_at or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    started_s = own_clock.now_s()
    try:
        yield
    finally:
        journey.elapsed_s += own_clock.now_s() - started_s


def journey_of(request: Request) -> Journey:
    journey: Journey = request.meta["journey"]
    return journey


def site_host(url: str) -> str:
    """The host of an address without port and `www.`; registered sites are distinguished by it."""
    return _bare_host_of(*url.split("/", 3)[:3:2])


@lru_cache(maxsize=65536)
def _bare_host_of(scheme: str, authority: str = "") -> str:
    address = split(f"{scheme}//{authority}")
    return "" if address is None else bare_host(address.host)


def on_site(url: str, journey: Journey) -> bool:
    """Whether an address is on the site of the journey or on the host first requested, at any scheme and port.

    The two differ for sections that are registered on another host than their site.
    """
    if journey.site_host is None:
        return True
    return site_host(url) in {journey.site_host, site_host(journey.asked_url)}


def answered(response: Response) -> FetchFacts:
    """The facts of a request that got an answer, whatever its status."""
    request = response.request
    assert request is not None  # noqa: S101 - Scrapy's promise to callbacks
    if is_kept(request):
        kept: FetchFacts = request.meta["kept"]
        return kept
    journey = journey_of(request)
    stopped = "download_stopped" in response.flags or request.method == "HEAD"
    announced = response.headers.get("Content-Length", b"") or b""
    content_type = response.headers.get("Content-Type")
    return FetchFacts(
        url=journey.asked_url,
        final_url=response.url,
        status=response.status,
        outcome=_outcome(response, journey, whole=not stopped),
        fetched_at=journey.fetched_at,
        elapsed_s=round(journey.elapsed_s, 3),
        redirects=list(journey.redirects),
        content_type=content_type.decode("latin-1") if content_type else None,
        size_bytes=int(announced) if stopped and announced.isdigit() else len(response.body),
        body=response.body,
        rendered="playwright" in response.flags,
        cut=CUT in response.flags,
        depth=journey.depth,
        server_date=_header(response, "Date"),
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ),
        partial=stopped or "dataloss" in response.flags,
        etag=_header(response, "ETag"),
        last_modified=_header(response, "Last-Modified"),
        examined=None if journey.examination is None else journey.examination.page,
    )


def _header(response: Response, name: str) -> str | None:
    return (response.headers.get(name) or b"").decode("latin-1") or None


def _outcome(response: Response, journey: Journey, *, whole: bool) -> Outcome:
    if response.status == NOT_MODIFIED and journey.conditional:
        return Outcome.OK
    outcome = of_status(response.status, challenge=_challenges(response))
    if outcome is not Outcome.OK:
        return outcome
    if journey.redirects and not on_site(response.url, journey):
        return Outcome.REDIRECT_OFFSITE
    blank = whole and not response.body.strip()
    # What did not come says nothing of what was there; a link target opens by its first bytes.
    if whole and "dataloss" in response.flags and (blank or journey.purpose is not RequestPurpose.CHECK):
        return Outcome.RESET
    if blank:
        return Outcome.EMPTY
    return outcome


def _challenges(response: Response) -> bool:
    """Whether a firewall answered with its test page in place of the site."""
    if 300 <= response.status < 500:
        return False  # these statuses have outcomes of their own
    headers = {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    return is_challenge(response.status, headers, response.body)


def unanswered(failure: Failure) -> FetchFacts:
    """The facts of a request that got no answer, or was ended before one was read."""
    assert failure.value is not None  # noqa: S101 - a failure holds one
    return failed(failure.request, failure.value)  # type: ignore[attr-defined]


def failed(request: Request, exception: BaseException) -> FetchFacts:
    """The facts of a request that ended in an exception."""
    journey = journey_of(request)
    outcome, error = of_exception(exception)
    ended = exception if isinstance(exception, RequestEnded) else None
    if journey.fetched_at is not None:  # requests that we did not send on purpose are not logged
        logger.info("%s: %s (%s)", journey.asked_url, outcome, error)
    return FetchFacts(
        url=journey.asked_url,
        final_url=(ended and ended.final_url) or (request.url if journey.redirects else None),
        status=ended.status if ended else None,
        outcome=outcome,
        fetched_at=journey.fetched_at,
        elapsed_s=round(journey.elapsed_s, 3),
        redirects=list(journey.redirects),
        content_type=None,
        size_bytes=journey.received,
        body=b"",
        rendered=bool(request.meta.get("playwright")),
        depth=journey.depth,
        error=error,
    )
