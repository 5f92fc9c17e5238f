"""What a page names as sections of its site: menus, the site map, 更多 with its heading, the trail of a list."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.lists.navigation import clean_name, is_site_map, named_sections, trail
from govcrawl.pages.markup.document import Document

HOME = "http://www.x.gov.cn/"


def document(body: str, url: str = HOME, title: str = "某县人民政府") -> Document:
    return Document(f"<html><head><title>{title}</title></head><body>{body}</body></html>", url)


def named(body: str, url: str = HOME) -> list[tuple[str, str, str, str | None]]:
    return [
        (each.name, each.url.removeprefix("http://www.x.gov.cn"), each.place, each.parent)
        for each in named_sections(document(body, url))
    ]


def steps(body: str) -> tuple[str, str | None] | None:
    found = trail(document(body, "http://www.x.gov.cn/zwgk/tzgg/"))
    return None if found is None else (found.name, found.parent)


# ---------- menus


def test_a_menu_names_its_sections_with_absolute_addresses():
    assert [("政务动态", "/zwdt/", "menu", None), ("通知公告", "/zwgk/tzgg/", "menu", None)] == named(
        '<ul class="nav"><li><a href="zwdt/">政务动态</a></li><li><a href="./zwgk/tzgg/">通 知 公 告</a></li></ul>'
    )


def test_an_item_of_a_submenu_knows_what_it_hangs_under():
    menu = (
        '<ul><li><a href="/zwgk/">政务公开</a><ul><li><a href="/zwgk/zcwj/">政策文件</a></li></ul></li></ul>'
    )

    assert [("政务公开", "/zwgk/", "menu", None), ("政策文件", "/zwgk/zcwj/", "menu", "政务公开")] == named(
        menu
    )


def test_an_item_of_a_definition_list_hangs_under_its_term():
    assert [("局长信箱", "/xx/", "menu", "互动交流")] == named(
        '<dl><dt>互动交流</dt><dd><a href="/xx/">局长信箱</a></dd></dl>'
    )


@pytest.mark.parametrize(
    "words",
    ["首页", "返回首页", "用户登录", "无障碍阅读", "网站地图", "联系我们", "English", "RSS订阅", "手机版", "2", "皖ICP备12345678号"],
)  # fmt: skip
def test_entrances_and_acts_on_the_page_are_no_sections(words):
    assert [] == named(f'<div><a href="/x/">{words}</a></div>')


def test_headlines_and_articles_are_no_sections():
    assert [] == named(
        '<a href="/zwdt/x.html">全县召开优化营商环境工作推进会议强调狠抓落实</a>'
        '<a href="/zwdt/202406/t20240604_123.html">一句话新闻</a>'
    )


def test_links_to_other_offices_are_no_sections():
    assert [] == named(
        '<div class="friendlink"><a href="http://www.gov.cn/">中国政府网</a></div>'
        '<div><a href="https://www.example.com/">人才招聘</a></div>'
    )


def test_a_menu_may_lead_to_a_platform_elsewhere():
    menu = '<div class="nav"><a href="https://zwfw.example.com/">政务服务</a></div>'

    assert [("政务服务", "https://zwfw.example.com/", "menu", None)] == named(menu)


def test_another_host_of_the_same_office_needs_no_menu():
    assert ["信息公开目录"] == [
        name for name, *_ in named('<p><a href="http://xxgk.x.gov.cn/">信息公开目录</a></p>')
    ]


# ---------- 更多


@pytest.mark.parametrize(
    "block",
    [
        '<div><h2>通知公告<a href="/tzgg/">更多&gt;&gt;</a></h2><ul><li><a href="/a.html">关于放假的通知</a></li></ul></div>',
        '<div><div class="t"><span>通知公告</span><a href="/tzgg/">more</a></div><ul><li>…</li></ul></div>',
        '<table><tr><td>通知公告</td><td>&nbsp;</td><td><a href="/tzgg/">更多</a></td></tr></table>',
        '<div><h3>通知公告</h3><ul><li><a href="/a.html">关于某地某事的公告全文</a></li></ul><a href="/tzgg/">[更多]</a></div>',
    ],
)
def test_what_hangs_behind_more_is_called_as_its_block(block):
    assert ("通知公告", "/tzgg/", "more", None) in named(block)


def test_an_entry_of_the_list_is_not_the_heading_of_its_more():
    assert [] == [
        each
        for each in named(
            '<div><p><a href="/a.html">短标题新闻</a></p><p><a href="/tzgg/">更多</a></p></div>'
        )
        if each[2] == "more"
    ]


def test_tabs_above_several_lists_name_none_of_them():
    tabs = "<ul><li>要闻</li><li>公告</li></ul>"
    lists = '<div><a href="/1/">更多</a></div><div><a href="/2/">更多</a></div>'

    assert [] == named(f"<div>{tabs}{lists}</div>")


# ---------- trail


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="./">通知公告</a></div>',
        '<td>您现在的位置：<a href="/">网站首页</a>»<a href="/zwgk/">政务公开</a>»通知公告»列表</td>',
        '<div><a href="/">首页</a> &gt;&gt; <a href="/zwgk/">政务公开</a> &gt;&gt; <a href="./">通知公告</a></div>',
        '<div class="location"><span>位置:</span><a href="/">首页</a><i></i><a href="/zwgk/">政务公开</a><i></i><a>通知公告</a></div>',
    ],
)
def test_the_trail_says_what_a_list_is_and_stands_under(markup):
    assert ("通知公告", "政务公开") == steps(markup)


@pytest.mark.parametrize(
    "markup",
    [
        '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/a/">机构概况</a></li><li><a href="/b/">政务公开</a></li></ul>',
        '<div class="page"><a href="?p=1">首页</a> <a href="?p=2">下一页</a> <a href="?p=9">末页</a></div>',
        "<p>没有导航</p>",
    ],
)
def test_menus_and_page_numbers_are_no_trail(markup):
    assert None is steps(markup)


# ---------- hostile and odd


@pytest.mark.parametrize(
    ("text", "name"),
    [("【通知公告】", "通知公告"), ("> 政策文件", "政策文件"), ("工作动态(12)", "工作动态"), ("要闻 3条", "要闻"),
     ("=1+1", ""), ("News", ""), ("", ""), ("长" * 40, "")],
)  # fmt: skip
def test_names_lose_what_templates_put_around_them(text, name):
    assert name == clean_name(text)


def test_a_site_map_is_known_by_title_or_address():
    assert is_site_map(document("", title="网站地图"))
    assert is_site_map(document("", url="http://www.x.gov.cn/wzdt.html"))
    assert not is_site_map(document(""))


def test_a_page_of_ten_thousand_links_names_a_bounded_number():
    many = "".join(f'<a href="/{number}/">栏目{number}甲</a>' for number in range(10_000))

    assert 500 == len(named_sections(document(many)))


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/x/">更多</a>' * 5000,
        '<div class="crumb">' + '<a href="/">首页</a>' * 20_000,
        "<ul><li>" * 300 + '<a href="/x/">栏目</a>' * 2000,
    ],
)
def test_a_page_made_to_be_slow_is_not(body):
    page = document(body)
    started_s = time.process_time()
    named_sections(page)
    trail(page)

    assert time.process_time() - started_s < 2


@given(st.text(max_size=400))
def test_nothing_raises(markup):
    page = document(markup)
    named_sections(page)
    trail(page)
