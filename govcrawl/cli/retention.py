"""`govcrawl prune`: removes old records that nothing needs any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govcrawl.cli.options import data_option, now, today_here

if TYPE_CHECKING:
    from pathlib import Path

KEEP_DAYS = 400  # the longest term of the official tables is a year
KEEP_TEXTS_DAYS = 400  # no check looks further back than the last reading; an office may want far less
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
@click.option(
    "--keep-texts-days",
    default=KEEP_TEXTS_DAYS,
    show_default=True,
    type=click.IntRange(LEAST_DAYS),
    metavar="N",
    help="Texts of pages, in which persons may be named, that no page has shown for so long go before the other records.",
)
@click.option("--yes", is_flag=True, help="Remove it; without this it is only told.")
def prune(data: Path, keep_days: int, keep_texts_days: int, *, yes: bool) -> None:
    """Remove run records and drafts that are old and needed by nothing that stands. Tells only, unless --yes.

    Never removed: what an issued document's assessment was made from, the nights of faults that are not mended, what
    younger nights stand on, issued documents, assessments, decisions, evidence, registries. Published copies are kept by `publish`.

    Texts leave the warehouse with the next load, and readers with the copy published after it.

    Example: govcrawl prune --data data --keep-days 400 --keep-texts-days 90
    """
    from govcrawl.night import prune as retention  # noqa: PLC0415

    terms = retention.Terms(keep_days, keep_texts_days)
    found = retention.plan(data, terms, today_here())
    sizes = {path: retention.size_of(path) for path in found.paths()}
    if yes:
        retention.prune(data, terms, now())
    verb = "removed" if yes else "would remove"
    for what, paths in (
        ("run folders", found.runs),
        ("files of folded rounds", [path for path, _ in found.rounds]),
        ("folders of texts", [folder / retention.TEXTS for folder in found.texts]),
        ("folders of drafts", found.notices),
        ("folders of logs and torn files", found.aside),
    ):
        megabytes = sum(sizes[path] for path in paths) / MEGABYTE
        names = [path.parent.name if path.name == retention.TEXTS else path.name for path in paths]
        span = f" ({names[0]} … {names[-1]})" if names else ""
        click.echo(f"{verb} {len(paths)} {what}, {megabytes:.1f} MB{span}")
    click.echo(f"kept {len(found.kept)} old runs that something needs")
    for run_id, what in list(found.kept.items())[:_LISTED]:
        click.echo(f"  {run_id}: {what}")
    if not yes and found.paths():
        click.echo("nothing was removed; add --yes")
