"""Text with a wrong character (错别字).

A find by the list of wrong words is `found`; one that only differs from common usage waits for a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import texts

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number; the lists of words have the rest."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge the text of every page read on the day."""
    return texts.marked(source, as_of, "typo")
