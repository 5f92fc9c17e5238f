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
# What elements of the foot are called: parts of `src`, `href`, `class`, `id`, in lower case.
_NAMES: Final = {
    "party_mark": ("conac", "dangzheng", "dzjg", "jgbs", "/red.png", "/blue.png", "/red.gif", "/blue.gif"),
    "site_code": ("biaoshi",),
    "icp": ("icp", "miit", "miibeian"),
    "police_record": (
        *("gongan", "beian.gov", "beian.mps", "ghs.png", "gaba", "wangan", "police", "batb", "recordcode"),
    ),
    "unit": ("zhuban",),
    "contact": ("tel:", "mailto:", "lianxi", "contact"),
    TICKET_ENTRY: ("jiucuo", "jiu-cuo", "jiu_cuo", "zhaocuo", "zhao-cuo", "zhao_cuo", "pucha", "exposure", "找错", "纠错"),
}  # fmt: skip
_PICTURE: Final = re.compile(r"(?:foot|bottom|copyright|banquan|dibu)[\w-]{0,20}\.(?:jpe?g|png|gif|svg|webp)")
_SAID: Final = re.compile(r"""\b(?:alt|title|aria-label)\s*=\s*["']?([^"'<>]{2,300})""")
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_WRITES: Final = ("document.write", "innerHTML", "insertAdjacent", ".html(", ".append(", ".text(")
_MARKUP: Final = (
    8000  # characters from the end of the page; the markup of a foot with its pictures is not longer
)
_ANYWHERE: Final = (TICKET_ENTRY,)  # it floats beside many pages; nothing else on a page is called so
ITEMS: Final = (*REQUIRED, TICKET_ENTRY)


def foot(doc: Document, missing: Iterable[str]) -> dict[str, str]:
    """Of the items `missing` those that may stand there all the same, each with the snippet that says so."""
    missing = tuple(missing)
    if not missing:
        return {}
    markup = _without_comments(doc.source[-_MARKUP:]).lower()
    said = _SAID.findall(markup) if "alt=" in markup or "title=" in markup else []
    text = "\n".join((_text(doc), *said))
    picture = caught(_PICTURE, markup)
    found: dict[str, str] = {}
    for item in missing:
        snippet = caught(_WORDS[item], text) or _named(item, markup) or picture
        if snippet is None and item in _ANYWHERE and any(name in doc.source for name in _NAMES[item]):
            snippet = _named(item, _without_comments(doc.source).lower())
        if snippet:
            found[item] = snippet
    return found


def _named(item: str, markup: str) -> str | None:
    for name in _NAMES[item]:
        at = markup.find(name)
        if at >= 0:
            return around(markup, at, at + len(name))
    return None


def _without_comments(markup: str) -> str:
    """What no reader is served by cannot be doubted."""
    return _COMMENT.sub("", markup) if "<!--" in markup else markup


def _text(doc: Document) -> str:
    """The shown text of the foot, and what scripts of the page may write there."""
    scripts = "\n".join(script for script in doc.scripts if any(word in script for word in _WRITES))
    return f"{tail_of(doc.text)}\n{tail_of(scripts)}" if scripts else tail_of(doc.text)
