"""`govcrawl prune`: removes old records that nothing needs any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govcrawl.cli.options import data_option, now, today_here

if TYPE_CHECKING:
    from pathlib import Path

KEEP_DAYS = 400  # the longest term of the official tables is a year
LEAST_DAYS = 30
_LISTED = 10  # runs that are named with what needs them
MEGABYTE = 2**20


@click.command()
@data_option
@click.option(
    "--keep-days",
    default=KEEP_DAYS,
    show_default=True,
    type=click.IntRange(LEAST_DAYS),
    metavar="N",
    help="Records and drafts younger than this stay; the longest official term is a year.",
)
@click.option("--yes", is_flag=True, help="Remove it; without this it is only told.")
def prune(data: Path, keep_days: int, *, yes: bool) -> None:
    """Remove run records and drafts that are old and needed by nothing that stands. Tells only, unless --yes.

    Never removed: what an issued document's assessment was made from, the nights of faults that are not mended, what
    younger nights stand on, issued documents, assessments, decisions, evidence, registries. Published copies are kept by `publish`.

    Example: govcrawl prune --data data --keep-days 400
    """
    from govcrawl.night import prune as retention  # noqa: PLC0415

    found = retention.plan(data, keep_days, today_here())
    sizes = {path: retention.size_of(path) for path in found.paths()}
    if yes:
        retention.prune(data, keep_days, now())
    verb = "removed" if yes else "would remove"
    for what, paths in (
        ("run folders", found.runs),
        ("files of folded rounds", [path for path, _ in found.rounds]),
        ("folders of drafts", found.notices),
        ("folders of logs and torn files", found.aside),
    ):
        megabytes = sum(sizes[path] for path in paths) / MEGABYTE
        span = f" ({paths[0].name} … {paths[-1].name})" if paths else ""
        click.echo(f"{verb} {len(paths)} {what}, {megabytes:.1f} MB{span}")
    click.echo(f"kept {len(found.kept)} old runs that something needs")
    for run_id, what in list(found.kept.items())[:_LISTED]:
        click.echo(f"  {run_id}: {what}")
    if not yes and found.paths():
        click.echo("nothing was removed; add --yes")
