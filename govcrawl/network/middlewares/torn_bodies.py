"""Marks a packed body that ends before its end, which Scrapy unpacks as far as it goes and calls whole."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

_GZIP: Final = 16 + zlib.MAX_WBITS
_MOST_TIMES: Final = 1100  # a body grows no more than so often when it is unpacked
_TRAILER: Final = 4  # bytes at the end that say how long the body is unpacked


class MarkTornBodies:
    """Gives a torn body the flag that a body shorter than announced gets."""

    def process_response(self, request: Request, response: Response) -> Response:
        packed = (response.headers.get("Content-Encoding") or b"").strip().lower() in (b"gzip", b"x-gzip")
        if not packed or request.method == "HEAD" or "download_stopped" in response.flags:
            return response
        return response.replace(flags=[*response.flags, "dataloss"]) if _is_torn(response.body) else response


def _is_torn(body: bytes) -> bool:
    """Whether gzip ends too early; unpacked only where the length at its end cannot be true."""
    size = int.from_bytes(body[-_TRAILER:], "little")
    if len(body) / 2 <= size <= len(body) * _MOST_TIMES:
        return False
    unpacker = zlib.decompressobj(_GZIP)
    try:
        while body and not unpacker.eof:
            unpacker.decompress(body, 1 << 16)
            body = unpacker.unconsumed_tail
    except zlib.error:
        return False  # no gzip at all, which is found out where it is unpacked
    return not unpacker.eof
