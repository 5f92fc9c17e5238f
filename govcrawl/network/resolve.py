"""Names to addresses: by the rules of `--resolve`, else as the system does, remembered and within a bounded time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.address import IPv4Address as TxIPv4Address
from twisted.internet.address import IPv6Address as TxIPv6Address
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer

from govcrawl.network.resolve_rules import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scrapy.crawler import Crawler

    from govcrawl.network.resolve_rules import Rule

_RETRY_FAILED_NAME_AFTER_S = 60.0


@implementer(IHostResolution)
@dataclass(slots=True)
class _Resolution:
    name: str

    def cancel(self) -> None:
        """Nothing to cancel: the answer is at hand, or the time limit ends the wait."""


@implementer(IHostnameResolver)
class Resolver:
    """Scrapy's TWISTED_DNS_RESOLVER: RESOLVE rules first, then the cache, then the system within DNS_TIMEOUT.

    Answers stay for the life of the process, so what the private-address check saw is what gets connected.
    A name that failed is asked again after a minute, so that the end-of-night attempt is one of its own.
    """

    def __init__(self, reactor: Any, rules: Iterable[Rule], timeout_s: float) -> None:
        self._reactor = reactor
        self._system = reactor.nameResolver
        self._rules: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
        for rule in rules:
            self._rules[rule.host, rule.port].append(_tx_address(rule.address, rule.to_port))
        self._timeout_s = timeout_s
        self._known: dict[str, list[Any]] = {}
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
        elif (addresses := self._known.get(name)) is not None:
            _answer(resolutionReceiver, addresses, portNumber)
        elif self._failed_lately(name) or not _can_be_asked_for(name):
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
            self._known[name] = addresses
            self._failed_at.pop(name, None)
        else:
            self._failed_at[name] = monotonic()
        for receiver, port in self._waiting.pop(name, ()):
            _answer(receiver, addresses, port)


@implementer(IResolutionReceiver)
class _Lookup:
    """One question to the system, ended by its answer or by the time limit, whichever comes first."""

    def __init__(self, name: str, resolver: Resolver) -> None:
        self._name = name
        self._resolver = resolver
        self._addresses: list[Any] = []
        self._over = False
        self.limit: Any = None

    def resolutionBegan(self, resolutionInProgress: Any) -> None:  # noqa: N802, N803
        """Nothing to do: the time limit is ours."""

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


def _can_be_asked_for(name: str) -> bool:
    """Whether the system takes the name at all; one it refuses leaves Twisted waiting for ever."""
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
        """Nothing to do: the resolver bounds the wait."""

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.found.append(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete.callback(None)


async def addresses_of(host: str, port: int = 0) -> list[Any]:
    """The addresses a connection to a host and port may go to, as Twisted's, each with its own port."""
    from twisted.internet import reactor  # noqa: PLC0415 - importing it earlier would install the wrong one

    receiver = _Addresses()
    reactor.nameResolver.resolveHostName(receiver, host, port)
    await maybe_deferred_to_future(receiver.complete)
    return receiver.found


def _tx_address(address: IPv4Address | IPv6Address, port: int = 0) -> TxIPv4Address | TxIPv6Address:
    kind = TxIPv6Address if address.version == 6 else TxIPv4Address
    return kind("TCP", str(address), port)


def _answer(receiver: Any, addresses: Iterable[Any], port: int | None = None) -> None:
    for address in addresses:
        given = ip_address(address.host.partition("%")[0])
        receiver.addressResolved(_tx_address(given, address.port if port is None else port))
    receiver.resolutionComplete()
