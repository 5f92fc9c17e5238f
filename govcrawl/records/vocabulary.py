"""Closed vocabularies: an enum holds the words, and named sets beside it group them by meaning.

Python tests membership (`outcome in OPENED`). SQL joins the same set as a boolean column of a small table
(`words.outcome.opened`, written by `govcrawl.warehouse.words`). So neither repeats the words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

Word_co = TypeVar("Word_co", bound="StrEnum", covariant=True)


class WordSet(frozenset[Word_co]):
    """A group of words of one vocabulary. `meaning` is a sentence: what they have in common, and who uses the set."""

    meaning: str

    def __new__(cls, meaning: str, *words: Word_co) -> Self:
        made = super().__new__(cls, words)
        made.meaning = meaning
        return made


def sets_of(vocabulary: type[StrEnum], module: Mapping[str, object]) -> dict[str, WordSet[StrEnum]]:
    """The sets of one vocabulary in a module's namespace: name in lower case → set."""
    return {
        name.lower(): value
        for name, value in module.items()
        if isinstance(value, WordSet) and all(isinstance(word, vocabulary) for word in value)
    }


def snake_case(name: str) -> str:
    """The name of a class as files and tables write it: `SiteVisit` → `site_visit`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
