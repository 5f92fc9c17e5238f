"""What labelled section names of other sites say about a name the table of phrases is not sure of.

A naive Bayes over the pieces of one to three characters that a name holds and ends in. It knows no reasons, so it
is asked only where the phrases leave room for doubt, and shows the names it goes by.
"""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_PIECE: Final = 3
_SMOOTHING: Final = 0.1
_WORD: Final = 2  # characters of a piece that may decide; one says nothing (会见 and 征求意见)
_MOSTLY: Final = (
    0.6  # of the names with a piece; what stands in names of many classes says nothing (教育经费管理)
)
_SHOWN: Final = 2  # examples given as a reason


class _Learned(NamedTuple):
    names: dict[str, list[str]]  # by class
    pieces: dict[str, Counter[str]]  # by class: in how many of its names a piece stands
    shared: frozenset[str]  # pieces of more than one name


def likeliest(name: str, lead: float) -> tuple[str, list[str]] | None:
    """The class whose names are most like this one, with the closest of them.

    None unless it is ahead of the next class by `lead` (a logarithm of odds).
    """
    learned = _learned()
    pieces = [piece for piece in _pieces(name) if piece in learned.shared]
    if not pieces:
        return None
    total = sum(map(len, learned.names.values()))

    def score(section_class: str) -> float:
        number, counted = len(learned.names[section_class]), learned.pieces[section_class]
        shares = (math.log((counted[piece] + _SMOOTHING) / (number + 2)) for piece in pieces)
        return math.log(number / total) / 2 + sum(shares)

    best, second = sorted(learned.names, key=score, reverse=True)[:2]
    if score(best) - score(second) < lead:
        return None
    own = set(_pieces(name))
    alike = sorted(learned.names[best], key=lambda each: -len(own & set(_pieces(each))))
    return (best, alike[:_SHOWN]) if any(_speaks_for(best, piece, learned) for piece in own) else None


def _speaks_for(section_class: str, piece: str, learned: _Learned) -> bool:
    """Whether a piece is a word, and one that stands mostly in names of the class."""
    own = learned.pieces[section_class][piece]
    total = sum(counted[piece] for counted in learned.pieces.values())
    return len(piece.rstrip("$")) >= _WORD and own > 0 and own >= _MOSTLY * total


def _pieces(name: str) -> Iterator[str]:
    found = {
        name[start : start + length]
        for length in range(1, _LONGEST_PIECE + 1)
        for start in range(len(name) - length + 1)
    }
    yield from sorted(found)
    yield from (f"{name[-length:]}$" for length in range(1, _LONGEST_PIECE + 1) if len(name) >= length)


@cache
def _learned() -> _Learned:
    names: dict[str, list[str]] = defaultdict(list)
    pieces: dict[str, Counter[str]] = defaultdict(Counter)
    table = (files(__package__) / "section_names.csv").read_text("utf-8")
    for row in csv.DictReader(table.splitlines()):
        names[row["class"]].append(row["name"])
        pieces[row["class"]].update(_pieces(row["name"]))
    standing = sum(pieces.values(), Counter[str]())
    return _Learned(
        dict(names), dict(pieces), frozenset(piece for piece, times in standing.items() if times > 1)
    )
