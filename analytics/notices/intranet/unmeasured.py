"""Sites that could not be measured completely: the causes, and what to do about each. These are no faults of the sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.notices.results import records, records_by
from analytics.words.wording import wording
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import FinishReason, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.editions.chosen import Edition
    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

PROBED = "veto-unreachable"  # the row that needs a whole week of probes
NO_VISIT = {"home_outcome": None, "finish_reason": None}


@dataclass(frozen=True, slots=True)
class UnmeasuredSite:
    """A site with unmeasured rows. `decisive`: rows without which it has no verdict. `causes`: each with its remedy."""

    name: str
    code: str
    unit: str
    verdict: str
    decisive: list[dict[str, str]]
    other: list[dict[str, str]]
    causes: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Unmeasured:
    without_verdict: list[UnmeasuredSite]
    with_verdict: list[UnmeasuredSite]
    causes: list[tuple[str, int]]  # what stood in the way → sites


def read_unmeasured(
    snapshot: Snapshot, results: Results, edition: Edition, sections: pd.DataFrame
) -> Unmeasured:
    """The unmeasured sites of one assessment; `sections`: the result of the query sections_of_assessment."""
    return unmeasured(
        results,
        edition,
        snapshot.query("rows_not_measured", assessment_id=results.assessment_id),
        sections,
        snapshot.query("night_homes", as_of=results.as_of),
    )


def unmeasured(
    results: Results, edition: Edition, rows: pd.DataFrame, sections: pd.DataFrame, homes: pd.DataFrame
) -> Unmeasured:
    """`rows`: the indicators that were not measured (rows_not_measured); `homes`: outcome of each home page that night (night_homes)."""
    indicators = {row.id: row for row in edition.indicators}
    rows_of = records_by(rows, "site_code")
    not_read = sections[sections["outcome"].fillna(Outcome.NOT_ATTEMPTED) != Outcome.OK]
    sections_not_read = {
        str(code): group
        for code, group in not_read.fillna({"outcome": Outcome.NOT_ATTEMPTED}).groupby("site_code")
    }
    registered = set(sections["site_code"])
    home_of = {row["site_code"]: row for row in records(homes)}
    sites = []
    for site in records(results.sites):
        code = site["site_code"]
        if code not in rows_of:
            continue
        lines = [
            {
                "title": indicators[row["indicator_id"]].title,
                "reason": row["reason"] or "",
                "part": indicators[row["indicator_id"]].part,
            }
            for row in rows_of[code]
        ]
        sites.append(
            UnmeasuredSite(
                name=site["name"],
                code=code,
                unit=site["unit"],
                verdict=site["verdict"],
                decisive=[row for row in lines if row["part"] == "veto"],
                other=[row for row in lines if row["part"] != "veto"],
                causes=_causes(
                    home_of.get(code, NO_VISIT),
                    sections_not_read.get(code),
                    rows_of[code],
                    registered=code in registered,
                ),
            )
        )
    counts = pd.Series(
        [cause["cause"] for site in sites for cause in site.causes], dtype="object"
    ).value_counts()
    return Unmeasured(
        without_verdict=[site for site in sites if site.verdict == Verdict.UNMEASURED],
        with_verdict=[site for site in sites if site.verdict != Verdict.UNMEASURED],
        causes=sorted(((str(c), int(n)) for c, n in counts.items()), key=lambda pair: (-pair[1], pair[0])),
    )


def _causes(
    home: dict[str, Any], sections: pd.DataFrame | None, rows: list[dict[str, Any]], *, registered: bool
) -> list[dict[str, str]]:
    """Causes with remedies: first for the home page's outcome, then for its sections, then for too short a week of probes."""
    keys: list[str] = []
    outcome = home["home_outcome"] or Outcome.NOT_ATTEMPTED
    if outcome != Outcome.OK:
        keys.append(outcome)
    if home["finish_reason"] == FinishReason.BUDGET_SPENT:
        keys.append(Outcome.BUDGET_SPENT)
    if sections is not None:
        keys += sections["outcome"].value_counts().sort_index().index.tolist()
    if not registered:
        keys.append("no_sections")
    if outcome == Outcome.OK and any(row["indicator_id"] == PROBED for row in rows):
        keys.append("few_probes")
    ways = wording()["way_out"]
    return [_way(ways, key) for key in dict.fromkeys(keys or [Outcome.OTHER])]


def _way(ways: Mapping[str, Any], key: str) -> dict[str, str]:
    """Cause, remedy and who must act; a cause without wording is printed as its key."""
    if key in ways:
        return dict(ways[key])
    return dict.fromkeys(("cause", "todo", "who"), str(ways[key]))
