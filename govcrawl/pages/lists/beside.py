"""Recognises what stands beside a list: boxes of hot news, friend links, menus, by their heading and the names of their elements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from govcrawl.pages.lists.rows import runs

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_BESIDE = re.compile(
    r"热点|热门|热文|排行|相关(?:阅读|信息|新闻|链接|文章|稿件|报道)|推荐阅读|延伸阅读|猜你喜欢|友情链接|浏览历史|最近浏览|点击榜|阅读榜"
)
_BESIDE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:hot(?!el|line)|rank|relat(?!ive)|recommend|friend|phb|paihang|foot)", re.IGNORECASE
)
_FRAME_CLASS = re.compile(
    r"(?:^|[-_ ])(?:nav|menu|foot|crumb|breadcrumb|friend|link|yqlj|position|location|weizhi|dqwz|topbar|share|pages?|pagination|language)",
    re.IGNORECASE,
)
_MAX_HEADING = 24
_ENCLOSING = 4  # elements looked at above a list


class Surroundings(NamedTuple):
    """What stands above a list, and what its elements are called."""

    heading: str
    classes: str

    @property
    def named_beside(self) -> bool:
        """Whether the heading says that this is no list of the page."""
        return _BESIDE.search(self.heading) is not None

    @property
    def called_beside(self) -> bool:
        """Whether class or id say so."""
        return _BESIDE_CLASS.search(self.classes) is not None

    @property
    def is_frame(self) -> bool:
        """Whether class or id call it navigation, pager or friend links."""
        return _FRAME_CLASS.search(self.classes) is not None


def surroundings(listing: LexborNode, first_title: str) -> Surroundings:
    """Read what stands around the element that holds a list; `first_title`: of its first row, which is no heading."""
    classes: list[str] = []
    heading = ""
    node: LexborNode | None = listing
    for _ in range(_ENCLOSING):
        if node is None or node.tag in {"body", "html"}:
            break
        attributes = node.attributes
        classes += [attributes.get("class") or "", attributes.get("id") or ""]
        sibling = node.prev
        while sibling is not None and not heading:
            words = runs(sibling)
            if words and len("".join(words)) <= _MAX_HEADING:
                heading = "".join(words)
            elif words:
                break
            sibling = sibling.prev
        node = node.parent
    if not heading:
        words = runs(listing)[:1]
        heading = words[0] if words and len(words[0]) <= _MAX_HEADING and words[0] not in first_title else ""
    return Surroundings(heading, " ".join(classes))
