"""What was altered between two readings of one text: each place as it was and as it is, figures and short replacements first.

What both texts begin and end with is left out; the rest is compared line by line, then character by character. The time of
`difflib` grows with the square of the length, so both steps have a limit; a text beyond it is shown as one change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PLACES = 4  # shown of one text; more are only counted
AROUND = 12  # characters shown on either side
LONGEST = 60  # characters shown of one reading
_SHORT = 12  # characters: a name, a word, a date
_LINES = 400  # between the common beginning and end that are laid side by side
_CHARACTERS = 300  # of one line, likewise
_PAIRS = 40  # of lines whose characters are laid side by side
_ALIKE = 0.5  # of the characters of a line that must have stayed, or it is another line
_FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿〇零]")
_DELIM = re.compile(r"[。！？；\n]")


@dataclass(frozen=True, slots=True)
class TextChange:
    """One altered place in its line; `before` or `now` is empty where something was added or taken away."""

    left: str
    before: str
    now: str
    right: str
    figure: bool  # a number, a sum or a date has another value


@dataclass(frozen=True, slots=True)
class TextChanges:
    """The places of one text that a reader must see first, and how many there are beyond them."""

    first: list[TextChange]
    more: int


def text_changes(before: str, now: str) -> TextChanges:
    """Lay the two readings side by side."""
    found = sorted(_places(_lines(before), _lines(now)), key=_weight)
    return TextChanges(found[:PLACES], max(0, len(found) - PLACES))


def _weight(change: TextChange) -> tuple[bool, bool]:
    replaced = bool(change.before and change.now) and max(len(change.before), len(change.now)) <= _SHORT
    return not change.figure, not replaced


def _lines(text: str) -> list[str]:
    return [line for each in text.splitlines() if (line := each.strip())]


def _places(before: list[str], now: list[str]) -> Iterator[TextChange]:
    first, last = _common(before, now)
    before, now = before[first : len(before) - last][:_LINES], now[first : len(now) - last][:_LINES]
    pairs = 0
    for kind, start, end, begin, stop in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for one, other in zip_longest(before[start:end], now[begin:stop], fillvalue=""):
            pairs += 1
            yield from _within(one, other) if pairs <= _PAIRS else (_change("", one, other, ""),)


def _common(before: Sequence[str], now: Sequence[str]) -> tuple[int, int]:
    """How many elements both begin with, and how many of the rest both end with."""
    shorter = min(len(before), len(now))
    first = next((at for at in range(shorter) if before[at] != now[at]), shorter)
    rest = shorter - first
    last = next((at for at in range(rest) if before[-1 - at] != now[-1 - at]), rest)
    return first, last


def _within(before: str, now: str) -> Iterator[TextChange]:
    """The altered places of a line; the line as a whole where little of it is left or too much lies between."""
    first, last = _common(before, now)
    old, new = before[first : len(before) - last], now[first : len(now) - last]
    left, right = before[:first], before[len(before) - last :]
    if max(len(old), len(new)) > _CHARACTERS:
        yield _change(left, old, new, right)
        return
    same = SequenceMatcher(None, old, new, autojunk=False)
    if not (left or right) and same.ratio() < _ALIKE:
        yield _change("", before, now, "")
        return
    for start, end, begin, stop in _merged(same.get_opcodes(), old):
        yield _change(left + old[:start], old[start:end], new[begin:stop], old[end:] + right)


def _merged(
    steps: Sequence[tuple[str, int, int, int, int]], before: str
) -> Iterator[tuple[int, int, int, int]]:
    """Places of a line; figures whose digits changed singly are one place, and so are neighbours with one character between."""
    place: tuple[int, int, int, int] | None = None
    for kind, start, end, begin, stop in steps:
        if kind == "equal":
            continue
        if place is not None:
            between = before[place[1] : start]
            if len(between) <= 1 or not _FIGURE.sub("", between).strip(".,，"):
                place = (place[0], end, place[2], stop)
                continue
            yield place
        place = (start, end, begin, stop)
    if place is not None:
        yield place


def _change(left: str, before: str, now: str, right: str) -> TextChange:
    """A place, with its whole number where a figure changed, cut to what is shown."""
    number = re.search(r"[0-9.,]*$", left) if _FIGURE.search(before + now) else None
    if number and number[0]:
        left, before, now = left[: number.start()], number[0] + before, number[0] + now
    rest = re.match(r"[0-9.,]*", right) if _FIGURE.search(before + now) else None
    if rest and rest[0]:
        before, now, right = before + rest[0], now + rest[0], right[rest.end() :]
    figure = bool(before and now and _FIGURE.sub("", before) == _FIGURE.sub("", now))
    return TextChange(
        _DELIM.split(left[-AROUND:])[-1], _short(before), _short(now), _DELIM.split(right[:AROUND])[0], figure
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
