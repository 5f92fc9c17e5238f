"""The data source of checks and figures: a published snapshot, with the result of each query remembered.

Several checks use the same query; a published copy never changes, so one result serves all. The frames are shared, so a
check must not change them; it makes new ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pandas as pd


class Source(Protocol):
    """What checks need of a snapshot: the results of `warehouse/queries/<name>.sql`."""

    def query(self, name: str, **params: Any) -> pd.DataFrame:
        """Run one query, with values for its `$parameters`."""
        ...


class Remembered:
    """A source that runs each query once and remembers its result."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._answers: dict[str, pd.DataFrame] = {}

    def query(self, name: str, **params: Any) -> pd.DataFrame:
        """Return the remembered result, or run the query."""
        question = f"{name} {sorted(params.items())}"
        if question not in self._answers:
            self._answers[question] = self._source.query(name, **params)
        return self._answers[question]
