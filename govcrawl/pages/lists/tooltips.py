"""What the title attribute of a row says: its whole title, and beside it, in some systems, author, counter and day.

`title="文章标题：关于… 作者：办公室 更新时间：2026/11/20 点击数：33"`: a reader sees it when the pointer rests on the row.
"""

from __future__ import annotations

import re

from govcrawl.pages.dates.printed import find_printed

_LONGEST = 600  # characters looked at
_TITLE = re.compile(r"\s{0,4}(?:文\s?章|信\s?息|新\s?闻)?标\s?题\s?[:：]\s{0,4}")
_PARTICULARS = re.compile(
    r"\s(?:作\s{0,8}者|来\s{0,8}源|录\s?入|栏\s?目|点\s?击|浏\s?览|阅\s?读|[\u4e00-\u9fff]{0,4}(?:时\s?间|日\s?期))\s{0,4}数?\s?[:：]"
)
_DAY = re.compile(r"(?:时\s?间|日\s?期)\s{0,4}[:：]\s{0,4}(?=\d)")


def title_told(attribute: str) -> str:
    """The title in a title attribute, without label and particulars; as it is where nothing calls it a title."""
    label = _TITLE.match(attribute)
    if label is None:
        return attribute
    end = _PARTICULARS.search(attribute[:_LONGEST], label.end())
    return attribute[label.end() : end.start() if end is not None else None].strip()


def day_told(attribute: str) -> str | None:
    """The day behind a label in a title attribute."""
    label = _DAY.search(attribute[:_LONGEST])
    printed = None if label is None else next(find_printed(attribute, label.end(), _LONGEST), None)
    return None if printed is None or label is None or printed.start != label.end() else printed.value[:10]
