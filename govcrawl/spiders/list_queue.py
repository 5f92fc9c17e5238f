"""Pages of lists in line before all other pages of a site. Each is requested once, for all the sections that need it.

Uses no network: the visit makes the requests.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from govcrawl.records.items import SEVERAL

if TYPE_CHECKING:
    from collections.abc import Callable

    from govcrawl.network.requests import FetchFacts
    from govcrawl.spiders.lists import Reading

LIST_DEPTH = 1
MOST_KEPT = 1 << 20  # bytes of list pages of one site, for sections whose pagers lead to them later


@dataclass(slots=True)
class Step:
    """A request that goes before the frontier: a page of a list, its data, an address that cannot exist."""

    url: str
    method: Callable[..., Any]
    arguments: tuple[Any, ...] = ()
    depth: int = LIST_DEPTH
    browser: bool = False
    of_list: Reading | None = None


@dataclass(slots=True)
class ListQueue:
    """The lists of one site that are still being read. `steps` are requests for them, and for addresses that cannot exist."""

    steps: deque[Step] = field(default_factory=deque)
    open: int = 0  # sections whose lists are still being read
    sections: dict[str, list[Reading]] = field(default_factory=dict)  # address of a page → who waits for it
    failed_once: list[Reading] = field(default_factory=list)  # tried again at the end
    ended: list[Reading] = field(
        default_factory=list
    )  # whose lists are read, and their entries not yet asked for
    unsettled: dict[str, list[Reading]] = field(
        default_factory=dict
    )  # address of a first page that may stand in for a missing one → whose lists are read
    shown: dict[tuple[str, ...], set[str]] = field(
        default_factory=dict
    )  # addresses of a list → pages that show them
    _kept: dict[str, FetchFacts] = field(default_factory=dict)  # pages that came, while lists are read

    def add(self, step: Step, reading: Reading, *, first: bool) -> None:
        """Put a page of a list in line; `first`: before all others, so that a list is read in one go."""
        self.sections[step.url] = [reading]
        (self.steps.appendleft if first else self.steps.append)(step)

    def withdraw(self, url: str) -> list[Reading]:
        """Take a page out of the line that came by another way; return the sections that wait for it."""
        if all(step.url != url for step in self.steps):
            return []
        self.steps = deque(step for step in self.steps if step.url != url)
        return self.sections.pop(url)

    def keep(self, facts: FetchFacts) -> None:
        """Keep a page that came, as long as there is room."""
        if sum(len(one.body) for one in self._kept.values()) + len(facts.body) <= MOST_KEPT:
            self._kept[facts.url] = facts

    def kept(self, url: str, *, drawn: bool) -> FetchFacts | None:
        """A page that came before; `drawn`: by the browser."""
        facts = self._kept.get(url)
        return facts if facts is not None and (facts.rendered or not drawn) else None

    def close(self, reading: Reading) -> None:
        """One list is read. After the last one nothing that came is needed any more."""
        self.open -= 1
        self.ended.append(reading)
        if reading.entries and reading.first is not None:
            addresses = tuple(entry.url for entry in reading.entries.values())
            self.shown.setdefault(addresses, set()).add(reading.first.final_url or reading.first.url)
        if not self.open:
            self._kept.clear()

    def furniture_of(self, reading: Reading) -> frozenset[str]:
        """The rows of a list, where so many other sections show the very same that they are none of its own."""
        addresses = tuple(entry.url for entry in reading.entries.values())
        return frozenset(addresses if len(self.shown.get(addresses, ())) >= SEVERAL else ())
