"""The decisions of people, as records: `data/decisions/<instant>-<hash>.jsonl`, one file per import, never changed.

A decision is about a fault (named by its key), or about a row of an edition that only people can judge (named by site
or account and indicator). The hash in the file name is that of the content, so an altered file is detected.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from govcrawl.records.errors import UserError
from govcrawl.records.record_files import records_of
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER = "decisions"
_HASH_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: one line of a file, and one row of the view `decision`."""

    finding_key: str | None
    edition: str | None
    site_code: str | None
    account_id: str | None
    indicator_id: str | None
    decision: str  # of a finding one of states.DECIDED, of a row one of states.DECIDED_ROW
    points: float | None
    reason: str | None
    until_on: str | None  # the last day it holds
    decided_by: str
    decided_at: str
    supersedes: bool
    source_file: str
    source_row: int

    @property
    def subject(self) -> tuple[str | None, ...]:
        """What the decision is about; equal for decisions about the same thing."""
        return self.finding_key, self.edition, self.site_code, self.account_id, self.indicator_id

    @property
    def verdict(self) -> tuple[str, float | None, str | None]:
        """What was decided, without reason and author; equal for two people who agree."""
        return self.decision, self.points, self.until_on


def record(data: Path, decisions: Sequence[Decision], at: datetime) -> Path:
    """Write one import. The file appears whole or not at all."""
    content = b"".join(orjson.dumps(each, option=orjson.OPT_APPEND_NEWLINE) for each in decisions)
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = data / FOLDER / f"{stamp}-{_hash(content)}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
    return path


def decision_files(data: Path) -> list[Path]:
    """The files of all imports, oldest first."""
    return sorted((data / FOLDER).glob("*.jsonl"))


def verify(path: Path) -> None:
    """Raise UserError when the content of a file does not match the hash in its name."""
    if _hash(path.read_bytes()) != path.stem.rpartition("-")[2]:
        raise UserError(f"{path}: altered since it was recorded; restore it from a copy")


def recorded(data: Path) -> list[Decision]:
    """All decisions, oldest first; UserError when a file was altered."""
    found: list[Decision] = []
    for path in decision_files(data):
        verify(path)
        found += records_of(path, Decision)
    return sorted(found, key=lambda each: each.decided_at)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_HASH_DIGITS]
