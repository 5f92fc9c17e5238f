"""Nothing inside our own network is ever asked, whichever part of the crawl or of a page wants to: no connection at all."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from govcrawl.records.reachable import is_public
from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer, redirect
from tests.spiders.inspection import night, records

SITE, OTHER = "www.ceshi.gov.cn", "www.bieren.gov.cn"
NO_ROBOTS = {"/robots.txt": answer("", status=404)}
LEAVES = {
    "/goes-on",
    "/goes-on-by-redirect",
    "/refreshes",
    "/clicks",
}  # the page itself wants to be elsewhere
DRAWN = "<p id=drawn>这里是部门网站的首页</p>"


@contextmanager
def intranet() -> Iterator[tuple[int, list[str]]]:
    """A machine of ours: one port for streams and datagrams, and who came there."""
    came: list[str] = []
    with (
        socket.create_server(("127.0.0.1", 0)) as door,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as drop,
    ):
        port = door.getsockname()[1]
        drop.bind(("127.0.0.1", port))

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = door.accept()
                    connection.settimeout(2)
                    with contextlib.suppress(OSError):
                        came.append(
                            connection.recv(200).decode("latin-1").partition("\r\n")[0] or "connected"
                        )
                    connection.close()

        def receive() -> None:
            with contextlib.suppress(OSError):
                while True:
                    came.append(f"datagram of {len(drop.recv(2000))} bytes")

        for work in (listen, receive):
            threading.Thread(target=work, daemon=True).start()
        yield port, came
        door.shutdown(socket.SHUT_RDWR)


def page(script: str = "", markup: str = "") -> bytes:
    return answer(f"<html><meta charset=utf-8><body>{DRAWN}{markup}<script>{script}</script></body></html>")


def wiles(port: int) -> dict[str, bytes]:
    """What a page can do to make a browser ask; `/to` is an address of the same site that redirects inside."""
    inside = f"http://127.0.0.1:{port}"
    return {
        "/window-open": page(f"window.open('{inside}/open')"),
        "/popup-post": page(
            "document.forms[0].submit()",
            f"<form method=post action='{inside}/post' target=_blank><input name=a value=b></form>",
        ),
        "/popup-redirect": page("window.open('/to')"),
        "/goes-on": page(f"location.href = '{inside}/on'"),
        "/goes-on-by-redirect": page("location.href = '/to'"),
        "/refreshes": page("", f"<meta http-equiv=refresh content='0;url={inside}/refresh'>"),
        "/clicks": page("document.links[0].click()", "<a href='/to'>去</a>"),
        "/frame": page("", f"<iframe src='{inside}/frame'></iframe><iframe src='/to'></iframe>"),
        "/fetches": page(f"fetch('{inside}/fetch', {{mode: 'no-cors'}}); fetch('/to', {{mode: 'no-cors'}})"),
        "/script": page("", f"<script src='{inside}/js'></script><script src='/to'></script>"),
        "/style": page("", f"<link rel=stylesheet href='{inside}/css'><link rel=preconnect href='{inside}'>"),
        "/socket": page(f"new WebSocket('ws://127.0.0.1:{port}/socket')"),
        "/events": page(f"new EventSource('{inside}/events'); new EventSource('/to')"),
        "/beacon": page(f"navigator.sendBeacon('{inside}/beacon', 'x'); navigator.sendBeacon('/to', 'x')"),
        "/worker": page(
            "for (const kind of [Worker, SharedWorker]) new kind(URL.createObjectURL(new Blob(["
            f"'fetch(\"{inside}/worker\", {{mode: \"no-cors\"}})'])))"
        ),
        "/download": page("document.links[0].click()", f"<a download href='{inside}/file.zip'>下载</a>"),
        "/webrtc": page(
            f"const c = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{port}'}}]}});"
            "c.createDataChannel('a'); c.createOffer().then(o => c.setLocalDescription(o))"
        ),
        "/numeric": page(f"for (const h of ['2130706433', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost', 'a.localhost']) "
                         f"fetch(`http://${{h}}:{port}/`, {{mode: 'no-cors'}})"),
        "/to": redirect(f"{inside}/redirected"),
    }  # fmt: skip


def test_no_wile_of_a_page_reaches_a_private_address(told):

    with intranet() as (port, came):
        paths = wiles(port)
        drawn = [path for path in paths if path != "/to"]
        with Server(NO_ROBOTS | paths) as server:
            done = crawl(
                *(Ask("draw", f"http://{SITE}{path}") for path in drawn),
                Ask("draw", f"http://{SITE}/to"),
                resolve=[f"{SITE}:80:127.0.0.1:{server.port}"],
            )

    assert [] == came
    words = {facts.url.removeprefix(f"http://{SITE}"): facts.outcome for facts in done.facts}
    assert "ok" == words["/window-open"] == words["/fetches"] == words["/frame"], words
    told(f"{len(drawn)} wiles of a drawn page", "0 connections to the private machine")


def test_no_way_of_plain_fetching_reaches_a_private_address(told):

    with intranet() as (port, came):
        inside = f"http://127.0.0.1:{port}"
        paths = {
            "/away": redirect(f"{inside}/away"),
            "/here": page(),
            "/robots.txt": redirect(f"{inside}/robots"),
        }
        with Server(paths) as server:
            done = crawl(
                Ask("home", f"{inside}/"),
                Ask("home", f"http://localhost:{port}/"),
                Ask("page", f"{inside}/section", depth=0),
                Ask("GET", f"http://127.1:{port}/link"),
                Ask("GET", f"http://[::ffff:127.0.0.1]:{port}/link"),
                Ask("HEAD", f"http://2130706433:{port}/link"),
                Ask("draw", f"{inside}/drawn"),
                Ask("home", f"http://{SITE}/away"),
                Ask("page", f"http://{SITE}/here"),
                Ask("GET", f"http://{SITE}:{port}/other-port"),
                Ask("GET", f"http://127.0.0.1:{server.port}/by-address"),
                Ask("GET", f"http://{OTHER}:22/"),
                resolve=[f"{SITE}:80:127.0.0.1:{server.port}"],
            )
            asked = [one.path for one in server.asked]

    assert [] == came
    assert "/by-address" not in asked
    words = [facts.outcome for facts in done.facts]
    assert ["not_attempted"] * 8 == words[:8]
    told(f"{len(words)} ways of plain fetching", "0 connections to the private machine")


def test_a_home_page_that_goes_on_into_a_private_network_stands_as_it_came(tmp_path, thorough, told):
    """It cannot escape inspection so: its site is visited; and as its scripts were not seen, it proves no absence."""
    if not thorough:
        pytest.skip("half a minute of waiting; the short form stands in tests/spiders/test_visit.py")
    with intranet() as (port, came):
        inside = f"http://127.0.0.1:{port}"
        menu = "".join(f"<p><a href='/{n}.html'>机构职能{n}</a></p>" for n in "abcdefgh")
        body = f"<h1>某某部门</h1>{DRAWN * 30}{menu}"
        homes = {
            "goes-on": page(f"location.href = '{inside}/on'", body),
            "refreshes": page(f"var a = 1; document.write(\"<meta http-equiv=refresh content='0;url={inside}/re'>\")", body),
            "by-redirect": page("location.href = '/to'", body),
        }  # fmt: skip
        more = {"/to": redirect(f"{inside}/redirected"), "/a.html": page("", "<p>甲</p>" * 9)}
        hosts = {f"www.{name}.gov.cn": NO_ROBOTS | more | {"/": home} for name, home in homes.items()}
        with night(tmp_path, hosts) as web:
            run = web.crawl("visit")

    assert [] == came
    pages = {record["url"]: record for record in records(run, "page")}
    seen = {
        host: (pages[f"http://{host}/"]["rendered"], pages[f"http://{host}/"]["read_state"]) for host in hosts
    }
    assert {(True, "read"), (False, "cut")} >= set(seen.values()), seen
    assert (False, "cut") == seen["www.goes-on.gov.cn"] == seen["www.by-redirect.gov.cn"]
    assert {"ok"} == {pages[f"http://{host}/{path}"]["outcome"] for host in hosts for path in ("", "a.html")}
    assert {"ok"} == {visit["home_outcome"] for visit in records(run, "site_visit")}
    told(
        f"{len(hosts)} home pages that go on into the private network when drawn",
        "drawn, or as they came and marked `cut`; their sites are visited; 0 connections",
    )


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2400:3200::1", True),
        ("64:ff9b::808:808", True),  # NAT64 of 8.8.8.8
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("::127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:0:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::a01:203", False),
        ("64:ff9b:1::1", False),
        ("2002:7f00:1::", False),  # 6to4 of 127.0.0.1
        ("fd00::53", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("no address", False),
    ],
)
def test_what_lies_on_the_internet_is_known_in_every_form(address, public):
    assert public == is_public(address)
