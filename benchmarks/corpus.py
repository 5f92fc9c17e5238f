"""Five government-like sites of 500 pages, 25 to 40 KB each, 122 links a page, one link in a hundred dead.

Run as a program it serves them, each on an address of its own from 127.0.0.2 on, from memory: what it costs must not blur what
the crawlers cost. The port is its first line of output. Every answer has an ETag; `/-/count` says how many requests were
answered with how many bytes, and after `/-/busy` a fifth of the articles has changed and every list has three more.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import zlib

SITES = 5
SECTIONS = 20
ARTICLES = 24  # a section; with its list page and the home page that makes 500 pages and one
LINKS = 122
DEAD_SHARE = 0.01
COUNT, BUSY = b"/-/count", b"/-/busy"
NEW_ARTICLES = 3  # of each list on a busy day
CHANGED_SHARE = 0.2  # of the articles


def addresses(sites: int) -> list[str]:
    return [f"127.0.{number // 250}.{2 + number % 250}" for number in range(sites)]


ADDRESSES = addresses(SITES)

_SENTENCES = (
    "各县(区)人民政府,市直各部门、各直属机构:",
    "为进一步规范政府网站建设管理,提高政务公开水平,现将有关事项通知如下。",
    "要坚持以人民为中心的发展思想,切实把各项任务落到实处,确保按期完成。",
    "会议听取了关于全市安全生产工作情况的汇报,研究部署了下一阶段重点任务。",
    "各责任单位要加强协调配合,形成工作合力,重大事项及时向市政府报告。",
)


def pages(*, busy: bool = False) -> dict[str, bytes]:
    """Body by path, of every site alike; the same every time."""
    rng, changes = random.Random(20261122), random.Random(1)
    articles = ARTICLES + NEW_ARTICLES * busy
    paths = ["/"]
    for section in range(SECTIONS):
        paths.append(f"/s{section}/index.html")
        paths += [_article(section, number) for number in range(ARTICLES)]
    found = {path: _page(rng, path, articles).encode() for path in paths}
    if busy:
        for path in paths:
            if "/t2026" in path and changes.random() < CHANGED_SHARE:
                found[path] = found[path].replace("<p>会议".encode(), "<p>更正:会议".encode())
        for section in range(SECTIONS):
            for number in range(ARTICLES, articles):
                found[_article(section, number)] = _page(rng, _article(section, number), articles).encode()
    return found


def _article(section: int, number: int) -> str:
    return f"/s{section}/2026{1 + number % 11:02}/t2026{1 + number % 11:02}{1 + number:02}_{section * 1000 + number}.html"


def _page(rng: random.Random, path: str, articles: int = ARTICLES) -> str:
    section = int(path.split("/")[1][1:]) if path != "/" else 0
    navigation = [(f"/s{number}/index.html", f"栏目{number}") for number in range(SECTIONS)]
    navigation += [("/", "首页")]
    navigation += [(_article(number, 0), f"要闻{number}号") for number in range(SECTIONS)]
    navigation += [(_article(number, 1), f"专题{number}号") for number in range(SECTIONS)]
    own = [
        (_article(section, number), f"关于做好第{section}类第{number}项工作的通知")
        for number in range(2, articles if path.endswith("index.html") else ARTICLES)
    ]
    others = [
        (_article(rng.randrange(SECTIONS), rng.randrange(ARTICLES)), f"相关阅读之{number}")
        for number in range(LINKS - len(navigation) - len(own))
    ]
    for links in (own, others):
        for at, (_, text) in enumerate(links):
            if rng.random() < DEAD_SHARE:
                links[at] = (f"/gone/{rng.randrange(8)}.html", text)
    head = (
        f'<meta charset="utf-8"><title>页面{path}</title><meta name="SiteName" content="测试市人民政府">'
        '<meta name="SiteDomain" content="www.test.gov.cn"><meta name="SiteIDCode" content="3400000001">'
    )
    if "/t2026" in path:
        day = path.split("/t")[1][:8]
        head += (
            f'<meta name="ArticleTitle" content="页面{path}"><meta name="ContentSource" content="市政府办公室">'
            f'<meta name="PubDate" content="{day[:4]}-{day[4:6]}-{day[6:]} 10:00">'
        )
    body = "".join(f"<p>{rng.choice(_SENTENCES)}</p>" for _ in range(rng.randrange(100, 220)))
    items = "".join(
        f'<li><a href="{href}" title="{text}">{text}</a><span class="date">2026-{1 + n % 11:02}-{1 + n % 28:02}</span></li>'
        for n, (href, text) in enumerate(own)
    )
    return (
        f"<!DOCTYPE html><html><head>{head}<style>{'.a{color:#333;margin:0 auto}' * 60}</style></head><body>"
        f"<div class='nav'><ul>{''.join(f'<li><a href={h!r}>{t}</a></li>' for h, t in navigation)}</ul></div>"
        f"<div class='list'><ul>{items}</ul></div><div class='content' id='UCAP-CONTENT'>{body}</div>"
        f"<div class='side'>{''.join(f'<p><a href={h!r}>{t}</a></p>' for h, t in others)}</div>"
        f"<script>{'function tab(i){document.title=i;}' * 40}</script>"
        "<div class='footer'><p>主办单位:测试市人民政府办公室 网站标识码:3400000001</p><p>皖ICP备05000001号</p></div>"
        "</body></html>"
    )


class _Server(asyncio.Protocol):
    """Answers for every site; what was asked is counted for all."""

    answers: dict[bytes, tuple[bytes, bytes]] = {}  # path → ETag, whole answer
    requests = 0
    sent = 0

    def __init__(self) -> None:
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            head, self.waiting = self.waiting[:end], self.waiting[end + 4 :]
            self.transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1]
        if path in (COUNT, BUSY):
            if path == BUSY:
                _Server.answers = _answers(busy=True)
            return _whole(f"[{_Server.requests}, {_Server.sent}]".encode(), b"x")[1]
        etag, answer = self.answers.get(path, (b"", _NOT_FOUND))
        if etag and b"If-None-Match: " + etag in head:
            answer = b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + b"\r\n\r\n"
        _Server.requests += 1
        _Server.sent += len(answer)
        return answer


_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nnot found"


def _whole(body: bytes, etag: bytes) -> tuple[bytes, bytes]:
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nETag: %s\r\nContent-Length: %d\r\n\r\n"
        % (etag, len(body))
    )
    return etag, head + body


def _answers(*, busy: bool = False) -> dict[bytes, tuple[bytes, bytes]]:
    return {
        path.encode(): _whole(body, b'"%08x"' % zlib.crc32(body)) for path, body in pages(busy=busy).items()
    }


async def serve(sites: int) -> None:
    _Server.answers = _answers()
    loop = asyncio.get_running_loop()
    port = 0
    for address in addresses(sites):
        server = await loop.create_server(_Server, address, port)
        port = server.sockets[0].getsockname()[1]
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--sites", type=int, default=SITES)
    asyncio.run(serve(arguments.parse_args().sites))
