"""Style sheets and scripts that the drawn pages of a site share: each is fetched for the first page and handed to the others.

Playwright turns Chromium's own cache off where requests are looked at, as ours are, so every page would fetch them anew.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from playwright.async_api import Error as PlaywrightError

if TYPE_CHECKING:
    from playwright.async_api import Request, Route

MOST_BYTES: Final = 4_000_000  # of one browser context; what comes beyond is fetched each time
_KINDS: Final = frozenset({"stylesheet", "script"})
_LARGEST: Final = {"": 1_000_000, "gzip": 64_000}
"""Bytes on the wire of one file, by how it is packed: a small file may unpack to a thousand times its size, and by other ways to more."""
_OWN_EACH_TIME: Final = ("no-store", "no-cache", "max-age=0", "private")
_OF_THE_WIRE: Final = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that speak of a body as it was sent."""


class SharedFiles:
    """What each open browser context may use again. A file that its host wants fetched each time is fetched each time."""

    def __init__(self) -> None:
        self._files: defaultdict[str, dict[str, tuple[dict[str, str], bytes]]] = defaultdict(dict)
        self._size: defaultdict[str, int] = defaultdict(int)

    async def give(self, context: str, route: Route, request: Request) -> bool:
        """Answer a request of a page from what another page of its context fetched; False where nobody did."""
        file = self._files[context].get(request.url) if _may_be_shared(request) else None
        if file is None:
            return False
        with suppress(PlaywrightError):  # the page may be gone by now
            await route.fulfill(status=200, headers=file[0], body=file[1])
        return True

    async def take(self, context: str, request: Request) -> None:
        """Keep what came, for the next page."""
        if not _may_be_shared(request):
            return
        with suppress(PlaywrightError):
            response = await request.response()
            if response is None or response.status != 200 or request.redirected_from is not None:
                return
            headers = {name: value for name, value in response.headers.items() if name not in _OF_THE_WIRE}
            if any(word in headers.get("cache-control", "").lower() for word in _OWN_EACH_TIME):
                return
            largest = _LARGEST.get(response.headers.get("content-encoding", "").lower(), 0)
            if (await request.sizes())["responseBodySize"] > largest:
                return
            body = await response.body()
            if self._size[context] + len(body) <= MOST_BYTES:
                self._size[context] += len(body)
                self._files[context][request.url] = headers, body

    def forget(self, context: str) -> None:
        self._files.pop(context, None)
        self._size.pop(context, None)


def _may_be_shared(request: Request) -> bool:
    return request.method == "GET" and request.resource_type in _KINDS
