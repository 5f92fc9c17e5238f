"""Removes the lines of a site's template from markup before a few words are searched in it.

Menus, style sheets and scripts are repeated on every page of a site, line by line. Each such line is searched once, and after that
only the lines that are new on a page.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST: Final = 10_000  # lines remembered for one set of words
_LONGEST: Final = 1_000  # characters of such a line; longer ones are seldom the same twice


class TemplateLines:
    """Lines known to hold none of some words; the words must not hold a line break."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(dict.fromkeys(words))
        self._quiet: set[str] = set()

    def without(self, text: str) -> str:
        """A text without lines that are known to hold none of the words; every word it holds is in what is left."""
        quiet = self._quiet
        fresh = [line for line in text.split("\n") if line not in quiet]
        left = "\n".join(fresh)
        short = [line for line in fresh if len(line) <= _LONGEST]
        together = "\n".join(short)
        held = [word for word in self._words if word in together]
        if len(quiet) > _MOST:
            quiet.clear()
        silent = (line for line in short if not any(word in line for word in held))
        quiet.update(islice(silent, _MOST))
        return left
