"""Whether all is well: the state of the nights for people and monitors, and what differs from the nights before."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Final

from govcrawl.night.lock import LOCK
from govcrawl.records import nights
from govcrawl.records.states import NightState
from govcrawl.warehouse.gate import limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govcrawl.records.nights import NightRecord

_TIMER: Final = (
    "see whether its timer is on (`systemctl list-timers 'govcrawl-*'`, or `crontab -l`) and what it said "
    "(`journalctl -u govcrawl-nightly`), and run the nightly command by hand"
)

LATE: Final = timedelta(hours=12)
"""A night that is still under way after so long has lost the morning."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether all is well, the day of the newest night, when it finished, and what is not well, each reason with what to do.

    A reason stays word for word the same as long as the trouble does: people are told of it once.
    """

    ok: bool
    night: str | None
    finished_at: str | None
    reasons: list[str]


def health(data: Path, now: datetime, older_h: float | None) -> Health:
    """What the records of the nights say; `older_h` hours without a finished night are too many, None: any number is."""
    records = nights.nights(data)
    if not records:
        return Health(
            ok=False,
            night=None,
            finished_at=None,
            reasons=[
                (
                    f"{data}: no night has been recorded yet; if this is the right directory, begin one with "
                    f"`govcrawl nightly --registry DIR --data {data}`, and set its timer (deploy/)"
                )
            ],
        )
    newest = records[-1]
    under_way = is_under_way(data)
    reasons = _of_newest(data, newest, now, under_way=under_way)
    finished = [night for night in records if night.state == NightState.FINISHED and night.finished_at]
    last = max((at(night.finished_at) for night in finished), default=None)
    if older_h is not None and (last is None or now - last > timedelta(hours=older_h)):
        since = "none has ever finished" if last is None else f"the last finished at {last:%F %R} UTC"
        begun = under_way or now - at(newest.begun_at) <= timedelta(hours=older_h)
        reasons.append(
            f"no night has finished within {older_h:g} hours: {since}"
            + ("" if begun else f", and none has begun since {_minute(newest.begun_at)} UTC; {_TIMER}")
        )
    finished_at = newest.finished_at if newest.state == NightState.FINISHED else None
    return Health(not reasons, newest.as_of, finished_at, reasons)


def is_under_way(data: Path) -> bool:
    """Whether a process holds the data directory."""
    try:
        with (data / LOCK).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # there was never a night here, or we may not look
        return False
    return False


def at(instant: str | None) -> datetime:
    """An instant as records write it."""
    return datetime.fromisoformat(instant or "").replace(tzinfo=UTC)


def usual(before: Sequence[NightRecord], stage: str, figure: str) -> float | None:
    """What a figure of a stage was on the nights before, at the middle of them; None where none has it."""
    numbers = [
        each.figures[figure]
        for night in before[-limits()["nights"]["back"] :]
        for each in night.stages
        if each.name == stage and figure in each.figures
    ]
    return median(numbers) if numbers else None


def shortfalls(figures: dict[str, int], before: Sequence[NightRecord]) -> list[str]:
    """What the judged night lacks beside the nights before, also where too few sites are for the gate to hold it."""
    at_most = limits()["sites"]
    homes, blocked, opened = (figures.get(name, 0) for name in ("home pages", "blocked", "opened"))
    reasons: list[str] = []
    if not homes:
        return reasons
    for number, name, words, worse in (
        (blocked, "blocked", "home pages turned us away", 1),
        (opened, "opened", "home pages opened", -1),
    ):
        share, is_usual = number / homes, _usual_share(before, name)
        expected = is_usual if is_usual is not None else (0.0 if worse > 0 else 1.0)
        if worse * (share - expected) >= at_most["blocked_more"]:
            reasons.append(
                f"{number} of {homes} {words} ({share:.0%}); "
                + ("there was no night before" if is_usual is None else f"usual is {is_usual:.0%}")
            )
    return reasons


def _usual_share(before: Sequence[NightRecord], name: str) -> float | None:
    shares = [
        stage.figures[name] / stage.figures["home pages"]
        for night in before[-limits()["nights"]["back"] :]
        for stage in night.stages
        if stage.figures.get("home pages")
    ]
    return median(shares) if shares else None


def _of_newest(data: Path, night: NightRecord, now: datetime, *, under_way: bool) -> list[str]:
    of, stage = f"the night of {night.as_of}", night.stages[-1] if night.stages else None
    where = f" in the stage {stage.name!r}" if stage else " before its first stage"
    same = f"run the same nightly command again, it goes on from there (the log: {data / 'logs'})"
    match night.state:
        case NightState.FINISHED:
            listed = f"{data / 'notices' / 'intranet' / 'unmeasured.html'} lists each site with its way out"
            return [f"{of}: {shortfall}; {listed}" for shortfall in night.shortfalls()]
        case NightState.RUNNING if under_way and now - at(night.begun_at) <= LATE:
            return []
        case NightState.RUNNING if under_way:
            since = f"since {_minute(night.begun_at)} UTC, more than {LATE.total_seconds() / 3600:.0f} hours"
            remedy = "wait for it, or stop it with Ctrl-C or `systemctl stop govcrawl-nightly`; `--until` bounds the next"
            return [f"{of} has been under way {since}{where}; {remedy}"]
        case NightState.RUNNING | NightState.CUT_OFF:
            return [f"{of} was cut off{where}; {same}"]
        case NightState.HELD:
            let_pass = (
                f"`govcrawl publish --data {data} --accept REASON --by NAME` and the same nightly command"
            )
            remedy = f"Look at each; then {let_pass}, or let the next night pass"
            return [f"{of} was held back by the publish gate: {night.reason}. {remedy}"]
        case NightState.STOPPED:
            return [f"{of} was stopped{where}: {night.reason}"]
        case NightState.FAILED:
            return [f"{of} failed{where}: {night.reason}. When that is mended, {same}"]


def _minute(instant: str) -> str:
    return instant[:16].replace("T", " ")
