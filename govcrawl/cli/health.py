"""`govcrawl runs` and `status`: the nights with their figures, and whether all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import orjson

from govcrawl.cli.options import data_option, now

if TYPE_CHECKING:
    from pathlib import Path

NOT_WELL = 3


def _hours(_context: click.Context, _parameter: click.Parameter, value: str) -> float:
    """`26` or `26h`."""
    try:
        hours = float(value.removesuffix("h"))
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no number of hours; write 26 or 26h") from error
    if hours <= 0:
        raise click.BadParameter("write a number of hours above 0")
    return hours


@click.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object: ok, night, finished_at, reasons.")
@click.option(
    "--fail-if-older",
    "older_h",
    default="26h",
    show_default=True,
    callback=_hours,
    metavar="H",
    help="Not well when no night has finished for so many hours.",
)
@click.option(
    "--tell",
    is_flag=True,
    help="Also send the message that is due, write metrics.prom, and let the office's pages say what they show. For a timer.",
)
def status(data: Path, older_h: float, *, as_json: bool, tell: bool) -> int:
    """Say whether all is well. Exit code 0 when it is, 3 when it is not; for people and for any monitor.

    Example: govcrawl status --data data --json --fail-if-older 26h
    """
    from govcrawl.night.health import health  # noqa: PLC0415

    if tell:
        from govcrawl.night.morning import tell_all  # noqa: PLC0415

        found, troubles = tell_all(data, now(), older_h)
        for trouble in troubles:
            click.echo(f"govcrawl: {trouble}", err=True)
    else:
        found = health(data, now(), older_h)
    if as_json:
        click.echo(orjson.dumps(found).decode())
    else:
        night = f"the night of {found.night}" if found.night else "no night"
        finished = (
            f", finished at {found.finished_at[:16].replace('T', ' ')} UTC" if found.finished_at else ""
        )
        click.echo(f"{'all is well' if found.ok else 'NOT WELL'}: {night}{finished}")
        for reason in found.reasons:
            click.echo(f"  {reason}")
    return 0 if found.ok else NOT_WELL


@click.command()
@data_option
@click.option(
    "--last", default=7, show_default=True, type=click.IntRange(1), metavar="N", help="How many nights."
)
@click.option("--json", "as_json", is_flag=True, help="The records of the nights, one JSON object a line.")
def runs(data: Path, last: int, *, as_json: bool) -> None:
    """The nights, and each stage of the newest with figures, time, memory and what fell short, beside what is usual.

    Example: govcrawl runs --data data --last 30
    """
    from govcrawl.night.table_of_nights import table_of_nights  # noqa: PLC0415
    from govcrawl.records.nights import nights  # noqa: PLC0415

    recorded = nights(data)
    if as_json:
        for night in recorded[-last:]:
            click.echo(orjson.dumps(_plain(night)).decode())
    else:
        click.echo(table_of_nights(recorded, last))


def _plain(night: Any) -> dict[str, Any]:
    from dataclasses import asdict  # noqa: PLC0415

    return asdict(night)
