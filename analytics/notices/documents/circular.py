"""The circular (通报): overall figures, problems by type, failing and unmeasured sites, demands, annex tables.

Outline: regulations.md 7.1. Every figure is counted in `analytics/notices/circular/`, one module for each part, together with the
rows behind it; the template only adds the words. What could not be measured has a paragraph of its own and counts against nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.notices.circular.accounts import Accounts, count_accounts
from analytics.notices.circular.annexes import annexes, ranking
from analytics.notices.circular.follow_up import EarlierNotices, Recheck, count_earlier_notices, count_recheck
from analytics.notices.circular.inspection import InspectedRows
from analytics.notices.circular.office_facts import OfficeFacts, Reprimands, SiteChanges, SpotChecks
from analytics.notices.circular.praise import praised
from analytics.notices.circular.problems import Problem, problems
from analytics.notices.circular.reposts import Reposts, count_reposts
from analytics.notices.circular.sections import Sections, sections
from analytics.notices.circular.sites import (
    Comparison,
    Sites,
    compared,
    count_sites,
    failed_sites,
    unmeasured_sites,
)
from analytics.notices.circular.tickets import Tickets, count_tickets
from analytics.notices.earlier import SPANS, earlier
from analytics.notices.official_document import OfficialDocument, figures_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analytics.notices.material import Material
    from analytics.notices.traced_figures import Figure

PATH = "circular"


@dataclass(frozen=True, slots=True)
class Circular:
    sites: Sites
    accounts: Accounts | None
    tickets: Tickets | None
    recheck: Recheck | None
    earlier_notices: EarlierNotices | None
    reposts: Reposts | None
    site_changes: SiteChanges | None
    spot_checks: SpotChecks | None
    reprimands: Reprimands | None
    findings: Figure
    failed_sites: list[dict[str, Any]]
    unmeasured_sites: list[dict[str, Any]]
    problems: list[Problem]
    praised: list[str]
    sections: Sections
    compared: list[Comparison]
    not_compared: list[str]  # spans the campaign asks for, in which nothing was inspected
    not_ranked: bool  # the campaign asks for a ranking, and no site has a score


def documents(material: Material) -> Iterator[OfficialDocument]:
    """One circular an assessment."""
    inspection = InspectedRows(material, f"{figures_path(PATH)}.html")
    context = _circular(inspection)
    yield OfficialDocument(PATH, context, annexes(inspection, context), tuple(inspection.figures.all))


def _circular(inspection: InspectedRows) -> Circular:
    material, figures, special = inspection.material, inspection.figures, bool(inspection.scope)
    titles = {row.id: row.title for row in inspection.edition.indicators}
    facts = OfficeFacts(material, figures)
    sites = count_sites(inspection)
    findings = figures.count(
        "findings", "政府网站存在的问题", inspection.findings, inspection.in_scope(whose="site")
    )
    spans = {
        span: earlier(material.snapshot, inspection.results, span)
        for span in (() if special else material.campaign.compare)
    }
    return Circular(
        sites=sites,
        accounts=None if special else count_accounts(inspection, titles),
        tickets=count_tickets(inspection),
        recheck=count_recheck(inspection),
        earlier_notices=count_earlier_notices(inspection),
        reposts=count_reposts(inspection),
        site_changes=None if special else facts.site_changes(),
        spot_checks=None if special else facts.spot_checks(sites.registered),
        reprimands=None if special else facts.reprimands(),
        findings=findings,
        failed_sites=[] if special else failed_sites(inspection.results, titles),
        unmeasured_sites=unmeasured_sites(inspection),
        problems=problems(inspection),
        praised=praised(inspection),
        sections=sections(material, figures),
        compared=[compared(inspection, found, sites, findings) for found in spans.values() if found],
        not_compared=[SPANS[span] for span, found in spans.items() if not found],
        not_ranked=material.campaign.ranking and not special and not ranking(inspection),
    )
