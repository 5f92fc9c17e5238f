"""The net for what belongs at the foot of a page: its words in text, alt text, image and link names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.facts.footer import REQUIRED, TICKET_ENTRY, tail_of
from govcrawl.pages.nets.snippet import around, caught

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.pages.markup.document import Document

_BLANK: Final = r"[\s\u3000\xa0]{0,6}"
# What stands in the foot's words. One letter or blank more or less, another province, no number at all: all the same.
_WORDS: Final = {
    "party_mark": re.compile(r"党政机关|事业单位标[识志]|conac", re.IGNORECASE),
    "site_code": re.compile(rf"标{_BLANK}识{_BLANK}码|识别码|网站{_BLANK}标识"),
    "icp": re.compile(
        rf"I{_BLANK}C{_BLANK}P|I{_BLANK}P{_BLANK}C(?=[备证\d])|(?<!公安)(?<!网安)(?<!联网)(?<!安)备案(?![\w]{{0,4}}公安)",
        re.IGNORECASE,
    ),
    "police_record": re.compile(rf"公{_BLANK}网{_BLANK}安|网{_BLANK}安{_BLANK}备|公安{_BLANK}(?:联网)?备案"),
    "unit": re.compile(rf"[主承]{_BLANK}办|主管|版权所有{_BLANK}[:：]{_BLANK}[\u4e00-\u9fff]{{4,}}"),
    "contact": re.compile(
        r"联系|电\s{0,6}话|热\s{0,6}线|邮\s{0,6}箱|传\s{0,6}真|@|(?<!\d)0\d{2,3}[-－—) ]{1,3}\d{7,8}(?!\d)"
    ),
    TICKET_ENTRY: re.compile(r"[找纠]\s{0,3}错"),
}
# What elements of the foot are called: `src`, `href`, `class`, `id`, and the name of the picture.
_NAMES: Final = {
    "party_mark": re.compile(r"conac|dangzheng|dzjg|jgbs|/(?:red|blue)\.(?:png|gif|jpg)", re.IGNORECASE),
    "site_code": re.compile(r"biaoshi", re.IGNORECASE),
    "icp": re.compile(r"icp|miit|miibeian", re.IGNORECASE),
    "police_record": re.compile(
        r"gongan|beian\.(?:gov|mps)|ghs\.png|gaba|wangan|police|batb|recordcode", re.IGNORECASE
    ),
    "unit": re.compile(r"zhuban", re.IGNORECASE),
    "contact": re.compile(r"tel:|mailto:|lianxi|contact", re.IGNORECASE),
    TICKET_ENTRY: re.compile(r"jiu_?-?cuo|zhao_?-?cuo|pu_?-?cha(?!o)|exposure", re.IGNORECASE),
}
_PICTURE: Final = re.compile(
    r"(?:foot|bottom|copyright|banquan|dibu)[\w-]{0,20}\.(?:jpe?g|png|gif|svg|webp)", re.IGNORECASE
)
_SAID: Final = re.compile(r"""\b(?:alt|title|aria-label)\s*=\s*["']?([^"'<>]{2,300})""", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(
    r"""\b(?:src|href|class|id|onclick|style)\s*=\s*["']?([^"'<>]{2,300})""", re.IGNORECASE
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_FOOT: Final = re.compile(
    r"""<(?:footer\b|[^<>]{1,80}(?:class|id)\s*=\s*["'][^"'<>]{0,80}(?:foot|bottom|copyright|banquan|dibu))""",
    re.IGNORECASE,
)
_WRITES: Final = re.compile(r"document\.write|innerHTML|insertAdjacent|\.(?:html|append|text)\(")
_LEAST_OF_MARKUP: Final = 6000
_MOST: Final = 20_000
_ANYWHERE: Final = (TICKET_ENTRY,)  # it floats beside many pages; nothing else on a page is called so
ITEMS: Final = (*REQUIRED, TICKET_ENTRY)


def foot(doc: Document, missing: Iterable[str]) -> dict[str, str]:
    """Of the items `missing` those that may stand there all the same, each with the snippet that says so."""
    missing = tuple(missing)
    if not missing:
        return {}
    markup = _markup(doc.source)
    text = "\n".join((_text(doc), *(match[1] for match in _SAID.finditer(markup))))
    called = "\n".join(match[1] for match in _ATTRIBUTE.finditer(markup))
    picture = caught(_PICTURE, called)
    found: dict[str, str] = {}
    for item in missing:
        snippet = caught(_WORDS[item], text) or caught(_NAMES[item], called) or picture
        if snippet is None and item in _ANYWHERE:
            snippet = _anywhere(item, doc)
        if snippet:
            found[item] = snippet
    return found


def _text(doc: Document) -> str:
    """The shown text of the foot, and what scripts of the page may write there."""
    scripts = "\n".join(script for script in doc.scripts if _WRITES.search(script))
    return f"{tail_of(doc.text)}\n{tail_of(scripts)}"


def _markup(source: str) -> str:
    """The markup of the foot, without comments: what no reader is served by cannot be doubted."""
    tail = source[-_MOST:]
    begins = _FOOT.search(tail)
    start = min(begins.start() if begins else len(tail), max(len(tail) - _LEAST_OF_MARKUP, 0))
    return _COMMENT.sub("", tail[start:])


def _anywhere(item: str, doc: Document) -> str | None:
    for pattern in (_NAMES[item], _WORDS[item]):
        for match in pattern.finditer(doc.source):
            if doc.source.rfind("<!--", 0, match.start()) <= doc.source.rfind("-->", 0, match.start()):
                return around(doc.source, *match.span())
    return None
