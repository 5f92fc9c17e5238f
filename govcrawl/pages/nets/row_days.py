"""The net for the days of a list's rows: beside the rows from which no day was read, anything that may be one.

What stands between the titles is looked at, whatever its markup; days in a column of their own, and signs that are pictures.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.dates.printed import parse_printed
from govcrawl.pages.dates.row_dates import is_part_of_date
from govcrawl.pages.nets.dates import day_in, plain_figures, time_told
from govcrawl.pages.nets.snippet import LONGEST, caught

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.pages.markup.document import Document
    from govcrawl.records.items import Entry

_MOST_ROWS: Final = 40  # looked at; the rows of one list are alike
_BEGINNING: Final = 12  # characters by which a title is found
_BEFORE: Final = 24  # characters in front of a title
_BEHIND: Final = 48
_LEAST: Final = 2  # days in a column of their own
# Numbers that are put together as those of a day, in whatever order: 20/11/2026, 11-20, 115-11-20, 20261120.
_NUMBERS: Final = re.compile(
    r"(?<![\d.])\d{1,4}\s?([-/.·])\s?\d{1,2}\s?\1\s?\d{1,4}(?![\d.])|(?<!\d)20\d{2}[01]\d[0-3]\d(?!\d)|(?<![\d/.-])[01]?\d\s?[-/·]\s?[0-3]?\d(?![\d/.-])"
    r"|(?<![〔\[(（\d/-])20\d\d(?![〕\])）\d/-])"  # a year, but for that of a document's number
    r"|(?<![A-Za-z])(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?![A-Za-z]{7})"
)
_OF_THE_PAGE: Final = re.compile(r"[页条]|共\s?\d|今天是?|今日|现在|当前|欢迎")  # a pager, a clock
_FIGURES: Final = re.compile(r"\d+")  # one alone is a number of a row or of a page
_WEEKDAY: Final = re.compile("星期|周")
_PICTURES: Final = re.compile(r"(?:<img\b[^<>]{0,200}>\s{0,4}){4}", re.IGNORECASE)


def day_beside_rows(doc: Document, listed: list[Entry]) -> str | None:
    """The snippet that may hold the day of a row from which none was read."""
    if all(entry.published_on is not None for entry in listed):
        return None
    for beside in _beside(doc.text, listed):
        for line in plain_figures(beside).split("\n"):
            if _OF_THE_PAGE.search(line) or _is_clock(doc, line):
                continue
            snippet = caught(_NUMBERS, line) or time_told(line)
            if snippet is not None or day_in(doc, line):
                return snippet or line[:LONGEST]
    if any(entry.published_on is not None for entry in listed):
        return None
    lines = map(str.strip, doc.text.split("\n"))
    column = [line for line in lines if is_part_of_date(line) and len(_FIGURES.findall(line)) > 1]
    if len(column) >= max(_LEAST, len(listed) // 2):
        return " ".join(column)[:LONGEST]
    return caught(_PICTURES, doc.source)


def _is_clock(doc: Document, line: str) -> bool:
    """Whether a line tells the day of the inspection with its weekday, as clocks of pages do."""
    return _WEEKDAY.search(line) is not None and parse_printed(line) == doc.dates.as_of.isoformat()


def _beside(text: str, listed: list[Entry]) -> Iterator[str]:
    """What stands before and behind each undated title, as far as the titles of its neighbours."""
    found: list[tuple[int, int, bool]] = []
    at = 0
    for entry in listed:
        start = text.find(entry.title[:_BEGINNING], at)
        if start >= 0:
            whole = text.startswith(entry.title, start)
            line = text.find("\n", start)
            at = start + len(entry.title) if whole else line if line >= 0 else len(text)
            found.append((start, at, entry.published_on is None))
    undated = [number for number, (_, _, without) in enumerate(found) if without]
    for number in undated[:_MOST_ROWS]:
        start, end, _ = found[number]
        before = found[number - 1][1] if number else 0
        behind = found[number + 1][0] if number + 1 < len(found) else len(text)
        yield text[max(before, start - _BEFORE) : start]
        yield text[end : min(behind, end + _BEHIND)]
