"""Shared by all checks that conclude absence: which pages can prove that something is missing.

A page can when its state is `read`: it showed content, and our reader reached its end. In folders written before read
states existed, every page that was received counts as read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.nullable import truth
from analytics.words.phrases import outcome_words, read_state_words
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import ReadState

if TYPE_CHECKING:
    import pandas as pd


def is_read(pages: pd.DataFrame) -> pd.Series[bool]:
    """For each row with `outcome` and `read_state`: whether the page was read; false for pages never requested."""
    received = truth(pages["outcome"].eq(Outcome.OK))
    return received & pages["read_state"].fillna(ReadState.READ).eq(ReadState.READ)


def why_not(pages: pd.DataFrame) -> pd.Series[str]:
    """Why a page was not read, in words: its outcome or, if it was received, its read state."""
    received = truth(pages["outcome"].eq(Outcome.OK))
    return outcome_words(pages["outcome"]).where(~received, read_state_words(pages["read_state"]))
