"""Cuts down markup that would make the parser or a pattern slow, before anything reads it.

Lexbor, like every parser that follows the HTML standard, takes time quadratic in the depth of open
elements and in the attributes of one tag: 200,000 nested `<div>` (1 MB) hold it for three minutes, and 4,000
unclosed `<font>` for eight seconds. No page made for readers comes near the limits below.

Nearly every pattern allows white space between two signs, so in a long run of blanks it starts again at each of them. A reader
of the page does not see how long a run is; runs are shortened.
"""

from __future__ import annotations

import re

MAX_CHARACTERS = 8_000_000
MAX_DEPTH = 400  # nested elements; the deepest real page seen has 61
MAX_OPEN_FORMATTING = 40  # each unclosed <font> is opened again in every later paragraph
MAX_ATTRIBUTES = 300

_WINDOW = 8192
_SUSPICIOUS_RISE = 400  # unclosed tags; void elements count too, so ordinary pages reach about 200
_SUSPICIOUS_GAP = 3  # windows without one "<": perhaps a single endless tag

LONGEST_BLANK = 40  # characters of white space in a row; what is beyond says nothing
_STRIDE = 13  # every so many characters one is looked at: three of them in a row stand in any longer run

_BLANK = re.compile(rf"\s{{{LONGEST_BLANK + 1},}}+")
_SPACES = re.compile(r"\s{3}")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^>]*)>?")
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_NEVER_NESTED = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "html",
        "head",
        "body",
        "script",
        "style",
        "title",
    ]
)


def tame(text: str) -> str:
    """The same markup, without nesting, open formatting elements or attributes beyond the limits."""
    text = short_blanks(text[:MAX_CHARACTERS])
    if not _suspicious(text):
        return text
    depth = 0
    formatting = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth, formatting
        closing, name, attributes = match.groups()
        name = name.lower()
        if (
            len(attributes) > 2 * MAX_ATTRIBUTES
            and len(attributes.split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES
        ):
            attributes = ""
        if name not in _NEVER_NESTED and not attributes.endswith("/"):
            step = -1 if closing else 1
            too_deep = max(depth, depth + step) > MAX_DEPTH
            depth = max(depth + step, 0)
            if name in _FORMATTING:
                too_deep = too_deep or max(formatting, formatting + step) > MAX_OPEN_FORMATTING
                formatting = max(formatting + step, 0)
            if too_deep:
                return ""
        return f"<{closing}{name}{attributes}>"

    return _TAG.sub(kept, text)


def short_blanks(text: str) -> str:
    """The same text with no long run of white space; a run that ended a line still does."""
    return _BLANK.sub(_shortened, text) if _has_long_blank(text) else text


def _has_long_blank(text: str) -> bool:
    """Whether a long run may be there: it covers three in a row of the characters that are looked at, and what is between."""
    found = _SPACES.search(looked_at := text[::_STRIDE])
    while found is not None:
        at = found.start() * _STRIDE
        if text[at : at + 2 * _STRIDE + 1].isspace():
            return True
        found = _SPACES.search(looked_at, found.start() + 1)
    return False


def _shortened(blank: re.Match[str]) -> str:
    run = blank[0]
    return run[: LONGEST_BLANK - 1] + ("\n" if "\n" in run else run[-1])


def _suspicious(text: str) -> bool:
    """Whether opening tags outrun closing ones anywhere, or one tag may never end; a few counts per window."""
    balance = lowest = gap = 0
    for start in range(0, len(text), _WINDOW):
        tags = text.count("<", start, start + _WINDOW)
        balance += tags - 2 * text.count("</", start, start + _WINDOW)
        lowest = min(lowest, balance)
        gap = 0 if tags else gap + 1
        if balance - lowest > _SUSPICIOUS_RISE or gap >= _SUSPICIOUS_GAP:
            return True
    return False
