"""`govcrawl evidence`: what a finding stands on, for whoever disputes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govcrawl.cli.options import PATH, data_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("finding", metavar="FINDING")
@data_option
@click.option(
    "--out", type=PATH, metavar="DIR", help="Write page, picture, WARC and this account into a folder."
)
@click.option(
    "--warc", type=PATH, metavar="FILE", help="Write the stored page as WARC, which other tools read."
)
def evidence(finding: str, data: Path, out: Path | None, warc: Path | None) -> None:
    """Show what a finding stands on: the stored page, its head, how it was reached, the marked place.

    FINDING is its key, the column 问题编号 of the review file. The last line repeats the check on the page of today.

    Example: govcrawl evidence F-0123456789abcdef --data data --out evidence-of-it
    """
    from analytics.notices.page_picture import picture  # noqa: PLC0415
    from analytics.review.evidence import evidence_of, lines  # noqa: PLC0415
    from analytics.review.page_copy import page_copy  # noqa: PLC0415
    from analytics.words.marked_words import marked_words  # noqa: PLC0415
    from govcrawl.records.errors import UserError  # noqa: PLC0415
    from govcrawl.records.evidence import warc_of  # noqa: PLC0415

    shown = evidence_of(data, finding)
    account = "\n".join(lines(shown))
    click.echo(account)
    sha256 = shown.body_sha256
    if shown.copy is None or sha256 is None:
        if out or warc:
            raise UserError("no page was kept for this finding: there is nothing to write")
        return
    member = warc_of(data, sha256) or b""
    if warc is not None:
        warc.parent.mkdir(parents=True, exist_ok=True)
        warc.write_bytes(member)
        click.echo(f"written     {warc}")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "finding.txt").write_text(account + "\n", "utf-8")
        (out / "page.html").write_text(page_copy(sha256, shown.copy), "utf-8")
        (out / "page.warc.gz").write_bytes(member)
        if shown.markup:
            picture(shown.markup, shown.facts.get("place"), out / "page.png", *marked_words(shown.facts))
        click.echo(f"written     {out}: {' '.join(sorted(path.name for path in out.iterdir()))}")
