"""Limits what a drawn page may request: a page may reload itself, or fetch more, without end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from govcrawl.records.outcomes import Outcome, RequestEnded

if TYPE_CHECKING:
    import asyncio

MOST_REQUESTS: Final = 300
"""Sent for one page; what it asks for beyond is refused, and the page is cut."""
MOST_WISHES: Final = 1000
"""Of one page, refused ones and its pictures included; then it is given up, for each costs us some work."""
MOST_MOVES: Final = 10
"""Documents one after the other in its window, and windows it opens: as many as redirects of a plain page."""


@dataclass(slots=True)
class DrawnSites:
    """How many requests the drawn pages of each site have made in this run."""

    most: int  # of one site; then no page of it is drawn any more
    made: Counter[str] = field(default_factory=Counter)

    def check(self, site: str) -> None:
        """Raise RequestEnded when the pages of a site have made all requests they may."""
        if self.made[site] >= self.most:
            raise RequestEnded(
                Outcome.BUDGET_SPENT, f"the drawn pages of this site made {self.made[site]} requests"
            )


@dataclass(slots=True)
class Drawing:
    """One page being drawn, in a task."""

    site: str
    sites: DrawnSites
    task: asyncio.Future[Any] | None = None
    refused: RequestEnded | None = None  # why it may not be read
    cut: bool = False  # it may be read, but was refused something
    _requests: int = 0
    _wishes: int = 0
    _moves: int = 0

    def wish(self) -> None:
        """Count a request that the page wants to send."""
        self._wishes += 1
        if self._wishes > MOST_WISHES:
            self._give_up(f"it asks without end: {self._wishes} requests")

    def may_send(self) -> bool:
        """Whether a request is sent; then it is counted."""
        if self._requests >= MOST_REQUESTS:
            self.cut = True
            return False
        self._requests += 1
        self.sites.made[self.site] += 1
        return True

    def may_move(self) -> bool:
        """Whether the page may go on to one more document, or open a window; then it is counted."""
        if self._moves >= MOST_MOVES:
            self._give_up(f"it goes on without end, after {self._moves} documents and windows")
            return False
        self._moves += 1
        return True

    def _give_up(self, why: str) -> None:
        if self.refused is None and self.task is not None:
            self.refused = RequestEnded(Outcome.RENDER_FAILED, why)
            self.task.cancel()
