"""Draws pages in the system's Chromium, through scrapy-playwright; started with the first request that needs it."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy import signals
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from govcrawl.network.barriers import examine, watch
from govcrawl.network.chromium import find_browser, quiet_arguments
from govcrawl.network.computed import MARK_CONCEALED
from govcrawl.network.drawing import Drawing, DrawnSites
from govcrawl.network.frames import BRING_FRAMES_IN, MOST_FRAMES
from govcrawl.network.gateway import Gateway
from govcrawl.network.middlewares.robots import ObeyRobots
from govcrawl.network.own_clock import at_most
from govcrawl.network.requests import CUT, ask_browser, journey_of, on_site, on_the_network, site_host
from govcrawl.network.resolve import refusal
from govcrawl.network.shared_files import SharedFiles
from govcrawl.pages.answers.moves import BROUGHT_IN
from govcrawl.pages.links.urls import DEFAULT_PORTS
from govcrawl.pages.tampering.concealed import MARK
from govcrawl.records.outcomes import Outcome, RequestEnded, of_status

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Page, Route
    from playwright.async_api import Request as PlaywrightRequest
    from playwright.async_api import Response as PlaywrightResponse
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

_UNSEEN = frozenset({"image", "font", "media"})  # not fetched: the text of a page needs none of them

_NAVIGATION_S = 15.0  # longest wait for the markup
_CLOSE_S = 10.0  # longest wait for a page or context to close; then it is abandoned
_SETTLE_S = 6.0  # longest wait for the page's own calls
_TYPE_S = 3.0  # longest wait for a search box to accept a text
_REACT_S = 0.5  # wait for a page to react after typing
_CONTEXTS = 8  # browser contexts kept open for further pages of their sites
_PATIENCE_S = 4.0  # longest wait for a page that shows next to nothing to go on to another
_LITTLE = 100  # characters shown
_MOST_MOVES = 3
_DRAWING = "drawing"  # key of a request's meta
_NAVIGATES = "navigation"  # in what the browser says of a page that went on while it was asked
_SIZE = "document.documentElement?.outerHTML.length ?? 0"
# What a document shows that may send its reader on; of any other, too much to wait for.
_SHOWS = """() => {
  const goes = document.querySelector('meta[http-equiv=refresh i]')
    || [...document.scripts].some(script => script.src || /location|reload|submit|href/.test(script.text));
  const ways = document.querySelectorAll('a[href], frame, iframe').length;
  return goes ? (document.body?.innerText ?? '').trim().length + 20 * ways : 1e6;
}"""
_NOT_CONNECTED = re.compile(r"net::ERR_(?:SOCKS|PROXY|TUNNEL)_CONNECTION_FAILED at (\S{1,2000})")


def launch_options(gateway_port: int) -> dict[str, Any]:
    """The options to start Chromium: headless, without requests of its own, with the gateway as its only connection."""
    options: dict[str, Any] = {
        "headless": True,
        "args": [
            *quiet_arguments(),
            f"--proxy-server=socks5://127.0.0.1:{gateway_port}",
            "--proxy-bypass-list=<-loopback>",  # else loopback addresses bypass the gateway
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # it resolves no names itself
            "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",  # else WebRTC bypasses it too
            "--deny-permission-prompts",
        ],
    }
    if path := find_browser():
        options["executable_path"] = path
    return options


class Browser:
    """Draws pages in Chromium, a few at a time. Each page is closed after reading; each site has its own context.

    Images, fonts and media are never fetched; the gateway decides which other connections are allowed. TLS errors are
    ignored here, since the plain fetch verifies certificates. If no browser can be started, the crawl goes on and
    requests for it end as render_failed.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._handler: _Handler | None = None
        self._starting = asyncio.Lock()
        self._missing: str | None = None
        self._free = asyncio.Semaphore(settings.getint("BROWSER_PAGES"))
        self._pages_per_context = settings.getint("BROWSER_PAGES_PER_CONTEXT")
        self._context_kwargs = {
            "user_agent": settings["USER_AGENT"],
            "locale": "zh-CN",
            "ignore_https_errors": True,
            "service_workers": "block",
            "accept_downloads": False,
            "permissions": [],
        }
        self._gateway = Gateway()
        self._drawn: Counter[str] = Counter()  # site → pages of it drawn so far
        self._open: Counter[str] = Counter()  # context → number of its pages being drawn
        self._recent: list[str] = []  # open contexts, the one used last at the end
        self._sites = DrawnSites(settings.getint("SITE_MAX_DRAWN_REQUESTS"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        browser = cls(crawler)
        crawler.signals.connect(browser.close, signal=signals.engine_stopped)
        return browser

    async def draw(self, request: Request) -> Response:
        """The document in the browser after the page's scripts have filled it; RequestEnded when it cannot be drawn."""
        journey = journey_of(request)
        site = journey.site_host or site_host(request.url)
        async with self._free:
            self._sites.check(site)
            handler = await self._started()
            context = self._context_of(site)
            self._open[context] += 1
            drawing = request.meta[_DRAWING] = Drawing(site, self._sites)
            events: dict[str, Callable[..., Any]] = {"popup": partial(_close, drawing)}
            if journey.examination is not None:
                events |= watch(journey.examination)
            ask_browser(request, context, self._context_kwargs, events)
            if journey.examination is not None:  # its time runs from the first byte on
                request.meta["playwright_page_goto_kwargs"] = {"wait_until": "commit"}
            try:
                with on_the_network(journey):
                    drawing.task = task = asyncio.ensure_future(handler.download_request(request))
                    response: Response = await at_most(journey.timeout_s, task)
                    if drawing.refused is not None:
                        raise drawing.refused
            except asyncio.CancelledError:
                if drawing.refused is None:
                    raise
                raise drawing.refused from None
            except PlaywrightError as error:
                raise self._ended(error) from error
            except RuntimeError as error:  # raised by scrapy-playwright for downloads, which we refuse
                raise RequestEnded(Outcome.RENDER_FAILED, str(error)) from error
            except TimeoutError as error:
                raise RequestEnded(
                    Outcome.RENDER_FAILED, f"not drawn within {journey.timeout_s:.0f} s"
                ) from error
            finally:
                await self._put_away(handler, request, context)
        journey.redirects += request.meta.get("redirect_urls", [])
        if (
            urlsplit(response.url).scheme not in DEFAULT_PORTS
        ):  # the browser's own page for a failed connection
            raise RequestEnded(Outcome.RENDER_FAILED, "goes on to an address that could not be opened")
        if not on_site(response.url, journey):
            raise RequestEnded(
                Outcome.REDIRECT_OFFSITE,
                f"leads to {response.url}",
                final_url=response.url,
                status=response.status,
            )
        return response.replace(flags=[*response.flags, CUT]) if drawing.cut else response

    async def close(self) -> None:
        if self._handler is not None:
            await self._handler.close()
        self._gateway.close()

    async def _started(self) -> _Handler:
        async with self._starting:
            if self._missing is None and self._handler is None:
                try:
                    self._handler = await _Handler.started(
                        self._crawler, self._unwanted, await self._gateway.start()
                    )
                except Exception as error:  # noqa: BLE001 - without a browser the crawl goes on
                    self._missing = f"no browser: {str(error).strip().splitlines()[0]}"
                    logger.error(  # noqa: TRY400 - one clear line
                        "%s. Pages drawn by script end as render_failed; `govcrawl doctor` says what is missing.",
                        self._missing,
                    )
            if self._handler is None:
                raise RequestEnded(Outcome.RENDER_FAILED, self._missing or "no browser")
            return self._handler

    async def _put_away(self, handler: _Handler, request: Request, context: str) -> None:
        page: Page | None = request.meta.pop("playwright_page", None)
        with suppress(PlaywrightError, TimeoutError):
            if page is not None and not page.is_closed():
                await at_most(_CLOSE_S, page.close())
        self._open[context] -= 1
        idle = [name for name in self._recent[:-_CONTEXTS] if not self._open[name]]
        for name in idle:
            self._recent.remove(name)
            del self._open[name]
            handler.shared.forget(name)
            if wrapper := handler.context_wrappers.get(name):
                with suppress(PlaywrightError, TimeoutError):
                    await at_most(_CLOSE_S, wrapper.context.close())

    def _context_of(self, site: str) -> str:
        """The context of a site. Cookies and storage are shared by neither other sites nor much later pages of this one."""
        context = f"{site}-{self._drawn[site] // self._pages_per_context}"
        self._drawn[site] += 1
        if context in self._recent:
            self._recent.remove(context)
        self._recent.append(context)
        return context

    def _ended(self, error: PlaywrightError) -> RequestEnded:
        """The outcome for an error of the browser; for a failed connection it is the one that the gateway recorded."""
        found = _NOT_CONNECTED.search(error.message)
        if found is not None:
            target = urlsplit(found[1])
            with suppress(ValueError):
                door = (target.hostname or "").rstrip("."), target.port or DEFAULT_PORTS.get(target.scheme, 0)
                if ended := self._gateway.failed.get(door):
                    return ended
        return RequestEnded(_word_of(error), error.message)

    async def _unwanted(self, request: PlaywrightRequest, drawing: Drawing) -> bool:
        """Whether a request of a page is cancelled before it is sent. The gateway checks every connection besides."""
        drawing.wish()
        if request.resource_type in _UNSEEN or not drawing.may_send():
            return True
        page = request.frame.page
        goes_on = request.is_navigation_request() and request.frame.parent_frame is None
        if not goes_on or page.url == "about:blank":
            return False  # a resource of the page, or the page itself, which was checked before
        if not drawing.may_move():
            return True
        if reason := await _refused(request.url):
            logger.info("%s goes on to %s: %s", page.url, request.url[:200], reason)
            return True
        robots = self._crawler.get_downloader_middleware(ObeyRobots)
        if robots is None or await robots.allows(request.url):
            return False
        drawing.refused = RequestEnded(Outcome.ROBOTS_DENIED, "robots.txt forbids it", final_url=request.url)
        return True


async def _refused(url: str) -> str | None:
    """Why the guard does not let a page navigate to an address; None when it does."""
    try:
        target = urlsplit(url)
        port = target.port or DEFAULT_PORTS.get(target.scheme)
    except ValueError:
        return "no web address"
    return await refusal(target.hostname, port) if target.hostname and port else None


class _Handler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # the package has no types
    """scrapy-playwright's handler, started when first needed, with our own waiting and filtering of a page."""

    _unwanted: Callable[[PlaywrightRequest, Drawing], Awaitable[bool]]
    _drawings: WeakKeyDictionary[Page, Drawing]
    shared: SharedFiles

    @classmethod
    async def started(
        cls,
        crawler: Crawler,
        unwanted: Callable[[PlaywrightRequest, Drawing], Awaitable[bool]],
        gateway_port: int,
    ) -> Self:
        handler = cls(crawler)
        handler.config.launch_options = launch_options(gateway_port)
        handler.config.navigation_timeout_ms = 0  # none but our own
        handler._unwanted = unwanted
        handler._drawings = WeakKeyDictionary()
        handler.shared = SharedFiles()
        handler.process_request_headers = None  # keep the browser's; the context has our user agent
        # scrapy-playwright would start with the engine; we start it ourselves when it is first needed.
        await handler._launch()
        await handler._maybe_launch_browser()
        return handler

    def _make_request_handler(
        self, context_name: str, *args: Any, **kwargs: Any
    ) -> Callable[[Route, PlaywrightRequest], Any]:
        """Abort unwanted requests with the code for a cancelled one, so that the page stays as it is and can be read.

        What another page of the context fetched is not fetched again.
        """
        ordinary = super()._make_request_handler(context_name, *args, **kwargs)

        async def handle(route: Route, request: PlaywrightRequest) -> None:
            if await self._unwanted(request, self._drawings[request.frame.page]):
                with suppress(PlaywrightError):  # the page may be gone by now
                    await route.abort("aborted")
            elif not await self.shared.give(context_name, route, request):
                await ordinary(route, request)
                await self.shared.take(context_name, request)

        return handle

    async def _create_page(self, request: Request, spider: Any) -> Page:
        page: Page = await super()._create_page(request, spider)
        self._drawings[page] = request.meta[_DRAWING]
        return page

    async def _get_response_and_download(self, request: Request, page: Page, spider: Any) -> Any:
        try:
            return await at_most(_NAVIGATION_S, super()._get_response_and_download(request, page, spider))
        except TimeoutError:
            raise RequestEnded(Outcome.TIMEOUT, f"no markup within {_NAVIGATION_S:.0f} s") from None

    async def _apply_page_methods(self, page: Page, request: Request, spider: Any) -> None:  # noqa: ARG002
        """Wait until the page's scripts have filled it; the original waits for `load`, which some pages never reach."""
        if examination := journey_of(request).examination:
            await examine(page, examination)
            return
        await _settle(page)
        await self._refuse_if_large(page)
        if await _ask(page, _SHOWS) < _LITTLE:
            # A page that says next to nothing may send its reader on in a moment, or load again.
            with suppress(PlaywrightTimeoutError):
                await page.wait_for_event("framenavigated", timeout=_PATIENCE_S * 1000)
                await _settle(page)
        if typed := journey_of(request).typed:
            await _type_in(page, *typed)
        with suppress(PlaywrightError):  # a page that forbids it is judged by its markup
            await page.evaluate(MARK_CONCEALED, MARK)
            await page.evaluate(BRING_FRAMES_IN, [MOST_FRAMES, BROUGHT_IN])
        await self._refuse_if_large(page)

    async def _refuse_if_large(self, page: Page) -> None:
        size = await _ask(page, _SIZE)
        if size > self._default_maxsize:
            raise RequestEnded(Outcome.TOO_LARGE, f"drawn to {size} characters", final_url=page.url)


async def _settle(page: Page) -> None:
    with suppress(TimeoutError):
        await at_most(_SETTLE_S, page.wait_for_load_state("networkidle", timeout=0))


async def _ask(page: Page, expression: str) -> int:
    """A number of the document; where the page sends its reader on meanwhile, of the document that it leads to."""
    for _ in range(_MOST_MOVES):
        try:
            return int(await page.evaluate(expression))
        except PlaywrightError as error:
            if _NAVIGATES not in error.message:
                raise
            await _settle(page)
    return int(await page.evaluate(expression))


# New windows are closed unread, so this script makes a search that would open one open in the same page.
_STAY_HERE = """() => {
  window.open = (url) => { if (url) location.href = url; return window; };
  for (const one of document.querySelectorAll('form[target], a[target], base[target]')) one.removeAttribute('target');
}"""
_FILL = """(box, text) => {
  box.value = text;
  for (const kind of ['input', 'change', 'keyup']) box.dispatchEvent(new Event(kind, { bubbles: true }));
  box.focus();
}"""
# This script clicks the button beside a search box that does not react to Enter.
_PRESS_BUTTON = """(box) => {
  const telling = /搜索|检索|查询|search|sousuo|btn|submit|icon/i;
  for (let scope = box.form || box.parentElement, up = 0; scope && up < 4; scope = scope.parentElement, up++) {
    for (const one of scope.querySelectorAll('button, input[type=submit], input[type=button], input[type=image], a, img, i, span')) {
      const told = [one.textContent.slice(0, 20), one.value, one.id, one.className, one.title, one.alt, one.type].join(' ');
      if (one !== box && telling.test(told)) { one.click(); return true; }
    }
  }
  return false;
}"""


async def _type_in(page: Page, selector: str, text: str) -> None:
    """Type a text into the search box as a reader would, and wait for the result; RequestEnded when that fails."""
    box = page.locator(selector).first
    before = page.url
    statuses: list[int] = []

    def note(response: PlaywrightResponse) -> None:
        if response.request.is_navigation_request() and response.frame == page.main_frame:
            statuses.append(response.status)

    page.on("response", note)
    try:
        await page.evaluate(_STAY_HERE)
        await box.evaluate(_FILL, text, timeout=_TYPE_S * 1000)
        await page.keyboard.press("Enter")
        await _settled(page)
        if page.url == before and not statuses:
            await box.evaluate(_PRESS_BUTTON, timeout=_TYPE_S * 1000)
            await _settled(page)
    except PlaywrightTimeoutError as error:
        raise RequestEnded(
            Outcome.RENDER_FAILED, f"the box {selector} cannot be filled", final_url=before
        ) from error
    finally:
        page.remove_listener("response", note)
    if statuses and statuses[-1] >= 400:
        raise RequestEnded(
            of_status(statuses[-1]),
            f"the search answers {statuses[-1]}",
            final_url=page.url,
            status=statuses[-1],
        )


async def _settled(page: Page) -> None:
    await page.wait_for_timeout(_REACT_S * 1000)
    await _settle(page)


async def _close(drawing: Drawing, popup: Page) -> None:
    drawing.may_move()
    with suppress(PlaywrightError):
        await popup.close()


# Chromium's net::ERR_… of a navigation → outcome; all others are render_failed
_NET_ERRORS = {
    "ERR_NAME_NOT_RESOLVED": Outcome.DNS_FAILURE,
    "ERR_CONNECTION_REFUSED": Outcome.REFUSED,
    "ERR_ADDRESS_UNREACHABLE": Outcome.REFUSED,
    "ERR_CONNECTION_RESET": Outcome.RESET,
    "ERR_CONNECTION_CLOSED": Outcome.RESET,
    "ERR_EMPTY_RESPONSE": Outcome.RESET,
    "ERR_CONTENT_LENGTH_MISMATCH": Outcome.RESET,
    "ERR_INCOMPLETE_CHUNKED_ENCODING": Outcome.RESET,
    "ERR_CONNECTION_TIMED_OUT": Outcome.TIMEOUT,
    "ERR_TIMED_OUT": Outcome.TIMEOUT,
    "ERR_TOO_MANY_REDIRECTS": Outcome.REDIRECT_LOOP,
    "ERR_SSL_PROTOCOL_ERROR": Outcome.TLS_ERROR,
}


def _word_of(error: PlaywrightError) -> Outcome:
    if isinstance(error, PlaywrightTimeoutError):
        return Outcome.TIMEOUT
    name = error.message.partition("net::")[2].split(maxsplit=1)
    return _NET_ERRORS.get(name[0], Outcome.RENDER_FAILED) if name else Outcome.RENDER_FAILED
