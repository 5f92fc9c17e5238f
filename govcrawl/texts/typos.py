"""Finds characters that are probably wrong: usage has another one, or another word of two, alike in sound or shape, in their place.

A place is examined only if no run of three characters over it is known to usage, but a phrase of four with a replacement is. Each
candidate is weighed by the frequency of the runs with it and without it, by the words that both make, and by how well the stretch
divides into words with either. The weights are trees fitted to planted errors (`benchmarks/text/calibrate.py`); the threshold
gives 99 % precision on sentences that were not used for fitting. Every find waits for a person.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from itertools import chain, product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from govcrawl.texts.alike import (
    NEAR,
    SAME,
    SHAPE,
    alone,
    confusable,
    dictionary,
    likeness,
    near_sounds,
    words,
)
from govcrawl.texts.language import LANGUAGE, Language
from govcrawl.texts.marks import Found
from govcrawl.texts.names import region_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govcrawl.texts.folded import Folded

WAY: Final = "crawl"
_STRETCH: Final = re.compile(
    r"[\u4e00-\u9fff]{3,200}"
)  # what is longer without any sign is looked at in pieces
_OFTEN: Final = 300  # of a word of two in the dictionary: met so often that it fills a gap
_USUAL: Final = 10  # sources of a pair of characters that make it no slip
_AROUND: Final = 4  # characters on either side that are divided into words
_AHEAD: Final = 3.0  # by how much a candidate must be more likely to be weighed at all
_AHEAD_IN_RUNS: Final = 1.5  # and by its runs alone
_RUNS_COUNT: Final = 0.7  # of usage, against the words of the dictionary, in that
_MEANT: Final = 3  # times a text has a form from which on it is no slip
_REMEMBERED: Final = 100_000  # stretches whose places are not worked out again


class Correction(NamedTuple):
    """One place, what is proposed for as many characters from there on, and what is known of both."""

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
        found = [
            _mark(folded.text, stretch.start() + place, proposed)
            for stretch in _STRETCH.finditer(folded.text)
            for place, proposed in self._places(stretch[0])
        ]
        times = Counter(each.grouped_as for each in found)
        yield from (each for each in found if times[each.grouped_as] < _MEANT)

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
            and (weight := self._weight(candidate.features)) >= self._model["threshold"]
        ]
        taken: list[tuple[int, str]] = []
        for _, candidate in sorted(weighed, key=lambda each: -each[0]):
            first, last = candidate.place, candidate.place + len(candidate.proposed)
            if all(last < place or place + len(other) < first for place, other in taken):
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


def is_well_known(candidate: Correction) -> bool:
    """Whether the proposed phrase of four characters is language, and the written one is no phrase of three at all.

    Usage is thin wherever a site has a field of its own. Where it does not know the phrase, nothing is concluded.
    """
    return candidate.features[_THREE] == 0 and candidate.features[_SIDE + _FOUR] >= _log(LANGUAGE)


_THREE: Final = 3  # place in the features of the most met run of three, of what is written
_FOUR: Final = 6  # of the most met run of four
_SIDE: Final = 11  # features of what is written; those of what is proposed follow


def _mark(text: str, start: int, proposed: str) -> Found:
    end = start + len(proposed)
    before, after = text[start - 1 : start], text[end : end + 1]
    wrong = f"{before}{text[start:end]}{after}"
    return Found(
        "typo",
        WAY,
        start,
        end,
        proposed,
        f"{likeness(text[start], proposed[0])}：“{wrong}”不见于其他文本，“{before}{proposed}{after}”是通行写法",
        grouped_as=wrong,
    )


@cache
def weights() -> bytes:
    """The trees as they are shipped: what a text was read by."""
    return files("govcrawl.texts").joinpath("language/typos.json").read_bytes()


@cache
def _model() -> dict[str, Any]:
    model: dict[str, Any] = orjson.loads(weights())
    return model


@cache
def _log(number: int) -> float:
    return math.log1p(number)


class Usage:
    """Runs of characters with the number of their sources, and which characters fill a gap in them."""

    def __init__(self, sources: Mapping[str, int]) -> None:
        self.sources = sources
        fillers: defaultdict[str, str] = defaultdict(
            str
        )  # a text is smaller than a set, and no work for the collector
        runs = (run for run in sources if len(run) == 3)
        often = (word for word, number in words().items() if len(word) == 2 and number >= _OFTEN)
        for run in chain(runs, often):
            for gap, character in enumerate(run):
                fillers[f"{run[:gap]}_{run[gap + 1 :]}"] += character
        self._fillers = dict(fillers)

    def fit(self, stretch: str, index: int) -> frozenset[str]:
        """The characters that would make the place part of a run of three in use, or of a frequent word."""
        two_before, after_two = stretch[max(0, index - 2) : index], stretch[index + 1 : index + 3]
        before, after = two_before[-1:], after_two[:1]
        get = self._fillers.get
        none: frozenset[str] = frozenset()
        return none.union(
            get(f"{before}_{after}", "") if before and after else "",
            get(f"{two_before}_", ""),
            get(f"_{after_two}", ""),
            get(f"{before}_", "") if before else "",
            get(f"_{after}", "") if after else "",
        )


@cache
def _words_by_sound() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The two sounds of a word → the words that are heard so."""
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for word in words():
        if len(word) == 2:
            for heard in product(near_sounds(word[0]), near_sounds(word[1])):
                found[heard].append(word)
    return {heard: tuple(heard_so) for heard, heard_so in found.items()}


def _heard_alike(pair: str) -> set[str]:
    """Words of two characters that sound like the pair and share none of them in its place."""
    by_sound = _words_by_sound()
    heard = product(near_sounds(pair[0]), near_sounds(pair[1]))
    return {
        word
        for sound in heard
        for word in by_sound.get(sound, ())
        if word[0] != pair[0] and word[1] != pair[1]
    }


def candidates(stretch: str, usage: Usage) -> Iterator[Correction]:
    """The places of a stretch of Chinese characters that usage speaks against, each with the best that may stand there."""
    sources = usage.sources
    unknown = [begin for begin in range(len(stretch) - 2) if stretch[begin : begin + 3] not in sources]
    strange = _places_in_none_but(unknown, len(stretch))
    doubted = {index for index in strange if not _is_usual(stretch, index, sources)}
    for index in sorted(doubted):
        alike = confusable().get(stretch[index], frozenset()) & usage.fit(stretch, index)
        yield from _best_of(stretch, index, 1, alike, sources)
        if index + 1 in doubted:
            yield from _best_of(stretch, index, 2, _heard_alike(stretch[index : index + 2]), sources)


def _places_in_none_but(runs: list[int], size: int) -> list[int]:
    """The places of a stretch that stand in no runs of three but those that begin there."""
    strange = set(runs)
    return [
        index
        for index in range(size)
        if all(begin in strange for begin in range(max(0, index - 2), min(index, size - 3) + 1))
    ]


def _best_of(
    stretch: str, index: int, size: int, proposals: Iterable[str], sources: Mapping[str, int]
) -> Iterator[Correction]:
    """The best of what is proposed for `size` characters of a stretch, where it is likelier than they are."""
    proposals = list(proposals)
    if not any(_is_phrase(stretch, index, proposed, sources) for proposed in proposals):
        return
    first, last = max(0, index - _AROUND), index + size + _AROUND
    here: _Sight | None = None
    better = []
    for proposed in proposals:
        changed = stretch[:index] + proposed + stretch[index + size :]
        support, runs = _support(changed, index, size, sources)
        here = here or _Sight(*_support(stretch, index, size, sources), _in_words(stretch[first:last]))
        if (by_runs := runs - here.runs) <= _AHEAD_IN_RUNS:
            continue
        by_words = _in_words(changed[first:last]) - here.words
        if (ahead := by_words + _RUNS_COUNT * by_runs) > _AHEAD:
            better.append((ahead, proposed, support, by_words, by_runs))
    if not better or here is None:
        return
    better.sort(key=lambda each: (-each[0], each[1]))
    ahead, proposed, support, by_words, by_runs = better[0]
    written = stretch[index : index + size]
    likes = [likeness(one, other) for one, other in zip(written, proposed, strict=True)]
    yield Correction(
        index,
        proposed,
        [
            *here.support,
            *support,
            by_words,
            by_runs,
            ahead,
            ahead - (better[1][0] if len(better) > 1 else 0.0),
            *(float(all(like == kind for like in likes)) for kind in (SAME, NEAR, SHAPE)),
            min(_log(alone().get(each, 0)) for each in written),
            min(_log(alone().get(each, 0)) for each in proposed),
            float(index == 0),
            float(index + size == len(stretch)),
            float(len(better)),
            float(size),
            float(any(_is_region(stretch, at) for at in range(index, index + size))),
        ],
    )


def _is_phrase(stretch: str, index: int, proposed: str, sources: Mapping[str, int]) -> bool:
    """Whether the proposed characters make a run of four that is language: what `is_well_known` will ask of the best."""
    around = stretch[max(0, index - 3) : index] + proposed + stretch[index + len(proposed) :][:3]
    return any(sources.get(around[begin : begin + 4], 0) >= LANGUAGE for begin in range(len(around) - 3))


class _Sight(NamedTuple):
    """What usage and dictionary know of a place as it is written."""

    support: list[float]
    runs: float
    words: float


def _is_usual(stretch: str, index: int, sources: Mapping[str, int]) -> bool:
    """Whether a pair with the character is usual, or a frequent word."""
    get = sources.get
    counts = words()
    for pair in (stretch[max(0, index - 1) : index + 1], stretch[index : index + 2]):
        if len(pair) == 2 and (get(pair, 0) >= _USUAL or counts.get(pair, 0) >= _OFTEN):
            return True
    return False


def _is_region(stretch: str, index: int) -> bool:
    """Whether the character stands in the name of a region."""
    return any(
        stretch[begin:end] in region_stems()
        for begin in range(max(0, index - 3), index + 1)
        for end in range(max(begin + 2, index + 1), min(len(stretch), begin + 4) + 1)
    )


def _support(stretch: str, index: int, size: int, sources: Mapping[str, int]) -> tuple[list[float], float]:
    """For runs of two, three and four characters with the place: most sources, their sum, the most frequent word; both neighbours.

    Beside it the sum of all: how far usage knows the place.
    """
    entries = dictionary()
    found: list[float] = []
    all_runs = 0.0
    for length in (2, 3, 4):
        most = word = 0
        together = 0.0
        for begin in range(max(0, index - length + 1), min(index + size - 1, len(stretch) - length) + 1):
            run = stretch[begin : begin + length]
            number = sources.get(run, 0)
            most = max(most, number)
            together += _log(number)
            word = max(word, entries.get(run, 0))
        found += [_log(most), together, _log(word)]
        all_runs += together
    left, right = (
        stretch[index - 1 : index + 1] if index else "",
        stretch[index + size - 1 : index + size + 1],
    )
    found.append(_log(sources.get(left, 0)) if left else -1.0)
    found.append(_log(sources.get(right, 0)) if len(right) == 2 else -1.0)
    return found, all_runs


@cache
def _likely() -> Mapping[str, float]:
    """Word of one to four characters → logarithm of its share in all that was read for the dictionary."""
    together = sum(dictionary().values())
    single = {character: math.log((number + 0.5) / together) - 1 for character, number in alone().items()}
    return single | {word: math.log((number or 0.5) / together) for word, number in dictionary().items()}


_UNHEARD: Final = -21.0  # of a character that is no word


def _in_words(window: str) -> float:
    """How likely the characters are as words of the dictionary, in the best division: a logarithm."""
    likely = _likely().get
    best = [0.0]
    for end in range(1, len(window) + 1):
        best.append(
            max(
                best[end - size] + likely(window[end - size : end], _UNHEARD if size == 1 else -1000.0)
                for size in range(1, min(4, end) + 1)
            )
        )
    return best[-1]
