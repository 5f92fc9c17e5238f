"""The notices of an issued document as mails: one for each unit, with its files, to the address in the registry.

Only issued documents are sent: a draft is no notice, and what was sent can be compared with the issued files.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING

from analytics.notices.folders import issued_folders
from analytics.notices.results import records
from analytics.words.text import chinese_date, shown
from govcrawl.records.errors import UserError
from govcrawl.records.whole import ISSUED_MANIFEST, WRITTEN_MANIFEST, manifests, read_manifest, sha256_of
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from analytics.notices.folders import IssuedDocument, UnitNotice

_TYPES = {
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": ("application", "pdf"),
    ".html": ("text", "html"),
}
"""What is attached, in this order; the list of faults first."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One unit's letter. `to` is empty where the registry knows no address; `lacks` names what is not attached."""

    number: str
    unit: str
    to: str
    subject: str
    stem: str  # of the files of its notice
    text: str
    files: tuple[Path, ...]
    lacks: str

    def message(self, sender: str, message_id: str) -> EmailMessage:
        """The letter with its files, as they were when it was made."""
        message = EmailMessage()
        message["Subject"] = self.subject
        message["From"] = sender
        message["To"] = self.to
        message["Message-ID"] = message_id
        message["X-Unsent"] = "1"  # a mail program opens the file as a draft
        message.set_content(self.text)
        for path in self.files:
            main, sub = _TYPES[path.suffix]
            message.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=path.name)
        return message


def letters(data: Path, issued: IssuedDocument) -> Iterator[Letter]:
    """A letter for each unit the document tells of faults; UserError where a file is not what was frozen."""
    folder = data / "issued" / issued.notice_id
    manifest = read_manifest(folder / ISSUED_MANIFEST, "files", "notices")
    files = {file["path"]: file["sha256"] for file in manifest["files"]}
    with Snapshot.open(data) as snapshot:
        units = records(snapshot.query("registered_units", assessment_id=issued.assessment_id))
    mail = {unit["unit"]: unit["mail"] or "" for unit in units}
    for notice in issued.unit_notices:
        yield _letter(folder, files, issued, notice, mail.get(notice.unit, ""))


def _letter(
    folder: Path, files: dict[str, str], issued: IssuedDocument, notice: UnitNotice, to: str
) -> Letter:
    serial = notice.number.rsplit("-", 1)[-1]
    stems = {path.rsplit(".", 1)[0] for path in files if path.startswith(f"notices/{serial}-")}
    stem = min(stems, key=len)  # the others are its figures
    attached = [folder / f"{stem}{ending}" for ending in _TYPES if f"{stem}{ending}" in files]
    for path in attached:
        if not path.is_file() or sha256_of(path) != files[path.relative_to(folder).as_posix()]:
            raise UserError(f"{path}: not as it was issued; restore it from a copy, nothing was sent")
    name = stem.rsplit("/", 1)[-1]
    due = (
        f"请于{chinese_date(notice.due_on)}前完成整改并反馈。"
        if notice.due_on
        else "请按通知要求整改并反馈。"
    )
    number = shown(notice.number, 80)
    return Letter(
        number=notice.number,
        unit=notice.unit,
        to=to,
        subject=f"整改通知（{number}）",
        stem=name,
        text=f"{shown(notice.unit, 80)}：\n\n现将{number}整改通知发给你单位，共列问题{len(notice.finding_keys)}个，见附件。{due}\n\n"
        f"{chinese_date(issued.issued_on)}\n",
        files=tuple(attached),
        lacks="" if any(path.suffix == ".xlsx" for path in attached) else "xlsx",
    )


def issued_document(data: Path, notice_id: str) -> IssuedDocument:
    """The issued document of a name; UserError that says which there are."""
    there = issued_folders(data / "issued")
    for each in there:
        if each.notice_id == notice_id:
            return each
    names = ", ".join(each.notice_id for each in there) or "none"
    drafts = [path.parent.name for path in manifests(data / "notices", WRITTEN_MANIFEST)]
    why = (
        "it is written and not issued: `govcrawl issue` first" if notice_id in drafts else "no such document"
    )
    raise UserError(f"{notice_id}: {why}; issued are {names}")
