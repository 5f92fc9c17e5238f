"""What the spiders that read pages share: from the facts of a request to the record of a page."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from govcrawl.items import Page
from govcrawl.middlewares.robots import ObeyRobots
from govcrawl.outcomes import Outcome
from govcrawl.pages.read import read_page
from govcrawl.spiders.base import RunSpider

if TYPE_CHECKING:
    from govcrawl.pages.links import LinkMemo
    from govcrawl.pages.read import PageRead
    from govcrawl.registry import Site
    from govcrawl.requests import FetchFacts


class ReadingSpider(RunSpider):
    """Visits sites one task each and reads their pages."""

    def robots_word(self, site: Site) -> str:
        """What robots.txt of the site's host said tonight."""
        robots = self.crawler.get_downloader_middleware(ObeyRobots)
        word = robots.word(site.home_url) if isinstance(robots, ObeyRobots) else None
        return word or "not_asked"

    def read(
        self,
        facts: FetchFacts,
        memo: LinkMemo,
        *,
        kind_hint: str | None = None,
        selector: str | None = None,
    ) -> PageRead | None:
        """Read what came, if it is a page that came."""
        if facts.outcome is not Outcome.OK or not _is_document(facts):
            return None
        try:
            return read_page(
                facts.body,
                facts.final_url or facts.url,
                content_type=facts.content_type,
                as_of=self.as_of,
                memo=memo,
                kind_hint=kind_hint,
                selector=selector,
            )
        except Exception:  # one page that breaks the reader must not cost the other pages of its site
            self.logger.exception("%s cannot be read", facts.url)
            return None

    def page_of(self, site: Site, facts: FetchFacts, url: str, depth: int, read: PageRead | None) -> Page:
        """Make the record of one requested page: what became of the request and what the page says of itself."""
        page = Page(
            site_code=site.site_code,
            url=url,
            final_url=facts.final_url,
            status=facts.status,
            outcome=facts.outcome,
            fetched_at=facts.fetched_at or self.now(),
            elapsed_s=facts.elapsed_s,
            depth=depth,
            rendered=facts.rendered,
            size_bytes=facts.size_bytes,
            content_type=facts.content_type,
            redirects=facts.redirects,
        )
        if facts.body:
            page.body_sha256 = hashlib.sha256(facts.body).hexdigest()
        if read is not None:
            page.kind = read.kind
            page.title = read.title
            page.published_at = read.published_at
            page.date_origin = read.date_origin
            page.charset_declared = read.charset_declared
            page.charset_used = read.charset_used
            page.text_sha256 = read.text_sha256
            page.navigation_only = read.navigation_only
            page.tags = read.tags
            page.footer = read.footer
        return page


def may_be_drawn(read: PageRead) -> bool:
    """Whether a page without entries may get them from its scripts: only a browser can tell, so it has to look."""
    return not read.entries and read.document.tree.css_first("script") is not None


def _is_document(facts: FetchFacts) -> bool:
    if facts.content_type is None:
        return b"<" in facts.body[:1024]
    return any(word in facts.content_type.lower() for word in ("html", "xml", "text/plain"))
