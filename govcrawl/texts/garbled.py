"""Finds mojibake, text that was read in the wrong encoding: it is recognised by undoing the wrong reading."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from govcrawl.texts.alike import common
from govcrawl.texts.marks import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.texts.folded import Folded

CHECK: Final = "mojibake"
# What decoders leave of bytes they cannot read, read once more as GBK; memory never filled.
_LEFTOVERS: Final = re.compile(r"(?:锟斤拷|锟斤|烫烫烫|屯屯屯){1,}|\ufffd{2,}|(?:\ufffd[^\ufffd\n]{0,3}){3,}")
_WESTERN: Final = re.compile(r"[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{3,}")  # fmt: skip
_EXPLAINS: Final = re.compile(
    r"乱码|编码|字符集|解码|锟斤拷[”\"』」]|UTF-?8|GBK|GB2312|GB18030|Unicode", re.IGNORECASE
)
_NEAR: Final = 80  # characters around in which an explanation counts
_FEWEST: Final = 2  # characters that come out when the wrong decoding is undone
_RUN: Final = 60


def find(folded: Folded) -> Iterator[Found]:
    """The first garbled passage of a text. One is enough: the whole text was read wrongly."""
    text = folded.text
    first: str | None = None
    for start, end, was in _places(text):
        near = text[max(0, start - _NEAR) : end + _NEAR]
        if _EXPLAINS.search(near.replace(text[start:end], "")):
            continue
        first = was if first is None else first  # one mark a text: it proposes one form
        yield Found(
            CHECK,
            "lists",
            start,
            end,
            first,
            "读取时用错了字符编码，文字已成乱码" + ("；还原后如建议所示" if first else "，原文无法还原"),
            certain=True,
            grouped_as=CHECK,
        )


def _places(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _LEFTOVERS.finditer(text):
        yield match.start(), match.end(), ""
    for match in _WESTERN.finditer(text):
        if (was := _undone(match[0], "cp1252") or _undone(match[0], "latin-1")) is not None:
            yield match.start(), match.end(), was
    for match in _suspects().finditer(text):
        if (was := _undone(match[0], "gb18030")) is not None:
            yield match.start(), match.end(), was


def _undone(passage: str, read_as: str) -> str | None:
    """What the bytes of the passage say when they are read as UTF-8; empty where too many are lost, None when they are none."""
    try:
        content = passage[:_RUN].encode(read_as)
    except UnicodeEncodeError:
        return None
    for skipped in range(3):  # the passage may begin within a character
        was = content[skipped:].decode("utf-8", "replace").strip("\ufffd")
        han = sum(character in common() for character in was)
        # A decoder drops what it cannot read, so some of the passage is lost for good.
        if han >= _FEWEST and 10 * han >= 6 * len(was):
            return was
    torn = (_UTF8_TORN if read_as == "gb18030" else _UTF8_TORN_WIDE).findall(content)
    covered = sum(map(len, torn))
    return (
        ""
        if len(torn) >= _TORN and 20 * covered >= 19 * len(content) and 2 * covered >= 3 * len(torn)
        else None
    )


# Chinese characters of UTF-8, of which some have lost their last bytes; ordinary text in GBK hardly has two in a row, and
# no word of a western language so many.
_UTF8_TORN: Final = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{1,2}|\xef[\xbc\xbd][\x80-\xbf]?")
_UTF8_TORN_WIDE: Final = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{0,2}|\xef[\xbc\xbd]?[\x80-\xbf]?")
_TORN: Final = 5


@cache
def _suspects() -> re.Pattern[str]:
    """Runs of the characters that GBK makes of UTF-8: most of them rare, as 涓 鍥 鐨 勪."""
    made: set[str] = set()
    for lead in range(0xE3, 0xEA):
        for trail in range(0x80, 0xC0):
            made.add(bytes((lead, trail)).decode("gbk", "ignore"))
    rare = "".join(sorted(each for each in made - common() if each))
    return re.compile(rf"(?:[{re.escape(rare)}][\u3000-\u30ff\u4e00-\u9fff\ue000-\uf8ff€]{{0,2}}){{2,}}")
