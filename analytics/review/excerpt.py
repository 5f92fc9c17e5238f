"""The words around the place of a fault on its stored page, so that a clerk can decide without opening the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from selectolax.lexbor import LexborHTMLParser

from govcrawl.pages.markup.charset import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govcrawl.records.evidence import Copy

_AROUND = 80  # characters each side
_WORD_KEYS = ("doubt", "anchor_text", "title")  # of the evidence: words that stand on the page


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a page, the place in question between those around it."""

    before: str
    marked: str
    after: str


def page_words(copy: Copy) -> str:
    """What a reader sees of a stored page, on one line; empty for what is no HTML."""
    if "html" not in copy.content_type.lower():
        return ""
    tree = LexborHTMLParser(decode(copy.body, copy.content_type).text)
    for node in tree.css("script, style, noscript, template"):
        node.decompose()
    return " ".join((tree.body.text(separator=" ") if tree.body else "").split())


def excerpt(fault: Mapping[str, Any], words: str) -> Excerpt | None:
    """The first place of `words` that holds what the fault speaks of; None where the page does not hold it.

    `words` may be an excerpt that the check took itself. What is absent stands nowhere, so many faults have no excerpt.
    """
    evidence = orjson.loads(fault["evidence"])
    for words_sought in (fault["observed"], *(evidence.get(key) for key in _WORD_KEYS)):
        sought = " ".join(str(words_sought or "").split())
        at = words.find(sought) if len(sought) > 1 else -1
        if at >= 0:
            end = at + len(sought)
            return Excerpt(
                ("…" if at > _AROUND else "") + words[max(0, at - _AROUND) : at],
                words[at:end],
                words[end : end + _AROUND] + ("…" if len(words) > end + _AROUND else ""),
            )
    return None
