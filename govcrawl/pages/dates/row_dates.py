"""The date of one row of a list, however it is printed: whole, split into blocks, without its year, in words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from govcrawl.pages.dates.printed import (
    Printed,
    day_of,
    find_printed,
    is_month,
    month_called,
    printed_at,
    relative_day,
)
from govcrawl.pages.markup.patterns import short

if TYPE_CHECKING:
    from collections.abc import Callable

_LEAD = re.compile(
    r"[\W_]*(?:(?:信息)?(?:发布|公开|公布|发稿|更新|上传|成文|发文|印发|录入)?(?:时\s*间|日\s*期)|发布于)?[\W_]*"
)
_REST = re.compile(r"[\W_]*$")
_MONTH_DAY = re.compile(
    r"[\W_]*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?[\W_]*"
)
_SHORT_YEAR = re.compile(
    r"[\W_]*(?P<year>\d\d)\s*(?:([-/.])|年)\s*(?P<month>\d{1,2})\s*(?(2)\2|月)\s*(?P<day>\d{1,2})日?[\W_]*"
)
_DIGITS_ONLY = re.compile(r"[\W_]*(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)[\W_]*")
_DAY_ONLY = re.compile(r"[\W_]*(?P<day>\d{1,2})\s*[日号]?[\W_]*")
_MONTH_HEADING = re.compile(r"[\W_]*(?P<year>20\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*月?[\W_]*")
_PIECE = re.compile(
    r"(?P<ym>20\d\d\s*[-/.年]\s*\d{1,2}\s*月?)|(?P<y>20\d\d)\s*年?|(?P<md>\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)|(?P<m>\d{1,2})\s*月|(?P<name>[A-Z][A-Za-z]{2}\.?)|(?P<d>\d{1,2})\s*日?"
)
_TRAILING = re.compile(
    r"(?:[\[【(（]\s*|\s|\s*[-·|/]\s*)(?=(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2})"
)
_LEADING = re.compile(r"[\W_]*(?=(?:19|20)\d\d\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2})")
_SIGN = re.compile(
    r"[\d〇零○]|[今昨前][天日]|刚刚|二.{3}年|^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.?$"
)
_DATE_CHARACTERS = r"[\s\d年月日时分/.:：\-\[\]【】()（）]*"
_LONGEST_BLOCK = 24
_ONLY_DATE = short(
    rf"(?:{_LEAD.pattern})(?:{_DATE_CHARACTERS}\d{_DATE_CHARACTERS}|(?:[今昨前][天日]|刚刚).{{0,8}})",
    _LONGEST_BLOCK,
)
_SPLIT = re.compile(r"[\s|/\\]+")
_DIGITS = re.compile(r"\d+")
_LABELLED = re.compile(r"(?:时\s*间|日\s*期|发布于?|公布|更新)\s*[】\]]?\s*[：:]?\s*$")
_PARTICULAR = re.compile(
    r"\s*(?:至|到|—+|～|~)\s*(?:19|20)\d\d|[\s|·,，、\]】）)]*(?:来源|作者|浏览|阅读|点击|访问|编辑|[\[【|]|$)"
    r"|\s*[|·]\s*[^\W\d]{2,12}$"  # the name of an office
)
_YEAR_HEADING = re.compile(
    r"[\W_]*(?P<year>(?:19|20)\d\d|二[〇零○][一二三四五六七八九〇零○]{2})\s*(?:年度?)?[\W_]*"
)
_LONGEST_HEADING = 24
_NUMBERS = re.compile(r"\d+")
# Words of time that make a span of the year or of what lies before and after it: 2024年以前, 自2024年起, 2024年至今.
_YEAR_AMONG_WORDS = re.compile(
    r"(?<![自从至到截止—~～\-–])(?P<year>(?:19|20)\d\d)\s*年?+度?+(?=[\W_]|[^\W\d以之及或前后起至到迄来底末止间])"
)
_DIGITS_OF = {sign: number for number, row in enumerate(("〇零○", *"一二三四五六七八九")) for sign in row}
_DISORDER = timedelta(days=45)  # lists are not in order to the day
_LEAP_YEARS = 9  # a 29th of February comes back within them
_MARKS = " \u3000\xa0|·-—[]【】()（）:：,，/"
_SHORT = 12  # characters of a block of a split date
_LONG = 60  # characters; longer runs are summaries and their dates are part of what they tell


class RowDate(NamedTuple):
    """A day, or month and day still waiting for their year."""

    on: str | None
    month: int = 0
    day: int = 0


def date_among(found: list[str], as_of: date) -> RowDate | None:
    """The date in the runs beside a title: a run that is only a date first, then blocks, then one within a run."""
    inner: RowDate | None = None
    blocks: list[str] = []
    for run in found:
        if not _SIGN.search(run):
            continue
        lead = _LEAD.match(run)
        printed = printed_at(run, lead.end() if lead is not None else 0)
        if printed is not None and _REST.match(run, printed.end):
            return RowDate(printed.value[:10])
        on = relative_day(run, as_of)
        if on is not None:
            return RowDate(on)
        if inner is None and len(run) <= _LONG:
            inner = next(
                (RowDate(date.value[:10]) for date in find_printed(run) if _stands_apart(run, date)), None
            )
        if len(run) <= _LONGEST_BLOCK:
            blocks.append(run)
    if inner is not None or not blocks:
        return inner
    return date_in_blocks(blocks) or _without_year(blocks, as_of)


def _stands_apart(run: str, date: Printed) -> bool:
    """Whether a date within a run is a particular of the row, not part of what a sentence tells."""
    before, behind = run[: date.start], run[date.end :]
    if _LABELLED.search(before):
        return True
    opens = not before.strip(_MARKS) or before[-1:] in _MARKS
    return opens and (not behind.strip(_MARKS) or _PARTICULAR.match(behind) is not None)


def is_part_of_date(run: str) -> bool:
    """Whether a run inside a link is a date, or one block of a date, rather than a word of the title."""
    return _ONLY_DATE.fullmatch(run) is not None


def date_in_title(run: str) -> tuple[str, RowDate] | None:
    """(title, date) of a title with its date in the same run of text, behind it or before it."""
    for match in _TRAILING.finditer(run):
        printed = printed_at(run, match.end())
        if printed is not None and _REST.match(run, printed.end) and match.start() >= 4:
            return run[: match.start()].rstrip(" -·|"), RowDate(printed.value[:10])
    lead = _LEADING.match(run)
    printed = printed_at(run, lead.end()) if lead is not None else None
    if printed is not None and len(run) - printed.end >= 4:
        return run[printed.end :].lstrip(" ]】)）-·|:："), RowDate(printed.value[:10])
    return None


def resolve_years(found: list[RowDate | None], hints: list[str | None], as_of: date) -> list[str | None]:
    """Days for a list in its order: a date without a year takes it from its address, else from its proven neighbours.

    Lists run backwards in time. Below a day that is printed whole a month that jumps ahead belongs to the year before;
    above one, the year is the first that is not older. Where no row prints a year, it is the latest that the order and
    `as_of` allow. A day that has not come yet stands as it is printed and bounds no other.
    """
    days = [
        None if item is None else item.on if item.on is not None else _by_hint(item, hint)
        for item, hint in zip(found, hints, strict=True)
    ]
    latest = as_of + timedelta(days=1)
    proven = [number for number, day in enumerate(days) if day is not None and day <= latest.isoformat()]
    first = proven[0] if proven else 0
    below = date.fromisoformat(days[first] or "") if proven else None
    for number in range(first - 1, -1, -1):
        item = found[number]
        if days[number] is None and item is not None and below is not None:
            day = _first_from(item, below - _DISORDER, latest) or _last_until(item, latest)
            days[number], below = day, date.fromisoformat(day) if day else below
    above = latest
    for number in range(first, len(found)):
        item, day = found[number], days[number]
        if day is None and item is not None:
            days[number] = day = _last_until(item, min(above + _DISORDER, latest))
        if day is not None and day <= latest.isoformat():
            above = date.fromisoformat(day)
    return days


def _by_hint(item: RowDate, hint: str | None) -> str | None:
    """The day of a row whose address carries its year."""
    day = day_of(int(hint[:4]), item.month, item.day) if hint is not None else None
    return day if hint is not None and _near(day, hint) else None


def _last_until(item: RowDate, bound: date) -> str | None:
    return _first_possible(item, range(bound.year, bound.year - _LEAP_YEARS, -1), lambda day: day <= bound)


def _first_from(item: RowDate, bound: date, latest: date) -> str | None:
    return _first_possible(item, range(bound.year, latest.year + 1), lambda day: bound <= day <= latest)


def _first_possible(item: RowDate, years: range, fits: Callable[[date], bool]) -> str | None:
    days = (day_of(year, item.month, item.day) for year in years)
    return next((day for day in days if day is not None and fits(date.fromisoformat(day))), None)


def year_heading(text: str) -> int | None:
    """The year of a line that is nothing but one: `2024年`, `【2024】`, `2024年度`, `二〇二四年`."""
    match = _YEAR_HEADING.fullmatch(text)
    if match is None:
        return None
    return int("".join(str(_DIGITS_OF.get(sign, sign)) for sign in match["year"]))


def year_in_heading(text: str) -> int | None:
    """The one year that a heading names beside other words (`2024年公告`, `公告（2024年）`); None where it names a span of years.

    No proof: the bulletin of 2024 (`2024年统计公报`) comes out in 2025.
    """
    if len(text) > _LONGEST_HEADING or len(_NUMBERS.findall(text)) != 1:
        return None
    match = _YEAR_AMONG_WORDS.search(text)
    return None if match is None else int(match["year"])


def month_heading(text: str) -> int | None:
    """The month of a line that is nothing but one (`2026年11月`, `2026-11`), as twelve times its year and what is over."""
    match = _MONTH_HEADING.fullmatch(text)
    month = 0 if match is None else int(match["month"])
    return int(match["year"]) * 12 + month - 1 if match is not None and 1 <= month <= 12 else None


def day_of_month(found: list[str], month: int) -> str | None:
    """The day of a row that prints the day only (`20日`, `20`) below a heading that is the `month`."""
    days = (match["day"] for run in found if (match := _DAY_ONLY.fullmatch(run)) is not None)
    return next((on for day in days if (on := day_of(month // 12, month % 12 + 1, int(day)))), None)


def _near(day: str | None, hint: str) -> bool:
    return day is not None and abs((date.fromisoformat(day) - date.fromisoformat(hint)).days) <= 7


def _without_year(found: list[str], as_of: date) -> RowDate | None:
    for run in found:
        match = _MONTH_DAY.fullmatch(run)
        if match is not None and day_of(2024, int(match["month"]), int(match["day"])):
            return RowDate(None, int(match["month"]), int(match["day"]))
        whole = _DIGITS_ONLY.fullmatch(run)
        if whole is not None:
            on = day_of(int(whole["year"]), int(whole["month"]), int(whole["day"]))
            if on is not None:
                return RowDate(on)
        short = _SHORT_YEAR.fullmatch(run)
        if short is not None:
            on = day_of(2000 + int(short["year"]), int(short["month"]), int(short["day"]))
            if on is not None and on <= as_of.isoformat():
                return RowDate(on)
    return None


def date_in_blocks(found: list[str]) -> RowDate | None:
    """A date split into neighbouring runs: 04 | 2024-06, 2024 | 06-04, 2024年 | 6月 | 4日, 06月 | 04, Jun | 04."""
    pieces: list[tuple[str, list[int]]] = []
    for run in found:
        parts = [part for part in _SPLIT.split(run) if part] if len(run) <= _SHORT else [run]
        for part in parts:
            match = _PIECE.fullmatch(part.strip("[]()（）【】")) if len(part) <= _SHORT else None
            if match is None or match.lastgroup is None:
                pieces.append(("", []))
            elif match.lastgroup == "name":
                pieces.append(("m", [month_called(match[0])]) if is_month(match[0]) else ("", []))
            else:
                pieces.append((match.lastgroup, [int(number) for number in _DIGITS.findall(match[0])]))
    for start in range(len(pieces)):
        for length in (3, 2):
            kinds = tuple(kind for kind, _ in pieces[start : start + length])
            if kinds == ("y", "d", "d"):  # 2024 | 06 | 04
                kinds, pieces[start + 1] = ("y", "m", "d"), ("m", pieces[start + 1][1])
            numbers = dict(pieces[start : start + length])
            date_found = _joined(kinds, numbers)
            if date_found is not None:
                return date_found
    return None


def _joined(kinds: tuple[str, ...], numbers: dict[str, list[int]]) -> RowDate | None:
    parts = set(kinds)
    if parts == {"d", "ym"}:
        year, month = numbers["ym"]
        on = day_of(year, month, numbers["d"][0])
    elif parts == {"y", "md"}:
        month, day = numbers["md"]
        on = day_of(numbers["y"][0], month, day)
    elif parts == {"y", "m", "d"}:
        on = day_of(numbers["y"][0], numbers["m"][0], numbers["d"][0])
    elif parts == {"m", "d"} and len(kinds) == 2 and day_of(2024, numbers["m"][0], numbers["d"][0]):
        return RowDate(None, numbers["m"][0], numbers["d"][0])
    else:
        return None
    return RowDate(on) if on is not None else None
