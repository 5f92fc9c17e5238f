"""Marks compressed bodies that are cut off; Scrapy unpacks the part that came and treats it as complete."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_GZIP: Final = 16 + zlib.MAX_WBITS
_MOST_TIMES: Final = 1100  # times its size that a gzip body can have unpacked, at most
_TRAILER: Final = 4  # bytes at the end of gzip that hold the unpacked length


class MarkTornBodies:
    """Gives a cut-off body the same flag as a body that is shorter than its Content-Length."""

    def process_response(self, request: Request, response: Response) -> Response:
        packed = (response.headers.get("Content-Encoding") or b"").strip().lower() in (b"gzip", b"x-gzip")
        if not packed or request.method == "HEAD" or "download_stopped" in response.flags:
            return response
        return response.replace(flags=[*response.flags, "dataloss"]) if _is_torn(response.body) else response


def _is_torn(body: bytes) -> bool:
    """Whether a gzip body is cut off; it is unpacked only when the length at its end cannot be true."""
    size = int.from_bytes(body[-_TRAILER:], "little")
    if len(body) / 2 <= size <= len(body) * _MOST_TIMES:
        return False
    unpacker = zlib.decompressobj(_GZIP)
    try:
        while body and not unpacker.eof:
            unpacker.decompress(body, 1 << 16)
            body = unpacker.unconsumed_tail
    except zlib.error:
        return False  # not gzip at all; Scrapy reports that when it unpacks the body
    return not unpacker.eof
