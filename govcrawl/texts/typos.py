"""Finds characters that are probably wrong: usage has another character, alike in sound or shape, in their place.

A place is looked at only when no run of three characters around it is usage. Each candidate is weighed by how often the runs
with it and without it occur, and in how many words of the dictionary. The weights are trees fitted to planted errors
(`benchmarks/text/calibrate.py`); the threshold gives 99 % precision on sentences that were not used for fitting. Every find
waits for a person.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from govcrawl.texts.alike import NEAR, SAME, confusable, dictionary, likeness, words
from govcrawl.texts.marks import Found
from govcrawl.texts.names import region_stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govcrawl.texts.folded import Folded
    from govcrawl.texts.language import Language

WAY: Final = "crawl"
_STRETCH: Final = re.compile(r"[\u4e00-\u9fff]{3,}")
_USUAL: Final = 10  # sources of a pair of characters that make it no slip
_OFTEN: Final = 300  # of a word of two in the dictionary: met so often that it is meant
_MANY_SOURCES: Final = 11  # sources of a run of three from which on its characters are right
_AHEAD: Final = 1.0  # by how much a candidate must be stronger to be weighed at all
_REMEMBERED: Final = 100_000  # stretches whose places are not worked out again


class Correction(NamedTuple):
    """One place, the character proposed for it, and what is known of both."""

    place: int  # in the stretch
    proposed: str
    features: list[float]


class Typos:
    """Finds the places where usage has another character."""

    def __init__(self, language: Language) -> None:
        self._usage = Usage(language.sources)
        self._model = _model()
        self._places_of: dict[str, list[tuple[int, str]]] = {}

    def find(self, folded: Folded) -> Iterator[Found]:
        """Every such place of a text in simplified characters, at most one in a stretch."""
        if folded.traditional:
            return
        for stretch in _STRETCH.finditer(folded.text):
            for place, proposed in self._places(stretch[0]):
                yield _mark(folded.text, stretch.start() + place, proposed)

    def _places(self, stretch: str) -> list[tuple[int, str]]:
        """The places of a stretch, each with the character proposed. Answers are kept: most stretches recur on many pages."""
        places = self._places_of.get(stretch)
        if places is None:
            if len(self._places_of) >= _REMEMBERED:
                self._places_of.clear()
            places = self._places_of[stretch] = self._best(stretch)
        return places

    def _best(self, stretch: str) -> list[tuple[int, str]]:
        weighed = [
            (weight, candidate)
            for candidate in candidates(stretch, self._usage)
            if is_well_known(candidate)
            and not _is_in_word(stretch, candidate.place)
            and (weight := self._weight(candidate.features)) >= self._model["threshold"]
        ]
        taken: list[tuple[int, str]] = []
        for _, candidate in sorted(weighed, key=lambda each: -each[0]):
            if all(abs(candidate.place - other) > 1 for other, _ in taken):
                taken.append((candidate.place, candidate.proposed))
        return taken

    def _weight(self, features: list[float]) -> float:
        """The confidence that the trees give, as a logit."""
        total: float = self._model["start"]
        for tree in self._model["trees"]:
            node = tree
            while isinstance(node, list):
                feature, edge, below, above = node
                node = below if features[feature] <= edge else above
            total += node
        return total


def _is_in_word(stretch: str, place: int) -> bool:
    """Whether a word of the dictionary, however rare, holds the place: 保荐, 党代会."""
    return any(
        stretch[begin : begin + size] in dictionary()
        for size in (2, 3, 4)
        for begin in range(max(0, place - size + 1), min(place, len(stretch) - size) + 1)
    )


def is_well_known(candidate: Correction) -> bool:
    """Whether the proposed phrase of four characters has many sources, and the written one is no phrase of three at all.

    Usage that comes from laws is thin elsewhere. Where it does not have the phrase, nothing is concluded.
    """
    return candidate.features[_THREE] == 0 and candidate.features[_SIDE + _FOUR] >= _log(_PHRASE_SOURCES)


_THREE: Final = 3  # place in the features of the most met run of three, of what is written
_FOUR: Final = 6  # of the most met run of four
_SIDE: Final = 11  # features of what is written; those of what is proposed follow
_PHRASE_SOURCES: Final = 4  # sources of the phrase that is proposed


def _mark(text: str, start: int, proposed: str) -> Found:
    before, after = text[start - 1 : start], text[start + 1 : start + 2]
    wrong = f"{before}{text[start]}{after}"
    return Found(
        "typo",
        WAY,
        start,
        start + 1,
        proposed,
        f"{likeness(text[start], proposed)}：“{wrong}”不见于其他文本，“{before}{proposed}{after}”是通行写法",
        grouped_as=wrong,
    )


@cache
def _model() -> dict[str, Any]:
    content = files("govcrawl.texts").joinpath("language/typos.json").read_bytes()
    model: dict[str, Any] = orjson.loads(content)
    return model


@cache
def _log(number: int) -> float:
    return math.log1p(number)


class Usage:
    """Runs of characters with the number of their sources, and which characters fill a gap in them."""

    def __init__(self, sources: Mapping[str, int]) -> None:
        self.sources = sources
        fillers: defaultdict[str, list[str]] = defaultdict(list)
        runs = (run for run in sources if len(run) == 3)
        often = (word for word, number in words().items() if len(word) == 2 and number >= _OFTEN)
        for run in chain(runs, often):
            for gap, character in enumerate(run):
                fillers[f"{run[:gap]}_{run[gap + 1 :]}"].append(character)
        self._fillers = {gap: frozenset(characters) for gap, characters in fillers.items()}

    def fit(self, stretch: str, index: int) -> frozenset[str]:
        """The characters that would make the place part of a run of three in use, or of a frequent word."""
        two_before, after_two = stretch[max(0, index - 2) : index], stretch[index + 1 : index + 3]
        before, after = two_before[-1:], after_two[:1]
        none: frozenset[str] = frozenset()
        get = self._fillers.get
        return none.union(
            get(f"{before}_{after}", none) if before and after else none,
            get(f"{two_before}_", none),
            get(f"_{after_two}", none),
            get(f"{before}_", none) if before else none,
            get(f"_{after}", none) if after else none,
        )


def candidates(stretch: str, usage: Usage) -> Iterator[Correction]:
    """The places of a stretch of Chinese characters that usage speaks against, each with the best character for it."""
    sources = usage.sources
    for index, character in enumerate(stretch):
        if _is_usual(stretch, index, sources):
            continue
        alike = confusable().get(character, frozenset()) & usage.fit(stretch, index)
        if not alike:
            continue
        here = _support(stretch, index, sources)
        strength = _strength(here)
        best: list[tuple[float, str, list[float]]] = []
        for other in alike:
            there = _support(stretch[:index] + other + stretch[index + 1 :], index, sources)
            if (stronger := _strength(there)) > strength + _AHEAD:
                best.append((stronger, other, there))
        if not best:
            continue
        best.sort(reverse=True)
        stronger, other, there = best[0]
        like = likeness(character, other)
        yield Correction(
            index,
            other,
            [
                *here,
                *there,
                stronger - strength,
                stronger - (best[1][0] if len(best) > 1 else strength),
                float(like == SAME),
                float(like == NEAR),
                float(index == 0),
                float(index == len(stretch) - 1),
                float(len(best)),
            ],
        )


def _is_usual(stretch: str, index: int, sources: Mapping[str, int]) -> bool:
    """Whether the character stands as others write it, or in the name of a region."""
    get = sources.get
    for begin in range(max(0, index - 2), min(index, len(stretch) - 3) + 1):
        if get(stretch[begin : begin + 3], 0) > _MANY_SOURCES:
            return True
    for begin in range(max(0, index - 3), min(index, len(stretch) - 4) + 1):
        if get(stretch[begin : begin + 4], 0) > 1:
            return True
    dictionary = words()
    for pair in (stretch[max(0, index - 1) : index + 1], stretch[index : index + 2]):
        if len(pair) == 2 and (get(pair, 0) >= _USUAL or dictionary.get(pair, 0) >= _OFTEN):
            return True
    return any(
        stretch[begin:end] in region_stems()
        for begin in range(max(0, index - 3), index + 1)
        for end in range(max(begin + 2, index + 1), min(len(stretch), begin + 4) + 1)
    )


def _support(stretch: str, index: int, sources: Mapping[str, int]) -> list[float]:
    """For runs of two, three and four characters with the place: most sources, their sum, the most frequent word; both neighbours."""
    dictionary = words()
    found: list[float] = []
    for size in (2, 3, 4):
        most = word = 0
        together = 0.0
        for begin in range(max(0, index - size + 1), min(index, len(stretch) - size) + 1):
            run = stretch[begin : begin + size]
            number = sources.get(run, 0)
            most = max(most, number)
            together += _log(number)
            word = max(word, dictionary.get(run, 0))
        found += [_log(most), together, _log(word)]
    left, right = stretch[index - 1 : index + 1] if index else "", stretch[index : index + 2]
    found.append(_log(sources.get(left, 0)) if left else -1.0)
    found.append(_log(sources.get(right, 0)) if len(right) == 2 else -1.0)
    return found


def _strength(support: list[float]) -> float:
    return (
        0.5 * support[0]
        + 0.3 * support[2]
        + 1.5 * support[3]
        + 0.8 * support[5]
        + 2 * support[6]
        + 1.2 * support[8]
    )
