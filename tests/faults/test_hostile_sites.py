"""Hostile sites of every kind beside innocent ones, in one process: the innocent are measured whole, each hostile one has its word."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import zlib
from datetime import UTC, datetime

import brotli
import pytest

from tests.faults.test_private_addresses import intranet, wiles
from tests.netlab.crawl import Ask, crawl
from tests.netlab.processes import watched_to_its_end
from tests.netlab.server import Server, answer, drip, reset, silence
from tests.network.test_rendering import children_named
from tests.night.test_nightly import wait_until
from tests.spiders.inspection import anchors, night, page, records

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MEBIBYTE = 1 << 20
INNOCENT = {
    "/": page(anchors("/a.html", "/b.html"), "<p>一个普通的部门网站首页。</p>" * 9),
    "/a.html": page("<p>甲</p>"),
    "/b.html": page("<p>乙</p>"),
}
BOMB_BYTES = 200 * MEBIBYTE


def packed(name: str) -> bytes:
    """A body of zeros that is small as it comes."""
    if name == "zstd":
        return zstd.compress(b"0" * BOMB_BYTES)
    if name == "br":
        return brotli.compress(b"0" * BOMB_BYTES, quality=1)
    squeeze = zlib.compressobj(1, zlib.DEFLATED, 31)
    return (
        b"".join([squeeze.compress(b"0" * MEBIBYTE) for _ in range(BOMB_BYTES // MEBIBYTE)]) + squeeze.flush()
    )


def encoded(body: bytes, encoding: str) -> bytes:
    return answer(body, headers={"Content-Encoding": encoding})


def headers_without_end(connection, _asked):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"x" * 60_000 + b"\r\n")


def body_without_end(connection, _asked):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
    while True:
        connection.sendall(b"<p>x</p>" * 8192)


def cut_off(connection, asked):
    connection.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n<html><p>half"
    )
    reset(connection, asked)


def scripted(script: str) -> bytes:
    return answer(f"<html><meta charset=utf-8><body><p>首页</p><script>{script}</script>")


def home(body: str | bytes) -> bytes:
    return answer(body)


HOSTILE = {
    # what a body can do to its reader (the six of the review)
    "two megabytes of blank lines": lambda: home("\n" * 2 * MEBIBYTE + "<html><p>首页"),
    "a selector that tries every way": lambda: home(
        f"<style>{'.a' * 30}{{display:none}}</style>" + "<div class=a>" * 150
    ),
    "one line without a blank": lambda: home("<p>" + "a" * MEBIBYTE),
    "CDATA without end": lambda: home("<script>" + "<![CDATA[" * 120_000 + "</script>"),
    "a click that leads on and on": lambda: home("<a onclick=\"go('" + "a/" * MEBIBYTE + '">x</a>'),
    "blank lines in an article": lambda: home("<h1>通知</h1><p>正文" + "\n" * MEBIBYTE + "完</p>"),
    "nesting without end": lambda: home("<div>" * 400_000),
    # what an answer can do to its receiver
    "a gzip bomb": lambda: encoded(packed("gzip"), "gzip"),
    "a brotli bomb": lambda: encoded(packed("br"), "br"),
    "a zstd bomb": lambda: encoded(packed("zstd"), "zstd"),
    "a bomb in a bomb": lambda: encoded(gzip.compress(packed("gzip")), "gzip, gzip"),
    "a body without end": lambda: body_without_end,
    "a body that drips": lambda: drip,
    "headers without end": lambda: headers_without_end,
    "ten thousand cookies": lambda: answer(
        "<p>首页</p>", headers={f"Set-Cookie: c{n}=1\r\nX-{n}": "1" for n in range(10_000)}
    ),
    "a redirect of a megabyte": lambda: answer(status=302, headers={"Location": "/" + "a" * MEBIBYTE}),
    "a redirect to itself": lambda: answer(status=302, headers={"Location": "/"}),
    "no answer": lambda: silence,
    "an answer cut off": lambda: cut_off,
    "a reset": lambda: reset,
    "bytes that are no HTTP": lambda: b"\x00\xff" * 4096,
    # what a script can do to the browser
    "a script without end": lambda: scripted("for(;;);"),
    "alerts without end": lambda: scripted("for(;;) alert('x')"),
    "windows without end": lambda: scripted("setInterval(() => window.open('/'), 1)"),
    "a script that eats memory": lambda: scripted(
        "const a=[]; setInterval(() => a.push(new Array(1e6).fill('x')), 1)"
    ),
}
PRYING = "www.prying.gov.cn"


def prying(port: int) -> dict[str, bytes]:
    """A site whose drawn home page shows in frames each wile that asks a private machine, and links to it in every spelling."""
    paths = wiles(port)
    links = [*paths, *(f"http://{host}:{port}/link" for host in ("127.0.0.1", "127.1", "[::ffff:127.0.0.1]"))]
    script = (
        f"for (const url of {json.dumps(links)}) {{"
        "const frame = document.createElement('iframe'); frame.src = url; document.body.append(frame);"
        "const link = document.createElement('a'); link.href = url; link.textContent = url; document.body.append(link) }"
    )
    return paths | {"/": scripted(script)}


SHORT = (
    "two megabytes of blank lines",
    "a selector that tries every way",
    "a gzip bomb",
    "headers without end",
    "a reset",
)


def test_the_innocent_are_measured_whole_beside_hostile_sites_of_every_kind(tmp_path, thorough, told):
    kinds = list(HOSTILE) if thorough else SHORT
    hosts = {f"www.hostile{number}.gov.cn": {"/": HOSTILE[kind]()} for number, kind in enumerate(kinds)}
    innocent = {f"www.innocent{number}.gov.cn": INNOCENT for number in range(3)}
    began = time.monotonic()
    with intranet() as (port, came), night(tmp_path, innocent | hosts | {PRYING: prying(port)}) as web:
        run = web.begin("visit")
        command = web.command(run, OPEN_SITES="64")  # a process of ours, so that its memory can be told
        errors = tmp_path / "errors"
        with errors.open("wb") as log:
            process = subprocess.Popen(command, env=web.environment(), stdout=log, stderr=log)
        cost = watched_to_its_end(process)
        assert 0 == cost.code, errors.read_text("utf-8", "replace")
        run.seal("finished", datetime.now(UTC))
        log_of_crawl = list(came)
        with socket.create_connection(("127.0.0.1", port)) as ours:  # it does listen
            ours.sendall(b"ours\r\n")
            wait_until(lambda: came)
    seconds = time.monotonic() - began

    assert (log_of_crawl, came) == ([], ["ours"])
    assert wiles(port).keys() <= {asked.path for asked in web.servers[PRYING].asked}  # its frames were drawn
    visits = {visit["site_code"]: visit for visit in records(run, "site_visit")}
    words = [visits[site.site_code] for site in web.registry.sites]
    assert [("ok", "finished")] * 3 == [(one["home_outcome"], one["finish_reason"]) for one in words[:3]]
    pages = {record["url"]: record["outcome"] for record in records(run, "page")}
    assert {"ok"} == {pages[f"http://{host}{path}"] for host in innocent for path in INNOCENT}
    assert cost.peak_mb < 700
    for kind, visit in zip(kinds, words[3:-1], strict=True):
        told(f"a site with {kind}", f"`{visit['home_outcome']}` ({visit['finish_reason']})")
    told(
        f"{len(kinds)} hostile sites beside 3 innocent ones in one process",
        f"the innocent whole; {seconds:.0f} s; at most {cost.peak_mb:.0f} MB",
    )
    told("connections to the private machine during that crawl, of one site that tries every way", "(empty)")


def test_a_site_that_refuses_tls_is_told_so(told):
    with Server({}) as plain:
        facts = crawl(
            Ask("home", "https://www.plain.gov.cn/"), resolve=[f"www.plain.gov.cn:443:127.0.0.1:{plain.port}"]
        ).facts[0]

    assert "tls_error" == facts.outcome
    told("a port for https that speaks no TLS", f"`{facts.outcome}`: {facts.error}")


def test_a_browser_killed_in_mid_page_costs_that_page_and_nothing_else(tmp_path, thorough, told):
    if not thorough:
        pytest.skip("the short form stands in tests/network/test_rendering.py")
    killed = threading.Event()

    def deadly(connection, asked):
        """The script of a page the browser is drawing."""
        if not killed.is_set():
            killed.set()
            for process in children_named("chrom"):
                os.kill(process, signal.SIGKILL)
        connection.sendall(answer("document.title = 'x'", content_type="text/javascript"))

    drawn = "<p>一个普通的部门网站首页。</p>" * 9 + anchors("/a.html")
    hosts = {
        "www.killed.gov.cn": INNOCENT
        | {"/": page(drawn, "<script src=/deadly.js></script>"), "/deadly.js": deadly},
        "www.innocent.gov.cn": INNOCENT | {"/": page(drawn, "<script>document.title='y'</script>")},
    }
    with night(tmp_path, hosts, render="browser") as web:
        run = web.crawl("visit", OPEN_SITES="1")

    assert killed.is_set()
    assert [] == children_named("chrom")
    words = {record["url"]: record["outcome"] for record in records(run, "page")}
    assert {"ok"} == {words[f"http://{host}{path}"] for host in hosts for path in ("/", "/a.html")}
    assert {"ok"} == {visit["home_outcome"] for visit in records(run, "site_visit")}
    told(
        "Chromium killed in mid-page",
        "started again, the page drawn the second time, the next site whole; no Chromium left",
    )
