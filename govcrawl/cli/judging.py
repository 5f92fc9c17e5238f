"""`govcrawl assess`: judges the published data by an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govcrawl.cli.options import (
    any_day_option,
    as_of_option,
    data_option,
    day_inspected,
    overlay_option,
    rules_option,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command()
@data_option
@rules_option
@overlay_option
@as_of_option
@any_day_option
def assess(data: Path, edition: str, overlay: Path | None, as_of: date | None, *, any_day: bool) -> None:
    """Judge what is published by an edition of the indicators. `load` and `publish` then show it to readers.

    Example: govcrawl assess --data data --rules inspection-2019 --as-of 2026-11-22
    """
    from analytics.judging.assess import assess as do_assess  # noqa: PLC0415
    from govcrawl.records.evidence import keep_cited  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import Snapshot  # noqa: PLC0415

    day = day_inspected(as_of, data, any_day=any_day)
    with Snapshot.open(data) as snapshot:
        folder = do_assess(
            snapshot,
            edition=edition,
            as_of=day,
            out=data / "assessments",
            overlay=overlay,
        )
    keep_cited(data, folder)
    click.echo(folder)
