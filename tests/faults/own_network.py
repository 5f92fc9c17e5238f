"""A network of its own: a name server and web servers on addresses of a namespace, for crawls by real look-ups and sockets.

`inside(module, …)` runs a module of the tests there. Its loopback also has PUBLIC, an address of the internet, and
/etc/resolv.conf names 127.0.0.1, where the module itself answers (`NameServer`).
"""

from __future__ import annotations

import json
import socket
import struct
import subprocess
import sys
import threading
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.netlab.server import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

PUBLIC, PRIVATE = "11.22.33.44", "127.0.0.1"
_A, _IN = 1, 1
_IMPOSSIBLE = 77
_NETWORK = f"""
ip link set lo up && ip addr add {PUBLIC}/32 dev lo || exit {_IMPOSSIBLE}
echo 'nameserver {PRIVATE}' > "$1" && mount --bind "$1" /etc/resolv.conf || exit {_IMPOSSIBLE}
shift
exec "$@"
"""


def inside(module: str, folder: Path, *arguments: object) -> dict[str, Any]:
    """Run `python -m module arguments…` there; return the JSON it prints. Skips the test where it cannot be done."""
    words = ["unshare", "-n", "-m", "sh", "-c", _NETWORK, "sh", folder / "resolv.conf"]
    command = [*words, sys.executable, "-m", module, *arguments]
    try:
        done = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, check=False, timeout=900
        )
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if done.returncode == _IMPOSSIBLE or "unshare failed" in done.stderr:
        pytest.skip("a network of its own cannot be made here")
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


class NameServer:
    """Answers for addresses of kind A on 127.0.0.1:53 with a time to live of 0, until `silent` is set."""

    def __init__(self, addresses_of: Callable[[str, int], Sequence[str]]) -> None:
        """`addresses_of`: name, how often it was asked for by now → addresses."""
        self.asked: Counter[str] = Counter()
        self.silent = threading.Event()
        self._addresses_of = addresses_of
        self._door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._door.bind((PRIVATE, 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            query, who = self._door.recvfrom(512)
            if not self.silent.is_set():
                self._door.sendto(self._answer(query), who)

    def _answer(self, query: bytes) -> bytes:
        end = query.index(b"\0", 12)
        labels, at = [], 12
        while at < end:
            labels.append(query[at + 1 : at + 1 + query[at]].decode())
            at += 1 + query[at]
        name, kind = ".".join(labels), struct.unpack("!H", query[end + 1 : end + 3])[0]
        addresses: Sequence[str] = []
        if kind == _A:
            self.asked[name] += 1
            addresses = self._addresses_of(name, self.asked[name])
        head = query[:2] + struct.pack("!HHHHH", 0x8180, 1, len(addresses), 0, 0)
        rows = b"".join(
            b"\xc0\x0c" + struct.pack("!HHIH", _A, _IN, 0, 4) + socket.inet_aton(each) for each in addresses
        )
        return head + query[12 : end + 5] + rows


class WebServer:
    """Serves one page under every path of port 80 of an address; `came` is who asked for what."""

    def __init__(self, address: str, page: str) -> None:
        self.came: list[str] = []
        self._page = answer(page)
        self._door = socket.create_server((address, 80), backlog=100)
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._door.accept()
            threading.Thread(target=self._meet, args=(connection,), daemon=True).start()

    def _meet(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(3)
            try:
                first = connection.recv(4000).decode("latin-1").partition("\r\n")[0]
                self.came.append(first)
                is_page = "robots.txt" not in first and "favicon" not in first
                connection.sendall(self._page if is_page else answer("", status=404))
            except OSError:
                self.came.append("connected")
