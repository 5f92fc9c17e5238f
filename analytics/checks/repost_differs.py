"""Page whose copy of a document reads a character, figure or date otherwise than most copies of it (转载文件内容不一致).

Three copies at least must be on record. Every finding waits for a person: an office may have corrected what others have not.
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
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge the text of every page read on the day beside its copies."""
    return texts.marked(source, as_of, "repost-differs")
