"""Reads the manifests of the folders of written and of issued documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.notices.catalogue import bearers
from govcrawl.records.whole import ISSUED_MANIFEST, WRITTEN_MANIFEST, manifests, read_manifest

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class WrittenFolder:
    """One folder of `data/notices`: its documents by kind (stem, title, HTML files relative to the folder)."""

    notice_id: str
    assessment_id: str
    as_of: date
    edition: str
    draft: bool | None  # None (unknown) for folders of the first version
    number: str | None  # 发文字号, and the kind of document that bears it
    bearer: str | None
    documents: tuple[tuple[str, str, tuple[str, ...]], ...]

    def path(self, kind: str) -> str | None:
        """The path of the (first) document of a kind, relative to `data/notices`; None if there is none."""
        found = next((html for stem, _, html in self.documents if stem == kind), ())
        return f"{self.notice_id}/{found[0]}" if found else None


@dataclass(frozen=True, slots=True)
class UnitNotice:
    """What a notice announces to one unit: its number, the faults, and the day by which they must be mended."""

    unit: str
    number: str
    due_on: date | None
    finding_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """One folder of `data/issued`: an issued document, which never changes."""

    notice_id: str
    kind: str
    number: str
    cites: str | None
    issued_on: date
    due_on: date | None
    html: tuple[str, ...]
    assessment_id: str
    unit_notices: tuple[UnitNotice, ...]


_WRITTEN = ("notice_id", "assessment_id", "as_of", "edition", "files")
_ISSUED = (
    *("notice_id", "kind", "number", "cites", "issued_on", "due_on", "files", "assessment_id", "notices"),
)


def written_folders(notices: Path) -> list[WrittenFolder]:
    """All folders with a manifest; those of the newest inspected day first."""
    folders = [_written(read_manifest(path, *_WRITTEN)) for path in manifests(notices, WRITTEN_MANIFEST)]
    return sorted(folders, key=lambda folder: (folder.as_of, folder.notice_id), reverse=True)


def issued_folders(issued: Path) -> list[IssuedDocument]:
    """All issued documents, the newest first."""
    folders = [_issued(read_manifest(path, *_ISSUED)) for path in manifests(issued, ISSUED_MANIFEST)]
    return sorted(folders, key=lambda folder: (folder.issued_on, folder.number), reverse=True)


def _written(manifest: dict[str, Any]) -> WrittenFolder:
    return WrittenFolder(
        notice_id=manifest["notice_id"],
        assessment_id=manifest["assessment_id"],
        as_of=date.fromisoformat(manifest["as_of"]),
        edition=manifest["edition"],
        draft=manifest.get("draft"),
        number=manifest.get("campaign", {}).get("number"),
        bearer=bearer_of(manifest),
        documents=tuple((each["kind"], each["title"], tuple(each["html"])) for each in _documents(manifest)),
    )


def bearer_of(manifest: dict[str, Any]) -> str | None:
    """The kind of document with the folder's number; in folders of older versions the first with a letterhead."""
    if "bearer" in manifest:
        return str(manifest["bearer"])
    return next(iter(bearers([each["kind"] for each in _documents(manifest)])), None)


def _documents(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents that a manifest lists; manifests of the first version list files only."""
    if isinstance(manifest.get("documents"), list):
        return list(manifest["documents"])
    html = [file["path"] for file in manifest["files"] if file["path"].endswith(".html")]
    return [
        {"kind": "circular", "title": "检查情况通报", "html": [path for path in html if "/" not in path]},
        {"kind": "rectification_notice", "title": "整改通知", "html": [path for path in html if "/" in path]},
    ]


def _issued(manifest: dict[str, Any]) -> IssuedDocument:
    return IssuedDocument(
        notice_id=manifest["notice_id"],
        kind=manifest["kind"],
        number=manifest["number"],
        cites=manifest["cites"],
        issued_on=date.fromisoformat(manifest["issued_on"]),
        due_on=_day(manifest["due_on"]),
        html=tuple(file["path"] for file in manifest["files"] if file["path"].endswith(".html")),
        assessment_id=manifest["assessment_id"],
        unit_notices=tuple(
            UnitNotice(each["unit"], each["number"], _day(each["due_on"]), tuple(each["finding_keys"]))
            for each in manifest["notices"]
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
