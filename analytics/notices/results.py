"""Reads one assessment from the published snapshot, in the shape that documents need."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from govcrawl.records.errors import UserError
from govcrawl.records.kinds import RunKind
from govcrawl.records.states import Verdict

if TYPE_CHECKING:
    from datetime import date

    from govcrawl.warehouse.snapshot import Snapshot


SITES_AT_ONCE = (
    50  # sites whose rows are held as records, so that a province needs no more memory than a county
)


@dataclass(frozen=True, slots=True)
class Results:
    """`sites` has one row per judged site (verdict, vetoes, name, unit, pages known and read …), `findings` one per reported fault.

    `under` has one per fault and indicator it stands under; of assessments older than that it is empty.
    """

    assessment_id: str
    as_of: date
    edition: str
    edition_sha256: str
    snapshot: str
    check_start_on: date
    sites: pd.DataFrame
    findings: pd.DataFrame
    indicators: pd.DataFrame = field(default_factory=pd.DataFrame)
    ledger: pd.DataFrame = field(default_factory=pd.DataFrame)
    under: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["indicator_id", "finding_key"]))

    @property
    def counts(self) -> dict[str, int]:
        """Verdict → number of sites, for all verdicts."""
        numbers = self.sites["verdict"].value_counts()
        return {verdict.value: int(numbers.get(verdict, 0)) for verdict in Verdict}


def read_results(snapshot: Snapshot, assessment_id: str) -> Results:
    """Everything that documents show of one assessment."""
    return replace(
        read_standing(snapshot, assessment_id),
        indicators=snapshot.frame("indicator_result", assessment_id),
        under=snapshot.frame("indicator_finding", assessment_id),
    )


def read_standing(snapshot: Snapshot, assessment_id: str) -> Results:
    """How its sites and faults stand, without the rows of single indicators: of a thousand sites these are some tens of thousands."""
    judged = read_verdicts(snapshot, assessment_id)
    return replace(
        judged,
        sites=with_coverage(judged.sites, snapshot.query("coverage_of_night", as_of=judged.as_of)),
        ledger=snapshot.query("faults_of_assessment", assessment_id=assessment_id),
    )


def read_verdicts(snapshot: Snapshot, assessment_id: str) -> Results:
    """Its sites and findings alone, with the registry's names: enough of an assessment that another is compared with.

    UserError when the snapshot does not hold it.
    """
    assessment = snapshot.frame("assessment", assessment_id)
    if assessment.empty:
        raise UserError(
            f"assessment {assessment_id} is not in {snapshot.name}: run `govcrawl load` and `govcrawl publish` first"
        )
    head = assessment.iloc[0]
    as_of = pd.Timestamp(head["as_of"]).date()
    return Results(
        assessment_id=assessment_id,
        as_of=as_of,
        edition=head["edition"],
        edition_sha256=head["edition_sha256"],
        snapshot=snapshot.name,
        check_start_on=_check_start_on(snapshot.frame("run"), as_of),
        sites=snapshot.query("judged_sites", assessment_id=assessment_id),
        findings=snapshot.query("reported_findings", assessment_id=assessment_id),
    )


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dictionaries; missing values are None, never NaN."""
    names = [str(name) for name in frame.columns]
    columns = [
        [
            None if missing else value
            for value, missing in zip(column.tolist(), column.isna().tolist(), strict=True)
        ]
        for _, column in frame.items()
    ]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def records_by(frame: pd.DataFrame, column: str) -> dict[str, list[dict[str, Any]]]:
    """Value of a column, such as a site code → its rows, in their order; in one pass, since a thousand small frames take much longer."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in records(frame):
        rows.setdefault(row[column], []).append(row)
    return rows


def with_coverage(sites: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """Add to each site how many of its pages are known, and how many of these were read within 30 days; 0 without a visit."""
    joined = sites.merge(coverage, on="site_code", how="left")
    counts = ["known_pages", "pages_read"]
    joined[counts] = joined[counts].fillna(0).astype("int64")
    return joined


def _check_start_on(runs: pd.DataFrame, as_of: date) -> date:
    """The first day of the week of probes that the assessment used; without probes the assessed day."""
    days = runs.loc[(runs["kind"] == RunKind.AVAILABILITY), "as_of"]
    days = days[(days <= pd.Timestamp(as_of)) & (days >= pd.Timestamp(as_of) - pd.Timedelta(days=7))]
    first: date = as_of if days.empty else pd.Timestamp(days.min()).date()
    return first
