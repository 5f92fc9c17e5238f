"""Sends one message when something is wrong: by mail, by webhook, or both; the same trouble is reported once.

Configured by the environment (`govcrawl/settings.py`), because passwords belong neither on a command line nor into
the data directory. If the message cannot be sent, the night goes on, and standard error and the log say so.
"""

from __future__ import annotations

import smtplib
import socket
import urllib.request
from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import orjson

from govcrawl.network.mail import mail_server
from govcrawl.records.errors import UserError
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.night.health import Health

LAST_MESSAGE: Final = "alarm.json"
_PATIENCE_S: Final = 20.0


@dataclass(frozen=True, slots=True)
class Ways:
    """How people are reached. Empty: not at all."""

    webhook: str = (
        ""  # an http or https address; gets {"text": …, "ok": …, "night": …, "reasons": […]} as JSON
    )
    mail_to: str = ""  # addresses, commas between
    smtp: str = ""  # smtp://[user:password@]host[:port] with STARTTLS where offered, or smtps://
    mail_from: str = ""


def tell(data: Path, found: Health, ways: Ways) -> list[str]:
    """Send what is not well, unless the same was sent before; return what could not be sent, and why."""
    if not (ways.webhook or ways.mail_to):
        return []
    path = data / LAST_MESSAGE
    before = orjson.loads(path.read_bytes()) if path.is_file() else None
    now = None if found.ok else {"night": found.night, "reasons": found.reasons}
    if now == before:
        return []
    troubles = []
    if now is not None:
        for way, send in ((ways.webhook, _post), (ways.mail_to, _mail)):
            if way:
                try:
                    send(ways, found, _text(data, found))
                except (OSError, smtplib.SMTPException, ValueError, UserError) as error:
                    troubles.append(f"the message could not be sent to {way}: {error}")
    if not troubles:
        write_whole(path, orjson.dumps(now))
    return troubles


def _text(data: Path, found: Health) -> str:
    lines = [
        f"govcrawl on {socket.gethostname()}, {data}: all is not well.",
        *(f"- {reason}" for reason in found.reasons),
    ]
    return "\n".join([*lines, f"Look with: govcrawl status --data {data}; govcrawl runs --data {data}"])


def _post(ways: Ways, found: Health, text: str) -> None:
    if urlsplit(ways.webhook).scheme not in {"http", "https"}:
        raise UserError("GOVCRAWL_ALARM_WEBHOOK is no http or https address")
    body = orjson.dumps({"text": text, "ok": found.ok, "night": found.night, "reasons": found.reasons})
    request = urllib.request.Request(ways.webhook, body, {"Content-Type": "application/json"})  # noqa: S310 - see above
    with urllib.request.urlopen(request, timeout=_PATIENCE_S):  # noqa: S310
        pass


def _mail(ways: Ways, found: Health, text: str) -> None:
    message = EmailMessage()
    message["Subject"] = f"govcrawl: the night of {found.night or '?'} needs a look"
    message["From"] = ways.mail_from or f"govcrawl@{socket.getfqdn()}"
    message["To"] = ways.mail_to
    message.set_content(text)
    with mail_server(ways.smtp) as mail:
        mail.send_message(message)
