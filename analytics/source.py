"""Where the checks of one assessment read: the published snapshot, each question asked once.

Several checks judge the same reading; a published copy never changes, so the first answer serves them all. The
frames are shared: a check makes new ones and never changes what it was given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd


class Source(Protocol):
    """What a check needs of the snapshot: the answers to `warehouse/queries/<name>.sql`."""

    def query(self, name: str, **params: Any) -> pd.DataFrame:
        """Answer one question, `$parameters` bound to values."""
        ...


class Remembered:
    """A source that asks each question once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._answers: dict[str, pd.DataFrame] = {}

    def query(self, name: str, **params: Any) -> pd.DataFrame:
        """Answer from memory what was asked before."""
        question = f"{name} {sorted(params.items())}"
        if question not in self._answers:
            self._answers[question] = self._source.query(name, **params)
        return self._answers[question]
