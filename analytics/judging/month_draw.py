"""Draws the sites that a month's inspection speaks of, where a province asks for part of them in each month.

The SHA-256 of `<site_code>` gives each site its turn: one of `months` months that follow each other. A month takes all
sites whose turn it is and, if these are fewer than `share_percent` of all, others by the SHA-256 of `<month>:<site_code>`,
the smallest first. So the list of sites, the rule and the month decide the draw, whoever makes it; and a site that runs
for `months` months is drawn at least once in them, whatever sites come or go beside it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from analytics.editions.edition_model import Draw

MONTHS_A_YEAR = 12


def drawn(site_codes: Iterable[str], rule: Draw, day: date) -> set[str]:
    """The sites drawn for the month of a day."""
    codes = set(site_codes)
    wanted = -(-len(codes) * rule.share_percent // 100)  # rounded up: at least the share
    turn = (day.year * MONTHS_A_YEAR + day.month) % rule.months
    taken = {code for code in codes if _number(code) % rule.months == turn}
    others = sorted(codes - taken, key=lambda code: (_number(f"{day:%Y-%m}:{code}"), code))
    return taken | set(others[: max(0, wanted - len(taken))])


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)
