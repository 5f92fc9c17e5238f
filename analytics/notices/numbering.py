"""One number, one document (一文一号): decides which document of a campaign has its 发文字号.

The rectification notices of a circular are its annexes; they have its number with a serial number behind it. All other
documents with a letterhead need a campaign of their own; without one they are drafts with a blank for the number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.notices.campaign import CampaignError
from analytics.notices.catalogue import DOCUMENT_KINDS, bearers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analytics.notices.campaign import Campaign
    from analytics.notices.folders import WrittenFolder

USUAL = "circular"
TELLS = "rectification_notice"  # the kind of document that announces faults to units


def bearer(campaign: Campaign, requested: Sequence[str], written: Iterable[WrittenFolder]) -> str:
    """The kind of document that has the campaign's number.

    It is the kind that the campaign names, that is to be written now, or that was written with the number before;
    CampaignError when these differ. If there is none, it is the circular.
    """
    under = {
        each.bearer: each.notice_id
        for each in written
        if campaign.number and each.number == campaign.number and each.draft is False and each.bearer
    }
    kinds = bearers((*campaign.documents, *requested, *under))
    if campaign.number and len(kinds) > 1:
        where = "、".join(f"{kind} in {folder}" for kind, folder in under.items())
        raise CampaignError(
            f"one number, one document: {campaign.number} would stand on {' and '.join(kinds)}"
            f"{f' (written before: {where})' if where else ''}; give each a campaign with a number of its own, and "
            "name in each by `documents` what it is for"
            + ("; or move away what was written" if where else "")
        )
    return (*kinds, USUAL)[0]


def kinds_under(kind: str) -> frozenset[str]:
    """The kinds that are issued under the number of this one: itself and its annexes."""
    return frozenset({kind, *(each.stem for each in DOCUMENT_KINDS if each.annexed_to == kind)})
