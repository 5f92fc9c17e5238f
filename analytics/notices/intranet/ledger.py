"""The ledger (台账) as a page: every fault over its life, to filter and sort, and one line for each unit with a link to its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.notices.ledger_book import tallies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.notices.ledger_book import Fault, UnitTally

MOST = 3_000
"""Faults on the page, those that stand first; a browser sorts these at once. The pages of units and the XLSX hold all."""


@dataclass(frozen=True, slots=True)
class Ledger:
    faults: Sequence[Fault]
    number: int
    standing: int
    units: list[UnitTally]


def read_ledger(faults: Sequence[Fault]) -> Ledger:
    """`faults` in the order of the book."""
    return Ledger(faults[:MOST], len(faults), sum(f.stands for f in faults), tallies(faults))
