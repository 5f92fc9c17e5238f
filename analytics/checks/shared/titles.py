"""Whether two titles are about the same document: a policy, its interpretation, a repost, the result of its draft."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

NAMED_DOCUMENT: Final = re.compile(r"《([^《》]{4,120})》")
_ISSUED: Final = re.compile(r"^.{0,40}?关于(?:印发|转发|发布|公布|公开征求|征求|征集|对)?")
_DRAFT: Final = re.compile(
    r"[(（](?:草案|征求意见|修订|公开征求|送审|试行|暂行|全文|第.次|再次|二次).{0,12}?[)）]|征求意见稿|草案"
)
_ENDS: Final = re.compile(
    r"(?:的)?(?:通知|公告|通告|公示|函|意见的?|政策解读|解读|情况|结果|反馈|采纳|说明|汇总|及|和|报告)+$"
)
_FORM: Final = re.compile(
    r"^(?:[【\[(（](?:转载|转发|解读|图解|一图读懂)[】\])）]|转载|转发|一图读懂|图解|图文解读|文字解读|政策解读)[:：|]?"
)
_NO_LETTERS: Final = re.compile(r"[^\w\u4e00-\u9fff]+|_")
_ENOUGH: Final = 5  # characters of a core at least; shorter ones fit too many titles
_ALIKE: Final = 0.8  # share of equal character pairs at least, if neither core contains the other


def core(title: str) -> str:
    """The core of a title: the document named in it, else its words without issuer, form and kind of document."""
    names = NAMED_DOCUMENT.findall(title)
    about = max(names, key=len) if names else _ENDS.sub("", _ISSUED.sub("", _FORM.sub("", title.strip())))
    return _NO_LETTERS.sub("", _DRAFT.sub("", about))


def same_document(one: str, other: str) -> bool:
    """Whether two cores mean the same document: equal, one contains the other, or most character pairs are equal."""
    short, long = sorted((one, other), key=len)
    if len(short) < _ENOUGH:
        return False
    return short in long or _shared(short, long) >= _ALIKE


def _shared(one: str, other: str) -> float:
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


@lru_cache(maxsize=4096)  # a title is compared with all of its site
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
