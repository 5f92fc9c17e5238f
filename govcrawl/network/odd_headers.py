"""Accepts answers with invalid header lines, as browsers do: they ignore such a line and show the page.

Scrapy ignores lines without a colon. But a header name that Twisted rejects (`InvalidHeaderName`) ends the whole
answer. Twisted's parser offers no setting for this, so its class is replaced before any connection is made.
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
    """Make all later connections of this process ignore invalid header lines."""
    http11._LenientHTTPClientParser = _TolerantParser  # type: ignore[misc]  # noqa: SLF001 - see above
