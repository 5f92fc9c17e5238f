"""The canary of a worker: whether sites are reached from here, and names nobody registered stay unknown.

It is asked before an errand begins, and again before what was done is called done: what could not be asked from here is no
finding, so a worker that fails is refused, and its tasks are done by another.
"""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govcrawl.network.resolve_rules import rules_of
from govcrawl.night.shares import LOOKUPS_AT_ONCE, addresses_of_hosts
from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govcrawl.network.resolve_rules import Rule

_CONNECT_MAX_S: Final = 5.0
_NOBODYS: Final = "govcrawl-nobody-registered-this.gov.cn"


@dataclass(frozen=True, slots=True)
class WayOut:
    """Of one errand. `landmarks`: hosts and ports that opened for the coordinator tonight; a connection is made, nothing asked for."""

    landmarks: Sequence[tuple[str, int]]
    settings: Sequence[str]

    def look(self) -> None:
        """UserError when this machine is cut off, or lied to."""
        self._refuse_lying_names()
        self._refuse_without_a_way()

    def _refuse_lying_names(self) -> None:
        """Where every landmark is sent elsewhere by --resolve no name server stands between us and the sites, so none is asked."""
        if self.landmarks and _rules(self.settings).keys() >= set(self.landmarks):
            return
        addresses = addresses_of_hosts([_NOBODYS], ())[_NOBODYS]
        if addresses != {_NOBODYS}:
            raise UserError(
                f"names that nobody registered have an address here ({', '.join(sorted(addresses))}); mend its name servers"
            )

    def _refuse_without_a_way(self) -> None:
        if self.landmarks and not opening(self.landmarks, self.settings):
            raise UserError(
                f"none of {len(self.landmarks)} hosts that opened for the coordinator tonight opens here, such as "
                f"{self.landmarks[0][0]}; mend its network"
            )


def opening(landmarks: Iterable[tuple[str, int]], settings: Sequence[str]) -> frozenset[tuple[str, int]]:
    """Those of some hosts and ports that take a connection from here; nothing is asked for."""
    rules = _rules(settings)

    def opens(landmark: tuple[str, int]) -> bool:
        rule = rules.get(landmark)
        try:
            to = landmark if rule is None else (str(rule.address), rule.to_port)
            socket.create_connection(to, _CONNECT_MAX_S).close()
        except OSError:
            return False
        return True

    asked = list(landmarks)
    with ThreadPoolExecutor(LOOKUPS_AT_ONCE) as pool:
        return frozenset(each for each, is_open in zip(asked, pool.map(opens, asked), strict=True) if is_open)


def _rules(settings: Sequence[str]) -> dict[tuple[str, int], Rule]:
    given = dict(setting.split("=", 1) for setting in settings)
    return {(rule.host, rule.port): rule for rule in rules_of(given)}
