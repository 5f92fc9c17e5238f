"""What a check that looks back over some days rests on; its `Params` have it as `window`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """The `days` before the day inspected, seen by visits of the site or by attempts at its home page."""

    days: int
    of_attempts: bool = False
