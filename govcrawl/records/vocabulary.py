"""Closed vocabularies: an enum names the words, and sets beside it say which of them mean something together.

Python asks a set (`outcome in OPENED`), SQL joins the same set as a column of a small table (`words.outcome.opened`,
written by `govcrawl.warehouse.words`), so neither lists words of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

Word_co = TypeVar("Word_co", bound="StrEnum", covariant=True)


class WordSet(frozenset[Word_co]):
    """Words of one vocabulary that mean something together; `meaning` says what, and who asks."""

    meaning: str

    def __new__(cls, meaning: str, *words: Word_co) -> Self:
        made = super().__new__(cls, words)
        made.meaning = meaning
        return made


def sets_of(vocabulary: type[StrEnum], module: Mapping[str, object]) -> dict[str, WordSet[StrEnum]]:
    """The sets of one vocabulary among the names of a module, each under its name in lower case."""
    return {
        name.lower(): value
        for name, value in module.items()
        if isinstance(value, WordSet) and all(isinstance(word, vocabulary) for word in value)
    }


def snake_case(name: str) -> str:
    """`SiteVisit` → `site_visit`: how the name of a class is written in files and tables."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
