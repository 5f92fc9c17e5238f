"""The life of each fault over the assessments: new → open → fixed → reopened.

Only a finished measurement proves a fault mended. On a night on which its site or its subject could not be measured
a fault stays open, and nothing new is held against the site. Pure: the earlier ledger and tonight's answers decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from datetime import date

COLUMNS = (
    "finding_key",
    "site_code",
    "check_id",
    "subject_url",
    "state",
    "first_seen_on",
    "last_seen_on",
    "fixed_on",
    "notified_in",
    "due_on",
)
"""Civil days are text, `2026-11-22`: the ledger is read back from its own file."""


def grow(
    earlier: pd.DataFrame,
    found: pd.DataFrame,
    whole: pd.DataFrame,
    doubtful: pd.DataFrame,
    met: pd.DataFrame,
    as_of: date,
) -> pd.DataFrame:
    """Tonight's ledger.

    `found`: tonight's findings. `whole`: check_id, site_code where a fault not found again is gone.
    `doubtful`: check_id, site_code, subject_url that could not be measured. `met`: site_code, subject_url of earlier
    faults that were opened tonight.
    """
    today = as_of.isoformat()
    seen = found[["finding_key", "site_code", "check_id", "subject_url"]].assign(found=True)
    both = earlier.merge(seen, on="finding_key", how="outer", suffixes=("", "_now"))
    for column in ("site_code", "check_id", "subject_url"):
        both[column] = both[column + "_now"].fillna(both[column])
    is_found = both["found"].eq(other=True).fillna(value=False).astype(bool)
    known, was_fixed = both["state"].notna(), both["state"].eq("fixed").fillna(value=False).astype(bool)
    mended = ~is_found & ~was_fixed & _measured_again(both, whole, doubtful, met)
    both["state"] = np.select(
        [is_found & ~known, is_found & was_fixed, is_found, was_fixed, mended],
        ["new", "reopened", "open", "fixed", "fixed"],
        "open",
    )
    both["first_seen_on"] = both["first_seen_on"].fillna(today)
    both["last_seen_on"] = both["last_seen_on"].where(~is_found, today)
    both["fixed_on"] = both["fixed_on"].mask(is_found, None).mask(mended, today)
    return both[list(COLUMNS)].sort_values(
        ["site_code", "check_id", "subject_url", "finding_key"], ignore_index=True
    )


def empty() -> pd.DataFrame:
    """Return the ledger before the first assessment."""
    return pd.DataFrame({column: pd.Series(dtype="object") for column in COLUMNS})


def _measured_again(
    faults: pd.DataFrame, whole: pd.DataFrame, doubtful: pd.DataFrame, met: pd.DataFrame
) -> pd.Series[bool]:
    gone = _among(faults, whole, ["check_id", "site_code"])
    unsure = _among(faults, doubtful, ["check_id", "site_code", "subject_url"])
    return ~unsure & (gone | _among(faults, met, ["site_code", "subject_url"]))


def _among(faults: pd.DataFrame, others: pd.DataFrame, keys: list[str]) -> pd.Series[bool]:
    marked = faults[keys].merge(others[keys].drop_duplicates().assign(among=True), on=keys, how="left")
    return pd.Series(
        marked["among"].eq(other=True).fillna(value=False).to_numpy(dtype=bool), index=faults.index
    )
