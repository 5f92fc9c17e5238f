"""Shared by the checks of articles one by one: how many of a site were looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable


def tally(sites: pd.DataFrame, looked: pd.DataFrame, faults: pd.DataFrame, what: str) -> pd.DataFrame:
    """`findings.MEASURED` by site. Whoever left a list keeps its fault: only a look at the page mends it."""
    numbers = looked.groupby("site_code").size().reindex(sites["site_code"], fill_value=0)
    failed = faults.groupby("site_code").size().reindex(sites["site_code"], fill_value=0)
    return pd.DataFrame(
        {
            "site_code": sites["site_code"].to_numpy(),
            "category": "",
            "looked": numbers.to_numpy(dtype="int64"),
            "failed": failed.to_numpy(dtype="int64"),
            "unmeasured": 0,
            "complete": (numbers > 0).to_numpy(),
            "proves_absence": False,
            "reason": list(_reasons(numbers, failed, what)),
        }
    )


def _reasons(numbers: Iterable[int], failed: Iterable[int], what: str) -> Iterable[str]:
    for number, faulty in zip(numbers, failed, strict=True):
        yield (
            f"检查{number}{what}" + (f",{faulty}条有疑问" if faulty else "")
            if number
            else f"没有读到可以检查的{what[1:]}"
        )
