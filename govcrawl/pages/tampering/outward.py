"""The links of a page that lead out of its site, and to whom: an office, a site many link to, or a stranger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from govcrawl.domains import registrable_domain
from govcrawl.pages.links import urls

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from govcrawl.pages.markup.document import Document

_HOST: Final = re.compile(r"\s*(?:https?:)?[\\/]{2}(?:[^\\/?#@\s]*@)?([^\\/?#:@\s]+)", re.IGNORECASE)
_LEADS: Final = 'a[href*="//"], area[href*="//"], a[href*="\\\\\\\\"]'
_LONGEST: Final = 500  # characters of an address that are kept
_MOST: Final = 5_000  # links of one page; who plants more has planted enough

OFFICES: Final = (".gov.cn", ".xn--zfr164b", ".mil.cn")
"""Ends of names that only offices get; the second is .政务."""

# Houses that pages of offices link to in menus and share boxes, whatever else is on them.
EVERYBODYS: Final = frozenset({
    *("people.com.cn", "xinhuanet.com", "news.cn", "cctv.com", "cntv.cn", "china.com.cn", "chinanews.com", "gmw.cn"),
    *("youth.cn", "cnr.cn", "ce.cn", "chinadaily.com.cn", "qstheory.cn", "legaldaily.com.cn", "weibo.com", "qq.com"),
    *("baidu.com", "12377.cn", "12388.cn"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outward:
    """One link out of the site: its element, the address as written, the registrable domain, and whose that is."""

    node: LexborNode
    href: str
    domain: str
    stranger: bool  # neither an office nor one of EVERYBODYS


def outward_links(tree: LexborHTMLParser, home_url: str) -> list[Outward]:
    """The links that leave the registrable domain of `home_url`, in document order."""
    found = []
    home = domain_of(home_url)
    for node in tree.css(_LEADS):
        href = node.attributes.get("href") or ""
        domain = domain_of(href)
        if domain and domain != home:
            found.append(Outward(node, href, domain, is_stranger(domain)))
            if len(found) >= _MOST:
                break
    return found


def address(doc: Document, reference: str) -> str:
    """A reference as links are told apart by (`links.urls`), as written where it is no address."""
    cleaned = urls.clean(reference)
    return (urls.normalise(urls.join(doc.base_url, cleaned)) or cleaned)[:_LONGEST]


def is_stranger(domain: str) -> bool:
    return domain not in EVERYBODYS and not f".{domain}".endswith(OFFICES)


def domain_of(reference: str) -> str:
    """The registrable domain a reference names, the host where it has none; empty where it names no host."""
    host = _HOST.match(reference)
    return _domain(host[1].lower()) if host is not None else ""


@lru_cache(maxsize=65536)
def _domain(host: str) -> str:
    if "." not in host and ":" not in host:
        return ""
    return registrable_domain(host) or host
