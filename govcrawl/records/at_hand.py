"""The page that a crawling process is reading at this moment, kept in a file that its parent process can read.

A hostile page can trap the reader in C code that never returns. No exception, signal handler or timer inside that
process can stop it. So each page is written to this file before it is read, and cleared afterwards. When a process
makes no progress for a while, the page in its file is the one that blocks it: the parent records it as unreadable,
keeps its body, and starts a new process that skips it.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import orjson

from govcrawl.records.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

PROGRESS: Final = "progress"
UNREADABLE: Final = "unreadable"
"""Folder below PROGRESS: body (`<sha256>`) and facts (`<sha256>.json`) of each page that blocked a process."""
MOST_OF_A_HOST: Final = 3
"""Pages of one host that may block a process; after that many, no more pages of the host are read in the run."""


@dataclass(frozen=True, slots=True)
class PageAtHand:
    """A page that is being read. `since_s` is when reading began, in seconds of `time.monotonic`."""

    url: str
    sha256: str
    content_type: str | None
    since_s: float


class Hands:
    """The file in which one process writes the page it is reading. The file outlives the process."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)

    def take(self, url: str, content_type: str | None, body: bytes) -> None:
        page = PageAtHand(url, hashlib.sha256(body).hexdigest(), content_type, time.monotonic())
        whole = orjson.dumps(page, option=orjson.OPT_APPEND_NEWLINE) + body
        os.pwrite(self._file, whole, 0)
        os.ftruncate(self._file, len(whole))

    def put_down(self) -> None:
        os.ftruncate(self._file, 0)

    def close(self) -> None:
        os.close(self._file)


def hands_path(run: Path, share: int) -> Path:
    return run / PROGRESS / f"{share}.page"


def page_in(path: Path) -> tuple[PageAtHand, bytes] | None:
    """The page a process is reading, with its body; None when it is reading none."""
    try:
        head, newline, body = path.read_bytes().partition(b"\n")
        page = PageAtHand(**orjson.loads(head)) if newline else None
    except (OSError, orjson.JSONDecodeError, TypeError):
        return None
    return None if page is None else (page, body)


def note_unreadable(run: Path, page: PageAtHand, body: bytes) -> None:
    """Keep a page that blocked a process, so that no later process of the run reads it."""
    folder = run / PROGRESS / UNREADABLE
    try:
        folder.mkdir(exist_ok=True)
        (folder / page.sha256).write_bytes(body)
        (folder / f"{page.sha256}.json").write_bytes(orjson.dumps(asdict(page)))
    except OSError as error:
        raise RunError(f"{folder}: cannot be written ({error.strerror}); make room and run again") from error


class Unreadable:
    """The pages that must not be read: those that blocked a process before, known by address and by content.

    `runs`: the folder of the run, and of the visit it goes on from, so that a page blocks one run of a night only.
    Of a host with MOST_OF_A_HOST such pages, only entrances are still read.
    """

    def __init__(self, *runs: Path) -> None:
        noted = [
            orjson.loads(path.read_bytes())
            for run in runs
            for path in (run / PROGRESS / UNREADABLE).glob("*.json")
        ]
        self._urls = {page["url"] for page in noted}
        self._contents = {page["sha256"] for page in noted}
        hosts = Counter(urlsplit(url).hostname for url in self._urls)
        self._hosts = {host for host, pages in hosts.items() if pages >= MOST_OF_A_HOST}

    def holds(self, url: str, body: bytes, *, entrance: bool) -> bool:
        """Whether a page must not be read.

        `entrance`: the page leads to the other pages of its host (a home page, a list). It is read whatever other
        pages of the host did, so that those are still found and recorded.
        """
        if not self._urls:
            return False
        return (
            url in self._urls
            or (not entrance and urlsplit(url).hostname in self._hosts)
            or hashlib.sha256(body).hexdigest() in self._contents
        )
