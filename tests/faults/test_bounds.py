"""What one file, list or connection may cost: the rows of docs/limits.md that no other test tries."""

import asyncio
import subprocess
import sys
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from govcrawl.network.gateway import MOST_BYTES, MOST_CONNECTIONS
from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.lists.feed import read_feed
from govcrawl.pages.markup.document import Document
from govcrawl.pages.markup.hidden import Hidden
from govcrawl.pages.read import read_page
from govcrawl.records.errors import RegistryError
from govcrawl.registry import load_registry
from govcrawl.registry.tables import MAX_UNPACKED_BYTES
from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer
from tests.spiders.inspection import anchors, night, page, slow

DAY = date(2026, 11, 22)
HOME = "http://www.a.gov.cn/"
MEBIBYTE = 1 << 20


def test_entities_of_a_feed_are_not_expanded(told):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "ha">{levels}]><rss><channel><item><title>&e9;</title></item></channel></rss>'
    file = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&f;</title><pubDate>2026-11-20</pubDate></item></channel></rss>'
    began = time.process_time()
    read_feed(bomb.encode(), DAY)
    feed = read_feed(file.encode(), DAY)

    assert time.process_time() - began < 1
    assert "root:" not in repr(feed)
    told("a feed of a thousand million entities; one that names a file of ours", "not expanded; not opened")


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path, thorough, told):
    if not thorough:
        pytest.skip("packs a gigabyte")
    path = tmp_path / "sites.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(MAX_UNPACKED_BYTES // MEBIBYTE + 1):
            sheet.write(b" " * MEBIBYTE)
    with pytest.raises(RegistryError, match=r"workbook is too large.*Split it, or save it as CSV"):
        load_registry(tmp_path)
    told(
        f"a workbook of {path.stat().st_size >> 20} MB that unpacks to more than a gigabyte",
        "refused before it is unpacked: too large, split it or save it as CSV",
    )


def test_a_style_of_many_long_selectors_is_not_tried(told):
    steps = "".join(f".a{n} .b .c .d .e{{display:none}}" for n in range(300))
    parts = "".join(f".a{n}.b.c.d{{display:none}}" for n in range(300))
    many = "".join(f".n{n}{{display:none}}" for n in range(5_000))
    markup = f"<style>{many}{steps}{parts}</style>" + "<div class='n1'>" * 300
    began = time.process_time()
    hidden = Hidden(Document(markup, "http://www.a.gov.cn/"))

    assert time.process_time() - began < 5
    assert 300 == len(hidden.containers)  # by .n1, which is among the first
    told("5,600 selectors of a page", f"200 are tried; {time.process_time() - began:.1f} s of processor")


def test_what_a_page_says_of_itself_is_no_longer_than_people_read():
    long = "大" * 60_000
    head = f"<title>{long}</title><meta name=ArticleTitle content='{long}'><meta name=ContentSource content='{long}'>"
    row = f"<li><a href='/{{}}' title='{long}'>{long}</a><span>2026-11-20</span></li>"
    listing = f"<ul>{row.format('a.html')}{row.format('a' * 60_000)}</ul>"
    records = ",".join(f'{{"title":"{long}","url":"/{n}","date":"2026-11-20"}}' for n in ("1", "a" * 60_000))
    for markup, url in (
        (head + listing, HOME),
        (
            f"{head}<h1>{long}</h1><p>发布时间：2026-11-20 来源：{long}</p>{'<p>正文内容</p>' * 40}",
            f"{HOME}art/1.html",
        ),
        (f'{{"rows":[{records}]}}', f"{HOME}list/"),
    ):
        read = read_page(markup.encode(), url, as_of=DAY, memo=LinkMemo(HOME))
        said = [read.title, read.source, *read.tags.values(), *(each.title for each in read.entries)]
        asked = [each.url for each in (*read.entries, *read.links)]

        assert max(len(each or "") for each in said) <= 2_000
        assert max(map(len, asked), default=0) <= 8_192 + len(HOME)
    assert read.entries


def test_a_list_of_a_million_rows_takes_seconds(thorough, told):
    if not thorough:
        pytest.skip("the growth is in tests/faults/test_reading.py")
    rows = "".join(f"<li><a href=/{n}.html>关于{n}</a>2026-11-20</li>" for n in range(300_000))
    body = f"<ul>{rows}</ul>".encode()
    began = time.process_time()
    read = read_page(body, "http://www.a.gov.cn/", as_of=DAY, memo=LinkMemo("http://www.a.gov.cn/"))
    seconds = time.process_time() - began

    assert seconds < 60
    told(
        f"a list of 300,000 rows, {len(body) / MEBIBYTE:.0f} MB",
        f"`{read.read_state}`, {len(read.entries)} entries, {seconds:.0f} s of processor",
    )


def test_a_connection_of_the_browser_is_cut_off(thorough, told):
    if not thorough:
        pytest.skip("draws a page")
    sent = 0

    def endless(connection, _):
        nonlocal sent
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while sent < 3 * MOST_BYTES:
            connection.sendall(b"x" * MEBIBYTE)
            sent += MEBIBYTE

    script = "fetch('/endless').then(r => r.text()).catch(() => document.title = 'cut off')"
    home = page("<p>这里是部门网站的首页</p>" * 30, anchors("/a.html"), f"<script>{script}</script>")
    with Server({"/": home, "/endless": endless, "/robots.txt": answer("", status=404)}) as server:
        (facts,) = crawl(
            Ask("draw", "http://www.a.gov.cn/"), resolve=[f"www.a.gov.cn:80:127.0.0.1:{server.port}"]
        ).facts

    assert "ok" == facts.outcome
    assert sent <= MOST_BYTES + 32 * MEBIBYTE  # what lies between us and the server
    told(
        "a drawn page that asks for an answer without end", f"cut off after {sent >> 20} MB; the page is read"
    )


ROOT = Path(__file__).parents[2]
BEYOND = 30  # connections that must wait
HELLO = b"\x05\x01\x00"  # SOCKS 5, no authentication (RFC 1928)
TO_THE_SITE = b"\x05\x01\x00\x03\x0cwww.a.gov.cn" + (80).to_bytes(2, "big")


class _Held:
    """A server that holds every connection; counts how many there were, and at the same time."""

    def __init__(self):
        self.writers, self.most, self.ever = [], 0, 0
        self.changed = asyncio.Condition()

    async def meet(self, _reader, writer):
        async with self.changed:
            self.writers.append(writer)
            self.ever += 1
            self.most = max(self.most, len(self.writers))
            self.changed.notify_all()

    async def until(self, ever):
        async with self.changed:
            await self.changed.wait_for(lambda: self.ever >= ever)

    def let_go(self, number):
        for _ in range(number):
            self.writers.pop(0).close()


async def _through(port):
    """Ask the gateway for the site as Chromium does, and hold the connection until the site hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HELLO)
    assert b"\x05\x00" == await reader.readexactly(2)
    writer.write(TO_THE_SITE)
    assert 0 == (await reader.readexactly(10))[1]
    assert b"" == await reader.read()
    writer.close()


async def _crowd(held) -> None:
    server = await asyncio.start_server(held.meet, "127.0.0.1", 0, backlog=500)
    rule = f"www.a.gov.cn:80:127.0.0.1:{server.sockets[0].getsockname()[1]}"
    gateway = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.many_connections", rule),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        port = int(await gateway.stdout.readline())
        async with asyncio.timeout(240), asyncio.TaskGroup() as group:
            for _ in range(MOST_CONNECTIONS + BEYOND):
                group.create_task(_through(port))
            await held.until(MOST_CONNECTIONS)
            while held.ever < MOST_CONNECTIONS + BEYOND:  # each that goes makes room for one
                came = held.ever
                held.let_go(1)
                await held.until(came + 1)
            held.let_go(len(held.writers))
    finally:
        gateway.stdin.close()
        await gateway.wait()
        server.close()


def test_the_browser_has_so_many_connections_at_a_time_and_the_rest_waits(told):
    held = _Held()
    asyncio.run(_crowd(held))

    assert MOST_CONNECTIONS + BEYOND == held.ever
    assert MOST_CONNECTIONS == held.most
    told(
        f"{held.ever} connections of a browser at once",
        f"{held.most} at a time; the rest waits and is served",
    )


def test_a_process_that_takes_too_much_memory_ends_and_another_goes_on(tmp_path, thorough, told):
    if not thorough:
        pytest.skip("waits for Scrapy's watch of its memory")
    home = slow(page(anchors("/a.html"), "<p>首页</p>" * 30), 3)
    with night(tmp_path, {"www.a.gov.cn": {"/": home, "/a.html": page("<p>甲</p>" * 30)}}) as web:
        run = web.begin("visit")
        log = web.work(run, MEMUSAGE_LIMIT_MB="50", MEMUSAGE_CHECK_INTERVAL_SECONDS="0.5")
        assert run.open_tasks()
        web.work(run.resume())
        assert not run.open_tasks()
        run.seal("finished", datetime.now(UTC))
    told(
        "a process above its limit of memory",
        "ends in order; its tasks are done by the next",
    )
    assert "memory" in log.lower()
