"""The ledger: the state of each fault over the assessments (new → open → fixed → reopened), with decisions and documents.

A fault is fixed only when a new measurement proves it. On a night when its site or its subject could not be measured,
a fault keeps its state. Pure functions of the earlier ledger, tonight's answers, people's decisions and issued documents.

    dismissed   a person called it a false alarm; it keeps this state while the decision holds, found again or not
    explained   a person excused it until a day; until then, unless it is mended
    overdue     it was found after the day by which a document asked for it to be mended
    closed      its site, section or account was closed or left the registry
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.nullable import truth
from govcrawl.records.states import FindingState, LedgerState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

COLUMNS = (
    "finding_key",
    "site_code",
    "check_id",
    "subject_url",
    "state",
    "first_seen_on",
    "since_on",
    "last_seen_on",
    "fixed_on",
    "page_gone",
    "notified_in",
    "due_on",
)
"""Columns of the ledger. Civil days are text (`2026-11-22`), as in its file. `since_on`: first found since last mended."""


def grow(
    earlier: pd.DataFrame,
    found: pd.DataFrame,
    doubtful: pd.DataFrame,
    again: pd.DataFrame,
    as_of: date,
    *,
    decided: pd.DataFrame,
    announcements: Callable[[pd.DataFrame], pd.DataFrame],
    gone: pd.Series[str],
) -> pd.DataFrame:
    """Return tonight's ledger.

    `found`: tonight's findings but those that wait for a person; `observed_on` is before today where
    the page was not due. `doubtful`: check_id, site_code, subject_url that
    could not be measured. `again`: finding_key of earlier faults that were looked at again tonight, and
    whether their `page_gone` (proof.py). `decided`:
    finding_key and decision in force tonight. `announcements`: function from faults (finding_key, since_on) to the
    notice_id and due_on of the document that announced them (told_before.sql). `gone`: keys of earlier faults that are
    closed.
    """
    today = as_of.isoformat()
    tonight = found[["finding_key", "site_code", "check_id", "subject_url", "observed_on"]].assign(found=True)
    both = earlier.merge(tonight, on="finding_key", how="outer", suffixes=("", "_now"))
    for column in ("site_code", "check_id", "subject_url"):
        both[column] = both[column + "_now"].fillna(both[column])
    is_found = _true(both["found"])
    is_earlier, was_fixed = both["state"].notna(), _true(both["state"].eq(LedgerState.FIXED))
    left = both["finding_key"].isin(gone) & ~is_found
    mended = ~is_found & ~was_fixed & ~left & _measured_again(both, doubtful, again)
    both["first_seen_on"] = both["first_seen_on"].fillna(today)
    both["since_on"] = both["since_on"].fillna(both["first_seen_on"]).mask(is_found & was_fixed, today)
    both["last_seen_on"] = both["last_seen_on"].where(~is_found, both["observed_on"])
    both["fixed_on"] = both["fixed_on"].mask(is_found, None).mask(mended, today)
    left_with_page = both["finding_key"].isin(again.loc[_true(again["page_gone"]), "finding_key"])
    both["page_gone"] = (_true(both["page_gone"]) & ~is_found & was_fixed) | (mended & left_with_page)
    both = _with_notices(both, announcements(both[["finding_key", "since_on"]]))
    fixed = mended | (was_fixed & ~is_found)
    decision = both["finding_key"].map(decided.set_index("finding_key")["decision"])
    late = _true(both["last_seen_on"].astype("str") > both["due_on"])
    both["state"] = np.select(
        [
            _true(decision.eq(FindingState.DISMISSED)),
            fixed,
            left,
            _true(decision.eq(FindingState.EXPLAINED)),
            late,
            is_found & ~is_earlier,
            is_found & was_fixed,
        ],
        [
            LedgerState.DISMISSED,
            LedgerState.FIXED,
            LedgerState.CLOSED,
            LedgerState.EXPLAINED,
            LedgerState.OVERDUE,
            LedgerState.NEW,
            LedgerState.REOPENED,
        ],
        LedgerState.OPEN,
    )
    return both[list(COLUMNS)].sort_values(
        ["site_code", "check_id", "subject_url", "finding_key"], ignore_index=True
    )


def empty() -> pd.DataFrame:
    """Return an empty ledger, as before the first assessment."""
    return pd.DataFrame({column: pd.Series(dtype="object") for column in COLUMNS})


def after_rechecks(earlier: pd.DataFrame, mended: pd.DataFrame) -> pd.DataFrame:
    """Return the earlier ledger updated by re-checks; `mended` has finding_key, fixed_on and page_gone (mended_between.sql)."""
    rechecks = mended.set_index("finding_key")
    fixed_on = earlier["finding_key"].map(rechecks["fixed_on"])
    fixed = fixed_on.notna()
    return earlier.assign(
        state=earlier["state"].mask(fixed, LedgerState.FIXED.value),
        fixed_on=earlier["fixed_on"].mask(fixed, fixed_on),
        page_gone=earlier["page_gone"].mask(fixed, earlier["finding_key"].map(rechecks["page_gone"])),
    )


def _with_notices(faults: pd.DataFrame, announcements: pd.DataFrame) -> pd.DataFrame:
    documents = announcements.set_index("finding_key")
    return faults.assign(
        notified_in=faults["finding_key"].map(documents["notice_id"]).astype("str"),
        due_on=faults["finding_key"].map(documents["due_on"]).astype("str"),
    )


def _measured_again(faults: pd.DataFrame, doubtful: pd.DataFrame, again: pd.DataFrame) -> pd.Series[bool]:
    keys = ["check_id", "site_code", "subject_url"]
    near = doubtful.loc[doubtful["subject_url"].isin(faults["subject_url"]), keys]  # few of millions
    unsure = faults[keys].merge(near.drop_duplicates().assign(unsure=True), on=keys, how="left")["unsure"]
    return ~_true(unsure).set_axis(faults.index) & faults["finding_key"].isin(again["finding_key"])


def _true(marks: pd.Series[bool]) -> pd.Series[bool]:
    return truth(marks.eq(other=True))
