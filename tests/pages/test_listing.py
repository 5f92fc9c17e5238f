"""The entries of list pages and home pages, and nothing that only looks like one."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.lists.listing import entries
from govcrawl.pages.markup.document import Document
from tests.pages.layouts.lists import ListPage, lists

AS_OF = date(2026, 11, 22)
SECTION = "http://www.yunting.gov.cn/zwgk/tzgg/index.html"
HOME = "http://www.yunting.gov.cn/"


def read(markup: str, url: str = SECTION, selector: str | None = None) -> list[tuple[str, str, str | None]]:
    found = entries(Document(f"<html><body>{markup}</body></html>", url, AS_OF), selector)
    return [
        (entry.title, entry.url.removeprefix("http://www.yunting.gov.cn"), entry.published_on)
        for entry in found
    ]


@pytest.mark.parametrize("page", list(lists()), ids=lambda page: page.name)
def test_every_layout_is_read_whole_in_order_and_without_its_neighbours(page: ListPage) -> None:
    found = entries(Document(page.html, page.url, AS_OF))
    assert [(entry.title, entry.url, entry.published_on) for entry in found] == list(page.expected), (
        page.style
    )


def test_there_are_as_many_layouts_as_promised() -> None:
    assert len(list(lists())) >= 120


def test_a_date_without_a_year_takes_it_from_order_and_neighbours() -> None:
    days = ("11-20", "03-01", "01-15", "12-28", "11-30", "11-25", "02-10")
    rows = "".join(
        f"<li><a href=/a/{n}.html>市政府召开第{n}次常务会议</a><i>{day}</i></li>"
        for n, day in enumerate(days)
    )
    assert [day for _, _, day in read(f"<ul>{rows}</ul>")] == [
        "2026-11-20", "2026-03-01", "2026-01-15", "2025-12-28", "2025-11-30", "2025-11-25", "2025-02-10",
    ]  # fmt: skip


def test_a_pinned_row_stands_outside_the_order() -> None:
    days = (
        ("置顶：关于征集意见建议的公告", "06-08"),
        ("市政府召开常务会议研究工作", "11-20"),
        ("市领导调研重点项目建设", "11-18"),
    )
    rows = "".join(
        f"<li><a href=/a/{n}.html>{title}</a><i>{day}</i></li>" for n, (title, day) in enumerate(days)
    )
    assert [day for _, _, day in read(f"<ul>{rows}</ul>")] == ["2026-06-08", "2026-11-20", "2026-11-18"]


def test_a_year_in_the_address_settles_a_date_without_one() -> None:
    rows = "<li><a href=./202311/t20231105_1.html>关于开展检查工作的通知</a>11-05</li>"
    assert read(f"<ul>{rows}</ul>") == [
        ("关于开展检查工作的通知", "/zwgk/tzgg/202311/t20231105_1.html", "2023-11-05")
    ]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("今天", "2026-11-22"),
        ("昨天 08:30", "2026-11-21"),
        ("[2026-11-05 至 2026-12-05]", "2026-11-05"),
        ("3天前", "2026-11-19"),
        ("[26-11-05]", "2026-11-05"),
        ("二〇二六年十一月五日", "2026-11-05"),
    ],
)
def test_words_short_years_and_numerals_are_dates_of_a_row(printed: str, day: str) -> None:
    assert (
        read(f"<ul><li><a href=a.html>关于开展检查工作的通知</a><span>{printed}</span></li></ul>")[0][2]
        == day
    )


def test_a_future_date_is_kept_as_it_is_printed() -> None:
    assert read("<ul><li><a href=a.html>关于开展检查工作的通知</a>2027-01-01</li></ul>")[0][2] == "2027-01-01"


def test_a_date_in_a_title_is_not_the_date_of_the_row() -> None:
    title = "2024年6月4日新闻发布会实录"
    assert read(f"<ul><li><a href=a.html>{title}</a><b>2026-11-05</b></li></ul>") == [
        (title, "/zwgk/tzgg/a.html", "2026-11-05")
    ]
    assert (
        read(f"<ul><li><a href=a.html>{title}</a></li><li><a href=b.html>市政府召开常务会议</a></li></ul>")[
            0
        ][2]
        is None
    )


def test_the_whole_title_comes_from_the_attribute_when_the_shown_one_is_cut() -> None:
    row = '<li><a href=a.html title="标题：关于开展检查工作的通知">关于开展检…</a>2026-11-05</li>'
    assert read(f"<ul>{row.replace('标题：', '')}</ul>")[0][0] == "关于开展检查工作的通知"


def test_a_title_whose_target_only_a_script_knows_is_an_entry() -> None:
    rows = "<li><a href='javascript:void(0)' onclick=\"window.open('/show/12.html')\">关于开展检查工作的通知</a>2026-11-05</li>"
    assert read(f"<ul>{rows}</ul>") == [("关于开展检查工作的通知", "/show/12.html", "2026-11-05")]
    rows = "<li><a href='javascript:;'>关于开展检查工作的通知</a>2026-11-05</li>"
    assert read(f"<ul>{rows}</ul>") == [("关于开展检查工作的通知", "javascript:;", "2026-11-05")]


def test_a_home_page_gives_the_entries_of_all_its_blocks() -> None:
    block = (
        "<div><h3>{0}</h3><ul>"
        + "".join(
            f"<li><a href=/{{0}}/{n}.html>市政府召开第{n}次常务会议</a>11-0{n}</li>" for n in range(1, 5)
        )
        + "</ul></div>"
    )
    assert len(read(block.format("yw") + block.format("tz"), HOME)) == 8
    assert (
        len(read("<ul class=nav><li><a href=/a/>首页</a></li><li><a href=/b/>政务公开</a></li></ul>", HOME))
        == 0
    )


def test_a_sidebar_never_makes_a_blank_section_look_updated() -> None:
    sidebar = "<div class=side><h3>热点文章</h3><ul><li><a href=/rd/1.html>市政府召开常务会议研究工作</a>2026-11-20</li></ul></div>"
    assert read(f"<div class=list>暂无相关信息</div>{sidebar}") == []
    assert read(f"<ul class=list></ul>{sidebar}") == []


def test_the_registrys_selector_wins() -> None:
    markup = "<div class=x><i>2026-11-05</i><a href=a.html>短题</a></div><ul><li><a href=b.html>关于开展检查工作的通知</a>2026-11-01</li></ul>"
    assert read(markup, selector="div.x") == [("短题", "/zwgk/tzgg/a.html", "2026-11-05")]
    assert read(markup, selector="div.none") == []


def test_a_row_without_a_date_among_dated_ones_is_an_undated_entry() -> None:
    rows = "".join(
        f"<li><a href={n}.html>市政府召开第{n}次常务会议</a><span>{day}</span></li>"
        for n, day in enumerate(("2026-11-05", "", "2026-11-01"))
    )
    assert [day for _, _, day in read(f"<ul>{rows}</ul>")] == ["2026-11-05", None, "2026-11-01"]


def test_one_entry_is_a_list() -> None:
    assert read("<ul><li><a href=a.html>关于开展检查工作的通知</a><span>2026-11-05</span></li></ul>") == [
        ("关于开展检查工作的通知", "/zwgk/tzgg/a.html", "2026-11-05")
    ]


def test_base_href_and_broken_references() -> None:
    page = Document(
        "<base href='http://m.yunting.gov.cn/x/'><ul><li><a href=a.html>关于开展检查工作的通知</a>2026-11-05</li><li><a href='http://[x'>关于开展检查工作的公告</a>2026-11-04</li></ul>",
        SECTION,
        AS_OF,
    )
    assert [entry.url for entry in entries(page)][:1] == ["http://m.yunting.gov.cn/x/a.html"]


@given(st.text(alphabet="<>/ulitrdapbh=\"' 2026-1年月日今天前关于通知\n\x00…[]()", max_size=400))
def test_no_markup_makes_the_reader_fail(markup: str) -> None:
    first = read(markup)
    assert read(markup) == first


@pytest.mark.parametrize(
    "piece",
    [
        "<li><a href=a>关于通知</a>2026-11-05",
        "<a href=a>2026</a>",
        "<table><tr><td><a href=b>题目题目题目</a>",
        "<div><a href=c>x</a>",
    ],
)
def test_hostile_repetition_takes_bounded_time(piece: str) -> None:
    started = time.process_time()
    read(piece * 20_000)
    assert time.process_time() - started < 8


def test_a_box_of_another_name_is_no_part_of_a_list_under_the_name_of_the_page() -> None:
    """With flat addresses nothing but its name tells the box apart."""
    rows, box = (
        "".join(
            f"<li><a href=/info/{column}/{n}.htm>关于做好第{n}项工作的通知</a><i>2026-{month}-0{n}</i></li>"
            for n in range(1, 6)
        )
        for column, month in ((1501, "03"), (1502, "11"))
    )
    page = f"""<html><head><title>镇街动态-石渡县人民政府</title></head><body><div class=w><div>当前位置：<a href=/>首页</a> &gt;
<a href=/xw/zjdt.htm>镇街动态</a></div><ul class=list>{rows}</ul></div><div class=side><h4>要闻速览</h4><ul>{box}</ul></div></body></html>"""
    found = entries(Document(page, "http://www.shidu.gov.cn/xw/zjdt.htm", date(2026, 11, 22)))
    assert {(entry.published_on or "")[:7] for entry in found} == {"2026-03"}


@pytest.mark.parametrize(
    ("heading", "year", "assumed"),
    [
        ("2024年", "2024", False),
        ("二〇二四年度", "2024", False),
        # Beside other words a year may be that of which the rows tell: likely, and no proof.
        ("2024年公告", "2024", True),
        ("通知公告（2024年）", "2024", True),
        ("2024年度通知", "2024", True),
        # No year, several, or a span that only begins or ends in it: what the order of the rows allows.
        ("2024年以前", "2026", True),
        ("2024年及以前", "2026", True),
        ("2023-2024年", "2026", True),
        ("2023年—2024年公告", "2026", True),
        ("自2024年起", "2026", True),
        ("2024年至今", "2026", True),
        ("2024年第3期", "2026", True),
        ("2027年公告", "2026", True),  # it has not come yet
    ],
)
def test_the_year_of_a_heading_holds_for_the_rows_below_it_as_far_as_it_says_so(
    heading, year, assumed
) -> None:
    rows = "".join(
        f"<li><a href=/gg/{n}.html>关于第{n}批小区改造的公告</a><span>11-{20 - n}</span></li>"
        for n in range(4)
    )
    page = f"<title>通知公告</title><h3>{heading}</h3><ul>{rows}</ul>"
    found = entries(Document(page, "http://www.a.gov.cn/gg/", date(2026, 11, 27)))

    assert {(f"{year}-11-{20 - n}", assumed) for n in range(4)} == {
        (entry.published_on, entry.year_assumed) for entry in found
    }


@pytest.mark.parametrize(
    "printed",
    [
        "Nov 20, 2026",
        "20 November 2026",
        "November 20th, 2026",
        "20-Nov-2026",
        "二０二六年十一月二十日",
        "二0二六年十一月二十日",
        "民國115年11月20日",
        "20261120",
        "26年11月20日",
        "</span><b>20</b><i>Nov</i><span>",
        "2026-11-20 · 办公室",
    ],
)
def test_a_day_is_read_in_whatever_form_a_list_prints_it(printed: str) -> None:
    rows = "".join(
        f"<li><a href=a{n}.html>关于开展第{n}次安全检查的通知</a><span>{printed}</span></li>"
        for n in "一二三"
    )
    assert [day for _, _, day in read(f"<ul>{rows}</ul>")] == ["2026-11-20"] * 3


@pytest.mark.parametrize(
    "markup",
    [
        "<h3>2026年11月</h3><ul>{0}<span>20日</span>{1}<span>2日</span></ul><h3>2026年10月</h3><ul>{2}<span>30日</span></ul>",
        "<dl><dt>2026-11</dt>{0}<i>20</i>{1}<i>02</i><dt>2026-10</dt>{2}<i>30</i></dl>",
    ],
)
def test_a_row_that_prints_the_day_only_takes_the_month_that_stands_above_it(markup: str) -> None:
    tag = "dd" if "<dl>" in markup else "li"
    links = [f"<{tag}><a href=a{n}.html>关于开展第{n}次安全检查的通知</a>" for n in "一二三"]
    assert [day for _, _, day in read(markup.format(*links))] == ["2026-11-20", "2026-11-02", "2026-10-30"]


def test_numbers_below_a_month_that_are_no_days_are_none() -> None:
    rows = "".join(
        f"<li><a href=a{n}.html>关于开展第{n}次安全检查的通知</a><i>{n}</i></li>" for n in (51, 62, 0)
    )
    assert [day for _, _, day in read(f"<h3>2026年11月</h3><ul>{rows}</ul>")] == [None] * 3


def test_a_title_attribute_that_tells_the_day_gives_the_day_and_the_title() -> None:
    rows = "".join(
        f'<li><a href=a{n}.html title="文章标题：关于开展第{n}次安全检查的通知&#13;&#10;作    者：办公室&#13;&#10;更新时间：2026/11/20&#13;&#10;点击数：33">关于开展第{n}次…</a></li>'
        for n in "一二三"
    )
    assert [(title, day) for title, _, day in read(f"<ul>{rows}</ul>")] == [
        (f"关于开展第{n}次安全检查的通知", "2026-11-20") for n in "一二三"
    ]
