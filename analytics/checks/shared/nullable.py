"""Shared by all that judge: columns of yes and no in which nothing may be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def truth(flags: pd.Series[bool]) -> pd.Series[bool]:
    """Nullable booleans as plain ones; missing becomes false."""
    return flags.fillna(value=False).astype(bool)
