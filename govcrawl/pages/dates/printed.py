"""Dates as Chinese government pages print them, read into `YYYY-MM-DD[THH:MM[:SS]]`.

`2024-06-04 10∶08`, `２０２４年６月４日`, `二〇二四年六月四日`, `民国113年6月4日`, `2024/6/4`, `June 4, 2024`, and addresses such as
`/202406/t20240604_123.html`. A value is given exactly as far as it is printed; nothing is guessed here. `date_reader`
says what a date means on the day of the inspection.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_YEAR = 1949  # documents of the People's Republic; anything older is history told in a text

_DASH = r"[-/.\u2010-\u2015\u2212－／．]"
_COLON = r"[:：∶︰﹕]"
_TIME = (
    rf"(?:(?:\s|T|,|，|&nbsp;)*(?P<hour>[\d]{{1,2}})\s*(?:{_COLON}|[时点])\s*(?P<minute>\d{{1,2}})(?!\d)"
    rf"(?:\s*(?:{_COLON}|分)\s*(?P<second>\d{{1,2}})(?!\d)(?:\.\d{{1,9}}(?!\d))?)?)?"
)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<year>[1１][9９]\d\d|[2２][0０]\d\d)"
    rf"(?:\s*年\s*(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})(?!\d)\s*[日号]?"
    rf"|\s?{_DASH}\s?(?P<month2>\d{{1,2}})\s?{_DASH}\s?(?P<day2>\d{{2}}(?=\d\d{_COLON})|\d{{1,2}}(?!\d)))"
    + _TIME,
)
_NOUGHT = "〇零○Ｏ0０OoО◯"  # as typists write it
_HAN_DIGITS = {digit: value for value, row in enumerate((_NOUGHT, *"一二三四五六七八九")) for digit in row}
_HAN = re.compile(
    rf"(?P<year>[一二][{_NOUGHT}九][{_NOUGHT}一二三四五六七八九]{{2}})\s*年\s*(?P<month>元|十?[一二三四五六七八九]|十)\s*月\s*"
    r"(?P<day>[一二三]?十?[一二三四五六七八九]|[一二三]?十)\s*[日号]"
)
_REPUBLIC = re.compile(
    r"民\s*[国國]\s*(?P<year>\d{2,3}|[一二三四五六七八九十百〇零]{1,6})\s*年\s*"
    r"(?P<month>\d{1,2}|十?[一二三四五六七八九]|十)\s*月\s*(?P<day>\d{1,2}|[一二三]?十?[一二三四五六七八九]|[一二三]?十)\s*[日号]?"
)
_COMPACT = re.compile(r"(20\d\d|19\d\d)(\d\d)(\d\d)(?:[T ]?([0-2]\d)([0-5]\d)([0-5]\d)?)?")
_JAVA = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d):(\d\d):(\d\d) [A-Z]{3,4}(?:[+-][\d:]+)? (\d{4})"
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1
    )
}

_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_ENGLISH = re.compile(
    rf"(?<![A-Za-z\d])(?:(?P<name>{_MONTH})\.?[ -](?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<name2>{_MONTH})\.?,?)"
    r"[ -](?P<year>[12]\d{3})(?!\d)",
    re.IGNORECASE,
)

_IN_URL = (
    re.compile(r"/t(?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)_\d+\."),  # TRS: /202406/t20240604_123.html
    re.compile(r"/art/(?P<y>20\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})/"),  # Hanweb: /art/2024/6/4/art_12_34.html
    re.compile(r"/(?P<y>20\d\d)-(?P<m>\d\d)[/-](?P<d>\d\d)/"),  # /content/2024-06/04/content_1.htm
    re.compile(r"/(?P<y>20\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})/"),
    re.compile(r"/(?P<y>20\d\d)/?(?P<m>\d\d)/?(?P<d>\d\d)/"),  # /20240604/ /2024/0604/ /202406/04/
    re.compile(
        r"[/_-](?P<y>20\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d*)?(?:_\d+)?\.s?html?"
    ),
)

_RELATIVE = re.compile(
    r"\W*(?:(?P<count>\d{1,3})\s*(?P<unit>分钟|小时|天|日|周)[之以]?前|(?P<word>刚刚|今[天日]|昨[天日]|前天)(?:\s*\d\d?:\d\d)?)\W*"
)
_DAYS_AGO = {"刚刚": 0, "今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_DAYS_IN = {"天": 1, "日": 1, "周": 7}


class Printed(NamedTuple):
    """One date found in a text, and where."""

    value: str
    start: int
    end: int


def parse_printed(text: str) -> str | None:
    """The date a value such as a tag's content states; None when it states none or an impossible one."""
    text = text.strip()
    for found in find_printed(text[:200]):
        return found.value
    compact = _COMPACT.fullmatch(text)
    if compact is not None:
        year, month, day, *time = compact.groups()
        return _value(int(year), int(month), int(day), *time)
    java = _JAVA.fullmatch(text)
    if java is not None and java[1] in _MONTHS:
        return _value(int(java[6]), _MONTHS[java[1]], int(java[2]), java[3], java[4], java[5])
    return None


def find_printed(text: str, start: int = 0, end: int | None = None) -> Iterator[Printed]:
    """Every possible date of `text[start:end]` that names its year: digits first, then Chinese numerals, then English."""
    stop = len(text) if end is None else end
    for pattern, read in _READERS:
        for match in pattern.finditer(text, start, stop):
            value = read(match)
            if value is not None:
                yield Printed(value, match.start(), match.end())


def printed_at(text: str, start: int) -> Printed | None:
    """The date that begins exactly at `start`."""
    for pattern, read in _READERS:
        match = pattern.match(text, start)
        if match is not None and (value := read(match)) is not None:
            return Printed(value, match.start(), match.end())
    return None


def days_in_url(url: str) -> Iterator[str]:
    """The days that an article's address may carry, the likeliest first."""
    path = url.partition("://")[2].partition("/")[2]
    path = "/" + path.partition("?")[0].partition("#")[0]
    for pattern in _IN_URL:
        for match in pattern.finditer(path):
            value = _value(int(match["y"]), int(match["m"]), int(match["d"]))
            if value is not None:
                yield value


def days_ago(text: str) -> int | None:
    """How many days ago `今天`, `昨天 10:20`, `3天前`, `5小时前`, `2周前` are; None for any other text."""
    match = _RELATIVE.fullmatch(text)
    if match is None:
        return None
    return _DAYS_AGO[match["word"]] if match["word"] else int(match["count"]) * _DAYS_IN.get(match["unit"], 0)


def is_month(name: str) -> bool:
    """Whether a word begins as an English month does."""
    return name[:3].capitalize() in _MONTHS


def month_called(name: str) -> int:
    """The number of an English month, whole or cut to its first three letters."""
    return _MONTHS[name[:3].capitalize()]


def day_of(year: int, month: int, day: int) -> str | None:
    """The day as ISO text, or None when there is no such day or it is older than the Republic."""
    return _value(year, month, day)


def _value(
    year: int,
    month: int,
    day: int,
    hour: str | None = None,
    minute: str | None = None,
    second: str | None = None,
) -> str | None:
    if not FIRST_YEAR <= year <= 2099:
        return None
    try:
        value = date(year, month, day).isoformat()
    except ValueError:
        return None
    if hour is None or minute is None or int(hour) > 23 or int(minute) > 59:
        return value
    value += f"T{int(hour):02}:{int(minute):02}"
    return value if second is None or int(second) > 59 else f"{value}:{int(second):02}"


def _numeric(match: re.Match[str]) -> str | None:
    month, day = match["month"] or match["month2"], match["day"] or match["day2"]
    return _value(int(match["year"]), int(month), int(day), match["hour"], match["minute"], match["second"])


def _han(match: re.Match[str]) -> str | None:
    year = int("".join(str(_HAN_DIGITS[digit]) for digit in match["year"]))
    return _value(year, _number(match["month"]), _number(match["day"]))


def _republic(match: re.Match[str]) -> str | None:
    return _value(1911 + _number(match["year"]), _number(match["month"]), _number(match["day"]))


def _english(match: re.Match[str]) -> str | None:
    name, day = match["name"] or match["name2"], match["day"] or match["day2"]
    return _value(int(match["year"]), month_called(name), int(day))


_READERS = ((_NUMERIC, _numeric), (_HAN, _han), (_REPUBLIC, _republic), (_ENGLISH, _english))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _han_number(text)


def _han_number(text: str) -> int:
    """十一 → 11, 二十 → 20, 一百一十三 → 113, 元 → 1; a row of digits (一一三) is read as written."""
    if text == "元":
        return 1
    if not set(text) & set("十百"):
        return int("".join(str(_HAN_DIGITS[digit]) for digit in text))
    total = pending = 0
    for character in text:
        if character in "十百":
            total += (pending or 1) * (10 if character == "十" else 100)
            pending = 0
        else:
            pending = _HAN_DIGITS[character]
    return total + pending
