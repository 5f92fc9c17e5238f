"""A section is read back as far as its term, with dates from the list or from the articles."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from govcrawl.registry import Section
from tests.netlab.server import answer, redirect
from tests.spiders.inspection import (
    DAY,
    anchors,
    article,
    code_of,
    night,
    outcomes,
    page,
    records,
    rows,
    slow,
)

HOST = "www.a.gov.cn"
URL = f"http://{HOST}"


HOME = page(
    "<h1>岚川市人民政府</h1>",
    "<p>欢迎访问本网站,本网站由市人民政府办公室主办。</p>" * 5,
    '<a href="http://www.gov.cn/">中国政府网</a>',  # a home page that leads nowhere shows nothing
)


def section(path: str, name: str = "通知公告", **more) -> Section:
    return Section(code_of(0), name, f"{URL}{path}", "通知公告", **more)


def listed(first: date, count: int, step: int = 1, start: int = 0) -> str:
    return rows(
        *[
            (
                f"/t/{start + n}.html",
                f"关于做好第{start + n}项工作的通知",
                str(first - timedelta(days=n * step)),
            )
            for n in range(count)
        ]
    )


def pager(*hrefs: str) -> str:
    links = "".join(f'<a href="{href}">{number}</a>' for number, href in enumerate(hrefs, 2))
    return f'<div class="page">{links}<a href="{hrefs[0]}">下一页</a></div>'


def read(tmp_path, paths, *sections, **settings):
    """Visit a site for its lists and their entries alone; return the run, and what was asked for beside the home page."""
    with night(tmp_path, {HOST: {"/": HOME} | paths}, sections) as tonight:
        run = tonight.crawl("visit", **{"SITE_MAX_DEPTH": "0"} | settings)
        asked = [one.path for one in tonight.servers[HOST].asked]
    return run, [path for path in asked if not re.fullmatch(r"/(robots\.txt|[0-9a-f]{20}\.html)?", path)]


def of_lists(asked):
    return [path for path in asked if not path.startswith("/t/")]


def one(run):
    (only,) = records(run, "section_visit")
    return only


def days(run):
    return [entry["published_on"] for entry in one(run)["entries"]]


def test_a_list_is_read_until_its_term_begins(tmp_path):
    paths = {
        "/tz/": page(listed(DAY, 10), pager("/tz/index_1.html", "/tz/index_2.html")),
        "/tz/index_1.html": page(listed(DAY - timedelta(days=10), 10, start=10), pager("/tz/index_2.html")),
        "/tz/index_2.html": page(listed(DAY - timedelta(days=20), 10, start=20), pager("/tz/index_3.html")),
    }
    run, asked = read(tmp_path, paths, section("/tz/", update_days=14))

    assert ["/tz/", "/tz/index_1.html"] == of_lists(asked)
    assert (2, True, 20) == (one(run)["pages_read"], one(run)["complete"], len(days(run)))
    assert "2026-11-22" == max(days(run))


def test_a_pinned_old_entry_does_not_end_the_reading(tmp_path):
    pinned = ("/t/old.html", "政府信息公开指南长期置顶", "2019-01-01")
    fresh = [(f"/t/{n}.html", f"关于做好第{n}项工作的通知", str(DAY - timedelta(days=n))) for n in range(9)]
    paths = {
        "/tz/": page(rows(pinned, *fresh), pager("/tz/index_1.html")),
        "/tz/index_1.html": page(listed(DAY - timedelta(days=9), 10, start=9)),
    }
    run, _ = read(tmp_path, paths, section("/tz/", update_days=30))

    assert 2 == one(run)["pages_read"]


def test_a_list_that_repeats_its_last_page_ends(tmp_path):
    paths = {"/tz/": page(listed(DAY, 10), pager("/tz/index_1.html"))}
    paths |= {
        f"/tz/index_{n}.html": page(listed(DAY, 10), pager(f"/tz/index_{n + 1}.html")) for n in range(1, 9)
    }
    run, asked = read(tmp_path, paths, section("/tz/"))

    assert ["/tz/", "/tz/index_1.html"] == of_lists(asked)
    assert one(run)["complete"]


def test_a_list_without_end_is_left_after_a_bounded_number_of_pages(tmp_path):
    pages = [page(listed(DAY, 10, step=0, start=10 * n), pager(f"/tz/index_{n + 1}.html")) for n in range(9)]
    paths = {"/tz/": pages[0]} | {f"/tz/index_{n}.html": pages[n] for n in range(1, 9)}
    run, _ = read(tmp_path, paths, section("/tz/"), SECTION_MAX_PAGES="3")

    assert (3, False, 30) == (one(run)["pages_read"], one(run)["complete"], len(days(run)))


def test_dates_a_list_does_not_print_come_from_the_articles(tmp_path):
    titles = [f"关于开展第{n}次专项检查的公告" for n in range(5)]
    paths = {"/tz/": page(rows(*[(f"/t/{n}.html", title, "") for n, title in enumerate(titles)]))}
    paths |= {
        f"/t/{n}.html": article(title, f"2026-10-0{n + 1}" if n else "") for n, title in enumerate(titles)
    }
    run, asked = read(tmp_path, paths, section("/tz/"))

    assert [None, "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05"] == days(run)
    assert [None, "tag", "tag", "tag", "tag"] == [entry["date_origin"] for entry in one(run)["entries"]]
    # The page of the undated entry was opened, and says nothing: that is what proves the fault.
    assert "ok" == outcomes(run)[f"{URL}/t/0.html"]
    assert 6 == len(asked)


def test_a_date_that_stands_in_an_address_alone_is_not_seen(tmp_path):
    titles = [f"关于开展第{n}次专项检查的公告" for n in range(3)]
    listing = page(rows(*[(f"/art/2026/10/{n + 10}/a.html", title, "") for n, title in enumerate(titles)]))
    paths = {"/tz/": listing} | {
        f"/art/2026/10/{n + 10}/a.html": article(title, "") for n, title in enumerate(titles)
    }
    run, _ = read(tmp_path, paths, section("/tz/"))

    assert [(None, None)] * 3 == [
        (entry["published_on"], entry["date_origin"]) for entry in one(run)["entries"]
    ]
    assert {"url"} == {entry["date_origin"] for entry in records(run, "page") if "/art/" in entry["url"]}


def test_an_entry_shown_twice_keeps_the_date_it_has_once(tmp_path):
    titles = [f"关于开展第{n}次专项检查的公告" for n in range(5)]
    lines = [(f"/t/{n}.html", title, f"2026-11-{20 - n}") for n, title in enumerate(titles)]
    listing = page(rows(*lines, ("/t/1.html", f"图解:{titles[1]}", "")))
    run, asked = read(tmp_path, {"/tz/": listing}, section("/tz/"))

    assert [f"2026-11-{20 - n}" for n in range(5)] == days(run)
    assert ["/tz/", *(f"/t/{n}.html" for n in range(5))] == sorted(
        asked, key=lambda path: (path != "/tz/", path)
    )


def test_entries_whose_address_only_a_script_knows_are_told_apart(tmp_path):
    listing = page(
        rows(*[("javascript:;", f"关于第{n}批项目的公示公告", f"2026-11-{20 - n:02}") for n in range(8)])
    )
    run, asked = read(tmp_path, {"/tz/": listing}, section("/tz/"))

    assert [f"2026-11-{20 - n:02}" for n in range(8)] == days(run)
    assert {"javascript:;"} == {entry["url"] for entry in one(run)["entries"]}
    assert ["/tz/"] == asked


def test_an_article_in_two_sections_is_opened_once(tmp_path):
    titles = [f"关于开展第{n}次专项检查的公告" for n in range(4)]
    listing = page(rows(*[(f"/t/{n}.html", title, "") for n, title in enumerate(titles)]))
    paths = {"/tz/": listing, "/yw/": slow(listing, 1.0)}
    paths |= {f"/t/{n}.html": article(title, f"2026-10-0{n + 1}") for n, title in enumerate(titles)}
    run, asked = read(tmp_path, paths, section("/tz/"), section("/yw/", "要闻"))

    assert sorted(["/tz/", "/yw/", *(f"/t/{n}.html" for n in range(4))]) == sorted(asked)
    for visit in records(run, "section_visit"):
        assert "2026-10-04" == max(entry["published_on"] for entry in visit["entries"])


def test_articles_on_other_sites_are_not_opened_for_their_dates(tmp_path):
    entries = [(f"http://www.other.cn/{n}.html", f"转载自外网的第{n}篇重要文章", "") for n in range(5)]
    hosts = {HOST: {"/": HOME, "/tz/": page(rows(*entries))}, "www.other.cn": {}}
    with night(tmp_path, hosts, (section("/tz/"),)) as tonight:
        run = tonight.crawl("visit")

    assert [] == tonight.servers["www.other.cn"].asked
    assert [None] * 5 == days(run)


def test_a_list_that_fails_is_tried_once_more_at_the_end(tmp_path):
    times = []

    def shaky(connection, asked):
        times.append(asked.path)
        connection.sendall(answer("busy", status=502) if len(times) == 1 else page(listed(DAY, 5)))

    run, _ = read(
        tmp_path, {"/tz/": shaky, "/zc/": page(listed(DAY, 5))}, section("/tz/"), section("/zc/", "政策")
    )

    assert {"通知公告": "ok", "政策": "ok"} == outcomes(run, "section_visit", "section_name")


def test_a_section_that_stays_away_is_a_row_with_its_word(tmp_path):
    paths = {
        "/gone/": answer("没有", status=404),
        "/waf/": answer("<script>go()</script>", status=412),
        "/away/": redirect("http://www.other.cn/list/"),
        "/secret/": page(listed(DAY, 5)),
        "/robots.txt": answer("User-agent: *\nDisallow: /secret/", content_type="text/plain"),
    }
    run, _ = read(
        tmp_path, paths, *[section(f"/{name}/", name) for name in ("gone", "waf", "away", "secret")]
    )

    assert {
        "gone": "not_found",
        "waf": "blocked",
        "away": "redirect_offsite",
        "secret": "robots_denied",
    } == outcomes(run, "section_visit", "section_name")
    assert ["finished"] == [visit["finish_reason"] for visit in records(run, "site_visit")]


def test_a_list_drawn_from_a_json_call_is_read_without_a_browser(tmp_path):
    items = [
        {"title": f"关于做好第{n}项工作的通知", "url": f"/t/{n}.html", "publishDate": f"2026-11-0{n + 1}"}
        for n in range(5)
    ]
    script = '<ul id="list"></ul><script>$.ajax({url:"/api/list?page=1",dataType:"json",success:function(d){draw(d)}})</script>'
    paths = {
        "/tz/": page(script),
        "/api/list?page=1": answer(json.dumps({"data": {"list": items}}), content_type="application/json"),
    }
    run, _ = read(tmp_path, paths, section("/tz/"))

    assert ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05"] == sorted(days(run))
    assert not one(run)["rendered"]


def called(first: date, count: int, start: int) -> bytes:
    items = [
        {
            "title": f"关于做好第{start + n}项工作的通知",
            "url": f"/t/{start + n}.html",
            "publishDate": str(first - timedelta(days=start + n)),
        }
        for n in range(count)
    ]
    return answer(json.dumps({"data": {"list": items}}), content_type="application/json")


CALLING = page(
    '<ul id="list"></ul><script>$.ajax({url:"/api/list?pageIndex=1&pageSize=5",success:function(d){draw(d)}})</script>'
)


def test_a_json_call_is_followed_page_by_page_until_the_term_begins(tmp_path):
    paths = {"/tz/": CALLING} | {
        f"/api/list?pageIndex={n}&pageSize=5": called(DAY, 5, 5 * (n - 1)) for n in range(1, 9)
    }
    run, asked = read(tmp_path, paths, section("/tz/", update_days=12))

    assert ["/tz/", *[f"/api/list?pageIndex={n}&pageSize=5" for n in (1, 2, 3)]] == of_lists(asked)
    assert (3, True, 15) == (one(run)["pages_read"], one(run)["complete"], len(days(run)))


def test_a_json_call_that_knows_no_pages_ends(tmp_path):
    paths = {"/tz/": CALLING} | {
        f"/api/list?pageIndex={n}&pageSize=5": called(DAY, 5, 0) for n in range(1, 9)
    }
    run, asked = read(tmp_path, paths, section("/tz/"))

    assert 3 == len(of_lists(asked))
    assert (True, 5) == (one(run)["complete"], len(days(run)))


def test_a_json_call_without_end_is_left_and_one_that_fails_is_not_called_read(tmp_path):
    endless = {"/tz/": CALLING} | {
        f"/api/list?pageIndex={n}&pageSize=5": called(DAY, 5, 5 * (n - 1)) for n in range(1, 9)
    }
    run, _ = read(tmp_path / "endless", endless, section("/tz/"), SECTION_MAX_PAGES="4")
    assert (4, False, 20) == (one(run)["pages_read"], one(run)["complete"], len(days(run)))

    failing = endless | {"/api/list?pageIndex=2&pageSize=5": answer("busy", status=503)}
    run, _ = read(tmp_path / "failing", failing, section("/tz/"))
    assert (1, False, 5) == (one(run)["pages_read"], one(run)["complete"], len(days(run)))


def test_only_a_browser_sees_what_a_script_draws(tmp_path):
    lines = "".join(
        f'<li><a href="/t/{n}.html">关于做好第{n}项工作的通知</a><span>2026-11-0{n + 1}</span></li>'
        for n in range(4)
    )
    script = f'<div class="list"><ul id="l"></ul></div><script>document.getElementById("l").innerHTML=\'{lines}\'</script>'
    run, _ = read(tmp_path, {"/tz/": page(script)}, section("/tz/"))

    assert one(run)["rendered"]
    assert ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04"] == sorted(days(run))


def test_a_blank_section_counts_as_blank_once_the_browser_has_looked(tmp_path):
    around = (
        "<a href=/>首页</a><p>" + "岚川市人民政府门户网站，发布信息，提供服务，与公众互动交流。" * 6 + "</p>"
    )
    run, _ = read(tmp_path, {"/tz/": page(around, "<ul></ul><script>var stat = 1</script>")}, section("/tz/"))

    assert ("ok", True, True, []) == tuple(
        one(run)[name] for name in ("outcome", "rendered", "complete", "entries")
    )


def test_a_site_without_sections_has_its_summary(tmp_path):
    run, asked = read(tmp_path, {})

    assert [] == asked
    assert 1 == len(records(run, "site_visit"))


def test_what_a_site_costs_is_bounded_and_what_was_left_says_so(tmp_path):
    heavy = {f"/{n}/": page(listed(DAY, 5, start=10 * n), "字" * 300_000) for n in range(6)}
    run, asked = read(
        tmp_path,
        heavy,
        *[section(f"/{n}/", name=f"栏目{n}", update_days=3) for n in range(6)],
        SITE_MAX_BYTES="2000000",
    )

    words = [visit["outcome"] for visit in records(run, "section_visit")]
    (visit,) = records(run, "site_visit")
    assert {"ok", "budget_spent"} == set(words)
    assert 6 == len(words)
    assert words.count("ok") == len(of_lists(asked)) < 6
    assert "budget_spent" == visit["finish_reason"]
    assert visit["not_visited"]["max_bytes"] >= words.count("budget_spent")


def test_a_year_the_list_does_not_print_is_asked_of_an_article(tmp_path):
    shown = [
        ("/t/1.html", "关于做好防汛工作的紧急通知", "11-20"),
        ("/t/2.html", "关于开展安全检查的通知", "12-30"),
    ]
    told = {"/t/1.html": article("关于做好防汛工作的紧急通知", "2020-11-20"), "/t/2.html": page("无此内容")}
    run, _ = read(tmp_path, {"/tz/": page(rows(*shown, *STRAIGHT))} | told, section("/tz/"))

    assert ["2020-11-20", "2020-12-30", "2026-11-02"] == days(run)  # the neighbour's year, and only assumed
    assert [False, True, False] == [entry["year_assumed"] for entry in one(run)["entries"]]


STRAIGHT = [("/t/3.html", "关于印发工作要点的通知", "2026-11-02")]


def unread(visit):
    return {one["url"].removeprefix(URL): one["reason"] for one in visit["unread"]}


def test_every_entry_of_the_term_is_read_and_no_older_one(tmp_path):
    paths = {"/tz/": page(listed(DAY, 30))} | {f"/t/{n}.html": article(f"第{n}项", "") for n in range(30)}
    run, asked = read(tmp_path, paths, section("/tz/", update_days=20))

    assert {f"/t/{n}.html" for n in range(21)} == {path for path in asked if path.startswith("/t/")}
    assert {} == unread(one(run))


def test_entries_that_the_budget_leaves_unread_are_named_with_the_reason(tmp_path):
    paths = {"/tz/": page(listed(DAY, 30))} | {f"/t/{n}.html": article(f"第{n}项", "") for n in range(30)}
    run, asked = read(tmp_path, paths, section("/tz/"), SITE_MAX_PAGES="11")

    assert 11 == len(asked)
    assert {f"/t/{n}.html": "max_pages" for n in range(10, 30)} == unread(one(run))
    (visit,) = records(run, "site_visit")
    assert ("budget_spent", 20) == (visit["finish_reason"], visit["not_visited"]["max_pages"])


def test_a_page_is_asked_for_once_whoever_wants_it(tmp_path):
    """A section that is the home page, two sections at one address, one that another's pager leads through, entries in three lists."""
    articles = {f"/t/{n}.html": article(f"关于做好第{n}项工作的通知", "") for n in range(20)}
    paths = {
        "/": page(listed(DAY, 5), anchors("/tz/", "/tz/index_1.html", "/t/3.html")),
        "/tz/": page(listed(DAY, 10), pager("/tz/index_1.html")),
        "/tz/index_1.html": page(listed(DAY - timedelta(days=10), 10, start=10)),
    } | articles
    sections = [
        section("/", "要闻"),
        section("/tz/"),
        section("/tz/", "公示公告"),
        section("/tz/index_1.html", "往期通知"),
    ]
    with night(tmp_path, {HOST: paths}, sections) as tonight:
        run = tonight.crawl("visit")
        asked = [one.path for one in tonight.servers[HOST].asked]

    assert len(asked) == len(set(asked))
    assert {"要闻": 5, "通知公告": 20, "公示公告": 20, "往期通知": 10} == {
        visit["section_name"]: len(visit["entries"]) for visit in records(run, "section_visit")
    }
    assert {"ok"} == set(outcomes(run).values())


def test_a_list_that_several_sections_show_is_none_of_theirs_and_each_is_drawn_once_for_its_own(tmp_path):
    """One fills its own list by script, one has none that is seen, one turns out to hold an empty one."""
    box = f"<div class=k><h3>本市要闻</h3>{listed(DAY, 4)}</div>"

    def by_script(markup: str) -> str:
        return (
            f"<div id=l></div><script>document.getElementById('l').innerHTML = {json.dumps(markup)}</script>"
        )

    own_rows = listed(DAY - timedelta(days=3), 5, start=50)
    paths = {
        "/a/": page(box, by_script(own_rows), title="人事信息"),
        "/b/": page(box, "<div class=m><div></div></div>", title="财政信息"),
        "/c/": page(box, by_script("<h2>规划信息</h2><ul></ul>"), title="规划信息"),
        "/d/": page(listed(DAY, 3, start=90), title="统计信息"),
    }
    names = {"/a/": "人事信息", "/b/": "财政信息", "/c/": "规划信息", "/d/": "统计信息"}
    run, asked = read(tmp_path, paths, *(section(path, name) for path, name in names.items()))
    visits = {record["section_name"]: record for record in records(run, "section_visit")}

    own = {
        name: [one["url"].rpartition("/")[2] for one in visits[name]["entries"]] for name in names.values()
    }
    assert {
        "人事信息": [f"{n}.html" for n in range(50, 55)],
        "财政信息": [],
        "规划信息": [],
        "统计信息": [f"{n}.html" for n in range(90, 93)],
    } == own
    assert "关于做好第0项工作的通知" in visits["财政信息"]["doubt"]
    assert visits["规划信息"]["doubt"] is None  # blank
    assert {True} == {visits[name]["complete"] for name in names.values()}
    assert {"/a/": 2, "/b/": 2, "/c/": 2, "/d/": 1} == {path: asked.count(path) for path in names}


@pytest.mark.parametrize(
    ("shown", "stand_in"),
    [
        (page("<h1>出错了</h1><p>抱歉,您访问的页面不存在或者已被删除</p>"), "says_none"),
        (page(listed(DAY, 5), "<p>欢迎访问本网站,祝您使用愉快,请选择您要办理的事项</p>" * 3), "same_for_any"),
    ],
)
def test_a_page_in_place_of_a_list_is_no_list(tmp_path, shown, stand_in):
    class Everything(dict):
        def get(self, path, default=None):
            return (
                default
                if path == "/robots.txt"
                else super().get(path, lambda connection, _: connection.sendall(shown))
            )

    paths = Everything({"/": HOME, "/tz/": page("<h1>通知公告</h1>", listed(DAY, 3))})
    sections = (section("/tz/"), section("/gk/lost/", "政策文件"))
    with night(tmp_path, {HOST: paths}, sections) as tonight:
        run = tonight.crawl("visit", SITE_MAX_DEPTH="0")

    told = {
        each["section_url"]: (each["outcome"], each["stand_in"]) for each in records(run, "section_visit")
    }
    assert {f"{URL}/tz/": ("ok", None), f"{URL}/gk/lost/": ("soft_not_found", stand_in)} == told
    assert {f"{URL}/tz/": 3, f"{URL}/gk/lost/": 0} == {
        each["section_url"]: len(each["entries"]) for each in records(run, "section_visit")
    }


@pytest.mark.parametrize(
    "wall",
    [
        "<p>当前访问人数较多，前面还有 128 人，系统将自动为您跳转</p>",
        "<h1>HTTP Status 500</h1><p>java.lang.NullPointerException</p>",
    ],
)
def test_a_wall_before_every_address_leaves_sections_and_pages_unmeasured(tmp_path, wall):
    class Everything(dict):
        def get(self, path, default=None):
            return default if path == "/robots.txt" else super().get(path, page(wall))

    with night(tmp_path, {HOST: Everything({"/": HOME})}, (section("/tz/"),)) as tonight:
        run = tonight.crawl("visit", SITE_MAX_DEPTH="1")

    (told,) = records(run, "section_visit")
    assert ("other", None, []) == (told["outcome"], told["stand_in"], told["entries"])
    assert {"ok", "other"} == {each["outcome"] for each in records(run, "page")}
