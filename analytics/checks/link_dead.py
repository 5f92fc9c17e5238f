"""Link target that does not open, inside or outside the site (链接打不开)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import links
from govcrawl.records.link_kinds import READ_AS_LINKS

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How far back the first night of a 5xx may lie."""

    repeat_within_days: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every target of these kinds that the visit of the day met."""
    return links.run(
        "link-dead", source, as_of, kinds=READ_AS_LINKS, repeat_within_days=params.repeat_within_days
    )
