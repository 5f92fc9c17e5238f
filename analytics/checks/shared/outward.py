"""Shared by the checks on links that lead to other sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.checks.shared import findings, links

if TYPE_CHECKING:
    import pandas as pd

    from analytics.checks.shared.findings import Answer


def judge(
    check_id: str, sites: pd.DataFrame, targets: pd.DataFrame, faults: pd.DataFrame, *, expected: str
) -> Answer:
    """`targets`: how many there are (`links.targets_of`); `faults`: outward links at fault, with `observed`."""
    judged = faults.assign(category=links.place(faults["on_home"]), failed=1, unmeasured=0)
    return findings.answer(
        check_id,
        faults=judged.assign(
            subject_url=judged["target_url"],
            expected=expected,
            evidence=findings.evidence(judged, ["host", "anchor_text", "origins", "on_home"]),
        ),
        measured=links.tally(sites, targets, judged),
    )
