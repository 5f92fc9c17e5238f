"""`report_templates/wording.toml`: what a check or a state is called in a document.

Tests hold the tables complete. A word that lacks its phrase all the same names itself in the document, `〔缺词 state.word〕`,
and in the log: whoever signs sees it, and the night goes on.
"""

from __future__ import annotations

import logging
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

_FILE = Path(__file__).resolve().parents[2] / "report_templates" / "wording.toml"

logger = logging.getLogger(__name__)


class Words(dict[Any, Any]):
    """A table of phrases by word; a word without one names itself."""

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
        """The phrase of each word; where there is no word there is no phrase."""
        return words.map(self, na_action="ignore").astype("str")


@cache
def wording() -> dict[str, Any]:
    """The tables of the file, each by its name."""
    tables = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: Words(name, table) if isinstance(table, dict) else table for name, table in tables.items()}
