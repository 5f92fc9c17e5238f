"""`govcrawl review …`: exports findings for people to judge, and imports their decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govcrawl.cli.options import PATH, Moment, assessment_option, data_option, now

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@click.group()
def review() -> None:
    """Findings out for people to judge, and their decisions back in."""


@review.command("export")
@data_option
@assessment_option
@click.option(
    "--out",
    type=PATH,
    metavar="FILE",
    help="Where to write: .xlsx, or .csv (a file a table); DIR/reviews/ID.xlsx in the data directory if not given.",
)
def review_export(data: Path, assessment_id: str | None, out: Path | None) -> None:
    """Write the findings of an assessment, and the rows only people can judge, into a file to fill.

    A review page for the browser (.html) and copies of the pages that findings stand on are put beside it, safe to open.

    Example: govcrawl review export --data data --out review.xlsx
    """
    from analytics.notices.intranet.index import write_index  # noqa: PLC0415
    from analytics.review.export import export  # noqa: PLC0415
    from govcrawl.night.summary import latest_assessment  # noqa: PLC0415

    chosen = assessment_id or latest_assessment(data)
    for path in export(data, chosen, out or data / "reviews" / f"{chosen}.xlsx"):
        click.echo(path)
    if out is None and (data / "notices").is_dir():
        write_index(data)  # the first page leads to the review page


@review.command("import")
@click.argument("file", type=PATH, metavar="FILE")
@data_option
@click.option("--by", required=True, metavar="NAME", help="Who decided, where no column 判定人 says it.")
@click.option("--at", type=Moment(), metavar="TIME", help="When it was decided; now if not given.")
def review_import(file: Path, data: Path, by: str, at: datetime | None) -> None:
    """Check a filled review file and record its decisions, all of them or none.

    They count from the next assessment on: `load`, `publish`, `assess`, or the next night.

    Example: govcrawl review import review.xlsx --by 王敏 --data data
    """
    from analytics.review.intake import take_in  # noqa: PLC0415

    click.echo(take_in(data, file, by, at, now()))
