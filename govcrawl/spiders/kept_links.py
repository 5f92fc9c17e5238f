"""What is kept of the links and entries of one site: each target under a number, and no more than its budget.

A site of a thousand pages with ten thousand links each would fill the disk, and take from all others the time to check them.
A page of which something was left out is `cut`: it proves no absence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govcrawl.records.states import ReadState

if TYPE_CHECKING:
    from govcrawl.pages.read import PageRead
    from govcrawl.records.items import Link


@dataclass(slots=True)
class KeptLinks:
    """Grows with the site, up to its budget."""

    max_targets: int
    max_places: int  # a target counts on every page that names it
    max_entries: int
    numbers: dict[str, int] = field(default_factory=dict)  # targets met, in their order: the seen-set
    left_out: int = 0  # links that were not kept, one on several pages counts on each
    _places: int = 0
    _entries: int = 0

    def take(self, read: PageRead) -> tuple[list[Link], list[int]]:
        """Number the links of a page; return those new on this site, and the numbers of all. What finds no room leaves the page."""
        new, nos = [], []
        for link in read.links[: self.max_places - self._places]:
            number = self.numbers.get(link.url)
            if number is None:
                if len(self.numbers) >= self.max_targets:
                    continue
                number = self.numbers[link.url] = len(self.numbers)
                new.append(link)
            nos.append(number)
        self._places += len(nos)
        room = self.max_entries - self._entries
        if len(nos) < len(read.links) or room < len(read.entries):
            self.left_out += len(read.links) - len(nos)
            read.entries = read.entries[:room]
            if read.read_state is ReadState.READ:
                read.read_state = ReadState.CUT
        self._entries += len(read.entries)
        return new, nos
