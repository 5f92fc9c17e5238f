"""Site whose pages offer no way to share them (未提供分享功能).

On most sites the sharing buttons are on articles, so only sites of which an article was read are judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import reader_services
from govcrawl.pages.markup.furniture import SHARE

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

ARTICLES = 2


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every site by its pages examined on the day."""
    return judge(source.query("services_tried", as_of=as_of))


def judge(sites: pd.DataFrame) -> Answer:
    """Judge sites. `sites`: one row per site, see warehouse/queries/services_tried.sql."""
    enough = (sites["articles_read"].fillna(0) >= ARTICLES) & (sites["home_read"].fillna(0) > 0)
    return reader_services.judge(
        "share-missing",
        sites,
        SHARE,
        enough,
        name="页面分享功能",
        expected="信息页面应提供分享功能",
    )
