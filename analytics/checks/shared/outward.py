"""Links that lead a reader off a site: what the checks on them share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.checks.shared import findings, links

if TYPE_CHECKING:
    import pandas as pd

    from analytics.checks.shared.findings import Answer

KINDS = ("page", "frame", "attachment")
"""What a reader follows or is shown: anchors, areas and frames; never images, styles or scripts."""


def judge(
    check_id: str, sites: pd.DataFrame, targets: pd.DataFrame, faults: pd.DataFrame, *, expected: str
) -> Answer:
    """`targets`: how many there are (link_tally.sql); `faults`: outward links at fault, with `observed`."""
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
