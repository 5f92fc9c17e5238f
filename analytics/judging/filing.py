"""Assigns faults to the rows of the official table, and gives the table itself as a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.editions.edition_model import OF_ACCOUNTS
from analytics.judging.counting import in_categories
from govcrawl.records.states import REPORTED

if TYPE_CHECKING:
    from analytics.editions.edition_model import Edition, Indicator

INDICATOR_COLUMNS = (
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
    "in_force",
)
"""One row per indicator of the edition, with the changes of an overlay."""

INDICATOR_FINDING = ("indicator_id", "finding_key", "counts")
"""One row per fault and indicator. `counts`: it affects the row; else it awaits a person, was excused, or is only listed."""


def table(edition: Edition) -> pd.DataFrame:
    """The edition's table, one row per indicator."""
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
            "in_force": (row.in_force or edition.issued_on).isoformat(),
        }
        for position, row in enumerate(edition.indicators, 1)
    ]
    return pd.DataFrame(rows, columns=list(INDICATOR_COLUMNS))


def under_rows(edition: Edition, found: pd.DataFrame, applicable: pd.DataFrame) -> pd.DataFrame:
    """Assign findings to rows. `applicable`: site_code, indicator_id of the rows of each site."""
    by_check = dict(iter(found.groupby("check_id")))
    pairs = []
    for row in edition.indicators:
        for rule in (rule for rule in row.rules if rule.check in by_check):
            here = by_check[rule.check]
            here = here[in_categories(rule, here["category"])]
            pairs.append(_pair(row, here, here["state"].isin(REPORTED)))
        pairs += [
            _pair(row, by_check[check], pd.Series(data=False, index=by_check[check].index))
            for check in row.files
            if check in by_check
        ]
    if not pairs:
        return pd.DataFrame(columns=list(INDICATOR_FINDING))
    all_pairs = pd.concat(pairs, ignore_index=True)
    of_sites = all_pairs.merge(applicable, on=["site_code", "indicator_id"])
    of_accounts = all_pairs[all_pairs["account"]]
    return (
        pd.concat([of_sites, of_accounts])
        .sort_values(["indicator_id", "finding_key", "counts"], ascending=[True, True, False])
        .drop_duplicates(["indicator_id", "finding_key"])[list(INDICATOR_FINDING)]
        .reset_index(drop=True)
    )


def _pair(row: Indicator, faults: pd.DataFrame, counts: pd.Series[bool]) -> pd.DataFrame:
    return faults[["finding_key", "site_code"]].assign(
        indicator_id=row.id, counts=counts, account=row.scope in OF_ACCOUNTS
    )
