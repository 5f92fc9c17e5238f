"""Patterns whose time may grow faster than the text: they are put to short texts only."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Short:
    """A pattern for names, titles, lines: what is longer than `most` characters is none, and is not looked at."""

    pattern: re.Pattern[str]
    most: int

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if len(text) <= self.most else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.pattern.match(text) if len(text) <= self.most else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.pattern.fullmatch(text) if len(text) <= self.most else None


def short(pattern: str, most: int, flags: re.RegexFlag = re.NOFLAG) -> Short:
    """Compile a pattern for texts of at most `most` characters."""
    return Short(re.compile(pattern, flags), most)


def each(signs: str, rest: str) -> str:
    """Alternatives that begin with one of some signs each.

    A search skips to where an alternative may begin only if all of them begin with a sign of their own; one class among them, and
    every place of the text is tried.
    """
    return "|".join(f"{sign}{rest}" for sign in signs)
