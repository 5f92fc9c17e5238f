"""Keeps a release in a bucket, `govcrawl export --to s3://…`: it grows in a folder of the data directory, and the bucket gets what it lacks.

A bucket knows no rename, so files are put first and the manifest last: what it does not name is not released, there as in a folder.
Whoever has lost the folder begins with what the bucket holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import orjson

from govcrawl.records.errors import FolderError
from govcrawl.records.remote_files import Store, StoredFile
from govcrawl.records.whole import held, write_whole
from govcrawl.warehouse.release.manifest import MANIFEST, PAPERS, Release, read_release, release_of

if TYPE_CHECKING:
    from pathlib import Path

FOLDER: Final = "release"
"""The folder of the data directory in which a release grows that is kept in a bucket."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a bucket got: files put, of how many bytes; both 0 when it had everything."""

    files: int
    size: int


def read_store(store: Store) -> Release:
    """The release a store holds; an empty one where it has no manifest. FolderError for one that is not ours."""
    content = store.read(MANIFEST)
    if content is None:
        return Release()
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise FolderError(f"{store.url}/{MANIFEST}: not JSON ({error}); restore it from a copy") from error
    return release_of(dict(found), f"{store.url}/{MANIFEST}")


def begin(store: Store, folder: Path) -> None:
    """Before an export into `folder`: see that the store holds the same release as far as it goes, or nothing.

    A folder that holds none gets what the store holds. FolderError, with nothing put, for a store of another release, or with
    files that its manifest does not name or that are of another size.
    """
    there, here = read_store(store), read_release(folder)
    _refuse_unsound(store, there, here)
    if here.batches and not here.begins_as(there):
        raise FolderError(
            f"{store.url}/{MANIFEST}: another release than that of {folder}: another office's, or the folder is an older copy. Name "
            "another place with --to, or remove the folder, and it is fetched from there anew"
        )
    if there.batches and not here.batches:
        with held(folder):
            for file in there.files:
                store.fetch(StoredFile(file["path"], file["size"], file["sha256"]), folder / file["path"])
            write_whole(folder / MANIFEST, there.content())


def keep(store: Store, folder: Path, *, every: bool = False) -> Kept:
    """Put what `folder` has released beyond the store, manifest last. `every`: compare every file put before with its hash."""
    there, here = read_store(store), read_release(folder)
    if every:
        _compare(store, there)
    names = [file["path"] for batch in here.batches[len(there.batches) :] for file in batch["files"]]
    names += [name for name in PAPERS if store.read(name) != (folder / name).read_bytes()]
    if here != there:
        names.append(MANIFEST)
    return Kept(len(names), sum(store.put(folder / name, name).size for name in names))


def _refuse_unsound(store: Store, there: Release, here: Release) -> None:
    """FolderError for a file that is foreign, gone or of another size. A file that is not listed yet is asked for by name."""
    listed = store.listed()
    # What a process that died before its manifest had put stands in the folder, and is put again.
    ours = {MANIFEST, *PAPERS, *(file["path"] for release in (there, here) for file in release.files)}
    if foreign := listed.keys() - ours:
        raise FolderError(
            f"{store.url}/{min(foreign)}: the release does not know this file ({len(foreign)} in all); move it away, or name an "
            "empty place with --to"
        )
    for file in there.files:
        as_released = StoredFile(file["path"], file["size"], file["sha256"])
        if listed.get(file["path"]) != file["size"] and not store.has(as_released):
            raise FolderError(
                f"{store.url}/{file['path']}: gone, or altered since it was released; restore it from a copy: what was released is never "
                "written again"
            )


def _compare(store: Store, there: Release) -> None:
    for file in there.files:
        if store.sha256_of(file["path"]) != file["sha256"]:
            raise FolderError(
                f"{store.url}/{file['path']}: altered since it was released; restore it from a copy"
            )
