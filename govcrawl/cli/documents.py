"""`govcrawl notices`, `issue`, `ledger`: writes the documents of an assessment, issues them, writes the book of faults."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from analytics.notices.catalogue import DOCUMENT_KINDS, FORMATS
from govcrawl.cli.options import (
    PATH,
    WRONG_INPUT,
    assessment_option,
    campaign_of,
    campaign_option,
    data_option,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def listed(_context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """Names separated by commas; BadParameter for an unknown format or document."""
    allowed = FORMATS if parameter.name == "formats" else tuple(kind.stem for kind in DOCUMENT_KINDS)
    names = tuple(name.strip() for name in (value or "").split(",") if name.strip())
    for name in names:
        if name not in allowed:
            raise click.BadParameter(f"{name!r} is none of {', '.join(allowed)}")
    return names


def counting_line(what: str) -> Callable[[int, int], None]:
    """A function that shows a count on one line of the terminal; it shows nothing when stderr is no terminal."""

    def show(done: int, of: int) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{what} {done}/{of}" + ("\n" if done == of else ""))
            sys.stderr.flush()

    return show


@click.command()
@data_option
@assessment_option
@campaign_option
@click.option(
    "--formats",
    callback=listed,
    default="html",
    show_default=True,
    metavar="LIST",
    help="html always, and of pdf, docx, xlsx what is named, commas between.",
)
@click.option(
    "--documents",
    callback=listed,
    metavar="LIST",
    help="Which documents, commas between; those of the campaign, or of every night, if not given. Others stay as they are.",
)
@click.option("--figures", is_flag=True, help="Write nothing; print each figure with the SQL that gives it.")
def notices(
    data: Path,
    assessment_id: str | None,
    campaign_file: Path | None,
    formats: tuple[str, ...],
    documents: tuple[str, ...],
    *,
    figures: bool,
) -> int:
    """Write the documents of a published assessment: circular, rectification notices and what else is asked for.

    Exit code 1 when something asked for could not be written; the rest is written all the same.

    Example: govcrawl notices --data data --campaign 2026q4.toml --formats html,pdf,docx,xlsx
    """
    from analytics.notices.intranet.index import write_index  # noqa: PLC0415
    from analytics.notices.write import assessment_for, figures_of, write_notices  # noqa: PLC0415
    from analytics.words.text import shown  # noqa: PLC0415
    from govcrawl.night.summary import latest_assessment  # noqa: PLC0415

    campaign = campaign_of(campaign_file)
    if assessment_id is None:
        assessment_id = assessment_for(data, campaign) if campaign else latest_assessment(data)
    if figures:
        for figure in figures_of(data, assessment_id, campaign, documents=documents):
            click.echo(f"-- {figure.key} {shown(figure.words)}: {figure.printed}\n{figure.sql};\n")
        return 0
    written = write_notices(
        data,
        assessment_id,
        campaign,
        documents=documents,
        formats=formats,
        progress=counting_line("PDF"),
    )
    for paths in written.written.values():
        for path in paths:
            click.echo(path)
    click.echo(write_index(data))
    for by_hand, new in written.kept:
        click.echo(
            f"govcrawl: {by_hand} was changed by hand and stays; the new one is beside it: {new}", err=True
        )
    for reason in written.missing:
        click.echo(f"govcrawl: {reason}", err=True)
    return WRONG_INPUT if written.missing else 0


@click.command()
@data_option
@click.argument("notice_id", metavar="NOTICE")
def issue(data: Path, notice_id: str) -> None:
    """Freeze a written document and its annexes under its number. It is never changed again; the ledger holds units to it.

    NOTICE is the name of its folder in `notices`. `load` and `publish` then show it to readers. A mistake is
    corrected by a new document whose campaign says `corrects = "…"`.

    Example: govcrawl issue --data data 2026-11-22-inspection-2019-1a2b3c4d-5e6f7a8b
    """
    from analytics.notices.issue import issue as do_issue  # noqa: PLC0415

    click.echo(do_issue(data, notice_id))


@click.command()
@data_option
@assessment_option
@click.option("--out", type=PATH, required=True, metavar="FILE", help="Where to write: .xlsx.")
def ledger(data: Path, assessment_id: str | None, out: Path) -> None:
    """Write the ledger (台账): every fault over its life, by unit, site, kind, state and term, as XLSX.

    Example: govcrawl ledger --data data --out ledger.xlsx
    """
    from analytics.notices.folders import issued_folders  # noqa: PLC0415
    from analytics.notices.ledger_book import ledger_book, write_ledger  # noqa: PLC0415
    from analytics.notices.results import read_results  # noqa: PLC0415
    from govcrawl.night.summary import latest_assessment  # noqa: PLC0415
    from govcrawl.records.errors import UserError  # noqa: PLC0415
    from govcrawl.warehouse.snapshot import Snapshot  # noqa: PLC0415

    if out.suffix.lower() != ".xlsx":
        raise UserError(f"{out}: the ledger is an .xlsx file; name it so")
    with Snapshot.open(data) as snapshot:
        results = read_results(snapshot, assessment_id or latest_assessment(data))
        faults = ledger_book(snapshot, results.assessment_id, results.as_of, issued_folders(data / "issued"))
    write_ledger(faults, results.as_of, out)
    click.echo(out)
