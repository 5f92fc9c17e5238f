"""A process that does one crawl: started through the fork server, watched, signalled."""

from __future__ import annotations

import atexit
import os
import select
import socket
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

import orjson

from govcrawl.records.errors import RunError

if TYPE_CHECKING:
    import signal
    from collections.abc import Sequence
    from pathlib import Path

PID_MAX_BYTES = 16
REMEDY = (
    "See whether memory or the number of processes allowed was reached, and run the same command again; "
    "thousands of --resolve rules are too many for one command."
)


class CrawlProcess:
    """One `scrapy crawl …`. It is known to have ended when its end of the line between us is closed, by whatever end it met."""

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid = pid
        self._line = line

    @classmethod
    def start(cls, words: Sequence[str], log: Path) -> Self:
        """Start `scrapy WORDS…`, its output added to a log; RunError when the machine has no room for another process."""
        ours, theirs = socket.socketpair()
        with log.open("ab") as output, theirs, ExitStack() as failed:
            failed.enter_context(ours)
            pid = _living_server().fork(words, output.fileno(), theirs.fileno())
            failed.pop_all()
        return cls(pid, ours)

    def ended(self, within_s: float | None = 0.0) -> bool:
        """Whether it has ended, or does within so many seconds; None waits for its end."""
        if self._line.fileno() < 0:
            return True
        ready, _, _ = select.select([self._line], [], [], within_s)
        if ready:
            self._line.close()
        return bool(ready)

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if not self.ended():
            os.kill(self.pid, number)


class _ForkServer:
    """The process that crawls are forked from. It ends when its socket here is closed: with this process at the latest."""

    def __init__(self) -> None:
        self._door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "govcrawl.night.fork_server"],
                env={**os.environ, "SCRAPY_SETTINGS_MODULE": "govcrawl.settings"},
                stdin=theirs.fileno(),
                process_group=0,
            )
        atexit.register(self.end)

    def ended(self) -> bool:
        return self._process.poll() is not None

    def fork(self, words: Sequence[str], log: int, line: int) -> int:
        """Return the pid of a new crawl that has these two open files."""
        why = ""
        try:
            socket.send_fds(self._door, [orjson.dumps(list(words))], [log, line])
            pid = self._door.recv(PID_MAX_BYTES)
        except OSError as error:  # it is gone, or the message is longer than a socket takes
            pid, why = b"", f"{error}; "
        if not pid:
            raise RunError(
                f"no crawl can be started: {why}the process that starts them ended with {self.end()}. {REMEDY}"
            )
        return int(pid)

    def end(self) -> int:
        """Let it end, and return its exit code."""
        self._door.close()
        return self._process.wait()


_servers: list[_ForkServer] = []  # none before the first crawl, one from then on


def _living_server() -> _ForkServer:
    if not _servers or _servers[0].ended():
        _servers[:] = [_ForkServer()]
    return _servers[0]
