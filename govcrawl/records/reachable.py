"""Which IP addresses lie on the public internet. The crawl connects to no others unless people allow it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

_ALLOCATED: Final = ip_network("2000::/3")  # the only IPv6 unicast addresses in use on the internet
_NAT64: Final = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are the IPv4 address that is reached
_FORMER_NAT: Final = ip_network("100.64.0.0/10")  # clouds keep their metadata service there


def is_public(address: str) -> bool:
    """Whether an IP address is public; understands IPv4 addresses written as IPv6 too."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        inner = _ipv4_behind(ip)
        if inner is None:
            return ip in _ALLOCATED and ip.is_global and not ip.is_multicast
        ip = inner
    return ip.is_global and not ip.is_multicast and ip not in _FORMER_NAT


def _ipv4_behind(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address behind an IPv6 one: mapped, translated (NAT64) or tunnelled (6to4, Teredo)."""
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
