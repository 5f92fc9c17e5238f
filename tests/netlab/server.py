"""A server on a real socket whose every answer is written by hand, down to the byte."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


Reaction = Callable[[socket.socket, Asked], None]


def answer(
    body: bytes | str = b"",
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    content_type: str = "text/html; charset=utf-8",
    length: int | None = None,
) -> bytes:
    """Bytes of a whole HTTP answer; `length` is what it claims, when that is to be a lie."""
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"Content-Type: {content_type}"] if content_type else []
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("utf-8") + body


def redirect(location: str, status: int = 302, **headers: str) -> bytes:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(status=status, headers={"Location": location, **more})


def reset(connection: socket.socket, _: Asked) -> None:
    """Hang up with RST, as firewalls and crashing servers do."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silence(_connection: socket.socket, _asked: Asked) -> None:
    """Say nothing until the server goes home."""
    _stopping.wait(30)


def drip(connection: socket.socket, _: Asked) -> None:
    """Send a body that never ends, a byte now and then."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not _stopping.wait(0.05):
        connection.sendall(b"x")


_stopping = (
    threading.Event()
)  # servers of one test process stop together; set at each close, cleared at each start


@dataclass
class Server:
    """Answers each path as told: bytes as they are, a function by calling it; anything else is a 404."""

    paths: dict[str, bytes | Reaction]
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Self:
        _stopping.clear()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        _stopping.set()
        self._socket.close()

    def asked_for(self, path: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.path == path]

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                threading.Thread(target=self._meet, args=(connection,), daemon=True).start()

    def _meet(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.settimeout(30)
            if self.tls:
                with self.tls.wrap_socket(connection, server_side=True) as secured:
                    self._react(secured)
            else:
                self._react(connection)

    def _react(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            chunk = connection.recv(65536)
            if not chunk:
                return
            if chunk[:1] == b"\x16" and not head:  # a TLS greeting
                connection.sendall(answer("speak plainly", status=400))
                return
            head += chunk
        head, _, body = head.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        while len(body) < int(headers.get("content-length", 0)):
            body += connection.recv(65536)
        asked = Asked(method, path, headers, body)
        self.asked.append(asked)
        reaction = self.paths.get(path) or self.paths.get(
            path.partition("?")[0], answer("no such page", status=404)
        )
        if callable(reaction):
            reaction(connection, asked)
            return
        head, blank, body = reaction.partition(b"\r\n\r\n")
        connection.sendall(head + blank + (b"" if method == "HEAD" else body))
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            connection.recv(1)
