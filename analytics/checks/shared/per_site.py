"""Shared by the checks that find at most one fault per site, with the home page as its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.checks.shared import findings
from analytics.checks.shared.absence import doubts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analytics.checks.shared.findings import Answer


def judge(
    check_id: str, rows: pd.DataFrame, *, expected: str, evidence: Sequence[str], net: str | None = None
) -> Answer:
    """`rows`: one per site with home_url, run_id, `failed` and `sure` (booleans), and `reason` in Chinese.

    Sites that are not `sure` are unmeasured. `net`: the key of `doubts` that makes an absence await a person.
    """
    sure, failed = rows["sure"].astype(bool), (rows["failed"] & rows["sure"]).astype(bool)
    faults = rows[failed]
    return findings.answer(
        check_id,
        faults=faults.assign(
            subject_url=faults["home_url"],
            observed=faults["reason"],
            expected=expected,
            evidence=findings.evidence(faults, evidence),
            **({} if net is None else {"doubt": doubts_of(faults, [net])}),
        ),
        measured=rows.assign(
            category="",
            looked=1,
            failed=failed.astype("int64"),
            unmeasured=(~sure).astype("int64"),
            complete=sure,
        ),
        doubtful=rows[~sure].rename(columns={"home_url": "subject_url"}),
    )
