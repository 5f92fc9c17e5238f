"""The net for what belongs at the foot of a page: its words in text, alt text, image and link names."""

from __future__ import annotations

import re
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Final

from govcrawl.pages.facts.footer import (
    REQUIRED,
    STRAY_ITEMS,
    TICKET_ENTRY,
    speaks_of_a_ticket,
    tail_of,
)
from govcrawl.pages.markup.patterns import each
from govcrawl.pages.markup.template_lines import TemplateLines
from govcrawl.pages.nets.snippet import OWN_ELEMENT, around, caught, unfilled, words_of_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govcrawl.pages.markup.document import Document

_BLANK: Final = r"[\s\u3000\xa0]{0,6}"
# What stands in the foot's words, in lower case. One letter or blank more or less, another province, no number at all: all the same.
# Each alternative begins with plain characters, and looks back behind them, so that the search skips from candidate to candidate.
_OFFICE: Final = r"[\u4e00-\u9fff]{3}(?:局|厅|委|办|府|院|会|部|站|中心|办公室)"
_WORDS: Final = {
    "party_mark": re.compile(r"党政机关|政府机关|机关标|事业单位标[识志]|conac"),
    # The words, or what no other item is: ten digits.
    "site_code": re.compile(
        rf"标{_BLANK}识{_BLANK}码|识别码|网站{_BLANK}(?:标识|编码|代码)|65bm\d{{6}}(?!\d)|bm\d{{8}}(?!\d)|"
        + each("123456789", r"(?<![\d-].)\d{9}(?![\d-])"),
    ),
    "icp": re.compile(
        "|".join(
            (
                each("iｉ", rf"{_BLANK}[cｃ]{_BLANK}[pｐ]"),
                rf"i{_BLANK}p{_BLANK}c(?=[备证\d])|备案(?<!安备案)(?<!联网备案)(?![\w]{{0,4}}公安)",
                each(ascii_lowercase, r"(?:(?<=[\u4e00-\u9fff].)|(?<=[\u4e00-\u9fff]\s.))\d-\d{8}"),
                each(digits, r"(?<=[\u4e00-\u9fff].)\d{7}号"),  # the number alone: 苏09000001号
            )
        )
    ),
    "police_record": re.compile(
        rf"公{_BLANK}网{_BLANK}安|网{_BLANK}安{_BLANK}备|公安.{{0,6}}备|联网{_BLANK}备|公{_BLANK}网{_BLANK}备|"
        + each(digits, r"(?<![\da-z/=_.%-].)\d{12,13}(?![\da-z/_.])")
    ),
    "unit": re.compile(
        rf"[主承]{_BLANK}[办辦]|主管|版权所有{_BLANK}[:：]{_BLANK}[\u4e00-\u9fff]{{4,}}|(?:hosted|sponsored|run) by"
        # Any other label with a name that ends its phrase: 责任单位：云汀市教育局. A salutation (各单位：) goes on.
        # Who runs it, beside the name of an office: 本站由云汀市教育局负责运行. Who owns the words (版权所有 云汀市教育局) need not run it.
        rf"|(?:本[网站]|建设单位|运[行营维])[^\n]{{0,24}}?{_OFFICE}|{_OFFICE}\s?(?:运[行营维]|维护|负责[运维管建])"
        r"|(?m:(?<!支持)(?:单位|單位|机构|部门|维护|管理|运营|host|sponsor)(?:名称|全称)?[ \u3000]{0,4}[:：][ \u3000]{0,4}[\w（）()]{4,24}(?=$|[\s|｜]))",
    ),
    "contact": re.compile(
        r"联[系络]|信\s{0,6}箱|电\s{0,6}话|热\s{0,6}线|邮\s{0,6}箱|传\s{0,6}真|地\s{0,6}址\s{0,3}[:：\d]|邮\s{0,6}编\s{0,3}[:：\d]|咨询\s{0,3}[:：\d]|值班\s{0,3}[:：\d]|t(?<!\wt)el\b|0(?<!\d0)\d{2,3}[-－—)） ]{1,3}\d{7,8}(?!\d)|"
        + "|".join(
            (
                each("@☎℡✆", ""),
                each(digits, r"(?<!\d\d)\d{5}(?!\d)"),
                each("123456789", r"(?<![\w/.=?&%-].)\d{6,7}(?![\w/.=?&%-])"),
                each("路街道巷", r"\s?\d{1,5}\s?号"),
            )
        ),
    ),
    TICKET_ENTRY: re.compile(r"[找纠挑报]\s{0,3}[错茬]"),
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
_LINES: Final = TemplateLines(name for names in _NAMES.values() for name in names)
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|gif|svg|webp)")
_OF_A_FOOT: Final = re.compile(r"(?:foot|bottom|copyright|banquan|dibu)[\w-]{0,20}$")
_LONGEST_PICTURE: Final = 32  # characters of its name
_FRAME: Final = re.compile(r"<(?:iframe|frame|object|embed)\b[^<>]{0,200}")
_AT_THE_END: Final = re.compile(r"<img\b[^<>]{0,200}|background[\w-]{0,8}\s{0,3}:[^;{}<>]{0,80}url\(")
_LAST: Final = 600  # characters of markup at the end of the page
_SCRIPT: Final = re.compile(
    r"<script\b[^<>]{0,200}\bsrc\b[^<>]{0,200}|\.(?:load|get|ajax|innerHTML)\b|fetch\(|document\.write",
    re.IGNORECASE,
)
_FOR_SOME: Final = "noscript, svg, textarea, select"  # words that stand in no shown text
_LONGEST_NAME: Final = 100
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_WRITES: Final = ("document.write", "innerHTML", "insertAdjacent", ".html(", ".append(", ".text(")
_MARKUP: Final = (
    8000  # characters from the end of the page; the markup of a foot with its pictures is not longer
)
_ANYWHERE: Final = (TICKET_ENTRY,)  # it floats beside many pages; nothing else on a page is called so
ITEMS: Final = (*REQUIRED, TICKET_ENTRY)


def foot(doc: Document, missing: Iterable[str], *, drawn: bool = True) -> dict[str, str]:
    """Of the items `missing` those that may stand there all the same, each with the snippet that says so.

    `drawn`: a browser has drawn the page, so what scripts had to write is there. Where next to nothing of a foot is, a frame,
    a picture or, before that, a script may be all of it.
    """
    missing = tuple(missing)
    if not missing:
        return {}
    markup = _small(_without_comments(doc.source[-_MARKUP:]))
    text = "\n".join((_text(doc), words_of_styles(doc), *_said(markup))).lower()
    picture = _pictured(markup)
    if len(missing) >= len(ITEMS) - STRAY_ITEMS + 1:
        picture = (
            picture
            or caught(_FRAME, markup)
            or caught(OWN_ELEMENT, markup)
            or caught(_AT_THE_END, markup[-_LAST:])
            or unfilled(tail_of(doc.text), markup[-_LAST:])
        )
        picture = picture or (None if drawn else caught(_SCRIPT, doc.source))
    telling = _LINES.without(markup)
    found: dict[str, str] = {}
    for item in missing:
        snippet = caught(_WORDS[item], text) or _named(item, markup, telling) or picture
        if snippet is None and item in _ANYWHERE and speaks_of_a_ticket(doc):
            snippet = _anywhere(item, doc.source)
        if snippet:
            found[item] = snippet
    return found


def _small(markup: str) -> str:
    """Markup with its Latin letters in lower case; of characters that takes ten times as long as of bytes."""
    return markup.encode("utf-8", "replace").lower().decode("utf-8")


def _pictured(markup: str) -> str | None:
    """A picture that is called the foot."""
    for ending in _PICTURE.finditer(markup):
        before = _OF_A_FOOT.search(markup, max(ending.start() - _LONGEST_PICTURE, 0), ending.start())
        if before is not None:
            return around(markup, before.start(), ending.end())
    return None


def _said(markup: str) -> Iterator[str]:
    """What attributes say in words: the name of a picture or a link."""
    for name in ("alt=", "title=", "label="):
        at = markup.find(name)
        while at >= 0:
            start = at + len(name)
            quote = markup[start : start + 1]
            end = markup.find(quote, start + 1) if quote in ("'", '"') else start + _LONGEST_NAME
            yield markup[start:end][:_LONGEST_NAME]
            at = markup.find(name, start)


def _named(item: str, markup: str, telling: str) -> str | None:
    """The first place of the markup that is called like an item; `telling`: its lines in which any name may stand."""
    for name in _NAMES[item]:
        if name in telling:
            at = markup.find(name)
            return around(markup, at, at + len(name))
    return None


def _anywhere(item: str, source: str) -> str | None:
    """The first place of the whole page, comments aside, that is called like an item."""
    for name in _NAMES[item]:
        at = source.find(name)
        while at >= 0:
            if source.rfind("<!--", 0, at) <= source.rfind("-->", 0, at):
                return around(source, at, at + len(name))
            at = source.find(name, at + 1)
    return None


def _without_comments(markup: str) -> str:
    """What no reader is served by cannot be doubted."""
    return _COMMENT.sub("", markup) if "<!--" in markup else markup


def _text(doc: Document) -> str:
    """The shown text of the foot, what scripts of the page may write there, and what only some readers see."""
    scripts = "\n".join(script for script in doc.scripts if any(word in script for word in _WRITES))
    others = "\n".join(node.text(separator="\n") for node in doc.tree.css(_FOR_SOME))
    return "\n".join(tail_of(text) for text in (doc.text, scripts, others) if text)
