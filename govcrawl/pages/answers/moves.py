"""Where a page that shows nothing of itself leads its reader: to the address it refreshes to, or to the one page it frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govcrawl.pages.links.on_page import LinkMemo, links
from govcrawl.pages.links.urls import is_internal, normalise
from govcrawl.records.link_kinds import LinkKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from govcrawl.pages.markup.document import Document

MOST_MOVES: Final = 3  # from the registered address to what it shows

BROUGHT_IN: Final = "data-brought-in"
"""The attribute that holds the address of a frame whose page the browser brought into this one; a page cannot give it itself."""

FRAMES: Final = "frame[src], iframe[src]"
_NO_SIZE: Final = ("0", "0%", "0px", "1", "1px")


def leads_to(document: Document, home_url: str) -> str | None:
    """The address on the same site that a reader gets to see in place of this page; None where it names none.

    Several frames are several pages at once: only a browser can put them together.
    """
    refreshed = [
        link.url
        for link in links(document, LinkMemo(home_url))
        if link.kind == LinkKind.REFRESH and link.wrong is None
    ]
    shown = [node for node in document.tree.css(FRAMES) if _is_shown(document, node)]
    framed = (
        [document.absolute(node.attributes.get("src") or "") for node in shown] if len(shown) == 1 else []
    )
    targets = [normalise(url) for url in (*refreshed, *framed) if url is not None]
    return next((url for url in targets if url != document.url and is_internal(url, home_url)), None)


def brought_in(document: Document) -> set[str]:
    """The addresses of the frames whose pages are part of a drawn page."""
    urls = (node.attributes.get(BROUGHT_IN) or "" for node in document.tree.css(f"iframe[{BROUGHT_IN}]"))
    return {url for url in map(normalise, urls) if url is not None}


def _is_shown(document: Document, frame: LexborNode) -> bool:
    sizes = (frame.attributes.get(side) for side in ("width", "height"))
    return not document.hidden.covers(frame) and not any((size or "").strip() in _NO_SIZE for size in sizes)
