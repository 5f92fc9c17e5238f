"""`govcrawl load`, `publish`, `export` and `withdraw`: loads finished folders, publishes a copy, releases it as Parquet, takes an assessment back."""

from __future__ import annotations

from pathlib import Path

import click

from govcrawl.cli.options import WRONG_INPUT, data_option, now


def _not_blank(_context: click.Context, parameter: click.Parameter, value: str) -> str:
    if not value.strip():
        raise click.BadParameter(f"{parameter.name} must say something")
    return value.strip()


@click.command()
@data_option
@click.option("--rebuild", is_flag=True, help="Build the warehouse anew from all run and assessment folders.")
def load(data: Path, *, rebuild: bool) -> int:
    """Load finished runs and assessments into the warehouse. Loading again changes nothing.

    Exit code 1 when a folder was refused, the others are loaded all the same; and when the warehouse is damaged.

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
    loader.refuse_unreadable(data)
    return WRONG_INPUT if report.refused else 0


@click.command()
@data_option
@click.option("--accept", metavar="REASON", help="Publish although the gate holds, and why that is right.")
@click.option("--by", metavar="NAME", help="Who accepts it.")
def publish(data: Path, accept: str | None, by: str | None) -> None:
    """Publish a copy of the warehouse for readers and point `published/latest.duckdb` at it.

    Exit code 3 when the gate holds it back because the last night is unlike the nights before. A person who has
    looked at its reasons releases it with --accept and --by; both are put down in `acceptances/`.

    Example: govcrawl publish --data data --accept "机房停电，已核实" --by 王敏
    """
    from govcrawl.warehouse.publish import Acceptance  # noqa: PLC0415
    from govcrawl.warehouse.publish import publish as do_publish  # noqa: PLC0415

    reason, name = (accept or "").strip(), (by or "").strip()
    if bool(reason) != bool(name) or (accept is not None and not reason):
        raise click.UsageError("--accept REASON and --by NAME belong together, and neither may be empty")
    click.echo(do_publish(data, now(), accepted=Acceptance(reason, name) if reason else None))


@click.command()
@data_option
@click.option(
    "--to",
    required=True,
    metavar="DIR|s3://…",
    help="The place of the release; it grows with every export. One in a bucket (extra `store`) grows in the folder `release` of the "
    "data directory first.",
)
@click.option("--publisher", default="", metavar="NAME", help="Whom to cite; kept from the first time.")
@click.option(
    "--verify", is_flag=True, help="Compare every file released before with its hash, not only some."
)
def export(data: Path, to: str, publisher: str, *, verify: bool) -> None:
    """Release what is published as Parquet files, for researchers: all views, night by night, never changed again.

    Each export adds what was judged since the one before. Refused, and nothing written, when the folder holds anything but an
    unaltered release of these data.

    Example: govcrawl export --to release --publisher 岚川市人民政府办公室 --data data
    """
    from govcrawl.records.remote_files import Store  # noqa: PLC0415
    from govcrawl.warehouse.release import in_store  # noqa: PLC0415
    from govcrawl.warehouse.release.export import export as do_export  # noqa: PLC0415

    store = Store(to, "--to") if "://" in to else None
    folder = data / in_store.FOLDER if store else Path(to)
    if store:
        in_store.begin(store, folder)
    added = do_export(data, folder, now(), publisher=publisher.strip(), every=verify)
    kept = in_store.keep(store, folder, every=verify) if store else None
    if kept and kept.files:
        click.echo(f"{to}: {kept.files} files put there, {kept.size} bytes")
    if added.batch is None:
        click.echo(f"{to}: nothing new")
    else:
        click.echo(f"{to}: {added.rows} rows in {added.files} files, nights {', '.join(added.nights)}")


@click.command()
@data_option
@click.argument("assessment_id", metavar="ASSESSMENT")
@click.option("--reason", required=True, callback=_not_blank, metavar="TEXT", help="Why it is taken back.")
@click.option("--by", required=True, callback=_not_blank, metavar="NAME", help="Who takes it back.")
def withdraw(data: Path, assessment_id: str, reason: str, by: str) -> None:
    """Take an assessment out of ledger, index and published views. Its record stays in `assessments/`.

    For a night that was judged under a wrong day or with wrong rules. Refused while a later assessment by the same
    edition, or an issued document, stands on it.

    Example: govcrawl withdraw 2027-11-22-inspection-2019-1a2b3c4d --reason "日期输错" --by 王敏 --data data
    """
    from govcrawl.night.withdraw import withdraw as do_withdraw  # noqa: PLC0415

    click.echo(do_withdraw(data, assessment_id, reason, by, now))
