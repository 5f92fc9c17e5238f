"""Targets of a page: each once, in order, with the words, the kind, and what is wrong with them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.links.on_page import LinkMemo, links
from govcrawl.pages.markup.document import Document
from govcrawl.records.items import Link

HOME = "http://www.yunting.gov.cn/"
PAGE = "http://www.yunting.gov.cn/zwgk/tzgg/index.html"


def read(markup: str, url: str = PAGE, home: str = HOME, charset: str = "utf-8") -> list[Link]:
    return links(Document(markup, url), LinkMemo(home), charset)


def one(markup: str) -> Link:
    (link,) = read(markup)
    return link


def wrong(markup: str, home: str = HOME) -> list[tuple[str | None, str]]:
    return [(link.wrong, link.url) for link in read(markup, home=home) if link.wrong]


@pytest.mark.parametrize(
    ("markup", "url", "kind"),
    [
        ('<a href="../a.html">甲</a>', "http://www.yunting.gov.cn/zwgk/a.html", "page"),
        ('<map><area href="/map/1.html" alt="一区"></map>', "http://www.yunting.gov.cn/map/1.html", "page"),
        ('<a href="P0202406.pdf">方案</a>', "http://www.yunting.gov.cn/zwgk/tzgg/P0202406.pdf", "attachment"),
        ('<a href="/f.DOCX">表</a>', "http://www.yunting.gov.cn/f.DOCX", "attachment"),
        ('<a href="/down.jsp?f=a.wps">表</a>', "http://www.yunting.gov.cn/down.jsp?f=a.wps", "attachment"),
        ('<a href="/v.mp4">视频</a>', "http://www.yunting.gov.cn/v.mp4", "media"),
        ('<img src="a.png">', "http://www.yunting.gov.cn/zwgk/tzgg/a.png", "image"),
        ('<img data-src="b.png">', "http://www.yunting.gov.cn/zwgk/tzgg/b.png", "image"),
        ('<link rel="stylesheet" href="/s.css">', "http://www.yunting.gov.cn/s.css", "style"),
        ('<link rel="shortcut icon" href="/f.ico">', "http://www.yunting.gov.cn/f.ico", "image"),
        ('<script src="/j.js"></script>', "http://www.yunting.gov.cn/j.js", "script"),
        ('<iframe src="/top.html"></iframe>', "http://www.yunting.gov.cn/top.html", "frame"),
        ('<frameset><frame src="/l.html"></frameset>', "http://www.yunting.gov.cn/l.html", "frame"),
        ('<object data="/p.swf"></object>', "http://www.yunting.gov.cn/p.swf", "media"),
        ('<object data="p.swf" codebase="/fl"></object>', "http://www.yunting.gov.cn/fl/p.swf", "media"),
        ('<object data="/p.swf" codebase="/fl/"></object>', "http://www.yunting.gov.cn/p.swf", "media"),
        ('<object codebase="/c/reader.cab"></object>', "http://www.yunting.gov.cn/c/reader.cab", "media"),
        (
            '<video><track src="zm.vtt" kind="captions"></video>',
            "http://www.yunting.gov.cn/zwgk/tzgg/zm.vtt",
            "media",
        ),
        ('<form><button formaction="/ss.jsp">查</button></form>', "http://www.yunting.gov.cn/ss.jsp", "page"),
        ('<input type=submit formaction="../bd.html">', "http://www.yunting.gov.cn/zwgk/bd.html", "page"),
        (
            '<meta name="msapplication-TileImage" content="/t.png">',
            "http://www.yunting.gov.cn/t.png",
            "image",
        ),
        (
            '<meta property="og:image" content="http://www.yunting.gov.cn/og">',
            "http://www.yunting.gov.cn/og",
            "image",
        ),
        ('<embed src="/e.swf">', "http://www.yunting.gov.cn/e.swf", "media"),
        ('<video src="/v.mp4"></video>', "http://www.yunting.gov.cn/v.mp4", "media"),
        ('<audio><source src="/a.mp3"></audio>', "http://www.yunting.gov.cn/a.mp3", "media"),
        ('<picture><source srcset="/p.webp"></picture>', "http://www.yunting.gov.cn/p.webp", "image"),
        (
            '<meta http-equiv="Refresh" content="3; URL=\'/new/\'">',
            "http://www.yunting.gov.cn/new/",
            "refresh",
        ),
        ('<input type="image" src="/go.gif">', "http://www.yunting.gov.cn/go.gif", "image"),
    ],
)
def test_every_element_that_names_a_target_is_read(markup: str, url: str, kind: str) -> None:
    link = one(markup)

    assert (link.url, link.kind, link.wrong) == (url, kind, None)


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="mailto:a@yunting.gov.cn">信箱</a>',
        '<a href="tel:12345">热线</a>',
        '<a href="javascript:goPage(2)">2</a>',
        '<a href="weixin://dl/">微信</a>',
        '<img src="data:image/png;base64,AAAA">',
        '<a href="#top">顶部</a>',
        '<a name="top">锚</a>',
        '<iframe src="about:blank"></iframe>',
        '<img src="">',
        '<link rel="alternate" href="/rss">',
        '<meta http-equiv="refresh" content="300">',
    ],
)
def test_what_leads_to_no_other_document_is_no_target(markup: str) -> None:
    assert read(markup) == []


def test_a_target_counts_once_with_its_first_words() -> None:
    markup = '<a href="/a"><img alt="图" src="/i.png"></a><a href="/a/../a#x">甲</a><a href="/b">乙</a>'

    assert [(link.url[26:], link.text) for link in read(markup)] == [
        ("a", "图"),
        ("i.png", "图"),
        ("b", "乙"),
    ]


def test_every_candidate_of_a_set_is_a_target() -> None:
    found = read('<img src="a.jpg" srcset="a.jpg 1x, b.jpg 2x,c.jpg 800w">')

    assert [link.url[-5:] for link in found] == ["a.jpg", "b.jpg", "c.jpg"]


def test_the_base_address_is_honoured() -> None:
    found = read('<base href="http://www.yunting.gov.cn/x/"><a href="a.html">甲</a>')

    assert [link.url for link in found] == ["http://www.yunting.gov.cn/x/a.html"]


def test_words_come_from_text_then_image_then_title() -> None:
    found = read(
        '<a href="/a">  通知\n 公告 </a><a href="/b"><img alt="找错"></a><a href="/c" title="更多信息"><i></i></a>'
    )

    assert [link.text for link in found] == ["通知 公告", "找错", "更多信息"]


def test_a_memo_answers_for_each_directory_and_page_on_its_own() -> None:
    memo = LinkMemo(HOME)
    found = [
        links(Document('<a href="a.html">甲</a><a href="?page=2">2</a>', url), memo)
        for url in (PAGE, "http://www.yunting.gov.cn/zwgk/tzgg/b.html", "http://www.yunting.gov.cn/rsxx/")
    ]

    assert [[link.url.removeprefix(HOME) for link in each] for each in found] == [
        ["zwgk/tzgg/a.html", "zwgk/tzgg/index.html?page=2"],
        ["zwgk/tzgg/a.html", "zwgk/tzgg/b.html?page=2"],
        ["rsxx/a.html", "rsxx/?page=2"],
    ]


def test_departments_and_other_sites_are_outside() -> None:
    found = read(
        '<a href="/a">1</a><a href="http://yunting.gov.cn/b">2</a><a href="http://rsj.yunting.gov.cn/">3</a>'
    )

    assert [link.internal for link in found] == [True, True, False]


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("http://192.168.1.20/oa/", "intranet"),
        ("http://10.20.30.40:8080/", "intranet"),
        ("http://oaserver/login", "intranet"),
        ("\\\\oaserver\\share\\a.doc", "intranet"),
        ("http://oa.yunting.local/", "intranet"),
        ("192.168.1.20:8080/a.html", "intranet"),
        ("http://localhost:8080/preview", "loopback"),
        ("http://127.0.0.1/a.html", "loopback"),
        ("http://[::1]/", "loopback"),
        ("localhost:8080/x", "loopback"),
        ("file:///C:/Users/wang/a.doc", "file"),
        ("C:\\Users\\wang\\a.doc", "drive"),
        ("/D:/web/a.doc", "drive"),
        ("D|/web/a.doc", "drive"),
        ("http://http://www.yunting.gov.cn/", "doubled_scheme"),
        ("http://https//www.yunting.gov.cn/", "doubled_scheme"),
        ("http:///www.yunting.gov.cn/", "doubled_scheme"),
        ("http://www.yunting.gov.cnhttp://www.yunting.gov.cn/a", "doubled_scheme"),
        ("htttp://www.yunting.gov.cn/", "malformed"),
        ("http;//www.yunting.gov.cn/", "malformed"),
        ("http//www.yunting.gov.cn/", "malformed"),
        ("http://", "malformed"),
        ("http://www yunting.gov.cn/", "malformed"),
        ("http://www.yunting.gov.cn:808080/", "malformed"),
        ("www.yunting.gov.cn:8080/a", "malformed"),
    ],
)
def test_a_reference_that_works_for_nobody_outside_is_wrong_and_kept_as_written(
    reference: str, reason: str
) -> None:
    assert wrong(f'<a href="{reference}">关于开展检查的通知</a>') == [(reason, reference)]


def test_pictures_pasted_from_a_disk_are_wrong_too() -> None:
    (link,) = read('<img src="file:///C:/TEMP/wps1.png">')

    assert (link.kind, link.wrong) == ("image", "file")


@pytest.mark.parametrize(
    "reference",
    ["http://web.example.org/save/http://www.yunting.gov.cn/", "/go?url=http://127.0.0.1/", "/c:/a", "c.html",
     "http:a.html", "//www.yunting.gov.cn/a", "/a//b", "http://172.32.0.1/", "/localhost/a", "https/a.html"],
)  # fmt: skip
def test_an_address_that_can_be_opened_is_not_wrong(reference: str) -> None:
    assert [link.wrong for link in read(f'<a href="{reference}">甲</a>') if reference != "/c:/a"] in (
        [None],
        [],
    )


def test_a_site_inspected_at_a_staging_address_may_name_that_address() -> None:
    markup = '<a href="http://127.0.0.1:8001/a.html">甲</a><a href="http://192.168.1.1/b.html">乙</a>'

    assert wrong(markup, home="http://127.0.0.1:8001/") == [("intranet", "http://192.168.1.1/b.html")]


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ('<a href="javascript:;" target="_blank">云汀市统计局</a>', "script"),
        ('<a href="javascript:void(0)">附件:报名表.doc</a>', "script"),
        ('<a href="#">查看详情</a>', "empty"),
        ('<li><a href="#">关于开展社会保险待遇资格查询服务的通知</a></li>', "empty"),
        ('<li><a href="#">关于开展二〇二四年度检查工作的通知</a><span>2024-06-04</span></li>', "empty"),
        ('<li><a href="" class="t">市政府召开第三次常务会议研究工作</a><i>06-04</i></li>', "empty"),
    ],
)
def test_a_link_to_nowhere_is_wrong_where_its_words_promise_a_page(markup: str, reason: str) -> None:
    assert [found for found, _ in wrong(markup)] == [reason]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="javascript:;" onclick="setHome()">设为首页</a>',
        '<a href="#" onclick="show(3)">查看详情</a>',
        '<a href="javascript:;" id="more">更多</a>',
        '<a href="#" data-toggle="tab">通知公告</a>',
        '<a href="#" role="button">更多</a>',
        '<a href="javascript:;" class="jiathis_more" target="_blank">更多</a>',
        '<a href="#">返回顶部</a>',
        '<a href="javascript:window.print();">打印本页</a>',
        '<a href="javascript:;">无障碍浏览</a>',
        '<a href="" class="CurrChnlCls">政策法规</a>',
        '<ul><li id="003001"><a href="javascript:;">招标公告/资格审查公告一览</a></li></ul>',
        '<li onclick="tab(1)"><a href="#">关于开展二〇二四年度检查工作的通知</a></li>',
        '<a href="#"></a>',
        '<a href="#">政务公开</a>',
    ],
)
def test_tabs_menus_and_buttons_are_believed(markup: str) -> None:
    assert wrong(markup) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="display: none"><p>{}</p></div>',
        '<div style="DISPLAY:NONE;">{}</div>',
        '<span style="visibility:hidden">{}</span>',
        '<font style="font-size:0px">{}</font>',
        '<div style="position:absolute;left:-9999px">{}</div>',
        '<div style="text-indent:-999em">{}</div>',
        '<div style="height:0;overflow:hidden">{}</div>',
        '<div style="overflow:hidden;width:1px;height:20px">{}</div>',
        "<div hidden>{}</div>",
        '<marquee height="1" width="5">{}</marquee>',
        '<div style="opacity:0">{}</div>',
        "<script>document.write(\"<div style='display:none'>\")</script>{}<script>document.write('</div>')</script>",
        '<div id="x">{}</div><script>document.getElementById("x").style.display="none";</script>',
        "<style>.x{display:none}</style><div class='a x'>{}</div>",
        "<style>/* .x{} */ #t, ul.x > li { position:absolute; left:-9999px }</style><ul class=x><li>{}</ul>",
        "<style>@media print{.y{color:red}} .x{font-size:0}</style><p class=x>{}</p>",
    ],
)
def test_a_link_nobody_sees_is_hidden(markup: str) -> None:
    link = next(
        link
        for link in read(markup.replace("{}", '<a href="http://spam.example.com/">彩票</a>'))
        if link.kind == "page"
    )

    assert link.hidden


@pytest.mark.parametrize(
    "markup",
    [
        '<div style="display:block">{}</div>',
        '<div style="margin-left:-20px">{}</div>',
        '<div style="font-size:0.9em">{}</div>',
        '<div style="text-indent:2em;line-height:0">{}</div>',
        '<div style="overflow:hidden;height:100px">{}</div>',
        '<marquee height="120">{}</marquee>',
        '<div id="x">{}</div><script>function f(){document.getElementById("x").style.display="none";}</script>',
        "<p style='display:none'></p>{}",
        "<style>.y{display:none}</style><div class=x>{}</div>",
        "<style>@media print{.x{display:none}}</style><div class=x>{}</div>",
        "<style>.x{display:none} .x.on{display:block}</style><div class='x on'>{}</div>",
        "<style>.m .x{display:none} .m:hover .x{display:block}</style><div class=m><div class=x>{}</div></div>",
        "<style>.x{display:none}</style><div class=x style='display:block'>{}</div>",
        "<style>.x:empty{display:none} .x::after{visibility:hidden}</style><div class=x>{}</div>",
        "<style>.x{display:none</style><div class=x>{}</div>",
    ],
)
def test_a_link_people_see_is_not_hidden(markup: str) -> None:
    assert [link.hidden for link in read(markup.replace("{}", '<a href="/a">甲</a>'))] == [False]


def test_a_target_seen_once_is_not_hidden() -> None:
    (link,) = read('<div style="display:none"><a href="/a"></a></div><a href="/a">甲</a>')

    assert (link.hidden, link.text) == (False, "甲")


@given(st.text(max_size=300))
def test_no_markup_makes_it_raise(markup: str) -> None:
    read(f'<div style="{markup}"><a href="{markup}">{markup}</a><img srcset="{markup}"></div>')
    read(f"<a href='{markup}' target=_blank><script>document.write('{markup}')</script>")
    read(f"<style>{markup}{{display:none}} .a, {markup} {{left:-999px}}{markup}</style><a href=/>x</a>")


@pytest.mark.parametrize(
    "markup",
    [
        "<div style='display:none'>" * 20_000 + "<a href=/a>x</a>" * 2_000,
        '<a href="' + "a" * 3_000_000 + '">x</a>',
        '<img srcset="' + "a 1x, " * 200_000 + '">',
        "".join(f'<a href="/{number}">x</a>' for number in range(50_000)),
        "<a href=# " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x</a>",
        "<style>" + ".a .b .c{display:none} " * 50_000 + "</style><a href=/>x</a>",
        "<style>none" + "{" * 50_000 + "@media" * 50_000 + "</style><a href=/>x</a>",
        "<script>" + "document.write('<a style=" * 30_000 + "</script><a href=/>x</a>",
        '<div style="' + "overflow:hidden;" * 100_000 + '"><a href=/>x</a></div>',
    ],
)
def test_hostile_pages_take_no_long_time(markup: str) -> None:
    started = time.process_time()
    found = read(markup)

    assert len(found) <= 20_000
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "markup",
    [
        '<form method=post><button formaction="/save">存</button></form>',
        '<button formaction="/save" formmethod=POST>存</button>',
        "<button onclick='go()'>去</button>",
        '<meta name="msapplication-TileColor" content="#ffffff">',
        '<meta name="msapplication-config" content="none">',
        '<meta property="og:image:width" content="200">',
        "<video><track></video>",
        '<object codebase="/fl/"></object>',
    ],
)
def test_what_names_nothing_that_can_be_opened_is_no_target(markup: str) -> None:
    assert read(markup) == []
