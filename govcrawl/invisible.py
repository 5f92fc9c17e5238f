"""Characters that a reader does not see although they stand in a text.

They come from editors and word processors, and are put between the characters of a word so that nobody finds it.
"""

from __future__ import annotations

import unicodedata
from typing import Final


def _characters(*ranges: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in ranges for code in range(first, last + 1))


INVISIBLE: Final = _characters(
    *((0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5)),
    *((0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164)),
    *((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0)),
)
"""Unicode's Default_Ignorable_Code_Point up to U+FFFF: without width, so they part nothing. May stand in a class of a pattern."""

BLANKS: Final = "\t " + _characters(
    *(
        (0x00A0, 0x00A0),
        (0x1680, 0x1680),
        (0x2000, 0x200A),
        (0x202F, 0x202F),
        (0x205F, 0x205F),
        (0x3000, 0x3000),
    ),
)
"""White space within a line, the full-width blank included."""

# Unicode categories: control, format (bidi marks, zero width), private, surrogate, unassigned.
_UNSEEN: Final = frozenset(["Cc", "Cf", "Co", "Cs", "Cn"])


def seen(text: str) -> str:
    """Text with invisible characters (controls, bidi marks, zero width) replaced by blanks; line breaks stay.

    Such characters could reorder or hide what the person who signs reads, and move the cursor of a terminal.
    """
    if text.isprintable():  # then none of those categories is in it: a plain text is not read sign by sign
        return text
    return "".join(" " if unicodedata.category(c) in _UNSEEN and c != "\n" else c for c in text)


def control_or_format(text: str) -> str | None:
    """The first character of a text that controls it (a control or format character); None when there is none."""
    if text.isprintable():
        return None
    return next((each for each in text if unicodedata.category(each) in {"Cc", "Cf"}), None)
