"""The date of one row of a list, however it is printed: whole, split into blocks, without its year, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from govcrawl.pages.dates.printed import (
    day_of,
    find_printed,
    is_month,
    month_called,
    printed_at,
)
from govcrawl.pages.markup.patterns import short

if TYPE_CHECKING:
    from govcrawl.pages.dates.printed import Printed

_LEAD = re.compile(
    r"[\W_]*(?:(?:信息)?(?:发布|公开|公布|发稿|更新|上传|成文|发文|印发|录入)?(?:时\s*间|日\s*期)|发布于)?[\W_]*"
)
_REST = re.compile(r"[\W_]*$")
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
LONGEST_BLOCK = 24  # characters; a longer run is more than one block of a date
_ONLY_DATE = short(
    rf"(?:{_LEAD.pattern})(?:{_DATE_CHARACTERS}\d{_DATE_CHARACTERS}|(?:[今昨前][天日]|刚刚).{{0,8}})",
    LONGEST_BLOCK,
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
_MARKS = " \u3000\xa0|·-—[]【】()（）:：,，/"
_SHORT = 12  # characters of a block of a split date
_LONG = 60  # characters; longer runs are summaries and their dates are part of what they tell


class RowDate(NamedTuple):
    """A day, or month and day still waiting for their year."""

    on: str | None
    month: int = 0
    day: int = 0


def may_be_date(run: str) -> bool:
    """Whether a run holds anything that a date is told with; most runs of a page do not."""
    return _SIGN.search(run) is not None


def day_alone(run: str) -> str | None:
    """The day of a run that is a whole date and nothing else, but for the label before it."""
    lead = _LEAD.match(run)
    printed = printed_at(run, lead.end() if lead is not None else 0)
    return printed.value[:10] if printed is not None and _REST.match(run, printed.end) else None


def date_within(run: str) -> RowDate | None:
    """The whole date among other words of a run, where it is a particular of the row; a long run is a summary, and tells of days."""
    if len(run) > _LONG:
        return None
    return next((RowDate(found.value[:10]) for found in find_printed(run) if _stands_apart(run, found)), None)


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
