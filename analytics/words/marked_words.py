"""The words by which the place of a fault is found again on its page, taken from the evidence of the check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from govcrawl.invisible import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MARKED: Final = re.compile(r"【(.+?)】")
_MASK: Final = re.compile(r"(?:\\\*){4,}")  # as `re.escape` writes it
_FEWEST_STARS: Final = 4
_BETWEEN: Final = rf"(?:\s|<[^<>]{{1,200}}>|&[#\w]{{1,9}};|[{INVISIBLE}]){{0,8}}"
_LONGEST_CONTEXT: Final = 40  # characters by which words are found together with what stands around them


def marked_words(facts: Mapping[str, Any]) -> Iterator[str]:
    """The wrong words among those around them, then alone; then what the check names as words of the page."""
    if marked := _MARKED.search(str(facts.get("excerpt") or "")):
        before, after = marked.string[: marked.start()], marked.string[marked.end() :]
        room = max(0, _LONGEST_CONTEXT - len(marked[1])) // 2
        yield before[len(before) - min(room, len(before)) :] + marked[1] + after[:room]
        yield marked[1]
    for words in (facts.get("anchor_text"), facts.get("title")):
        if isinstance(words, str) and len(words) > 1:
            yield words


def pattern_of(words: str) -> re.Pattern[str]:
    """The words as they stand on the page: blanks as they come, and what is masked as any character."""
    pieces = (
        _MASK.sub(lambda stars: f".{{{len(stars[0]) // 2}}}", re.escape(each)) for each in words.split()
    )
    return re.compile(r"\s*".join(pieces))


def pattern_in_markup(words: str) -> re.Pattern[str]:
    """The same in the source of a page: tags, references and what nobody sees may stand between two characters."""
    masks = words.count("*") >= _FEWEST_STARS
    characters = ("." if masks and each == "*" else re.escape(each) for each in "".join(words.split()))
    return re.compile(_BETWEEN.join(characters))
