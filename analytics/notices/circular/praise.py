"""The sites and units that a circular praises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.notices.campaign import CampaignError
from govcrawl.records.states import Verdict

if TYPE_CHECKING:
    from analytics.notices.circular.inspection import InspectedRows


def praised(inspection: InspectedRows) -> list[str]:
    """Units without any fault or open question; or those the office names.

    Never the issuer, who does not praise itself, nor whoever failed within the period.
    """
    praise = inspection.material.campaign.praise
    if praise is False:
        return []
    sites = inspection.results.sites
    since, until = inspection.material.period
    failing = set(
        inspection.material.snapshot.query(
            "units_failed_within",
            edition=inspection.results.edition,
            since=min(since, inspection.results.as_of),
            until=max(until, inspection.results.as_of),
        )["unit"]
    )
    issuer = {inspection.material.campaign.issuer}
    if praise is True:
        faulty = set(inspection.results.findings["unit"])
        doubtful = set(sites.loc[sites["verdict"] != Verdict.QUALIFIED, "unit"])
        return inspection.material.in_order(set(sites["unit"]) - faulty - doubtful - failing - issuer)
    for unit in praise:
        if unit not in set(sites["unit"]):
            raise CampaignError(f"praise names {unit!r}, which answers for no site of this assessment")
        if unit in failing:
            raise CampaignError(
                f"praise names {unit!r}, of which a site or account was unqualified between {since} and {until}; "
                "take it off the list"
            )
        if unit in issuer:
            raise CampaignError(f"praise names {unit!r}, which is the issuer itself; take it off the list")
    return list(praise)
