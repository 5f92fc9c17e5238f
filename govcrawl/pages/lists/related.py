"""Which pages of the site a document or an interpretation links to as its interpretation or its document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from govcrawl.records.items import Related
from govcrawl.records.link_kinds import LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.records.items import Link

_WORDS: Final = re.compile(
    r"解读|读懂|图解|原文|文件|政策|《|问答|答记者|发布会|关于|通知|意见|办法|方案|规划|规定|条例|细则|决定"
)
_MOST: Final = 60
_LONGEST_TEXT: Final = 200


def related(links: Iterable[Link]) -> list[Related]:
    """Links to own pages and files whose text speaks of documents or interpretations, in the order of the page."""
    found = [
        Related(link.url, link.text[:_LONGEST_TEXT])
        for link in links
        if link.internal
        and link.wrong is None
        and link.kind in (LinkKind.PAGE, LinkKind.ATTACHMENT)
        and _WORDS.search(link.text)
    ]
    return found[-_MOST:]  # what is related stands below the menus
