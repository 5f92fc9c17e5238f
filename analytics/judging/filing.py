"""Which faults stand under which row of the table, and the table itself as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.editions.edition_model import ACCOUNT
from analytics.judging.counting import in_categories
from govcrawl.records.states import REPORTED

if TYPE_CHECKING:
    from analytics.editions.edition_model import Edition, Indicator

INDICATOR = (
    "indicator_id",
    "position",
    "part",
    "block",
    "title",
    "scope",
    "max_points",
    "manual",
    "checks",
    "clause",
    "source",
    "wording",
    "confidence",
    "verify",
)
"""One row an indicator of the edition, with what an overlay changed in it."""

INDICATOR_FINDING = ("indicator_id", "finding_key", "counts")
"""One row a fault and indicator it stands under. `counts`: it moves the row; else it waits, was excused or is only filed."""


def table(edition: Edition) -> pd.DataFrame:
    """The edition's table."""
    rows = [
        {
            "indicator_id": row.id,
            "position": position,
            "part": row.part,
            "block": row.group,
            "title": row.title,
            "scope": row.scope,
            "max_points": None if row.max_points is None else float(row.max_points),
            "manual": row.manual,
            "checks": list(row.checks),
            "clause": row.clause,
            "source": row.source,
            "wording": row.wording,
            "confidence": row.confidence,
            "verify": row.verify,
        }
        for position, row in enumerate(edition.indicators, 1)
    ]
    return pd.DataFrame(rows, columns=list(INDICATOR))


def under_rows(edition: Edition, found: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """`found`: findings of all checks; `asked`: site_code, indicator_id of the rows asked of each site."""
    pairs = []
    for row in edition.indicators:
        for rule in row.rules:
            here = found[(found["check_id"] == rule.check) & in_categories(rule, found["category"])]
            pairs.append(_pair(row, here, here["state"].isin(REPORTED)))
        here = found[found["check_id"].isin(row.files)]
        pairs.append(_pair(row, here, pd.Series(data=False, index=here.index)))
    all_pairs = pd.concat(pairs, ignore_index=True)
    of_sites = all_pairs.merge(asked, on=["site_code", "indicator_id"])
    of_accounts = all_pairs[all_pairs["account"]]
    return (
        pd.concat([of_sites, of_accounts])
        .sort_values(["indicator_id", "finding_key", "counts"], ascending=[True, True, False])
        .drop_duplicates(["indicator_id", "finding_key"])[list(INDICATOR_FINDING)]
        .reset_index(drop=True)
    )


def _pair(row: Indicator, faults: pd.DataFrame, counts: pd.Series[bool]) -> pd.DataFrame:
    return faults[["finding_key", "site_code"]].assign(
        indicator_id=row.id, counts=counts, account=row.scope == ACCOUNT
    )
