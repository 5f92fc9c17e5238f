"""Five government-like sites of 500 pages, 25 to 40 KB each, 122 links a page, one link in a hundred dead.

Run as a program it serves them, one site on each of 127.0.0.2 to .6, from memory: what it costs must not blur what
the crawlers cost. The port is its first line of output.
"""

from __future__ import annotations

import asyncio
import random

SITES = 5
SECTIONS = 20
ARTICLES = 24  # a section; with its list page and the home page that makes 500 pages and one
LINKS = 122
DEAD_SHARE = 0.01
ADDRESSES = [f"127.0.0.{number}" for number in range(2, 2 + SITES)]

_SENTENCES = (
    "各县(区)人民政府,市直各部门、各直属机构:",
    "为进一步规范政府网站建设管理,提高政务公开水平,现将有关事项通知如下。",
    "要坚持以人民为中心的发展思想,切实把各项任务落到实处,确保按期完成。",
    "会议听取了关于全市安全生产工作情况的汇报,研究部署了下一阶段重点任务。",
    "各责任单位要加强协调配合,形成工作合力,重大事项及时向市政府报告。",
)


def pages() -> dict[tuple[str, str], bytes]:
    """Body by (address, path); the same every time."""
    rng = random.Random(20261122)
    found: dict[tuple[str, str], bytes] = {}
    for address in ADDRESSES:
        paths = ["/"]
        for section in range(SECTIONS):
            paths.append(f"/s{section}/index.html")
            paths += [_article(section, number) for number in range(ARTICLES)]
        for path in paths:
            found[address, path] = _page(rng, path).encode()
    return found


def _article(section: int, number: int) -> str:
    return f"/s{section}/2026{1 + number % 11:02}/t2026{1 + number % 11:02}{1 + number:02}_{section * 1000 + number}.html"


def _page(rng: random.Random, path: str) -> str:
    section = int(path.split("/")[1][1:]) if path != "/" else 0
    navigation = [(f"/s{number}/index.html", f"栏目{number}") for number in range(SECTIONS)]
    navigation += [("/", "首页")]
    navigation += [(_article(number, 0), f"要闻{number}号") for number in range(SECTIONS)]
    navigation += [(_article(number, 1), f"专题{number}号") for number in range(SECTIONS)]
    own = [
        (_article(section, number), f"关于做好第{section}类第{number}项工作的通知")
        for number in range(2, ARTICLES)
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
    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self.answers = answers
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while (end := self.waiting.find(b"\r\n\r\n")) >= 0:
            path = self.waiting[:end].split(b" ", 2)[1]
            self.waiting = self.waiting[end + 4 :]
            self.transport.write(self.answers.get(path, _NOT_FOUND))


_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\nnot found"


async def serve() -> None:
    answers: dict[str, dict[bytes, bytes]] = {address: {} for address in ADDRESSES}
    for (address, path), body in pages().items():
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        answers[address][path.encode()] = head.encode() + body
    loop = asyncio.get_running_loop()
    port = 0
    for address in ADDRESSES:
        server = await loop.create_server(lambda a=address: _Server(answers[a]), address, port)
        port = server.sockets[0].getsockname()[1]
    print(port, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve())
