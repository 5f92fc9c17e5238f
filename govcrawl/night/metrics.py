"""The newest night as a Prometheus text file, `metrics.prom`, for node_exporter's textfile collector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govcrawl.night.health import at
from govcrawl.records import nights
from govcrawl.records.states import NightState
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.night.health import Health

FILE: Final = "metrics.prom"


def write_metrics(data: Path, found: Health) -> Path:
    """Write what a monitor asks for; the file is replaced whole."""
    records = nights.nights(data)
    finished = [at(night.finished_at).timestamp() for night in records if night.state == NightState.FINISHED]
    lines = [
        *_metric("govcrawl_ok", "1 when all is well, see govcrawl status", [({}, float(found.ok))]),
        *_metric(
            "govcrawl_night_finished_timestamp_seconds",
            "When a night last finished, Unix time",
            [({}, max(finished))] if finished else [],
        ),
    ]
    if records:
        stages = records[-1].stages
        lines += [
            *_metric(
                "govcrawl_stage_duration_seconds",
                "How long a stage of the newest night took",
                [({"stage": stage.name}, stage.seconds) for stage in stages],
            ),
            *_metric(
                "govcrawl_stage_peak_memory_bytes",
                "What a stage of the newest night took at its height",
                [({"stage": stage.name}, stage.peak_mb * 2**20) for stage in stages if stage.peak_mb],
            ),
            *_metric(
                "govcrawl_stage_shortfalls",
                "What a stage of the newest night could not do, in number",
                [({"stage": stage.name}, len(stage.shortfalls)) for stage in stages],
            ),
            *_metric(
                "govcrawl_stage_figure",
                "Figures of the newest night",
                [
                    ({"stage": stage.name, "figure": name}, value)
                    for stage in stages
                    for name, value in sorted(stage.figures.items())
                ],
            ),
        ]
    path = data / FILE
    write_whole(path, "".join(f"{line}\n" for line in lines).encode())
    return path


def _metric(name: str, words: str, values: list[tuple[dict[str, str], float]]) -> list[str]:
    if not values:
        return []
    return [
        f"# HELP {name} {words}",
        f"# TYPE {name} gauge",
        *(f"{name}{_labels(of)} {value:.10g}" for of, value in values),
    ]


def _labels(of: dict[str, str]) -> str:
    return "{" + ",".join(f'{name}="{value}"' for name, value in of.items()) + "}" if of else ""
