"""Pages examined for barriers in the real browser: what keeps people out is found, what only looks like it is not."""

import pytest

from govcrawl.registry import Section
from tests.netlab.server import answer
from tests.spiders.inspection import code_of, night, records, slow

TEXT = (
    "<a href=/tzgg/>通知公告</a><p>"
    + "岚川市人民政府门户网站欢迎您，本站发布政府信息，提供办事服务。" * 6
    + "</p>"
)


def page(body: str, lang: str = ' lang="zh-CN"', head: str = "") -> bytes:
    return answer(
        f"<!DOCTYPE html><html{lang}><head><meta charset='utf-8'><title>网站</title>{head}</head><body>{TEXT}{body}"
    )


BAD = page(
    '<img src="/a.png" width="90" height="40"><form><input name="q"></form><a href="/x"><i></i></a><p style="color:#bbb">浅色的文字</p>'
    """<div onclick="go()">打开办事大厅</div><a href="#" id="wza">无障碍浏览</a>""",
    lang="",
)
TWINS = page(
    '<img src="/a.png" alt="" width="90" height="40"><img src="/dot.gif" width="1" height="1"><form><input name="q" aria-label="检索词"></form>'
    '<a href="/x"><img src="/b.png" alt="通知公告"></a><a href="#main" style="position:absolute;left:-999px;color:#fff">跳到正文</a>'
    '<p style="display:none;color:#eee">不显示的文字</p>'
    '<div style="position:relative"><img src="/banner.jpg" alt="城市风光"><span style="position:absolute;top:0;color:#fff">岚川</span></div>'
    """<div onclick="go()"><a href="/hall">打开办事大厅</a></div><span onclick="shut()">关闭</span><button onclick="shut()">关闭</button>"""
    '<a href="javascript:void(0)" id="wza">长者模式</a>'
    "<script>document.getElementById('wza').addEventListener('click',function(){setTimeout(function(){document.body.style.fontSize='24px'},120)})</script>",
    lang=' lang="zh"',
)
BUSY = page(
    '<a href="#">无障碍浏览</a><b id="t">0</b><script>setInterval(function(){t.textContent=+t.textContent+1},40)</script>'
)
LINK = page('<a href="/wza/">关怀版</a>')
UNSTYLED = page('<p style="color:#fff">写给深色背景的文字</p><a href="#">适老版</a>', head='<link rel="stylesheet" href="/gone.css"><script src="/shut.js"></script>')  # fmt: skip
STUCK = page("<script>var asked=new XMLHttpRequest();asked.open('GET','/slow',false);asked.send()</script>")
HOMES = {
    "bad": BAD,
    "twins": TWINS,
    "busy": BUSY,
    "link": LINK,
    "unstyled": UNSTYLED,
    "stuck": STUCK,
}
LIST = page('<h2 style="color:#333">通知公告</h2>')


@pytest.fixture(scope="module")
def trials(tmp_path_factory):
    """One night of six sites, each with a list. The time allowed is long, so that a loaded machine examines all the same."""
    hosts = {
        f"{name}.gov.cn": {
            "/": home,
            "/tzgg/": LIST,
            "/slow": slow(LIST, 9),
            "/shut.js": answer("", status=403),
        }
        for name, home in HOMES.items()
    }
    sections = tuple(
        Section(code_of(n), "通知公告", f"http://{host}/tzgg/", "通知公告") for n, host in enumerate(hosts)
    )
    with night(tmp_path_factory.mktemp("barriers"), hosts, sections) as tonight:
        lists = tonight.crawl("visit")
        run = tonight.crawl("surroundings", of_run=lists, BARRIERS_MAX_SECONDS="8")
        found = {trial["site_code"]: trial for trial in records(run, "barrier_trial")}
        yield {name: found[code_of(n)] for n, name in enumerate(HOMES)}


def home_of(trial):
    return next(one for one in trial["pages"] if one["kind"] == "home")


def test_every_aspect_is_found_with_its_rule_and_place(trials):
    home = home_of(trials["bad"])

    assert {
        ("alternative", "image-alt"), ("label", "label"), ("label", "link-name"), ("language", "html-has-lang"),
        ("contrast", "color-contrast"), ("keyboard", "click-only"),
    } == {(one["aspect"], one["rule"]) for one in home["barriers"]}  # fmt: skip
    assert all(one["count"] == 1 and "<" in one["samples"][0] for one in home["barriers"])
    assert ("idle", "无障碍浏览") == (home["entry"], home["entry_text"])


def test_what_only_looks_like_a_barrier_is_none(trials):
    home = home_of(trials["twins"])

    assert ("ok", []) == (home["outcome"], home["barriers"])
    assert {"alternative", "label", "language", "contrast", "keyboard"} == set(home["aspects"])
    assert ("works", "长者模式") == (home["entry"], home["entry_text"])


def test_an_entry_counts_as_idle_only_where_the_page_could_answer(trials):
    expected = {"busy": "idle", "link": "link", "unstyled": "unsure"}

    assert expected == {name: home_of(trials[name])["entry"] for name in expected}


def test_without_its_style_sheet_nothing_is_said_of_contrast(trials):
    home = home_of(trials["unstyled"])

    assert [] == home["barriers"]
    assert "contrast" not in home["aspects"]


def test_a_page_that_holds_the_browser_ends_with_the_time_of_the_night(trials):
    pages = trials["stuck"]["pages"]

    assert "budget_spent" == home_of(trials["stuck"])["outcome"]
    assert [] == home_of(trials["stuck"])["aspects"]
    assert sum(one["browser_s"] for one in pages) == pytest.approx(trials["stuck"]["browser_s"], abs=0.01)


def test_the_list_is_examined_too_and_none_takes_longer_than_the_night_allows(trials):
    assert ["home", "list"] == sorted(one["kind"] for one in trials["twins"]["pages"])
    assert all(trial["browser_s"] < 8.5 for trial in trials.values())
