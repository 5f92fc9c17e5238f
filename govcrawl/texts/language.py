"""Common usage: runs of two to four characters, each with the number of independent sources that use it.

A source is a site of the crawl, a law, or a correct text of the office. A run that two unrelated sources use is normal usage; one
that a single source uses may be its mistake. The laws of the People's Republic and sentences of official documents are included
from the start (`language/`); the crawl and `govcrawl text --learn` add to them.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from govcrawl.records.errors import UserError
from govcrawl.records.whole import write_whole
from govcrawl.texts import grown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LANGUAGE: Final = 2  # sources from which on it is usage
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_MOST: Final = 3_000_000  # runs held in memory; the rarest give way


def runs_of(text: str) -> set[str]:
    """Every run of two to four Chinese characters of a text, each once."""
    found: set[str] = set()
    for stretch in _HAN.findall(text):
        for size in grown.SIZES:
            found.update(stretch[start : start + size] for start in range(len(stretch) - size + 1))
    return found


class Language:
    """Runs of characters and how many sources use each."""

    def __init__(self, sources: dict[str, int]) -> None:
        self.sources = sources

    @classmethod
    def of(cls, learned: Iterable[Path] = ()) -> Language:
        """The language of the laws, and what the office and the crawl have added."""
        found = _shipped().copy()
        for path in learned:
            if path.name == grown.FILE:
                found.update(grown.Grown.of(path).usage(LANGUAGE, _MOST))
            elif path.is_file():
                found.update(_read(path.read_bytes(), str(path)))
        return cls(dict(found))

    @staticmethod
    def of_file(name: str) -> dict[str, int]:
        """The usage of one shipped file."""
        return _read(files("govcrawl.texts").joinpath(f"language/{name}").read_bytes(), name)

    def attested(self, text: str, start: int, end: int) -> bool:
        """Whether the characters from `start` to before `end` stand in a run of three or four that is usage."""
        sources = self.sources
        for size in (3, 4):
            for begin in range(max(0, end - size), min(start, len(text) - size) + 1):
                if sources.get(text[begin : begin + size], 0) >= LANGUAGE:
                    return True
        return False


@cache
def _shipped() -> Counter[str]:
    """The usage shipped with the project; a night reads its own pages by it, then those of the sites."""
    found = Counter(Language.of_file("laws.txt.xz"))
    found.update(Language.of_file("official.txt.xz"))
    return found


def learn(texts: Iterable[str]) -> Counter[str]:
    """Count in how many of the texts each run stands. Each text is a source; runs of a single source are dropped."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update(runs_of(text))
        if len(found) > _MOST:
            found = Counter({run: number for run, number in found.items() if number > 1})
    return found


def write(path: Path, counts: Counter[str], fewest: int = LANGUAGE) -> None:
    """Keep what was learned, as lines of `run number`."""
    lines = "".join(f"{run} {number}\n" for run, number in sorted(counts.items()) if number >= fewest)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, lzma.compress(lines.encode(), preset=6))


def _read(content: bytes, place: str) -> dict[str, int]:
    try:
        lines = lzma.decompress(content).decode().splitlines()
        pairs = (line.split(" ") for line in lines)
        return {run: int(number) for run, number in pairs}
    except (lzma.LZMAError, ValueError) as error:
        raise UserError(
            f"{place}: no list of usage ({error}). Remove it and learn again: govcrawl text --learn"
        ) from error
