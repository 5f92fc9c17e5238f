"""One number, one document (一文一号): which document of a campaign bears its 发文字号.

The rectification notices of a circular are its annexes and bear its number with a running one behind it. Whatever else has
a letterhead needs a campaign of its own; without one it stays a draft whose number is a marked blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.notices.campaign import CampaignError
from analytics.notices.catalogue import DOCUMENT_KINDS, bearers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from analytics.notices.campaign import Campaign
    from analytics.notices.folders import Written

USUAL = "circular"
TELLS = "rectification_notice"  # the kind that tells units of faults


def bearer(campaign: Campaign, asked: Sequence[str], written: Iterable[Written]) -> str:
    """The kind of document that bears the campaign's number.

    It is the one that the campaign names, that is asked for now, or that was written under it before: CampaignError
    where these are two, before anything is written. Where there is none it is the circular.
    """
    under = {
        each.bearer: each.notice_id
        for each in written
        if campaign.number and each.number == campaign.number and each.draft is False and each.bearer
    }
    kinds = bearers((*campaign.documents, *asked, *under))
    if campaign.number and len(kinds) > 1:
        where = "、".join(f"{kind} in {folder}" for kind, folder in under.items())
        raise CampaignError(
            f"one number, one document: {campaign.number} would stand on {' and '.join(kinds)}"
            f"{f' (written before: {where})' if where else ''}; give each a campaign with a number of its own, and "
            "name in each by `documents` what it is for"
            + ("; or move away what was written" if where else "")
        )
    return (*kinds, USUAL)[0]


def left_with(kind: str) -> frozenset[str]:
    """The kinds that leave the house under the number of this one: itself and its annexes."""
    return frozenset({kind, *(each.stem for each in DOCUMENT_KINDS if each.annexed_to == kind)})
