"""Reads `report_templates/wording.toml`: the phrases for checks and states in documents.

Tests make sure that the tables are complete. If a phrase is missing all the same, the document shows
`〔缺词 state.word〕` and the log names it: the person who signs sees it, and the night goes on.
"""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govcrawl.records.own_toml import own_toml

if TYPE_CHECKING:
    import pandas as pd

_FILE = Path(__file__).resolve().parents[2] / "report_templates" / "wording.toml"

logger = logging.getLogger(__name__)


class Words(dict[Any, Any]):
    """Word → phrase; a word without a phrase gives `〔缺词 …〕`."""

    def __init__(self, name: str, phrases: dict[Any, Any]) -> None:
        super().__init__(
            {
                word: Words(f"{name}.{word}", phrase) if isinstance(phrase, dict) else phrase
                for word, phrase in phrases.items()
            }
        )
        self.name = name

    def __missing__(self, word: object) -> str:
        logger.error("no phrase for %s.%s: add it to the wording", self.name, word)
        return f"〔缺词 {self.name}.{word}〕"

    def of(self, words: pd.Series[str]) -> pd.Series[str]:
        """The phrase of each word; missing words stay missing."""
        return words.map(self, na_action="ignore").astype("str")


@cache
def wording() -> dict[str, Any]:
    """Name → table, for all tables of the file."""
    tables = own_toml(_FILE)
    return {name: Words(name, table) if isinstance(table, dict) else table for name, table in tables.items()}
