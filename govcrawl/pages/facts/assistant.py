"""The assistant a site offers (智能问答): its entry, and whether a page has a place to put a question.

An entry is told by its whole name, so a headline about an assistant is none. Whether it answers, and rightly, a person says: it is
never asked anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govcrawl.pages.facts.search import boxes_beside_search
from govcrawl.pages.markup.furniture import labels_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

ASSISTANT: Final = "assistant"

_NAME: Final = re.compile(
    r"[“\"「]?[\u4e00-\u9fff]{0,4}(?:智能(?:小?助手|助理|问答|答问|应答|客服|咨询|机器人)|(?:问答|客服|咨询|政务|服务)机器人"
    r"|机器人(?:问答|客服)|(?:AI|大模型|数字人)(?:小?助手|助理|问答|客服|咨询))[”\"」]?(?:平台|系统|入口)?",
    re.IGNORECASE,
)
_DEEPEST: Final = 4  # elements between a name and the anchor it stands in
_SPOKEN_TO: Final = "textarea, [contenteditable=''], [contenteditable=true]"


@dataclass(frozen=True, slots=True)
class AssistantEntry:
    """An entry as readers see it: its name, and the address it leads to; None where a script opens it."""

    text: str
    url: str | None


def assistant_entry(doc: Document) -> AssistantEntry | None:
    """The entry to the assistant of a page; one that leads to an address before one that a script opens."""
    by_script = None
    for node, name in labels_of(doc):
        if not _NAME.fullmatch(name):
            continue
        opener = _opener(node)
        href = "" if opener is None else (opener.attributes.get("href") or "").strip()
        url = None if href.startswith(("#", "javascript:")) or not href else doc.absolute(href)
        if url is not None:
            return AssistantEntry(name, url)
        by_script = by_script or AssistantEntry(name, None)
    return by_script


def _opener(node: LexborNode) -> LexborNode | None:
    """The anchor a name stands in."""
    step: LexborNode | None = node
    for _ in range(_DEEPEST):
        if step is None or step.tag == "a":
            return step
        step = step.parent
    return None


def place_to_ask(doc: Document) -> bool | None:
    """Whether a page has a box for a question, beside those of its search; None where a frame may hold it."""
    if doc.tree.css_first(_SPOKEN_TO) is not None or boxes_beside_search(doc):
        return True
    return None if doc.tree.css_first("iframe, frame") is not None else False
