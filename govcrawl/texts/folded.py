"""A text as a reader takes it in: without invisible characters; full-width signs and traditional characters as the common ones.

Each character of the folded text keeps its place in the text as written, so that a find can be shown there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import opencc

from govcrawl.invisible import BLANKS, INVISIBLE

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef"
_INVISIBLE: Final = re.compile(f"[{INVISIBLE}]+")
# Blanks between two Chinese characters of one line; a tab parts the cells of a table.
_BLANKS: Final = re.compile(f"(?<=[{HAN}])(?:(?!\t)[{BLANKS}])+(?=[{HAN}])")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` folded, and for each of its characters the place in `written`; None where the places are the same."""

    written: str
    text: str
    places: list[int] | None
    traditional: bool  # mostly in traditional characters: another standard of writing

    def place(self, index: int) -> int:
        """Where a character of the folded text stands in the text as written."""
        if self.places is None:
            return index
        return self.places[index] if index < len(self.places) else len(self.written)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch of the text as written."""
        return self.place(start), self.place(end - 1) + 1


def fold(written: str) -> Folded:
    """Fold a text. When nothing is dropped, places stay the same."""
    common = written.translate(common_forms())
    changed = sum(map(str.__ne__, common, written)) if common != written else 0
    traditional = changed > 20 and _traditional(written)
    text, places = common, None
    for pattern in (_INVISIBLE, _BLANKS):  # what is invisible may stand between a blank and its neighbour
        text, places = _without(pattern, text, places)
    return Folded(written, text, places, traditional)


def _without(pattern: re.Pattern[str], text: str, places: list[int] | None) -> tuple[str, list[int] | None]:
    """Drop what the pattern matches, and keep the places of the rest."""
    kept, at = [], 0
    for dropped in pattern.finditer(text):
        kept.append((at, dropped.start()))
        at = dropped.end()
    if not kept:
        return text, places
    kept.append((at, len(text)))
    stays = (index for start, end in kept for index in range(start, end))
    return (
        "".join(text[start:end] for start, end in kept),
        list(stays) if places is None else [places[index] for index in stays],
    )


@cache
def common_forms() -> dict[int, int]:
    """Full-width letters, digits and signs of numbers, and traditional characters → the common ones, one for one."""
    table = {
        code: code - 0xFEE0
        for code in range(0xFF01, 0xFF5F)
        if chr(code - 0xFEE0).isalnum() or code == 0xFF0D
    }
    table |= simplified()
    return table


@cache
def simplified() -> dict[int, int]:
    """Traditional character → simplified one, where OpenCC gives exactly one."""
    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(one): ord(other)
        for one, other in zip(characters, converted, strict=True)
        if one != other and len(other) == 1
    }


def _traditional(text: str) -> bool:
    """Whether more than a tenth of the Chinese characters occur only in traditional texts."""
    table = simplified()
    han = [code for code in map(ord, text[:4000]) if 0x4E00 <= code < 0xA000]
    return sum(code in table for code in han) * 10 > len(han)
