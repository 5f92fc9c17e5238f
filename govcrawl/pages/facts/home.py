"""Whether a home page is nothing but an entrance: then its second-level pages are inspected instead (2019, V2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govcrawl.pages.markup.document import Document
    from govcrawl.records.items import Entry

_MAX_CHARACTERS = 1500  # an entrance has buttons and a foot; a portal's home page shows several thousand
_MAX_LINKS = 60
_MIN_LINKS = 2
_HEADLINE = 12  # characters; a link that long tells news, shorter ones name sections
_MAX_HEADLINES = 3


def navigation_only(document: Document, entries: Sequence[Entry]) -> bool:
    """Whether a home page offers links to sections only: no dated entries, no headlines, little text."""
    if any(entry.published_on is not None for entry in entries) or document.seen is None:
        return False
    if len("".join(document.text.split())) > _MAX_CHARACTERS:
        return False
    anchors = document.seen.css("a[href], area[href]")
    headlines = sum(len("".join(anchor.text().split())) >= _HEADLINE for anchor in anchors)
    return _MIN_LINKS <= len(anchors) <= _MAX_LINKS and headlines <= _MAX_HEADLINES
