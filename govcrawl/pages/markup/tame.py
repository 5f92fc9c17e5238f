"""Cuts down markup that would make the parser or a pattern slow, before anything reads it.

Lexbor, like every parser that follows the HTML standard, takes time quadratic in the depth of open
elements and in the attributes of one tag: 200,000 nested `<div>` (1 MB) hold it for three minutes, and 4,000
unclosed `<font>` for eight seconds. The choices of a form cost it the same, and the attributes of a second `<body>`, which
are added to those of the first. No page made for readers comes near the limits below.

Nearly every pattern allows white space between two signs, so in a long run of blanks it starts again at each of them. A reader
of the page does not see how long a run is; runs are shortened.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from govcrawl.pages.markup.open_elements import FORMATTING, OpenElements

MAX_CHARACTERS: Final = 8_000_000
MAX_DEPTH: Final = 400  # nested elements; the deepest real page seen has 61
MAX_OPEN_FORMATTING: Final = 40  # each unclosed <font> is opened again in every later paragraph
MAX_ATTRIBUTES: Final = 300
MAX_OPTIONS: Final = 2_000  # of all forms; further words stand in the last one
MAX_ROOTS: Final = 20  # <html> and <body> whose attributes are added to those of the first

_WINDOW: Final = 8192
_SUSPICIOUS_RISE: Final = 400  # unclosed tags; void elements count too, so ordinary pages reach about 200
_SUSPICIOUS_GAP: Final = 3  # windows without one "<": perhaps a single endless tag
_MANY_TAGS: Final = 20_000  # however deep, fewer hold the parser for a moment only

LONGEST_BLANK: Final = 40  # characters of white space in a row; what is beyond says nothing
_STRIDE: Final = (
    13  # every so many characters one is looked at: three of them in a row stand in any longer run
)

_BLANK: Final = re.compile(rf"\s{{{LONGEST_BLANK + 1},}}+")
_SPACES: Final = re.compile(r"\s{3}")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>?")
_ROOTS: Final = frozenset(["html", "body"])
_COUNTED: Final = re.compile(  # first the letters they begin with: most tags have another, and are passed over sooner
    rf"<(?=/?[bBcCeEfFhHiIoOsStTuU])(/?(?i:{'|'.join(sorted(FORMATTING - {'a', 'nobr'} | {'option', 'html', 'body'}))}))[\s/>]"
)


class Tamed(NamedTuple):
    """Markup that is parsed in moments, and whether it is the whole page: no element, attribute or character left out."""

    markup: str
    whole: bool


def tame(text: str) -> Tamed:
    """The same markup, without nesting, open formatting elements, attributes or choices beyond the limits.

    An unclosed formatting element too many says nothing that a reader sees, and its loss leaves the page whole.
    """
    short = short_blanks(text[:MAX_CHARACTERS])
    whole = len(text) <= MAX_CHARACTERS
    if not _suspicious(short):
        return Tamed(short, whole)
    opened = OpenElements()
    number: Counter[str] = Counter()

    def kept(match: re.Match[str]) -> str:
        nonlocal whole
        closing, name, attributes = match.groups()
        name = name.lower()
        if closing:
            opened.end(name)
            return f"</{name}>"
        number[name] += 1
        if name == "option" and number[name] > MAX_OPTIONS:
            return ""
        too_many = (
            len(attributes) > 2 * MAX_ATTRIBUTES
            and len(attributes.split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES
        )
        if too_many or (name in _ROOTS and number[name] > MAX_ROOTS):
            whole = False
            attributes = ""
        if opened.depth >= MAX_DEPTH:
            whole = False
            return ""
        if name in FORMATTING and name != "a" and opened.formatting >= MAX_OPEN_FORMATTING:
            return ""
        opened.start(name, closed=attributes.endswith("/"))
        return f"<{name}{attributes}>"

    return Tamed(_TAG.sub(kept, short), whole)


def short_blanks(text: str) -> str:
    """The same text with no long run of white space; a run that ended a line still does."""
    if len(text) <= LONGEST_BLANK or not _has_long_blank(text):
        return text
    return _BLANK.sub(_shortened, text)


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
    """Whether the markup may come near one of the limits; a few counts per window."""
    balance = lowest = gap = total = 0
    for start in range(0, len(text), _WINDOW):
        tags = text.count("<", start, start + _WINDOW)
        total += tags
        balance += tags - 2 * text.count("</", start, start + _WINDOW)
        lowest = min(lowest, balance)
        gap = 0 if tags else gap + 1
        if balance - lowest > _SUSPICIOUS_RISE or gap >= _SUSPICIOUS_GAP or total > _MANY_TAGS:
            return True
    return _repeats(text)


def _repeats(text: str) -> bool:
    """Whether formatting elements stay open, or choices and roots come, beyond the limits, though as many tags end as begin."""
    number: Counter[str] = Counter()
    unclosed = 0
    for tag in _COUNTED.findall(text):
        name = tag.lower()
        if name[0] != "/":
            number[name] += 1
            unclosed += name in FORMATTING
        elif number[name[1:]] and name[1:] in FORMATTING:
            number[name[1:]] -= 1
            unclosed -= 1
        if unclosed > MAX_OPEN_FORMATTING:
            return True
    return number["option"] > MAX_OPTIONS or max(number["html"], number["body"]) > MAX_ROOTS
