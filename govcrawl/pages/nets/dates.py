"""The net for the date of an article: any date at its head or at its end, whatever stands beside it.

A date in a sentence, of another year, of a deadline trips it too: whether it is the date of publication is not asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.articles.title import shown_title, start_of_body
from govcrawl.pages.markup.content import TAIL, content_lines
from govcrawl.pages.markup.foot import FOOT
from govcrawl.pages.nets.snippet import around, caught

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

_YEAR: Final = r"(?:(?:19|20)\d\d|[12１２][90９０][\d０-９]{2}|二[〇○零ＯO0][一二三四五六七八九〇○零ＯO0]{2})"
_NUMBER: Final = r"(?:[\d０-９]{1,2}|[一二三四五六七八九十廿卅]{1,3})"
_BETWEEN: Final = r"[^\w\u4e00-\u9fff]{0,6}"
_JOINT: Final = rf"(?:{_BETWEEN}[年月]{_BETWEEN}|[^\w\u4e00-\u9fff]{{1,8}})"
_ENGLISH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE: Final = re.compile(
    rf"(?<!\d){_YEAR}{_JOINT}{_NUMBER}{_JOINT}{_NUMBER}(?![\d%])"  # 2026-11-20, 2026年 11月 20日, 2026 | 11-20
    rf"|(?<!\d)20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"  # 20261120
    rf"|(?<!\d){_NUMBER}{_JOINT}{_NUMBER}{_JOINT}{_YEAR}(?!\d)"  # 20/11/2026
    rf"|{_ENGLISH}\s{{0,3}}\d{{1,2}},?\s{{0,3}}{_YEAR}|\d{{1,2}}\s{{0,3}}{_ENGLISH}\s{{0,3}}{_YEAR}"
)
# A label with numbers of any kind behind it; or with an empty element or a script behind it, which may write the date.
_LABELLED: Final = re.compile(
    r"(?:时\s{0,6}间|日\s{0,6}期|发[布表稿]|[刊登]载|date|time)[】\]）)]?\s{0,6}(?:[:：︰∶|]|于)\s{0,6}[\d０-９](?!\d?[:：时点])",
    re.IGNORECASE,
)
_WRITTEN: Final = re.compile(
    r"(?:时\s{0,6}间|日\s{0,6}期|发[布表稿])\s{0,6}[】\]]?\s{0,6}[:：]?\s{0,6}(?:</?\w[^<>]{0,200}>\s{0,6}){0,3}"
    r"(?:<script\b|<(\w{1,8})\b[^<>]{0,200}\b(?:id|class|data-\w+)\s*=[^<>]{0,200}>\s{0,6}</\1>)",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(r"(?:[昨前]天|今天(?!是)|\d{1,2}\s?(?:分钟|小时|天|日|周|个?月)[之以]?前)")
_CLOCK: Final = re.compile(r"(?:今天是|今天|今日|现在是?|当前(?:时间|日期)?|欢迎您)[^\n]{0,6}\n?[^\n]{0,4}$")
# A term, of which a reader sees that it is one: … 起, … 至 …, … 前.
_END_OF_TERM: Final = re.compile(r"\d\s?[日号]?\s?(?:[至到]|[-—~～]{1,2})\s?$")
# The day of what the text goes by, or counts up to: 根据2026年1月1日起施行的…. A day that ends its line may be the page's own.
_CITED: Final = re.compile(r"(?:根据|依据|截止|截至)\s?$")
_GOES_ON: Final = re.compile(r"[日号]?[^\S\n]?[\u4e00-\u9fff（(]")
_UNTIL: Final = re.compile(r"\s?[日号]?\s?(?:起|[至到]|[之以]?前|[-—~～]{1,2}\s?\d|[上下]午)")
_LONGEST_LINE: Final = 60  # characters; a longer line tells a story, and its dates are part of it
_LONGEST_WITH_STOP: Final = 30  # the same of a line with a full stop
_HEAD: Final = 400  # characters behind the title; particulars do not stand farther off
_HEAD_WITHOUT_TITLE: Final = 1200
_CLOSING: Final = 4  # lines of the text in which an article is signed
_BEHIND: Final = 160  # characters behind its last line: 编辑, 审核, 发布
_TIME_TAG: Final = re.compile(r"<(?:time|relative-time)\b[^<>]{0,200}>", re.IGNORECASE)
_META: Final = re.compile(
    r"""<meta\b[^<>]{0,120}\bcontent\s*=\s*["']\s*((?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}[^"'<>]{0,20})["']""",
    re.IGNORECASE,
)


def date_of_article(doc: Document) -> str | None:
    """The snippet that may hold the date of an article in which no date was recognised."""
    for part in (*_heads(doc), *_ends(doc)):
        snippet = _in(part)
        if snippet is not None:
            return snippet
    return caught(_WRITTEN, doc.source) or caught(_TIME_TAG, doc.source) or caught(_META, doc.source)


def _in(part: str) -> str | None:
    for match in _DATE.finditer(part):
        before = part[max(0, match.start() - 24) : match.start()]
        if (
            not _CLOCK.search(before)
            and not _END_OF_TERM.search(before)
            and not (_CITED.search(before) and _GOES_ON.match(part, match.end()))
            and not _UNTIL.match(part, match.end())
        ):
            return around(part, *match.span())
    return caught(_LABELLED, part) or (caught(_RELATIVE, part) if len(part) <= _HEAD else None)


def _heads(doc: Document) -> list[str]:
    """What stands between the title and the text; where no title is seen, what stands above the text."""
    text = doc.text
    title, body = shown_title(doc), start_of_body(doc)
    start = title.end if title is not None and title.end is not None else None
    if start is None:
        end = body if body is not None else min(len(text), _HEAD_WITHOUT_TITLE)
        return [_short_lines(text[max(0, end - _HEAD_WITHOUT_TITLE) : end])]
    # Particulars may stand above the title as well: an index table, a line of source and date.
    return [_short_lines(text[start : start + _HEAD]), _short_lines(text[max(0, start - _HEAD) : start])]


def _ends(doc: Document) -> list[str]:
    lines = content_lines(doc)
    if not lines:
        return []
    text, last = doc.text, lines[-1][-20:]
    at = text.find(last, start_of_body(doc) or 0)
    behind = [_before_neighbours(text[at + len(last) : at + len(last) + _BEHIND])] if at >= 0 else []
    return [_short_lines("\n".join(lines[-_CLOSING:])), *behind]


def _before_neighbours(part: str) -> str:
    """What stands behind the text, up to neighbouring news or the foot of the site, whose days are their own."""
    kept: list[str] = []
    for line in part.split("\n"):
        if TAIL.match(line.strip()) or FOOT.search(line):
            break
        kept.append(line)
    return "\n".join(kept)


def _short_lines(part: str) -> str:
    """The lines that are neither sentences of the text nor the foot of the site."""
    most = {False: _LONGEST_LINE, True: _LONGEST_WITH_STOP}
    return "\n".join(
        line for line in part.split("\n") if len(line) <= most["。" in line] and not FOOT.search(line)
    )
