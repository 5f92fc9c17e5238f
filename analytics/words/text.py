"""Formats words, dates and hostile text for documents: the filters of the Jinja environment."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from govcrawl.domains import registrable_domain
from govcrawl.invisible import seen

LONGEST_LINE = 160
"""Characters of a crawled text in a document, unless a place asks for more or less."""
LONGEST_ADDRESS = 300
"""The same for an address."""
LONGEST_STEM = 40
"""Characters of a name in the name of a file."""
_SCANNED = 4  # times the limit of characters are read, as many may be blank or invisible

_DIGITS = "零一二三四五六七八九"
_FULL_WIDTH = dict(zip(",;:()?", "\uff0c\uff1b\uff1a\uff08\uff09\uff1f", strict=True))
_ASCII_MARK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef%])[,;:()?]|[,;:()?](?=[\u3000-\u9fff])")
_ADDRESS = re.compile(r"https?://[!-~]*|(?<![\w.])(?:[\w-]+\.)+[a-z]{2,}\b[!-~]*", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"^(h)(tt)(?=ps?://)", re.IGNORECASE)


def chinese_numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 20 → 二十, for headings of official documents; ValueError below 1 and above 99."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading is numbered {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return head + (_DIGITS[ones] if ones else "")


def chinese_date(day: date) -> str:
    """2024年6月4日: Arabic digits, no leading zero (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_span(days: tuple[date, date]) -> str:
    """2026年11月20日至27日: the shared year and month are printed once; for equal days only one day is printed."""
    first, last = days
    if first == last:
        return chinese_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{chinese_date(first)}至{last.day}日"
    if first.year == last.year:
        return f"{chinese_date(first)}至{last.month}月{last.day}日"
    return f"{chinese_date(first)}至{chinese_date(last)}"


def chinese_moment(at: datetime) -> str:
    """11月27日2时05分: a moment of civil time, as a page of the office prints it."""
    return f"{at.month}月{at.day}日{at.hour}时{at:%M}分"


_ISO_SPAN = re.compile(
    r"“[^”]*”|https?://[!-~]+|(?<![\w.-])(\d{4}-\d{2}-\d{2})(?:至(\d{4}-\d{2}-\d{2})| (\d{2}):(\d{2}))?(?![\w.-])",
    re.ASCII,
)


def days_in_words(text: str) -> str:
    """Our own sentence with ISO dates as Chinese dates; quotations and addresses stay unchanged."""
    return _ISO_SPAN.sub(_in_words, text)


def _in_words(found: re.Match[str]) -> str:
    try:
        first = date.fromisoformat(found[1] or "")
        last = date.fromisoformat(found[2]) if found[2] else first
    except ValueError:
        return found[0]
    return chinese_span((first, last)) + (f"{int(found[3])}时{found[4]}分" if found[3] else "")


@lru_cache(maxsize=4096)  # clauses and reasons are repeated for every site
def typeset(text: str) -> str:
    """Our own Chinese sentence with full-width punctuation (GB/T 15834) and Chinese dates.

    Rules and reasons are typed with ASCII punctuation and ISO dates. A mark beside a Chinese character becomes full
    width; brackets always in pairs.
    """
    text = days_in_words(text)
    marks = {found.start() for found in _ASCII_MARK.finditer(text)}
    opened: list[int] = []
    for place, character in enumerate(text):
        if character == "(":
            opened.append(place)
        elif character == ")" and opened:
            pair = {opened.pop(), place}
            marks = marks | pair if marks & pair else marks
    return "".join(_FULL_WIDTH[c] if place in marks else c for place, c in enumerate(text))


def shown(value: object, limit: int = LONGEST_LINE) -> str:
    """Crawled text as one harmless visible line of at most `limit` characters."""
    line = " ".join(seen("" if value is None else str(value)[: limit * _SCANNED]).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def defanged(value: object, limit: int = LONGEST_LINE) -> str:
    """Text with its addresses changed so that they can be read but not followed: `hxxp://bad[.]example`."""
    return _ADDRESS.sub(_disarmed, shown(value, limit))


def _disarmed(address: re.Match[str]) -> str:
    text = address[0].replace(".", "[.]")
    return _SCHEME.sub(lambda scheme: scheme[1] + ("XX" if scheme[2].isupper() else "xx"), text)


def file_stem(name: str) -> str:
    """A name reduced to characters for a file name: letters and digits of any script, and hyphens."""
    return re.sub(r"[^\w-]+", "_", shown(name, LONGEST_STEM)).strip("_") or "unit"


_PLAIN_ADDRESS = re.compile(r"https?://([a-z0-9.-]+)(:[0-9]+)?([/?#][^\s\\]*)?", re.IGNORECASE)


def own_address(url: str, home_url: str) -> str | None:
    """The address, if following it stays on the domain of this home page; else None.

    Only a plain host is accepted: forms that browsers and programs read differently (a backslash, a name before @) are not.
    """
    there, here = _PLAIN_ADDRESS.fullmatch(url), _PLAIN_ADDRESS.fullmatch(home_url)
    if there is None or here is None or not url.isprintable():
        return None
    domain = registrable_domain(there[1].lower())
    return url if domain and domain == registrable_domain(here[1].lower()) else None
