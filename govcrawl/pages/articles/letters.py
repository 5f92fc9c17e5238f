"""The letters (网民留言) a list of a 政务咨询 section shows, with the days they were received and answered.

A table names its columns in its first row; other lists name the days in every row. What says neither is no letter:
a list of titles with one date shows when something was published, not how long somebody waited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.dates.printed import find_printed
from govcrawl.records.items import PublicLetter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

_RECEIVED: Final = re.compile(
    r"(?:来信|写信|留言|提交|咨询|提问|诉求|收信|受理|收到|反映|登记|投诉|信件)(?:的)?(?:时间|日期)"
)
_ANSWERED: Final = re.compile(r"(?:回复|答复|办结|反馈|回信|回应|办理|处理)(?:的)?(?:时间|日期)")
_STATE: Final = re.compile(r"(?:办理|处理|回复|答复|信件|受理)?(?:状态|情况|进度)")
_OPEN: Final = re.compile(
    r"(?:未|待|等待|暂未|尚未|正在)(?:回复|答复|办理|处理|受理|反馈)|(?:办理|处理|受理)中"
)
_DONE: Final = re.compile(r"已(?:回复|答复|办结|办理|处理|反馈|完成|公开)|办结")
_MOST_ROWS: Final = 400
_LONGEST_ROW: Final = 600  # characters of one row; more is a whole list in one element


def letters(document: Document) -> list[PublicLetter]:
    """Every letter the page lists, in its order; empty for a page that lists none."""
    if document.seen is None or not _RECEIVED.search(document.text):
        return []
    for table in document.seen.css("table"):
        if found := list(_of_table(document, table)):
            return found
    return list(_of_rows(document, document.seen))


def _of_table(document: Document, table: LexborNode) -> Iterator[PublicLetter]:
    rows = table.css("tr")[:_MOST_ROWS]
    heads = [_text(cell) for cell in rows[0].css("th, td")] if rows else []
    received = _column(heads, _RECEIVED)
    answered, state = _column(heads, _ANSWERED), _column(heads, _STATE)
    if received is None or (answered is None and state is None):
        return
    for row in rows[1:]:
        cells = row.css("td, th")
        if len(cells) != len(heads):
            continue
        received_on = _day(_text(cells[received]))
        answered_on = _day(_text(cells[answered])) if answered is not None else None
        words = _text(cells[state]) if state is not None else None
        blank = answered is not None and answered_on is None
        yield _letter(document, row, received_on, answered_on, words, blank=blank)


def _of_rows(document: Document, seen: LexborNode) -> Iterator[PublicLetter]:
    for row in seen.css("li, dl, tr, div.item, div.list-item")[:_MOST_ROWS]:
        text = _text(row)
        received = _RECEIVED.findall(text)
        if len(received) != 1 or len(text) > _LONGEST_ROW:
            continue
        received_on = _day(text[_RECEIVED.search(text).end() :][:30])  # type: ignore[union-attr] # it was found
        answered = _ANSWERED.search(text)
        answered_on = _day(text[answered.end() :][:30]) if answered is not None else None
        if answered is None and not _OPEN.search(text) and not _DONE.search(text):
            continue
        yield _letter(document, row, received_on, answered_on, text, blank=False)


def _letter(
    document: Document,
    row: LexborNode,
    received_on: str | None,
    answered_on: str | None,
    words: str | None,
    *,
    blank: bool,
) -> PublicLetter:
    anchor = row.css_first("a[href]")
    href = (anchor.attributes.get("href") or "") if anchor is not None else ""
    answered: bool | None = None
    if answered_on is not None or (words is not None and _DONE.search(words)):
        answered = True
    elif (words is not None and _OPEN.search(words)) or (blank and words is None):
        answered = False
    title = _text(anchor) if anchor is not None else _text(row)
    return PublicLetter(
        title[:200], document.absolute(href) if href else None, received_on, answered_on, answered
    )


def _column(heads: list[str], pattern: re.Pattern[str]) -> int | None:
    return next((number for number, head in enumerate(heads) if pattern.search(head)), None)


def _day(text: str) -> str | None:
    return next((found.value[:10] for found in find_printed(text)), None)


def _text(node: LexborNode) -> str:
    return "".join(node.text().split())
