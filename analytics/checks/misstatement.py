"""Text that names the state, the Party, an organ, an office, a people, a region or a law wrongly (表述错误).

A name that was replaced counts where the text is newer than the change. Whether it is a serious one (严重表述错误) only a
person says: every finding waits for one.
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
    return texts.marked(source, as_of, "misstatement")
