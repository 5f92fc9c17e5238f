"""Finds where a copy of a document differs from the copies that agree.

Within a group of copies (`copies.py`), a place is examined where a text departs from what at least two other pages show, and later
returns to it. Each copy that shows both ends of the place has one vote; a text that differs from most of them is marked. Differences
that make it another document, another edition, or an editor's version are not marked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from govcrawl.records.items import TextMark
from govcrawl.texts import private
from govcrawl.texts.copies import EDGE, MOST_IN_GROUP, SHINGLE, Copy
from govcrawl.texts.folded import fold
from govcrawl.texts.marks import sentence
from govcrawl.texts.names import region_stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date


CHECK: Final = "repost-differs"
WAY: Final = "reposts"
FEWEST_COPIES: Final = 3  # pages
_ORDERED_BY: Final = 3  # smallest shingles: in this order copies stand together
_CONTEXT: Final = 20  # signs on either side by which a place is found in another copy
_LONGEST: Final = 24  # signs of a reading; what is longer is a passage, not a slip
_LONGER: Final = 6  # signs by which one reading is longer than another; more was left out or put in
_NEAR: Final = 2  # signs by which a place is longer at most, where only its narrow context is there
_FEW_PLACES, _SIGNS_A_PLACE = 3, 300  # more places than these two allow: another document
_SAME_DAYS: Final = 15  # between the publication of copies; figures of later ones may have been renewed
_OWN_SHIFT: Final = 1  # day: a date in the text moves with the date of the page in the issues of a series
_MOST_SEEN_AT: Final = 5
_SAYS_SO: Final = re.compile(
    r"[（(【\[][^）)】\]\n]{0,30}(?:节选|摘[录编登要]|缩写|删[减节改]|改动|编者|更正|修正)[^）)】\]\n]{0,30}[）)】\]]"
    r"|^\s*(?:编者[按注]|编后|更正|点评|评论)",
    re.MULTILINE,
)
_LEVELS: Final = frozenset("省市州盟地区县旗乡镇街村我本全该")  # an office puts its own in place of another's
_FIGURE: Final = re.compile(r"[0-9.%〇○零一二三四五六七八九十百千万亿两年月日时分号]*")
_PROSE: Final = "。；，"


# ------------------------------------------------------------------------------------- where copies differ


_Span = tuple[Copy, int, int]
"""A reading of a copy: from the sign at the first number to before the second."""


@dataclass(slots=True)
class _Place:
    """A place of a copy where it leaves the others, in signs; `readings`: what copies show there, with the number of their pages."""

    start: int
    end: int
    readings: Counter[str] = field(default_factory=Counter)
    shown_by: defaultdict[str, list[_Span]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, copy: Copy, spans: Sequence[_Span]) -> _Place:
        own = next(((start, end) for other, start, end in spans if other is copy), (0, 0))
        place = cls(*own)
        for other, start, end in spans:
            reading = other.signs[start:end]
            place.readings[reading] += other.weight
            place.shown_by[reading].append((other, start, end))
        return place


def differences(copies: Sequence[Copy]) -> Iterator[tuple[Copy, list[TextMark]]]:
    """Each text that has enough copies in a group, with the marks of what differs in it."""
    ordered = sorted(copies, key=lambda copy: (*copy.once[:_ORDERED_BY].tolist(), copy.sha256))
    for first in range(0, len(ordered), MOST_IN_GROUP):
        yield from _differences(ordered[first : first + MOST_IN_GROUP])


def _differences(copies: Sequence[Copy]) -> Iterator[tuple[Copy, list[TextMark]]]:
    if sum(copy.weight for copy in copies) < FEWEST_COPIES:
        return
    together, where = np.unique(np.concatenate([copy.once for copy in copies]), return_inverse=True)
    pages = np.zeros(len(together), dtype=np.int64)
    np.add.at(pages, where, np.repeat([copy.weight for copy in copies], [len(copy.once) for copy in copies]))
    for copy in copies:
        shared = pages[np.searchsorted(together, copy.hashes)] >= FEWEST_COPIES
        if shared.all():
            yield copy, []
        elif shared.any():
            others = [other for other in copies if other is copy or copy.is_copy_of(other)]
            places, passages = _places(copy, others)
            yield copy, _marks(copy, places, passages=passages)


def _places(copy: Copy, copies: Sequence[Copy]) -> tuple[list[_Place], int]:
    """Where the copy leaves what others share and comes back; and how often it is a whole passage that differs."""
    pages = sum(np.isin(copy.hashes, other.once) * other.weight for other in copies)
    begins = np.flatnonzero(pages >= FEWEST_COPIES)
    gaps = np.flatnonzero(np.diff(begins) > 1)
    places, passages = [], 0
    for left, right in zip(begins[gaps].tolist(), begins[gaps + 1].tolist(), strict=True):
        ends = copy.signs[left] == EDGE[0] or copy.signs[right + SHINGLE - 1] == EDGE[0]
        within = not ends and not _is_label(copy, left + SHINGLE)
        if right - left > SHINGLE + _LONGEST:
            passages += within
            continue
        spans = _spans(copy, left, right, copies)
        if sum(other.weight for other, _, _ in spans) < FEWEST_COPIES:
            passages += within
            continue
        place = _Place.of(copy, spans)
        if _majority(copy, place) is None:  # the particulars of a page, and a slip in the line beside them
            places += [_Place.of(copy, part) for part in _by_line(spans) or [spans]]
        else:
            places.append(place)
    return [place for place in places if len(place.readings) > 1], passages


def _spans(copy: Copy, left: int, right: int, copies: Sequence[Copy]) -> list[_Span]:
    """What stands between the shared shingles that begin at `left` and `right`, in each copy that has both."""
    signs, own = copy.signs, (left + SHINGLE, right)
    before = (signs[max(0, left + SHINGLE - _CONTEXT) : left + SHINGLE], signs[left : left + SHINGLE])
    after = (signs[right : right + _CONTEXT], signs[right : right + SHINGLE])
    spans = []
    for other in copies:
        span = own if other is copy else _between(other.signs, before, after, right - own[0])
        if span is not None and span[1] - span[0] <= _LONGEST:
            spans.append((other, *span))
    # A character that stands twice in a row on one side belongs to both contexts there: it is a part of what is read.
    over = max(0, *(start - end for _, start, end in spans))
    return [(other, start - over, end) for other, start, end in spans]


def _by_line(spans: list[_Span]) -> list[list[_Span]]:
    """The parts of a place before the first and behind the last end of a line, in the copies whose line ends there."""
    heads, tails = [], []
    for copy, start, end in spans:
        first, last = int(copy.places[start - 1]), int(copy.places[end])
        if (line_end := copy.text.find("\n", first, last)) >= 0:
            heads.append((copy, start, max(start, int(np.searchsorted(copy.places, line_end)))))
            line_start = copy.text.rfind("\n", first, last)
            tails.append((copy, min(end, max(start, int(np.searchsorted(copy.places, line_start)))), end))
    return [part for part in (heads, tails) if part]


def _between(
    signs: str, before: tuple[str, str], after: tuple[str, str], length: int
) -> tuple[int, int] | None:
    """Where the reading between two contexts, each wide and narrow, stands in another copy; None where it has them not."""
    wide, narrow = before
    ahead = signs.find(wide)
    start = ahead + len(wide) if ahead >= 0 else _only(signs, narrow)
    if start is None:
        return None
    back = max(0, start - SHINGLE + 1)
    wide, narrow = after
    end = signs.find(wide, back, start + _LONGEST + _CONTEXT)
    if end < 0:  # another slip may be near; a few signs alone are found by chance too
        end = signs.find(narrow, back, start + length + _NEAR + SHINGLE)
    return (start, end) if end >= 0 else None


def _only(signs: str, context: str) -> int | None:
    """The end of a context that stands there once."""
    at = signs.find(context)
    return at + len(context) if at >= 0 and signs.find(context, at + 1) < 0 else None


# ------------------------------------------------------------------------------------- what is a slip


def _marks(copy: Copy, places: list[_Place], *, passages: int) -> list[TextMark]:
    """The marks of a copy; none where it is another document, or says itself that it is abridged or commented."""
    few = max(_FEW_PLACES, len(copy.signs) // _SIGNS_A_PLACE)
    if len(places) + passages > few or any(_is_blank(copy, place) for place in places) or _says_so(copy):
        return []
    marks: dict[tuple[str, str], TextMark] = {}
    for place in places:
        most = _majority(copy, place)
        if most is None or _is_no_slip(copy, place, most, abridged=passages > 0):
            continue
        mark = _mark(copy, place, most)
        earlier = marks.setdefault((mark.observed, mark.expected), mark)
        if earlier is not mark:
            earlier.count += 1
    return list(marks.values())


def _is_blank(copy: Copy, place: _Place) -> bool:
    """Whether texts that read differently here, each or nearly so, are made from one form, and this is what was filled in."""
    most = max(place.readings.values())
    return (
        len(place.readings) > 2
        and 2 * most <= sum(place.readings.values())
        and not _is_label(copy, place.start)
    )


def _says_so(copy: Copy) -> bool:
    return any(_SAYS_SO.search(said) for said in (copy.text, *(page.title for page in copy.pages)))


def _majority(copy: Copy, place: _Place) -> str | None:
    """What most copies read where this one reads something else; None without an agreeing majority."""
    own = copy.signs[place.start : place.end]
    (most, number), *_ = place.readings.most_common(1)
    if (
        most == own
        or abs(len(most) - len(own)) > _LONGER
        or 2 * number <= sum(place.readings.values())
        or number < 2 * place.readings[own]
    ):
        return None
    # One record of a site may stand at many addresses.
    return most if _sites(place, most) >= _sites(place, own) else None


def _sites(place: _Place, reading: str) -> int:
    return len({page.site_code for copy, _, _ in place.shown_by[reading] for page in copy.pages})


def _is_no_slip(copy: Copy, place: _Place, most: str, *, abridged: bool) -> bool:
    """Whether a difference is the work of an editor, or of another issue of the document."""
    own = copy.signs[place.start : place.end]
    others = [other for other, _, _ in place.shown_by[most]]
    mine, theirs = _figure(copy.signs, place.start, place.end), _figure_there(place, most)
    if _is_label(copy, place.start, figure=_has_digits(own + most)):
        return True
    if _breaks(copy, place):
        return True
    if bool(_value(own)) != bool(_value(most)) and max(len(own), len(most)) > _NEAR:
        return True  # words in one, a figure in the other
    if _has_digits(own + most) or (_FIGURE.fullmatch(own + most) and _value(mine) and _value(theirs)):
        return _value(mine) == _value(theirs) or _is_renewed(copy, others, mine, theirs)
    if abridged and len(own) != len(most):
        return True  # words left out or put in beside the passages
    return _is_own_name(copy, place, own, most)


def _breaks(copy: Copy, place: _Place) -> bool:
    """Whether the reading goes over the end of a line: another part of the page, not another reading."""
    if place.end - place.start < 2:
        return False
    return "\n" in copy.text[int(copy.places[place.start]) : int(copy.places[place.end - 1])]


def _has_digits(signs: str) -> bool:
    return any("0" <= sign <= "9" for sign in signs)


def _figure(signs: str, start: int, end: int) -> str:
    """The whole figure or date around a stretch of signs."""
    while start > 0 and _FIGURE.fullmatch(signs[start - 1]):
        start -= 1
    whole = _FIGURE.match(signs, end)
    return signs[start : whole.end() if whole else end]


def _figure_there(place: _Place, reading: str) -> str:
    other, start, end = place.shown_by[reading][0]
    return _figure(other.signs, start, end)


_HAN_DIGITS: Final = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_HAN_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_NUMBERS: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?|[〇零一二三四五六七八九两十百千]+)([万亿]?)")
_LARGE: Final = {"": 1, "万": 10**4, "亿": 10**8}


def _value(figure: str) -> tuple[float, ...] | None:
    """The numbers of a figure, in whichever digits it is written; None for what is no figure."""
    numbers = _NUMBERS.findall(figure)
    return tuple(_number(digits) * _LARGE[unit] for digits, unit in numbers) if numbers else None


def _number(digits: str) -> float:
    if digits[0] in "0123456789":
        return float(digits)
    if not any(sign in _HAN_UNITS for sign in digits):
        return float("".join(str(_HAN_DIGITS[sign]) for sign in digits))
    total, digit = 0, 0
    for sign in digits:
        if sign in _HAN_UNITS:
            total, digit = total + max(digit, 1) * _HAN_UNITS[sign], 0
        else:
            digit = _HAN_DIGITS[sign]
    return float(total + digit)


def _is_renewed(copy: Copy, others: list[Copy], mine: str, theirs: str) -> bool:
    """Whether a figure belongs to another issue: of another number, another time, or moved with the page's own date."""
    if not copy.title_numbers() & {numbers for other in others for numbers in other.title_numbers()}:
        return True
    days, their_days = copy.days(), [day for other in others for day in other.days()]
    if not days or not their_days:
        return False
    apart = min(abs((one - other).days) for one in days for other in their_days)
    if apart > _SAME_DAYS:
        return True
    if copy.signs.count(theirs):
        return False  # it is right elsewhere in the same copy
    if any(_names(mine, day) and not _names(theirs, day) for day in days):
        return True  # it prints the day of its own page
    return apart > 0 and _moves_with(mine, theirs, (days[0] - their_days[0]).days)


def _names(figure: str, day: date) -> bool:
    """Whether a figure is this day: its last two numbers are month and day."""
    numbers = _value(figure) or ()
    return len(numbers) > 1 and numbers[-2:] == (day.month, day.day)


def _moves_with(mine: str, theirs: str, days: int) -> bool:
    """Whether two dates lie as far apart as the pages that show them."""
    one, other = _value(mine) or (), _value(theirs) or ()
    if len(one) < 2 or len(one) != len(other):
        return False
    shift = 30.4 * (one[-2] - other[-2]) + one[-1] - other[-1]
    return abs(shift - days) <= _OWN_SHIFT


def _is_label(copy: Copy, index: int, *, figure: bool = True) -> bool:
    """Whether a sign stands among the particulars of a page and not in its text: a value, or a figure before the first sentence."""
    text = copy.text
    start = int(copy.places[min(index, len(copy.places) - 1)])
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if any(sign in line for sign in _PROSE):
        return False
    before = text[line_start:start]
    if "：" in before or ":" in before:
        return True
    return figure and not any(sign in text[:line_start] for sign in _PROSE)


def _is_own_name(copy: Copy, place: _Place, own: str, most: str) -> bool:
    """Whether an office put its own name, or that of its region, in place of another's."""
    if own and most and {*own, *most} <= _LEVELS:
        return True
    other, start, end = place.shown_by[most][0]
    mine, theirs = _around(copy.signs, place.start, place.end), _around(other.signs, start, end)
    if (
        own
        and most
        and any(
            any(piece in page.site_name for piece in mine)
            and not any(piece in page.site_name for piece in theirs)
            for page in copy.pages
        )
    ):
        return True
    stems = region_stems()
    return any(piece in stems for piece in mine) and any(piece in stems for piece in theirs)


def _around(signs: str, start: int, end: int) -> list[str]:
    """The runs of two to five signs that hold a whole reading."""
    return [
        signs[first:last]
        for first in range(max(0, start - 3), start + 1)
        for last in range(max(end, first + 2), min(len(signs), end + 3) + 1)
        if first < end and last - first <= max(5, end - start)
    ]


# ------------------------------------------------------------------------------------- the mark


def _mark(copy: Copy, place: _Place, most: str) -> TextMark:
    other, start, end = place.shown_by[most][0]
    # A reading of nothing, or of a part of a figure, is shown with what stands around it.
    wide = bool(_value(_figure(copy.signs, place.start, place.end)))
    mine, observed, offset = _shown(copy, place.start, place.end, wide=wide)
    theirs, expected, _ = _shown(other, start, end, wide=wide)
    pages = sum(place.readings.values())
    return TextMark(
        check_id=CHECK,
        way=WAY,
        observed=observed,
        expected=expected,
        excerpt=mine,
        offset=offset,
        count=1,
        reason=f"同一文件的{pages}个页面中，{place.readings[most]}个写作“{theirs}”",
        certain=False,
        seen_at=[page.url for each, _, _ in place.shown_by[most] for page in each.pages][:_MOST_SEEN_AT],
    )


def _shown(copy: Copy, start: int, end: int, *, wide: bool) -> tuple[str, str, int]:
    """The sentence with the reading marked, the reading, and where it begins; what is private is masked."""
    signs = copy.signs
    if wide:
        while start > 0 and _FIGURE.fullmatch(signs[start - 1]):
            start -= 1
        whole = _FIGURE.match(signs, end)
        end = whole.end() if whole else end
    else:
        start, end = max(0, start - 1), min(len(signs), end + 1)
    first, last = int(copy.places[start]), int(copy.places[max(start, end - 1)]) + 1
    folded = fold(copy.text)
    masked = private.masked(folded, private.places(folded.text))
    return sentence(masked, first, last), masked[first:last], first
