"""A home page that is nothing but an entrance."""

from datetime import date

import pytest

from govcrawl.pages.facts.home import navigation_only
from govcrawl.pages.lists.listing import entries
from govcrawl.pages.markup.document import Document

URL = "http://www.yunting.gov.cn/"
FOOT = "<div>主办：云汀市人民政府办公室　网站标识码：9901000001</div>"
BUTTONS = "".join(
    f"<a href=/{name}/><img src=/{name}.png><b>{name}</b></a>"
    for name in ("政务公开", "办事服务", "互动交流", "走进云汀")
)
NEWS = (
    "<ul>"
    + "".join(
        f"<li><a href=/xw/{n}.html>市政府召开第{n}次常务会议研究有关工作</a><span>11-{n:02}</span></li>"
        for n in range(10, 18)
    )
    + "</ul>"
)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (BUTTONS + FOOT, True),
        ("<map><area href=/a/><area href=/b/></map>" + FOOT, True),
        (BUTTONS + NEWS + FOOT, False),
        (BUTTONS + NEWS.replace("<span>11-", "<span>第") + FOOT, False),
        (BUTTONS + "<p>" + "云汀市位于云岭省中部，历史悠久。" * 120 + "</p>", False),
        ("<div id=app></div>", False),
        ("", False),
    ],
    ids=["buttons", "image map", "dated news", "undated headlines", "long text", "drawn by script", "empty"],
)
def test_an_entrance_has_links_to_sections_and_no_news(markup: str, expected: bool) -> None:  # noqa: FBT001 - a case of the table
    document = Document(markup, URL, date(2026, 11, 22))
    assert navigation_only(document, entries(document)) is expected
