"""One text read for everything that the text alone shows: names, wrong words, mojibake, private data."""

from __future__ import annotations

import hashlib
import logging
from functools import cached_property
from typing import TYPE_CHECKING, Final

from govcrawl.records.items import TextReading
from govcrawl.records.states import TextState
from govcrawl.texts import garbled, grown, private
from govcrawl.texts.folded import fold
from govcrawl.texts.language import Language
from govcrawl.texts.marks import marks_of
from govcrawl.texts.names import Names
from govcrawl.texts.typos import Typos, weights
from govcrawl.texts.word_lists import load_lists
from govcrawl.texts.wrong import WrongWords

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govcrawl.texts.marks import Found
    from govcrawl.texts.word_lists import Lists

logger = logging.getLogger(__name__)

MAX_CHARACTERS: Final = 1_000_000  # of one text; the rest is not looked at, and the reading says so
MOST_PLACES: Final = 1_000  # of one text and way; more is a page of nothing else
LISTS: Final = "lists"  # folder of the data directory: names.csv, wrong_words.csv, laws.csv of the office
LANGUAGE: Final = "language"  # folder of the data directory: what was learned
VERSION: Final = "1"  # of the rules in here: texts are read anew when it changes


class Reader:
    """Reads texts by one set of lists. What takes seconds to prepare is prepared for the first text."""

    def __init__(self, lists: Lists, language: Callable[[], Language], office: Path | None = None) -> None:
        self.office = office  # the data directory whose lists and language it reads by
        self._lists = lists
        self._language = language
        self.read_by = hashlib.sha256(f"{VERSION}{lists}".encode() + weights()).hexdigest()[:16]

    @classmethod
    def of(cls, data: Path | None) -> Reader:
        """Make a reader by the starter lists and language, and what the office keeps in its data directory."""
        if data is None:
            return cls(load_lists(), Language.of)
        learned = [*sorted((data / LANGUAGE).glob("*.txt.xz")), data / LANGUAGE / grown.FILE]
        return cls(load_lists(data / LISTS), lambda: Language.of(learned), data)

    @cached_property
    def _ways(self) -> tuple[Names, WrongWords, Typos]:
        """What looks through a text, one after the other."""
        language = self._language()
        return Names(self._lists, language), WrongWords(self._lists), Typos(language)

    def read(self, sha256: str, text: str, published_on: str | None) -> TextReading:
        """Everything wrong in a text that was published on a day; a text that breaks the reader says so."""
        ways = self._ways  # outside of `try`: what cannot be prepared is no fault of the text
        try:
            return self._read(ways, sha256, text, published_on)
        except Exception:  # one text must not cost the others
            logger.exception("text %s cannot be read", sha256)
            return TextReading(sha256, self.read_by, len(text), TextState.UNREADABLE)

    def _read(
        self, ways: tuple[Names, WrongWords, Typos], sha256: str, text: str, published_on: str | None
    ) -> TextReading:
        folded = fold(text[:MAX_CHARACTERS])
        secrets = private.places(folded.text)
        shown = private.masked(folded, secrets) if secrets else folded.written
        names, wrong, typos = ways
        found: list[Found] = []
        crowded = False
        for way in (
            garbled.find(folded),
            private.found(secrets),
            names.find(folded, published_on),
            wrong.find(folded),
            typos.find(folded),
        ):
            for number, place in enumerate(way):
                if number >= MOST_PLACES:
                    crowded = True
                    break
                found.append(place)
        marks, left = marks_of(folded, _once(found), shown)
        state = TextState.CROWDED if crowded or left else TextState.READ
        return TextReading(
            sha256, self.read_by, len(text), TextState.CUT if len(text) > MAX_CHARACTERS else state, marks
        )


def _once(found: list[Found]) -> list[Found]:
    """Of places that several ways found, the first; nothing else is said of a garbled passage."""
    taken: list[Found] = []
    ends: list[tuple[int, int, str]] = []
    for each in found:
        if each.check_id in ("typo", "misstatement", "sensitive-word") and any(
            each.start < end and start < each.end for start, end, _ in ends
        ):
            continue
        ends.append((each.start, each.end, each.check_id))
        taken.append(each)
    return taken
