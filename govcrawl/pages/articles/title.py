"""The title of an article, and where on the page it is shown.

It is the official ArticleTitle, or what `<title>` begins with if a day follows, or else the line with the strongest signs
(`govcrawl.pages.articles.headline`). The place matters as much as the words: the particulars follow it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from govcrawl.pages.articles.headline import LONGEST, SEPARATORS, SHORT, TRAIL, headline, is_of_template
from govcrawl.pages.markup.content import content_lines
from govcrawl.pages.markup.foot import foot_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.pages.markup.document import Document

_EDGES = " \t\r\u3000\xa0【】[]·>»"
_BRACKETED = re.compile(r"【([^【】]*)】")
_DAY = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_COLON = re.compile(r"[：:∶]")
_BELOW = 160  # characters below a title in which its day stands
_ANCHORING = 14  # characters of a text's first line that are looked for
_MOST_TRIES = 1000


class Title(NamedTuple):
    """The title and its place in the shown text (`Document.text`); `end` is None where it is not shown."""

    text: str
    start: int
    end: int | None


@lru_cache(maxsize=2)
def shown_title(document: Document) -> Title | None:
    """The article's title; None on a page without one (a home page, a list)."""
    text = document.text
    body = start_of_body(document)
    official = _official(document)
    best: Title | None = None
    unseen: Title | None = None
    for name in dict.fromkeys((*((official,) if official else ()), *_named(document))):
        place = _place(text, name, body)
        if place is None:
            unseen = unseen or Title(name, 0, None)
        elif best is None or _closer(place, best, body):
            best = Title(name, *place)
    if best is None or not (best.text == official or _is_announced(document, best, body)):
        likeliest = headline(document, body, foot_of(document))
        best = Title(*likeliest) if likeliest is not None else best
    found = best or unseen
    return found._replace(text=official) if found is not None and official else found


def _is_announced(document: Document, title: Title, body: int | None) -> bool:
    """Whether `<title>` begins with the name, or is it, and a day stands right below it: no doubt is left."""
    whole = "".join((document.title or "").split())
    name = "".join(title.text.split())
    if body is None or title.end is None or title.start > body or not whole.startswith(name):
        return False
    text = document.text
    below = text[title.end : min(title.end + _BELOW, body)]
    day = _DAY.search(below)
    if day is None or TRAIL.search(below) or not _are_particulars(below[: day.start()]):
        return False
    return text.find(title.text, body) < 0  # the site's own name stands in its foot as well


def _are_particulars(between: str) -> bool:
    """Whether what stands between a title and its day is nothing but labels and their values."""
    before = ""
    for line in filter(None, map(str.strip, between.split("\n"))):
        if not (_COLON.search(line) or _COLON.search(before[-1:])):
            return False
        before = line
    return True


def _closer(place: tuple[int, int], best: Title, body: int | None) -> bool:
    """Whether a showing is the likelier title: above the text, next to it, then the longer name."""
    if body is None:
        return False
    above, best_above = place[0] <= body, best.start <= body
    if above != best_above:
        return above
    return above and place[0] > best.start


def _official(document: Document) -> str:
    """The official ArticleTitle, however short; empty where it is a template's own word or missing."""
    for attributes in document.metas:
        if (attributes.get("name") or "").lower() == "articletitle":
            name = " ".join((attributes.get("content") or "").split())
            return "" if is_of_template(name) or len(name) > LONGEST else name
    return ""


def _named(document: Document) -> Iterator[str]:
    """What `<h1>` and `<title>` call the page."""
    for node in document.tree.css("h1")[:3]:
        yield from _possible(node.text())
    whole = document.title or ""
    parts = [match.start() for match in SEPARATORS.finditer(whole)][:8]
    for end in [len(whole), *reversed(parts)]:
        yield from _possible(whole[:end])


def _possible(name: str) -> Iterator[str]:
    name = " ".join(name.split())
    whole = _BRACKETED.fullmatch(name)
    name = whole[1].strip() if whole is not None else name
    if SHORT <= len(name) <= LONGEST and name[-1] not in "：:" and not is_of_template(name):
        yield name  # what ends in a colon addresses the readers: 各有关单位：


def start_of_body(document: Document) -> int | None:
    """Where in the shown text the article's own text begins."""
    for line in content_lines(document)[:1]:
        position = _find(document.text, line[:_ANCHORING])
        if position is not None:
            return position[0]
    return None


def _place(text: str, name: str, body: int | None) -> tuple[int, int] | None:
    """The last showing of the name above the text (earlier ones stand in the breadcrumbs), else the first.

    Only where it is a run of its own: inside a sentence, or in the name of the source, it is no title.
    """
    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    found = _find(text, name)
    while found is not None:
        if _is_run(text, *found):
            if body is not None and found[0] > body:
                break
            first = first or found
            last = found
        found = _find(text, name, found[1])
    if body is None:
        return first
    return last or found


def _is_run(text: str, start: int, end: int) -> bool:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    behind = text[end : max(text.find("\n", end), end) if "\n" in text[end:] else len(text)]
    return len(before.strip(_EDGES)) == 0 and len(behind.strip(_EDGES)) == 0


def _find(text: str, name: str, start: int = 0) -> tuple[int, int] | None:
    """`name` in the text, whatever white space stands in between."""
    position = text.find(name, start)
    if position >= 0:
        return position, position + len(name)
    squeezed = "".join(name.split())
    for _ in range(_MOST_TRIES if squeezed else 0):
        position = text.find(squeezed[0], start)
        if position < 0:
            return None
        end = _end_of(text, squeezed, position)
        if end is not None:
            return position, end
        start = position + 1
    return None


def _end_of(text: str, squeezed: str, start: int) -> int | None:
    """Where a name that begins at `start` ends, whatever white space stands between its characters."""
    end = start
    for character in squeezed:
        while end < len(text) and text[end].isspace():
            end += 1
        if text[end : end + 1] != character:
            return None
        end += 1
    return end
