"""Our own pages: two small sites that the night serves to itself, one in order and one with known faults.

Whatever the real sites say, these answers are known beforehand. When the spiders, the reader or a check break, the
crawl sees something else on these pages, and the publish gate holds the night (`govcrawl/night/control.py`).

The faults are clear ones, so that they hold under any edition: dates are years away, targets are gone. The server
listens on loopback only, and answers under names that no name server knows (RFC 6761, `.invalid`).
"""

from __future__ import annotations

import mimetypes
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

from govcrawl.registry import Registry, Section, Site

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

SOUND: Final = "sound"
FAULTY: Final = "faulty"
HOSTS: Final = {SOUND: "sound.govcrawl.invalid", FAULTY: "faulty.govcrawl.invalid"}
CODES: Final = {SOUND: "0000000001", FAULTY: "0000000002"}
"""Site codes within the control's own small registry; they never reach the warehouse of the sites."""
STRANGERS: Final = ("one.stranger.invalid", "two.stranger.invalid", "three.stranger.invalid")
"""Hosts that the hidden links of the faulty site lead to; they are ours too."""
NEWS: Final = "/dtyw/"
NOTICES: Final = "/tzgg/"
TERM_DAYS: Final = 30  # of the sections, whatever the edition says of their class

FAULTS: Final[Mapping[str, tuple[str, ...]]] = {
    "home-stale": ("/",),
    "section-stale": (NEWS,),
    "date-future": (f"{NOTICES}1.html",),
    "link-dead": ("/gone.html",),
    "attachment-dead": ("/gone.pdf",),
    "image-dead": ("/gone.png",),
    "tags-missing": (f"{NEWS}1.html",),
    "hidden-link": ("/",),
    "privacy-leak": (f"{NEWS}2.html",),
}
"""Check → paths on the faulty site where it finds a fault. On the sound site none of these checks finds anything."""

_IDENTITY: Final = (
    "11010119900307803X"  # nobody's: its check digit is right, its birthday is the example of the norm
)


def registry_of_own_pages() -> Registry:
    """The registry of the two sites, with both sections of each."""
    sites = tuple(
        Site(CODES[name], f"自检{name}网", f"http://{host}/", "自检", kind="部门")
        for name, host in HOSTS.items()
    )
    sections = tuple(
        Section(CODES[name], title, f"http://{host}{path}", section_class, update_days=TERM_DAYS)
        for name, host in HOSTS.items()
        for title, path, section_class in (("工作动态", NEWS, "动态要闻"), ("通知公告", NOTICES, "通知公告"))
    )
    return Registry(sites=sites, sections=sections)


@contextmanager
def served(as_of: date) -> Iterator[tuple[str, ...]]:
    """Serve the pages as they stand on a day; yield the RESOLVE rules by which they, and nothing else, are reached."""
    pages = {HOSTS[SOUND]: _sound(as_of), HOSTS[FAULTY]: _faulty(as_of)}
    pages |= {host: {"/": _page("友情链接", "<p>欢迎访问。</p>")} for host in STRANGERS}

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.headers.get("Host", ""), {}).get(self.path)
            self.send_response(404 if body is None else 200)
            content = "页面不存在" if body is None else body
            encoded = content.encode()
            kind = None if body is None else mimetypes.guess_type(self.path)[0]
            self.send_header("Content-Type", kind or "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(encoded)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(encoded)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """Say nothing: the run has the records."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield tuple(f"{host}:80:127.0.0.1:{server.server_port}" for host in pages)
        finally:
            server.shutdown()
            thread.join()


def _sound(as_of: date) -> dict[str, str]:
    days = [as_of - timedelta(days=back) for back in range(1, 7)]
    news, notices = _section(NEWS, "工作动态", days), _section(NOTICES, "通知公告", days)
    targets = '<p><a href="/form.pdf">申请表</a><img src="/logo.png" alt="图"></p>'
    home = _page("自检网", _menu() + _rows(NEWS, days) + targets, _site_tags())
    return {"/": home, "/form.pdf": "%PDF-1.4", "/logo.png": "PNG", **news, **notices}


def _faulty(as_of: date) -> dict[str, str]:
    old = [as_of - timedelta(days=1100 + back) for back in range(1, 7)]
    pages = _section(NEWS, "工作动态", old) | _section(NOTICES, "通知公告", [as_of + timedelta(days=400)])
    hidden = "".join(f'<a href="http://{host}/">时时彩投注平台</a>' for host in STRANGERS)
    targets = '<p><a href="/gone.html">办事流程</a> <a href="/gone.pdf">申请表</a><img src="/gone.png" alt="图"></p>'
    pages["/"] = _page(
        "自检网",
        _menu() + _rows(NEWS, old) + targets + f'<div style="display:none">{hidden}</div>',
        _site_tags(),
    )
    pages[f"{NEWS}1.html"] = _page(_title(1), _article(old[0]))
    pages[f"{NEWS}2.html"] = _page(
        _title(2),
        _article(old[1], f"<p>补助对象张三,公民身份号码{_IDENTITY}。</p>"),
        _site_tags() + _article_tags(2, old[1]),
    )
    return pages


def _section(path: str, name: str, days: list[date]) -> dict[str, str]:
    """A list and its articles, newest first, all with their tags."""
    tags = (
        _site_tags() + f'<meta name="ColumnName" content="{name}"><meta name="ColumnType" content="{name}">'
    )
    pages = {path: _page(name, _menu() + _rows(path, days), tags)}
    for number, day in enumerate(days, 1):
        tags = _site_tags() + _article_tags(number, day)
        pages[f"{path}{number}.html"] = _page(_title(number), _article(day), tags)
    return pages


def _title(number: int) -> str:
    return f"关于做好第{number}次自检工作有关事项的通知"


def _rows(path: str, days: list[date]) -> str:
    rows = "".join(
        f'<li><a href="{path}{number}.html">{_title(number)}</a><span>{day}</span></li>'
        for number, day in enumerate(days, 1)
    )
    return f'<ul class="list">{rows}</ul>'


def _menu() -> str:
    return f'<p><a href="/">首页</a> <a href="{NEWS}">工作动态</a> <a href="{NOTICES}">通知公告</a></p>'


def _article(day: date, more: str = "") -> str:
    text = "<p>现将有关事项通知如下,请认真贯彻执行,并于月底前报送落实情况。</p>" * 3
    return f"<p>发布时间:{day}</p>{text}{more}"


def _site_tags() -> str:
    return '<meta name="SiteName" content="自检网"><meta name="SiteDomain" content="govcrawl.invalid"><meta name="SiteIDCode" content="0000000000">'


def _article_tags(number: int, day: date) -> str:
    return f'<meta name="ArticleTitle" content="{_title(number)}"><meta name="PubDate" content="{day}"><meta name="ContentSource" content="自检">'


def _page(title: str, body: str, tags: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8">{tags}<title>{title}</title></head>'
        f"<body><h1>{title}</h1>{body}</body></html>"
    )
