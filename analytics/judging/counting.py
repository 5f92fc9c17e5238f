"""Counts for one row of the official table, and their worth in points.

Points are integers in ten-thousandths here, so that 3 × 0.2 is 0.6 and not 0.6000000000000001.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from analytics.editions.edition_model import MOST_DECIMALS

if TYPE_CHECKING:
    from analytics.editions.chosen import Limit, Tariff

UNITS: int = 10**MOST_DECIMALS  # units per point
NUMBERS = ("looked", "failed", "unmeasured", "awaiting", "held")


def units(points: Decimal) -> int:
    """Points as an integer number of units."""
    return int(points * UNITS)


def count(subjects: pd.Series[str], key: str, rule: Limit | Tariff, measured: pd.DataFrame) -> pd.DataFrame:
    """One row per subject, in the given order: what a check counted in the categories of one limit or tariff.

    `held`: measured and in order. A subject is incomplete when any of its rows is, in any category, because the part
    that was not visited may be of any category. `said`: the check's own reason.
    """
    chosen = measured[in_categories(rule, measured["category"])]
    by_subject = chosen.groupby(key)
    counted = by_subject[["looked", "failed", "unmeasured", "awaiting"]].sum()
    counted["said"] = by_subject["reason"].agg(lambda words: ",".join(dict.fromkeys(filter(None, words))))
    counted = counted.reindex(subjects)
    complete = measured.groupby(key)["complete"].all().reindex(subjects)
    counted = counted.assign(
        complete=complete.eq(other=True).fillna(value=False).astype(bool), said=counted["said"].fillna("")
    )
    counted = counted.fillna(dict.fromkeys(NUMBERS[:-1], 0)).astype(dict.fromkeys(NUMBERS[:-1], "int64"))
    return counted.assign(
        held=counted["looked"] - counted["failed"] - counted["unmeasured"] - counted["awaiting"]
    ).reset_index(drop=True)


def in_categories(rule: Limit | Tariff, categories: pd.Series[str]) -> pd.Series[bool]:
    """Whether the rule counts each category."""
    if rule.categories:
        return categories.isin(rule.categories)
    return ~categories.isin(rule.except_categories)


def bounds(tariff: Tariff, counted: pd.DataFrame, kind: str, decimals: int) -> pd.DataFrame:
    """`low`: points for the measured subjects of this kind (failed or held); `high`: with all unmeasured ones added."""
    certain = counted[kind]
    could = certain + counted["unmeasured"] + counted["awaiting"]
    return pd.DataFrame(
        {
            "low": worth(tariff, certain, counted["looked"], decimals),
            "high": worth(tariff, could, counted["looked"], decimals),
        }
    )


def worth(tariff: Tariff, number: pd.Series[int], looked: pd.Series[int], decimals: int) -> pd.Series[int]:
    """Points (in units) for `number` subjects out of `looked`."""
    if tariff.points_each is not None:
        return number * units(tariff.points_each)
    if tariff.points_once is not None:
        return (number >= tariff.at_least).astype("int64") * units(tariff.points_once)
    each = units(tariff.points_per_percent or Decimal(0))
    of = looked.clip(lower=1)
    if not tariff.proportional:
        return 100 * number // of * each
    step = UNITS // 10**decimals  # rounded half up to the edition's decimals
    exact: pd.Series[int] = (2 * 100 * number * each + of * step) // (2 * of * step) * step
    return exact
