"""The net for the date of an article: any date at its head or at its end, whatever stands beside it.

A day of another year or of an event triggers it too, for the net does not ask whether it is the date of publication. A day
within a sentence does not, as long as the line goes on behind it.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final

from govcrawl.pages.articles.title import shown_title, start_of_body
from govcrawl.pages.dates.printed import find_printed
from govcrawl.pages.markup.content import TAIL, content_lines
from govcrawl.pages.markup.foot import FOOT, foot_of
from govcrawl.pages.nets.snippet import OWN_ELEMENT, around, caught, unfilled, words_of_styles

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
    rf"|(?<!\d)[\d０-９]{{1,2}}\s{{1,8}}{_YEAR}{_JOINT}{_NUMBER}(?!\s?[-/.月]?\s?\d|%)"  # 20 | 2026-11, the leaf of a calendar
    rf"|{_ENGLISH}\s{{0,3}}\d{{1,2}}(?:st|nd|rd|th)?,?\s{{0,3}}{_YEAR}|\d{{1,2}}(?:st|nd|rd|th)?\s{{0,3}}{_ENGLISH}\s{{0,3}}{_YEAR}"
)
# A label with numbers of any kind behind it; or with an empty element or a script behind it, which may write the date.
_LABELLED: Final = re.compile(
    r"(?:时\s{0,6}间|日\s{0,6}期|发[布表稿]|[刊登]载|date|time)[】\]）)]?\s{0,6}(?:[:：︰∶|]|于)\s{0,6}[\d０-９](?!\d?[:：时点])",
    re.IGNORECASE,
)
_WRITTEN: Final = re.compile(
    r"(?:时\s{0,6}间|日\s{0,6}期|发[布表稿])\s{0,6}[】\]]?\s{0,6}[:：]?\s{0,6}(?:</?\w[^<>]{0,200}>\s{0,6}){0,3}"
    r"(?:<(?:script|img|canvas|svg|input|object)\b|<(\w{1,8})\b[^<>]{0,200}\b(?:id|class|data-\w+)\s*=[^<>]{0,200}>\s{0,6}</\1>)",
    re.IGNORECASE,
)
_RELATIVE: Final = re.compile(
    r"(?:[昨前]天|今天(?!是)|(?<![\d月年/.-])\d{1,2}\s?(?:分钟|小时|天|日|周|个?月)[之以]?前)"
)
# How a time is told in any words: 8个月前, 昨晚, 去年冬天, 上周五, 2026年第12周, 令和8年, 3月中旬, 09:20, 8 months ago.
_COUNT: Final = r"[\d半数几两一二三四五六七八九十]"
_TOLD: Final = re.compile(
    rf"[\d〇零一二三四五六七八九十百壹贰貳叁參肆伍陆陸柒捌玖拾元]\s?[年月](?!报|刊|\d?卡)|[年月]\s?[初中上下末底]旬?|{_COUNT}\s?(?:个|個)?(?:年|月|周|星期|礼拜|天|日|小时|分钟)[以之]?[多来]?前"
    r"|(?:周|星期|礼拜|週)[一二三四五六日天末]|[上本这下]个?(?:周|星期|礼拜|月)|第\s?\d{1,2}\s?周|\bW\d\d\b"
    r"|[今昨前去][年天日晚晨早夜](?!报)|前几[年天日]|刚刚|方才|[春夏秋冬]季|年[春夏秋冬]|(?<![\d:：])\d{1,2}[:：]\d\d(?!\d)"
    rf"|\bago\b|\byesterday\b|\btoday\b|\blast (?:week|month|year)|{_ENGLISH}\s{{0,3}}\d{{1,2}}(?!\d)|(?<!\d)\d{{1,2}}\s{{0,3}}{_ENGLISH}(?![a-z])",
    re.IGNORECASE,
)
# What tells the time of the page, not of the article, and terms.
_NOT_OF_THE_ARTICLE: Final = re.compile(
    r"今天是|今日是|现在是?|当前|欢迎|截[至止]|有效|期限|[施执]行|自.{2,12}起|[至到]|营业|服务时间|工作日|\d[起前]"
)
_DASHES: Final = re.compile(r"(?<=\d)[一ー](?=\d)")
_EPOCH: Final = re.compile(
    r"(?<![\d.])1[5-9]\d{8}(?:\d{3})?(?![\d.])"
)  # seconds or milliseconds of a computer
# A line that is month and day, year and month, or a day of a short year, and nothing else.
_IN_PART: Final = re.compile(
    r"(?m)^\W*(?:(?:0?[1-9]|1[0-2])\s?[-/月]\s?(?:[0-2]?\d|3[01])\s?[日号]?(?:\s{1,4}\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
    r"|20\d\d\s?[-/.年]\s?(?:0?[1-9]|1[0-2])\s?月?|\d\d([-/.])\d{1,2}\1\d{1,2})\W*$"
    r"|20\d\d\s?年[^\n月]{0,11}[^\d\s月]\d{1,2}\s?月\s?\d{1,2}\s?[日号]"  # 2026年第12周（3月18日）
    r"|^\W*(?:[上本这]个?(?:周|星期|礼拜|月)[^\n]{0,12}|(?:an?|\d{1,2})\s\w{3,7}\sago)\W*$"
)
# The same without anything between digits and letters, however a day was spaced or cut in pieces: 2 0 2 6 - 0 3 - 1 8, 18 / Mar / 2026.
_SQUEEZED: Final = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d)"
    rf"|\d{{1,2}}{_ENGLISH}(?:19|20)\d\d(?!\d)|{_ENGLISH}\d{{1,2}}(?:19|20)\d\d(?!\d)"
)
_NO_LETTER: Final = re.compile(r"[\W_]+")
# In a script whose letters nobody here reads: a year, a month and a day in their order, with words between.
_FOREIGN: Final = re.compile(
    r"(?<!\d)20\d\d[^\d\n\u4e00-\u9fff]{1,16}(?:0?[1-9]|1[0-2])(?!\d)[^\d\n\u4e00-\u9fff]{1,16}(?:[12]\d|3[01]|0?[1-9])(?!\d)"
    r"|(?<!\d)20\d\d[^\w\n]{0,3}[^\W\dA-Za-z\u4e00-\u9fff]{2,12}[^\w\n]{0,3}(?:[12]\d|3[01]|0?[1-9])(?!\d)"  # the month by its name
)
# A day of the old calendar: 丙午年正月三十, 农历二月初二.
_LUNAR: Final = re.compile(
    r"(?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?|农历|阴历)[^\n]{0,8}?(?:[正冬腊]|[一二三四五六七八九十]{1,2})月(?:初|[十廿卅二三])"
)
_CLOCK: Final = re.compile(r"(?:今天是|今天|今日|现在是?|当前(?:时间|日期)?|欢迎您)[^\n]{0,6}\n?[^\n]{0,4}$")
# A term, of which a reader sees that it is one: … 起, … 至 …, … 前.
_END_OF_TERM: Final = re.compile(r"\d\s?[日号]?\s?(?:[至到]|[-—~～]{1,2})\s?$")
_UNTIL: Final = re.compile(r"\s?[日号]?\s?(?:起|[至到]|[之以]?前|[-—~～]{1,2}\s?\d|[上下]午)")
# How a sentence goes on behind a day: 根据2026年1月1日起施行的…, 2026年3月18日，全市…; no label follows in it.
_SENTENCE: Final = re.compile(r"[日号]?[^\S\n]?[，,]?[\u4e00-\u9fff][^\n:：]{8,}")
_PARENTHESIS: Final = re.compile(r"[日号]?\s{0,3}[\u4e00-\u9fff][^\n:：()（）]{4,}")
_CHINESE: Final = "月"  # 2026年3月18日; with dashes no sentence tells a day
_LONGEST_LINE: Final = 60  # characters; a longer line tells a story, and its dates are part of it
_LONGEST_WITH_STOP: Final = 30  # the same of a line with a full stop
_BEFORE: Final = 24  # characters in which a clock or a term announces a day
_HEAD: Final = 400  # characters behind the title; particulars do not stand farther off
_HEAD_WITHOUT_TITLE: Final = 1200
_CLOSING: Final = 4  # lines of the text in which an article is signed
_ENDINGS: Final = (20, 8, 4)  # characters of its last line by which the end of the text is found
_COLON: Final = re.compile(r"[:：].{0,40}\d")  # a label among neighbouring news
_BEHIND: Final = 160  # characters behind its last line: 编辑, 审核, 发布
_MARKUP: Final = 3000  # characters of markup between title and text
_ANCHORING: Final = 10  # characters of the text's first line that are looked for
_ADDRESS: Final = re.compile(
    r"""<!--.*|(?:href|src|action|style)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*)|url\([^)]*\)""", re.IGNORECASE
)
_NOT_TEXT: Final = re.compile(
    r"<!--.*?(?:-->|$)|<(script|textarea|svg|style|template|noscript|select)\b.*?(?:</\1\s*>|$)|\{\{[^{}<>]{1,80}\}\}|<(?!a\s)[^<>]{2,400}>(?:\s{0,6}</\w{1,8}>)?",
    re.IGNORECASE | re.DOTALL,
)
_IN_CODE: Final = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?!\d)")
# Empty elements called after a time, scripts that write one.
_TO_BE_FILLED: Final = re.compile(
    r"<(\w{1,8})\b[^<>]{0,200}(?:time|date|riqi|shijian|sj\b|rq\b)[^<>]{0,200}>\s{0,6}</\1>"
    r"|<script\b(?=[^<]{0,900}(?:write|inner|append|html\(|text\())[^<]{0,900}?(?:new Date|[dD]ate\b|[tT]ime\b)",
    re.IGNORECASE,
)
_FRAME: Final = re.compile(
    r"<(?:iframe|object|embed)\b[^<>]{0,200}>", re.IGNORECASE
)  # shows what nobody here reads
# A picture that is made when it is asked for may show anything: `<img src=/date.php?id=3>`; a picture's own name shows one that lies there.
_MADE_PICTURE: Final = re.compile(
    r"""<img\b[^<>]{0,200}?\ssrc\s{0,3}=\s{0,3}["']?(?![^"'\s<>?]{0,300}\.(?:jpe?g|png|gif|svg|webp|bmp|ico)\b)(?!data:)[^"'\s<>]""",
    re.IGNORECASE,
)
_TIME_TAG: Final = re.compile(r"<(?:time|relative-time)\b[^<>]{0,200}>", re.IGNORECASE)
_RECORD: Final = 'script[type="application/ld+json"]'  # what a page says of itself to search engines
# A day that a script holds as data: "pubTime":"2026-03-18 09:00".
_HELD: Final = re.compile(
    r"""["']\s{0,3}:\s{0,3}(?:["'](?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d)|["']?1[5-9]\d{8}(?:\d{3})?["']?\s{0,3}[,}])"""
)
_META: Final = re.compile(
    r"""<meta\b[^<>]{0,120}\bcontent\s*=\s*["']\s*((?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}[^"'<>]{0,20})["']""",
    re.IGNORECASE,
)


def date_of_article(doc: Document, *, drawn: bool = False) -> str | None:
    """The snippet that may hold the date of an article in which no date was recognised.

    `drawn`: a browser has drawn the page, so what scripts had to write is written.
    """
    for part in (*_heads(doc), *_ends(doc), words_of_styles(doc)):
        snippet = _in(doc, part)
        if snippet is not None:
            return snippet
    particulars = plain_figures(_particulars(doc))
    below = _below_title(doc)
    return (
        caught(_IN_PART, particulars)
        or caught(_LUNAR, particulars)
        or _in(doc, _short_lines(particulars))
        or caught(_FOREIGN, particulars)
        or next(filter(None, map(time_told, _short_lines(particulars).split("\n"))), None)
        or unfilled(particulars, below)
        or caught(_SQUEEZED, _NO_LETTER.sub("", particulars))
        or caught(_WRITTEN, doc.source)
        or caught(_TIME_TAG, doc.source)
        or caught(_META, doc.source)
        or next(filter(None, (caught(_IN_CODE, node.text()) for node in doc.tree.css(_RECORD))), None)
        or _unshown(below, doc.text, drawn=drawn)
        or (None if drawn else _held(doc))
    )


def time_told(line: str) -> str | None:
    """The place of a line of particulars that tells a time in any words; None where it tells none, or that of something else."""
    return None if _NOT_OF_THE_ARTICLE.search(line) or _DATE.search(line) else caught(_TOLD, line)


def plain_figures(text: str) -> str:
    """A text with the figures of every script and shape as plain ones: ②⓪②⑥, ٢٠٢٦, ༢༠༢༦; 2026一03一18."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(
            str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign
            for sign in text
        )
    return _DASHES.sub("-", text)


def _held(doc: Document) -> str | None:
    """A day that a script holds beside the title of the article, and may show."""
    title = shown_title(doc)
    name = "" if title is None else title.text[:_ANCHORING]
    scripts = (script for script in doc.scripts if name and name in script)
    return next(filter(None, (caught(_HELD, script) for script in scripts)), None)


def day_in(doc: Document, text: str) -> bool:
    """Whether a text of the page prints a whole day that is no clock's."""
    return any(not _is_clock(doc, text, match) for match in _DATE.finditer(text))


def _is_clock(doc: Document, text: str, match: re.Match[str]) -> bool:
    """Whether a day is that of the inspection, behind words that say so; one that is long past no clock shows."""
    if not _CLOCK.search(text[max(0, match.start() - _BEFORE) : match.start()]):
        return False
    printed = next(find_printed(match[0]), None)
    day = match[0] if printed is None else printed.value[:10]  # eight digits are a day as well
    try:
        return abs((date.fromisoformat(day) - doc.dates.as_of).days) <= 1
    except ValueError:
        return True


def _in(doc: Document, part: str) -> str | None:
    for match in _DATE.finditer(part):
        before = part[max(0, match.start() - _BEFORE) : match.start()]
        if (
            not _is_clock(doc, part, match)
            and not _END_OF_TERM.search(before)
            and not _UNTIL.match(part, match.end())
            and not _is_told(part, before, match)
        ):
            return around(part, *match.span())
    return caught(_LABELLED, part) or (caught(_RELATIVE, part) if len(part) <= _HEAD else None)


def _is_told(part: str, before: str, match: re.Match[str]) -> bool:
    """Whether a sentence tells of the day, or a parenthesis says what happened on it."""
    if _CHINESE not in match[0]:
        return False
    opened = max(before.rfind("("), before.rfind("（")) > max(
        before.rfind(")"), before.rfind("）"), before.rfind("\n")
    )
    return (_PARENTHESIS if opened else _SENTENCE).match(part, match.end()) is not None


def _below_title(doc: Document) -> str:
    """The markup between the title and the text."""
    title, lines = shown_title(doc), content_lines(doc)
    if title is None or title.end is None:
        return ""
    body = max(doc.source.lower().find("<body"), 0)  # a head names the title, too
    start = doc.source.rfind(title.text, body, _first(doc, lines))
    start = doc.source.find(title.text, body) if start < 0 else start
    if start < 0:
        return ""
    start += len(title.text)
    return doc.source[start : min(_first(doc, lines, start), start + _MARKUP)]


def _first(doc: Document, lines: list[str], start: int = 0) -> int:
    """Where the first words of the text stand in the markup; its end where they do not."""
    at = doc.source.find(lines[0][:_ANCHORING], start) if lines else -1
    return at if at >= 0 else len(doc.source)


def _unshown(below: str, text: str, *, drawn: bool) -> str | None:
    """What holds a date without showing it as text, or, before a browser has drawn the page, may come to show one.

    Looked at are the tags, and what stands in scripts, pictures and form fields; no links.
    """
    markup = "\n".join(_ADDRESS.sub("", match[0]) for match in _NOT_TEXT.finditer(below))
    hidden = (match[0] for match in _IN_CODE.finditer(_ADDRESS.sub("", below)) if match[0] not in text)
    return (
        caught(_IN_CODE, markup)
        or caught(_EPOCH, markup)
        or next(hidden, None)
        or caught(OWN_ELEMENT, markup)
        or caught(_FRAME, markup)
        or caught(_MADE_PICTURE, below)
        or (None if drawn else caught(_TO_BE_FILLED, markup))
    )


def _heads(doc: Document) -> list[str]:
    """What stands between the title and the text; where no title is seen, what stands above the text."""
    text = doc.text
    title, body = shown_title(doc), start_of_body(doc)
    start = title.end if title is not None and title.end is not None else None
    if start is None:
        end = body if body is not None else min(len(text), _HEAD_WITHOUT_TITLE)
        return [_short_lines(text[max(0, end - _HEAD_WITHOUT_TITLE) : end])]
    # Particulars may stand above the title as well: an index table, a line of source and date.
    # What stands above the text is no foot, whatever its words.
    above_text = _short_lines(text[start : min(body or start, start + _HEAD)], of_foot=True)
    below = _before_neighbours(text[start : start + _HEAD])
    return [above_text, _short_lines(below), _short_lines(text[max(0, start - _HEAD) : start])]


def _particulars(doc: Document) -> str:
    """What stands between the title and the text and nowhere else."""
    title, body = shown_title(doc), start_of_body(doc)
    if title is None or title.end is None or body is None:
        return ""
    return doc.text[title.end : body][:_HEAD]


def _ends(doc: Document) -> list[str]:
    """The last lines of the text and what stands below it, down to the foot of the site."""
    lines, text, foot = content_lines(doc), doc.text, foot_of(doc)
    last = lines[-1] if lines else ""
    ends = (text.rfind(last[-length:], 0, foot) + length for length in _ENDINGS if len(last) >= length)
    end = next((at for at in ends if at >= _ENDINGS[-1]), max(foot - _BEHIND, 0))
    behind = text[end : min(end + _BEHIND, foot)]
    own = _before_neighbours(behind)
    beside = "\n".join(
        line for line in text[end:foot][len(own) :][-_BEHIND:].split("\n") if _COLON.search(line)
    )
    return [_short_lines("\n".join(lines[-_CLOSING:])), own, _short_lines(beside)]


def _before_neighbours(part: str) -> str:
    """What stands behind the text, up to neighbouring news or the foot of the site, whose days are their own."""
    kept: list[str] = []
    for line in part.split("\n"):
        if TAIL.match(line.strip()) or FOOT.search(line):
            break
        kept.append(line)
    return "\n".join(kept)


def _short_lines(part: str, *, of_foot: bool = False) -> str:
    """The lines that are no sentences of the text; `of_foot`: those that read like the foot of a site as well."""
    most = {False: _LONGEST_LINE, True: _LONGEST_WITH_STOP}
    return "\n".join(
        line
        for line in part.split("\n")
        if len(line) <= most["。" in line] and (of_foot or not FOOT.search(line))
    )
