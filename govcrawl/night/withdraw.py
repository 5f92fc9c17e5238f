"""Withdraws an assessment from ledger, index and published views. Its folder and its runs stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analytics.notices.folders import issued_folders
from analytics.notices.intranet.index import write_index
from govcrawl.night.lock import night_lock
from govcrawl.records.errors import UserError
from govcrawl.records.items import instant
from govcrawl.records.whole import ASSESSMENT_MANIFEST, manifests, read_manifest
from govcrawl.records.withdrawals import Withdrawal, record_withdrawal, withdrawals
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path


def withdraw(data: Path, assessment_id: str, reason: str, by: str, clock: Callable[[], datetime]) -> str:
    """Withdraw one assessment and publish without it; return what readers see instead.

    Cut off, the same command goes on. Refused while a later assessment by the same edition or an issued document
    stands on it.
    """
    if not (data / "assessments" / assessment_id / ASSESSMENT_MANIFEST).is_file():
        raise UserError(
            f"{data}: has no assessment {assessment_id!r}; `govcrawl runs --data {data}` lists them"
        )
    with night_lock(data):
        if assessment_id not in withdrawals(data):
            _refuse_where_something_stands_on_it(data, assessment_id)
            record_withdrawal(data, Withdrawal(assessment_id, instant(clock()), by, reason))
        load_all(data)
        copy = publish(data, clock())
        left = _in_force(data)
        if left:
            write_index(data)
            return f"{copy}: the newest assessment is {left[-1]['assessment_id']}"
        return f"{copy}: no assessment is left; data/notices shows the one withdrawn until the next is made"


def _refuse_where_something_stands_on_it(data: Path, assessment_id: str) -> None:
    issued = [each.number for each in issued_folders(data / "issued") if each.assessment_id == assessment_id]
    if issued:
        raise UserError(
            f"{assessment_id}: {issued[0]} was issued from it and cannot be taken back; "
            "correct it by a document whose campaign says `corrects`"
        )
    in_force = _in_force(data)
    this = next(each for each in in_force if each["assessment_id"] == assessment_id)
    later = [
        each["assessment_id"]
        for each in in_force
        if each["edition"] == this["edition"] and each["as_of"] > this["as_of"]
    ]
    if later:
        raise UserError(
            f"{assessment_id}: the ledger of {later[0]} grew from it; withdraw the later ones first, the newest at the start: "
            f"{', '.join(reversed(later))}"
        )


def _in_force(data: Path) -> list[dict[str, str]]:
    """Manifests of the assessments nobody withdrew, the earliest day first."""
    gone = withdrawals(data)
    assessments = [read_manifest(path) for path in manifests(data / "assessments", ASSESSMENT_MANIFEST)]
    standing = [each for each in assessments if each["assessment_id"] not in gone]
    return sorted(standing, key=lambda each: (each["as_of"], each["created_at"], each["assessment_id"]))
