"""How Chinese characters are read aloud, by pypinyin; without its 47,000 phrases, which nobody here asks for.

They take a quarter of a second and 45 MB of every process that reads a page, and only the environment keeps them out.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def readings() -> Mapping[int, str]:
    """Every character by its code point, with its readings and their tones: 薄 → `báo,bó,bò,bù`."""
    _leave_the_phrases_out()
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - after the environment says so

    table: Mapping[int, str] = PINYIN_DICT
    return table


@lru_cache(maxsize=30_000)
def sounds(character: str) -> frozenset[str]:
    """Its readings without tones, e.g. 行 → xing hang heng; empty for what has none."""
    _leave_the_phrases_out()
    from pypinyin import Style, pinyin  # noqa: PLC0415 - after the environment says so

    spellings = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(spellings[0]) if spellings else frozenset()


def _leave_the_phrases_out() -> None:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
