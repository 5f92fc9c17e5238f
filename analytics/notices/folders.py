"""The folders of documents: written whole or not at all, and read back from their manifests."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Written:
    """One folder of `data/notices`: its documents by kind (stem, title, HTML files from within the folder)."""

    notice_id: str
    assessment_id: str
    as_of: date
    edition: str
    draft: bool | None  # unknown of a folder of the first version
    documents: tuple[tuple[str, str, tuple[str, ...]], ...]

    def path(self, kind: str) -> str | None:
        """The single document of a kind, from `data/notices`."""
        found = next((html for stem, _, html in self.documents if stem == kind), ())
        return f"{self.notice_id}/{found[0]}" if found else None


@dataclass(frozen=True, slots=True)
class Told:
    """What one unit is told of: the number of its notice, the faults, and by when they must be mended."""

    unit: str
    number: str
    due_on: date | None
    finding_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issued:
    """One folder of `data/issued`: a document that left the house, never changed after."""

    notice_id: str
    kind: str
    number: str
    cites: str | None
    issued_on: date
    due_on: date | None
    html: tuple[str, ...]
    assessment_id: str
    told: tuple[Told, ...]


def written_folders(notices: Path) -> list[Written]:
    """All folders with a manifest, the newest inspected day first."""
    folders = [_written(manifest) for manifest in _manifests(notices, "notice.json")]
    return sorted(folders, key=lambda folder: (folder.as_of, folder.notice_id), reverse=True)


def issued_folders(issued: Path) -> list[Issued]:
    """All issued documents, the newest first."""
    folders = [_issued(manifest) for manifest in _manifests(issued, "issued.json")]
    return sorted(folders, key=lambda folder: (folder.issued_on, folder.number), reverse=True)


def _manifests(parent: Path, name: str) -> Iterator[dict[str, Any]]:
    for path in sorted(parent.glob(f"[!.]*/{name}")):
        yield json.loads(path.read_text("utf-8"))


def _written(manifest: dict[str, Any]) -> Written:
    return Written(
        notice_id=manifest["notice_id"],
        assessment_id=manifest["assessment_id"],
        as_of=date.fromisoformat(manifest["as_of"]),
        edition=manifest["edition"],
        draft=manifest.get("draft"),
        documents=tuple((each["kind"], each["title"], tuple(each["html"])) for each in _documents(manifest)),
    )


def _documents(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    """What the folder says it holds; a folder of the first version only lists its files."""
    if isinstance(manifest.get("documents"), list):
        return list(manifest["documents"])
    html = [file["path"] for file in manifest["files"] if file["path"].endswith(".html")]
    return [
        {"kind": "circular", "title": "检查情况通报", "html": [path for path in html if "/" not in path]},
        {"kind": "rectification_notice", "title": "整改通知", "html": [path for path in html if "/" in path]},
    ]


def _issued(manifest: dict[str, Any]) -> Issued:
    return Issued(
        notice_id=manifest["notice_id"],
        kind=manifest["kind"],
        number=manifest["number"],
        cites=manifest["cites"],
        issued_on=date.fromisoformat(manifest["issued_on"]),
        due_on=_day(manifest["due_on"]),
        html=tuple(file["path"] for file in manifest["files"] if file["path"].endswith(".html")),
        assessment_id=manifest["assessment_id"],
        told=tuple(
            Told(each["unit"], each["number"], _day(each["due_on"]), tuple(each["finding_keys"]))
            for each in manifest["notices"]
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def folder_beside(folder: Path) -> Path:
    """A new folder next to one that is to be written whole."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
    except OSError as error:
        raise UserError(
            f"{folder.parent}: cannot be written ({error.strerror}); make room or change its permissions"
        ) from error
    beside.chmod(0o755)  # mkdtemp makes it private; the office reads it
    return beside


def put_in_place(beside: Path, folder: Path) -> None:
    """Let the folder appear whole in the place of what was there."""
    replaced = folder.with_name(f".{folder.name}.replaced")
    shutil.rmtree(replaced, ignore_errors=True)
    if folder.exists():
        folder.rename(replaced)
    beside.rename(folder)
    shutil.rmtree(replaced, ignore_errors=True)
