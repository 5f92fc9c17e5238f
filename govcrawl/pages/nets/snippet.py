"""The snippet of a page that triggered a net, as a person is shown it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.markup.unfilled import UNFILLED, empty_element

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govcrawl.pages.markup.document import Document

_BEFORE: Final = 24  # characters
_BEHIND: Final = 60
LONGEST: Final = 120
# An empty element of the page's own making: what a script hangs into its shadow stands in no markup, drawn or not.
OWN_ELEMENT: Final = re.compile(
    r"<(\w{1,20}-[\w-]{1,40})\b[^<>]{0,300}>\s{0,20}(?:</\1\s{0,3}>|<template\b)", re.IGNORECASE
)
_BY_STYLE: Final = re.compile(r"""content\s{0,3}:\s{0,3}("[^"]{2,300}"|'[^']{2,300}')""", re.IGNORECASE)


def around(text: str, start: int, end: int) -> str:
    """The words around `text[start:end]` on one line, at most `LONGEST` characters."""
    return " ".join(text[max(0, start - _BEFORE) : end + _BEHIND].split())[:LONGEST]


def caught(pattern: re.Pattern[str], text: str) -> str | None:
    """The first place of `text` that trips a pattern, as a person is shown it; None where it is silent."""
    match = pattern.search(text)
    return around(text, *match.span()) if match is not None else None


def unfilled(text: str, markup: str) -> str | None:
    """A place of a template that nothing has filled in: its words in the shown text, or an empty element of the markup."""
    empty = empty_element(markup)
    return caught(UNFILLED, text) or (None if empty is None else around(markup, *empty.span()))


def words_of_styles(doc: Document) -> str:
    """What the page's own style blocks print (`content: "…"`): readers see it, and no reader of markup does."""
    return "\n".join(words[1][1:-1] for words in _BY_STYLE.finditer(doc.styles)) if doc.styles else ""


def called(
    pattern: re.Pattern[str], attributes: Mapping[str, str | None], names: tuple[str, ...]
) -> str | None:
    """The first of an element's attributes `names` whose value trips a pattern, as `name="value"`."""
    for name in names:
        value = attributes.get(name)
        if value and pattern.search(value[:LONGEST]):
            return f'{name}="{" ".join(value.split())[:LONGEST]}"'
    return None
