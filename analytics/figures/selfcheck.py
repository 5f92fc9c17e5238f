"""Compares the results of the machine, of the unit itself (自查) and of a spot check (抽查).

Results that are missing or unmeasured on either side are no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govcrawl.registry.model import QUALIFIED, UNQUALIFIED

if TYPE_CHECKING:
    from analytics.source import Source

PAIRS = (("self", "machine"), ("spot", "machine"), ("self", "spot"))
"""The pairs that are compared. The first is milder when it passes what the second fails."""


def compare(source: Source, assessment_id: str) -> pd.DataFrame:
    """One row per site or indicator that people judged; see `differences`."""
    return differences(source.query("results_compared", assessment_id=assessment_id))


def differences(compared: pd.DataFrame) -> pd.DataFrame:
    """Add for each pair `<a>_<b>` (agrees, milder, stricter; missing without both) and `<a>_<b>_points` (a − b)."""
    result = compared.copy()
    for one, other in PAIRS:
        mine, theirs = compared[f"{one}_verdict"], compared[f"{other}_verdict"]
        word = pd.Series("agrees", index=compared.index, dtype="str")
        word = word.mask((mine == QUALIFIED) & (theirs == UNQUALIFIED), "milder")
        word = word.mask((mine == UNQUALIFIED) & (theirs == QUALIFIED), "stricter")
        result[f"{one}_{other}"] = word.where(mine.notna() & theirs.notna())
        result[f"{one}_{other}_points"] = (compared[f"{one}_score"] - compared[f"{other}_score"]).round(2)
    return result


def agreement(compared: pd.DataFrame) -> pd.DataFrame:
    """One row per pair: how many both judged, how many agree, are milder or stricter, and the mean score difference."""
    rows = []
    for one, other in PAIRS:
        words = compared[f"{one}_{other}"].value_counts()
        apart = compared.loc[compared["indicator_id"].isna(), f"{one}_{other}_points"].dropna()
        rows.append(
            {
                "judged": one,
                "against": other,
                "both": int(words.sum()),
                **{word: int(words.get(word, 0)) for word in ("agrees", "milder", "stricter")},
                "scored": len(apart),
                "mean_points_apart": round(float(apart.abs().mean()), 2) if len(apart) else None,
            }
        )
    return pd.DataFrame(rows)
