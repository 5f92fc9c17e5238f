"""Counts for one row of the official table, and their worth in points.

Points are integers in ten-thousandths here, so that 3 × 0.2 is 0.6 and not 0.6000000000000001. All arrays have one
element per subject (site or account), in the order of the subjects.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from analytics.editions.edition_model import MOST_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    import pandas as pd

    from analytics.editions.chosen import Limit, Tariff

    Numbers = npt.NDArray[np.int64]
    Truths = npt.NDArray[np.bool_]

UNITS: int = 10**MOST_DECIMALS  # units per point


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things a check looked at, and what it said of them.

    A subject is incomplete when any row of its measurements is, in any category, because the part that was not visited
    may be of any category. `said`: the check's own reason, empty when it gave none.
    """

    looked: Numbers
    failed: Numbers
    unmeasured: Numbers
    awaiting: Numbers
    complete: Truths
    said: list[str]

    @property
    def held(self) -> Numbers:
        """How many were measured and in order."""
        return self.looked - self.failed - self.unmeasured - self.awaiting

    def of(self, kind: str) -> Numbers:
        """The number of `failed` or of `held` ones."""
        return self.held if kind == "held" else self.failed


def units(points: Decimal) -> int:
    """Points as an integer number of units."""
    return int(points * UNITS)


def count(subjects: Sequence[str], key: str, rule: Limit | Tariff, measured: pd.DataFrame) -> Counts:
    """Return what a check counted in the categories of one limit or tariff. `measured`: its `findings.COUNTED` frame.

    The loop is plain Python: an edition has dozens of rules, and pandas takes longer to begin than this takes for a
    thousand sites.
    """
    numbers = {subject: [0, 0, 0, 0] for subject in subjects}
    said: dict[str, dict[str, None]] = {subject: {} for subject in subjects}  # the keys, in order, each once
    complete: dict[str, bool] = {}
    names = ("category", "complete", "reason", "looked", "failed", "unmeasured", "awaiting")
    columns = (measured[name].tolist() for name in (key, *names))
    for subject, category, whole, reason, *counted in zip(*columns, strict=True):
        if subject not in numbers:
            continue
        complete[subject] = complete.get(subject, True) and whole
        if _counts_category(rule, category):
            numbers[subject] = [before + more for before, more in zip(numbers[subject], counted, strict=True)]
            if reason:
                said[subject][reason] = None
    looked, failed, unmeasured, awaiting = np.array(list(numbers.values()), dtype="int64").reshape(-1, 4).T
    return Counts(
        looked,
        failed,
        unmeasured,
        awaiting,
        np.array([complete.get(subject, False) for subject in subjects], dtype=bool),
        [",".join(reasons) for reasons in said.values()],
    )


def together(counts: Sequence[Counts]) -> Counts:
    """The sum of what several limits or tariffs count; a reason is said once."""
    looked, failed, unmeasured, awaiting = np.sum(
        [(each.looked, each.failed, each.unmeasured, each.awaiting) for each in counts], axis=0
    )
    return Counts(
        looked,
        failed,
        unmeasured,
        awaiting,
        np.logical_and.reduce([each.complete for each in counts]),
        [
            ",".join(dict.fromkeys(filter(None, words)))
            for words in zip(*(each.said for each in counts), strict=True)
        ],
    )


def in_categories(rule: Limit | Tariff, categories: pd.Series[str]) -> pd.Series[bool]:
    """Whether the rule counts each category."""
    return categories.map(lambda category: _counts_category(rule, category)).astype(bool)


def _counts_category(rule: Limit | Tariff, category: str) -> bool:
    if rule.categories:
        return category in rule.categories
    return category not in rule.except_categories


def bounds(tariff: Tariff, counted: Counts, kind: str, decimals: int) -> tuple[Numbers, Numbers]:
    """Points for the measured subjects of this kind (failed or held), and points with all unmeasured ones added.

    What a person has to confirm is not certain.
    """
    could = counted.of(kind) + counted.unmeasured + counted.awaiting
    certain = np.zeros_like(could) if tariff.confirm else counted.of(kind)
    return worth(tariff, certain, counted.looked, decimals), worth(tariff, could, counted.looked, decimals)


def worth(tariff: Tariff, number: Numbers, looked: Numbers, decimals: int) -> Numbers:
    """Points (in units) for `number` subjects out of `looked`."""
    if tariff.points_each is not None:
        return number * units(tariff.points_each)
    if tariff.points_once is not None:
        return (number >= tariff.at_least).astype("int64") * units(tariff.points_once)
    each = units(tariff.points_per_percent or Decimal(0))
    of = looked.clip(min=1)
    if not tariff.proportional:
        whole: Numbers = 100 * number // of * each
        return whole
    step = UNITS // 10**decimals  # rounded half up to the edition's decimals
    exact: Numbers = (2 * 100 * number * each + of * step) // (2 * of * step) * step
    return exact
