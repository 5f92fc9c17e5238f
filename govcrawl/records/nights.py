"""The result of each night: `nights/<night_id>.json`, one file per night, rewritten at each of its steps.

The file serves people and monitors, and tells whether a day is done; the measurements are in the run folders. A night
that was killed leaves a file that says `running` while no process holds the lock.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

import orjson

from govcrawl.records.errors import UserError
from govcrawl.records.states import NightState
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NIGHTS: Final = "nights"
_FINGERPRINT_DIGITS: Final = 16


@dataclass(slots=True)
class Stage:
    """One step of a night, as it went in its latest attempt."""

    name: str
    begun_at: str
    ended_at: str | None = None
    seconds: float = 0.0
    peak_mb: int | None = None  # of all processes of the night together; None where the system does not say
    figures: dict[str, int] = field(default_factory=dict)
    shortfalls: list[str] = field(default_factory=list)


@dataclass(slots=True)
class NightRecord:
    """One night of `govcrawl nightly`, also when it was resumed several times."""

    night_id: str
    as_of: str
    command: str  # `fingerprint` of day, registry, settings and sites
    begun_at: str
    state: NightState = NightState.RUNNING
    reason: str | None = None  # why it did not finish
    finished_at: str | None = None
    runs: dict[str, str] = field(default_factory=dict)  # kind → run id
    assessment_id: str | None = None
    stages: list[Stage] = field(default_factory=list)

    def shortfalls(self) -> list[str]:
        """What the night could not do, in the order of its stages."""
        return [f"{stage.name}: {shortfall}" for stage in self.stages for shortfall in stage.shortfalls]


def fingerprint(*words: object) -> str:
    """The hash of a night's inputs; equal for the same command."""
    return hashlib.sha256(orjson.dumps([str(word) for word in words])).hexdigest()[:_FINGERPRINT_DIGITS]


def nights(data: Path) -> list[NightRecord]:
    """All recorded nights, oldest first."""
    return [_read(path) for path in sorted((data / NIGHTS).glob("*.json"))]


def keep(data: Path, night: NightRecord) -> None:
    """Write the record of a night, replacing its earlier file."""
    folder = data / NIGHTS
    folder.mkdir(exist_ok=True)
    write_whole(
        folder / f"{night.night_id}.json",
        orjson.dumps(asdict(night), option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS),
    )


def done_already(data: Path, command: str) -> NightRecord | None:
    """The newest finished night with the same fingerprint; None when there is none."""
    same = [
        night for night in nights(data) if night.command == command and night.state == NightState.FINISHED
    ]
    return same[-1] if same else None


def names_free(data: Path, stamp: str) -> str:
    """A night id that is not taken: the stamp, or the stamp and a number."""
    taken: Sequence[str] = [path.stem for path in (data / NIGHTS).glob("*.json")]
    number = 1
    name = stamp
    while name in taken:
        number += 1
        name = f"{stamp}-{number}"
    return name


def _read(path: Path) -> NightRecord:
    try:
        content = orjson.loads(path.read_bytes())
        stages = [Stage(**stage) for stage in content.pop("stages")]
        state = NightState(content.pop("state"))
        return NightRecord(**content, state=state, stages=stages)
    except (ValueError, TypeError, KeyError) as error:
        raise UserError(
            f"{path}: not the record of a night ({error}); move it away: nothing is judged by it"
        ) from error
