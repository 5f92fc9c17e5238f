"""The days a check looks back over; its `Params` have them as `window`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """The `days` before the day inspected, seen by visits of the site or by attempts at its home page."""

    days: int
    of_attempts: bool = False
