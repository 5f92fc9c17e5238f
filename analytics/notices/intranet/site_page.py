"""A site's own page on the intranet: its verdicts over the assessments, open and mended faults, sections and calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.notices.intranet.calendar import calendar, first_day
from analytics.notices.results import SITES_AT_ONCE, records, records_by
from analytics.words.of_checks import VETO_CHECKS_FIRST, fault_words
from analytics.words.phrases import OUTCOMES
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import STANDING, LedgerState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analytics.editions.chosen import Edition
    from analytics.notices.charts import Chart
    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

FAULTS = 200  # faults listed on a page; nobody reads more


@dataclass(frozen=True, slots=True)
class SitePage:
    site: dict[str, Any]
    history: list[dict[str, Any]]  # the newest first
    standing: list[dict[str, Any]]
    standing_number: int
    settled: list[dict[str, Any]]  # mended, dismissed or explained
    settled_number: int
    sections: list[dict[str, Any]]
    calendar: Chart | None  # none for a site without registered sections
    courtesy: dict[str, Any] | None  # what the night burdened its host with; none without a visit


def site_pages(
    snapshot: Snapshot, results: Results, edition: Edition, sections: pd.DataFrame
) -> Iterator[SitePage]:
    """Yield one page per judged site; `sections`: the result of the query sections_of_assessment."""
    titles = {row.id: row.title for row in edition.indicators}
    words = results.findings[["finding_key", "observed", "origin_url"]].drop_duplicates("finding_key")
    faults = results.ledger.merge(words, on="finding_key", how="left")
    courtesy = {
        row["site_code"]: row for row in records(snapshot.query("courtesy_of_night", as_of=results.as_of))
    }
    for start in range(0, len(results.sites), SITES_AT_ONCE):
        sites = records(results.sites.iloc[start : start + SITES_AT_ONCE])
        codes = [site["site_code"] for site in sites]
        faults_of = records_by(faults[faults["site_code"].isin(codes)], "site_code")
        sections_of = records_by(sections[sections["site_code"].isin(codes)], "site_code")
        verdicts = records_by(
            snapshot.query(
                "verdicts_of_sites", site_codes=codes, edition=results.edition, as_of=results.as_of
            ),
            "site_code",
        )
        days = records_by(
            snapshot.query(
                "section_days",
                assessment_id=results.assessment_id,
                site_codes=codes,
                since=first_day(results.as_of),
                until=results.as_of,
            ),
            "site_code",
        )
        for site in sites:
            code = site["site_code"]
            yield _page(
                site,
                verdicts.get(code, []),
                faults_of.get(code, []),
                sections_of.get(code, []),
                days.get(code, []),
                courtesy.get(code),
                results,
                titles,
            )


def _page(
    site: dict[str, Any],
    verdicts: list[dict[str, Any]],
    faults: list[dict[str, Any]],
    sections: list[dict[str, Any]],
    days: list[dict[str, Any]],
    courtesy: dict[str, Any] | None,
    results: Results,
    titles: dict[str, str],
) -> SitePage:
    standing = [row for row in faults if row["state"] in STANDING]
    standing.sort(key=lambda row: row["check_id"] not in VETO_CHECKS_FIRST)
    settled = [row for row in faults if row["state"] not in STANDING]
    settled.sort(key=lambda row: str(row["fixed_on"] or ""), reverse=True)
    return SitePage(
        site=site,
        history=[
            row | {"vetoes": [titles.get(veto, veto) for veto in row["vetoes"]]} for row in reversed(verdicts)
        ],
        standing=[_standing(row) for row in standing[:FAULTS]],
        standing_number=len(standing),
        settled=[fault_words(row) for row in settled[:FAULTS]],
        settled_number=len(settled),
        sections=[_section(row, results) for row in sections],
        calendar=calendar(sections, days, results.as_of) if sections else None,
        courtesy=courtesy,
    )


def _standing(row: dict[str, Any]) -> dict[str, Any]:
    """A fault that stands, in words, with whether its day for mending has passed."""
    return fault_words(row) | {"is_overdue": row["state"] == LedgerState.OVERDUE}


def _section(row: dict[str, Any], results: Results) -> dict[str, Any]:
    """A section with whether it is late, and the result of reading it."""
    due = row["next_due_on"]
    return row | {
        "late": due is not None and due < pd.Timestamp(results.as_of),
        "read": OUTCOMES[row["outcome"] or Outcome.NOT_ATTEMPTED],
    }
