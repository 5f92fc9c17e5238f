import os
import time

import pytest

from govcrawl.network.kept_robots import FOR_S, KeptRobots, RobotsAnswer
from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer, redirect, reset

PAGE = answer("<html><body>有内容</body></html>")


def robots(text, **kwargs):
    return answer(text, content_type="text/plain", **kwargs)


FORBIDS = robots("User-agent: *\nDisallow: /\n")
TOO_LONG = "# " + "x" * (600 * 1024) + "\nUser-agent: *\nDisallow: /\n"

# host, its robots.txt, the word kept of it, the outcome of a page, of the home page
HOSTS = [
    ("none.gov.cn", answer("", status=404), "absent", "ok"),
    ("forbidden.gov.cn", answer("", status=403), "absent", "ok"),
    ("allowing.gov.cn", robots("User-agent: *\nDisallow: /other/\n"), "allowed", "ok"),
    ("blank.gov.cn", robots(""), "allowed", "ok"),
    ("forbids.gov.cn", FORBIDS, "allowed", "robots_denied"),
    ("bom.gov.cn", robots("\ufeffUser-agent: *\nDisallow: /\n"), "allowed", "robots_denied"),
    (
        "us.gov.cn",
        robots("User-agent: govcrawl\nDisallow: /\n\nUser-agent: *\nAllow: /\n"),
        "allowed",
        "robots_denied",
    ),
    ("others.gov.cn", robots("User-agent: Baiduspider\nDisallow: /\n"), "allowed", "ok"),
    ("broken.gov.cn", answer("", status=500), "unreachable", "robots_denied"),
    ("jiasule.gov.cn", answer("", status=521), "unreachable", "robots_denied"),
    ("resets.gov.cn", reset, "unreachable", "reset"),
    ("html.gov.cn", answer("<!DOCTYPE html><title>首页</title>"), "not_text", "ok"),
    ("html-as-text.gov.cn", robots("\r\n<html>Disallow: /</html>"), "not_text", "ok"),
    ("moved.gov.cn", redirect("http://forbids.gov.cn/robots.txt", 301), "allowed", "robots_denied"),
    ("in-circles.gov.cn", redirect("/robots.txt"), "absent", "ok"),
    ("too-long.gov.cn", robots(TOO_LONG), "allowed", "ok"),
    ("binary.gov.cn", robots(bytes(range(256)) * 100), "allowed", "ok"),
]


@pytest.fixture(scope="module")
def met():
    servers = {}
    try:
        for host, reaction, *_ in HOSTS:
            servers[host] = Server({"/robots.txt": reaction, "/": PAGE, "/page": PAGE}).__enter__()
        asks = [Ask("page", f"http://{host}/page") for host in servers]
        asks += [Ask("home", f"http://{host}/") for host in servers]
        asks += [Ask("HEAD", f"http://{host}/page") for host in servers]
        resolve = [f"{host}:80:127.0.0.1:{server.port}" for host, server in servers.items()]
        done = crawl(*asks, resolve=resolve)
        yield done, servers
    finally:
        for server in servers.values():
            server.__exit__()


@pytest.mark.parametrize(
    ("host", "word", "outcome"), [(host, word, outcome) for host, _, word, outcome in HOSTS]
)
def test_robots_txt_is_obeyed_as_rfc_9309_says(met, host, word, outcome):
    done, _ = met

    assert (word, outcome) == (done.robots[f"http://{host}/page"], done.of(f"http://{host}/page").outcome)


@pytest.mark.parametrize("host", [host for host, *_ in HOSTS])
def test_a_home_page_is_asked_for_whatever_robots_txt_says(met, host):
    assert "ok" == met[0].of(f"http://{host}/").outcome


def test_link_targets_are_asked_for_under_the_same_rule(met):
    done, _ = met
    checks = {facts.url: facts.outcome for facts in done.facts[-len(HOSTS) :]}

    assert checks == {f"http://{host}/page": outcome for host, _, _, outcome in HOSTS}


def test_robots_txt_is_asked_for_once_a_host(met):
    _, servers = met
    often = {host for host, server in servers.items() if len(server.asked_for("/robots.txt")) != 1}

    assert {"forbids.gov.cn"} == often  # moved.gov.cn was sent there


def test_a_denied_page_costs_the_site_nothing_and_says_why(met):
    done, servers = met
    denied = done.of("http://forbids.gov.cn/page")

    assert [] == servers["forbids.gov.cn"].asked_for("/page")
    assert (None, 0.0, "robots.txt forbids it") == (denied.fetched_at, denied.elapsed_s, denied.error)
    assert "robots.txt could not be read" == done.of("http://broken.gov.cn/page").error


def test_a_probe_asks_for_nothing_but_the_home_page():
    with Server({"/robots.txt": FORBIDS, "/": PAGE}) as server:
        crawl(Ask("home", "http://a.gov.cn/"), resolve=[f"a.gov.cn:80:127.0.0.1:{server.port}"])

    assert ["/"] == [asked.path for asked in server.asked]


def test_a_crawl_delay_is_kept_up_to_our_cap():
    polite = robots("User-agent: *\nCrawl-delay: 1\n")
    excessive = robots("User-agent: *\nCrawl-delay: 3600\n")
    pages = {"/1": PAGE, "/2": PAGE}
    with Server({"/robots.txt": polite} | pages) as a, Server({"/robots.txt": excessive} | pages) as b:
        done = crawl(
            *[Ask("page", f"http://{host}/{n}") for n in (1, 2) for host in ("a.gov.cn", "b.gov.cn")],
            resolve=[f"a.gov.cn:80:127.0.0.1:{a.port}", f"b.gov.cn:80:127.0.0.1:{b.port}"],
            AUTOTHROTTLE_ENABLED="True",
            ROBOTS_MAX_CRAWL_DELAY="1.5",
        )

    assert ["ok"] * 4 == [facts.outcome for facts in done.facts]
    assert done.delays.items() >= {"a.gov.cn": 1.0, "b.gov.cn": 1.5}.items()


def test_a_host_that_is_not_there_keeps_its_own_word():
    done = crawl(
        Ask("GET", "http://no-such-name.invalid/a"),
        Ask("GET", "http://closed.gov.cn/a"),
        resolve=["closed.gov.cn:80:127.0.0.1:1"],
    )

    assert ["dns_failure", "refused"] == [facts.outcome for facts in done.facts]


def test_processes_of_a_night_ask_a_host_once_and_go_by_what_it_said(tmp_path):
    slow = robots("User-agent: *\nCrawl-delay: 1\nDisallow: /page\n")
    with Server({"/robots.txt": slow}) as said, Server({"/robots.txt": answer("", status=500)}) as broken:
        resolve = [f"said.gov.cn:80:127.0.0.1:{said.port}", f"broken.gov.cn:80:127.0.0.1:{broken.port}"]
        asks = [Ask("page", f"http://{host}/page") for host in ("said.gov.cn", "broken.gov.cn")]
        done = [crawl(*asks, resolve=resolve, ROBOTS_FOLDER=str(tmp_path / "robots")) for _ in range(2)]

    assert [["robots_denied"] * 2] * 2 == [[facts.outcome for facts in one.facts] for one in done]
    assert [["allowed", "unreachable"]] * 2 == [[one.robots[ask.url] for ask in asks] for one in done]
    assert 1 == len(said.asked)
    assert 2 == len(broken.asked), "what failed may have been chance"


def test_robots_txt_of_another_day_is_asked_for_again(tmp_path):
    kept = KeptRobots(tmp_path)
    kept.keep("http://a.gov.cn", RobotsAnswer(200, "text/plain", "User-agent: *\nDisallow: /\n"))
    assert kept.get("http://a.gov.cn")
    assert kept.get("http://b.gov.cn") is None

    (file,) = tmp_path.glob("*.json")
    os.utime(file, (time.time() - FOR_S - 1,) * 2)
    assert kept.get("http://a.gov.cn") is None
    file.write_bytes(b'{"status": 200')  # torn
    assert kept.get("http://a.gov.cn") is None
