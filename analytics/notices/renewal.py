"""What a folder of documents holds already, and how it is carried into the one that takes its place.

Writing renews what was asked for and leaves everything else as it stands. A file that people changed, or put there, is
never overwritten: it keeps its name, and the new one is put beside it as `circular-new.docx`.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from govcrawl.records.errors import FolderError
from govcrawl.records.whole import WRITTEN_MANIFEST, read_manifest, sha256_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

FIGURES = "-figures"  # ends the name of the page that lists a document's figures


@dataclass(frozen=True, slots=True)
class Standing:
    """One folder as it stands; of none there is nothing. Paths are from within the folder."""

    folder: Path
    manifest: Mapping[str, Any]
    seen: Mapping[str, tuple[int, int]]  # file → time and size when it was read
    sha256: Mapping[str, str] = field(default_factory=dict)

    @property
    def recorded(self) -> dict[str, dict[str, Any]]:
        """The files as the program wrote them."""
        return {file["path"]: file for file in self.manifest.get("files", ())}

    @property
    def documents(self) -> list[dict[str, Any]]:
        return list(self.manifest.get("documents", ()))

    def by_hand(self, path: str) -> bool:
        """Whether people made the file what it is."""
        recorded = self.recorded.get(path)
        return path in self.seen and (recorded is None or recorded["sha256"] != self.sha256[path])

    def has(self, path: str) -> bool:
        return path in self.seen

    def unchanged(self) -> None:
        """Refuse to go on where somebody wrote into the folder since it was read; asked just before it is replaced."""
        if _files(self.folder) != dict(self.seen):
            raise FolderError(
                f"{self.folder}: somebody wrote into it while its documents were being renewed; nothing was "
                "changed, close what is open there and run the same command again"
            )


def standing(folder: Path) -> Standing:
    """Read a folder with its manifest; one without, or none, holds nothing the program wrote."""
    manifest = folder / WRITTEN_MANIFEST
    seen = _files(folder)
    return Standing(
        folder,
        read_manifest(manifest, "files") if manifest.is_file() else {},
        seen,
        {path: sha256_of(folder / path) for path in seen},
    )


def kind_of(path: str, documents: list[dict[str, Any]]) -> str | None:
    """The kind of document a file belongs to, in whatever format; None where it belongs to none."""
    base = str(PurePosixPath(path).with_suffix("")).removesuffix(FIGURES)
    return next(
        (
            str(each["kind"])
            for each in documents
            if any(base == html.removesuffix(".html") for html in each["html"])
        ),
        None,
    )


def same_text(earlier: Standing, beside: Path, path: str) -> bool:
    """Whether the document a file belongs to came out as it was, so that its other formats still say the same."""
    html = f"{str(PurePosixPath(path).with_suffix('')).removesuffix(FIGURES)}.html"
    recorded, new = earlier.recorded.get(html), beside / html
    return recorded is not None and new.is_file() and sha256_of(new) == recorded["sha256"]


def carry_over(earlier: Standing, beside: Path, renewed: Collection[str]) -> dict[str, str]:
    """Bring into the new folder what stays of the earlier one; return new file → the file by hand it stands beside.

    Stays: what people changed or put there, the documents of kinds that are not renewed, and other formats of
    renewed ones whose text came out the same. What a renewed kind no longer has goes.
    """
    put_beside: dict[str, str] = {}
    by_hand = [path for path in earlier.seen if earlier.by_hand(path)]
    for path in by_hand:
        if (beside / path).exists():
            free = _free_name(path, by_hand)
            (beside / path).rename(beside / free)
            put_beside[free] = path
    for path in earlier.seen:
        if not (beside / path).exists() and (path in by_hand or _stays(earlier, beside, path, renewed)):
            (beside / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(earlier.folder / path, beside / path)
    return put_beside


def files_of(folder: Path, earlier: Standing, put_beside: Mapping[str, str]) -> list[dict[str, str]]:
    """What the manifest says of the files: the hash of each as the program writes it, whatever people made of it.

    One that stands beside another names it (`beside`). What people put there and the program never wrote is not listed.
    """
    new = {by_hand: sha256_of(folder / name) for name, by_hand in put_beside.items()}
    listed = []
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
            listed.append({"path": path, "sha256": sha256} | ({"beside": beside} if beside else {}))
    return listed


def _stays(earlier: Standing, beside: Path, path: str, renewed: Collection[str]) -> bool:
    original = earlier.recorded[path].get("beside", path)
    kind = kind_of(original, earlier.documents)
    return kind not in renewed or (original == path and same_text(earlier, beside, path))


def _free_name(path: str, taken: Collection[str]) -> str:
    pure = PurePosixPath(path)
    names = (
        str(pure.with_name(f"{pure.stem}-new{number}{pure.suffix}"))
        for number in ("", *(f"-{n}" for n in range(2, len(taken) + 2)))
    )
    return next(name for name in names if name not in taken)


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    return dict(_each(folder))


def _each(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != WRITTEN_MANIFEST:
            yield name, (path.stat().st_mtime_ns, path.stat().st_size)
