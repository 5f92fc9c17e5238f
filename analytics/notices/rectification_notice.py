"""The rectification notice (整改通知): one unit, its sites, every reported fault numbered, and a return slip.

Outline: regulations.md 7.2. A unit with a failing site gets a rectification notice, a unit that only has single
faults the milder reminder (监管提示单); both list the same columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.notices.circular import VETO_CHECKS_FIRST, check_words
from analytics.notices.results import records

if TYPE_CHECKING:
    from analytics.editions import Edition
    from analytics.notices.results import Results


@dataclass(frozen=True, slots=True)
class RectificationNotice:
    unit: str
    failing: bool  # at least one site of the unit is unqualified
    sites: list[dict[str, Any]]  # name code url verdict vetoes
    faults: list[dict[str, Any]]  # in the order of weight: vetoes first


def rectification_notices(results: Results, edition: Edition) -> list[RectificationNotice]:
    """One notice for every unit with reported faults or a failing site, ordered by unit."""
    titles = {row.id: row.title for row in edition.indicators}
    clauses = {row.id: row.clause for row in edition.indicators}
    failing = set(results.sites.loc[results.sites["verdict"] == "unqualified", "unit"])
    notices = []
    for unit in sorted(failing | set(results.findings["unit"])):
        sites = records(results.sites[results.sites["unit"] == unit])
        faults = [
            row
            | {
                "check": check_words(row["check_id"])["title"],
                "advice": check_words(row["check_id"])["advice"],
                "indicator": titles.get(row["indicator_id"], ""),
                "clause": clauses.get(row["indicator_id"], ""),
            }
            for row in records(results.findings[results.findings["unit"] == unit])
        ]
        faults.sort(
            key=lambda f: (
                f["check_id"] not in VETO_CHECKS_FIRST,
                f["site_code"],
                f["check_id"],
                f["subject_url"],
            )
        )
        notices.append(
            RectificationNotice(
                unit=unit,
                failing=unit in failing,
                sites=[site | {"vetoes": [titles.get(v, v) for v in site["vetoes"]]} for site in sites],
                faults=faults,
            )
        )
    return notices
