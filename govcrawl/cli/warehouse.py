"""`govcrawl load` and `publish`: finished folders into the warehouse, and a copy of it to readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govcrawl.cli.options import WRONG_INPUT, data_option, now

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@data_option
@click.option("--rebuild", is_flag=True, help="Build the warehouse anew from all run and assessment folders.")
def load(data: Path, *, rebuild: bool) -> int:
    """Load finished runs and assessments into the warehouse. Loading again changes nothing.

    Exit code 1 when a folder was refused; the others are loaded all the same.

    Example: govcrawl load --data data
    """
    from govcrawl.night.nightly import refusals  # noqa: PLC0415
    from govcrawl.warehouse import load as loader  # noqa: PLC0415

    report = loader.rebuild(data) if rebuild else loader.load_all(data)
    for name in report.loaded:
        click.echo(f"loaded {name}")
    for line in refusals(report):
        click.echo(line)
    click.echo(
        f"{len(report.loaded)} loaded, {len(report.refused)} refused, {len(report.unfinished)} unfinished"
    )
    return WRONG_INPUT if report.refused else 0


@click.command()
@data_option
@click.option("--force", is_flag=True, help="Publish although the gate holds.")
def publish(data: Path, *, force: bool) -> None:
    """Publish a copy of the warehouse for readers and point `published/latest.duckdb` at it.

    Exit code 3 when the gate holds it back because the last night measured far less than the one before.

    Example: govcrawl publish --data data
    """
    from govcrawl.warehouse.publish import publish as do_publish  # noqa: PLC0415

    click.echo(do_publish(data, now(), force=force))
