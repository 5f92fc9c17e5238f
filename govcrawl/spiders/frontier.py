"""The order of the addresses of one site, and where a visit ends: what must be read first, then breadth first; no traps.

No network, no clock. A site without end (calendars, facets, relative links that lead into themselves) costs its budget and no
more; addresses that are left alone are counted by reason. Addresses that differ in digits only are the articles of a section
or a trap, which only reading shows: beyond a handful, they are held back until the first ones have brought something new. A
folder that would use up the budget alone waits, beyond its quota, until the others have had their turn.
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

AddressAtDepth = tuple[str, int]  # an address and its depth


@dataclass(frozen=True, slots=True)
class Budget:
    """How far one site is read in one run."""

    max_pages: int
    max_depth: int
    max_seconds: float
    max_bytes: int
    max_url_length: int
    max_per_template: (
        int  # pages whose addresses differ in digits only, until these have brought something new
    )
    max_per_query_template: int  # the same for a query of several parts, where calendars and facets live
    max_per_prefix: int  # below one first folder, before all others have had their turn


@dataclass(slots=True)
class Template:
    """Addresses that differ in digits only."""

    most: int  # that may be in line or read
    admitted: int = 0
    read: int = 0
    fruitful: int = 0  # of these, how many brought something new
    held: deque[AddressAtDepth] = field(default_factory=deque)
    turned_away: int = 0

    def bears_fruit(self) -> bool:
        return 2 * self.read >= self.most and 2 * self.fruitful >= self.read


@dataclass(slots=True)
class Frontier:
    """The addresses of one site still to be fetched. The caller offers each address once."""

    budget: Budget
    started_s: float  # on the caller's clock, as is `now_s`
    taken: int = 0
    addresses: set[str] = field(
        default_factory=set
    )  # that are in line first or were given out: each once, whoever wants it
    _left: Counter[str] = field(default_factory=Counter)
    _no_room: list[str] = field(default_factory=list)  # met when the budget was full; some are wanted later
    _wanted: deque[AddressAtDepth] = field(default_factory=deque)
    _due: deque[AddressAtDepth] = field(default_factory=deque)
    _standing: set[str] = field(default_factory=set)  # of these, what was read on an earlier night
    _waiting: deque[AddressAtDepth] = field(default_factory=deque)
    _spare: deque[AddressAtDepth] = field(default_factory=deque)  # beyond the quota of their prefix
    _prefixes: Counter[str] = field(default_factory=Counter)
    _templates: dict[str, Template] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._wanted) + len(self._due) + len(self._waiting) + len(self._spare)

    @property
    def not_visited(self) -> Counter[str]:
        """Reason → known addresses left alone."""
        held = sum(len(one.held) + one.turned_away for one in self._templates.values())
        no_room = sum(url not in self.addresses for url in self._no_room)
        return self._left + Counter({LeftOut.TEMPLATE.value: held, LeftOut.MAX_PAGES.value: no_room})

    def refused(self) -> dict[str, int]:
        """Templates that were not read on, with how many of their addresses were left alone."""
        return {
            name: len(one.held) + one.turned_away
            for name, one in self._templates.items()
            if one.held or one.turned_away
        }

    def want(self, url: str, depth: int) -> LeftOut | None:
        """Put an address in line that must be read, whatever it looks like; return the reason when that is impossible."""
        if url in self.addresses:
            return None
        if len(url) > self.budget.max_url_length:
            self._left[LeftOut.LONG_ADDRESS.value] += 1
            return LeftOut.LONG_ADDRESS
        self.addresses.add(url)
        self._wanted.append((url, depth))
        return None

    def expect(self, url: str, depth: int, *, stands: bool = False) -> None:
        """Put a known page in line whose turn it is: behind what must be read, before new addresses, regardless of quotas."""
        self._due.append((url, depth))
        if stands:
            self._standing.add(url)

    def offer(self, url: str, depth: int) -> None:
        """Put an address in line, hold it back, or count why it is left alone."""
        if reason := self._refusal(url, depth):
            self._left[str(reason)] += 1
            return
        template = self._template(url)
        if template.admitted < template.most:
            self._admit(template, (url, depth))
        elif len(template.held) < self.budget.max_pages:
            template.held.append((url, depth))
        else:
            template.turned_away += 1

    def leave(self, reason: LeftOut, count: int = 1) -> None:
        """Count addresses that the caller leaves alone."""
        self._left[str(reason)] += count

    def bore(self, url: str, *, fruit: bool) -> None:
        """Take in whether a page that was read brought anything new. When most do, the addresses held back are let in."""
        template = self._template(url)
        template.read += 1
        template.fruitful += fruit
        if template.held and template.bears_fruit():
            template.most *= 2
            while template.held and template.admitted < template.most:
                self._admit(template, template.held.popleft())

    def spent(self, now_s: float, received_bytes: int) -> LeftOut | None:
        """Which part of the budget is used up, if any is."""
        budget = self.budget
        if self.taken >= budget.max_pages:
            return LeftOut.MAX_PAGES
        if now_s - self.started_s >= budget.max_seconds:
            return LeftOut.MAX_SECONDS
        if received_bytes >= budget.max_bytes:
            return LeftOut.MAX_BYTES
        return None

    def next(self, now_s: float, received_bytes: int) -> AddressAtDepth | None:
        """Take the next address and its depth; None when there is none or the budget is spent."""
        for line in (self._due, self._waiting, self._spare):
            while line and line[0][0] in self.addresses:  # offered, and then wanted
                line.popleft()
        if not len(self):
            return None
        if reason := self.spent(now_s, received_bytes):
            self._left[str(reason)] += len(self) - sum(url in self._standing for url, _ in self._due)
            for line in (self._wanted, self._due, self._waiting, self._spare):
                line.clear()
            return None
        self.taken += 1
        url, depth = (self._wanted or self._due or self._waiting or self._spare).popleft()
        self.addresses.add(url)
        return url, depth

    def _template(self, url: str) -> Template:
        name = template_of(url)
        if name not in self._templates:
            budget = self.budget
            self._templates[name] = Template(
                budget.max_per_query_template if _may_be_a_trap(url) else budget.max_per_template
            )
        return self._templates[name]

    def _admit(self, template: Template, step: AddressAtDepth) -> None:
        """Put an address in line, if the budget has a page left for it: a line never needs to hold more."""
        url, _ = step
        prefix = url.split("/", 4)[3] if url.count("/") > 3 else ""
        crowded = bool(prefix) and self._prefixes[prefix] >= self.budget.max_per_prefix
        line = self._spare if crowded else self._waiting
        if self.taken + len(self._wanted) + len(self._due) + len(line) >= self.budget.max_pages:
            self._no_room.append(url)
            return
        template.admitted += 1
        self._prefixes[prefix] += 1
        line.append(step)

    def _refusal(self, url: str, depth: int) -> LeftOut | None:
        if depth > self.budget.max_depth:
            return LeftOut.MAX_DEPTH
        if len(url) > self.budget.max_url_length:
            return LeftOut.LONG_ADDRESS
        return LeftOut.REPEATED_SEGMENT if _leads_into_itself(url.partition("?")[0]) else None


def template_of(url: str) -> str:
    """What addresses that differ in digits, or in the values of their query, have in common.

    A query of one number is an address like any other, and keeps its shape.
    """
    path, mark, query = url.partition("?")
    template = _DIGITS.sub("0", path)
    if _ONE_NUMBER.fullmatch(query):
        return f"{template}?{_DIGITS.sub('0', query)}"
    return (
        template + mark + "&".join(sorted(part.partition("=")[0] for part in query.split("&")))
        if mark
        else template
    )


def _may_be_a_trap(url: str) -> bool:
    """Whether an address has a query of several parts, where calendars and facets live."""
    _, mark, query = url.partition("?")
    return bool(mark) and not _ONE_NUMBER.fullmatch(query)


def _leads_into_itself(path: str) -> bool:
    segments = path.split("/")[3:]
    if len(segments) <= _MOST_EQUAL_SEGMENTS:
        return False
    return any(n > _MOST_EQUAL_SEGMENTS for segment, n in Counter(segments).items() if segment)
