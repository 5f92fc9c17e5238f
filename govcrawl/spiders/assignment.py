"""What one spider process is to do: which run, by which registry, which of its tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from govcrawl.records.errors import UserError
from govcrawl.records.items import CIVIL
from govcrawl.records.runs import create_run, finished_runs, open_run
from govcrawl.registry import load_registry, store_registry, stored_registry
from govcrawl.spiders.tasks import GOES_ON_FROM, tasks_of

if TYPE_CHECKING:
    from govcrawl.records.runs import Run
    from govcrawl.registry import Registry

USAGE = (
    "-a run=FOLDER -a registries=FOLDER [-a share=N], or -a registry=DIR -a data=DIR [-a as_of=YYYY-MM-DD]"
)


@dataclass(frozen=True, slots=True)
class Assignment:
    """The share of one process in a run, and its number, from 1.

    `alone`: the process has begun the run itself, and finishes it.
    """

    run: Run
    registry: Registry
    tasks: list[str]
    number: int
    alone: bool

    @classmethod
    def of_arguments(cls, kind: str, arguments: dict[str, str]) -> Self:
        """Read the arguments of `scrapy crawl <kind> -a …`."""
        match arguments:
            case {"run": run, "registries": registries, **more} if more.keys() <= {"share"}:
                return cls._share(kind, Path(run), Path(registries), more.get("share"))
            case {"registry": registry, "data": data, **more} if more.keys() <= {"as_of"}:
                return cls._whole(kind, Path(registry), Path(data), more.get("as_of"))
            case _:
                raise UserError(f"spider {kind}: got {', '.join(arguments) or 'no arguments'}; give {USAGE}")

    @classmethod
    def _share(cls, kind: str, folder: Path, registries: Path, share: str | None) -> Self:
        run = open_run(folder)
        if run.plan.kind != kind:
            raise UserError(f"{folder}: a run of kind {run.plan.kind}; spider {kind} cannot do it")
        if share is not None and not share.isdecimal():
            raise UserError(f"share {share!r}: give the number of a share that was dealt out")
        registry = stored_registry(registries, run.plan.registry_sha256)
        tasks = run.open_tasks() if share is None else run.share(int(share))
        return cls(run, registry, tasks, int(share or 1), alone=False)

    @classmethod
    def _whole(cls, kind: str, registry_folder: Path, data: Path, as_of: str | None) -> Self:
        registry = load_registry(registry_folder)
        now = datetime.now(UTC)
        try:
            day = now.astimezone(CIVIL).date() if as_of is None else date.fromisoformat(as_of)
        except ValueError as error:
            raise UserError(f"as_of {as_of!r}: give a day as YYYY-MM-DD") from error
        run = create_run(
            data,
            kind=kind,
            as_of=day,
            registry_sha256=store_registry(registry, data / "registries"),
            tasks=tasks_of(kind, registry),
            of_run=_latest_run(data, GOES_ON_FROM[kind]) if kind in GOES_ON_FROM else None,
            started_at=now,
        )
        return cls(run, registry, run.open_tasks(), 1, alone=True)


def _latest_run(data: Path, kind: str) -> str:
    for folder in reversed(finished_runs(data)):
        if open_run(folder).plan.kind == kind:
            return folder.name
    raise UserError(f"{data}: no finished {kind} run to go on from; run the {kind} spider first")
