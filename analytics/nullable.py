"""Columns of yes and no in which some values are not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def truth(flags: pd.Series[bool]) -> pd.Series[bool]:
    """Nullable booleans as plain ones; missing becomes false."""
    return flags.fillna(value=False).astype(bool)
