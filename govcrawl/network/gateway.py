"""Chromium's only connection to the network: a SOCKS 5 server (RFC 1928) on loopback that obeys the guard.

Chromium passes it unresolved host names for everything: pages and their redirects, popups, frames, workers, calls,
web sockets, beacons, downloads. The crawl's own resolver looks the names up, under the guard and the RESOLVE rules;
the gateway connects only to the addresses that the resolver gives.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address
from typing import TYPE_CHECKING, Final

from govcrawl.network.resolve import addresses_of, refusal
from govcrawl.records.outcomes import Outcome, RequestEnded, of_exception

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter

logger = logging.getLogger(__name__)

CONNECT_S: Final = 15.0
MOST_CONNECTIONS: Final = 256  # at the same time; a page of hundreds of frames waits
MOST_BYTES: Final = 64 * 1024 * 1024  # received over one connection; then it is cut off
# Google's hosts for Chromium's own requests: those made in spite of its arguments are refused.
MAKERS: Final = frozenset(
    {
        "accounts.google.com",
        "clients2.google.com",
        "content-autofill.googleapis.com",
        "optimizationguide-pa.googleapis.com",
        "safebrowsing.googleapis.com",
        "update.googleapis.com",
    }
)
_CHUNK: Final = 64 * 1024
_MOST_REMEMBERED: Final = 10_000  # hosts and ports whose failure is remembered
_VERSION: Final = 5
_CONNECT: Final = 1
_IPV4, _NAME, _IPV6 = 1, 3, 4
_REPLIES: Final = {Outcome.OK: 0, Outcome.NOT_ATTEMPTED: 2, Outcome.DNS_FAILURE: 4, Outcome.REFUSED: 5}
_GENERAL_FAILURE: Final = 1


class Gateway:
    """Serves one Chromium. `failed`: host and port → why the latest connection failed."""

    def __init__(self) -> None:
        self.failed: dict[tuple[str, int], RequestEnded] = {}
        self._room = asyncio.Semaphore(MOST_CONNECTIONS)
        self._server: asyncio.Server | None = None
        self._open: set[StreamWriter] = set()

    async def start(self) -> int:
        """Start listening; return the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in list(self._open):
            writer.close()

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._open.add(writer)
        try:
            async with self._room:
                async with asyncio.timeout(CONNECT_S):
                    host, port = await _greeted(reader, writer)
                outward = await self._connected(host, port, writer)
                if outward is not None:
                    await _joined((reader, writer), outward)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError, asyncio.CancelledError):
            pass  # the browser hung up, or what came is no SOCKS
        finally:
            self._open.discard(writer)
            writer.close()

    async def _connected(
        self, host: str, port: int, writer: StreamWriter
    ) -> tuple[StreamReader, StreamWriter] | None:
        """The connection to the host the browser wants, or None when it failed; the browser gets a reply in both cases."""
        try:
            async with asyncio.timeout(CONNECT_S):
                outward = await _connect(host, port)
        except Exception as error:  # noqa: BLE001 - every failure to connect has an outcome
            outcome, why = of_exception(error)
            self._remember(host, port, RequestEnded(outcome, why))
            writer.write(_reply(_REPLIES.get(outcome, _GENERAL_FAILURE)))
            await writer.drain()
            return None
        self.failed.pop((host, port), None)
        writer.write(_reply(_REPLIES[Outcome.OK]))
        await writer.drain()
        return outward

    def _remember(self, host: str, port: int, ended: RequestEnded) -> None:
        if len(self.failed) >= _MOST_REMEMBERED:
            self.failed.clear()
        self.failed[host, port] = ended


async def _greeted(reader: StreamReader, writer: StreamWriter) -> tuple[str, int]:
    """The host (IPv6 without brackets) and port that the browser wants; ValueError when it speaks no SOCKS 5."""
    version, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    if version != _VERSION:
        raise ValueError(version)
    writer.write(bytes((_VERSION, 0)))  # no authentication: only this machine can connect
    await writer.drain()
    version, command, _, kind = await reader.readexactly(4)
    if version != _VERSION or command != _CONNECT:
        raise ValueError(command)
    if kind == _IPV4:
        host = str(IPv4Address(await reader.readexactly(4)))
    elif kind == _IPV6:
        host = str(IPv6Address(await reader.readexactly(16)))
    elif kind == _NAME:
        (length,) = await reader.readexactly(1)
        host = (await reader.readexactly(length)).decode("ascii").lower()
    else:
        raise ValueError(kind)
    return host, int.from_bytes(await reader.readexactly(2), "big")


def _reply(code: int) -> bytes:
    return bytes((_VERSION, code, 0, _IPV4, 0, 0, 0, 0, 0, 0))  # a browser ignores the bound address


async def _connect(host: str, port: int) -> tuple[StreamReader, StreamWriter]:
    """Connect to the first address of a name that answers; raise the error of the last one when none does."""
    reason = "the browser's own makers" if host in MAKERS else await refusal(host, port)
    if reason:
        raise RequestEnded(Outcome.NOT_ATTEMPTED, reason)
    last: Exception = RequestEnded(Outcome.DNS_FAILURE, f"{host} has no address")
    for one in await addresses_of(host, port):
        try:
            return await asyncio.open_connection(one.host, one.port)
        except OSError as error:
            last = error
    raise last


async def _joined(
    inward: tuple[StreamReader, StreamWriter], outward: tuple[StreamReader, StreamWriter]
) -> None:
    """Copy bytes in both directions until both sides have ended."""
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(_carried(inward[0], outward[1]))
            both.create_task(_carried(outward[0], inward[1], MOST_BYTES))
    except* OSError:
        pass  # one side hung up
    finally:
        outward[1].close()


async def _carried(source: StreamReader, target: StreamWriter, most: int | None = None) -> None:
    carried = 0
    while block := await source.read(_CHUNK):
        carried += len(block)
        if most is not None and carried > most:
            raise ConnectionAbortedError
        target.write(block)
        await target.drain()
    with suppress(OSError, RuntimeError):
        target.write_eof()
