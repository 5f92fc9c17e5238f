"""What the site spider left unanswered is tried once for all sites, and what fails, once more."""

from __future__ import annotations

import ssl

import trustme

from tests.netlab.server import Server, answer, redirect
from tests.spiders.inspection import anchors, night, outcomes, page, records

HOST, OTHER, OUTSIDE = "www.a.gov.cn", "www.b.gov.cn", "www.outside.cn"
URL, OUT = f"http://{HOST}", f"http://{OUTSIDE}"
PDF = {"content_type": "application/pdf"}


def check(tmp_path, hosts, **settings):
    with night(tmp_path, hosts) as tonight:
        site = tonight.crawl("visit")
        for server in tonight.servers.values():
            server.asked.clear()
        links = tonight.crawl("links", of_run=site, **settings)
        asked = {
            host: [(one.method, one.path) for one in server.asked if one.path != "/robots.txt"]
            for host, server in tonight.servers.items()
        }
    return links, asked


def words(run):
    return {
        record["target_url"]: (record["outcome"], record["confirmed"])
        for record in records(run, "link_check")
    }


def stand_ins(run):
    """Target → what came in its place, of those that are not there though their host answers 200."""
    checks = records(run, "link_check")
    return {record["target_url"]: record["stand_in"] for record in checks if record["stand_in"]}


def test_a_dead_target_is_tried_twice_and_confirmed(tmp_path):
    hosts = {
        HOST: {"/": page(anchors(f"{OUT}/gone.html", f"{OUT}/here.html"))},
        OUTSIDE: {"/here.html": page("在")},
    }
    run, asked = check(tmp_path, hosts)

    assert {f"{OUT}/gone.html": ("not_found", True), f"{OUT}/here.html": ("ok", False)} == words(run)
    assert 2 == asked[OUTSIDE].count(("GET", "/gone.html"))
    assert 1 == asked[OUTSIDE].count(("GET", "/here.html"))


def test_a_target_of_many_sites_is_tried_once_for_all(tmp_path):
    home = page(anchors(f"{OUT}/here.html"))
    run, asked = check(tmp_path, {HOST: {"/": home}, OTHER: {"/": home}, OUTSIDE: {"/here.html": page("在")}})

    assert 1 == asked[OUTSIDE].count(("GET", "/here.html"))
    assert 1 == len(words(run))


def test_pages_the_site_spider_opened_are_not_asked_for_again(tmp_path):
    run, asked = check(tmp_path, {HOST: {"/": page(anchors("/a.html")), "/a.html": page("好")}})

    assert {} == words(run)
    assert [] == asked[HOST]


def test_a_page_that_failed_has_its_visit_as_first_attempt(tmp_path):
    run, asked = check(tmp_path, {HOST: {"/": page(anchors("/lost.html"))}})

    (record,) = records(run, "link_check")
    assert ("not_found", True, 2) == (record["outcome"], record["confirmed"], len(record["attempts"]))
    assert [("GET", "/lost.html")] == asked[HOST]


def test_a_target_that_recovers_is_cleared(tmp_path):
    times = []

    def shaky(connection, asked):
        times.append(asked.path)
        connection.sendall(answer("busy", status=503) if len(times) == 1 else page("好"))

    run, _ = check(tmp_path, {HOST: {"/": page(anchors(f"{OUT}/x.html"))}, OUTSIDE: {"/x.html": shaky}})

    assert {f"{OUT}/x.html": ("ok", False)} == words(run)


def test_who_turns_us_away_is_never_called_dead(tmp_path):
    statuses = (401, 403, 405, 412, 429)
    hosts = {
        HOST: {"/": page(anchors(*[f"{OUT}/{status}.html" for status in statuses]))},
        OUTSIDE: {f"/{status}.html": answer("no", status=status) for status in statuses},
    }
    run, asked = check(tmp_path, hosts)

    assert {("blocked", False)} == set(words(run).values())
    assert len(statuses) == len(asked[OUTSIDE])


def test_images_are_asked_for_by_head_and_attachments_shown_by_their_first_bytes(tmp_path):
    hosts = {
        HOST: {
            "/": page(anchors("/good.pdf", "/page.pdf", "/empty.pdf", "/lost.pdf"), '<img src="/p.jpg">'),
            "/good.pdf": answer(b"%PDF-1.4 ...", **PDF),
            "/page.pdf": page("<h1>404</h1><p>您访问的文件不存在</p>", title="404 错误"),
            "/empty.pdf": answer(b"", **PDF),
            "/p.jpg": answer(b"\xff\xd8\xff...", content_type="image/jpeg"),
        }
    }
    run, asked = check(tmp_path, hosts)

    assert {
        f"{URL}/good.pdf": ("ok", False),
        f"{URL}/page.pdf": ("soft_not_found", True),
        f"{URL}/empty.pdf": ("empty", True),
        f"{URL}/lost.pdf": ("not_found", True),
        f"{URL}/p.jpg": ("ok", False),
    } == words(run)
    assert [("GET", "/good.pdf")] == [one for one in asked[HOST] if one[1] == "/good.pdf"]
    assert [("HEAD", "/p.jpg")] == [one for one in asked[HOST] if one[1] == "/p.jpg"]


def test_a_style_or_script_is_there_when_head_calls_it_by_its_name_and_a_page_in_its_place_is_looked_at(
    tmp_path,
):
    named = '<link rel="stylesheet" href="/a.css"><script src="/b.js"></script><script src="/c.js"></script>'
    hosts = {
        HOST: {
            "/": page(named),
            "/a.css": answer("p{}", content_type="text/css"),
            "/b.js": answer("var b", content_type="text/javascript"),
            "/c.js": page("<p>您的访问被拦截</p>"),
        }
    }
    run, asked = check(tmp_path, hosts)

    assert {"/a.css", "/b.js", "/c.js"} == {url.removeprefix(URL) for url in words(run)}
    methods = [(path, method) for method, path in asked[HOST] if path.endswith(("css", "js"))]
    assert [("/a.css", "HEAD"), ("/b.js", "HEAD"), ("/c.js", "GET"), ("/c.js", "HEAD")] == sorted(methods)


def test_a_server_that_knows_no_head_is_asked_by_get(tmp_path):
    def by_get_only(connection, asked):
        connection.sendall(answer(b"%PDF", **PDF) if asked.method == "GET" else answer("no", status=405))

    run, _ = check(tmp_path, {HOST: {"/": page(anchors("/plan.pdf")), "/plan.pdf": by_get_only}})

    assert {f"{URL}/plan.pdf": ("ok", False)} == words(run)


def test_wrong_links_are_never_fetched(tmp_path):
    wrong = (
        "http://192.168.1.9/oa/",
        "http://localhost/x",
        "file:///C:/x.doc",
        "http://http://www.b.cn/",
        "",
    )
    run, _ = check(tmp_path, {HOST: {"/": page(anchors(*wrong))}})

    assert {} == words(run)


def test_a_redirect_into_the_private_network_is_not_followed(tmp_path):
    hosts = {
        HOST: {"/": page(anchors(f"{OUT}/in.html"))},
        OUTSIDE: {"/in.html": redirect("http://127.0.0.1:1/admin")},
    }
    run, _ = check(tmp_path, hosts)

    assert {f"{OUT}/in.html": ("not_attempted", False)} == words(run)


def test_names_and_ports_that_do_not_exist_are_dead_once_confirmed(tmp_path):
    hosts = {HOST: {"/": page(anchors("http://no-such-name.invalid/", "http://www.outside.cn:9/"))}}
    run, _ = check(tmp_path, hosts, RESOLVE="www.outside.cn:9:127.0.0.1:9")

    assert {
        "http://no-such-name.invalid/": ("dns_failure", True),
        "http://www.outside.cn:9/": ("refused", True),
    } == words(run)


def test_a_domain_that_is_for_sale_opens_and_is_told(tmp_path):
    for_sale = page("<h1>outside.cn</h1><p>您访问的域名正在出售,欢迎报价。</p>", title="域名出售")
    hosts = {
        HOST: {"/": page(anchors(f"{OUT}/hua/", f"{OUT}/moved", f"{OUT}/here.html", "/far/away.html"))},
        OUTSIDE: {
            "/hua/": for_sale,
            "/here.html": page("<p>本站内容</p>"),
            "/moved": redirect("http://www.trader.cn/"),
        },
        "www.trader.cn": {"/": for_sale},
    }
    run, _ = check(tmp_path, hosts)

    parked = {record["target_url"] for record in records(run, "link_check") if record["parked"]}
    assert {f"{OUT}/hua/", f"{OUT}/moved"} == parked
    assert ("ok", False) == words(run)[f"{OUT}/hua/"]


def test_a_link_whose_name_was_bought_by_spammers_tells_what_is_there(tmp_path):
    bought = page("<p>真人娱乐，注册送彩金</p>", title="澳门新葡京官网_时时彩平台注册")
    warning = page("<p>警方提醒：时时彩、百家乐等网络赌博平台属违法犯罪。</p>", title="警惕时时彩赌博平台")
    hosts = {
        HOST: {"/": page(anchors(f"{OUT}/2019/", f"{OUT}/warn.html"))},
        OUTSIDE: {"/2019/": bought, "/warn.html": warning},
    }
    run, _ = check(tmp_path, hosts)

    told = {record["target_url"]: record for record in records(run, "link_check")}
    assert ["gambling: 新葡京", "gambling: 时时彩"] == [
        word for word in told[f"{OUT}/2019/"]["spam"] if word.startswith("gambling: 新") or "时时彩" in word
    ]
    assert "澳门新葡京官网_时时彩平台注册" == told[f"{OUT}/2019/"]["title"]
    assert [] == told[f"{OUT}/warn.html"]["spam"]
    assert ("ok", False) == words(run)[f"{OUT}/2019/"]


def test_a_foreign_host_tells_whose_certificate_it_shows(tmp_path, monkeypatch):
    authority = trustme.CA(organization_name="岚川证书中心")
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(OUTSIDE, common_name=OUTSIDE).configure_cert(tls)
    home = {"/": page(anchors(f"https://{OUTSIDE}/"))}
    with (
        Server({"/": page("在", title="外部网站")}, tls=tls) as outside,
        night(tmp_path, {HOST: home}) as tonight,
    ):
        (own,) = tonight.servers.values()
        rules = {"RESOLVE": f"{HOST}:80:127.0.0.1:{own.port},{OUTSIDE}:443:127.0.0.1:{outside.port}"}
        site = tonight.crawl("visit", **rules)
        (told,) = records(tonight.crawl("links", of_run=site, **rules), "link_check")

    assert ("ok", "外部网站", OUTSIDE, "岚川证书中心") == (
        told["outcome"],
        told["title"],
        told["certificate_subject"],
        told["certificate_issuer"],
    )
    assert told["certificate_from_at"]


def test_a_host_gets_a_bounded_number_of_requests_and_the_rest_says_so(tmp_path):
    hosts = {
        HOST: {"/": page(anchors(*[f"{OUT}/{n}.html" for n in range(9)]))},
        OUTSIDE: {f"/{n}.html": page("在") for n in range(9)},
    }
    run, asked = check(tmp_path, hosts, LINK_MAX_PER_HOST="4")

    assert 4 + 1 == len(asked[OUTSIDE])  # the addresses, and one that cannot exist
    assert {
        f"{OUT}/{n}.html": ("ok", False) if n < 4 else ("budget_spent", False) for n in range(9)
    } == words(run)


def test_hosts_without_end_that_one_site_names_are_asked_in_turn_those_others_name_too_every_night(tmp_path):
    invented = [f"http://h{n}.outside.cn/" for n in range(40)]
    hosts = {
        HOST: {"/": page(anchors(f"{OUT}/here.html", *invented))},
        OTHER: {"/": page(anchors(f"{OUT}/here.html"))},
        OUTSIDE: {"/here.html": page("在")},
    }
    run, asked = check(tmp_path, hosts, LINK_MAX_HOSTS_PER_SITE="10")

    told = words(run)
    left = {url for url, (outcome, _) in told.items() if outcome == "budget_spent"}
    assert 1 == asked[OUTSIDE].count(("GET", "/here.html"))
    assert 41 == len(told)
    assert left < set(invented)
    assert 0 < 40 - len(left) < 20, "about a fifth, by the name and the day"


def test_soft_error_pages_are_confirmed_by_a_second_look(tmp_path):
    class Everything(dict):
        def get(self, path, default=None):
            lost = page("<p>抱歉,您访问的页面不存在或者已被删除。</p>", title="系统提示")
            return default if path == "/robots.txt" else super().get(path, lost)

    run, _ = check(tmp_path, {HOST: Everything({"/": page(anchors("/lost.html"), "欢迎访问" * 20)})})

    assert {f"{URL}/lost.html": ("soft_not_found", True)} == words(run)
    assert {"soft_not_found"} == set(outcomes(run, "link_check", "target_url").values())
    assert {f"{URL}/lost.html": "says_none"} == stand_ins(run)


def test_what_an_outside_host_shows_for_any_address_is_no_page_and_its_front_page_is_never_judged(tmp_path):
    class Polite(dict):
        """Answers every address it does not know with one page, and says nothing of errors."""

        def get(self, path, default=None):
            anything = page("<p>欢迎访问本网站,请从左侧菜单选择您需要的内容。</p>" * 3, title="某网")
            return default if path == "/robots.txt" else super().get(path, anything)

    own = page("<p>关于开展检查的通知,请各单位认真贯彻执行。</p>" * 3, title="某网")
    run, asked = check(
        tmp_path,
        {
            HOST: {"/": page(anchors(f"{OUT}/", f"{OUT}/old/a.html", f"{OUT}/old/b.html", f"{OUT}/c.html"))},
            OUTSIDE: Polite({"/c.html": own}),
        },
    )

    assert {
        f"{OUT}/": ("ok", False),
        f"{OUT}/old/a.html": ("soft_not_found", True),
        f"{OUT}/old/b.html": ("soft_not_found", True),
        f"{OUT}/c.html": ("ok", False),
    } == words(run)
    known = {"/", "/old/a.html", "/old/b.html", "/c.html"}
    assert 2 == len([path for _, path in asked[OUTSIDE] if path not in known])  # one each round
    assert {"front_page"} == {stand_ins(run)[f"{OUT}/old/{name}.html"] for name in "ab"}


def test_a_page_like_that_of_any_address_and_unlike_the_front_page_says_so(tmp_path):
    class Polite(dict):
        def get(self, path, default=None):
            anything = page("<p>请从左侧菜单选择您需要的内容,或者返回上一页。</p>" * 3, title="某网")
            return default if path == "/robots.txt" else super().get(path, anything)

    hosts = {
        HOST: {"/": page(anchors(f"{OUT}/old/a.html"))},
        OUTSIDE: Polite({"/": page("<p>欢迎访问某网。</p>" * 5)}),
    }
    run, _ = check(tmp_path, hosts)

    assert {f"{OUT}/old/a.html": "same_for_any"} == stand_ins(run)


def test_beginnings_that_are_alike_do_not_make_an_error_page(tmp_path):
    """A menu longer than what is read of a target, and one that breaks off behind its menu."""
    menu = "<ul>" + "".join(f"<li>栏目第{n}号,内容建设与信息公开</li>" for n in range(9000)) + "</ul>"
    short = "<p>请从左侧菜单选择您需要的内容,或者返回上一页。</p>" * 3

    class Long(dict):
        def get(self, path, default=None):
            return (
                default
                if path == "/robots.txt"
                else super().get(path, page(menu, "没有您要的内容", title="某网"))
            )

    class Torn(dict):
        def get(self, path, default=None):
            return default if path == "/robots.txt" else super().get(path, page(short, title="某网"))

    begun = page(short, title="某网").replace(b"Content-Length: ", b"Content-Length: 9")
    hosts = {
        HOST: {"/": page(anchors(f"{OUT}/old/a.html", "http://www.torn.cn/old/a.html"))},
        OUTSIDE: Long(
            {"/old/a.html": page(menu, "关于开展检查的通知", title="某网"), "/": page("欢迎" * 50)}
        ),
        "www.torn.cn": Torn({"/old/a.html": begun, "/": page("欢迎" * 50)}),
    }
    run, _ = check(tmp_path, hosts)

    assert {"ok"} == set(outcomes(run, "link_check", "target_url").values())


def test_a_page_that_comes_for_a_file_is_no_file_unless_offices_save_such_files_as_pages(tmp_path):
    shown = page("<p>请在微信中打开</p>", title="提示")
    table = page("<table><tr><td>统计表</td></tr></table>", title="统计表")
    hosts = {
        HOST: {
            "/": page(anchors("/plan.pdf", "/table.xls", "/view.jsp?file=plan.pdf", "/moved.pdf")),
            "/plan.pdf": shown,
            "/table.xls": table,
            "/view.jsp?file=plan.pdf": shown,
            "/moved.pdf": redirect("/login.html"),
            "/login.html": page("<p>请登录</p>"),
        }
    }
    run, _ = check(tmp_path, hosts)

    assert {
        f"{URL}/plan.pdf": ("soft_not_found", True),
        f"{URL}/table.xls": ("ok", False),
        f"{URL}/view.jsp?file=plan.pdf": ("ok", False),
        f"{URL}/moved.pdf": ("ok", False),
    } == words(run)
    assert {f"{URL}/plan.pdf": "not_the_file"} == stand_ins(run)
    (moved,) = (one for one in records(run, "link_check") if one["target_url"].endswith("moved.pdf"))
    assert [f"{URL}/moved.pdf"] == moved["attempts"][0]["redirects"]
