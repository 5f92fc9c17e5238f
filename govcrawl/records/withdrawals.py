"""Assessments that people withdrew: `withdrawn/<assessment_id>.json`, one file each, never changed.

The assessment's folder stays as a record; everything that is made from assessments ignores it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import orjson

from govcrawl.records.errors import UserError
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who withdrew an assessment, when and why."""

    assessment_id: str
    withdrawn_at: str  # instant, UTC
    withdrawn_by: str
    reason: str


def withdrawals(data: Path) -> dict[str, Withdrawal]:
    """Assessment id → its withdrawal."""
    found = {}
    for path in sorted((data / WITHDRAWN).glob("*.json")):
        try:
            withdrawal = Withdrawal(**orjson.loads(path.read_bytes()))
        except (orjson.JSONDecodeError, TypeError) as error:
            raise UserError(
                f"{path}: not the record of a withdrawal ({error}); restore it from a copy"
            ) from error
        found[withdrawal.assessment_id] = withdrawal
    return found


def record_withdrawal(data: Path, withdrawal: Withdrawal) -> None:
    """Write the record of a withdrawal."""
    folder = data / WITHDRAWN
    folder.mkdir(exist_ok=True)
    content = orjson.dumps(asdict(withdrawal), option=orjson.OPT_INDENT_2)
    write_whole(folder / f"{withdrawal.assessment_id}.json", content)
