"""The results that a circular is about: the sites that were drawn, and the problems within its scope."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analytics.notices.traced_figures import Figures, Rows
from analytics.words.of_checks import checks_of_groups
from govcrawl.records.states import CHECKED, Verdict

if TYPE_CHECKING:
    from analytics.notices.material import Material
    from analytics.notices.results import Results

MEASURED = tuple(verdict for verdict in Verdict if verdict in CHECKED)


class InspectedRows:
    """The rows that are counted, and the list of all figures that are made of them (`page` shows it).

    `scope` is a condition of faults: only the checks of the campaign's groups; empty for a general inspection.
    """

    def __init__(self, material: Material, page: str) -> None:
        self.material = material
        self.edition = material.edition
        self.results = _drawn(material.results) if material.edition.draw else material.results
        self.figures = Figures(material.snapshot, page, material.campaign.decimals)
        self.sites = self.of_draw("judged_sites")
        self.findings = self.of_draw("reported_findings")
        groups = material.campaign.groups
        self.scope: dict[str, Any] = {"check_id": checks_of_groups(groups)} if groups else {}

    def rows(self, query: str) -> Rows:
        """The rows of a query that asks of this assessment alone."""
        return self.figures.rows(query, assessment_id=self.results.assessment_id)

    def in_scope(self, **conditions: Any) -> dict[str, Any]:
        """These conditions and the scope's."""
        return {**self.scope, **conditions}

    def deciding_rows(self) -> dict[str, str]:
        """Title of each indicator that decides whether a site was measured: the vetoes, or those of the special inspection."""
        return {
            row.id: row.title
            for row in self.edition.indicators
            if (set(row.checks) & set(self.scope["check_id"]) if self.scope else row.part == "veto")
        }

    def of_draw(self, query: str) -> Rows:
        """The rows of the sites that the month's draw took; of all sites where nothing is drawn."""
        rows = self.rows(query)
        return rows.only("drawn") if self.edition.draw else rows


def _drawn(results: Results) -> Results:
    sites, findings = results.sites, results.findings
    return replace(results, sites=sites[sites["drawn"]], findings=findings[findings["drawn"]])
