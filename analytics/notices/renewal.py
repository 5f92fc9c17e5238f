"""Carries the files of an existing folder of documents into the new folder that replaces it.

Writing renews only the requested documents; all other files stay. A file that people changed or added is never
overwritten: it keeps its name, and the new one is written beside it as `circular-new.docx`.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from govcrawl.records.errors import FolderError
from govcrawl.records.whole import WRITTEN_MANIFEST, read_manifest, sha256_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

FIGURES = "-figures"  # end of the name of the page that lists a document's figures


@dataclass(frozen=True, slots=True)
class FolderContent:
    """The present content of a folder (empty if it does not exist). Paths are relative to the folder."""

    folder: Path
    manifest: Mapping[str, Any]
    files: Mapping[str, tuple[int, int]]  # file → time and size when it was read
    sha256: Mapping[str, str]
    recorded: Mapping[str, dict[str, Any]]  # file that the program wrote → its entry in the manifest

    @property
    def documents(self) -> list[dict[str, Any]]:
        return list(self.manifest.get("documents", ()))

    def by_hand(self, path: str) -> bool:
        """Whether people changed or added the file."""
        recorded = self.recorded.get(path)
        return path in self.files and (recorded is None or recorded["sha256"] != self.sha256[path])

    def has(self, path: str) -> bool:
        return path in self.files

    def unchanged(self) -> None:
        """Raise FolderError when the folder changed since it was read; called just before it is replaced."""
        if _files(self.folder) != dict(self.files):
            raise FolderError(
                f"{self.folder}: somebody wrote into it while its documents were being renewed; nothing was "
                "changed, close what is open there and run the same command again"
            )


def folder_content(folder: Path) -> FolderContent:
    """Read a folder and its manifest; without a manifest, no file counts as written by the program."""
    manifest = folder / WRITTEN_MANIFEST
    written = read_manifest(manifest, "files") if manifest.is_file() else {}
    files = _files(folder)
    return FolderContent(
        folder,
        written,
        files,
        {path: sha256_of(folder / path) for path in files},
        {file["path"]: file for file in written.get("files", ())},
    )


def kind_of(path: str, documents: list[dict[str, Any]]) -> str | None:
    """The kind of document that a file belongs to, in any format; None if it belongs to none."""
    base = str(PurePosixPath(path).with_suffix("")).removesuffix(FIGURES)
    return next(
        (
            str(each["kind"])
            for each in documents
            if any(base == html.removesuffix(".html") for html in each["html"])
        ),
        None,
    )


def same_text(earlier: FolderContent, beside: Path, path: str) -> bool:
    """Whether the text of a file's document is unchanged, so that its other formats are still valid."""
    html = f"{str(PurePosixPath(path).with_suffix('')).removesuffix(FIGURES)}.html"
    recorded, new = earlier.recorded.get(html), beside / html
    return recorded is not None and new.is_file() and sha256_of(new) == recorded["sha256"]


def carry_over(earlier: FolderContent, beside: Path, renewed: Collection[str]) -> dict[str, str]:
    """Copy the files that stay into the new folder; return new file → the file of people beside which it was written.

    These files stay: those that people changed or added, documents of kinds that are not renewed, and other formats of
    renewed documents whose text is unchanged. Files that a renewed kind no longer has are dropped.
    """
    put_beside: dict[str, str] = {}
    by_hand = [path for path in earlier.files if earlier.by_hand(path)]
    for path in by_hand:
        if (beside / path).exists():
            free = _free_name(path, by_hand)
            (beside / path).rename(beside / free)
            put_beside[free] = path
    for path in earlier.files:
        if not (beside / path).exists() and (path in by_hand or _stays(earlier, beside, path, renewed)):
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(earlier.folder / path, beside / path)
    return put_beside


def files_of(folder: Path, earlier: FolderContent, put_beside: Mapping[str, str]) -> list[dict[str, str]]:
    """The manifest's entries of files: the hash of each as the program wrote it, even if people have changed it since.

    A file written beside another names that (`beside`). Files that only people wrote are not entries.
    """
    new = {by_hand: sha256_of(folder / name) for name, by_hand in put_beside.items()}
    entries = []
    for path in _files(folder):
        recorded = earlier.recorded.get(path, {})
        if path in new:
            sha256 = new[path]
        elif earlier.by_hand(path) and path not in put_beside:
            sha256 = recorded.get("sha256", "")
        else:
            sha256 = sha256_of(folder / path)
        beside = put_beside.get(path) or recorded.get("beside")
        if sha256:
            entries.append({"path": path, "sha256": sha256} | ({"beside": beside} if beside else {}))
    return entries


def _stays(earlier: FolderContent, beside: Path, path: str, renewed: Collection[str]) -> bool:
    original = earlier.recorded[path].get("beside", path)
    kind = kind_of(original, earlier.documents)
    return kind not in renewed or (original == path and same_text(earlier, beside, path))


def _free_name(path: str, used: Collection[str]) -> str:
    pure = PurePosixPath(path)
    names = (
        str(pure.with_name(f"{pure.stem}-new{number}{pure.suffix}"))
        for number in ("", *(f"-{n}" for n in range(2, len(used) + 2)))
    )
    return next(name for name in names if name not in used)


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    return dict(_each(folder))


def _each(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != WRITTEN_MANIFEST:
            yield name, (path.stat().st_mtime_ns, path.stat().st_size)
