"""Shared by the checks whose parameters are names: an edition may only use those that the check knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


def refuse_unknown(parameter: str, names: Collection[str], allowed: Collection[str]) -> None:
    """Raise ValueError, which names the parameter and all known names, when one of `names` is not known."""
    if unknown := set(names) - set(allowed):
        raise ValueError(f"{parameter}: unknown {sorted(unknown)}; known: {', '.join(allowed)}")
