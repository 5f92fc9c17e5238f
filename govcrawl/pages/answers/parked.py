"""Whether a page stands on a domain nobody uses: for sale, parked with an advertiser, or run out.

A link that leads to one is a wrong link, however well the server answers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

# Hosts of domain traders and parking advertisers: nobody else loads scripts or frames from them.
_PARKING_HOSTS: Final = re.compile(
    r"//(?:[\w\-]+\.)*(?:sedoparking|sedo|parkingcrew|bodis|parklogic|above|afternic|hugedomains|dan|undeveloped|"
    r"uniregistry|voodoo|namedrive|fabulous|skenzo|parkingpage\.namecheap|ename|4\.cn|22\.cn|juming|jm\.cn|"
    r"cashparking|searchhounds|sav|dnsrsearch)(?:\.com|\.net|\.cn|(?=[/\"'\s]))",
    re.IGNORECASE,
)
_PHRASES: Final = re.compile(
    r"(?:此|该|本|这个|您访问的)?域名(?:正在|现)?(?:可以?|已)?(?:出售|转让|停放|停靠|过期|到期|待售)|域名(?:\S{1,64})?(?:出售|转让)中"
    r"|(?:本|此|该)(?:米|域名)(?:诚意|有意)?(?:出售|转让)|购买(?:此|该|这个)域名"
    r"|(?:this|the)?\s*domain(?:\s+name)?(?:\s+[\w.\-]+){0,2}\s+(?:is|may be|might be)\s+(?:for sale|parked|available for (?:sale|purchase))"
    r"|buy this domain|domain (?:has )?expired|parked (?:free|domain)|inquire about this domain|make an offer on this domain",
    re.IGNORECASE,
)
_SHORT: Final = 1500  # characters; longer pages that speak of domains are articles about them


def parked(doc: Document) -> bool:
    """Whether the page shows a parked or offered domain and little else."""
    text = doc.text
    if len(text) > _SHORT:
        return False
    return bool(_PHRASES.search(f"{doc.title or ''}\n{text}") or _loads_from_trader(doc))


def _loads_from_trader(doc: Document) -> bool:
    return any(
        _PARKING_HOSTS.search(node.attributes.get("src") or "")
        for node in doc.tree.css("script[src],iframe[src],frame[src]")
    )
