"""`govcrawl figures`, `sample` and `compare`: tables about what is published, as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analytics.figures.rollup import DIMENSIONS
from analytics.figures.sample import STRATA
from govcrawl.cli.options import PATH, assessment_option, data_option, today_here

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


table_option = click.option(
    "--out", type=PATH, metavar="FILE", help="Write the CSV there; to standard output if not given."
)


def _put(table: pd.DataFrame, out: Path | None) -> None:
    if out is None:
        click.echo(table.to_csv(index=False), nl=False)
    else:
        table.to_csv(out, index=False, encoding="utf-8-sig")  # spreadsheets need the byte order mark
        click.echo(f"{len(table)} rows → {out}", err=True)


@click.command()
@data_option
@assessment_option
@click.option(
    "--by",
    type=click.Choice(DIMENSIONS),
    default=DIMENSIONS[0],
    show_default=True,
    help="What the rows are.",
)
@table_option
def figures(data: Path, assessment_id: str | None, by: str, out: Path | None) -> None:
    """Figures of a published assessment by unit, region, level or kind, each with all below it, as CSV.

    Example: govcrawl figures --data data --by region --out figures.csv
    """
    from analytics.figures.rollup import rollup  # noqa: PLC0415
    from govcrawl.night.summary import latest_assessment  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import Snapshot  # noqa: PLC0415

    with Snapshot.open(data) as snapshot:
        _put(rollup(snapshot, assessment_id or latest_assessment(data), by), out)


@click.command()
@data_option
@click.option("--size", type=click.IntRange(1), required=True, metavar="N", help="How many sites to draw.")
@click.option("--seed", metavar="S", help="Any word; the day in Asia/Shanghai if not given.")
@click.option("--by", type=click.Choice(STRATA), default=STRATA[0], show_default=True, help="Strata.")
@table_option
def sample(data: Path, size: int, seed: str | None, by: str, out: Path | None) -> None:
    """Draw a stratified random sample of running sites for a spot check (抽查), as CSV; the seed is printed.

    Every stratum sends at least one. Seed, size and the list of sites decide the draw: docs/operations.md says how.

    Example: govcrawl sample --data data --size 30 --by region --out spot-check.csv
    """
    from analytics.figures.sample import draw  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import Snapshot  # noqa: PLC0415

    seed = seed or today_here().isoformat()
    with Snapshot.open(data) as snapshot:
        sites = snapshot.query("sites_to_sample")
        drawn = draw(sites, size, seed, by)
        click.echo(f"seed {seed}: {len(drawn)} of {len(sites)} sites of {snapshot.name} by {by}", err=True)
    _put(drawn, out)


@click.command()
@data_option
@assessment_option
@table_option
def compare(data: Path, assessment_id: str | None, out: Path | None) -> None:
    """Hold a published assessment against the units' own results (自查) and the spot checks (抽查), as CSV.

    Both stand in the registry: self_checks and spot_checks. A summary of how far they agree goes to standard error.

    Example: govcrawl compare --data data --out differences.csv
    """
    from analytics.figures import selfcheck  # noqa: PLC0415
    from govcrawl.night.summary import latest_assessment  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import Snapshot  # noqa: PLC0415

    with Snapshot.open(data) as snapshot:
        compared = selfcheck.compare(snapshot, assessment_id or latest_assessment(data))
    click.echo(selfcheck.agreement(compared).to_string(index=False), err=True)
    _put(compared, out)
