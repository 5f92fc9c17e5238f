"""What a site has shown so far: whether one more of its pages brings anything new."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govcrawl.spiders.frontier import template_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.records.items import Entry, Page


@dataclass(slots=True)
class ShownSoFar:
    """Grows with the site: an address or a hash for each entry and article."""

    entries: set[str] = field(default_factory=set)  # addresses that lists have named
    articles: set[str] = field(default_factory=set)  # hashes of the texts of the pages read

    def bears_fruit(self, page: Page, entries: Iterable[Entry]) -> bool:
        """Whether a page brings an article not read before, or lists entries not listed before.

        More pages of its own kind do not count.
        """
        if page.kind == "article" and page.text_sha256 not in self.articles:
            return True
        own = template_of(page.url)
        return any(entry.url not in self.entries and template_of(entry.url) != own for entry in entries)

    def add(self, page: Page, entries: Iterable[Entry]) -> None:
        """Take up a page that was read."""
        if page.text_sha256 is not None:
            self.articles.add(page.text_sha256)
        self.entries.update(entry.url for entry in entries)
