"""The nights as a table for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.night.health import usual
from govcrawl.records.states import NightState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govcrawl.records.nights import NightRecord

_HEAD = f"{'day':<12}{'state':<10}{'begun (UTC)':<18}{'took':>8}{'peak':>9}  assessment"


def table_of_nights(records: Sequence[NightRecord], last: int) -> str:
    """The last nights, a line each, then the stages of the newest beside what was usual before it."""
    if not records:
        return "no night has been recorded yet"
    lines = [_HEAD, *(_line(night) for night in records[-last:])]
    newest, before = records[-1], [night for night in records[:-1] if night.state == NightState.FINISHED]
    lines += ["", f"stages of the night of {newest.as_of}:"]
    for stage in newest.stages:
        peak = f"{stage.peak_mb} MB" if stage.peak_mb is not None else "-"
        figures = ", ".join(
            f"{value:,} {name}{_usual(before, stage.name, name)}" for name, value in stage.figures.items()
        )
        lines.append(f"  {stage.name:<22}{_took(stage.seconds):>8}{peak:>9}  {figures}")
        lines += [f"      fell short: {shortfall}" for shortfall in stage.shortfalls]
    if newest.reason:
        lines.append(f"  {newest.state}: {newest.reason}")
    return "\n".join(lines)


def _line(night: NightRecord) -> str:
    took = _took(sum(stage.seconds for stage in night.stages))
    peaks = [stage.peak_mb for stage in night.stages if stage.peak_mb is not None]
    peak = f"{max(peaks)} MB" if peaks else "-"
    begun = night.begun_at[:16].replace("T", " ")
    return f"{night.as_of:<12}{night.state:<10}{begun:<18}{took:>8}{peak:>9}  {night.assessment_id or '-'}"


def _usual(before: Sequence[NightRecord], stage: str, figure: str) -> str:
    number = usual(before, stage, figure)
    return "" if number is None else f" (usual {number:,.0f})"


def _took(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}h{minutes:02}m" if hours else f"{minutes}m{rest:02}s" if minutes else f"{rest}s"
