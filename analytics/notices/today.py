"""What must be done today, for the top of the office's first page and of the morning's digest.

Candidates that await a decision (those of vetoes first), sites that do not open, sections past their term or within
three days of its end, faults past their deadline, and documents that await a signature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.notices.results import records
from analytics.words.of_checks import check_words, printed_address
from analytics.words.phrases import OUTCOMES
from govcrawl.records.outcomes import FAILED
from govcrawl.records.states import LedgerState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.editions.chosen import Edition
    from analytics.notices.folders import IssuedDocument, WrittenFolder
    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

DAYS_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Today:
    """The tasks of the day. Each list has the most urgent first; `name` is the site or account."""

    waiting: list[dict[str, Any]]  # name check findings veto
    down: list[dict[str, Any]]  # name code outcome
    late: list[dict[str, Any]]  # sections past their term: name section_name next_due_on days (over it)
    soon: list[dict[str, Any]]  # sections within three days of it: the same, days left
    overdue: list[dict[str, Any]]  # faults past their day: name check due_on address
    to_sign: list[tuple[str, str]]  # title, and path of the HTML from `data/notices`

    @property
    def candidates(self) -> int:
        """The number of findings that await a person, in all rows together."""
        return sum(int(row["findings"]) for row in self.waiting)

    @property
    def nothing(self) -> bool:
        return not (self.waiting or self.down or self.late or self.soon or self.overdue or self.to_sign)


def today(
    snapshot: Snapshot,
    results: Results,
    edition: Edition,
    sections: pd.DataFrame,
    written: Sequence[WrittenFolder] = (),
    issued: Sequence[IssuedDocument] = (),
) -> Today:
    """Collect the tasks from one assessment; `sections`: the result of the query sections_of_assessment.

    Documents pass neither `written` nor `issued`, or they would change when they are written again.
    """
    late, soon = _sections(sections, results)
    return Today(
        waiting=_waiting(snapshot, results, edition),
        down=_down(snapshot, results),
        late=late,
        soon=soon,
        overdue=_overdue(results),
        to_sign=_to_sign(written, issued),
    )


def _waiting(snapshot: Snapshot, results: Results, edition: Edition) -> list[dict[str, Any]]:
    vetoes = {row.id for row in edition.indicators if row.part == "veto"}
    rows = [
        row | {"check": check_words(row["check_id"])["title"], "veto": row["indicator_id"] in vetoes}
        for row in records(snapshot.query("findings_waiting", assessment_id=results.assessment_id))
    ]
    return sorted(rows, key=lambda row: (not row["veto"], row["site_code"] or "", row["check_id"]))


def _down(snapshot: Snapshot, results: Results) -> list[dict[str, Any]]:
    """Sites whose home page did not open that night, without failures that are our own."""
    homes = snapshot.query("night_homes", as_of=results.as_of)
    shut = homes[homes["home_outcome"].isin([outcome.value for outcome in FAILED])]
    with_names = shut.merge(results.sites[["site_code", "name"]], on="site_code", how="inner")
    return [row | {"outcome": OUTCOMES[row["home_outcome"]]} for row in records(with_names)]


def _sections(sections: pd.DataFrame, results: Results) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    today = pd.Timestamp(results.as_of)
    with_names = sections[sections["next_due_on"].notna()].merge(
        results.sites[["site_code", "name"]], on="site_code", how="inner"
    )
    days = (with_names["next_due_on"] - today).dt.days
    ordered = with_names.assign(days=days).sort_values(
        ["next_due_on", "site_code", "section_url", "section_name"]
    )
    late = ordered[ordered["days"] < 0]
    return (
        records(late.assign(days=-late["days"])),
        records(ordered[ordered["days"].between(0, DAYS_AHEAD)]),
    )


def _overdue(results: Results) -> list[dict[str, Any]]:
    past = results.ledger[results.ledger["state"] == LedgerState.OVERDUE]
    found = results.findings.drop_duplicates("finding_key").set_index("finding_key")
    names = results.sites.set_index("site_code")["name"]
    rows = []
    for row in records(past.sort_values(["due_on", "site_code", "check_id", "subject_url"])):
        finding = found.loc[row["finding_key"]].to_dict() if row["finding_key"] in found.index else {}
        name = names.get(row["site_code"]) or finding.get("name") or ""
        fault = row | {
            "name": name,
            "platform": finding.get("platform"),
            "account_url": finding.get("account_url"),
        }
        rows.append(
            fault | {"check": check_words(row["check_id"])["title"], "address": printed_address(fault)}
        )
    return rows


def _to_sign(written: Sequence[WrittenFolder], issued: Sequence[IssuedDocument]) -> list[tuple[str, str]]:
    """Documents whose campaign is complete and that have not been issued."""
    gone = {each.notice_id for each in issued}
    return [
        (f"{title}（{folder.number}）", path)
        for folder in written
        if folder.draft is False and folder.notice_id not in gone
        for kind, title, _ in folder.documents
        if kind == folder.bearer and (path := folder.path(kind))
    ]
