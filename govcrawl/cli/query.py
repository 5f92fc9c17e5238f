"""`govcrawl query`: the questions to the published data, listed and answered."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from govcrawl.cli.options import PATH
from govcrawl.warehouse.questions import FORMS, answer_as, question, questions


def _given(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    for value in values:
        if not value.partition("=")[1]:
            raise click.BadParameter(f"{value!r} is not NAME=VALUE")
    return dict(value.split("=", 1) for value in values)


@click.command()
@click.option(
    "--data",
    type=PATH,
    default=Path("data"),
    show_default=True,
    metavar="DIR",
    help="The data directory, or one published file.",
)
@click.option(
    "--param",
    "given",
    multiple=True,
    callback=_given,
    metavar="NAME=VALUE",
    help="A parameter of the question; repeatable.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default=FORMS[0],
    show_default=True,
    help="How the answer is written.",
)
@click.option("--out", type=PATH, metavar="FILE", help="Write it there; to standard output if not given.")
@click.argument("name", required=False, metavar="[NAME]")
def query(data: Path, given: dict[str, str], form: str, out: Path | None, name: str | None) -> None:
    """Answer a question to what is published; without NAME list the questions, their parameters and columns.

    Worked answers are in docs/cookbook.md.

    Example: govcrawl query score_distribution_by_edition --param width=5 --format csv --data data
    """
    from govcrawl.warehouse.connection import open_database  # noqa: PLC0415
    from govcrawl.warehouse.publish import REPUBLISH  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import published_file  # noqa: PLC0415

    if name is None:
        for each in questions().values():
            click.echo(f"{each.name}\n    {each.asks}")
            for param, about in each.params.items():
                default = "" if about.default is None else f" = {about.default}"
                click.echo(f"    --param {param} ({about.kind}{default}): {about.meaning}")
            click.echo(f"    → {', '.join(each.columns)}")
        return
    statement = question(name).with_values(given)
    if form == "parquet" and out is None and sys.stdout.isatty():
        raise click.UsageError("a Parquet file is not for a terminal: name a file with --out, or redirect it")
    with open_database(published_file(data), read_only=True, remedy=REPUBLISH) as connection:
        content = answer_as(connection, statement, form)
    if out is not None:
        out.write_bytes(content)
        click.echo(f"{name} → {out}", err=True)
    else:
        click.echo(content, nl=False)
