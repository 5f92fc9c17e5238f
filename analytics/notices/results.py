"""One assessment as the documents need it, read from the published snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from govcrawl.errors import UserError

if TYPE_CHECKING:
    from datetime import date

    from govcrawl.warehouse.snapshot import Snapshot

REPORTED = ("found", "confirmed")  # DESIGN part 3: only these states count as reported


@dataclass(frozen=True, slots=True)
class Results:
    """`sites` has one row per judged site (verdict, vetoes, name, unit …), `findings` one per reported fault."""

    assessment_id: str
    as_of: date
    edition: str
    edition_sha256: str
    snapshot: str
    check_start_on: date
    sites: pd.DataFrame
    findings: pd.DataFrame
    indicators: pd.DataFrame
    ledger: pd.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """Verdict → number of sites, every verdict present."""
        counted = self.sites["verdict"].value_counts()
        return {
            verdict: int(counted.get(verdict, 0)) for verdict in ("qualified", "unqualified", "unmeasured")
        }


def read_results(snapshot: Snapshot, assessment_id: str) -> Results:
    """The assessment's rows with the registry's names joined on; UserError when the snapshot does not hold it."""
    known = _of(snapshot, "assessment", assessment_id)
    if known.empty:
        raise UserError(
            f"assessment {assessment_id} is not in {snapshot.name}: run `govcrawl load` and `govcrawl publish` first"
        )
    head = known.iloc[0]
    as_of = pd.Timestamp(head["as_of"]).date()
    registered = snapshot.frame("site").drop_duplicates("site_code", keep="last")
    sites = _of(snapshot, "site_result", assessment_id).merge(registered, on="site_code", how="left")
    sites["name"] = sites["name"].fillna(sites["site_code"])
    sites["unit"] = sites["unit"].fillna("(未登记主办单位)")
    findings = _of(snapshot, "finding", assessment_id)
    runs = snapshot.frame("run")
    found = runs[["run_id", "as_of"]].rename(columns={"as_of": "found_on"})
    findings = findings[findings["state"].isin(REPORTED)].merge(found, on="run_id", how="left")
    findings = findings.merge(sites[["site_code", "name", "unit"]], on="site_code", how="left")
    return Results(
        assessment_id=assessment_id,
        as_of=as_of,
        edition=head["edition"],
        edition_sha256=head["edition_sha256"],
        snapshot=snapshot.name,
        check_start_on=_check_start_on(runs, as_of),
        sites=sites.sort_values("site_code", ignore_index=True),
        findings=findings.sort_values(
            ["site_code", "check_id", "subject_url", "finding_key"], ignore_index=True
        ),
        indicators=_of(snapshot, "indicator_result", assessment_id),
        ledger=snapshot.query("faults_of_assessment", assessment_id=assessment_id),
    )


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries in which whatever is missing is None, never nan."""
    rows = frame.astype("object").where(frame.notna(), None).to_dict("records")
    return cast("list[dict[str, Any]]", rows)  # the stubs promise only hashable keys


def _check_start_on(runs: pd.DataFrame, as_of: date) -> date:
    """The first day of the week of probes that ends in this assessment, else the day itself."""
    days = runs.loc[(runs["kind"] == "availability"), "as_of"]
    days = days[(days <= pd.Timestamp(as_of)) & (days >= pd.Timestamp(as_of) - pd.Timedelta(days=7))]
    first: date = as_of if days.empty else pd.Timestamp(days.min()).date()
    return first


def _of(snapshot: Snapshot, view: str, assessment_id: str) -> pd.DataFrame:
    frame = snapshot.frame(view)
    return frame[frame["assessment_id"] == assessment_id].reset_index(drop=True)
