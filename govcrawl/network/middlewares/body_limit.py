"""Counts received bytes, and stops reading at a limit: for link targets and robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import StopDownload

from govcrawl.network.requests import Purpose, journey_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers

_PAGES = (b"text/html", b"application/xhtml", b"text/plain")


class LimitBody:
    """Ends the download of a request whose journey has a body limit when the limit is reached; not as a failure.

    Of a link target that is no page (a PDF, a film) only the headers are read.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        limit = cls()
        crawler.signals.connect(limit.headers_received, signal=signals.headers_received)
        crawler.signals.connect(limit.bytes_received, signal=signals.bytes_received)
        return limit

    def headers_received(self, headers: Headers, request: Request, **_: Any) -> None:
        journey = journey_of(request)
        journey.received = 0  # each hop has a body of its own
        if journey.purpose is not Purpose.CHECK:
            return
        content_type = (headers.get("Content-Type") or b"text/html").lower()
        if not content_type.startswith(_PAGES):
            raise StopDownload(fail=False)

    def bytes_received(self, data: bytes, request: Request, **_: Any) -> None:
        journey = journey_of(request)
        journey.received += len(data)
        if journey.body_limit is not None and journey.received > journey.body_limit:
            raise StopDownload(fail=False)
