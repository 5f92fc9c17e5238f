"""Answers whose header lines are no headers by the book, read all the same: browsers leave out the line and show the page.

Scrapy passes over lines without a colon; a name that Twisted does not like (`InvalidHeaderName`) still ends the whole
answer. The parser has no door for it, so its class is replaced before any connection is made.
"""

from __future__ import annotations

import logging

from scrapy.core.downloader.handlers import http11
from twisted.web.http_headers import InvalidHeaderName

logger = logging.getLogger(__name__)


class _TolerantParser(http11._LenientHTTPClientParser):  # noqa: SLF001 - see above
    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 - Twisted's name
        try:
            super().headerReceived(name, value)  # type: ignore[no-untyped-call]
        except InvalidHeaderName:
            logger.debug("header %r passed over", name)


def accept_odd_headers() -> None:
    """Let every later connection of this process pass over header lines that are none."""
    http11._LenientHTTPClientParser = _TolerantParser  # type: ignore[misc]  # noqa: SLF001 - see above
