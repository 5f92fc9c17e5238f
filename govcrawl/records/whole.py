"""Writing folders so that they appear complete or not at all, and verifying that they still are.

A folder is created beside its final place under a hidden name, which readers ignore. Its manifest is written last and
holds the hash of every file. Everything is flushed to the disk; then one rename puts the folder in place. So a folder
under its final name was complete when it appeared, and `verify` tells whether it still is. Runs, registries,
assessments, written documents and issued ones are all made this way.

A release grows instead: `add_files` moves files into a folder that stands, and its manifest, written last, names them all.

When two processes put the same folder in place, a lock on the parent folder lets one go first. A process that dies
leaves a hidden folder, which the next process that creates one in the same parent removes.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from govcrawl.records.errors import FolderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

RUN_MANIFEST: Final = "run.json"
ASSESSMENT_MANIFEST: Final = "assessment.json"
WRITTEN_MANIFEST: Final = "notice.json"
ISSUED_MANIFEST: Final = "issued.json"

PART: Final = ".part"
"""Ending of a file that is not complete yet."""

_BESIDE: Final = ".new-"
_ARRIVING: Final = ".arriving.json"
_HELD: Final = ".held"
_REPLACED: Final = ".replaced"
_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES}


class TakenError(FolderError):
    """Raised by `appear` when a folder of that name exists already."""


# ---------- files


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal digits, as manifests hold it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file so that neither a reader nor a power cut ever finds half of it; FolderError when it fails."""
    part = path.with_name(path.name + PART)
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        force(path.parent)  # the rename itself
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> FolderError:
    """Build the error that says which file or folder could not be written, why, and what to do."""
    remedy = (
        "make room or change its permissions, then run the same command again: what is done stays done"
        if error.errno in _NO_ROOM
        else "check the disk, then run the same command again: what is done stays done"
    )
    return FolderError(f"{path}: cannot be written ({error.strerror}); {remedy}")


# ---------- becoming whole


@contextmanager
def folder_begun(parent: Path) -> Iterator[Path]:
    """Create a hidden folder in `parent`; unless it was put in place, it is removed when the block ends."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        with _locked(parent):
            _clear_up(parent)
            beside = Path(tempfile.mkdtemp(prefix=_BESIDE, dir=parent))
            beside.chmod(0o755)  # mkdtemp makes it private, but other users must read it
            held = os.open(beside, os.O_RDONLY)
            fcntl.flock(held, fcntl.LOCK_EX)  # as long as this process lives, no other process removes it
    except OSError as error:
        raise cannot_write(parent, error) from error
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        os.close(held)


def appear(
    beside: Path, place: Path, *, read_only: bool = False, last_look: Callable[[], None] = lambda: None
) -> None:
    """Put a finished folder in place; TakenError when one exists there already.

    `last_look` is called while no other process can put a folder into the same parent; it may raise to stop.
    """
    _put(beside, place, read_only=read_only, last_look=last_look, replacing=False)


def put_in_place(beside: Path, place: Path, *, last_look: Callable[[], None] = lambda: None) -> None:
    """Put a finished folder in place, replacing the one there, if any; `last_look` as for `appear`."""
    _put(beside, place, read_only=False, last_look=last_look, replacing=True)


def _put(
    beside: Path, place: Path, *, read_only: bool, last_look: Callable[[], None], replacing: bool
) -> None:
    aside = place.with_name(f".{place.name}{_REPLACED}")
    try:
        _force_all(beside, read_only=read_only)
        with _locked(place.parent):
            last_look()
            if place.exists():
                if not replacing:
                    raise TakenError(f"{place}: stands there already")
                shutil.rmtree(aside, ignore_errors=True)
                place.rename(aside)
            try:
                beside.rename(place)
            except BaseException:
                if aside.exists():
                    aside.rename(place)
                raise
            force(place.parent)
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise cannot_write(place, error) from error


@contextmanager
def _locked(parent: Path) -> Iterator[None]:
    """Hold the lock under which one process at a time adds or removes folders in `parent`; it ends with the process."""
    held = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _clear_up(parent: Path) -> None:
    """Restore folders that a dead process moved aside, and remove those it had begun. The caller holds the lock."""
    for aside in parent.glob(f".*{_REPLACED}"):
        place = parent / aside.name[1 : -len(_REPLACED)]
        if place.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(place)
    for beside in parent.glob(f"{_BESIDE}*"):
        held = os.open(beside, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue  # its process lives
        else:
            shutil.rmtree(beside, ignore_errors=True)
        finally:
            os.close(held)


def _force_all(folder: Path, *, read_only: bool) -> None:
    """Flush every file and folder to the disk, so that a power cut after the rename loses none of them."""
    for path in (*folder.rglob("*"), folder):
        if read_only and path.is_file():
            path.chmod(0o444)
        force(path)


def force(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


# ---------- growing


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder that grows, or raise FolderError at once when another process holds it; the kernel lets go of it with the process."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / _HELD, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise cannot_write(folder, error) from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderError(
                f"{folder}: another process is adding to it; wait until it is done, then run the same command again"
            ) from None
        yield
    finally:
        os.close(file)


def add_files(beside: Path, place: Path, manifest: str, content: bytes) -> None:
    """Move every file of `beside` to the same path below `place`, then write the manifest there, which names them.

    Their names and hashes are put down first, so that `take_back` undoes what a process that dies in between leaves. The caller
    holds `place`. FolderError when a file of that name stands there already, or when it cannot be written.
    """
    files = sorted(path for path in beside.rglob("*") if path.is_file())
    names = [path.relative_to(beside) for path in files]
    for name in names:
        if (place / name).exists():
            raise FolderError(f"{place / name}: stands there already, and no manifest names it; move it away")
    try:
        _force_all(beside, read_only=True)
        arriving = {str(name): sha256_of(path) for name, path in zip(names, files, strict=True)}
        write_whole(place / _ARRIVING, orjson.dumps(arriving))
        for name in names:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).rename(place / name)
        for folder in {(place / name).parent for name in names}:
            force(folder)
            force(folder.parent)
        write_whole(place / manifest, content)
        (place / _ARRIVING).unlink()
    except OSError as error:
        raise cannot_write(place, error) from error


def take_back(place: Path, named: AbstractSet[str]) -> None:
    """Remove what a process that died in `add_files` had moved, but what the manifest names. The caller holds `place`."""
    note = place / _ARRIVING
    if not note.exists():
        return
    for name, sha256 in read_manifest(note).items():
        path = place / name
        if name in named or not path.is_file():
            continue
        if sha256_of(path) != sha256:
            raise FolderError(f"{path}: altered since it was written, and no manifest names it; move it away")
        path.unlink()
    note.unlink()


def files_in(place: Path) -> set[str]:
    """Paths of all files below a folder that grows, relative to it; the hidden ones of this module are left out."""
    return {
        str(path.relative_to(place))
        for path in place.rglob("*")
        if path.is_file() and not path.relative_to(place).parts[0].startswith((_BESIDE, _ARRIVING, _HELD))
    }


# ---------- being whole


def manifests(parent: Path, name: str) -> list[Path]:
    """Return the manifests of the folders in `parent`, sorted by folder; hidden folders are left out."""
    return sorted(parent.glob(f"[!.]*/{name}"))


def read_manifest(path: Path, *needed: str) -> dict[str, Any]:
    """Read a manifest; FolderError when it is unreadable, no JSON object, or lacks one of the keys `needed`."""
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as error:
        raise FolderError(f"{path}: cannot be read ({error.strerror}); {_RESTORE}") from error
    except orjson.JSONDecodeError as error:
        raise FolderError(f"{path}: not JSON ({error}); {_RESTORE}") from error
    missing = set(needed) - content.keys() if isinstance(content, dict) else set(needed)
    if missing or not isinstance(content, dict):
        raise FolderError(f"{path}: of another shape (missing: {sorted(missing)}); {_RESTORE}")
    return content


def verify(folder: Path, files: Iterable[dict[str, Any]]) -> None:
    """Check every file that a manifest lists against its hash; FolderError names the first that differs."""
    for file in files:
        path = folder / file["path"]
        if not path.is_file():
            raise FolderError(f"{path}: the manifest names it and it is gone; {_RESTORE}")
        if sha256_of(path) != file["sha256"]:
            raise FolderError(f"{path}: altered since its manifest was written; {_RESTORE}")


_RESTORE: Final = "restore it from a copy, or move the folder away"
