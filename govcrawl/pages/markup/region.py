"""The part of a page's shown text that is its own: from the title down to the foot of the site."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from govcrawl.pages.articles.title import shown_title

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

_FOOT: Final = re.compile(
    r"版权所有|[IＩ]CP备|公网安备|[Cc]opyright|COPYRIGHT|网站标识码|技术支持[:：]"
    r"|(?m:^\s*(?:主办(?:单位)?[:：]|网站地图|关于我们|联系我们|网站声明|友情链接|相关(?:新闻|阅读|信息|链接)|上一[篇条]|下一[篇条]))"
)
_BLANKS: Final = re.compile(r"(?<=[^\x00-\x7f])[^\S\n]+|[^\S\n]+(?=[^\x00-\x7f])|(?<=[^\S\n])[^\S\n]+")
_BREAKS: Final = re.compile(r"\s*\n\s*")


@lru_cache(maxsize=2)
def own_text(document: Document) -> str:
    """The lines below the title, without blanks between characters; the whole page where no title is shown."""
    title = shown_title(document)
    start = title.end if title is not None and title.end is not None else 0
    foot = _FOOT.search(document.text, start)
    end = foot.start() if foot is not None else len(document.text)
    return _BREAKS.sub("\n", _BLANKS.sub("", document.text[start:end])).strip()
