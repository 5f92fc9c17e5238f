"""What went to whom, and when: a file a message, written once the mail server had taken it, never changed.

sent/<notice_id>/<number of the unit's notice>.json
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import orjson

from govcrawl.records.errors import UserError
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "sent"


@dataclass(frozen=True, slots=True)
class Sent:
    """One message. `sent_at` is UTC; `attachments` are the files of the issued folder by their SHA-256."""

    notice_id: str
    number: str
    unit: str
    to: str
    subject: str
    message_id: str
    sent_at: str
    attachments: dict[str, str] = field(default_factory=dict)


def sent_before(data: Path, notice_id: str) -> dict[str, Sent]:
    """Number of a unit's notice → the message that carried it."""
    found = {}
    for path in sorted((data / FOLDER / notice_id).glob("*.json")):
        try:
            sent = Sent(**orjson.loads(path.read_bytes()))
        except (ValueError, TypeError) as error:
            raise UserError(f"{path}: no record of a message ({error}); move it away") from None
        found[sent.number] = sent
    return found


def put_down(data: Path, sent: Sent, stem: str) -> Path:
    """Record a message that was taken; `stem` is the name of the unit's notice."""
    path = data / FOLDER / sent.notice_id / f"{stem}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, orjson.dumps(asdict(sent), option=orjson.OPT_INDENT_2))
    return path
