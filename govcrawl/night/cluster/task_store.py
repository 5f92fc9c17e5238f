"""The store that the machines of a cluster share: files by name, in a shared folder or a bucket, and whose they are.

Nothing is ever found by listing, since a bucket may list late: every name is known to who asks for it. A file is trusted by its
hash, which a manifest says; manifests are put last.

    govcrawl.json                    whose store this is
    registries/<sha256>/…            as in the data directory
    runs/<run_id>/…                  what workers need of a run, and what they made of it, as in the data directory
    runs/<run_id>/tasks/<task>.json  the manifest of a task that is done, put last
"""

from __future__ import annotations

import logging
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import uuid4

import orjson

from govcrawl.records.errors import UserError
from govcrawl.records.whole import sha256_of, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govcrawl.records.runs import Run

logger = logging.getLogger(__name__)

OWNER: Final = "govcrawl.json"
PATIENCE_S: Final = 60.0
"""How long a store that fails is tried again: a bucket answers 503 while it is moved or overloaded."""
_FIRST_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 8.0
_FOR_GOOD: Final = ("PermissionDeniedError", "UnauthenticatedError", "InvalidPathError", "NotSupportedError")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a task, named as in the data directory."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TaskManifest:
    """What a worker says of a task that is done; valid as long as all its files are there."""

    run_id: str
    task: str
    code: str  # the version of the worker's code
    worker: str
    files: list[StoredFile]


class TaskStore:
    """Files by name below one address; every failure that lasts is a UserError that names the address."""

    def __init__(self, url: str, patience_s: float = PATIENCE_S) -> None:
        import fsspec  # noqa: PLC0415 - of the extra `cluster`

        self.url = url.rstrip("/")
        self._patience_s = patience_s
        if url.startswith("s3://"):
            from obstore.fsspec import register  # noqa: PLC0415 - of the extra `cluster`

            register("s3")
        try:
            more: dict[str, Any] = {} if "://" in url else {"auto_mkdir": True}
            self._files, self._root = fsspec.url_to_fs(self.url, **more)
        except (ImportError, ValueError) as error:
            raise UserError(
                f"--store {url}: cannot be used ({error}). Name a folder that all machines see, or s3://BUCKET/PREFIX"
            ) from error

    def read(self, name: str) -> bytes | None:
        """The content of a file; None when there is none of this name."""
        try:
            content: bytes = self._patiently("read", name, lambda: self._files.cat_file(self._path(name)))
        except FileNotFoundError:
            return None
        return content

    def write(self, name: str, content: bytes) -> None:
        """Put a file, in place of one that has this name."""
        try:
            self._patiently("write", name, lambda: self._files.pipe_file(self._path(name), content))
        except FileNotFoundError as error:
            raise self._unusable("write", name, error) from error

    def has(self, file: StoredFile) -> bool:
        """Whether a file is there with the size it should have."""
        try:
            facts = self._patiently("read", file.name, lambda: self._files.info(self._path(file.name)))
        except FileNotFoundError:
            return False
        return bool(facts["size"] == file.size)

    def put(self, path: Path, name: str) -> StoredFile:
        """Put a local file under a name."""
        self.write(name, path.read_bytes())
        return StoredFile(name, path.stat().st_size, sha256_of(path))

    def fetch(self, file: StoredFile, path: Path) -> None:
        """Write a file of the store to a local path; UserError when it is gone or altered."""
        content = self.read(file.name)
        part = path.with_name(f"{path.name}.part")
        if content is None:
            raise UserError(f"{self.url}/{file.name}: a manifest names it and it is gone; restore the store")
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        if (len(content), sha256_of(part)) != (file.size, file.sha256):
            part.unlink()
            raise UserError(
                f"{self.url}/{file.name}: altered since it was put there. Remove the run's folder from the store and run the "
                "same command again: its tasks are done anew"
            )
        part.replace(path)

    # ---------- tasks

    def manifest_of(self, run: Run, task: str) -> TaskManifest | None:
        """The manifest of a task whose files are all there; None when it is not done, or not whole."""
        content = self.read(_manifest_name(run, task))
        try:
            facts = orjson.loads(content or b"")
            manifest = TaskManifest(**facts | {"files": [StoredFile(**file) for file in facts["files"]]})
        except (orjson.JSONDecodeError, TypeError, KeyError):
            return None
        is_ours = (manifest.run_id, manifest.task) == (run.plan.run_id, task) and all(
            file.name.startswith(f"runs/{run.plan.run_id}/") and ".." not in file.name.split("/")
            for file in manifest.files
        )
        return manifest if is_ours and all(map(self.has, manifest.files)) else None

    def put_manifest(self, run: Run, manifest: TaskManifest) -> None:
        self.write(_manifest_name(run, manifest.task), orjson.dumps(asdict(manifest)))

    # ---------- whose it is

    def belong_to(self, data: Path) -> None:
        """See that the store is this data directory's, or take an empty one; UserError when it is another's."""
        office = _office_of(data)
        content = self.read(OWNER)
        if content is None:
            if found := self._others():
                raise UserError(
                    f"--store {self.url}: holds other things ({found}) and no {OWNER}. Name an empty folder or prefix"
                )
            self.write(OWNER, orjson.dumps({"office": office}))
            content = self.read(OWNER)
        try:
            owner = orjson.loads(content or b"")["office"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            owner = None
        if owner != office:
            raise UserError(
                f"--store {self.url}: belongs to another data directory (its {OWNER} says {owner}, {data / OWNER} says "
                f"{office}). Name a store of your own; two offices in one would mix their records"
            )

    def _others(self) -> str | None:
        try:
            names = self._patiently("list", "", lambda: self._files.ls(self._root, detail=False))
        except FileNotFoundError:
            return None
        return next((str(name).rstrip("/").rpartition("/")[2] for name in names), None)

    # ---------- trying again

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}".rstrip("/")

    def _patiently(self, verb: str, name: str, act: Callable[[], T]) -> T:
        deadline, pause_s = time.monotonic() + self._patience_s, _FIRST_PAUSE_S
        while True:
            try:
                return act()
            except FileNotFoundError:
                raise
            except Exception as error:
                for_good = (
                    isinstance(error, PermissionError | NotADirectoryError)
                    or type(error).__name__ in _FOR_GOOD
                )
                if for_good or time.monotonic() + pause_s > deadline:
                    raise self._unusable(verb, name, error) from error
                logger.warning("%s: cannot %s %s (%s); trying again", self.url, verb, name, _short(error))
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _unusable(self, verb: str, name: str, error: Exception) -> UserError:
        return UserError(
            f"--store {self.url}: cannot {verb} {name or 'it'} ({_short(error)}). See that it exists, that its keys are right and "
            "that it has room, then run the same command again: tasks that have a manifest stay done"
        )


def _manifest_name(run: Run, task: str) -> str:
    return f"runs/{run.plan.run_id}/tasks/{task}.json"


def _office_of(data: Path) -> str:
    """The name of a data directory among others, made up the first time."""
    path = data / OWNER
    if not path.exists():
        write_whole(path, orjson.dumps({"office": uuid4().hex}))
    return str(orjson.loads(path.read_bytes())["office"])


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().split("\n")[0][:200]
