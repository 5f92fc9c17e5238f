"""Which pages prove anything missing: what all checks share that assert absence.

A page proves absence when it came and was `read`: it showed something, and our reader came to its end. Of folders
written before read states were noted, every page that came counts as read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.words.phrases import outcome_words, read_state_words
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import ReadState

if TYPE_CHECKING:
    import pandas as pd


def read(pages: pd.DataFrame) -> pd.Series[bool]:
    """By row with `outcome` and `read_state`: whether the page was read. A row nobody asked for was not."""
    came = pages["outcome"].eq(Outcome.OK).fillna(value=False).astype(bool)
    return came & pages["read_state"].fillna(ReadState.READ).eq(ReadState.READ)


def why_not(pages: pd.DataFrame) -> pd.Series[str]:
    """What happened instead, in words: the outcome, or what came of a page that did come."""
    came = pages["outcome"].eq(Outcome.OK).fillna(value=False).astype(bool)
    return outcome_words(pages["outcome"]).where(~came, read_state_words(pages["read_state"]))
