"""`govcrawl lake`: registers a release in a lake that many readers ask at once."""

from __future__ import annotations

import click


@click.command()
@click.argument("release", metavar="RELEASE", required=False)
@click.option(
    "--catalogue",
    required=True,
    metavar="TEXT",
    help="The PostgreSQL database of the lake, as libpq takes it; a password comes from PGPASSWORD or ~/.pgpass.",
)
def lake(release: str | None, catalogue: str) -> None:
    """Register what a release holds beyond the lake: its own files, none copied; each batch is one version. Without RELEASE: the versions.

    RELEASE is the folder or s3:// address of `govcrawl export --to`; readers must reach it by the same address. Needs the extra `lake`
    in an environment of its own, and keys of the bucket in AWS_… variables.

    Example: govcrawl lake s3://bucket/release --catalogue "host=db.example dbname=lake user=committer"
    """
    from govcrawl.warehouse.release import lake as lakes  # noqa: PLC0415

    shown = lakes.register(release, catalogue) if release else lakes.versions(catalogue)
    for version in shown:
        click.echo(
            f"version {version.number}: batch {version.batch}, {version.files} files, {version.rows} rows, "
            f"committed {version.committed_at}"
        )
    if not shown:
        click.echo(f"{release}: nothing new" if release else "no batch is registered yet")
