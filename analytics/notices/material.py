"""What documents are made of: one assessment, the one before it, the edition, and the campaign of the office."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from analytics.notices.evidence_pictures import EvidencePicture
from analytics.notices.results import records
from analytics.words.unit_order import unit_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from analytics.editions.chosen import Edition
    from analytics.notices.campaign import Campaign
    from analytics.notices.folders import IssuedDocument
    from analytics.notices.intranet.night_status import MissedNight
    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot


def in_official_order(snapshot: Snapshot, results: Results, units: Iterable[str]) -> list[str]:
    """Units in the official order (`analytics.words.unit_order`), as the registry of the assessment has it."""
    registered = records(snapshot.query("registered_units", assessment_id=results.assessment_id))
    regions = dict(zip(results.sites["unit"], results.sites["region_code"].astype(object), strict=True))
    names = list(units)
    order = unit_order(registered, {**dict.fromkeys(names), **regions})
    return sorted(names, key=order.__getitem__)


@dataclass(frozen=True, slots=True)
class Material:
    notice_id: str
    snapshot: Snapshot
    results: Results
    previous: Results | None
    edition: Edition
    campaign: Campaign
    issued: tuple[IssuedDocument, ...] = ()  # documents that left the house before
    missed: tuple[MissedNight, ...] = ()  # nights since the inspection before that did not finish
    pictures: Mapping[str, str] = field(
        default_factory=dict
    )  # `finding_key` → data URI, of the few that have one

    def pictured(self, captions: Iterable[tuple[str, str]]) -> tuple[EvidencePicture, ...]:
        """The pictures of these faults (`finding_key` and caption) that have one, in their order."""
        return tuple(
            EvidencePicture(self.pictures[key], caption) for key, caption in captions if key in self.pictures
        )

    def in_order(self, units: Iterable[str]) -> list[str]:
        """Units in the official order."""
        return in_official_order(self.snapshot, self.results, units)

    def without_number(self) -> Material:
        """The same for a document that may not bear the campaign's number."""
        return replace(self, campaign=replace(self.campaign, number=None))

    @property
    def start_on(self) -> date:
        """First day of the inspection: as the office says, else the first day measured."""
        return self.campaign.check_start_on or self.results.check_start_on

    @property
    def end_on(self) -> date:
        return self.campaign.check_end_on or self.results.as_of

    @property
    def period(self) -> tuple[date, date]:
        """The days spoken of: those of the calendar where the period is a month or a quarter, else those inspected."""
        period = self.campaign.period
        if period and period.start_on and period.end_on:
            return period.start_on, period.end_on
        return self.start_on, self.end_on
