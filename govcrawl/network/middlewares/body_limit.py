"""Counts received bytes, and stops reading at a limit: for link targets and robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import StopDownload

from govcrawl.network.requests import CHECK_BODY_LIMIT, FIRST_BYTES, RequestPurpose, journey_of

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Headers

_PAGES = (b"text/html", b"application/xhtml", b"text/plain")


class LimitBody:
    """Ends the download of a request whose journey has a body limit when the limit is reached; not as a failure.

    Of a link target that says it is no page (a PDF, a film) only the first bytes are read, which tell whether it is; of a
    large one only the headers.
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
        announced = headers.get("Content-Length") or b""
        length = int(announced) if announced.isdigit() else 0
        if journey.purpose is RequestPurpose.FILE and length > (journey.body_limit or length):
            raise StopDownload(fail=False)  # nobody reads the beginning of a file
        if journey.purpose is not RequestPurpose.CHECK:
            return
        content_type = (headers.get("Content-Type") or b"text/html").lower()
        journey.first_bytes = not content_type.startswith(_PAGES)
        if journey.first_bytes and length > CHECK_BODY_LIMIT:
            raise StopDownload(fail=False)  # as large as no page in place of a file is

    def bytes_received(self, data: bytes, request: Request, **_: Any) -> None:
        journey = journey_of(request)
        journey.received += len(data)
        limit = FIRST_BYTES if journey.first_bytes else journey.body_limit
        if limit is not None and journey.received > limit:
            raise StopDownload(fail=False)
