"""When a consultation or survey (调查征集) opens and closes, as its page says, and whether the page shows its result.

Only what is said of the consultation itself counts: a span, or an opening and a closing day, behind words that mean
it. A day without its year takes that of the opening, or of the page's publication. What contradicts itself is unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govcrawl.pages.dates.printed import day_of, printed_at
from govcrawl.pages.markup.region import own_text

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

_ABOUT: Final = re.compile(r"征求|征集|调查|问卷|听取|意见建议|投票")
_SIGNS: Final = ("起止时间", "截止时间", "截止日期", "征集时间", "调查时间", "征求意见时间", "征集期限")
_RESULT_TITLE: Final = re.compile(
    r"(?:征求|征集|调查|问卷|意见|听取).{0,30}(?:结果|反馈|采纳|情况(?:的)?(?:说明|报告|通报|公示|公告|反馈)|汇总)"
)
_NOT_RESULT: Final = re.compile(r"(?:请|欢迎|如有).{0,20}反馈|意见反馈(?:表|的(?:通知|公告))")

_DAY: Final = (
    r"(?:20\d\d[年\-/.])?\d{1,2}[月\-/.]\d{1,2}(?:日|号)?(?:[ T]?\d{1,2}[:：时]\d{0,2}分?(?:[:：]\d{1,2})?)?"
)
_TO: Final = r"(?:起)?\s?[^\d\n]{0,3}?\n?(?:至|到|—+|–|－|-|~|～)\s?[^\d\n]{0,3}"
_SPAN_WORDS: Final = (
    r"(?:征集|征求(?:意见)?|调查|公开征求(?:意见)?|意见(?:征集|反馈|征求)?|起止|反馈|公示|活动|有效|填写|投票|问卷)"
    r"(?:的)?(?:起止)?(?:时间|期限|日期|时限|时段)"
)
_MEANT: Final = r"(?:征求|征集|意见|建议|反馈|调查|公示|投票|来信|来函|邮件)"
_SPANS: Final = (
    re.compile(rf"{_SPAN_WORDS}[^\d\n]{{0,12}}\n?[^\d\n]{{0,4}}(?P<from>{_DAY}){_TO}(?P<to>{_DAY})"),
    re.compile(rf"{_MEANT}[^\n]{{0,60}}?[自从](?P<from>{_DAY}){_TO}(?P<to>{_DAY})"),
    re.compile(rf"[自从](?P<from>{_DAY}){_TO}(?P<to>{_DAY})[^\n]{{0,30}}?{_MEANT}"),
)
_OPENS: Final = re.compile(
    rf"(?:开始|起始|征集开始|发起|启动)(?:时间|日期)[^\d\n]{{0,4}}\n?[^\d\n]{{0,4}}(?P<day>{_DAY})"
)
_CLOSES: Final = (
    re.compile(
        rf"(?:截止|截至|结束|终止)(?:时间|日期)[^\d\n]{{0,6}}\n?[^\d\n]{{0,4}}(?P<day>{_DAY})"
        rf"|{_SPAN_WORDS}[^\d\n]{{0,8}}(?:截至|截止|至|到)[^\d\n]{{0,3}}(?P<day2>{_DAY})"
    ),
    re.compile(
        rf"{_MEANT}[^\n]{{0,60}}?(?:[于在](?P<day>{_DAY})(?:之|以)?前|截止(?:到|至|于)?(?P<day2>{_DAY}))"
        rf"|[于在](?P<day3>{_DAY})(?:之|以)?前[^\n]{{0,40}}?{_MEANT}"
    ),
)
_PARTS: Final = re.compile(r"(?:(20\d\d)[年\-/.])?(\d{1,2})[月\-/.](\d{1,2})")
_RESULT: Final = re.compile(
    r"(?:结果(?:反馈|公布|公示|公开)|(?:反馈|征集|征求意见|调查|问卷|投票)结果|(?:意见)?(?:征集|反馈|采纳|征求)(?:及采纳)?情况)"
    r"[:：】\]]?\n?(?P<shown>[^\n]*)"
)
_PROMISED: Final = re.compile(r"[\W_]*(?:暂无|尚无|无$|尚未|未|待|将|敬请|请|应当|及时|后)|[\W_]*$")


@dataclass(frozen=True, slots=True)
class Consultation:
    """Days are `YYYY-MM-DD`, None where the page does not say; `result` are the words that show one."""

    opens_on: str | None = None
    closes_on: str | None = None
    result: str | None = None


NONE: Final = Consultation()


def consultation(document: Document, name: str, published_at: str | None) -> Consultation:
    """Read a page of this name (its title) that may be a consultation; `NONE` for any other."""
    if not _ABOUT.search(name) and not any(sign in document.text for sign in _SIGNS):
        return NONE
    text = own_text(document)
    if _RESULT_TITLE.search(name) and not _NOT_RESULT.search(name):
        return Consultation(result=name)
    opens_on, closes_on = _days(text, published_at)
    if opens_on is not None and closes_on is not None and closes_on < opens_on:
        return NONE
    return Consultation(opens_on, closes_on, _result(text))


def _days(text: str, published_at: str | None) -> tuple[str | None, str | None]:
    """Opening and closing: what is labelled before what is told."""
    labelled, *unlabelled = _SPANS
    for spans, closes in (([labelled], _CLOSES[0]), (unlabelled, _CLOSES[1])):
        if span := _first(spans, text):
            opens_on = _day(span["from"], published_at)
            return opens_on, _day(span["to"], opens_on or published_at)
        if close := closes.search(text):
            begin = _OPENS.search(text)
            opens_on = _day(begin["day"], published_at) if begin is not None else None
            day = next(filter(None, close.groupdict().values()))
            return opens_on, _day(day, opens_on or published_at)
    return None, None


def _first(patterns: list[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((found for pattern in patterns if (found := pattern.search(text))), None)


def _day(printed: str, after: str | None) -> str | None:
    """The day; one without its year is the first such day from `after` on."""
    whole = printed_at(printed, 0)
    if whole is not None:
        return whole.value[:10]
    parts = _PARTS.match(printed)
    if parts is None or after is None:
        return None
    month, day = int(parts[2]), int(parts[3])
    this_year = day_of(int(after[:4]), month, day)
    if this_year is not None and this_year < after[:10]:
        return day_of(int(after[:4]) + 1, month, day)
    return this_year


def _result(text: str) -> str | None:
    for found in _RESULT.finditer(text):
        if not _PROMISED.match(found["shown"]):
            return found[0].replace("\n", " ")[:60]
    return None
