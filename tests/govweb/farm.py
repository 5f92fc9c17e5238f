"""What the simulated web answers: (host, path, instant) → `Answer`. No sockets here."""

from __future__ import annotations

import io
import json
import struct
import zlib
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from tests.govweb import prose
from tests.govweb.confession import Fault, Site, sites
from tests.govweb.elsewhere import ELSEWHERE, ENGINE, MEDIA
from tests.govweb.pdf import pdf
from tests.govweb.shapes import MAIN, MENU, SHAPES, menu_of
from tests.govweb.styles import STYLES
from tests.govweb.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

_CHALLENGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><meta id='9DhefwqGPrzGxEp9hPaoag' content='{&quot;"
    "r&quot;:&quot;m&quot;}' r='m'><script type='text/javascript'>$_ts=window['$_ts'];if(!$_ts)$_ts={};"
    "$_ts.nsd=31337;$_ts.cd='qErxrrAlqcGqhqqcqk';if($_ts.lcd)$_ts.lcd();</script></head><body></body></html>"
)
_JSL = (
    "<script>document.cookie=('_')+('_')+('j')+('s')+('l')+('_clearance')+'=1766.55|-1|abc';"
    "location.href=location.pathname+location.search</script>"
)
_FORBIDDEN = (
    "<html><head><meta charset='utf-8'><title>403 Forbidden</title></head><body><h1>403</h1>"
    "<p>您的请求存在异常，已被网站应用防火墙拦截。事件编号 7f3a91。</p></body></html>"
)
_NOT_FOUND = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
    "<h2>抱歉，您访问的页面不存在或已删除</h2><p><a href='/'>返回首页</a></p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request gets; `delay_s` before the first byte, `reset` instead of any."""

    status: int = 200
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    delay_s: float = 0
    reset: bool = False


def _html(text: str, status: int = 200, **more: tuple[tuple[str, str], ...]) -> Answer:
    return Answer(status, text.encode(), **more)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\xc8\x10\x2e" * 8 for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


_JAVASCRIPT = "application/javascript"
_SCRIPTS = {
    f"/assets/js/{path.name}": Answer(body=path.read_bytes(), content_type=_JAVASCRIPT)
    for path in (Path(__file__).parent / "scripts").glob("*.js")
}
_FILES = {
    "png": Answer(body=_png(), content_type="image/png"),
    "jpg": Answer(body=_png(), content_type="image/jpeg"),
    "ico": Answer(body=_png(), content_type="image/x-icon"),
    "css": Answer(body=b".list{clear:both}\n", content_type="text/css"),
    "js": Answer(body=b"/* nothing to see */\n", content_type=_JAVASCRIPT),
    "pdf": Answer(
        body=pdf(["附件", "任务分解表", "一、各责任单位按照职责分工抓好落实。", "二、进展情况按季度汇总后公开。"]),
        content_type="application/pdf",
    ),
    "doc": Answer(body=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), content_type="application/msword"),
    "xls": Answer(body=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), content_type="application/vnd.ms-excel"),
}  # fmt: skip
_ASSETS = (
    "/favicon.ico", "/assets/css/common.css", "/assets/js/jquery.min.js", "/assets/js/common.js",
    "/assets/js/count.js", "/assets/js/createpage.js", "/assets/js/jpage.js", "/assets/images/logo.png",
    "/assets/images/banner.jpg", "/assets/images/gate.png", "/assets/images/party.png", "/assets/images/police.png",
)  # fmt: skip


def attached(options: Mapping[str, Any]) -> Answer:
    """A file of these lines: a document, a table (cells apart by `|`), or pages of pictures for so many `scanned` ones."""
    import docx  # noqa: PLC0415 - most states of the web have no such file
    import openpyxl  # noqa: PLC0415
    from pypdf import PdfWriter  # noqa: PLC0415

    stored = io.BytesIO()
    lines = options.get("lines", [])
    if options["path"].endswith(".docx"):
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(stored)
    elif options["path"].endswith(".xlsx"):
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line.split("|"))
        book.save(stored)
    else:
        writer = PdfWriter()
        for _ in range(options["scanned"]):
            writer.add_blank_page(100, 100)
        writer.write(stored)
    told = (("ETag", f'"{options["path"]}"'), ("Last-Modified", "Mon, 02 Mar 2026 01:00:00 GMT"))
    return Answer(body=stored.getvalue(), content_type="application/octet-stream", headers=told)


def file(path: str) -> Answer:
    return _SCRIPTS.get(path) or _FILES[path.rpartition(".")[2]]


def _field(query: str, name: str, charset: str) -> str:
    return parse_qs(query, encoding=charset).get(name, [""])[0]


def _feed(path: str, at: datetime) -> Answer:
    """The feed of an account: `/feed/<days since its last post>.xml`, each post a week after the one before."""
    idle = int(path.rpartition("/")[2].removesuffix(".xml"))
    posts = "".join(
        f"<item><title>第{number}条</title><pubDate>{format_datetime(at - timedelta(days=idle + 7 * number))}</pubDate></item>"
        for number in range(5)
    )
    text = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>发布</title>{posts}</channel></rss>'
    return Answer(body=text.encode(), content_type="application/rss+xml")


@dataclass(slots=True)
class StandingSite:
    """One site in one state, with the answers drawn so far."""

    view: View
    drawn: dict[str, Answer] = field(default_factory=dict)
    _pages: dict[str, Callable[[], Answer]] | None = None

    @property
    def pages(self) -> dict[str, Callable[[], Answer]]:
        """Every address of the site → how to draw it; made on the first request beyond the home page."""
        if self._pages is None:
            self._pages = dict(self._addresses())
        return self._pages

    def search(self, question: str) -> Answer:
        """What the site's own search answers, or the engine that serves for it."""
        if self.view.standing("searchless"):
            return self._not_found()
        for fault in self.view.standing("search-broken"):
            return _html("<h1>Error</h1>", fault.options["status"])
        return self._page(self.view.style.found(self.view, question))

    def found(self, question: str) -> Answer:
        """The same for the script that draws the results."""
        found = [{"title": entry.title, "url": entry.path} for entry in self.view.found(question)]
        return Answer(body=json.dumps({"found": found}).encode(), content_type="application/json")

    def answer(self, path: str, body: bytes = b"") -> Answer:
        bare, _, query = path.partition("?")
        if bare in ("/search", "/api/search") and (query or body):
            question = _field(body.decode("ascii") or query, "q", self.view.site.charset)
            return self.search(question) if bare == "/search" else self.found(question)
        path = path.removesuffix("index.html") if path.endswith("/index.html") else path
        if path not in self.drawn:
            self.drawn[path] = self._answer(path)
        return self.drawn[path]

    def _answer(self, path: str) -> Answer:
        view = self.view
        for fault in view.standing("answer"):
            if path in fault.options["paths"]:
                return self._planned(fault, path)
        if path == "/":
            return self._page(self._shaped(view.style.home(view), "home"))
        if path in (MAIN, MENU) and view.standing("shaped"):
            home = view.style.home(view)
            return self._page(home if path == MAIN else menu_of(home))
        if path == "/robots.txt":
            return self._robots()
        if path.partition("?")[0] in (*_ASSETS, f"/assets/css/{view.style.name}.css"):
            return file(path.partition("?")[0])
        if path in self.pages:
            return self.pages[path]()
        return self._not_found()

    def _not_found(self) -> Answer:
        soft = bool(self.view.standing("soft-404"))
        page = _NOT_FOUND.format(title="页面不存在" if soft else "404 Not Found")
        return _html(page, 200 if soft else 404)

    def _robots(self) -> Answer:
        robots = self.view.site.robots
        if robots == "404":
            return self._not_found()
        if robots.isdigit():
            return _html("<h1>Service Unavailable</h1>", int(robots))
        return Answer(body=robots.encode(), content_type="text/plain")

    @staticmethod
    def _planned(fault: Fault, path: str) -> Answer:
        """`answer` sends its paths in a ring to one another, or answers them all with one status."""
        paths = fault.options["paths"]
        status = fault.options["status"]
        if status in {301, 302}:
            target = paths[(paths.index(path) + 1) % len(paths)]
            return _html("", status, headers=(("Location", target),))
        return _html("<h1>Error</h1>", status)

    def _page(self, text: str) -> Answer:
        charset = self.view.site.charset
        declared = "text/html; charset=utf-8" if charset == "utf-8" else "text/html"
        return Answer(body=text.encode(charset, "xmlcharrefreplace"), content_type=declared)

    def _shaped(self, text: str, place: str) -> str:
        """The page in the shape that its site gives pages at this place: `home`, a section's name, `articles of` one, or everywhere."""
        for fault in self.view.standing("shaped"):
            if fault.options["on"] in (place, "every page"):
                text = SHAPES[fault.options["as"]](text)
        return text

    def _addresses(self):
        view, style = self.view, self.view.style
        for path, text in style.plain_pages(view):
            yield path, lambda text=text: self._page(text)
        for path, name in view.topics().items():
            text = style.topic(view, path, name)
            yield path, lambda text=text: self._page(text)
        for fault in view.standing("attached"):
            yield fault.options["path"], lambda fault=fault: attached(fault.options)
        for call, text in style.calls(view).items():
            yield (
                call,
                lambda text=text: Answer(body=text.encode(), content_type="application/json; charset=utf-8"),
            )
        for section in view.site.sections:
            for page, path in enumerate(view.list_paths(section), start=1):
                yield (
                    path,
                    lambda section=section, page=page: self._page(
                        self._shaped(style.listing(view, section, page), section.name)
                    ),
                )
            for entry in view.entries(section):
                yield (
                    entry.path,
                    lambda entry=entry: self._page(
                        self._shaped(style.article(view, entry), f"articles of {entry.section.name}")
                    ),
                )
                for path in view.files(entry):
                    yield path, lambda path=path: file(path)


class Farm:
    """The whole web on every instant around one settable day."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._states: dict[tuple[object, ...], StandingSite] = {}

    @cached_property
    def by_host(self) -> dict[str, Site]:
        return {site.host: site for site in sites()}

    def site(self, site: Site, at: datetime) -> StandingSite:
        standing = tuple(fault.stands(at, self.day) for fault in site.faults)
        key = (site.slug, at.date(), standing)
        if key not in self._states:
            self._states[key] = StandingSite(View(site, STYLES[site.style], self.day, at))
        return self._states[key]

    def answer(
        self,
        host: str,
        path: str,
        at: datetime,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
    ) -> Answer:
        if host == ENGINE and path.startswith("/s?"):
            code = _field(path.partition("?")[2], "site", "utf-8")
            site = next(site for site in sites() if site.site_code == code)
            return self.site(site, at).search(_field(path.partition("?")[2], "q", site.charset))
        if host == MEDIA and path.startswith("/feed/"):
            return _feed(path, at)
        if host in ELSEWHERE:
            return self._elsewhere(host, path)
        if host not in self.by_host:
            return _html("<h1>Unknown host</h1>", 421)
        state = self.site(self.by_host[host], at)
        shown = _hindrance(state.view.faults) or state.answer(path, body)
        for fault in state.view.standing("head"):
            if method == "HEAD" and path in fault.options["paths"]:  # whatever GET says
                return Answer(body=b"", status=fault.options["status"])
        for fault in state.view.standing("cloaked"):
            place = "home" if path == "/" else "unknown" if shown.status == 404 else ""
            if _visitor(headers or {}) in fault.options["to"] and place == fault.options["at"]:
                return _html(fault.options["html"])
        return shown

    @staticmethod
    def _elsewhere(host: str, path: str) -> Answer:
        place = ELSEWHERE[host]
        if path == "/robots.txt":
            return _html("not here", 404)
        if place.behaviour == "not_found":
            return _html(_NOT_FOUND.format(title="404"), 404)
        if place.behaviour == "forbidden":
            return _html(_FORBIDDEN, 403)
        if place.behaviour == "ailing":
            return _html("<h1>503 Service Unavailable</h1>", 503)
        return _html(place.body.format(host=host, text="".join(prose.paragraphs(f"{host}{path}"))))


def _visitor(headers: Mapping[str, str]) -> str:
    """As whom a request comes, as a server that was broken into tells: `spider`, `referrer`, `phone` or nobody."""
    agent, referrer = headers.get("user-agent", "").lower(), headers.get("referer", "")
    if "spider" in agent:
        return "spider"
    return "referrer" if "baidu" in referrer else "phone" if "mobile" in agent else ""


def _hindrance(faults: list[Fault]) -> Answer | None:
    """What the whole site answers instead of its pages, if any of its faults stands in the way."""
    for fault in faults:
        if fault.kind == "reset":
            return Answer(reset=True)
        if fault.kind == "slow":
            return Answer(status=200, body=b"<html></html>", delay_s=fault.options["seconds"])
        if fault.kind == "status":
            return _html("<h1>Service Temporarily Unavailable</h1>", fault.options["status"])
        if fault.kind == "challenge":
            text = {412: _CHALLENGE, 521: _JSL, 403: _FORBIDDEN}[fault.options["status"]]
            return _html(
                text, fault.options["status"], headers=(("Set-Cookie", "acw_tc=1; path=/; HttpOnly"),)
            )
    return None
