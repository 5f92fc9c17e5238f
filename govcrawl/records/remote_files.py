"""Files by name below one address that several machines see: a shared folder or a bucket (extra `store`).

Whoever needs a file knows its name; a listing serves to find what should not be there, since a bucket may list late. A file is trusted
by its hash, which a manifest says; manifests are put last. What is known to have been put is waited for: a store may show it late.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import time
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from govcrawl.records.errors import UserError
from govcrawl.records.whole import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

logger = logging.getLogger(__name__)

PATIENCE_S: Final = 60.0
"""How long a store that fails is tried again: a bucket answers 503 while it is moved or overloaded."""
_FIRST_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 8.0
_FOR_GOOD: Final = ("PermissionDeniedError", "UnauthenticatedError", "InvalidPathError", "NotSupportedError")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a store, by its name below the address."""

    name: str
    size: int
    sha256: str


class Store:
    """Files below one address; every failure that lasts is a UserError that names the option and the address."""

    mending: ClassVar[str] = "Restore it from a copy"
    """What to do about an altered file."""

    def __init__(self, url: str, option: str, patience_s: float = PATIENCE_S) -> None:
        if lacking := [name for name in ("fsspec", "obstore") if find_spec(name) is None]:
            raise UserError(
                f"{option} {url}: {', '.join(lacking)} not installed; run `pip install 'govcrawl[store]'`"
            )
        import fsspec  # noqa: PLC0415 - of the extra `store`

        self.url = url.rstrip("/")
        self._place = f"{option} {self.url}"
        self._patience_s = patience_s
        if url.startswith("s3://"):
            from obstore.fsspec import register  # noqa: PLC0415 - of the extra `store`

            register("s3")
        try:
            is_folder = "://" not in url or url.startswith("file://")
            more: dict[str, Any] = {"auto_mkdir": True} if is_folder else {}
            self._files, self._root = fsspec.url_to_fs(self.url, **more)
        except (ImportError, ValueError) as error:
            raise UserError(
                f"{option} {url}: cannot be used ({error}). Name a folder that all machines see, or s3://BUCKET/PREFIX"
            ) from error

    def read(self, name: str, *, was_put: bool = False) -> bytes | None:
        """The content of a file; None when there is none of this name. `was_put`: it is known to be there, so it is waited for."""
        try:
            content: bytes = self._patiently(
                "read", name, lambda: self._files.cat_file(self._path(name)), was_put=was_put
            )
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

    def sha256_of(self, name: str) -> str | None:
        """The hash of a file as it lies there; None when there is none of this name."""
        content = self.read(name)
        return None if content is None else hashlib.sha256(content).hexdigest()

    def put(self, path: Path, name: str) -> StoredFile:
        """Put a local file under a name."""
        self.write(name, path.read_bytes())
        return StoredFile(name, path.stat().st_size, sha256_of(path))

    def fetch(self, file: StoredFile, path: Path) -> None:
        """Write a file of the store to a local path; UserError when it is gone or altered."""
        content = self.read(file.name, was_put=True)
        part = path.with_name(f"{path.name}.part")
        if content is None:
            raise UserError(
                f"{self.url}/{file.name}: a manifest names it, and it is gone, or the store does not show it {self._patience_s:.0f} s "
                f"later. {self.mending}"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        if (len(content), sha256_of(part)) != (file.size, file.sha256):
            part.unlink()
            raise UserError(f"{self.url}/{file.name}: altered since it was put there. {self.mending}")
        part.replace(path)

    def something(self, but: str = "") -> str | None:
        """The name of something that lies there, `but` left out; None for an empty place."""
        try:
            names = self._patiently("list", "", lambda: self._files.ls(self._root, detail=False))
        except FileNotFoundError:
            return None
        found = (str(name).rstrip("/").rpartition("/")[2] for name in names)
        return next((name for name in found if name != but), None)

    def listed(self) -> dict[str, int]:
        """Name → bytes of every file, as far as the store lists it by now."""
        try:
            found = self._patiently("list", "", lambda: self._files.find(self._root, detail=True))
        except FileNotFoundError:
            return {}
        return {
            str(name).removeprefix(self._root).lstrip("/"): int(facts["size"])
            for name, facts in found.items()
        }

    # ---------- trying again

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}".rstrip("/")

    def _patiently(self, verb: str, name: str, act: Callable[[], T], *, was_put: bool = False) -> T:
        deadline, pause_s = time.monotonic() + self._patience_s, _FIRST_PAUSE_S
        while True:
            try:
                return act()
            except FileNotFoundError:
                if not was_put or time.monotonic() + pause_s > deadline:
                    raise
            except Exception as error:
                for_good = (
                    isinstance(error, PermissionError | NotADirectoryError)
                    or (isinstance(error, OSError) and error.errno == errno.EROFS)
                    or type(error).__name__ in _FOR_GOOD
                )
                if for_good or time.monotonic() + pause_s > deadline:
                    raise self._unusable(verb, name, error) from error
                logger.warning("%s: cannot %s %s (%s); trying again", self.url, verb, name, _short(error))
            time.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _unusable(self, verb: str, name: str, error: Exception) -> UserError:
        return UserError(
            f"{self._place}: cannot {verb} {name or 'it'} ({_short(error)}). See that it exists, that its keys are right and "
            "that it has room, then run the same command again: it goes on from what is there"
        )


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().split("\n")[0][:200]
