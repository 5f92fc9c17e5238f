import os
import signal
import ssl
import subprocess
import threading
import time

import pytest
import trustme

from govcrawl.network.chromium import find_browser
from govcrawl.network.drawing import MOST_MOVES, MOST_REQUESTS
from govcrawl.network.rendering import launch_options
from govcrawl.network.requests import RENDER_TIMEOUT_S
from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer, redirect

HOST, OTHER = "www.ceshi.gov.cn", "www.bieren.gov.cn"
NO_ROBOTS = {"/robots.txt": answer("", status=404)}
PLAIN = answer("<html><body>有内容</body></html>")


def page(script, more=""):
    return answer(
        f"<html><meta charset=utf-8><body><ul id=list></ul>{more}<script>{script}</script></body></html>"
    )


LIST = page(
    "fetch('/list.json').then(r => r.json()).then(l => list.innerHTML = l.map(e => `<li>${e}</li>`).join(''))"
)
LATE = page("setTimeout(() => fetch('/list.json').then(r => r.json()).then(l => list.innerHTML = l[0]), 300)")
ENTRANCE = page("list.innerHTML = '正在进入'; setTimeout(() => { location = '/list' }, 1500)")
RESTLESS = page("list.innerHTML = 'drawn'; setInterval(() => fetch('/list.json'), 100)")
HEAVY = page(
    "list.innerHTML = 'drawn'",
    "<img src=/a.png><video src=/a.mp4></video><link rel=stylesheet href=/a.css>"
    "<style>@font-face{font-family:f;src:url(/a.woff2)}body{font-family:f}</style>",
)
ENDLESS = page("list.innerHTML = 'drawn'; setTimeout(() => { while (true) {} }, 100)")
FRAMED = answer(
    "<html><title>某局</title><frameset rows='80,*,0'><frame src=/in/top><frameset cols='200,*'><frame src=/in/menu>"
    "<frame src=/in/main></frameset><frame src=/in/unseen></frameset></html>"
)
IN_FRAMES = {
    "/in/top": answer(
        "<body>某局<iframe src=/in/inner width=200 height=50></iframe><iframe src=/in/unseen style='display:none'></iframe>"
    ),
    "/in/inner": answer("<body><a href=deep/1.html>最里面的一条</a>"),
    "/in/menu": answer("<body><a href=tzgg/>通知公告</a><a href='javascript:go()'>打印</a>"),
    "/in/main": answer(
        "<head><style>.h{display:none}</style></head><body><p>首页正文</p><div class=h>收起</div>"
    ),
    "/in/unseen": answer("<body>无人看见的一页"),
}
RELOADING = page("list.innerHTML = 'drawn'; location.reload()")
ASKING = page("list.innerHTML = 'drawn'; for (let n = 0; n < 320; n++) fetch('/list.json?' + n)")
FAT = page("list.hidden = true; list.innerHTML = 'x'.repeat(12e6)")  # to set out such a line takes seconds
NOISY = page("alert('欢迎'); window.open('/popup'); list.innerHTML = 'drawn'")
JSON = answer('["关于放假的通知", "第二条"]', content_type="application/json")
SNOOPING = page(
    "fetch('http://127.0.0.1:{port}/secret', {{mode: 'no-cors'}}).finally(() => list.innerHTML = 'done')"
)


def drawn(facts):
    return facts.body.decode().partition('<ul id="list">')[2].partition("</ul>")[0]


@pytest.fixture(scope="module")
def met():
    paths = {
        "/list": LIST,
        "/late": LATE,
        "/restless": RESTLESS,
        "/entrance": ENTRANCE,
        "/heavy": HEAVY,
        "/fat": FAT,
        "/reloading": RELOADING,
        "/asking": ASKING,
        "/noisy": NOISY,
        "/missing": answer(page("list.innerHTML='x'").partition(b"\r\n\r\n")[2], status=404),
        "/firewall": answer("<script>1</script>", status=412),
        "/moved": redirect("/list"),
        "/moved-away": redirect(f"http://{OTHER}/list"),
        "/circle": redirect("/circle"),
        "/file.pdf": answer(
            b"%PDF-1.4", content_type="application/pdf", headers={"Content-Disposition": "attachment"}
        ),
        "/list.json": JSON,
        "/framed": FRAMED,
    }
    with Server({"/secret": PLAIN}) as intranet, Server(NO_ROBOTS | paths | IN_FRAMES) as server:
        snooping = (
            SNOOPING.replace(b"{port}", str(intranet.port).encode()).replace(b"{{", b"{").replace(b"}}", b"}")
        )
        server.paths["/snooping"] = answer(snooping.partition(b"\r\n\r\n")[2])
        asked = [path for path in (*paths, "/snooping") if not path.endswith(".json")]
        done = crawl(
            *[Ask("draw", f"http://{HOST}{path}") for path in asked],
            Ask("draw", f"http://{OTHER}:81/"),
            resolve=[f"{name}:80:127.0.0.1:{server.port}" for name in (HOST, OTHER)]
            + [f"{OTHER}:81:127.0.0.1:1"],
            BROWSER_PAGES_PER_CONTEXT="4",
        )
    return done, server, intranet


def of(met, path):
    return met[0].of(f"http://{HOST}{path}")


def test_a_list_drawn_by_script_is_in_the_document(met):
    assert "<li>关于放假的通知</li><li>第二条</li>" == drawn(of(met, "/list"))
    assert (True, "ok") == (of(met, "/list").rendered, of(met, "/list").outcome)


def test_a_list_drawn_late_is_waited_for(met):
    assert "关于放假的通知" == drawn(of(met, "/late"))


def test_what_frames_show_is_in_the_page_and_what_nobody_sees_is_not(met):
    markup = of(met, "/framed").body.decode()
    said = [markup.find(words) for words in ("某局<", "最里面的一条", "通知公告", "首页正文")]

    assert -1 < said[0] < said[1] < said[2] < said[3]
    assert f'href="http://{HOST}/in/tzgg/"' in markup
    assert f'href="http://{HOST}/in/deep/1.html"' in markup
    assert 'href="javascript:go()"' in markup
    assert ".h{display:none}" in markup
    assert "无人看见" not in markup
    assert markup.count("<iframe") == 6
    assert "<frame" not in markup


def test_a_page_that_sends_its_reader_on_is_followed(met):
    assert "<li>关于放假的通知</li><li>第二条</li>" == drawn(of(met, "/entrance"))
    assert f"http://{HOST}/list" == of(met, "/entrance").final_url


def test_a_page_that_loads_itself_without_end_is_given_up(met):
    _, server, _ = met

    assert "render_failed" == of(met, "/reloading").outcome
    assert "goes on without end" in of(met, "/reloading").error
    assert 1 + MOST_MOVES == len(server.asked_for("/reloading"))
    assert of(met, "/reloading").elapsed_s < RENDER_TIMEOUT_S / 2


def test_a_page_that_asks_for_too_much_is_cut(met):
    asked = [one for one in met[1].asked if one.path.startswith("/list.json?")]

    assert ("ok", True) == (of(met, "/asking").outcome, of(met, "/asking").cut)
    assert MOST_REQUESTS - 1 == len(asked)  # and the page itself
    assert not of(met, "/list").cut


def test_pages_of_a_site_make_so_many_requests_all_together():
    with Server(NO_ROBOTS | {"/list": LIST, "/list.json": JSON}) as server:
        done = crawl(
            *[Ask("draw", f"http://{HOST}/list?{number}") for number in range(3)],
            resolve=[f"{HOST}:80:127.0.0.1:{server.port}"],
            SITE_MAX_DRAWN_REQUESTS="4",
            BROWSER_PAGES="1",
        )

    assert ["ok", "ok", "budget_spent"] == [facts.outcome for facts in done.facts]
    assert "made 4 requests" in done.facts[2].error


def test_a_page_that_never_rests_is_read_after_a_while(met):
    assert "drawn" == drawn(of(met, "/restless"))
    assert of(met, "/restless").elapsed_s < RENDER_TIMEOUT_S


def test_images_fonts_and_films_are_not_fetched(met):
    _, server, _ = met

    assert "drawn" == drawn(of(met, "/heavy"))
    assert ["/a.css"] == [asked.path for asked in server.asked if asked.path.startswith("/a.")]


def test_what_the_pages_of_a_site_share_is_fetched_for_the_first_of_them():
    sheet, script = answer("ul{color:red}", content_type="text/css"), "list.innerHTML = 'from the script'"
    fresh = answer("", content_type="text/javascript", headers={"Cache-Control": "no-store"})
    named = "<link rel=stylesheet href=/a.css><script src=/fresh.js></script>"
    both = answer(
        f"<html><meta charset=utf-8><body><ul id=list></ul>{named}<script src=/b.js></script></body></html>"
    )
    paths = {
        "/1": both,
        "/2": both,
        "/a.css": sheet,
        "/b.js": answer(script, content_type="text/javascript"),
        "/fresh.js": fresh,
    }
    with Server(NO_ROBOTS | paths) as server:
        done = crawl(
            *[Ask("draw", f"http://{host}/{number}") for host in (HOST, OTHER) for number in (1, 2)],
            resolve=[f"{name}:80:127.0.0.1:{server.port}" for name in (HOST, OTHER)],
            BROWSER_PAGES="1",
        )
        asked = [(one.headers.get("host") or one.headers.get("Host"), one.path) for one in server.asked]

    shown = [drawn(done.of(f"http://{host}/{number}")) for host in (HOST, OTHER) for number in (1, 2)]
    assert ["from the script"] * 4 == shown
    for host in (HOST, OTHER):
        assert [1, 1, 2] == [asked.count((host, path)) for path in ("/a.css", "/b.js", "/fresh.js")]


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("/missing", "not_found", 404),
        ("/firewall", "blocked", 412),
        ("/fat", "too_large", None),
        ("/noisy", "ok", 200),
        ("/moved", "ok", 200),
        ("/moved-away", "redirect_offsite", 200),
        ("/circle", "redirect_loop", None),
        ("/file.pdf", "render_failed", None),
    ],
)
def test_what_the_browser_meets_has_its_word(met, path, outcome, status):
    assert (outcome, status) == (of(met, path).outcome, of(met, path).status)


def test_a_closed_port_has_the_same_word_in_the_browser(met):
    assert "refused" == met[0].of(f"http://{OTHER}:81/").outcome


def test_the_way_over_redirects_is_known(met):
    facts = of(met, "/moved")

    assert ([f"http://{HOST}/moved"], f"http://{HOST}/list") == (facts.redirects, facts.final_url)


def test_scripts_of_a_page_do_not_reach_our_own_network(met):
    _, _, intranet = met

    assert "done" == drawn(of(met, "/snooping"))
    assert [] == intranet.asked


def test_the_browser_says_who_we_are(met):
    _, server, _ = met
    agents = {asked.headers["user-agent"].split("/")[0] for asked in server.asked}

    assert {"govcrawl"} == agents


def test_pages_are_closed_and_contexts_thrown_away(met):
    stats = met[0].stats

    assert stats["playwright/page_count/max_concurrent"] <= 4  # three drawn, and a popup
    assert 6 == stats["playwright/context_count"]  # of two sites: four pages each at most
    assert 1 == stats["playwright/browser_count"]


def test_a_certificate_that_does_not_hold_is_no_matter_for_the_browser():
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("www.bieren.com").configure_cert(tls)
    with Server({"/": LIST, "/list.json": JSON}, tls=tls) as server:
        url = f"https://{HOST}/"
        done = crawl(Ask("draw", url, home=url), resolve=[f"{HOST}:443:127.0.0.1:{server.port}"])

    assert ("ok", True) == (done.facts[0].outcome, done.facts[0].rendered)


def test_a_page_whose_script_never_ends_is_given_up_and_the_next_one_is_drawn():
    with Server(NO_ROBOTS | {"/endless": ENDLESS, "/list": LIST, "/list.json": JSON}) as server:
        done = crawl(
            Ask("draw", f"http://{HOST}/endless", timeout_s=8),
            Ask("draw", f"http://{HOST}/list"),
            resolve=[f"{HOST}:80:127.0.0.1:{server.port}"],
            BROWSER_PAGES="1",
        )

    assert ["render_failed", "ok"] == [facts.outcome for facts in done.facts]
    assert done.facts[0].elapsed_s < RENDER_TIMEOUT_S / 2, "8 s, not what settings say"


def test_a_browser_that_dies_is_started_again():
    def kill_browser(connection, _):
        for process in children_named("chrom"):
            os.kill(process, signal.SIGKILL)
        time.sleep(0.5)
        connection.sendall(PLAIN)

    once = threading.Event()

    def deadly_once(connection, asked):
        if once.is_set():
            connection.sendall(PLAIN)
            return
        once.set()
        kill_browser(connection, asked)

    with Server(NO_ROBOTS | {"/deadly": deadly_once, "/list": LIST, "/list.json": JSON}) as server:
        done = crawl(
            Ask("draw", f"http://{HOST}/deadly"),
            Ask("draw", f"http://{HOST}/list"),
            resolve=[f"{HOST}:80:127.0.0.1:{server.port}"],
            BROWSER_PAGES="1",
        )

    assert once.is_set()
    assert "ok" == done.facts[1].outcome
    assert 2 == done.stats["playwright/browser_count"]


def children_named(name):
    """Processes below this one whose program is called so."""
    table = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,comm="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in table.splitlines()]
    below, grown = {os.getpid()}, True
    while grown:
        more = {int(pid) for pid, parent, _ in rows if int(parent) in below} - below
        below, grown = below | more, bool(more)
    return [int(pid) for pid, _, command in rows if int(pid) in below and name in command]


def test_without_a_browser_the_crawl_goes_on_and_says_so_once(tmp_path):
    with Server(NO_ROBOTS | {"/list": LIST, "/plain": PLAIN}) as server:
        done = crawl(
            Ask("draw", f"http://{HOST}/list"),
            Ask("draw", f"http://{HOST}/list?2"),
            Ask("page", f"http://{HOST}/plain"),
            resolve=[f"{HOST}:80:127.0.0.1:{server.port}"],
            env={"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)},
        )

    assert ["render_failed", "render_failed", "ok"] == [facts.outcome for facts in done.facts]
    assert "no browser" in done.facts[1].error
    assert 1 == done.log.count("`govcrawl doctor` says what is missing")
    assert "Traceback" not in done.log


def test_the_browser_is_started_silent_and_with_one_way_out():
    args = launch_options(1080)["args"]

    assert "--proxy-server=socks5://127.0.0.1:1080" in args
    assert "--proxy-bypass-list=<-loopback>" in args
    assert {"--disable-background-networking", "--disable-quic"} <= set(args)
    assert ("--no-sandbox" in args) == (os.geteuid() == 0)


def test_the_systems_browser_is_found_on_the_path(tmp_path, monkeypatch):
    browser = tmp_path / "chromium-browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert str(browser) == find_browser()
