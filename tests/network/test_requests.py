import time
from datetime import UTC, datetime

import pytest

from govcrawl.network.requests import PAGE_TIMEOUT_S
from tests.netlab.crawl import Ask, crawl
from tests.netlab.server import Server, answer, redirect, silence

HERE, THERE = "www.ceshi.gov.cn", "www.bieren.gov.cn"
PAGE = answer("<html><body>有内容</body></html>")
NO_ROBOTS = {"/robots.txt": answer("", status=404)}


def sent_to(server, *hosts):
    return [f"{host}:80:127.0.0.1:{server.port}" for host in hosts or (HERE,)]


def slowly(reaction, delay_s):
    def react(connection, _):
        time.sleep(delay_s)
        connection.sendall(reaction)

    return react


def fetched(paths, *asks, hosts=(HERE,), **settings):
    with Server(NO_ROBOTS | paths) as server:
        done = crawl(*asks, resolve=sent_to(server, *hosts), **settings)
    return done, server


def test_an_answer_and_a_failure_have_the_same_facts():
    before = datetime.now(UTC).replace(tzinfo=None).isoformat()
    done, _ = fetched(
        {"/a": PAGE, "/b": silence},
        Ask("page", f"http://{HERE}/a", depth=2),
        Ask("page", f"http://{HERE}/b", depth=3, timeout_s=1),
    )
    good, bad = done.facts

    assert (f"http://{HERE}/a", 200, "ok", 2) == (good.final_url, good.status, good.outcome, good.depth)
    assert ("text/html; charset=utf-8", len(good.body)) == (good.content_type, good.size_bytes)
    assert (None, None, "timeout", 3) == (bad.final_url, bad.status, bad.outcome, bad.depth)
    # Seconds in which this process was held are not the host's.
    assert 0.8 <= bad.elapsed_s < 10, "of the limit of this request, not of the settings"
    assert before < min(good.fetched_at, bad.fetched_at)


def test_the_time_of_a_journey_is_that_of_all_its_hops():
    hops = {"/a": slowly(redirect("/b"), 0.3), "/b": slowly(redirect("/c"), 0.3), "/c": slowly(PAGE, 0.3)}
    # On a busy machine everything takes longer, and our clock leaves out when our process was held; then it is measured again.
    for _ in range(4):
        done, _ = fetched(hops, Ask("home", f"http://{HERE}/a"))
        if 0.9 <= done.facts[0].elapsed_s < 1.5:
            break

    assert [f"http://{HERE}/a", f"http://{HERE}/b"] == done.facts[0].redirects
    assert (f"http://{HERE}/a", f"http://{HERE}/c") == (done.facts[0].url, done.facts[0].final_url)
    assert 0.9 <= done.facts[0].elapsed_s < 1.5


def test_waiting_in_our_own_queue_is_no_time_of_the_site():
    done, _ = fetched(
        {f"/{n}": PAGE for n in range(4)},
        *[Ask("page", f"http://{HERE}/{n}") for n in range(4)],
        DOWNLOAD_DELAY="0.5",
        DOWNLOAD_DELAY_JITTER="0",
    )

    assert max(facts.elapsed_s for facts in done.facts) < 1.5, "what the last has waited at least"


def test_all_hops_share_one_time_limit():
    done, _ = fetched(
        {"/a": slowly(redirect("/b"), 0.6), "/b": slowly(redirect("/c"), 0.6), "/c": slowly(PAGE, 0.6)},
        Ask("home", f"http://{HERE}/a", timeout_s=1),
    )

    assert "timeout" == done.facts[0].outcome, "each hop alone is within the limit"


def test_a_home_page_has_fifteen_seconds_and_one_attempt():
    with Server({"/": silence, "/robots.txt": silence, "/page": PAGE}) as server:
        done = crawl(
            Ask("home", f"http://{HERE}/"), Ask("page", f"http://{HERE}/page"), resolve=sent_to(server)
        )
    probe, page = done.facts

    assert "timeout" == probe.outcome
    assert 0.8 * 15 <= probe.elapsed_s < PAGE_TIMEOUT_S  # less what this process was held
    assert 1 == len(server.asked_for("/"))
    assert ("timeout", "unreachable") == (page.outcome, done.robots[page.url])


def test_a_failing_home_page_is_not_asked_twice():
    _, server = fetched({"/": answer("", status=500)}, Ask("home", f"http://{HERE}/"))

    assert 1 == len(server.asked)


def test_we_say_who_we_are():
    _, server = fetched({"/": PAGE}, Ask("home", f"http://{HERE}/"))
    headers = server.asked[0].headers

    assert headers["user-agent"].startswith("govcrawl/")
    assert headers["accept-language"].startswith("zh-CN")
    assert "cookie" not in headers
    assert "referer" not in headers


def test_a_contact_address_from_the_environment_is_in_the_user_agent():
    with Server({"/": PAGE}) as server:
        crawl(
            Ask("home", f"http://{HERE}/"),
            resolve=sent_to(server),
            env={"GOVCRAWL_CONTACT": "jiancha@x.gov.cn"},
        )

    assert "(+jiancha@x.gov.cn)" in server.asked[0].headers["user-agent"]


def gate(connection, asked):
    """A firewall that sets a cookie and sends the visitor back to where he came from."""
    connection.sendall(
        PAGE
        if "pass=1" in asked.headers.get("cookie", "")
        else redirect("/gate", Set_Cookie="pass=1; Path=/")
    )


def test_a_cookie_lives_as_long_as_the_redirects_it_came_with():
    done, server = fetched(
        {"/gate": gate, "/other": PAGE},
        Ask("page", f"http://{HERE}/gate"),
        Ask("page", f"http://{HERE}/other"),
    )

    assert ["ok", "ok"] == [facts.outcome for facts in done.facts]
    assert "cookie" not in server.asked_for("/other")[0].headers


def test_a_cookie_never_goes_to_another_host():
    _, server = fetched(
        {"/a": redirect(f"http://{THERE}/b", Set_Cookie="secret=1"), "/b": PAGE},
        Ask("GET", f"http://{HERE}/a"),
        hosts=(HERE, THERE),
    )

    assert "cookie" not in server.asked_for("/b")[0].headers


def test_a_page_that_moved_off_its_site_is_not_fetched_there():
    done, server = fetched(
        {"/a": redirect(f"http://{THERE}/b", 301), "/b": PAGE},
        Ask("page", f"http://{HERE}/a"),
        hosts=(HERE, THERE),
    )
    facts = done.facts[0]

    assert ("redirect_offsite", 301, f"http://{THERE}/b") == (facts.outcome, facts.status, facts.final_url)
    assert [] == server.asked_for("/b")


@pytest.mark.parametrize(
    ("there", "outcome"),
    [(PAGE, "redirect_offsite"), (answer("", status=500), "server_error"), (answer(""), "redirect_offsite")],
)
def test_a_home_page_that_moved_off_its_site_is_followed_to_see_whether_it_opens(there, outcome):
    done, server = fetched(
        {"/": redirect(f"http://{THERE}/b"), "/b": there}, Ask("home", f"http://{HERE}/"), hosts=(HERE, THERE)
    )

    assert (outcome, f"http://{THERE}/b") == (done.facts[0].outcome, done.facts[0].final_url)
    assert 1 == len(server.asked_for("/b"))


def test_another_scheme_port_or_www_is_the_same_site():
    targets = ["http://ceshi.gov.cn/b", f"http://{HERE}:8080/b", "//www.ceshi.gov.cn/b", "b", "/b?c#d"]
    paths = {f"/{number}": redirect(target) for number, target in enumerate(targets)}
    with Server(NO_ROBOTS | paths | {"/b": PAGE, "/b?c": PAGE}) as server:
        rules = [*sent_to(server, HERE, "ceshi.gov.cn"), f"{HERE}:8080:127.0.0.1:{server.port}"]
        done = crawl(*[Ask("page", f"http://{HERE}{path}") for path in paths], resolve=rules)

    assert ["ok"] * len(targets) == [facts.outcome for facts in done.facts]


def test_a_section_registered_on_another_host_is_on_its_site_there():
    done, _ = fetched(
        {"/a": redirect("/b"), "/b": PAGE},
        *[Ask("page", f"http://{THERE}{path}", home=f"http://{HERE}/", depth=0) for path in ("/a", "/b")],
        hosts=(HERE, THERE),
    )

    assert ["ok", "ok"] == [facts.outcome for facts in done.facts]


def test_what_is_no_web_address_is_not_attempted():
    urls = ["ftp://www.ceshi.gov.cn/a", "file:///etc/passwd", "data:text/html,x"]

    assert ["not_attempted"] * 3 == [
        facts.outcome for facts in crawl(*[Ask("GET", url) for url in urls]).facts
    ]


def test_a_link_target_is_followed_wherever_it_leads():
    done, _ = fetched(
        {"/a": redirect(f"http://{THERE}/b"), "/b": PAGE},
        Ask("HEAD", f"http://{HERE}/a"),
        hosts=(HERE, THERE),
    )

    assert ("ok", f"http://{THERE}/b") == (done.facts[0].outcome, done.facts[0].final_url)


def test_a_head_request_stays_one_over_redirects():
    statuses = (301, 302, 303, 307, 308)
    _, server = fetched(
        {f"/{status}": redirect("/b", status) for status in statuses} | {"/b": PAGE},
        *[Ask("HEAD", f"http://{HERE}/{status}") for status in statuses],
    )

    assert ["HEAD"] * 5 == [asked.method for asked in server.asked_for("/b")]


def test_a_redirect_to_a_chinese_address_is_understood():
    written = {"/raw": redirect("/通知.html"), "/escaped": redirect("/%E9%80%9A%E7%9F%A5.html")}
    done, _ = fetched(
        written | {"/%E9%80%9A%E7%9F%A5.html": PAGE},
        *[Ask("page", f"http://{HERE}{path}") for path in written],
    )

    assert ["ok", "ok"] == [facts.outcome for facts in done.facts]


def test_of_a_large_file_behind_a_link_nothing_but_the_headers_is_read():
    film = answer(b"x" * 1000, length=1 << 40, content_type="video/mp4")
    done, _ = fetched({"/film.mp4": film}, Ask("GET", f"http://{HERE}/film.mp4"))
    facts = done.facts[0]

    assert ("ok", 1 << 40, b"", "video/mp4") == (
        facts.outcome,
        facts.size_bytes,
        facts.body,
        facts.content_type,
    )


def test_of_a_small_file_behind_a_link_the_first_bytes_tell_whether_it_is_one():
    error = answer(b"<!DOCTYPE html><p>no such file</p>" + b" " * 9000, content_type="application/zip")
    done, _ = fetched({"/a.zip": error}, Ask("GET", f"http://{HERE}/a.zip"))

    assert done.facts[0].body.startswith(b"<!DOCTYPE html>")


def test_of_an_endless_page_behind_a_link_only_the_beginning_is_read():
    def endless(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    done, _ = fetched({"/a": endless}, Ask("GET", f"http://{HERE}/a"))

    assert "ok" == done.facts[0].outcome
    assert 256 * 1024 <= len(done.facts[0].body) < 1 << 20


def test_a_head_answer_tells_the_size():
    done, _ = fetched({"/a": PAGE}, Ask("HEAD", f"http://{HERE}/a"))

    assert ("ok", len(PAGE.partition(b"\r\n\r\n")[2])) == (done.facts[0].outcome, done.facts[0].size_bytes)


def test_neither_redirects_nor_links_lead_into_our_own_network():
    inside = ["127.0.0.1", "[::1]", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]"]
    with Server({"/secret": PAGE}) as intranet, Server(NO_ROBOTS) as public:
        secrets = [f"http://{host}:{intranet.port}/secret" for host in inside]
        public.paths |= {f"/{number}": redirect(secret) for number, secret in enumerate(secrets)}
        done = crawl(
            *[Ask("HEAD", f"http://{HERE}/{number}") for number in range(len(inside))],
            *[Ask("home", f"http://{HERE}/{number}") for number in range(len(inside))],
            *[Ask("GET", secret) for secret in secrets],
            resolve=sent_to(public),
        )

    assert {"not_attempted"} == {facts.outcome for facts in done.facts}
    assert "private network" in done.facts[0].error
    assert [] == intranet.asked


def test_a_registered_site_in_our_own_network_is_asked_only_where_its_row_says():
    paths = NO_ROBOTS | {"/": PAGE, "/page": PAGE}
    with Server(paths) as meant, Server(paths) as beside, Server(paths) as unsaid:
        root = f"http://127.0.0.1:{meant.port}"
        said = {"home": f"{root}/", "private_address": "127.0.0.1"}
        done = crawl(
            Ask("home", f"{root}/", **said),
            Ask("page", f"{root}/page", **said),
            Ask("page", f"http://127.0.0.1:{beside.port}/page", **said),
            Ask("home", f"http://127.0.0.1:{unsaid.port}/"),
            Ask("home", f"http://localhost:{unsaid.port}/", private_address="127.0.0.9"),
        )

    assert ["ok", "ok"] + ["not_attempted"] * 3 == [facts.outcome for facts in done.facts]
    assert [] == beside.asked + unsaid.asked


def test_a_crawl_of_plain_pages_starts_no_browser():
    done, _ = fetched({"/a": PAGE}, Ask("page", f"http://{HERE}/a"))

    assert not [name for name in done.stats if name.startswith("playwright")]


def test_a_redirect_to_another_host_waits_in_the_queue_of_that_hosts_address():
    with Server({"/a": redirect(f"http://{THERE}/b")}) as here, Server({"/b": PAGE}) as there:
        done = crawl(
            Ask("GET", f"http://{HERE}/a"),
            resolve=[f"{HERE}:80:127.0.0.1:{here.port}", f"{THERE}:80:127.0.0.1:{there.port}"],
        )

    assert {f"127.0.0.1:{here.port}", f"127.0.0.1:{there.port}"} == set(done.delays)


def test_a_header_line_that_is_none_costs_the_line_and_not_the_page():
    head = b"HTTP/1.1 200 OK\r\n\xe2\x80\x98x-frame-options\xe2\x80\x99: deny\r\nX Powered By: PHP\r\nno colon here\r\n"
    body = "<html><body>有内容</body></html>".encode()
    odd = head + b"Content-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    done, _ = fetched({"/a": odd}, Ask("page", f"http://{HERE}/a"))

    assert ("ok", body) == (done.facts[0].outcome, done.facts[0].body)
