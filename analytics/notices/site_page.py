"""A site's own page on the intranet: its verdicts over the assessments, open and mended faults, sections and calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.notices.calendar import calendar, first_day
from analytics.notices.results import records
from analytics.notices.words import VETO_CHECKS_FIRST, told
from analytics.phrases import OUTCOMES
from govcrawl.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analytics.editions import Edition
    from analytics.notices.charts import Chart
    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

STANDING = ("new", "open", "reopened", "overdue")
SITES_AT_ONCE = 50  # so that a province needs no more memory than a county
FAULTS = 200  # told one by one on a page; beyond that nobody reads


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


def site_pages(
    snapshot: Snapshot, results: Results, edition: Edition, sections: pd.DataFrame
) -> Iterator[SitePage]:
    """One page a judged site, made when it is asked for; `sections` answers sections_of_assessment."""
    titles = {row.id: row.title for row in edition.indicators}
    said = results.findings[["finding_key", "observed", "origin_url"]].drop_duplicates("finding_key")
    faults = results.ledger.merge(said, on="finding_key", how="left")
    faults_of = {str(code): rows for code, rows in faults.groupby("site_code")}
    sections_of = {str(code): rows for code, rows in sections.groupby("site_code")}
    for start in range(0, len(results.sites), SITES_AT_ONCE):
        sites = records(results.sites.iloc[start : start + SITES_AT_ONCE])
        codes = [site["site_code"] for site in sites]
        verdicts = snapshot.query(
            "verdicts_of_sites", site_codes=codes, edition=results.edition, as_of=results.as_of
        )
        days = snapshot.query(
            "section_days", site_codes=codes, since=first_day(results.as_of), until=results.as_of
        )
        for site in sites:
            code = site["site_code"]
            yield _page(
                site,
                verdicts[verdicts["site_code"] == code],
                faults_of.get(code, faults.head(0)),
                sections_of.get(code, sections.head(0)),
                days[days["site_code"] == code],
                results,
                titles,
            )


def _page(
    site: dict[str, Any],
    verdicts: pd.DataFrame,
    faults: pd.DataFrame,
    sections: pd.DataFrame,
    days: pd.DataFrame,
    results: Results,
    titles: dict[str, str],
) -> SitePage:
    stands = faults["state"].isin(STANDING)
    standing = sorted(records(faults[stands]), key=lambda row: row["check_id"] not in VETO_CHECKS_FIRST)
    settled = records(faults[~stands].sort_values("fixed_on", ascending=False))
    return SitePage(
        site=site,
        history=[
            row | {"vetoes": [titles.get(veto, veto) for veto in row["vetoes"]]}
            for row in records(verdicts.sort_values("as_of", ascending=False))
        ],
        standing=[told(row) for row in standing[:FAULTS]],
        standing_number=len(standing),
        settled=[told(row) for row in settled[:FAULTS]],
        settled_number=len(settled),
        sections=[_section(row, results) for row in records(sections)],
        calendar=calendar(sections, days, results.as_of) if len(sections) else None,
    )


def _section(row: dict[str, Any], results: Results) -> dict[str, Any]:
    """With whether it is late, and what came of reading it."""
    due = row["next_due_on"]
    return row | {
        "late": due is not None and due < pd.Timestamp(results.as_of),
        "read": OUTCOMES[row["outcome"] or Outcome.NOT_ATTEMPTED],
    }
