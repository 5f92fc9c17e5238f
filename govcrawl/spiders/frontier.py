"""Which pages of one site come next, and where a visit ends: breadth first, within a budget, out of traps.

Pure: no network, no clock. A site that never ends (calendars, facets, relative links that lead into themselves)
costs its budget and nothing more, and what was left alone is counted with the reason. A folder that alone would fill
the budget waits, beyond its quota, until the others have had their turn. Pages of standing faults come before everything.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field

from govcrawl.records.states import LeftOut

_DIGITS = re.compile(r"\d+")
_ONE_NUMBER = re.compile(
    r"(?:[\w\-]{1,40}=)?\d+(?:\.s?html?)?", re.IGNORECASE
)  # ?id=1207 is an address as /1207 is one
_MOST_EQUAL_SEGMENTS = 3  # /xwgk/xwgk/xwgk/ happens; a fourth is a relative link that leads into itself


@dataclass(frozen=True, slots=True)
class Budget:
    """How far one site is read in one run."""

    max_pages: int
    max_depth: int
    max_seconds: float
    max_bytes: int
    max_url_length: int
    max_per_template: int  # pages whose addresses differ in digits only
    max_per_query_template: (
        int  # with a query of several parts, where calendars and facets live: then it waits for all others
    )
    max_per_prefix: int  # below one first folder, before all others have had their turn


@dataclass(slots=True)
class Frontier:
    """The addresses of one site still to be fetched. The caller offers each address once."""

    budget: Budget
    started_s: float  # on the caller's clock, as is `now_s`
    not_visited: Counter[str] = field(default_factory=Counter)
    taken: int = 0
    _first: deque[tuple[str, int]] = field(
        default_factory=deque
    )  # asked for before all others, whatever they are like
    _known: set[str] = field(default_factory=set)  # of these, so that meeting one again is no second visit
    _waiting: deque[tuple[str, int]] = field(default_factory=deque)
    _spare: deque[tuple[str, int]] = field(default_factory=deque)  # beyond the quota of their prefix
    _prefixes: Counter[str] = field(default_factory=Counter)
    _templates: Counter[str] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self._first) + len(self._waiting) + len(self._spare)

    def offer_first(self, url: str, depth: int) -> None:
        """Put an address before all others, outside every quota: something is to be proved of this very page."""
        if url not in self._known:
            self._known.add(url)
            self._first.append((url, depth))

    def offer(self, url: str, depth: int) -> None:
        """Put an address in line, or count why it is left alone."""
        if url in self._known:
            return
        prefix = url.split("/", 4)[3] if url.count("/") > 3 else ""
        crowded = (
            bool(prefix) and self._prefixes[prefix] >= self.budget.max_per_prefix
        ) or self._may_be_a_trap(url)
        if reason := self._refusal(url, depth, self._spare if crowded else self._waiting):
            self.not_visited[reason.value] += 1
            return
        self._prefixes[prefix] += 1
        (self._spare if crowded else self._waiting).append((url, depth))

    def next(self, now_s: float, received_bytes: int) -> tuple[str, int] | None:
        """Take the next address and its depth; None when there is none or the budget is spent."""
        if not len(self):
            return None
        if reason := self._spent(now_s, received_bytes):
            self.not_visited[reason.value] += len(self)
            self._first.clear()
            self._waiting.clear()
            self._spare.clear()
            return None
        self.taken += 1
        return (self._first or self._waiting or self._spare).popleft()

    def _may_be_a_trap(self, url: str) -> bool:
        """Whether so many addresses of this query were met that it may be a calendar or a facet: it waits for all others."""
        path, _, query = url.partition("?")
        met = self._templates[_template_of(path, query)] if query and not _ONE_NUMBER.fullmatch(query) else 0
        return met >= self.budget.max_per_query_template

    def _spent(self, now_s: float, received_bytes: int) -> LeftOut | None:
        budget = self.budget
        if self.taken >= budget.max_pages:
            return LeftOut.MAX_PAGES
        if now_s - self.started_s >= budget.max_seconds:
            return LeftOut.MAX_SECONDS
        if received_bytes >= budget.max_bytes:
            return LeftOut.MAX_BYTES
        return None

    def _refusal(self, url: str, depth: int, line: deque[tuple[str, int]]) -> LeftOut | None:
        budget = self.budget
        if depth > budget.max_depth:
            return LeftOut.MAX_DEPTH
        if len(url) > budget.max_url_length:
            return LeftOut.LONG_ADDRESS
        # A line never needs to hold more than the pages the budget has left.
        if self.taken + len(line) >= budget.max_pages:
            return LeftOut.MAX_PAGES
        path, _, query = url.partition("?")
        if _leads_into_itself(path):
            return LeftOut.REPEATED_SEGMENT
        template = _template_of(path, query)
        if self._templates[template] >= budget.max_per_template:
            return LeftOut.TEMPLATE
        self._templates[template] += 1
        return None


def _template_of(path: str, query: str) -> str:
    """The address without its numbers: of a query with one number, which is an address like any other, too."""
    template = _DIGITS.sub("0", path)
    if _ONE_NUMBER.fullmatch(query):
        return f"{template}?{_DIGITS.sub('0', query)}"
    return (
        f"{template}?{'&'.join(sorted(part.partition('=')[0] for part in query.split('&')))}"
        if query
        else template
    )


def _leads_into_itself(path: str) -> bool:
    segments = path.split("/")[3:]
    if len(segments) <= _MOST_EQUAL_SEGMENTS:
        return False
    return any(n > _MOST_EQUAL_SEGMENTS for segment, n in Counter(segments).items() if segment)
