"""The web's own process: one pair of listening ports (plain, TLS) for each instant it is asked to show.

It is driven by lines of JSON on stdin: `{"at": "2026-03-18T23:00:00+08:00"}` is answered on stdout with the
ports of that instant, `{"close": …}` closes them. The end of stdin ends the process, so no web outlives the
program that wanted it.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
import sys
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from pathlib import Path

import trustme

from tests.govweb.confession import sites
from tests.govweb.elsewhere import ELSEWHERE, LOOPBACK, LOOPBACK_6, has_ipv6
from tests.govweb.farm import Answer, Farm

_HEAD_LIMIT = 16_384


class Connection(asyncio.Protocol):
    """HTTP/1.1 on one connection; one request after the other."""

    def __init__(self, farm: Farm, at: datetime) -> None:
        self.farm = farm
        self.at = at
        self.buffer = b""
        self.busy = False

    def connection_made(self, transport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self.take()

    def take(self) -> None:
        """Answers the next whole request in the buffer, unless one is being answered."""
        if self.busy or b"\r\n\r\n" not in self.buffer:
            if len(self.buffer) > _HEAD_LIMIT:
                self.transport.abort()
            return
        head, _, rest = self.buffer.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
        }
        length = int(headers.get("content-length", 0))
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        host = headers.get("host", "").partition(":")[0]
        answer = self.farm.answer(host, target, self.at, rest[:length], headers, method)
        self.busy = True
        close = headers.get("connection", "").lower() == "close"
        if answer.delay_s:
            asyncio.get_running_loop().call_later(answer.delay_s, self.give, answer, method, close)
        else:
            self.give(answer, method, close)

    def give(self, answer: Answer, method: str, close: bool) -> None:  # noqa: FBT001 - a callback of call_later
        if self.transport.is_closing():
            return
        if answer.reset:
            raw = self.transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()
            return
        lines = [
            f"HTTP/1.1 {answer.status} {_reason(answer.status)}",
            f"Date: {format_datetime(datetime.now(UTC), usegmt=True)}",
            "Server: nginx",
            f"Content-Type: {answer.content_type}",
            f"Content-Length: {len(answer.body)}",
            *(f"{name}: {value}" for name, value in answer.headers),
            f"Connection: {'close' if close else 'keep-alive'}",
        ]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        self.transport.write(head if method == "HEAD" else head + answer.body)
        self.busy = False
        if close:
            self.transport.close()
        else:
            self.take()


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:  # 521 and its like are no standard
        return "Unknown"


class Certificates:
    """The certificates of the web: one for all names, and one for each name whose certificate has run out."""

    def __init__(self, ca_file: Path) -> None:
        self.authority = trustme.CA()
        self.authority.cert_pem.write_to_path(ca_file)
        names = [site.host for site in sites() if site.scheme == "https"] + list(ELSEWHERE)
        self.sound = self._context(self.authority.issue_cert(*names))
        self.ending: dict[tuple[str, int], ssl.SSLContext] = {}

    @staticmethod
    def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context

    def ending_in(self, host: str, days: int) -> ssl.SSLContext:
        """One that runs out in so many days, which may lie in the past."""
        if (host, days) not in self.ending:
            end = datetime.now(UTC) + timedelta(days=days)
            self.ending[host, days] = self._context(
                self.authority.issue_cert(host, not_before=end - timedelta(days=365), not_after=end)
            )
        return self.ending[host, days]

    def at(self, farm: Farm, at: datetime) -> ssl.SSLContext:
        """A context for one instant: it shows the certificate each name has at that instant."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)

        def choose(connection: ssl.SSLObject, host: str | None, _context: ssl.SSLContext) -> None:
            site = farm.by_host.get(host or "")
            view = site and farm.site(site, at).view
            for kind, days in (("expired-certificate", -2), ("ending-certificate", 5)):
                if view and view.standing(kind):
                    connection.context = self.ending_in(site.host, days)
                    return
            connection.context = self.sound

        context.sni_callback = choose
        return context


class Server:
    def __init__(self, day: date, ca_file: Path) -> None:
        self.farm = Farm(day)
        self.certificates = Certificates(ca_file)
        self.open: dict[str, list[asyncio.Server]] = {}
        # Bound and never listening: whoever connects is refused, and nobody else can take the port.
        self.refusing = socket.socket()
        self.refusing.bind((LOOPBACK, 0))

    async def show(self, instant: str) -> dict[str, int]:
        """Opens the ports of an instant and tells their numbers."""
        at = datetime.fromisoformat(instant)
        loop = asyncio.get_running_loop()
        ports = {"refusing": self.refusing.getsockname()[1]}
        self.open[instant] = []
        for scheme, context in (("http", None), ("https", self.certificates.at(self.farm, at))):
            for family, address in (("", LOOPBACK), ("6", LOOPBACK_6)):
                if family and not has_ipv6():
                    continue
                listening = await loop.create_server(
                    lambda: Connection(self.farm, at), address, 0, ssl=context, backlog=200
                )
                self.open[instant].append(listening)
                ports[scheme + family] = listening.sockets[0].getsockname()[1]
        return ports

    def close(self, instant: str) -> dict[str, int]:
        for listening in self.open.pop(instant):
            listening.close()
        return {}


async def main(day: date, ca_file: Path) -> None:
    server = Server(day, ca_file)
    loop = asyncio.get_running_loop()
    stdin = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stdin), sys.stdin)
    while line := await stdin.readline():
        order = json.loads(line)
        answer = await server.show(order["at"]) if "at" in order else server.close(order["close"])
        print(json.dumps(answer), flush=True)  # noqa: T201 - stdout is the answer


if __name__ == "__main__":
    asyncio.run(main(date.fromisoformat(sys.argv[1]), Path(sys.argv[2])))
