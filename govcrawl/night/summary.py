"""The result of a night in a dozen lines: what was judged, measured and not measured, and where the documents are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govcrawl.night.discover import proposals_of
from govcrawl.records.outcomes import OURS, Outcome
from govcrawl.records.states import Verdict
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from analytics.notices.write import NoticeSet

THINGS = ("home pages", "sections", "pages", "link targets")
_NAMED = 10  # sites named one by one


def summary(data: Path, assessment_id: str, notices: NoticeSet) -> str:
    """Sum up one published assessment."""
    with Snapshot.open(data) as snapshot:
        assessment = snapshot.frame("assessment", assessment_id).iloc[0]
        as_of = pd.Timestamp(assessment["as_of"]).date()
        verdicts = snapshot.frame("site_result", assessment_id)
        faults = snapshot.query("faults_by_check").query("assessment_id == @assessment_id")
        outcomes = snapshot.query("night_outcomes", as_of=as_of)
        waiting = snapshot.query("waiting_findings", assessment_id=assessment_id)
        precision = snapshot.query("check_precision")
        courtesy = snapshot.query("courtesy_of_night", as_of=as_of)
    overlay = f" with {assessment['overlay']}" if pd.notna(assessment["overlay"]) else ""
    unmeasured = verdicts.loc[verdicts["verdict"] == Verdict.UNMEASURED, "site_code"].tolist()
    ours = outcomes["outcome"].isin(OURS)
    lines = [
        f"inspection of {as_of} by {assessment['edition']}{overlay}",
        f"  sites         {len(verdicts)}: {_counts(verdicts['verdict'].value_counts())}",
        f"  faults        {faults['faults'].sum():,}: {_counts(faults.set_index('check_id')['faults'])}",
        f"  measured      {_things(outcomes[~ours])}",
        f"  not measured  {_things(outcomes[ours], reasons=True)}",
    ]
    if not courtesy.empty:
        lines.append(f"  courtesy      {_courtesy(courtesy)}")
    if unmeasured:
        more = f" and {len(unmeasured) - _NAMED} more" if len(unmeasured) > _NAMED else ""
        lines.append(f"  not judged    {', '.join(unmeasured[:_NAMED])}{more} (verdict unmeasured)")
    if (outcomes["outcome"] == Outcome.RENDER_FAILED).any():
        lines.append("  browser       pages drawn by JavaScript could not be read: run `govcrawl doctor`")
    if not waiting.empty:
        by_check = _counts(waiting.set_index("check_id")["waiting"])
        lines.append(f"  to confirm    {by_check}: `govcrawl review export --data {data}`")
    if not precision.empty:
        lines.append(f"  precision     {_precision(precision)} (of what people have judged)")
    lines += [
        f"  proposed      sections of sites that register none, to be confirmed: {path}"
        for run_id in assessment["runs"]
        if (path := proposals_of(data, run_id)).exists()
    ]
    lines += [f"  {'documents':<13} {_where(paths)}" for paths in notices.written.values() if paths]
    lines += [
        f"  to query      {data / 'published' / 'latest.duckdb'}",
    ]
    return "\n".join(lines)


def _where(paths: Sequence[Path]) -> str:
    return str(paths[0]) if len(paths) == 1 else f"{len(paths)} in {paths[0].parent}"


def latest_assessment(data: Path) -> str:
    """The id of the newest published assessment by the edition the office works by."""
    with Snapshot.open(data) as snapshot:
        return snapshot.newest_assessment()


def _counts(numbers: pd.Series[int]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in numbers.items()) or "none"


def _courtesy(sites: pd.DataFrame) -> str:
    """What the night cost the hosts, for all and at its worst (view `courtesy` has each site)."""
    total = sites.sum(numeric_only=True)
    of_pages, again = int(total["page_requests"]), int(total["second_attempts"])
    a_page = (of_pages - again) / max(total["existing_pages"], 1)
    return (
        f"{of_pages:,} requests for {total['existing_pages']:,.0f} pages and files that opened ({a_page:.2f} each without "
        f"{again:,} second attempts), {_share(total['repeats'], of_pages)} repeats, {_share(total['into_traps'], of_pages)} into "
        f"traps; {total['requests'] - of_pages:,.0f} of probe and surroundings; busiest second of a host "
        f"{sites['busiest_second'].max()}, busiest hour {sites['busiest_hour'].max():,}"
    )


def _share(part: float, whole: int) -> str:
    return f"{part:,.0f} ({part / max(whole, 1):.1%})"


def _precision(checks: pd.DataFrame) -> str:
    """How often each check was right by people's decisions: confirmed of all confirmed and false alarms."""
    judged = (checks["confirmed"] + checks["dismissed"]).astype("int64")
    said = zip(checks["check_id"], checks["confirmed"], judged, strict=True)
    return (
        ", ".join(f"{check} {confirmed} of {number} right" for check, confirmed, number in said if number)
        or "none"
    )


def _things(outcomes: pd.DataFrame, *, reasons: bool = False) -> str:
    parts = []
    for things in THINGS:
        here = outcomes[outcomes["things"] == things]
        if not here.empty:
            number = here.set_index("outcome")["number"]
            detail = _counts(number) if reasons else f"{number.get(Outcome.OK, 0):,} ok"
            parts.append(f"{number.sum():,} {things} ({detail})")
    return ", ".join(parts) or "nothing"
