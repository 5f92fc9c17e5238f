"""A line that prints no date between lines that do is still an entry: an undated one."""

from datetime import date

import pytest

from govcrawl.pages.lists.listing import entries
from govcrawl.pages.markup.document import Document

AS_OF = date(2026, 3, 18)
URL = "http://fgw.example.gov.cn/fgdt/"


def row(number: int, printed: str) -> str:
    return (
        f'<tr><td>·</td><td><a href="/fgdt/{number}.htm">关于开展第{number}次专项检查的公告</a></td>'
        f"<td>{printed}</td></tr>"
    )


def days(markup: str) -> list[str | None]:
    return [entry.published_on for entry in entries(Document(markup, URL, AS_OF))]


def test_a_row_without_a_date_stands_among_the_dated_ones() -> None:
    rows = row(1, "[2026-03-16]") + row(2, "") + row(3, "[2026-03-10]")

    assert days(f"<table>{rows}</table>") == ["2026-03-16", None, "2026-03-10"]


@pytest.mark.parametrize("hotline", ["https://zwfw.example.gov.cn/12345/", "/12345/index.htm"])
def test_one_link_to_elsewhere_above_an_empty_list_is_not_the_list(hotline: str) -> None:
    top = f'<div class="bar"><a href="{hotline}">12345在线咨询投诉</a></div>'

    assert [] == days(f'{top}<ul id="doc-list"></ul>')


def test_the_only_entry_of_a_section_is_an_entry() -> None:
    assert [None] == days('<div><a href="/fgdt/1.htm">关于开展第1次专项检查的公告</a></div>')
