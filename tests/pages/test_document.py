"""One parse of a page, its address, and protection against markup that would hold the parser for minutes."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.markup.document import Document, joined_url
from govcrawl.pages.markup.tame import tame

URL = "http://www.example.gov.cn/zwgk/index.html"


def test_the_title_is_one_line() -> None:
    assert Document("<title>\n 虚构市 \n 人民政府 </title>", URL).title == "虚构市 人民政府"


def test_no_title_is_none() -> None:
    assert Document("<p>正文</p>", URL).title is None
    assert Document("", URL).title is None


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ('<base href="/col/">', "http://www.example.gov.cn/col/"),
        ('<base href="https://m.example.gov.cn/"><base href="/b/">', "https://m.example.gov.cn/"),
        ('<base href="javascript:void(0)">', URL),
        ('<base href="file:///C:/web/">', URL),
        ('<base href="http://[broken">', URL),
        ('<base target="_blank">', URL),
    ],
)
def test_the_base_is_honoured_when_it_is_a_web_address(base: str, expected: str) -> None:
    assert Document(f"<head>{base}</head>", URL).base_url == expected


@given(
    st.sampled_from(
        [
            URL,
            "file:///tmp/saved/a.html",
            "http://www.example.gov.cn",
            "http://www.example.gov.cn/a/b?c=/d/#/e",
            "https://a.gov.cn:8443/",
        ]
    ),
    st.text(alphabet="abA9_-./:?#%=&;~ ", max_size=14),
)
def test_references_are_joined_by_the_book(url: str, reference: str) -> None:
    assert Document("", url).absolute(reference) == joined_url(url, reference)


def test_what_is_not_shown_is_not_text() -> None:
    document = Document(
        "<body>甲<script>var a='乙'</script><style>.丙{}</style><select><option>丁</select>戊", URL
    )
    assert document.text.split() == ["甲", "戊"]
    assert document.scripts == ("var a='乙'",)
    assert document.tree.css_first("script") is not None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>甲</p><span style='display:none'>发布时间：2020-01-01</span>", "甲"),
        ("<div style='display:none'><b hidden>2020年1月1日</b></div>乙", "乙"),
        ("<div style='display:none'>办理时限：5个工作日</div>", "办理时限：5个工作日"),  # a click may show it
        ("<i style='display:inline'>2020-01-01</i>", "2020-01-01"),
    ],
)
def test_a_hidden_date_is_told_to_nobody(markup: str, text: str) -> None:
    assert Document(markup, URL).text.split() == [text]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 200_000,
        "<div>" * 100_000 + "</div>" * 100_000,
        "".join(f"<font size={n}><p>" for n in range(20_000)),
        "<a " + " ".join(f"a{n}=1" for n in range(200_000)) + ">",
        "<table><tr><td>" * 50_000,
        "<a><b><i><p>" * 20_000,
        "<a href='" * 100_000,
        "<" * 1_000_000,
        "<!--" * 200_000,
        "<select>" + "<option>甲" * 200_000,
        "".join(f"<body a{n}=1>" for n in range(100_000)),
        "<div></li>" * 50_000,
        "<div/>" * 50_000,
        "<span><div></span></div>" * 30_000,
        "<div><table><td></div>" * 30_000,
        "<li><dd>" * 50_000,
        "".join(f"<b a{n}></i><p>甲" for n in range(10_000)),
        "".join(f"<p><optgroup a{n}>" for n in range(50_000)),
    ],
    ids=[
        "deep",
        "deep and closed",
        "open fonts",
        "attributes",
        "tables",
        "misnested",
        "quotes",
        "signs",
        "comments",
        "choices",
        "attributes of the body",
        "ended by another name",
        "ended in itself",
        "ended within another",
        "ended beyond a table",
        "items of two kinds",
        "open letters ended by others",
        "groups of choices",
    ],
)
def test_hostile_markup_is_parsed_in_moments(markup: str) -> None:
    started = time.process_time()
    assert Document(markup + "<p>正文</p>", URL).text is not None
    assert time.process_time() - started < 5


def test_ordinary_markup_is_left_as_it_is() -> None:
    markup = "<div><ul>" + "<li><a href='/a'>标题</a><br>" * 300 + "</ul></div>"
    assert tame(markup) == (markup, True)


def test_markup_of_many_tags_that_is_in_order_is_left_as_it_is() -> None:
    row = "<li><a href='/a'>标题<b>新</b></a><img src=a.png/><br/><span>2026-11-20</span></li>"
    sloppy = (
        "<p>甲<p>乙<table><tr><td><font color=red>丙<tr><td>丁</font></table><div><ul><li>戊</div><a name=b>"
    )
    markup = f"<div><ul>{row * 5_000}</ul>{sloppy * 300}</div>"
    assert tame(markup) == (markup, True)


@pytest.mark.parametrize(
    ("markup", "whole"),
    [
        ("<div>" * 500 + "甲", False),
        ("<a " + " ".join(f"a{n}=1" for n in range(9_000)) + ">甲", False),
        ("".join(f"<font size={n}><p>" for n in range(500)), True),  # a reader sees the same
        ("<select>" + "<option>甲" * 3_000 + "</select>", True),
    ],
)
def test_what_had_to_be_left_out_of_the_markup_makes_the_page_a_part_of_itself(
    markup: str, *, whole: bool
) -> None:
    assert whole is Document(markup, URL).whole


def test_a_title_is_as_long_as_titles_are() -> None:
    assert 1_000 == len(Document(f"<title>{'题' * 50_000}</title>", URL).title or "")


def test_lone_surrogates_and_zero_bytes_are_no_obstacle() -> None:
    assert "正文" in Document("\ud800<p>\0正文\udfff</p>", URL).text


def test_the_day_is_given_once_and_reaches_what_stands_within_the_page() -> None:
    today = date(2026, 11, 22)

    assert today == Document("<p>正文</p>", URL, today).part("<li>").dates.as_of


def test_dates_are_not_read_without_a_day() -> None:
    with pytest.raises(ValueError, match="give the Document the day"):
        Document("<p>正文</p>", URL).dates  # noqa: B018
