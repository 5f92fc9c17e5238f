"""The notices of an issued document to the units: looked at, as drafts of a mail program, or through the mail server."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.utils import make_msgid
from typing import TYPE_CHECKING

from analytics.notices.mailing import issued_document, letters
from govcrawl.network.mail import mail_server
from govcrawl.records.errors import UserError
from govcrawl.records.items import instant
from govcrawl.records.sent import Sent, put_down, sent_before
from govcrawl.records.whole import sha256_of, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from analytics.notices.mailing import Letter


@dataclass(frozen=True, slots=True)
class Post:
    """The letters of one document: those to go, those that went before, those of units without an address."""

    notice_id: str
    to_go: Sequence[Letter]
    gone: Sequence[tuple[Letter, Sent]]
    without_address: Sequence[Letter]


def post_of(data: Path, notice_id: str, *, only: Sequence[str] = (), again: bool = False) -> Post:
    """What is to be sent of an issued document, to all units or `only` to some; `again` also what went before."""
    issued = issued_document(data, notice_id)
    before = {} if again else sent_before(data, notice_id)
    all_letters = list(letters(data, issued))
    if unknown := sorted(set(only) - {each.unit for each in all_letters}):
        units = "、".join(each.unit for each in all_letters)
        raise UserError(f"{'、'.join(unknown)}: no unit that {notice_id} tells of faults; it tells {units}")
    chosen = [each for each in all_letters if not only or each.unit in only]
    return Post(
        notice_id,
        [each for each in chosen if each.to and each.number not in before],
        [(each, before[each.number]) for each in chosen if each.number in before],
        [each for each in chosen if not each.to and each.number not in before],
    )


def write_drafts(to_go: Iterable[Letter], folder: Path, sender: str) -> list[Path]:
    """An .eml file a letter, which a mail program opens as a draft; nothing is recorded as sent."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for letter in to_go:
        path = folder / f"{letter.stem}.eml"
        write_whole(path, bytes(letter.message(sender, _message_id(sender))))
        written.append(path)
    return written


def send(
    data: Path, post: Post, server: str, sender: str, now: Callable[[], datetime], tell: Callable[[str], None]
) -> list[str]:
    """Send the letters one by one, each recorded once the server has it; return what it refused, and why.

    A server that does not let us in is a UserError, and nothing was sent.
    """
    refused: list[str] = []
    if not post.to_go:
        return refused
    try:
        with mail_server(server) as mail:
            for letter in post.to_go:
                message_id = _message_id(sender)
                message = letter.message(sender, message_id)
                del message["X-Unsent"]
                try:
                    mail.send_message(message)
                except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
                    refused.append(f"{letter.unit} <{letter.to}>: the mail server refused it: {_said(error)}")
                    continue
                sent = Sent(
                    notice_id=post.notice_id,
                    number=letter.number,
                    unit=letter.unit,
                    to=letter.to,
                    subject=letter.subject,
                    message_id=message_id,
                    sent_at=instant(now()),
                    attachments={path.name: sha256_of(path) for path in letter.files},
                )
                put_down(data, sent, letter.stem)
                tell(f"sent {letter.unit} <{letter.to}>")
    except (OSError, smtplib.SMTPException) as error:
        raise UserError(
            f"the mail server of GOVCRAWL_SMTP: {error}. What was sent before is recorded; the same command sends the rest"
        ) from error
    return refused


def _message_id(sender: str) -> str:
    return make_msgid(domain=sender.rpartition("@")[2].rstrip(">") or None)


def _said(error: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> str:
    answers: Iterable[tuple[int, bytes | str]] = (
        error.recipients.values()
        if isinstance(error, smtplib.SMTPRecipientsRefused)
        else [(error.smtp_code, error.smtp_error)]
    )
    return "; ".join(
        f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
        for code, words in answers
    )
