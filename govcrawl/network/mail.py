"""A connection to the mail server that the operator names in GOVCRAWL_SMTP."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE_S: Final = 20.0


@contextmanager
def mail_server(address: str) -> Iterator[smtplib.SMTP]:
    """`address`: smtp://[user:password@]host[:port], with STARTTLS where it is offered, or smtps://.

    UserError for another address; OSError or SMTPException where the server does not let us in.
    """
    server = urlsplit(address)
    if server.scheme not in {"smtp", "smtps"} or not server.hostname:
        raise UserError("GOVCRAWL_SMTP is not smtp://[user:password@]host[:port] or smtps://…")
    safe = ssl.create_default_context()
    connection: smtplib.SMTP
    if server.scheme == "smtps":
        connection = smtplib.SMTP_SSL(server.hostname, server.port or 465, timeout=_PATIENCE_S, context=safe)
    else:
        connection = smtplib.SMTP(server.hostname, server.port or 25, timeout=_PATIENCE_S)
    with connection as mail:
        mail.ehlo()
        if server.scheme == "smtp" and mail.has_extn("starttls"):
            mail.starttls(context=safe)
        if server.username:
            mail.login(unquote(server.username), unquote(server.password or ""))
        yield mail
