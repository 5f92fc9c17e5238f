"""A line that prints no date between lines that do is still an entry: an undated one."""

from datetime import date

from govcrawl.pages.document import Document
from govcrawl.pages.listing import entries

AS_OF = date(2026, 3, 18)
URL = "http://fgw.example.gov.cn/fgdt/"


def row(number: int, printed: str) -> str:
    return (
        f'<tr><td>·</td><td><a href="/fgdt/{number}.htm">关于开展第{number}次专项检查的公告</a></td>'
        f"<td>{printed}</td></tr>"
    )


def days(markup: str) -> list[str | None]:
    return [entry.published_on for entry in entries(Document(markup, URL), AS_OF)]


def test_a_row_without_a_date_stands_among_the_dated_ones() -> None:
    rows = row(1, "[2026-03-16]") + row(2, "") + row(3, "[2026-03-10]")

    assert days(f"<table>{rows}</table>") == ["2026-03-16", None, "2026-03-10"]
