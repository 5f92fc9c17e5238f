"""Whether an address is of a form that the common systems give to articles."""

from __future__ import annotations

import re
from typing import Final

# How the common systems call the address of an article: TRS, Hanweb, Dongyuan, UCAP, VSB and their like.
_ARTICLE_ADDRESS: Final = re.compile(
    r"/t\d{8}_\d+\.s?html?$|/art/\d{4}/\d{1,2}/\d{1,2}/|/content[_/]\d+|/\d{4}-?\d{2}/\d{1,2}/(?:content_)?\w+\.s?html?$"
    r"|/info/\d+/\d+\.htm$|/art_\d+_\d+\.html$|/(?:19|20)\d{6}/[\w\-]+\.s?html?$|articleinfo|/detail",
    re.IGNORECASE,
)


def is_article_address(url: str) -> bool:
    """Whether an address is of a form the common systems give to articles."""
    return bool(_ARTICLE_ADDRESS.search(path_of(url)))


def path_of(url: str) -> str:
    """The path of an address, from its first slash on, without query and fragment."""
    before_query = url.partition("?")[0].partition("#")[0]
    return "/" + before_query.partition("://")[2].partition("/")[2]
