"""What a page offers its readers beside its text: sharing, and reading without barriers.

Told by words a reader sees and by the scripts that draw such entries; both count, as most sites let a script draw them.
An entry is told by its name in an attribute or a short text, never by a word inside an article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

SHARE: Final = "share"
ACCESSIBILITY: Final = "accessibility"

_WORDS: Final = {
    SHARE: re.compile(
        r"分享(?:到|至|本页|本文|页面|按钮|给|[:：])|^分享$|转发到|^share(?: to)?$", re.IGNORECASE
    ),
    ACCESSIBILITY: re.compile(
        r"无障碍(?!设施|环境|出行|通道|建设|改造)|适老|长者(?:模式|版|专区|助手|浏览)|老年(?:模式|版|人版)|关怀(?:版|模式)|大字版|读屏"
    ),
}
_SIGNS: Final = {  # in addresses of scripts, in the attributes of elements, in inline scripts
    SHARE: re.compile(
        r"bdshare|bds_\w|bshare|jiathis|addthis|sharethis|social-?share|share(?:\.min)?\.js|sharejs|shareto|share[-_](?:btn|box|bar|list|icon|wx|wechat|weixin|weibo|qq)"
        r"|(?:btn|icon|box|weixin|wechat|weibo)[-_]share|/share/share\.php|sns_sharecount|fx[-_]?(?:wx|wb|weixin|weibo)|wxshare|class=[\"'](?:[\w-]+ )*share(?: [\w-]+)*[\"']",
        re.IGNORECASE,
    ),
    ACCESSIBILITY: re.compile(
        r"wza(?:[-_./]|fw|btn|js|tool)|gwza|barrier-?free|esdwza|canyou|oldman|elder(?:ly)?[-_]?(?:mode|version)|accessibility|slhsrv|toolbar-?switch|wuzhangai|aria-?tool|shisanyi|shilaohua",
        re.IGNORECASE,
    ),
}
ACCESSIBILITY_ENTRY: Final = _WORDS[ACCESSIBILITY].pattern
"""What entries to reading without barriers are called, in a form that scripts understand too."""

LONGEST_NAME: Final = 24  # characters of a label; what is longer is a sentence
_MARKED: Final = "a,button,span,div,li,label,img,input,i,b,strong,em,h3,h4,p,dt"
_ATTRIBUTES: Final = (
    "id",
    "class",
    "title",
    "alt",
    "href",
    "onclick",
    "data-cmd",
    "src",
    "value",
    "aria-label",
)


def furniture(doc: Document) -> list[str]:
    """Words for what the page offers, in alphabetical order."""
    names, signs = [name for _, name in labels_of(doc)], "\n".join(_marks(doc))
    return sorted(
        word
        for word in _WORDS
        if _SIGNS[word].search(signs) or any(_WORDS[word].search(name) for name in names)
    )


def labels_of(doc: Document) -> Iterator[tuple[LexborNode, str]]:
    """What elements are called by their own text or by an attribute, without blanks, where it is short enough for a name."""
    for node in doc.tree.css(_MARKED):
        for text in (
            _own_text(node),
            *(node.attributes.get(name) or "" for name in ("title", "alt", "value", "aria-label")),
        ):
            name = "".join(text.split()) if text else ""
            if 0 < len(name) <= LONGEST_NAME:
                yield node, name


def _own_text(node: LexborNode) -> str:
    """The words an element prints itself; of a container with elements inside these have their turn."""
    return node.text(deep=False) or ""


def _marks(doc: Document) -> Iterator[str]:
    for node in doc.tree.css(_MARKED):
        for name in _ATTRIBUTES:
            if value := node.attributes.get(name):
                yield f'{name}="{value[:200]}"'
    for node in doc.tree.css("script[src]"):
        yield node.attributes.get("src") or ""
    yield from (script[:20_000] for script in doc.scripts)
