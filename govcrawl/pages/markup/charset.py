"""From the bytes of a page to its text, by evidence instead of trust.

Order of evidence: byte order mark, UTF-16 without a mark (zero bytes), strict UTF-8, the declared charset read
as its superset (gb2312 → gb18030, big5 → big5hkscs; HTTP header, then meta, then XML declaration), detection.
Where no candidate reads everything cleanly, the one with the fewest replacement characters that looks like the
language wins. Declared and used are both kept: their difference is a fact about the site.
"""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass
from functools import cache

from charset_normalizer import from_bytes

logging.getLogger("charset_normalizer").setLevel(logging.ERROR)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "cp950": "big5hkscs",
    "utf-8": "utf-8",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
    "cp1251": "cp1251",
    "koi8-r": "koi8-r",
    "euc_kr": "cp949",
    "cp949": "cp949",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_jp": "euc_jp",
}
_MISSPELT = {
    "gb-2312": "gb2312",
    "gb_2312-80": "gb2312",
    "x-gbk": "gbk",
    "gb18030-2000": "gb18030",
    "utf8mb4": "utf-8",
}
_ALWAYS_TRIED = ("gb18030", "utf-8", "big5hkscs", "cp1252")
_DETECTABLE = ["gb18030", "big5hkscs", "utf_8", "cp1252", "cp932", "euc_jp", "cp949", "cp1251"]

_HEAD_BYTES = 4096  # browsers look at 1,024; government pages put long comments first
_SAMPLE_BYTES = 32_768
_SAMPLE_CHARACTERS = 800
_CONVINCING = 0.85  # share of common characters; correctly read Chinese reaches 0.95, misread some 0.5
_DECLARED_BONUS = 0.1

_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([\w.:-]+)", re.IGNORECASE)
_NON_ASCII_RUN = re.compile(r"[^\x00-\x7f]+")
_FOUR_BYTE = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
_LONELY = re.compile(r"(?<![^\x00-\x7f])[^\x00-\x7f](?![^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the charset the page claims (lower case, as written) and the Python codec that read it."""

    text: str
    declared: str | None
    used: str


def decode(body: bytes, content_type: str | None) -> Decoded:
    """Text of a page from its bytes and its Content-Type header. Never raises."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            claims = _claims(body.replace(b"\0", b""), content_type)
            return Decoded(body[len(mark) :].decode(codec, "replace"), claims[0] if claims else None, codec)
    wide = _utf_16(body)
    if wide is not None:
        claims = _claims(body.replace(b"\0", b""), content_type)
        return Decoded(body.decode(wide, "replace"), claims[0] if claims else None, wide)
    claims = _claims(body, content_type)
    declared = claims[0] if claims else None
    try:
        return Decoded(body.decode("utf-8"), declared, "utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > len(body) - 4 and error.start > 0:
            return Decoded(body.decode("utf-8", "replace"), declared, "utf-8")
    return _weighed(body, claims)


def _weighed(body: bytes, claims: list[str]) -> Decoded:
    """The best of the claimed, the usual and the detected codecs."""
    claimed = [codec for codec in map(_codec, claims) if codec is not None]
    best_text, best_codec, best_score = "", "", float("-inf")
    for codec in dict.fromkeys((*claimed, *_ALWAYS_TRIED, "?")):
        found = _detected(body) if codec == "?" else codec
        if found is None or (codec == "?" and found == best_codec):
            continue
        text = body.decode(found, "replace")
        score = _likeness(text, found, body) + _DECLARED_BONUS * (found in claimed)
        if score > best_score:
            best_text, best_codec, best_score = text, found, score
        if best_score >= _CONVINCING and "\ufffd" not in best_text:
            break
    return Decoded(best_text, claims[0] if claims else None, best_codec)


def _claims(body: bytes, content_type: str | None) -> list[str]:
    """Every charset named for the page, strongest first, lower case."""
    head = body[:_HEAD_BYTES]
    named = [match[1] for match in [_HEADER.search(content_type or "")] if match]
    named += [match[1].decode("ascii") for match in [_META.search(head), _XML.search(head)] if match]
    return [name.lower() for name in named]


def _codec(claim: str) -> str | None:
    """The codec for a declared charset: its superset, or None for what no page is written in."""
    try:
        name = codecs.lookup(_MISSPELT.get(claim, claim)).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name)


def _utf_16(body: bytes) -> str | None:
    """UTF-16 without a mark shows in its markup: every second byte of ASCII is zero."""
    sample = body[:2048]
    if sample.count(0) * 5 < len(sample) or len(sample) < 2:
        return None
    low, high = sample[0::2].count(0), sample[1::2].count(0)
    if high > 4 * low:
        return "utf-16-le"
    return "utf-16-be" if low > 4 * high else None


def _likeness(text: str, codec: str, body: bytes) -> float:
    """How much the text looks like one that people write: 1 at most, less five times the share unreadable."""
    characters = "".join(_NON_ASCII_RUN.findall(text, 0, _SAMPLE_BYTES))[:_SAMPLE_CHARACTERS]
    if not characters:
        return 0.0
    if codec in {"gb18030", "big5hkscs", "utf-8"}:
        usual = sum(map(_usual(codec).__contains__, characters))
        if codec == "gb18030" and usual < _CONVINCING * len(
            characters
        ):  # the pattern of four-byte characters does not come about by chance
            usual = min(usual + len(_FOUR_BYTE.findall(body[:_SAMPLE_BYTES])), len(characters))
        likeness = usual / len(characters)
    else:  # letters with accents stand alone among ASCII, double-byte text never does
        likeness = 0.8 * min(len(_LONELY.findall(text, 0, _SAMPLE_BYTES)) / len(characters), 1.0)
    return likeness - 5 * characters.count("\ufffd") / len(characters)


@cache
def _usual(codec: str) -> frozenset[str]:
    """The characters everyday Chinese is written with: first level of GB 2312 and of Big5, and punctuation."""
    punctuation = set("　、。·ˉ—～‖…‘’“”〔〕〈〉《》「」『』【】±×÷°℃￥　①②③④⑤⑥⑦⑧⑨⑩©®→★●■◆▲•–")
    punctuation |= {chr(point) for point in range(0xFF01, 0xFF5F)}
    simplified = {
        bytes((high, low)).decode("gb18030") for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)
    }
    traditional = {
        bytes((high, low)).decode("big5hkscs", "ignore")
        for high in range(0xA4, 0xC7)
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    }
    han = {"gb18030": simplified, "big5hkscs": traditional, "utf-8": simplified | traditional}[codec]
    return frozenset(han | punctuation)


def _detected(body: bytes) -> str | None:
    match = from_bytes(body[:_SAMPLE_BYTES], cp_isolation=_DETECTABLE).best()
    return _SUPERSETS.get(codecs.lookup(match.encoding).name) if match is not None else None
