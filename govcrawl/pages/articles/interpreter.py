"""Who answers for the interpretation of a policy: the unit, the person and the telephone an article names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.markup.content import content_node
from govcrawl.pages.markup.region import own_text

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

NAMED: Final = ("unit", "person", "telephone")
# Not one of them: what shows the interpretation where the text itself is next to nothing.
PICTURED: Final = "pictured"

_ROLE: Final = r"(?:政策)?(?:解读|咨询|联系|责任|起草|承办|牵头|制定|编写|答复)"
_PATTERNS: Final = {
    "unit": re.compile(
        rf"{_ROLE}(?:单位|机关|机构|部门|科室|处室)(?:名称)?(?:\n|[:：】]\n?)([\u4e00-\u9fff][^\n;；,，。:：]{{1,40}})"
    ),
    "person": re.compile(
        rf"(?:解读(?:人(?:员)?|专家)(?:姓名)?\n|{_ROLE}(?:人(?:员)?|专家)(?:姓名)?(?:及(?:联系)?(?:电话|方式))?[:：】]\n?)"
        r"([\u4e00-\u9fff·]{2,20})"
    ),
    "telephone": re.compile(
        r"(?:电话|联系方式|热线|咨询方式)(?:号码)?[^\d\n;；。]{0,12}\n?(?!(?:19|20)\d\d-\d\d?-\d)([(（+]?\d[\d\-—－()（）]{5,24}\d|1[12]\d{3}(?!\d))"
    ),
}
_ENOUGH: Final = 150  # characters; an interpretation with fewer is a picture or a film


def interpreter(document: Document) -> dict[str, str]:
    """Of `unit`, `person` and `telephone` those that are named; `pictured` where the text is too little to tell."""
    text = own_text(document)
    found = {name: match[1] for name, pattern in _PATTERNS.items() if (match := pattern.search(text))}
    if len(found) < len(NAMED) and len(text) < _ENOUGH:
        node = content_node(document) or document.seen
        picture = None if node is None else node.css_first("img, video, iframe, embed, audio")
        found[PICTURED] = "text" if picture is None else str(picture.tag)
    return found
