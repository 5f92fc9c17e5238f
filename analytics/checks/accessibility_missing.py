"""Site whose home page offers no entry to reading without barriers (未提供无障碍浏览)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import reader_services
from govcrawl.pages.markup.furniture import ACCESSIBILITY

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every site by its pages examined on the day."""
    return judge(source.query("services_tried", as_of=as_of))


def judge(sites: pd.DataFrame) -> Answer:
    """Judge sites. `sites`: one row per site, see warehouse/queries/services_tried.sql."""
    enough = sites["home_read"].fillna(0) > 0
    return reader_services.judge(
        "accessibility-missing",
        sites,
        ACCESSIBILITY,
        enough,
        name="无障碍浏览入口",
        expected="网站应提供无障碍浏览功能",
    )
