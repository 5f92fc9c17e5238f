"""When a page was published: the evidence in its order, and nothing where nothing holds."""

from __future__ import annotations

import time
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.dates.date_reader import DateReader
from govcrawl.pages.dates.printed import find_printed, parse_printed
from govcrawl.pages.dates.published import conflict, considered, published
from govcrawl.pages.markup.document import Document
from tests.pages.layouts.articles import articles

AS_OF = date(2026, 11, 22)
URL = "http://www.yunting.gov.cn/xw/show.html"
TEXT = (
    "<p>各县人民政府，市政府各部门：根据工作安排，现将有关事项通知如下，请认真组织落实，确保取得实效。</p>"
    * 3
)


def read(
    line: str = "", *, head: str = "", closing: str = "", url: str = URL
) -> tuple[str | None, str | None]:
    page = f"<html><head><title>关于开展检查的通知</title>{head}</head><body><h1>关于开展检查的通知</h1>{line}<div>{TEXT}{closing}</div></body></html>"
    return published(Document(page, url, AS_OF))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-06-04", "2024-06-04"),
        ("2024-6-4 9:05", "2024-06-04T09:05"),
        ("2024-06-04  10∶08", "2024-06-04T10:08"),
        ("2024-06-04 10：08：30", "2024-06-04T10:08:30"),
        ("2024-06-0410:08", "2024-06-04T10:08"),
        ("2024-06-04T10:08:30+08:00", "2024-06-04T10:08:30"),
        ("2024-06-04 25:99", "2024-06-04"),
        ("2024/6/4", "2024-06-04"),
        ("2024.06.04", "2024-06-04"),
        ("２０２４－０６－０４", "2024-06-04"),
        ("２０２４年６月４日", "2024-06-04"),
        ("2024年 6月 4日 10时08分", "2024-06-04T10:08"),
        ("二〇二四年六月四日", "2024-06-04"),
        ("二○二四年十二月三十一日", "2024-12-31"),
        ("二零二零年二月二十九日", "2020-02-29"),
        ("民国113年6月4日", "2024-06-04"),
        ("中华民国一百一十三年六月四日", "2024-06-04"),
        ("20240604", "2024-06-04"),
        ("20240604101530", "2024-06-04T10:15:30"),
        ("Tue Jun 04 10:08:30 CST 2024", "2024-06-04T10:08:30"),
        ("2024-13-01", None),
        ("2024-02-30", None),
        ("1024-06-04", None),
        ("12024-06-04", None),
        ("2024年", None),
        ("发布时间", None),
        ("", None),
    ],
)
def test_a_printed_date_is_read_exactly_as_far_as_it_is_printed(text: str, value: str | None) -> None:
    assert parse_printed(text) == value


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/zwgk/202406/t20240604_123.html", "2024-06-04"),
        ("/art/2024/6/4/art_12_345.html", "2024-06-04"),
        ("/content/2024-06/04/content_7.htm", "2024-06-04"),
        ("/xw/20240604/8f3c.html", "2024-06-04"),
        ("/n1/2024/0604/c1-2.html", "2024-06-04"),
        ("/202406/04/a.shtml", "2024-06-04"),
        ("/x/202406041010301234.html", "2024-06-04"),
        ("/2027/01/01/a.html", None),
        ("/c/20240699/a.html", None),
        ("/info/1015/20241234567.htm", None),
        ("/show.html?date=20240604", None),
    ],
)
def test_a_day_in_an_address_is_a_hint_and_never_in_the_future(path: str, day: str | None) -> None:
    assert DateReader(AS_OF).in_url("http://www.yunting.gov.cn" + path) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("今天", "2026-11-22"),
        ("今天 10:20", "2026-11-22"),
        ("[昨天]", "2026-11-21"),
        ("前天", "2026-11-20"),
        ("3天前", "2026-11-19"),
        ("5小时前", "2026-11-22"),
        ("2周前", "2026-11-08"),
        ("今天是星期日", None),
        ("三天前的会议", None),
    ],
)
def test_words_for_days_count_back_from_the_day_of_the_inspection(words: str, day: str | None) -> None:
    assert DateReader(AS_OF).relative(words) == day


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("<div>今天是：2026年11月22日 星期日</div>", "the clock of the page"),
        ("<div>时间：2026年11月22日 星期日</div>", "a clock that calls itself 时间"),
        ("<div>浏览次数：20241105</div>", "a counter"),
        ("<div>报名时间：2024-06-04</div>", "a term"),
        ("<div>公示期：2024-06-04至2024-06-10</div>", "a span"),
        ("<div>开标时间：2024年6月4日 9:00</div>", "another event"),
        ("<div>发布时间：</div><div>来源：本站</div>", "an empty label"),
        ("<div>时间：2024年6月4日（星期二）上午9时　地点：三楼会议室</div>", "a meeting announced"),
        ("<div class=x><p>相关新闻</p><ul><li>某新闻 2024-06-04</li></ul></div>", "neighbouring news"),
    ],
)
def test_a_date_that_is_not_the_pages_is_not_taken(line: str, why: str) -> None:
    assert read(line) == (None, None), why


@pytest.mark.parametrize(
    "closing",
    [
        "<p>本办法自2024年6月4日起施行。</p>",
        "<p>Copyright © 2024-06-04 云汀市人民政府 版权所有</p>",
        "<p>版权所有：云汀市人民政府　更新日期：2024-06-04</p>",
        "<p>报名时间为2024年6月4日</p>",
        "<p>一、时间：2024年6月4日</p><p>二、地点：三楼会议室</p>",
        "<p>2030年1月1日</p>",
    ],
)
def test_terms_and_the_foot_of_the_site_are_no_date(closing: str) -> None:
    assert read(closing=closing) == (None, None)


def test_the_official_tag_is_the_best_evidence() -> None:
    tag = '<meta name="pubDATE" content="2024-06-04  10∶08">'
    assert read("<p>发布时间：2024-06-01</p>", head=tag) == ("2024-06-04T10:08", "tag")


def test_a_tag_left_as_it_came_with_the_template_is_nothing() -> None:
    tag = '<meta name="PubDate" content="发布时间">'
    assert read("<p>发布时间：2024-06-01</p>", head=tag) == ("2024-06-01", "label")


def test_the_day_of_publication_beats_the_day_of_issue() -> None:
    table = "<table><tr><td>成文日期</td><td>2024-05-20</td></tr><tr><td>发布日期</td><td>2024-06-04</td></tr></table>"
    assert read(table) == ("2024-06-04", "label")


def test_a_future_date_is_returned_where_it_is_printed_as_the_date_but_never_guessed() -> None:
    assert read("<p>发布时间：2027-01-01</p>") == ("2027-01-01", "label")
    assert read("<p>2027-01-01</p>") == (None, None)


def test_tag_and_shown_date_that_differ_by_a_day_are_a_conflict() -> None:
    def page(tag: str, shown: str) -> Document:
        return Document(
            f'<meta name=PubDate content="{tag}"><h1>关于开展检查的通知</h1><p>发布时间：{shown}</p>{TEXT}',
            URL,
            AS_OF,
        )

    assert conflict(page("2024-06-05", "2024-06-04 23:00")) == ("2024-06-05", "2024-06-04T23:00")
    assert conflict(page("2024-06-04 08:00", "2024-06-04 17:30")) is None
    assert conflict(page("没有", "2024-06-04")) is None


def test_every_refused_date_says_why() -> None:
    page = Document(f"<p>时间：2026年11月22日 星期日</p><h1>关于开展检查的通知</h1>{TEXT}", URL, AS_OF)
    assert [seen.refused for seen in considered(page)] == ["today-is clock"]


def test_rows_of_a_list_give_no_date_of_the_page() -> None:
    rows = "".join(
        f"<li><a href={n}.html>某某通知标题之{n}</a><span>发布时间：2024-06-{n:02}</span></li>"
        for n in range(10, 20)
    )
    page = Document(f"<title>通知公告</title><h1>政府网站通知公告</h1><ul>{rows}</ul>", URL, AS_OF)
    assert published(page) == (None, None)


def test_floor_on_the_generated_articles() -> None:
    """At least 98 % right and at most 0.5 % wrong; where no date can be seen, none."""
    pages = list(articles())
    answers = [(page, published(Document(page.html, page.url, AS_OF))) for page in pages]
    right = [
        page
        for page, (value, origin) in answers
        if value == page.published and (not value or origin in page.origins)
    ]
    wrong = [page.name for page, (value, _) in answers if value is not None and value != page.published]
    assert len(pages) >= 300
    assert len(right) >= 0.98 * len(pages)
    assert len(wrong) <= 0.005 * len(pages), wrong


HOSTILE = st.text(
    alphabet="0123456789年月日〇二四-/.:：∶ \n\t今天发布时间期民国<>pa=\"'\u3000\x00\ud800", max_size=300
)


@given(HOSTILE)
def test_no_text_makes_a_reader_of_dates_fail(text: str) -> None:
    for printed in find_printed(text):
        assert parse_printed(printed.value) == printed.value
    parse_printed(text)
    DateReader(AS_OF).in_url(text)
    published(Document(text, URL, AS_OF))


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)))  # noqa: DTZ001 - a page prints no zone
def test_every_moment_is_read_back(moment: datetime) -> None:
    printed = f"{moment:%Y-%m-%d %H:%M:%S}"
    assert parse_printed(printed) == printed.replace(" ", "T")


@pytest.mark.parametrize(
    "piece", ["时间", "发布时间：", "2024-", "二〇", "1" * 50, "时 " * 10, "日　期", "<p>发布时间："]
)
def test_hostile_repetition_takes_no_time(piece: str) -> None:
    started = time.process_time()
    published(Document(piece * (400_000 // len(piece)), URL, AS_OF))
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "label",
    [
        "出发时间",
        "抵达时间",
        "停水时间",
        "交货日期",
        "采样日期",
        "成立日期",
        "处罚日期",
        "放假时间",
        "下次更新时间",
        "预计公布时间",
    ],
)
def test_the_day_of_something_else_beside_a_counter_is_not_the_page_s(label: str) -> None:
    assert read(f"<p>{label}：2026-03-18 &nbsp; 点击：33</p>")[0] is None
