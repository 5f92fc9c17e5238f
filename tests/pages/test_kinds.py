"""Whether a page is an article or a section where its address does not say, or says the wrong thing."""

from __future__ import annotations

from datetime import date

import pytest

from govcrawl.pages.links.on_page import LinkMemo
from govcrawl.pages.read import read_page
from tests.pages.layouts import words

AS_OF = date(2026, 11, 27)
SITE = "http://www.yunting.gov.cn/"
TITLE = "云汀市民政局关于开展社会救助专项治理工作的通知"
TEXT = "".join(f"<p>{sentence}</p>" for sentence in words.SENTENCES[:4])
ROWS = "".join(
    f"<li><a href='/x/{n}.html'>{words.title(n)}</a><span>2026-10-{10 + n}</span></li>" for n in range(5)
)
FOOT = "<div class=foot>云ICP备20240007号 网站标识码9901000007</div>"


def kind_of(path: str, body: str, head: str = f"<title>{TITLE}_云汀市</title>") -> str | None:
    page = f"<html><head>{head}</head><body><ul><li><a href=/>首页</a></li></ul>{body}{FOOT}</body></html>"
    memo = LinkMemo(SITE)
    return read_page(page.encode(), SITE + path, as_of=AS_OF, memo=memo).kind


LABELLED = f"<h1>{TITLE}</h1><p>发布时间：2026-03-04 来源：办公室</p>"
BARE = f"<div class=t>{TITLE}</div><p>2026-03-04</p>"
BODIES = {
    "text": f"<div>{TEXT}</div>",
    "text and five rows": f"<div>{TEXT}</div><div class=more><h4>更多信息</h4><ul>{ROWS}</ul></div>",
}
PATHS = (
    "gk/1182736/index.html", "gk/20260304/a1182/", "c/8f3a2b1c-77aa-4c1d-9e55-001122334455/index.html", "zwgk/tz9981.html",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("top", [LABELLED, BARE])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_an_article_is_one_whatever_its_address_and_the_rows_beside_it(
    path: str, top: str, body: str
) -> None:
    assert kind_of(path, top + body) == "article"


def test_a_picture_with_five_rows_of_neighbours_is_an_article() -> None:
    body = f"{LABELLED}<p><img src=1.jpg></p><p>上一篇：</p><ul>{ROWS}</ul>"
    assert kind_of("zwgk/tz9981.html", body) == "article"


@pytest.mark.parametrize("path", [*PATHS, "zwgk/tzgg/index.html", "zwgk/"])
@pytest.mark.parametrize(
    "body",
    [
        f"<h1>通知公告</h1><ul>{ROWS}</ul>",
        f"<h2>通知公告</h2><ul>{ROWS.replace('<span>', '<span>发布时间：')}</ul>",
        "<h2>通知公告</h2><ul>"
        + "".join(
            f"<li><span>2026-10-{10 + n}</span><a href='/x/{n}.html'>{words.title(n)}</a></li>"
            for n in range(9)
        )
        + "</ul>",
        "<h2>通知公告</h2>"
        + "".join(
            f"<div class=i><h3><a href='/x/{n}.html'>{words.title(n)}</a></h3><p>2026-10-{10 + n}</p><p>{words.SENTENCES[n % 6]}</p></div>"
            for n in range(6)
        ),
    ],
    ids=["rows", "labelled rows", "day first", "rows with summaries"],
)
def test_a_list_is_a_section_whatever_its_address(path: str, body: str) -> None:
    assert kind_of(path, body, "<title>通知公告_云汀市</title>") == "section"
