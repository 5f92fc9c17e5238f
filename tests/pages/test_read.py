"""One call reads a whole page, whatever the body is."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import PageRead, is_home, read_page

AS_OF = date(2026, 11, 22)
HOME = "http://www.yunting.gov.cn/"
NAVIGATION = '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li></ul>'
FOOTER = "<div>主办单位:云汀市人民政府办公室 网站标识码:9901000001</div>"
ROWS = "".join(
    f'<li><a href="t2026110{day}_{day}.html">关于开展第{day}次检查的通知</a><span>2026-11-0{day}</span></li>'
    for day in range(1, 9)
)
BODY = "<p>各县区人民政府,市政府各部门:经市政府同意,现将有关事项通知如下,请认真贯彻执行。</p>" * 10


def read(body: str | bytes, path: str = "zwgk/index.html", kind: str | None = None) -> PageRead:
    data = body if isinstance(body, bytes) else body.encode()
    return read_page(
        data, HOME + path, content_type="text/html", as_of=AS_OF, memo=LinkMemo(HOME), kind_hint=kind
    )


def page(main: str, head: str = "") -> str:
    return (
        f"<html><head><meta charset=utf-8><title>云汀市</title>{head}</head>"
        f"<body>{NAVIGATION}<div>{main}</div>{FOOTER}</body></html>"
    )


ARTICLE = page(
    f"<h1>关于开展检查的通知</h1><p>发布时间:2026-11-05 来源:市政府办公室</p><div class=TRS_Editor>{BODY}</div>",
    head='<meta name="ArticleTitle" content="关于开展检查的通知"><meta name="PubDate" content="2026-11-05 10:08">'
    '<meta name="ContentSource" content="市政府办公室"><meta name="SiteName" content="云汀市人民政府">',
)


def test_a_list_page_is_read_as_a_section() -> None:
    found = read(page(f"<ul>{ROWS}</ul>"))

    assert (found.kind, len(found.entries)) == ("section", 8)
    assert {entry.published_on for entry in found.entries} == {f"2026-11-0{day}" for day in range(1, 9)}
    assert (found.published_at, found.date_origin) == (None, None)


def test_an_article_is_read_with_its_particulars() -> None:
    found = read(ARTICLE, "zwgk/202611/t20261105_17.html")

    assert (found.kind, found.title, found.source) == ("article", "关于开展检查的通知", "市政府办公室")
    assert (found.published_at, found.date_origin) == ("2026-11-05T10:08", "tag")
    assert (found.charset_declared, found.charset_used) == ("utf-8", "utf-8")
    assert found.entries == []
    assert found.footer["site_code"] == "9901000001"
    assert "现将有关事项通知如下" in found.text
    assert found.text_sha256 is not None


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "home"),
        ("index.html", "home"),
        ("index.shtml", "home"),
        ("zwgk/", "section"),
        ("zwgk/index.html", "section"),
    ],
)
def test_the_address_says_which_page_is_the_home_page(path: str, kind: str) -> None:
    assert read(page(f"<ul>{ROWS}</ul>"), path).kind == kind


def test_a_blank_list_is_still_a_section() -> None:
    assert read(page("<ul></ul>"), "zwgk/rsxx/index.html").kind == "section"


def test_an_article_is_known_without_tags() -> None:
    main = f"<h1>关于开展检查的通知</h1><p>发布时间:2026-11-05 10:08</p>{BODY}"

    assert read(page(main), "info/1015/4213.htm").kind == "article"
    assert read(page(main), "show.jsp?id=3").kind == "article"


def test_what_the_registry_knows_wins() -> None:
    assert read(ARTICLE, kind="section").kind == "section"


def test_a_page_of_neither_kind_is_other() -> None:
    assert read(page("<p>意见已提交。</p>"), "submit.jsp?ok=1").kind == "other"


@pytest.mark.parametrize(
    ("url", "home", "expected"),
    [
        ("https://yunting.gov.cn", HOME, True),
        (HOME + "index.html", HOME, True),
        (HOME, HOME + "index.html", True),
        (HOME + "zwgk/index.html", HOME, False),
        (HOME + "index.html", HOME + "rsj/index.html", False),
        (HOME + "rsj/", HOME + "rsj/index.html", True),
        (HOME + "?page=2", HOME, False),
        ("http://www.yunting.gov.cn:8080/", HOME, False),
        ("file:///tmp/index.html", "", False),
    ],
)
def test_the_home_page_is_known_under_each_of_its_addresses(url: str, home: str, *, expected: bool) -> None:
    assert is_home(url, home) is expected


@pytest.mark.parametrize(
    "body",
    [b"", b" \r\n ", b"%PDF-1.7\n" + bytes(2000), b"PK\x03\x04" + bytes(500), b"\x89PNG\r\n", bytes(5000)],
)
def test_what_is_no_page_is_read_as_nothing(body: bytes) -> None:
    found = read(body)

    assert found.kind is None
    assert (found.links, found.entries, found.text, found.text_sha256) == ([], [], "", None)


def test_zero_bytes_in_a_page_do_not_hide_it() -> None:
    assert read(page(f"<ul>{ROWS}</ul>").replace("<ul>", "\0<ul>\0")).kind == "section"


def test_the_same_page_read_twice_says_the_same() -> None:
    assert read(ARTICLE).text_sha256 == read(ARTICLE.replace("<h1>", "<h1 data-token='8f3a'>")).text_sha256


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
def test_no_body_makes_it_raise(body: bytes) -> None:
    read(body)
    read(b"<html><meta charset=gb2312><ul><li><a href='" + body)


@pytest.mark.parametrize(
    "body",
    [
        b"<table><tr><td>" * 50 + b"x",
        b"<div>" * 100_000,
        b"<p a" + "=1 a".join(map(str, range(1_000_000))).encode() + b"=1>",
        b"<ul>" + b"<li><a href=a.html>\xe9\x80\x9a\xe7\x9f\xa5</a> 2024-06-04</li>" * 10_000,
        b"\0<a href=\0>" * 50_000,
        b"2024-06-04 " * 200_000,
        b"<" * 2_000_000,
        b"<font>" * 5_000 + b"<p>" * 5_000,
        b"&amp;" * 1_000_000,
        b"<script>" + b"document.write('<a" * 50_000,
    ],
    ids=["nested-tables", "nested-divs", "attributes", "rows", "zero-bytes", "dates", "brackets", "fonts", "entities",
         "script"],
)  # fmt: skip
def test_hostile_pages_are_read_in_bounded_time(body: bytes) -> None:
    started = time.process_time()
    read(body)

    assert time.process_time() - started < 15


def test_a_list_that_comes_as_data_is_a_section_with_entries():
    body = '{"data":{"rows":[{"docTitle":"关于开展检查的通知","url":"/a/1.html","publishDate":"2026-04-21 15:30"}]}}'
    page = read_page(
        body.encode(),
        "http://www.lanchuan.gov.cn/api/list?pageNo=1",
        as_of=date(2026, 11, 22),
        memo=LinkMemo("http://www.lanchuan.gov.cn/"),
    )

    assert "section" == page.kind
    assert [("关于开展检查的通知", "2026-04-21")] == [
        (entry.title, entry.published_on) for entry in page.entries
    ]


@pytest.mark.parametrize(("shown", "conflict"), [("2026-11-18", "2026-11-18"), ("2026-11-20", None)])
def test_a_tag_that_says_another_day_than_the_page_shows_is_kept_beside_it(shown, conflict):
    body = (
        '<html><head><meta name="ArticleTitle" content="通知"><meta name="PubDate" content="2026-11-20 09:00"></head>'
        f"<body><h1>关于开展检查的通知</h1><p>发布时间:{shown}</p><p>{'正文内容。' * 60}</p></body></html>"
    )
    page = read_page(
        body.encode(),
        "http://www.lanchuan.gov.cn/a/1.html",
        as_of=date(2026, 11, 22),
        memo=LinkMemo("http://www.lanchuan.gov.cn/"),
    )

    assert ("2026-11-20T09:00", "tag") == (page.published_at, page.date_origin)
    assert conflict == page.shown_on
