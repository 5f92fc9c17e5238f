"""The further pages of a list: linked, written by a script, or between those that are linked."""

import pytest

from govcrawl.pages.lists.next_pages import MAX_PAGES, called_size, next_call, next_pages
from govcrawl.pages.markup.document import Document

SITE = "http://www.yunting.gov.cn"


def read(markup: str, path: str = "/zwgk/tzgg/index.html") -> list[str]:
    return [url.removeprefix(SITE) for url in next_pages(Document(markup, SITE + path))]


@pytest.mark.parametrize(
    ("markup", "path", "pages"),
    [
        ("<a href=index_1.html>2</a><a href=index_2.html>3</a>", "/zwgk/tzgg/", ["/zwgk/tzgg/index_1.html", "/zwgk/tzgg/index_2.html"]),
        ("<a href=index_1.html>下一页</a>", "/zwgk/tzgg/index.html", ["/zwgk/tzgg/index_1.html"]),
        ("<a href=index.html>首页</a><a href=index_3.html>下一页</a>", "/zwgk/tzgg/index_2.html", ["/zwgk/tzgg/index.html", "/zwgk/tzgg/index_3.html"]),
        ("<a href='?page=2'>2</a><a href='?page=3'>3</a>", "/list.jsp?id=7", []),
        ("<a href='?id=7&page=2'>2</a><a href='?id=7&page=3'>3</a>", "/list.jsp?id=7", ["/list.jsp?id=7&page=2", "/list.jsp?id=7&page=3"]),
        ("<a href='?id=8&page=2'>2</a>", "/list.jsp?id=7", []),
        ("<a href=/col/col12/list_2.html>2</a>", "/col/col12/list.html", ["/col/col12/list_2.html"]),
        ("<a href='javascript:void(0)' tagname='/col/col12/index_2.html'>2</a>", "/col/col12/index.html", ["/col/col12/index_2.html"]),
        ("<a href='javascript:void(0)' onclick=\"location.href='index_2.html'\">下一页</a>", "/zwgk/index.html", ["/zwgk/index_2.html"]),
        ("<a href='#' data-url='?page=2'>加载更多</a>", "/zwgk/", ["/zwgk/?page=2"]),
        ("<select><option value=index_1.html>2</option></select>", "/zwgk/index.html", ["/zwgk/index_1.html"]),
        ("<a href=/xw/index_1.html>2</a><a href=a.html>2</a><a href=http://b.gov.cn/index_1.html>2</a>", "/zwgk/index.html", []),
        ("<p>正文</p>", "/zwgk/index.html", []),
    ],
)  # fmt: skip
def test_linked_pages_of_this_list_and_no_other(markup: str, path: str, pages: list[str]) -> None:
    assert read(markup, path) == pages


def test_pages_between_the_next_and_the_last_are_known() -> None:
    assert read("<a href=index_1.html>下一页</a><a href=index_4.html>尾页</a>") == [
        f"/zwgk/tzgg/index_{n}.html" for n in (1, 2, 3, 4)
    ]


@pytest.mark.parametrize(
    "call",
    [
        'createPageHTML(4, 0, "index", "html");',
        "createPageHTML('page_div',4, 1,'index','html',89);",
        "createPage(4,0,'index','html')",
    ],
)
def test_pages_that_a_script_writes(call: str) -> None:
    assert read(f"<script>{call}</script>") == [f"/zwgk/tzgg/index_{n}.html" for n in (1, 2, 3)]
    assert read(f"<script>{call}</script>", "/zwgk/tzgg/") == [
        f"/zwgk/tzgg/index_{n}.html" for n in (1, 2, 3)
    ]


def test_pages_numbered_from_the_end() -> None:
    script = "<script>document.cookie='maxPageNum260=4'; maxPageNum = 4;</script>"
    assert read(script) == [f"/zwgk/tzgg/index_260_{n}.html" for n in (3, 2, 1)]


def test_a_script_that_claims_a_million_pages_gets_as_many_as_any_term_needs() -> None:
    assert len(read('<script>createPageHTML(1000000, 0, "index", "html");</script>')) < MAX_PAGES
    assert len(read("<a href=index_1.html>下一页</a><a href=index_9999.html>尾页</a>")) <= MAX_PAGES


@pytest.mark.parametrize(
    ("call", "following", "size"),
    [
        ("/api/list?channel=7&pageIndex=1&pageSize=20", "/api/list?channel=7&pageIndex=2&pageSize=20", 20),
        ("/api/list?PAGENO=0&rows=15&x=1", "/api/list?PAGENO=1&rows=15&x=1", 15),
        ("/api/list?page=9", "/api/list?page=10", None),
        ("/api/list?homepage=1&id=3", None, None),
        ("/api/list?page=last&limit=", None, None),
        ("/data/list.json", None, None),
    ],
)
def test_a_data_call_that_names_its_page_has_a_next_one(
    call: str, following: str | None, size: int | None
) -> None:
    assert (following, size) == (next_call(call), called_size(call))
