"""Makes the marks of a text from the places found in it: one mark for each wrong form, with the sentence it stands in.

Private data is masked in every sentence that is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govcrawl.records.items import TextMark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.texts.folded import Folded

AROUND: Final = 40  # characters shown on each side of a place at most
LONGEST: Final = 80  # characters of a place that are shown
MOST_MARKS: Final = 100  # of one text; what is more is only counted
_ENDS: Final = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True, slots=True)
class Found:
    """One wrong place of a folded text, from `start` to before `end`."""

    check_id: str
    way: str
    start: int
    end: int
    expected: str
    reason: str
    certain: bool = False
    grouped_as: str = ""  # places of one mark have the same; the wrong form itself where empty
    shown_as: str = ""  # in place of what stands there


def marks_of(folded: Folded, found: Iterable[Found], masked: str) -> tuple[list[TextMark], int]:
    """The marks of a text, and how many more there were. `masked` is the text as written, with its private data masked."""
    first: dict[tuple[str, str, str], Found] = {}
    counts: dict[tuple[str, str, str], int] = {}
    for each in sorted(found, key=lambda place: (place.start, place.end)):
        form = each.grouped_as or folded.text[each.start : each.end]
        key = (each.check_id, form, each.expected)
        first.setdefault(key, each)
        counts[key] = counts.get(key, 0) + 1
    marks = [_mark(folded, place, counts[key], masked) for key, place in first.items()]
    return marks[:MOST_MARKS], sum(counts[key] for key in list(first)[MOST_MARKS:])


def _mark(folded: Folded, place: Found, count: int, masked: str) -> TextMark:
    start, end = folded.span(place.start, place.end)
    return TextMark(
        check_id=place.check_id,
        way=place.way,
        observed=place.shown_as or _short(masked[start:end]),
        expected=place.expected,
        excerpt=sentence(masked, start, end),
        offset=start,
        count=count,
        reason=place.reason,
        certain=place.certain,
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def sentence(text: str, start: int, end: int) -> str:
    """The sentence around a place, shortened when it is long; the place itself stands between 【 and 】."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if breaks := list(_ENDS.finditer(before)):
        before = before[breaks[-1].end() :]
    elif start > AROUND:
        before = f"…{before}"
    if (stop := _ENDS.search(after)) is not None:
        after = after[: stop.start() if stop[0] == "\n" else stop.end()]
    elif end + AROUND < len(text):
        after = f"{after}…"
    return f"{before.lstrip()}【{_short(text[start:end])}】{after.rstrip()}"
