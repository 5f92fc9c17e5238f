"""Certificate, IPv6, search, furniture and feeds, asked of real sockets."""

import socket
import ssl
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme

from govcrawl.registry import Account, Section, Site
from tests.netlab.server import Server, answer
from tests.spiders.inspection import DAY, code_of, night, page, records, rows

OLD = [(f"/a{n}.html", f"岚川市召开第{n}次专题工作会议", "2026-10-0" + str(n)) for n in range(1, 6)]
LIST = page(rows(*OLD))
SHARE = '<div class="bdsharebuttonbox"></div>'
FORM = '<form action="{action}" method="{method}"><input name="q" id="q" placeholder="搜索"><input type="hidden" name="site" value="7"></form>'
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>发布</title><lastBuildDate>Sun, 22 Nov 2026 02:00:00 GMT</lastBuildDate>
<item><title>旧闻</title><pubDate>Mon, 02 Nov 2026 17:00:00 GMT</pubDate></item><item><title>将来</title><pubDate>Fri, 01 Jan 2027 00:00:00 GMT</pubDate></item></channel></rss>"""


def engine(asked_of, *, knows=lambda _title: True):
    """A search that lists the title it is asked for, if it knows it, and repeats the question in any case."""

    def react(connection, asked):
        query = parse_qs(asked.body.decode() if asked.method == "POST" else urlsplit(asked.path).query)
        title = query["q"][0]
        asked_of.append(title)
        links = f'<li><a href="/found.html">{title[:6]}<em>{title[6:]}</em></a></li>' if knows(title) else ""
        again = f'<a href="/search?q={title}&amp;page=2">{title}的更多结果请看下一页</a>'
        connection.sendall(page(f"<p>您搜索的是{title}</p><ul>{links}</ul>{again}"))

    return react


WELCOME = (
    "<a href=/tzgg/>通知公告</a><p>"
    + "岚川市人民政府门户网站欢迎您，本站发布政府信息，提供办事服务，与公众互动交流。" * 6
    + "</p>"
)
"""A home page that shows nothing is not looked at for what it lacks."""


def home(form, **more):
    return {
        "/": page(WELCOME, form, '<a href="/wza">无障碍浏览</a>', more.get("extra", "")),
        "/tzgg/": LIST,
    } | {path: page(f"<h1>{title}</h1><p>{day}</p>", SHARE) for path, title, day in OLD}


@pytest.fixture(scope="module")
def trials(tmp_path_factory):
    asked: dict[str, list[str]] = {name: [] for name in ("get", "post", "away", "box", "half")}
    drawn = (
        '<input id="searchword" placeholder="请输入搜索词"><span class="btn" onclick="go()">搜索</span>'
        "<script>function go(){window.open('/so?q='+encodeURIComponent(document.getElementById('searchword').value))}</script>"
    )
    hosts = {
        "get.gov.cn": home(FORM.format(action="/search", method="get")) | {"/search": engine(asked["get"])},
        "post.gov.cn": home(FORM.format(action="search.do", method="post"))
        | {"/search.do": engine(asked["post"])},
        "away.gov.cn": home(FORM.format(action="http://engine.example.com/s", method="get")),
        "box.gov.cn": home(drawn) | {"/so": engine(asked["box"])},
        "half.gov.cn": home(FORM.format(action="/search", method="get"))
        | {"/search": engine(asked["half"], knows=lambda title: "第1次" not in title)},
        "shut.gov.cn": home(FORM.format(action="/search", method="get"))
        | {"/robots.txt": answer("User-agent: *\nDisallow: /search", content_type="text/plain")},
        "none.gov.cn": {"/": page(WELCOME), "/tzgg/": page()},
        "engine.example.com": {"/s": engine(asked["away"])},
        "feed.example.com": {"/rss": answer(FEED, content_type="text/xml"), "/html": page("no feed")},
    }
    sites = [host for host, paths in hosts.items() if "/" in paths]
    sections = tuple(
        Section(code_of(list(hosts).index(host)), "通知公告", f"http://{host}/tzgg/", "通知公告")
        for host in sites
    )
    with night(tmp_path_factory.mktemp("around"), hosts, sections) as tonight:
        tonight.registry = type(tonight.registry)(
            sites=tonight.registry.sites,
            sections=sections,
            accounts=tuple(
                Account(name, "微信", name, feed_url=f"http://feed.example.com/{name}") for name in ("rss", "html", "gone")
            ),
        )  # fmt: skip
        lists = tonight.crawl("visit")
        run = tonight.crawl("surroundings", of_run=lists, CONCURRENT_REQUESTS_PER_DOMAIN="4")
        by_host = {host: code_of(list(hosts).index(host)) for host in sites}
        typed = len(asked["box"])
        next_night = tonight.crawl(
            "surroundings", of_run=lists, as_of=DAY + timedelta(days=1), CONCURRENT_REQUESTS_PER_DOMAIN="4"
        )
        later = {trial["site_code"]: trial for trial in records(next_night, "service_trial")}
        asked["box again"] = asked["box"][typed:]
        yield (
            run,
            {trial["site_code"]: trial for trial in records(run, "service_trial")},
            by_host,
            asked,
            later,
        )


def trial(trials, host):
    _, found, codes, *_ = trials
    return found[codes[host]]


@pytest.mark.parametrize(
    ("host", "search", "method"),
    [
        ("get.gov.cn", "form", "GET"),
        ("post.gov.cn", "form", "POST"),
        ("away.gov.cn", "form", "GET"),
        ("box.gov.cn", "box", None),
    ],
)
def test_four_known_titles_are_found_through_the_real_form(trials, host, search, method):
    seen = trial(trials, host)

    assert (search, method) == (seen["search"], seen["search_method"])
    assert [(True, "ok")] * 4 == [(attempt["found"], attempt["outcome"]) for attempt in seen["attempts"]]
    assert 4 == len(set(trials[3][host.split(".")[0]]))


def test_what_the_browser_showed_stands_the_next_night(trials):
    run, found, codes, asked, later = trials
    before, after = found[codes["box.gov.cn"]], later[codes["box.gov.cn"]]
    drawn = [look for look in before["looks"] if look["rendered"]]
    standing = [look for look in after["looks"] if look["rendered"]]

    assert [] == asked["box again"]
    assert [{**attempt, "same_as_run": run.folder.name} for attempt in before["attempts"]] == after[
        "attempts"
    ]
    assert drawn
    assert [{**look, "same_as_run": run.folder.name} for look in drawn] == standing
    assert all(look["same_as_run"] is None for look in after["looks"] if not look["rendered"])


def test_a_search_that_needs_no_browser_is_asked_every_night(trials):
    _, _, codes, _, later = trials

    assert [None] * 4 == [each["same_as_run"] for each in later[codes["get.gov.cn"]]["attempts"]]


def test_a_title_that_only_the_question_repeats_is_not_found(trials):
    missing = [
        attempt["title"] for attempt in trial(trials, "half.gov.cn")["attempts"] if not attempt["found"]
    ]

    assert all("第1次" in title for title in missing)


def test_what_robots_forbids_is_not_asked(trials):
    attempts = trial(trials, "shut.gov.cn")["attempts"]

    assert {"robots_denied"} == {attempt["outcome"] for attempt in attempts}


def test_a_home_page_without_a_search_says_so(trials):
    assert ("none", []) == (trial(trials, "none.gov.cn")["search"], trial(trials, "none.gov.cn")["attempts"])


def test_share_and_accessibility_are_seen_where_they_stand(trials):
    seen = {word for look in trial(trials, "get.gov.cn")["looks"] for word in look["seen"]}

    assert {"share", "accessibility", "search"} <= seen


def test_feeds_tell_the_last_post_that_has_come(trials):
    feeds = {visit["account_id"]: visit for visit in records(trials[0], "feed_visit")}

    assert (2, 2, "2026-11-03") == tuple(feeds["rss"][key] for key in ("posts", "dated", "last_post_on"))
    assert "2026-11-03" in feeds["rss"]["post_days"]
    assert 2 == len(feeds["rss"]["post_days"])
    assert ("other", "not_found") == (feeds["html"]["outcome"], feeds["gone"]["outcome"])


def test_a_name_that_a_rule_sends_to_ipv4_says_nothing_of_ipv6(trials):
    check = records(trials[0], "host_check")[0]

    assert (False, [], "not_attempted") == tuple(
        check[f"ipv6_{key}"] for key in ("known", "addresses", "outcome")
    )


def test_the_home_page_is_asked_for_over_ipv6(tmp_path):
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as dead:
        port = dead.getsockname()[1]
    hosts = {"six.gov.cn": {"/": page("<p>欢迎</p>")}}
    with night(tmp_path, hosts) as tonight:
        lists = tonight.crawl("visit")
        rules = f"six.gov.cn:80:127.0.0.1:{tonight.servers['six.gov.cn'].port},six.gov.cn:80:[::1]:{port}"
        run = tonight.crawl("surroundings", of_run=lists, RESOLVE=rules)
        (check,) = records(run, "host_check")

    assert (True, True, ["::1"], "refused") == tuple(
        check[f"ipv6_{key}"] for key in ("known", "route", "addresses", "outcome")
    )


def test_a_certificate_is_read_whether_it_holds_or_not(tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    ended = datetime.now(UTC) - timedelta(days=3)
    shown = {
        "sound.gov.cn": (authority.issue_cert("sound.gov.cn"), None),
        "old.gov.cn": (
            authority.issue_cert("old.gov.cn", not_before=ended - timedelta(90), not_after=ended),
            "expired",
        ),
        "other.gov.cn": (authority.issue_cert("elsewhere.gov.cn"), "other_name"),
        "nobody.gov.cn": (trustme.CA().issue_cert("nobody.gov.cn"), "unknown_authority"),
    }
    with ExitStack() as stack:
        rules, sites = [], []
        for number, (host, (certificate, _)) in enumerate(shown.items()):
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(tls)
            server = stack.enter_context(Server({"/": page("<p>欢迎</p>")}, tls=tls))
            rules.append(f"{host}:443:127.0.0.1:{server.port}")
            sites.append(Site(code_of(number), host, f"https://{host}/", "单位"))
        tonight = stack.enter_context(night(tmp_path, {}))
        tonight.registry = type(tonight.registry)(sites=tuple(sites))
        trusted = {"RESOLVE": ",".join(rules)}
        stack.enter_context(pytest.MonkeyPatch.context()).setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        lists = tonight.crawl("visit", **trusted)
        run = tonight.crawl("surroundings", of_run=lists, **trusted)
        checks = {check["host"]: check for check in records(run, "host_check")}

    assert {host: problem for host, (_, problem) in shown.items()} == {
        host: check["tls_problem"] for host, check in checks.items()
    }
    assert {"ok"} == {check["tls_outcome"] for check in checks.values()}
    assert ended.date().isoformat() == checks["old.gov.cn"]["tls_not_after_at"][:10]
    assert ["elsewhere.gov.cn"] == checks["other.gov.cn"]["tls_names"]
