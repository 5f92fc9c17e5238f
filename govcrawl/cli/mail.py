"""`govcrawl send`: notices to the units by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from govcrawl.cli.options import PATH, WRONG_INPUT, data_option, now

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@data_option
@click.argument("notice_id", metavar="NOTICE")
@click.option(
    "--drafts", type=PATH, metavar="DIR", help="Write an .eml file a unit, to be opened in a mail program."
)
@click.option(
    "--smtp", is_flag=True, help="Send through GOVCRAWL_SMTP, from GOVCRAWL_MAIL_FROM, and record it."
)
@click.option("--only", multiple=True, metavar="UNIT", help="Only to this unit; may be given several times.")
@click.option("--again", is_flag=True, help="Also what was sent before.")
def send(
    data: Path, notice_id: str, drafts: Path | None, only: tuple[str, ...], *, smtp: bool, again: bool
) -> int:
    """Send each unit its notice of an issued document, with its files. Without --drafts or --smtp: only say what would go.

    Addresses are those of the registry (`mail` of units). What was sent is recorded in `data/sent` and not sent twice.
    Exit code 1 when a unit has no address or its letter was refused; the others go all the same.

    Example: govcrawl send --data data 2026-11-22-inspection-2019-1a2b3c4d-5e6f7a8b --drafts letters
    """
    from govcrawl.night.send import post_of, write_drafts  # noqa: PLC0415
    from govcrawl.night.send import send as send_all  # noqa: PLC0415
    from govcrawl.records.errors import UserError  # noqa: PLC0415
    from govcrawl.settings import ALARM_MAIL_FROM, ALARM_SMTP  # noqa: PLC0415

    if smtp and drafts:
        raise click.UsageError("--drafts and --smtp are two ways; choose one")
    if smtp and not (ALARM_SMTP and ALARM_MAIL_FROM):
        raise UserError(
            "--smtp needs GOVCRAWL_SMTP (smtp://[user:password@]host[:port]) and GOVCRAWL_MAIL_FROM"
        )
    post = post_of(data, notice_id, only=only, again=again)
    for letter, before in post.gone:
        click.echo(f"sent before: {letter.unit} <{before.to}> at {before.sent_at[:16]} UTC")
    refused: list[str] = []
    if smtp:
        refused = send_all(data, post, ALARM_SMTP, ALARM_MAIL_FROM, now, click.echo)
    elif drafts:
        for path in write_drafts(post.to_go, drafts, ALARM_MAIL_FROM):
            click.echo(path)
    else:
        for letter in post.to_go:
            names = ", ".join(path.name for path in letter.files)
            click.echo(f"would send {letter.unit} <{letter.to}>: {letter.subject}: {names}")
        click.echo(f"dry run: {len(post.to_go)} letter(s); --drafts DIR writes them, --smtp sends them")
    refused += [
        f"{each.unit}: no mail address; fill in `mail` (电子邮箱) of units" for each in post.without_address
    ]
    for letter in post.to_go:
        if letter.lacks:
            click.echo(
                f"govcrawl: {letter.unit}: no list of faults as {letter.lacks} was issued with its notice",
                err=True,
            )
    for reason in refused:
        click.echo(f"govcrawl: {reason}", err=True)
    return WRONG_INPUT if refused else 0
