"""Finds among many texts those that are copies of one document.

Copies share shingles: runs of `SHINGLE` signs (letters, digits, Chinese characters; blanks and marks aside), each as a number.
Of each text the `SKETCH` smallest are kept and compared; so a hundred thousand texts are compared in seconds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from govcrawl.texts.folded import common_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    Signs = NDArray[np.uint32]
    Hashes = NDArray[np.uint64]
    Numbers = NDArray[np.uint64]

SHINGLE: Final = 6  # signs
SKETCH: Final = 48  # shingles of a text
FEWEST_SIGNS: Final = 60  # shorter texts are notices of a line, alike without being copies
_FIRST: Final = 3  # shingles of a sketch that put texts in an order
_APART: Final = 2  # places at most between two texts that are compared
MOST_IN_GROUP: Final = 200  # texts compared at a time
_MORE: Final = 4  # shingles in common that are asked for besides, where a group is too large
_ALIKE: Final = 10  # shingles of two sketches in common
_MOST_CHARACTERS: Final = 100_000  # of a text
_SAME_DOCUMENT: Final = 0.6  # of the shingles of the shorter of two texts: they vote on each other
EDGE: Final = "\ue000" * SHINGLE  # where a text begins and ends
_DIGITS: Final = re.compile(r"\d+")


class Page(NamedTuple):
    """One page that shows a text."""

    site_code: str
    site_name: str
    url: str
    title: str
    published_on: date | None


@dataclass(slots=True)
class Copy:
    """A text with the pages that show it; `signs` are its characters that count, `places` where each stands in it."""

    sha256: str
    text: str
    pages: list[Page]
    signs: str = field(init=False)
    places: NDArray[np.int64] = field(init=False)
    hashes: Hashes = field(init=False)
    once: Hashes = field(init=False)  # each of them once, in order

    def __post_init__(self) -> None:
        signs, self.places = signs_of(self.text)
        self.signs = EDGE + signs.astype("<u4").tobytes().decode("utf-32-le") + EDGE
        self.places = np.pad(self.places, SHINGLE, mode="edge")
        self.hashes = shingles(np.pad(signs, SHINGLE, constant_values=ord(EDGE[0])))
        self.once = np.unique(self.hashes)

    @property
    def weight(self) -> int:
        return len(self.pages)

    def is_copy_of(self, other: Copy) -> bool:
        """Whether both texts are of one document, one of them shorter perhaps."""
        shared = len(np.intersect1d(self.once, other.once, assume_unique=True))
        return shared >= _SAME_DOCUMENT * min(len(self.once), len(other.once))

    def title_numbers(self) -> set[str]:
        return {" ".join(_DIGITS.findall(page.title)) for page in self.pages}

    def days(self) -> list[date]:
        return [page.published_on for page in self.pages if page.published_on is not None]


# ------------------------------------------------------------------------------------- which texts are copies


@cache
def _sign_table() -> Signs:
    """For each code below 65,536 the sign it counts as, in its common form; 0 for what does not count."""
    table = np.zeros(0x10000, dtype=np.uint32)
    for code in (*range(0x30, 0x3A), *range(0x61, 0x7B), *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000)):
        table[code] = code
    for code in (ord("〇"), ord("."), ord("%")):
        table[code] = code
    for code in range(0x41, 0x5B):
        table[code] = code + 32
    for written, common in common_forms().items():
        if written < len(table) and common < len(table):
            table[written] = table[common]
    table[ord("．")], table[ord("％")], table[ord("○")] = ord("."), ord("%"), ord("〇")
    return table


def signs_of(text: str) -> tuple[Signs, NDArray[np.int64]]:
    """The signs of a text that count, and the place of each. A point counts between two digits only."""
    codes = np.frombuffer(text[:_MOST_CHARACTERS].encode("utf-32-le", "replace"), dtype="<u4")
    signs = _sign_table()[np.minimum(codes, 0xFFFF)]
    digit = (signs >= 0x30) & (signs <= 0x39)
    if len(signs) > 2:
        inside = np.zeros(len(signs), dtype=bool)
        inside[1:-1] = digit[:-2] & digit[2:]
        signs = np.where((signs == ord(".")) & ~inside, 0, signs).astype(np.uint32)
    places = np.flatnonzero(signs)
    return signs[places], places


def shingles(signs: Signs) -> Hashes:
    """The number of the run of `SHINGLE` signs that begins at each sign."""
    count = len(signs) - SHINGLE + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for step in range(SHINGLE):
        hashes = hashes * np.uint64(1_000_003) + signs[step : step + count]
    # The smallest numbers are taken as a sample, so they must not follow from the characters' codes.
    hashes = (hashes ^ (hashes >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
    return hashes ^ (hashes >> np.uint64(29))


def sketch(text: str) -> Hashes | None:
    """The smallest shingles of a text, each once; None for a text too short to be told from others."""
    signs, _ = signs_of(text)
    if len(signs) < FEWEST_SIGNS:
        return None
    hashes = np.unique(shingles(signs))
    return hashes[:SKETCH]


def _orders(sketches: Sequence[Hashes]) -> Iterator[NDArray[np.int64]]:
    """Two orders of the texts, by their smallest shingles: copies have most of these in common."""
    smallest = np.array(
        [each[: 2 * _FIRST] if len(each) >= 2 * _FIRST else np.resize(each, 2 * _FIRST) for each in sketches]
    )
    for first in (0, _FIRST):
        yield np.lexsort(smallest[:, first : first + _FIRST].T[::-1])


def _pairs(sketches: Sequence[Hashes], order: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Texts that stand near one another under enough shingles, when those of each shingle are put in an order.

    Pairs as one number each (first text times 2³² and the second, in the order), and how many shingles they share so.
    """
    ranks = np.empty(len(order), dtype=np.uint64)
    ranks[order] = np.arange(len(order), dtype=np.uint64)
    numbers = np.repeat(ranks, [len(each) for each in sketches])
    hashes = np.concatenate(sketches)
    sorting = np.lexsort((numbers, hashes))
    hashes, numbers = hashes[sorting], numbers[sorting]
    beside = []
    for apart in range(1, _APART + 1):
        same = hashes[apart:] == hashes[:-apart]
        beside.append(numbers[:-apart][same] << np.uint64(32) | numbers[apart:][same])
    pairs, together = np.unique(np.concatenate(beside), return_counts=True)
    enough = together >= _ALIKE
    return pairs[enough], together[enough].astype(np.int64)


def groups(sketches: Sequence[Hashes]) -> list[list[int]]:
    """Texts that may be copies of one another, as lists of their numbers; texts without any are left out."""
    if not sketches:
        return []
    found = []
    # Copies stand side by side under most of their shingles, in an order in which they are near one another anyway.
    for order in _orders(sketches):
        pairs, together = _pairs(sketches, order)
        ones, others = order[pairs >> np.uint64(32)], order[pairs & np.uint64(0xFFFFFFFF)]
        found += list(zip(ones.tolist(), others.tolist(), together.tolist(), strict=True))
    return [group for group in _joined(found, _ALIKE) if len(group) > 1]


def _joined(pairs: list[tuple[int, int, int]], fewest: int) -> Iterator[list[int]]:
    """Groups by pairs that share so many shingles; what menus and phrases of many sites join is parted by asking for more."""
    head: dict[int, int] = {}

    def head_of(number: int) -> int:
        while head.setdefault(number, number) != number:
            head[number] = head[head[number]]
            number = head[number]
        return number

    for one, other, together in pairs:
        if together >= fewest:
            head[head_of(one)] = head_of(other)
    members = defaultdict(list)
    for number in sorted(head):
        members[head_of(number)].append(number)
    within = defaultdict(list)
    for pair in pairs:
        if pair[2] >= fewest and len(members[head_of(pair[0])]) > MOST_IN_GROUP:
            within[head_of(pair[0])].append(pair)
    for first, group in members.items():
        if first in within and fewest < SKETCH:
            yield from _joined(within[first], fewest + _MORE)
        else:
            yield group
