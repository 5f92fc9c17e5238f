"""The manifest of a release, `manifest.json`: every file with its rows and hash, batch by batch, and what the folder may not hold.

A batch is what one export added: the runs, assessments and nights it released, from which published copy and by which code. A
batch is never changed. The manifest is written last (`records/whole.py`), so what it does not name is not released.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

import orjson

from govcrawl.records.errors import FolderError
from govcrawl.records.whole import PART, files_in, read_manifest, sha256_of

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST: Final = "manifest.json"
KIND: Final = "govcrawl-release"
FORMAT: Final = 1  # raised when a reader of this module would misunderstand a newer manifest
PAPERS: Final = ("README.md", "CITATION.cff", "COLUMNS.md", "dictionary.md", "dictionary.json", "views.sql")
"""Files beside the manifest, written anew by every export from what the release holds."""

IN_TURN: Final = 50  # files of earlier batches whose hashes an export compares besides the newest, in turn


@dataclass(slots=True)
class Release:
    """What a folder has released so far."""

    publisher: str = ""
    batches: list[dict[str, Any]] = field(default_factory=list)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)  # view → column → type, as released last
    changes: list[dict[str, str]] = field(default_factory=list)  # of columns, the oldest first
    withdrawn: list[dict[str, str]] = field(
        default_factory=list
    )  # released assessments that were taken back since

    @property
    def files(self) -> list[dict[str, Any]]:
        """Every file, the oldest batch first: path, view, night, rows, size, sha256."""
        return [file for batch in self.batches for file in batch["files"]]

    def released(self, what: str) -> dict[str, str]:
        """Of `runs` or `assessments` what was released: id → hash of its manifest."""
        return {name: sha256 for batch in self.batches for name, sha256 in batch[what].items()}

    def begins_as(self, other: Release) -> bool:
        """Whether it holds every batch of another release, as that holds it, and before all of its own."""
        return self.batches[: len(other.batches)] == other.batches

    @property
    def nights(self) -> set[str]:
        """The nights whose choices (`night_…`) were released."""
        return {night for batch in self.batches for night in batch["nights"]}

    def content(self) -> bytes:
        """The manifest as it is written."""
        return orjson.dumps({"kind": KIND, "format": FORMAT, **asdict(self)}, option=orjson.OPT_INDENT_2)


def read_release(folder: Path) -> Release:
    """Read the manifest of a folder; an empty release where there is none. FolderError for one that is not ours."""
    path = folder / MANIFEST
    return release_of(read_manifest(path), str(path)) if path.exists() else Release()


def release_of(found: dict[str, Any], path: str) -> Release:
    """The release that the content of a manifest tells; FolderError for one that is not ours. `path`: what to call it."""
    if found.pop("kind", None) != KIND:
        raise FolderError(f"{path}: not the manifest of a release; name another place with --to")
    if (version := found.pop("format", None)) != FORMAT:
        raise FolderError(
            f"{path}: format {version!r}, this version of govcrawl writes {FORMAT}; use the newer version, or name another place with --to"
        )
    try:
        return Release(**found)
    except TypeError as error:
        raise FolderError(f"{path}: of another shape ({error}); restore it from a copy") from error


def check(folder: Path, release: Release, *, every: bool = False) -> None:
    """Compare a folder with its manifest; FolderError names the first file that is foreign, gone or altered.

    Sizes of all files are compared, and hashes of the newest batch and of some earlier files in turn, or with `every` of all.
    """
    named = {file["path"]: file for file in release.files}
    ours = (MANIFEST, *PAPERS) if release.batches else (MANIFEST,)
    standing = files_in(folder) - {each + ending for each in ours for ending in ("", PART)}
    if foreign := standing - named.keys():
        raise FolderError(
            f"{folder / min(foreign)}: the release does not know this file ({len(foreign)} in all); move it away, or name an empty "
            "folder with --to"
        )
    for path in sorted(named):
        if path not in standing:
            raise FolderError(f"{folder / path}: the manifest names it and it is gone; {_RESTORE}")
        if (folder / path).stat().st_size != named[path]["size"]:
            raise FolderError(f"{folder / path}: altered since it was released; {_RESTORE}")
    for path in sorted(named) if every else _looked_into(release):
        if sha256_of(folder / path) != named[path]["sha256"]:
            raise FolderError(f"{folder / path}: altered since it was released; {_RESTORE}")


def _looked_into(release: Release) -> list[str]:
    newest = [file["path"] for file in release.batches[-1]["files"]] if release.batches else []
    rest = [file["path"] for file in release.files[: len(release.files) - len(newest)]]
    start = len(release.batches) * IN_TURN % len(rest) if rest else 0
    return [*newest, *rest[start : start + IN_TURN]]


_RESTORE: Final = "restore it from a copy: what was released is never written again"
