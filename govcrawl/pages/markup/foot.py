"""Where the foot of a site begins on a page: who runs it, its numbers, its address.

Found from its marks (a number of registration, a copyright, a site code) upwards: what holds the last of them, as long
as neither a day nor a sentence stands above the mark, for those belong to what the page is about.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from govcrawl.pages.markup.patterns import each
from govcrawl.pages.markup.tame import short_blanks

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

FOOT: Final = re.compile(r"版权所有|ICP备|公网安备|Copyright|COPYRIGHT|copyright|网站标识码|技术支持[：:]")
_MARK: Final = re.compile(
    "|".join(
        (
            r"版权所有|公\s*网\s*安\s*备|COPYRIGHT|©|标识码|技术支持",
            each("IＩ", r"[CＣ][PＰ]\s*[备证]"),
            each("Cc", "opyright"),
            each("主承", r"办(?:单位)?\s*[：:]"),
        )
    )
)
# Lines that stand above the marks in a foot without an element of its own.
_OF_A_FOOT: Final = re.compile(
    rf"{_MARK.pattern}|(?:主|承|协|主管)办?单位|(?:地\s*址|电\s*话|传\s*真|邮\s*编|邮\s*箱|邮政编码|热\s*线)\s*[：:]|网站(?:地图|声明|导航)|(?:联系|关于)我们"
    r"|(?:隐私|法律|免责)声明|友情链接|^[\W\d]+$"
)
_OWN: Final = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d|。")
_CALLED: Final = (
    "footer, [class*=foot], [id*=foot], [class*=Foot], [id*=Foot], [class*=copyright], [id*=copyright]"
)
_LONGEST: Final = 900  # characters of a foot above its last mark
_EARLIEST: Final = 0.2  # of the text; marks above it stand in a head
_DEEPEST: Final = 100


@lru_cache(maxsize=2)
def foot_of(document: Document) -> int:
    """Where in `Document.text` the foot begins; the length of the text where none is seen."""
    text = document.text
    least = int(len(text) * _EARLIEST)
    mark = -1
    for match in _MARK.finditer(text, least):
        mark = match.start()
    if document.seen is None:
        return len(text)
    if mark < 0:
        return _called_so(document, least)
    return _with_lines_above(text, _begin_of_block(document.seen, document.spaced_text, text, mark), least)


def _begin_of_block(seen: LexborNode, whole: str, text: str, mark: int) -> int:
    """The beginning in `text` of the element that holds the foot.

    Elements are counted in the text as it was before long runs of white space were cut down: in `whole`.
    """
    if len(whole) == len(text):
        return _block_above(seen, text, mark)
    last = 0
    for match in _MARK.finditer(whole):
        last = match.start()
    return len(short_blanks(whole[: _block_above(seen, whole, last)]))


def _block_above(seen: LexborNode, text: str, mark: int) -> int:
    """The beginning of the largest element around a mark that holds nothing of the page's own above it."""
    begins = [0]
    node, start = seen, 0
    for _ in range(_DEEPEST):
        inner = None
        at = start
        for child in node.iter(include_text=True):
            length = len(child.text(separator="\n"))
            if not length or child.tag == "-comment":
                continue
            if at <= mark < at + length:
                inner, start = child, at
                break
            at += length + 1
        if inner is None or inner.tag == "-text":
            break
        node = inner
        begins.append(start)
    for begin in begins:
        above = text[begin:mark]
        if len(above) <= _LONGEST and not _OWN.search(above):
            return begin
    return text.rfind("\n", 0, mark) + 1


def _with_lines_above(text: str, start: int, least: int) -> int:
    """The foot with the lines right above it that are of a foot by their words."""
    while start > least:
        end = len(text[:start].rstrip())
        line = text.rfind("\n", 0, end) + 1
        if (
            end <= line
            or end - line > 120
            or _OWN.search(text, line, end)
            or not _OF_A_FOOT.search(text[line:end])
        ):
            break
        start = line
    return start


def _called_so(document: Document, least: int) -> int:
    """The last element that the markup calls a foot, for a foot without any mark."""
    text = document.text
    for node in reversed(document.seen.css(_CALLED) if document.seen is not None else []):
        words = short_blanks(node.text(separator="\n"))
        start = text.rfind(words) if words.strip() else -1
        if start > least and len(text) - start < max(_LONGEST, len(text) // 2):
            return start
    return len(text)
