"""Which line of an article's page is its title, if neither a tag nor `<title>` settles it.

Every line above the text is examined together with its element. Signs of a title: particulars follow it (a day, a source),
`<title>` names it, it is set as a heading, the text follows it. A title is not a link, not a cell of an index table, not the name
of a column (links of the page lead to those) and not the name of the site (which stands in its foot).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from govcrawl.pages.dates.printed import find_printed
from govcrawl.pages.markup.content import TAIL
from govcrawl.pages.markup.patterns import short
from govcrawl.pages.markup.tame import short_blanks
from govcrawl.pages.markup.unfilled import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

SEPARATORS: Final = re.compile(r"\s*(?:[_|｜–—]+|－+|-+|\s-\s|>|»)\s*")
SHORT: Final = 6  # characters; a shorter part of `<title>` may be the name of a column
LONGEST: Final = 160
_PLACEHOLDER: Final = short(
    r"[\W_]*(?:文章标题|标题|ArticleTitle|正文标题|title)?[\W_]*", LONGEST, re.IGNORECASE
)

_BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "td",
        "th",
        "li",
        "tr",
        "table",
        "tbody",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "center",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "form",
        "fieldset",
        "blockquote",
        "body",
        "pre",
    ]
)
_CELLS: Final = frozenset(("td", "th", "dd", "dt", "body"))
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CALLED: Final = re.compile(
    r"title|(?:^|[-_ \d])(?:tit|bt|tt)(?![a-z])|biaoti|headline|zsy_cotitle", re.IGNORECASE
)
_SHORTEST_SITE_NAME: Final = 4
_MOST_LINES: Final = 600
_BEHIND: Final = 400  # characters behind the last possible title that may still hold its particulars
_LOOKED_BELOW: Final = 8  # lines
_LONGEST_PARTICULAR: Final = 90

_CLOCK: Final = re.compile(r"(?:今天|今日|现在|欢迎|当前).{0,12}\d|(?:星期|周)[一二三四五六日天]")
_LABEL: Final = re.compile(r"[\W_]{0,4}[\u4e00-\u9fff][\u4e00-\u9fff \u3000\xa0]{0,12}[：:∶]")
_BARE_LABEL: Final = re.compile(r"\W{0,4}[\u4e00-\u9fff]{0,3}(?:时\s?间|日\s?期)\W{0,4}")
_LONGEST_VALUE: Final = (
    12  # characters behind a label; a longer one that holds no further label is a sentence
)
TRAIL: Final = re.compile(
    r"(?:当前|您的|现在|所在).{0,6}位置|(?:首\s*页|主页)\s*(?:[>›»＞→/\\|]|-|$)|[>›»＞→]\s*\S"
)
_ACTS: Final = re.compile(
    r"打印|关闭|字体|字号|分享|收藏|扫[一码描]|二维码|纠错|朗读|下载|返回|^[\W\d_]*[大中小][\W\d_]*$|^[\W\d_]*$"
)
_SENTENCE: Final = re.compile(r"[。；！？]|，.*，")
_WORDS: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_ENDS_AS_LABEL: Final = short(
    r"(?:[\W_]*[\u4e00-\u9fff][\u4e00-\u9fff \u3000\xa0]{0,7}[：:∶].{0,20}){2}|(?:时间|日期|期限|[于至])$",
    LONGEST,
)
_ASIDE: Final = re.compile(r"^[（(〔［\[].*[）)〕］\]]$|^[—–-]{2,}")

_DATED, _LABELLED, _NEXT_TO_TEXT, _UNDER_A_DAY, _FOLLOWED = 4.0, 2.0, 2.0, 1.5, 1.0
_NAMED, _NAMED_IN_PART, _HEADING, _CALLED_ONE = 3.0, 1.5, 2.0, 1.0
_LEAST: Final = 1.5
_NO_TITLE: Final = 3.0  # what speaks against: a cell, a column's name, the site's name, a trail below


@dataclass(slots=True)
class Line:
    """A line a reader sees: its place in `Document.text`, its words, the element that holds it."""

    start: int
    end: int
    words: str
    block: LexborNode
    linked: int  # characters of it in links

    @property
    def leads(self) -> bool:
        """Whether it is a link, or little more than one."""
        return self.linked * 2 > len(self.words)


def headline(document: Document, body: int | None, end: int) -> tuple[str, int, int] | None:
    """(title, start, end) of the likeliest line above the text, which begins at `body`, or above `end` without one."""
    last = body if body is not None else end
    lines = list(_lines(document, last + _BEHIND))
    best: Line | None = None
    best_score = headed = 0.0
    whole = "".join((document.title or "").split())
    parts = [part for part in SEPARATORS.split(whole) if part]
    links: set[str] | None = None
    day_passed = False  # whether a day has been met: what follows may belong to other articles
    for number, line in enumerate(lines):
        if line.start > last or (day_passed and TAIL.match(line.words)):
            break
        day_passed = day_passed or _is_dated(line.words)
        if not _may_be(line):
            continue
        named, heading = _named(line, whole, parts), _set_as_heading(line)
        if not (named or heading) and _is_label(line.words):
            continue  # 来源：云汀日报; a title may hold a colon as well, but then something else speaks for it
        score = _particulars_below(lines, number, last)
        if body is not None and _is_next(lines, number, body):
            score = max(score, _NEXT_TO_TEXT)
        if number and _is_particular(lines[number - 1].words):
            score = max(score, _UNDER_A_DAY)
        score += heading + (named if score > 0 else named / 2)  # what nothing follows may be the site's name
        if score < max(best_score, _LEAST) or _is_cell(line):
            continue
        if _in_foot(document, line, end):
            score -= _NO_TITLE
        if score >= best_score:
            links = links if links is not None else _linked_words(document)
            if _squeezed(line.words) in links:
                score -= _NO_TITLE
        rather = score > best_score if headed > heading else score >= best_score
        if rather and score >= _LEAST:
            best, best_score, headed = line, score, heading
    return None if best is None else (best.words, best.start, best.end)


def _lines(document: Document, end: int) -> Iterator[Line]:
    """The lines of the shown text up to `end`; pieces of one element make one line, unless particulars begin in it."""
    if document.seen is None:
        return
    text = document.text
    position = 0
    line: Line | None = None
    number = 0
    broken = False  # by <br>, since the last piece
    for node in document.seen.traverse(include_text=True, skip_empty=True):
        if node.tag != "-text":
            broken = broken or node.tag == "br"
            continue
        piece = short_blanks((node.text_content or "").strip())
        words = " ".join(piece.split())
        if not words:
            continue
        # Counting on would drift: `Document.text` has long runs of white space cut down, also across elements.
        at = text.find(piece, position)
        position = to = at + len(piece)
        block, linked = _block_of(node)
        same = line is not None and line.block.mem_id == block.mem_id
        broken, anew = False, broken
        if line is not None and same and not (anew and _begins_anew(words, line.words)):
            line.words = f"{line.words}{words}" if _joins(line.words, words) else f"{line.words} {words}"
            line.end = to
            line.linked += len(words) if linked else 0
            continue
        if line is not None:
            yield line
            number += 1
        if at > end or number >= _MOST_LINES:
            return
        line = Line(at, to, words, block, len(words) if linked else 0)
    if line is not None:
        yield line


def _block_of(node: LexborNode) -> tuple[LexborNode, bool]:
    linked = False
    step = node.parent
    while step is not None and step.tag not in _BLOCKS and step.parent is not None:
        linked = linked or step.tag == "a"
        step = step.parent
    return step or node, linked


def _begins_anew(words: str, before: str) -> bool:
    return _is_particular(words) or _is_particular(before) or _ACTS.search(words) is not None


def _joins(before: str, words: str) -> bool:
    """Whether two pieces are one word for the reader: no Latin words, and no day behind a name."""
    latin = before[-1].isascii() and words[0].isascii() and before[-1].isalnum() and words[0].isalnum()
    return not latin and not _is_dated(words)


def is_of_template(words: str) -> bool:
    """Whether words are what a template holds in place of a title."""
    return _PLACEHOLDER.fullmatch(words) is not None or UNFILLED.fullmatch(words) is not None


def _may_be(line: Line) -> bool:
    words = line.words
    return (
        2 <= len(words) <= LONGEST
        and not line.leads
        and words[-1] not in "：:。；;"
        and _WORDS.search(words) is not None
        and not is_of_template(words)
        and not _is_dated(words)
        and not (
            _ACTS.search(words) or TRAIL.search(words) or _ASIDE.search(words) or _ENDS_AS_LABEL.search(words)
        )
    )


def _is_label(words: str) -> bool:
    """Whether a line begins with a label (来源：, 发布时间：) and holds little but its value and further labels."""
    label = _LABEL.match(words)
    if label is None or len(words) > _LONGEST_PARTICULAR:
        return _BARE_LABEL.fullmatch(words) is not None
    value = words[label.end() :].strip()
    return len(value) <= _LONGEST_VALUE or " " in value or any(colon in value for colon in "：:∶")


def _is_particular(words: str) -> bool:
    return _is_dated(words) or _is_label(words)


def _is_dated(words: str) -> bool:
    """Whether a line is a day and little else: no clock, no sentence, no title that speaks of a day."""
    return len(words) <= _LONGEST_PARTICULAR and _reads_as_day(words)


@lru_cache(maxsize=4096)  # the same menus stand on every page of a site
def _reads_as_day(words: str) -> bool:
    if _CLOCK.search(words) or _SENTENCE.search(words):
        return False
    printed = next(find_printed(words), None)
    if printed is None:
        return False
    before = words[: printed.start]
    return len(before) <= 2 or before[-1].isspace() or before[-1] in "：:∶】])）|" or _is_label(before)


def _particulars_below(lines: list[Line], number: int, last: int) -> float:
    """What follows a line: a day, another particular, or one of them behind a further line of words."""
    between = 0
    labelled = False
    for line in lines[number + 1 : number + 1 + _LOOKED_BELOW]:
        if TRAIL.search(line.words):
            return -_NO_TITLE
        if _CLOCK.search(line.words) or (line.leads and not _ACTS.search(line.words) and len(line.words) > 1):
            break
        if _is_dated(line.words):
            return _DATED if not between else _FOLLOWED
        if _is_label(line.words):
            labelled = labelled or not between
            continue
        if line.start > last:
            break
        if not _ACTS.search(line.words) and not _ASIDE.search(line.words):
            between += 1
            if between > 2:
                break
    return _LABELLED if labelled else 0.0


def _is_next(lines: list[Line], number: int, body: int) -> bool:
    """Whether the text begins in the line below."""
    return lines[number].start < body and number + 1 < len(lines) and lines[number + 1].start >= body


def _named(line: Line, whole: str, parts: list[str]) -> float:
    """How `<title>` names the line: as a whole, from or to a separator, or as one part of several."""
    words = _squeezed(line.words)
    if not whole or words not in whole:
        return 0.0
    edge = whole.startswith(words) or whole.endswith(words)
    if words == whole or (edge and len(words) >= SHORT and len(parts) > 1):
        return _NAMED
    return _NAMED_IN_PART if words in parts or edge else 0.0


def _set_as_heading(line: Line) -> float:
    node: LexborNode | None = line.block
    if node is None:
        return 0.0
    if node.tag in _HEADINGS:
        return _HEADING
    attributes = node.attributes
    called = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return _CALLED_ONE if _CALLED.search(called) else 0.0


def _is_cell(line: Line) -> bool:
    """Whether a line stands in a table row (or list of terms) beside other words: a value behind its label."""
    cell: LexborNode | None = line.block
    while cell is not None and cell.tag not in _CELLS:
        cell = cell.parent
    if cell is None or cell.tag == "body" or cell.parent is None:
        return False
    return any(
        beside.tag in _CELLS and beside.mem_id != cell.mem_id and beside.text().strip()
        for beside in cell.parent.iter()
    )


def _in_foot(document: Document, line: Line, foot: int) -> bool:
    """Whether the words stand again in the foot of the site, where who runs it is named."""
    return len(line.words) >= _SHORTEST_SITE_NAME and document.text.find(line.words, max(foot, line.end)) >= 0


def _linked_words(document: Document) -> set[str]:
    return {_squeezed(anchor.text()) for anchor in document.tree.css("a[href]")[:2000]}


def _squeezed(words: str) -> str:
    return "".join(words.split())
