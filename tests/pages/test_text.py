"""A change of text changes the hash; counters, clocks, markup and tokens do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.articles.text import main_text, text_sha256
from govcrawl.pages.markup.document import Document
from govcrawl.pages.markup.foot import foot_of
from tests.pages.layouts import words
from tests.pages.layouts.articles import articles

URL = "http://www.yunting.gov.cn/zwgk/1.html"
BODY = "<p>各县人民政府，市政府各部门：根据工作安排，现将有关事项通知如下。</p><p>一、认真组织，确保取得实效，于2026年12月1日前报送。</p><p>二、联系人：张某，电话0999-1234567。</p>"


def page(
    line: str = "来源：云汀日报 浏览次数：12", body: str = BODY, *, around: str = "", token: str = "a1"
) -> str:
    return f"<html><body><div>{around}</div><h1>关于开展检查的通知</h1><div class=info>{line}</div><div id=zoom>{body}</div><input type=hidden value={token}></body></html>"


def sha(markup: str) -> str:
    return text_sha256(main_text(Document(markup, URL)))


@pytest.mark.parametrize(
    "other",
    [
        page("来源：云汀日报 浏览次数：1,024"),
        page("来源：云汀日报  浏览次数： 13 次").replace(" 次", ""),
        page(around="今天是2026年11月23日 星期一"),
        page(around="阴 3℃～8℃"),
        page(around="您是第 883124 位访客"),
        page(token="b2"),
        page().replace("<p>", '<p class="x" data-v-1a2b>').replace("</p>", "</p>\r\n\r\n"),
        page().replace("各县人民政府", "<span>各县</span><b>人民政府</b>"),
        page().replace("，", "&#xFF0C;"),
        page().replace("一、", "\u200b一、&nbsp;"),
        page() + "<script>var t=20261123;</script><!-- built 12:30:11 -->",
        page(body=BODY + "<div style='display:none'>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b</div>"),
    ],
    ids=[
        "counter",
        "counter spaced",
        "today",
        "weather",
        "visitor",
        "token",
        "markup",
        "emphasis",
        "entity",
        "invisible",
        "script",
        "hex",
    ],
)
def test_what_no_reader_sees_change_is_no_change(other: str) -> None:
    assert sha(other) == sha(page())


@pytest.mark.parametrize(
    "other",
    [
        page().replace("取得实效", "取得成效"),
        page().replace("12月1日", "12月2日"),
        page().replace("0999-1234567", "0999-1234568"),
        page().replace("检查的通知", "检查的公告"),
        page("来源：云汀晚报 浏览次数：12"),
        page(body=BODY.replace("<p>二、联系人：张某，电话0999-1234567。</p>", "")),
        page(body=BODY + "<p>三、逾期不报的予以通报。</p>"),
        page(body=BODY.replace("张某", "李某")),
    ],
)
def test_one_changed_line_is_a_change(other: str) -> None:
    assert sha(other) != sha(page())


def test_a_changed_row_of_a_list_is_a_change() -> None:
    rows = "<ul><li><a href=1.html>市政府召开常务会议</a>2026-11-05</li><li><a href=2.html>市领导调研</a>2026-11-04</li></ul>"
    assert sha(rows) != sha(rows.replace("市领导调研", "市领导督导"))


def test_the_text_has_a_line_for_each_block_and_no_template() -> None:
    assert main_text(Document(page(), URL)).split("\n") == [
        "关于开展检查的通知",
        "来源：云汀日报 浏览次数：12",
        "各县人民政府，市政府各部门：根据工作安排，现将有关事项通知如下。",
        "一、认真组织，确保取得实效，于2026年12月1日前报送。",
        "二、联系人：张某，电话0999-1234567。",
    ]


def test_an_edit_of_any_sentence_is_seen_on_every_layout() -> None:
    for layout in articles():
        sentence = next(text for text in words.SENTENCES if text[:20] in layout.html)
        edited = layout.html.replace(sentence[:20], sentence[:19] + "错")
        assert sha(edited) != sha(layout.html), layout.name


@given(st.text(max_size=300))
def test_no_text_makes_the_hash_fail(text: str) -> None:
    assert text_sha256(text) == text_sha256(text + " \u200b")


def test_blank_lines_that_a_template_left_move_no_foot() -> None:
    blanks = "<div>  \n \t\n  </div>" * 60  # each short, together longer than what is cut down
    foot = "<div><p>云汀市教育局信息中心</p><p>版权所有 云汀市教育局</p><p>云ICP备09000001号</p></div>"
    plain, blank = (
        Document(f"<body><h1>公示</h1><p>见图。</p>{between}{foot}</body>", URL) for between in ("", blanks)
    )
    assert main_text(blank).split() == main_text(plain).split()
    assert blank.text[foot_of(blank) :].split() == plain.text[foot_of(plain) :].split() == [
        "云汀市教育局信息中心", "版权所有", "云汀市教育局", "云ICP备09000001号"
    ]  # fmt: skip


LINES = [
    f"第{n}条 各镇应当按照职责分工做好第{n}项水利设施的管护工作，于月底前报送情况。"
    + "水利、住建、交通等部门要加强协同配合。" * 5
    for n in range(1, 9)
]
MENU = "<ul>" + "".join(f"<li><a href=/m{n}/>办事指南{n}</a></li>" for n in range(12)) + "</ul>"


@pytest.mark.parametrize(
    "laid_out",
    [
        "<table>" + "".join(f"<tr><td>{line}</td></tr>" for line in LINES) + "</table>",
        "<table>" + "".join(f"<tr><td><p><span>{line}</span></p></td></tr>" for line in LINES) + "</table>",
        "<div>" + "".join(f"<table><tr><td><p>{line}</p></td></tr></table>" for line in LINES) + "</div>",
        "".join(f"<div>{line}</div>" for line in LINES),
        "<div>" + "".join(f"<div><div>{line}</div></div>" for line in LINES) + "</div>",
        f"<div>{MENU}" + "".join(f"<p>{line}</p>" for line in LINES) + "</div>",
        f"<table><tr><td>{MENU}</td><td>"
        + "".join(f"<p>{line}</p>" for line in LINES)
        + "</td></tr></table>",
        "<div>" + "".join(f"<p>{line}</p>" for line in LINES) + f"{MENU}</div>",
    ],
    ids=[
        "cells",
        "paragraphs in cells",
        "tables",
        "boxes",
        "boxes in boxes",
        "menu above",
        "menu in a cell",
        "menu below",
    ],
)
def test_a_text_is_read_whole_and_without_a_menu_however_it_is_laid_out(laid_out: str) -> None:
    neighbours = "<div><a href=/a.html>关于印发工作方案的通知，请认真贯彻落实。</a></div>"
    foot = "<div>主办：云汀市水利局 云ICP备09000001号</div>"
    markup = f"<title>关于管护水利设施的通知</title><h1>关于管护水利设施的通知</h1><p>发布时间：2026-03-18</p>{laid_out}{neighbours}{foot}"
    text = main_text(Document(markup, URL))

    assert LINES == [line for line in text.split("\n") if line.startswith("第")]
    assert not any(word in text for word in ("办事指南", "工作方案", "主办"))
