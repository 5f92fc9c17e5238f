"""Resolves host names for every connection: Scrapy, robots.txt, certificates, feeds, the browser's gateway.

Connections go to the addresses that the resolver returns, so it applies the guard and never returns an address that
the guard refuses. Rules of `--resolve` come before the guard: with them the operator allows an address for one name
and port. All other names are looked up by the system, within a time limit, and remembered.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from time import monotonic
from typing import TYPE_CHECKING, Any, Self, cast

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.address import IPv4Address as TxIPv4Address
from twisted.internet.address import IPv6Address as TxIPv6Address
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from govcrawl.network.guard import Guard
from govcrawl.network.resolve_rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrapy.crawler import Crawler

    from govcrawl.network.resolve_rules import Rule
    from govcrawl.registry import Site

_RETRY_FAILED_NAME_AFTER_S = 60.0


@implementer(IHostResolution)
@dataclass(slots=True)
class _Resolution:
    name: str

    def cancel(self) -> None:
        """Nothing to cancel: the answer is given at once, or the time limit ends the wait."""


@implementer(IHostnameResolver)
class Resolver:
    """Scrapy's TWISTED_DNS_RESOLVER: RESOLVE rules first, then the cache, then the system within DNS_TIMEOUT.

    Answers are remembered for the life of the process; only addresses that the guard allows are returned. For port 0, to
    which nothing can connect, all of the name server's addresses are returned. A name that failed is looked up again
    after a minute, so that the second attempt at the end of the night is a real one.
    """

    def __init__(self, reactor: Any, rules: Iterable[Rule], timeout_s: float) -> None:
        self._reactor = reactor
        self._system = reactor.nameResolver
        self._rules: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
        for rule in rules:
            self._rules[rule.host, rule.port].append(_tx_address(rule.address, rule.to_port))
        self._timeout_s = timeout_s
        self.guard = Guard()
        self.open: set[tuple[str, int]] = set()  # names and ports that turned out to be allowed
        self._remembered: dict[str, list[Any]] = {}
        self._failed_at: dict[str, float] = {}
        self._waiting: defaultdict[str, list[tuple[Any, int]]] = defaultdict(list)

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        settings = crawler.settings
        return cls(reactor, rules_of(settings), settings.getfloat("DNS_TIMEOUT"))

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type] | None = None,  # noqa: ARG002, N803 - we connect to either kind
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> _Resolution:
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)
        name = hostName.lower().rstrip(".")
        if ruled := self._rules.get((name, portNumber)):
            _answer(resolutionReceiver, ruled)
        elif (addresses := self._remembered.get(name)) is not None:
            _answer(resolutionReceiver, self._let(name, addresses, portNumber), portNumber)
        elif self._failed_lately(name) or not _is_resolvable(name):
            _answer(resolutionReceiver, [], portNumber)
        else:
            self._waiting[name].append((resolutionReceiver, portNumber))
            if len(self._waiting[name]) == 1:
                self._ask_system(name)
        return resolution

    def _failed_lately(self, name: str) -> bool:
        failed_at = self._failed_at.get(name)
        return failed_at is not None and monotonic() - failed_at < _RETRY_FAILED_NAME_AFTER_S

    def _ask_system(self, name: str) -> None:
        lookup = _Lookup(name, self)
        lookup.limit = self._reactor.callLater(self._timeout_s, lookup.end)
        self._system.resolveHostName(lookup, name)

    def _ended(self, name: str, addresses: list[Any]) -> None:
        if addresses:
            self._remembered[name] = addresses
            self._failed_at.pop(name, None)
        else:
            self._failed_at[name] = monotonic()
        for receiver, port in self._waiting.pop(name, ()):
            _answer(receiver, self._let(name, addresses, port), port)

    def has_rule(self, name: str, port: int) -> bool:
        return (name, port) in self._rules

    def _let(self, name: str, addresses: list[Any], port: int) -> list[Any]:
        if port == 0:
            return addresses
        return [one for one in addresses if self.guard.lets(name, port, one.host)]


@implementer(IResolutionReceiver)
class _Lookup:
    """One lookup by the system, ended by its answer or by the time limit."""

    def __init__(self, name: str, resolver: Resolver) -> None:
        self._name = name
        self._resolver = resolver
        self._addresses: list[Any] = []
        self._over = False
        self.limit: Any = None

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803
        """Nothing to do: we have a time limit of our own."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self._addresses.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.end()

    def end(self) -> None:
        if self._over:
            return
        self._over = True
        if self.limit is not None and self.limit.active():
            self.limit.cancel()
        self._resolver._ended(self._name, self._addresses)  # noqa: SLF001 - two halves of one resolver


def _is_resolvable(name: str) -> bool:
    """Whether the system accepts the name; for one that it rejects, Twisted would wait for ever."""
    try:
        name.encode("idna")
    except UnicodeError:
        return False
    return True


@implementer(IResolutionReceiver)
class _Addresses:
    def __init__(self) -> None:
        self.found: list[Any] = []
        self.complete: Deferred[None] = Deferred()

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803 - Twisted's name
        """Nothing to do: the resolver has a time limit."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.found.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete.callback(None)


async def addresses_of(host: str, port: int = 0) -> list[Any]:
    """The addresses (Twisted's, each with a port) that a connection to a host and port may use.

    For port 0 all addresses of the name server, also those that the guard refuses.
    """
    receiver = _Addresses()
    _resolver().resolveHostName(receiver, host, port)
    await maybe_deferred_to_future(receiver.complete)
    return receiver.found


async def refusal(host: str, port: int) -> str | None:
    """Why we do not connect to a host and port; None when we do, and when the name has no address at all."""
    resolver = _resolver()
    name = host.lower().rstrip(".")
    if (name, port) in resolver.open or resolver.has_rule(name, port):
        return None
    if reason := resolver.guard.refusal_of_port(name, port):
        return reason
    if not await addresses_of(name):
        return None
    if not await addresses_of(name, port):
        return f"{host} lies in a private network"
    resolver.open.add((name, port))  # like the addresses of a name, for the life of the process
    return None


def trust(sites: Iterable[Site]) -> None:
    """Tell the guard of the registered sites."""
    _resolver().guard.trust(sites)


def trust_number(url: str) -> None:
    """Tell the guard of an address that the user typed as an IP address."""
    _resolver().guard.trust_number(url)


def _resolver() -> Resolver:
    from twisted.internet import reactor  # noqa: PLC0415 - importing it earlier would install the wrong one

    resolver = cast("Any", reactor).nameResolver
    assert isinstance(resolver, Resolver)  # noqa: S101 - settings.py installs it
    return resolver


def _tx_address(address: IPv4Address | IPv6Address, port: int = 0) -> TxIPv4Address | TxIPv6Address:
    kind = TxIPv6Address if address.version == 6 else TxIPv4Address
    return kind("TCP", str(address), port)


def _answer(receiver: Any, addresses: Iterable[Any], port: int | None = None) -> None:
    for address in addresses:
        given = ip_address(address.host.partition("%")[0])
        receiver.addressResolved(_tx_address(given, address.port if port is None else port))
    receiver.resolutionComplete()
