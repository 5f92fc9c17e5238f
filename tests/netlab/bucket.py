"""An S3 server (`rclone serve s3`) behind a door that can be shut: then it answers 503. Another door shows late what was put."""

import contextlib
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self

RCLONE = str(Path(sys.executable).parent / "rclone")
NO_RCLONE = shutil.which(RCLONE) is None
KEY, SECRET = "GOVCRAWLTESTKEY00001", "secret-of-nobody-secret-of-nobody-000001"
STARTS_WITHIN_S = 60


class Door:
    """A port that passes on to another one, and answers 503 while it is shut."""

    def __init__(self, leads_to: int) -> None:
        self.leads_to = leads_to
        self.shut_until_s = 0.0  # of time.monotonic
        self._inside: list[socket.socket] = []
        self._mute = False

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._mute = False
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def shut(self, seconds: float) -> None:
        """End what is open, too: clients keep their connections."""
        self.shut_until_s = time.monotonic() + seconds
        for connection in self._inside:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def mute(self) -> None:
        """From now on nothing passes, and whoever is outside is not told: a network that is cut, as one end sees it."""
        self._mute = True
        for connection in self._inside:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                asked, _ = self._socket.accept()
                threading.Thread(target=self._meet, args=(asked,), daemon=True).start()

    def _meet(self, asked: socket.socket) -> None:
        with contextlib.suppress(OSError), asked:
            if time.monotonic() < self.shut_until_s:
                asked.recv(65536)
                asked.sendall(b"HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", self.leads_to)) as inside:
                self._inside.append(inside)
                back = threading.Thread(target=self._pump, args=(inside, asked), daemon=True)
                back.start()
                self._pump(asked, inside)
                back.join()
            while self._mute:
                time.sleep(0.1)

    def _pump(self, source: socket.socket, to: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while read := source.recv(65536):
                to.sendall(read)
        with contextlib.suppress(OSError):
            if not self._mute:
                to.shutdown(socket.SHUT_WR)


class LateDoor(ThreadingHTTPServer):
    """Answers 404 for a file in the first seconds after it was put, as a store does that remembers what was not there."""

    daemon_threads = True

    def __init__(self, leads_to: int, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), _Late)
        self.leads_to, self.seconds, self.port = leads_to, seconds, self.server_address[1]
        self.put_s: dict[str, float] = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Late(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.command == "PUT":
            self.server.put_s.setdefault(self.path, time.monotonic())
        elif time.monotonic() < self.server.put_s.get(self.path, float("-inf")) + self.server.seconds:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>", {})
            return
        inside = HTTPConnection("127.0.0.1", self.server.leads_to)
        inside.request(self.command, self.path, body, dict(self.headers))
        answer = inside.getresponse()
        self._answer(answer.status, answer.read(), dict(answer.headers))
        inside.close()

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response_only(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = do_PUT = do_POST = _pass_on  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def a_bucket(folder: Path, *more: str):
    """The door to a server that keeps its buckets as folders of `folder`/s3; `more`: further words of its command."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    words = [
        "serve",
        "s3",
        "--addr",
        f"127.0.0.1:{port}",
        "--auth-key",
        f"{KEY},{SECRET}",
        folder / "s3",
        *more,
    ]
    with (folder / "rclone.log").open("wb") as log:
        server = subprocess.Popen([RCLONE, *words], stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not _answers(port):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        with Door(port) as door:
            yield door
    finally:
        server.kill()
        server.wait()


def keys_of(door: Door | LateDoor) -> dict[str, str]:
    """The environment in which programs find the server."""
    return {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{door.port}",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
