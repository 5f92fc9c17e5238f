"""Issues a numbered document: freezes its number, files and hashes under `data/issued/<notice_id>/`.

The document with the number and its annexes are copied from the written folder. Score sheets and all other files there
are not issued.

An issued document is never changed and never written again. A mistake in it is corrected by a new document, whose
campaign names the number of the old one (`corrects`). The ledger takes the deadlines of units from issued documents.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from analytics.notices.by_hand import lost_parts
from analytics.notices.folders import bearer_of, issued_folders
from analytics.notices.numbering import TELLS, USUAL, kinds_under
from analytics.notices.renewal import kind_of
from govcrawl.records.errors import UserError
from govcrawl.records.whole import (
    ISSUED_MANIFEST,
    WRITTEN_MANIFEST,
    appear,
    folder_begun,
    manifests,
    read_manifest,
    sha256_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from analytics.notices.campaign import Campaign
    from analytics.notices.folders import IssuedDocument

BY_HAND = {".docx"}  # files that a clerk may have edited; all others are issued as they were written


class IssueError(UserError):
    """Raised when a document cannot be issued, or cannot be written because it was issued; says what to do."""


def may_be_written(notice_id: str, campaign: Campaign, issued: Iterable[IssuedDocument]) -> None:
    """Raise IssueError for a document that was issued, a number that is taken, or a correction of an unknown number."""
    numbers = {each.number: each for each in issued}
    for each in numbers.values():
        if each.notice_id == notice_id:
            raise IssueError(
                f"{notice_id} was issued on {each.issued_on} as {each.number} and is never written again; to "
                f'correct it, give the campaign a new number and the line corrects = "{each.number}"'
            )
    if campaign.number in numbers:
        raise IssueError(
            f"number {campaign.number} was issued on {numbers[campaign.number].issued_on} "
            f"({numbers[campaign.number].notice_id}); give the campaign the next number"
        )
    if campaign.corrects and campaign.corrects not in numbers:
        names = "、".join(sorted(numbers)) or "none"
        raise IssueError(f"corrects names {campaign.corrects}, which was never issued; issued are {names}")


def issue(data: Path, notice_id: str) -> Path:
    """Issue the numbered document of a written folder; return the folder of the issued one, which appears whole."""
    written = data / "notices" / notice_id
    manifest = _leaving(written, _written(written))
    campaign: dict[str, Any] = manifest["campaign"]
    parent = data / "issued"
    _refuse_what_cannot_leave(written, manifest, issued_folders(parent))
    with folder_begun(parent) as beside:
        files = [_copied(written, beside, file["path"]) for file in manifest["files"]]
        record = {
            "notice_id": notice_id,
            "assessment_id": manifest["assessment_id"],
            "kind": "correction" if campaign["corrects"] else manifest["bearer"],
            "number": campaign["number"],
            "cites": campaign["corrects"],
            "issued_on": campaign["signed_on"],
            "due_on": campaign["deadline_on"],
            "files": files,
            "notices": manifest["notices"],
        }
        text = json.dumps(record, ensure_ascii=False, indent=1)
        (beside / ISSUED_MANIFEST).write_text(text + "\n", "utf-8")
        appear(
            beside,
            parent / notice_id,
            read_only=True,
            # Another process may have issued a document with the same number in the meantime.
            last_look=lambda: _refuse_what_cannot_leave(written, manifest, issued_folders(parent)),
        )
    return parent / notice_id


def _written(folder: Path) -> dict[str, Any]:
    path = folder / WRITTEN_MANIFEST
    if not path.is_file():
        there = sorted(each.parent.name for each in manifests(folder.parent, WRITTEN_MANIFEST))
        raise IssueError(
            f"{folder}: no such document; written are {', '.join(there) or 'none (run `govcrawl notices`)'}"
        )
    manifest = read_manifest(path, "files", "documents", "notices", "draft")
    if "campaign" not in manifest:
        raise IssueError(
            f"{folder}: written by an older version of govcrawl; write it again with `govcrawl notices`"
        )
    return manifest


def _leaving(folder: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest, reduced to the document with the number and its annexes."""
    bears = bearer_of(manifest)
    kinds = kinds_under(bears) if bears else frozenset()
    documents = [each for each in manifest["documents"] if each["kind"] in kinds]
    if not any(each["kind"] == bears and each["html"] for each in documents):
        raise IssueError(
            f"{folder}: the document that bears the number ({bears or 'none with a letterhead'}) is not among what was "
            f"written; write it with `govcrawl notices --campaign FILE --documents {bears or USUAL}`"
        )
    files = [
        file
        for file in manifest["files"]
        if "beside" not in file and kind_of(file["path"], documents) in kinds
    ]
    notices = manifest["notices"] if TELLS in kinds else []
    return {**manifest, "bearer": bears, "documents": documents, "files": files, "notices": notices}


def _refuse_what_cannot_leave(folder: Path, manifest: dict[str, Any], issued: list[IssuedDocument]) -> None:
    if manifest["draft"]:
        raise IssueError(
            f"{folder}: still a draft; complete the campaign file and write it again with "
            "`govcrawl notices --campaign FILE`"
        )
    number = manifest["campaign"]["number"]
    for each in issued:
        if each.notice_id == manifest["notice_id"]:
            raise IssueError(
                f"{each.notice_id} was issued on {each.issued_on} as {each.number}; it never changes"
            )
        if each.number == number:
            raise IssueError(
                f"number {number} was issued on {each.issued_on} ({each.notice_id}); give the campaign the next "
                "number and write the document again"
            )
    earlier = {key for each in issued for notice in each.unit_notices for key in notice.finding_keys}
    written_before = [
        set(each.get("issued_before", manifest.get("issued_before", []))) for each in manifest["documents"]
    ]
    newer = sorted({each.number for each in issued} - set.intersection(*written_before))
    if newer and any(key in earlier for each in manifest["notices"] for key in each["finding_keys"]):
        raise IssueError(
            f"{folder}: {'、'.join(newer)} was issued after this was written and tells of some of the same faults; "
            "write it again, so that nobody is told twice"
        )
    for file in manifest["files"]:
        path = folder / file["path"]
        if not path.is_file():
            raise IssueError(f"{path}: gone since it was written; write the document again")
        if sha256_of(path) == file["sha256"]:
            continue
        if path.suffix in BY_HAND:
            if lost := lost_parts(path.with_suffix(".html"), path):
                raise IssueError(
                    f"{path}: edited by hand, and no longer has {'、'.join(lost)}; put it back, or move the file away and "
                    "write the document again"
                )
        else:
            raise IssueError(
                f"{path}: altered since it was written; move it away and write the document again (only the DOCX may "
                "be ended by hand)"
            )


def _copied(written: Path, beside: Path, name: str) -> dict[str, str]:
    copy = beside / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(written / name, copy)
    return {"path": name, "sha256": sha256_of(copy)}
