"""What the scripts of a page do, as far as their source tells; nothing is run.

A script that asks where its reader comes from, or whether it is a search engine, and then redirects to a stranger shows two
faces. Encoded scripts are decoded first, a bounded number of times.
"""

from __future__ import annotations

import base64
import binascii
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from govcrawl.pages.tampering.jargon import spam_in, together
from govcrawl.pages.tampering.outward import address, domain_of, is_stranger, outward_links
from govcrawl.records.items import Anchor, Planted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.pages.markup.document import Document

_LONGEST: Final = 100_000  # characters of one script that are read
_LONGEST_DECODED: Final = 200_000
_ROUNDS: Final = 3  # codes within codes
_EXCERPT: Final = 600
_MOST_COMMENTS: Final = 200_000

_WORTH_READING: Final = (
    *("eval(", "eval (", "unescape", "fromcharcode", "atob", "\\x", "\\u", "document.write", "referrer", "useragent"),
    *("document.title", "document[", "pushstate", "innerhtml", "decodeuri", "insertadjacent"),
)  # fmt: skip
_ESCAPE: Final = re.compile(r"\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})")
_CODES: Final = re.compile(r"String\s{0,9}\.\s{0,9}fromCharCode\s{0,9}\(([\d\s,]{1,50000})\)")
_BASE64: Final = re.compile(r"atob\s{0,9}\(\s{0,9}['\"]([A-Za-z0-9+/=\s]{8,100000})['\"]\s{0,9}\)")
_PERCENTS: Final = re.compile(
    r"(?:unescape|decodeURI(?:Component)?)\s{0,9}\(\s{0,9}(['\"])((?:(?!\1).){1,100000})\1\s{0,9}\)"
)
_JOINED: Final = re.compile(r"""(["'])\s{0,20}\+\s{0,20}\1""")
_PACKED: Final = re.compile(
    r"\}\s{0,9}\(\s{0,9}'((?:[^'\\]|\\.){1,100000})'\s{0,9},\s{0,9}(\d{1,2})\s{0,9},\s{0,9}(\d{1,5})\s{0,9},\s{0,9}'((?:[^'\\]|\\.){0,100000})'\.split\('\|'\)"
)
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

_ENGINE: Final = r"baidu|sogou|so\.com|haosou|soso|360|bing|google|yahoo|yisou|sm\.cn|toutiao"
_FROM_ENGINE: Final = re.compile(
    rf"referr?er(?s:.){{0,400}}?(?:{_ENGINE})|(?:{_ENGINE})(?s:.){{0,400}}?referr?er", re.IGNORECASE
)
_TO_SPIDER: Final = re.compile(
    r"userAgent(?s:.){0,400}?(?:spider|bot\b|slurp|crawler)|(?:spider|slurp)(?s:.){0,400}?userAgent",
    re.IGNORECASE,
)
_TO_PHONE: Final = re.compile(
    r"userAgent(?s:.){0,400}?(?:mobile|android|iphone)|(?:android|iphone)(?s:.){0,400}?userAgent",
    re.IGNORECASE,
)
_BACK: Final = re.compile(r"pushState(?s:.){0,1500}?popstate|popstate(?s:.){0,1500}?pushState", re.IGNORECASE)
_SENDS: Final = re.compile(
    r"(?:location(?:\.href)?\s{0,9}=|location\.(?:replace|assign)\s{0,9}\(|window\.open\s{0,9}\()\s{0,9}['\"]((?:https?:)?//[^'\"\s]{4,500})",
    re.IGNORECASE,
)
_LOADS: Final = re.compile(
    r"<\s{0,9}(?:script|iframe)[^>]{0,300}?src\s{0,9}=\s{0,9}\\?['\"]?((?:https?:)?//[^'\"\s>\\]{4,500})",
    re.IGNORECASE,
)
_SETS: Final = re.compile(r"\.src\s{0,9}=\s{0,9}['\"]((?:https?:)?//[^'\"\s]{4,500})", re.IGNORECASE)
_TITLES: Final = re.compile(
    r"document(?:\.title|\[['\"]title['\"]\])\s{0,9}=\s{0,9}(['\"])((?:(?!\1).){1,500})\1"
)
_READS_COMMENTS: Final = re.compile(
    r"nodeType\s{0,9}={2,3}\s{0,9}8|COMMENT_NODE|SHOW_COMMENT|<!--|&lt;!--|createTreeWalker", re.IGNORECASE
)
_WRITES: Final = re.compile(
    r"innerHTML|outerHTML|document\.write|insertAdjacentHTML|createContextualFragment", re.IGNORECASE
)
_COMMENT: Final = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)  # one that is never closed reaches to the end
_CODE: Final = re.compile(r"\d{1,6}")
_TOKEN: Final = re.compile(r"\b\w{1,4}\b")  # a number the packer wrote for a word
_LINK: Final = re.compile(r"<\s{0,9}a\s[^>]{0,500}?href", re.IGNORECASE)


CHANNELS: Final = ("referrer", "spider", "phone")
"""Ways of a script that shows somebody another face than the rest: whom."""


def of_scripts(doc: Document, home_url: str) -> Iterator[Planted]:
    """What the inline scripts of a page do that no office asks of a script."""
    home = domain_of(home_url)
    for number, script in enumerate(doc.scripts):
        if len(script) <= _LONGEST and (said := _said_by(script, home)) is not None:
            yield from _of_script(doc, home_url, script, said, f"script:not([src]) #{number + 1}")


class _Said(NamedTuple):
    """What a script says once its codes are read."""

    code: str
    hidden: bool  # its codes kept something from whoever reads the page
    sends: list[str]  # addresses of strangers it sends readers to
    loads: list[str]  # and takes scripts and frames from
    writes: bool  # links may be among what it writes into the page


@lru_cache(maxsize=1024)  # the same scripts stand on every page of a site
def _said_by(script: str, home: str) -> _Said | None:
    """What one script does; None when it does nothing that is looked for here."""
    small = script.lower()
    if not any(sign in small for sign in _WORTH_READING):
        return None
    code, hidden = decoded(script)

    def strange(addresses: Iterator[re.Match[str]]) -> list[str]:
        leads = [match[1].replace("\\/", "/") for match in addresses]
        return [
            lead for lead in leads if (domain := domain_of(lead)) and domain != home and is_stranger(domain)
        ]

    small = code.lower()
    away = "//" in small
    sends = strange(_SENDS.finditer(code)) if away and ("location" in small or "window.open" in small) else []
    loads = strange(_LOADS.finditer(code)) if away and ("<script" in small or "<iframe" in small) else []
    loads += strange(_SETS.finditer(code)) if away and ".src" in small else []
    writes = _WRITES.search(code) is not None and (
        ("href" in small and _LINK.search(code) is not None) or _READS_COMMENTS.search(code) is not None
    )
    titles = "title" in small and _TITLES.search(code) is not None
    return _Said(code, hidden, sends, loads, writes) if sends or loads or writes or titles else None


def _of_script(doc: Document, home_url: str, script: str, said: _Said, place: str) -> Iterator[Planted]:
    code, hidden, sends, loads, writes = said
    small = code.lower()
    position = doc.source.find(script[:60]) if script else -1

    def shown(
        kind: str, way: str, leads: list[str], words: list[str], doubt: str | None, near: int
    ) -> Planted:
        start = max(near - 100, 0)
        excerpt = " ".join(code[start : start + _EXCERPT].split())
        return Planted(
            kind,
            way,
            place,
            position,
            excerpt,
            [Anchor(address(doc, lead), "") for lead in leads[:20]],
            words,
            doubt,
        )

    leads = sends + loads
    if leads and "referr" in small and (asks := _FROM_ENGINE.search(code)) is not None:
        yield shown("script", "referrer", leads, [], None, asks.start())
    elif leads and "useragent" in small and (asks := _TO_SPIDER.search(code)) is not None:
        yield shown("script", "spider", leads, [], None, asks.start())
    elif sends and "useragent" in small and (asks := _TO_PHONE.search(code)) is not None:
        yield shown("script", "phone", sends, [], "phone", asks.start())
    elif sends and "popstate" in small and (asks := _BACK.search(code)) is not None:
        yield shown("script", "back", sends, [], None, asks.start())
    elif hidden and (fresh := [lead for lead in leads if domain_of(lead) not in doc.source]):
        yield shown("script", "encoded", fresh, [], "encoded", max(code.find(fresh[0]), 0))
    if "title" in small:
        for title in _TITLES.finditer(code):
            spam = spam_in(title[2])
            if spam.subject and spam.weight >= 2:  # as in a hidden link
                yield shown("title", "script", [], list(spam.words), None, title.start())
    if not writes:
        return
    if _LINK.search(code):
        yield from _written(doc, home_url, code, "written", place, position)
    if "<!--" in doc.source and _READS_COMMENTS.search(code):
        comments = "\n".join(match[1] for match in _COMMENT.finditer(doc.source[:_MOST_COMMENTS]))
        if _LINK.search(comments):
            yield from _written(doc, home_url, comments, "comment", place, position)


def _written(
    doc: Document, home_url: str, markup: str, way: str, place: str, position: int
) -> Iterator[Planted]:
    """Links that a script writes into the page and its source does not show as links."""
    part = doc.part(markup.replace("\\/", "/").replace('\\"', '"').replace("\\'", "'"))
    leads = [lead for lead in outward_links(part.tree, home_url) if lead.stranger]
    texts = [" ".join(lead.node.text().split())[:100] for lead in leads]
    spam = together(texts)
    strangers = len({lead.domain for lead in leads})
    words = spam.subject and spam.weight >= 2
    concealed = way == "comment" or bool(part.hidden.containers)
    if words or (concealed and strangers and (strangers >= 3 or spam.weight)):
        doubt = None if words or strangers >= 3 else "few"
        anchors = [Anchor(address(doc, lead.href), text) for lead, text in zip(leads, texts, strict=True)]
        yield Planted(
            "hidden", way, place, position, markup[:_EXCERPT], anchors[:100], list(spam.words), doubt
        )


def decoded(script: str) -> tuple[str, bool]:
    """A script with its codes read, and whether any of them hid what it does (escapes that only spare a charset do not)."""
    code, hidden = script, False
    for _ in range(_ROUNDS):
        before = code
        code, packed = _PACKED.subn(_unpacked, code)
        code, numbers = _CODES.subn(lambda match: _quoted(_characters(match[1])), code)
        code, hexes = _ESCAPE.subn(_character, code)
        code, based = _BASE64.subn(lambda match: _quoted(_from_base64(match[1])), code)
        code = _PERCENTS.sub(lambda match: _quoted(unquote(match[2])), code)
        code = _JOINED.sub("", code)[:_LONGEST_DECODED]
        hidden = hidden or bool(packed or numbers or based or hexes >= 20)
        if code == before:
            break
    return code, hidden


def _quoted(text: str) -> str:
    return f"'{text}'"


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1] or match[2], 16))


def _characters(numbers: str) -> str:
    return "".join(chr(int(number)) for number in _CODE.findall(numbers) if int(number) < 0xD800)


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _unpacked(match: re.Match[str]) -> str:
    """What Dean Edwards' packer wrote: every word a number, and the words behind."""
    radix, words = int(match[2]), match[4].split("|")
    if not 2 <= radix <= len(_DIGITS):
        return match[0]

    def word(token: re.Match[str]) -> str:
        number = 0
        for digit in token[0]:
            place = _DIGITS.find(digit)
            if not 0 <= place < radix:
                return token[0]
            number = number * radix + place
        return words[number] if number < len(words) and words[number] else token[0]

    return _TOKEN.sub(word, match[1]).replace("\\'", "'")
