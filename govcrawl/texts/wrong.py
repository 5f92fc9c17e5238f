"""Finds words that are wrong in every context, except in the contexts that their row of the list names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from govcrawl.texts.alike import words
from govcrawl.texts.marks import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.texts.folded import Folded
    from govcrawl.texts.word_lists import Lists, WrongWord

WAY: Final = "lists"
_TITLES: Final = {"typo": "错别字", "misstatement": "不当表述", "sensitive-word": "不规范或歧视性用语"}


class WrongWords:
    """All wrong words of the lists, ready to be looked for."""

    def __init__(self, lists: Lists) -> None:
        self._words = lists.wrong
        self._search = AhoCorasick([word.wrong for word in lists.wrong], matchkind=MatchKind.Standard)

    def find(self, folded: Folded) -> Iterator[Found]:
        """Every place of a wrong word, outside the contexts in which it is right."""
        text = folded.text
        for pattern, start, end in self._search.find_matches_as_indexes(text, overlapping=True):
            word = self._words[pattern]
            if _in_context(text, start, word) or _by_chance(text, start, end):
                continue
            right = "" if word.right.startswith("（") else word.right
            reason = f"{_TITLES[word.kind]}（{word.severity}）" + (
                f"，依据：{word.source}" if word.source else ""
            )
            yield Found(word.kind, WAY, start, end, right, reason, certain=word.kind == "typo")


def _in_context(text: str, start: int, word: WrongWord) -> bool:
    for context in word.contexts:
        at = context.find(word.wrong)
        while at >= 0:
            if text.startswith(context, max(0, start - at)) and start >= at:
                return True
            at = context.find(word.wrong, at + 1)
    return False


def _by_chance(text: str, start: int, end: int) -> bool:
    """Whether two characters meet only by chance: the first ends one word, or the second begins another."""
    if end - start != 2:
        return False
    dictionary = words()
    return (
        text[start - 1 : start + 1] in dictionary
        or text[start + 1 : end + 1] in dictionary
        or text[start - 2 : start + 1] in dictionary
        or text[start + 1 : end + 2] in dictionary
    )
