"""Whether a host answers over IPv6, and whether our own machine can find that out."""

from __future__ import annotations

import asyncio
import socket
import ssl
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from govcrawl.network.requests import PROBE_TIMEOUT_S
from govcrawl.records.outcomes import Outcome, of_exception, of_status

if TYPE_CHECKING:
    from collections.abc import Sequence

PUBLIC_IPV6 = "2400:3200::1"  # a public name server; only the route to it is looked up, no packet is sent
_STATUS_LINE_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Door:
    """An IPv6 address and a port."""

    address: str
    port: int


def has_route(address: str = PUBLIC_IPV6) -> bool:
    """Whether this machine has a route to an IPv6 address."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as channel:
            channel.connect((address, 9))
    except OSError:
        return False
    return True


async def knock(
    doors: Sequence[Door], *, host: str, path: str, tls: bool, user_agent: str
) -> tuple[Outcome, int | None]:
    """Request a page at each address until one answers; return outcome and HTTP status of the last attempt."""
    outcome, status = Outcome.NOT_ATTEMPTED, None
    for door in doors:
        try:
            async with asyncio.timeout(PROBE_TIMEOUT_S):
                status = await _status(door, host, path, user_agent, tls=tls)
            outcome = Outcome.OTHER if status is None else of_status(status) if status >= 400 else Outcome.OK
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            outcome, _ = of_exception(error)
        if status is not None:
            break
    return outcome, status


async def _status(door: Door, host: str, path: str, user_agent: str, *, tls: bool) -> int | None:
    """The status of a HEAD request; None when the answer is not HTTP."""
    reader, writer = await asyncio.open_connection(
        door.address,
        door.port,
        limit=_STATUS_LINE_LIMIT,
        family=socket.AF_INET6,
        ssl=_any_certificate() if tls else None,
        server_hostname=host if tls else None,
    )
    try:
        head = (
            f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {user_agent}\r\nConnection: close\r\n\r\n"
        )
        writer.write(head.encode("ascii", "replace"))
        await writer.drain()
        line = (await reader.readline()).split()
    finally:
        writer.close()
    is_status = len(line) > 1 and line[0].startswith(b"HTTP/") and line[1].isdigit()
    return int(line[1]) if is_status else None


@cache
def _any_certificate() -> ssl.SSLContext:
    """A context that accepts every certificate: certificates are judged elsewhere, here only whether IPv6 answers."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context
