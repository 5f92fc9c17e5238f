"""The net for what a site offers its readers: a search, sharing, reading without barriers, an assistant.

Triggered by the name of any element in markup, and by its text where that is short enough for a button.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.pages.facts.assistant import ASSISTANT
from govcrawl.pages.markup.furniture import ACCESSIBILITY, SHARE
from govcrawl.pages.nets.snippet import called

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.pages.markup.document import Document

SEARCH: Final = "search"
_WORDS: Final = {
    SEARCH: re.compile(r"搜|检索|查找|全文|search|sou_?suo|jiansuo|find(?!er)|\bss\b|query|(?<![a-z])so\.", re.IGNORECASE),
    SHARE: re.compile(r"分享|转发|转载到|转到|share|fenxiang|zhuanfa|\bfx[-_\d]|bds|qzone|addtoany", re.IGNORECASE),
    ACCESSIBILITY: re.compile(
        r"障碍|[适助敬]老|老[年龄]|长[辈者]|关怀|大字|放大|读屏|语音|朗读|wza|zhang_?ai|barrier|accessib|a11y|elder|old(?:er|age|man|ver)|aging|shilao|care(?:mode|ver)"
        r"|voice|reader",
        re.IGNORECASE,
    ),
    ASSISTANT: re.compile(
        r"智[能慧]|机器人|助[手理]|客服|[问答]答|数字人|大模型|DeepSeek|小[\u4e00-\u9fff]{1,2}$|有问|robot|(?<!we)chat|assist|\bbot\b|znwd|znkf|zhineng|wenda|kefu|(?<![a-z])ai(?![a-z])",
        re.IGNORECASE,
    ),
}  # fmt: skip
_ELEMENTS: Final = "a, button, input, textarea, img, form, label, i, span, div, li, svg, iframe, area, [role], [contenteditable]"
_ATTRIBUTES: Final = (
    *(
        "id",
        "class",
        "name",
        "title",
        "alt",
        "href",
        "src",
        "action",
        "onclick",
        "value",
        "placeholder",
        "aria-label",
    ),
    *("data-cmd", "data-url", "role"),
)
_LONGEST_BUTTON: Final = 12  # characters; what is longer is a headline
_MOST_ELEMENTS: Final = 6000


def offered(doc: Document, missing: Iterable[str]) -> dict[str, str]:
    """Of the words `missing` those whose thing may be offered all the same, each with what trips the net."""
    open_yet = {word: _WORDS[word] for word in missing if word in _WORDS}
    found: dict[str, str] = {}
    for node in doc.tree.css(_ELEMENTS)[:_MOST_ELEMENTS] if open_yet else ():
        attributes = node.attributes
        text = "".join((node.text(deep=False) or "").split())
        for word, pattern in tuple(open_yet.items()):
            words = called(pattern, attributes, _ATTRIBUTES)
            if words is None and text and len(text) <= _LONGEST_BUTTON and pattern.search(text):
                words = text
            if words is not None:
                found[word] = words
                del open_yet[word]
        if not open_yet:
            break
    return found
