"""The title of an article, and where on the page it is shown.

The official ArticleTitle, `<h1>`, the longest part of `<title>` that is shown, what the markup calls a title, or
the line above the particulars. The place matters as much as the words: what follows it are the particulars.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from govcrawl.pages.markup.content import content_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.pages.markup.document import Document

_SEPARATORS = re.compile(r"\s*(?:[_|｜–—]+|－+|-+|\s-\s|>|»)\s*")
_CALLED_TITLE = "[class*=title], [class*=Title], [id*=title], [id*=Title], [class*=biaoti], [class*=headline], .bt, .tit, h2, h3"
_PLACEHOLDER = re.compile(r"[\W_]*(?:文章标题|标题|ArticleTitle|正文标题|title)?[\W_]*", re.IGNORECASE)
_PARTICULAR = re.compile(
    r"(?:时间|日期|来源|作者|编辑|浏览|阅读|点击|次数|电话|位置|邮编|地址|字号|分类|机构|索引号|主题词|责编|主办|承办)\s*[：:]|(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]|打印|关闭|字体|当前位置|首页|分享|^[\W\d]+$"
)
_LABEL = re.compile(r"(?:时间|日期|期限|日|期|时|于|至)\s*$")
_ABOVE_DATE = re.compile(
    r"(?m)^[ \t]*(\S[^\n]{2,40}?)[ \t]*\n\s*(?:(?:发布)?(?:时间|日期)\s*[：:]\s*)?(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}"
)
_EDGES = " \t\r\u3000\xa0【】[]·>»"
_MIN_TITLE = 6  # characters; a shorter `<title>` part is a section's name
_MAX_TITLE = 160
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
    fallback: Title | None = None
    for name in dict.fromkeys((*_possible(official), *_named(document))):
        place = _place(text, name, body)
        if place is None:
            fallback = fallback or Title(name, 0, None)
        elif best is None or _closer(place, best, body):
            best = Title(name, *place)
    found = (
        best or _called_title(document, body) or _line_above(text, body) or _line_above_date(text) or fallback
    )
    return found._replace(text=official) if found is not None and official else found


def _closer(place: tuple[int, int], best: Title, body: int | None) -> bool:
    """Whether a showing is the likelier title: above the text, next to it, then the longer name."""
    if body is None:
        return False
    above, best_above = place[0] <= body, best.start <= body
    if above != best_above:
        return above
    return above and place[0] > best.start


def _official(document: Document) -> str:
    for node in document.tree.css("meta[name]"):
        attributes = node.attributes
        if (attributes.get("name") or "").lower() == "articletitle":
            return next(_possible(attributes.get("content") or ""), "")
    return ""


def _named(document: Document) -> Iterator[str]:
    """What `<h1>` and `<title>` call the page."""
    for node in document.tree.css("h1")[:3]:
        yield from _possible(node.text())
    whole = document.title or ""
    parts = [match.start() for match in _SEPARATORS.finditer(whole)][:8]
    for end in [len(whole), *reversed(parts)]:
        yield from _possible(whole[:end].strip("【】 "))


def _possible(name: str) -> Iterator[str]:
    name = " ".join(name.split())
    if _MIN_TITLE <= len(name) <= _MAX_TITLE and name[-1] not in "：:" and not _PLACEHOLDER.fullmatch(name):
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


def _called_title(document: Document, body: int | None) -> Title | None:
    """The longest element that the markup calls a title and that stands above the text."""
    best: Title | None = None
    if document.seen is None:
        return None
    for node in document.seen.css(_CALLED_TITLE)[:40]:
        name = " ".join(node.text().split())
        if (
            not _MIN_TITLE + 2 <= len(name) <= _MAX_TITLE
            or node.css_first("a, li, p")
            or _PARTICULAR.search(name)
        ):
            continue
        place = _find(document.text, name)
        if place is None or (body is not None and place[0] > body):
            continue
        if best is None or len(name) > len(best.text):
            best = Title(name, *place)
    return best


def _line_above_date(text: str) -> Title | None:
    """The line right above the only dated one: an article that is nothing but a picture, under a short title."""
    found = list(_ABOVE_DATE.finditer(text))
    if len(found) != 1 or _PARTICULAR.search(found[0][1]) or _LABEL.search(found[0][1]):
        return None
    return Title(" ".join(found[0][1].split()), found[0].start(1), found[0].end(1))


def _line_above(text: str, body: int | None) -> Title | None:
    """The longest of the last lines above the text that are no particulars."""
    if body is None:
        return None
    best: Title | None = None
    start = max(0, body - 1500)
    for match in list(re.finditer(r"[^\n]+", text[start:body]))[-30:]:
        name = " ".join(match[0].split())
        if not _MIN_TITLE + 2 <= len(name) <= _MAX_TITLE or _PARTICULAR.search(name):
            continue
        if best is None or len(name) > len(best.text):
            best = Title(name, start + match.start(), start + match.end())
    return best
