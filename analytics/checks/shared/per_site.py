"""What the checks share that find one fault a site at most, against its home page."""

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
    """`rows`: one a site with home_url, run_id, `failed` and `sure` (truth values) and `reason` in Chinese.

    What is not sure is unmeasured, whatever it looks like. `net`: the key of `doubts` that holds an absence back.
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


def truth(flags: pd.Series[bool]) -> pd.Series[bool]:
    """Truth values that may be missing as plain ones; missing is false."""
    return flags.fillna(value=False).astype(bool)
