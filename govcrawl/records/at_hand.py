"""The page a process has in its hands, written where the process that started it can see it.

Reading may end in C code that never comes back; no exception, no signal handler and no timer of that process then
helps. So a page is put down here before it is read, and taken away after. What still lies here when the process has not
moved for a while is the page that holds it: it is recorded as unreadable, its body is kept, and the next process reads
on behind it.
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
UNREADABLE: Final = (
    "unreadable"  # folder below it: <sha256> and <sha256>.json of each page that was never put down
)
MOST_OF_A_HOST: Final = 3  # pages that held a process; then no page of that host is read in this run


@dataclass(frozen=True, slots=True)
class PageAtHand:
    """A page under reading; `since_s` on the clock of the machine that only goes forward."""

    url: str
    sha256: str
    content_type: str | None
    since_s: float


class Hands:
    """Where one process says what it is reading: a file it alone writes, whose pages the kernel keeps when it dies."""

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
    """What lies in the hands of a process, with its body; None when they are empty."""
    try:
        head, newline, body = path.read_bytes().partition(b"\n")
        page = PageAtHand(**orjson.loads(head)) if newline else None
    except (OSError, orjson.JSONDecodeError, TypeError):
        return None
    return None if page is None else (page, body)


def note_unreadable(run: Path, page: PageAtHand, body: bytes) -> None:
    """Keep a page that was never put down, so that no further process of the run takes it up."""
    folder = run / PROGRESS / UNREADABLE
    try:
        folder.mkdir(exist_ok=True)
        (folder / page.sha256).write_bytes(body)
        (folder / f"{page.sha256}.json").write_bytes(orjson.dumps(asdict(page)))
    except OSError as error:
        raise RunError(f"{folder}: cannot be written ({error.strerror}); make room and run again") from error


class Unreadable:
    """The pages of a run that are left unread: by address, by content, and of a host that sent too many all but entrances."""

    def __init__(self, run: Path) -> None:
        noted = [orjson.loads(path.read_bytes()) for path in (run / PROGRESS / UNREADABLE).glob("*.json")]
        self._urls = {page["url"] for page in noted}
        self._contents = {page["sha256"] for page in noted}
        hosts = Counter(urlsplit(url).hostname for url in self._urls)
        self._hosts = {host for host, pages in hosts.items() if pages >= MOST_OF_A_HOST}

    def holds(self, url: str, body: bytes, *, entrance: bool) -> bool:
        """`entrance`: what leads to the pages of a host, which are to be met and recorded, is read whatever they did."""
        if not self._urls:
            return False
        return (
            url in self._urls
            or (not entrance and urlsplit(url).hostname in self._hosts)
            or hashlib.sha256(body).hexdigest() in self._contents
        )
