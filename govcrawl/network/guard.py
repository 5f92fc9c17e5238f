"""Where the crawl may connect: to no address inside the network it runs in, and only to ports that browsers open.

The resolver applies this rule for each connection, to the same addresses that are then connected to. So no code that
opens a connection can bypass it, and a name cannot change its address between check and connection.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final

from govcrawl.pages.links.urls import DEFAULT_PORTS, split
from govcrawl.records.reachable import is_public

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.registry import Site

# Ports of other protocols, which every browser refuses: https://fetch.spec.whatwg.org/#port-blocking. No reader can
# open an address with such a port.
BLOCKED_PORTS: Final = frozenset(
    int(port)
    for port in [
        "0",
        "1",
        "7",
        "9",
        "11",
        "13",
        "15",
        "17",
        "19",
        "20",
        "21",
        "22",
        "23",
        "25",
        "37",
        "42",
        "43",
        "53",
        "69",
        "77",
        "79",
        "87",
        "95",
        "101",
        "102",
        "103",
        "104",
        "109",
        "110",
        "111",
        "113",
        "115",
        "117",
        "119",
        "123",
        "135",
        "137",
        "139",
        "143",
        "161",
        "179",
        "389",
        "427",
        "465",
        "512",
        "513",
        "514",
        "515",
        "526",
        "530",
        "531",
        "532",
        "540",
        "548",
        "554",
        "556",
        "563",
        "587",
        "601",
        "636",
        "989",
        "990",
        "993",
        "995",
        "1719",
        "1720",
        "1723",
        "2049",
        "3659",
        "4045",
        "4190",
        "5060",
        "5061",
        "6000",
        "6566",
        "6665",
        "6666",
        "6667",
        "6668",
        "6669",
        "6679",
        "6697",
        "10080",
    ]
)


@dataclass(slots=True)
class Guard:
    """The addresses outside the internet that people allow: for a name and port, these addresses."""

    _private: dict[tuple[str, int], str] = field(default_factory=dict)
    _ports: set[tuple[str, int]] = field(default_factory=set)

    def trust(self, sites: Iterable[Site]) -> None:
        """Allow registered sites the private address and port that their own rows name."""
        for site in sites:
            address = split(site.home_url)
            if address is None:
                continue
            door = address.host, address.port or DEFAULT_PORTS[address.scheme]
            self._ports.add(door)
            if site.private_address is not None:
                self._private[door] = site.private_address

    def trust_number(self, url: str) -> None:
        """Allow an IP address that a person typed, at its port, also inside our network. Host names are not allowed so."""
        address = split(url)
        if address is None:
            return
        host = address.host.strip("[]")
        with suppress(ValueError):
            self._private[host, address.port or DEFAULT_PORTS[address.scheme]] = str(ip_address(host))

    def lets(self, host: str, port: int, address: str) -> bool:
        """Whether a name may be connected to at an address and port."""
        if is_public(address):
            return self.refusal_of_port(host, port) is None
        return self._private.get((host, port)) == str(ip_address(address.partition("%")[0]))

    def refusal_of_port(self, host: str, port: int) -> str | None:
        """Why the crawl does not connect to a port; None when it may."""
        if port in BLOCKED_PORTS and (host, port) not in self._ports:
            return f"port {port} is none that browsers open"
        return None
