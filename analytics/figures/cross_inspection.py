"""Assigns units to inspect each other's sites (交叉互评): each inspects the next in a ring drawn by a seed.

The ring is the order of the SHA-256 of `<seed>:<unit>`; so no unit inspects itself, each is inspected once, and units and seed
decide the assignment, whoever makes it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWEST = 2  # units; one alone could only inspect itself


def assign(units: Iterable[str], seed: str) -> dict[str, str]:
    """Inspecting unit → inspected unit; UserError for fewer than two units."""
    ring = sorted(set(units), key=lambda unit: hashlib.sha256(f"{seed}:{unit}".encode()).hexdigest())
    if len(ring) < FEWEST:
        raise UserError(f"cross-inspection needs {FEWEST} units or more; the inspection is of {len(ring)}")
    return dict(zip(ring, [*ring[1:], ring[0]], strict=True))
