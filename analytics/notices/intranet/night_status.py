"""The night whose results the pages show, and later nights that did not finish, so that old results do not look new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from govcrawl.records import nights
from govcrawl.records.items import CIVIL
from govcrawl.records.states import BROKEN_OFF, NightState

if TYPE_CHECKING:
    from pathlib import Path

    from analytics.notices.results import Results
    from govcrawl.records.nights import NightRecord


@dataclass(frozen=True, slots=True)
class MissedNight:
    """A night that did not finish. `why`: the technical reason, for the data team."""

    as_of: date
    state: NightState
    why: str | None


@dataclass(frozen=True, slots=True)
class NightStatus:
    """The night that is shown, when it was measured (time in China; None if not recorded), and later unfinished nights."""

    as_of: date
    begun: datetime | None
    missed: list[MissedNight]


def night_status(data: Path, results: Results) -> NightStatus:
    """The night behind an assessment and the nights since that did not finish, the newest first."""
    all_nights = nights.nights(data)
    of_it = [night for night in all_nights if night.assessment_id == results.assessment_id]
    since = of_it[-1].night_id if of_it else ""
    later = [night for night in all_nights if night.night_id > since and _may_be_missed(night, results)]
    begun = (
        datetime.fromisoformat(of_it[-1].begun_at).replace(tzinfo=UTC).astimezone(CIVIL) if of_it else None
    )
    return NightStatus(results.as_of, begun, [_missed(night) for night in reversed(later)])


def missed_between(data: Path, since: date | None, as_of: date) -> list[MissedNight]:
    """The nights between two inspections that did not finish and were not repeated, newest first."""
    all_nights = nights.nights(data)
    days_done = {night.as_of for night in all_nights if night.state == NightState.FINISHED}
    return [
        _missed(night)
        for night in reversed(all_nights)
        if (since is None or night.as_of > since.isoformat())
        and night.as_of < as_of.isoformat()
        and night.as_of not in days_done
    ]


def _may_be_missed(night: NightRecord, results: Results) -> bool:
    return night.state in BROKEN_OFF and night.as_of >= results.as_of.isoformat()


def _missed(night: NightRecord) -> MissedNight:
    # A later night is judged, so no process is at this one any more, whatever its file says.
    state = NightState.CUT_OFF if night.state == NightState.RUNNING else night.state
    return MissedNight(date.fromisoformat(night.as_of), state, night.reason)
