"""The shares of a run: tasks that are done together by one process, on this machine or on another.

Tasks whose hosts have the same address are in one share, so that no two processes send requests to that address at once. The
shares that took longest in the nights before come first.
"""

from __future__ import annotations

import socket
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from govcrawl.network.resolve_rules import rules_of
from govcrawl.pages.links.urls import split
from govcrawl.records.kinds import RunKind
from govcrawl.records.runs import finished_runs, manifest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from govcrawl.registry import Registry

SHARES_A_WORKER = 4  # where there are sites enough: a worker that dies loses a quarter of its part, and the last shares even out
LOOKUPS_AT_ONCE = 20
HERE = frozenset({"127.0.0.1", "::1"})  # this very machine: there is nobody to spare
LOOKUPS_MAX_S = 30.0  # for all names of a run; a name without an answer by then is an address of its own


@dataclass(frozen=True, slots=True)
class Share:
    """Tasks for one process; `cost` in records of the night before, which grow as the work does."""

    tasks: tuple[str, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Dealer:
    """Deals tasks out. `addresses`: task → the addresses it asks; `costs`: task → what it took the night before."""

    addresses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    costs: Mapping[str, float] = field(default_factory=dict)

    def deal(self, tasks: Sequence[str], count: int) -> list[Share]:
        """At most so many shares, none empty, the costliest first; tasks that ask one address lie in one share."""
        usual = sum(self.costs.values()) / len(self.costs) if self.costs else 1.0
        groups = [
            Share(group, sum(self.costs.get(task, usual) for task in group))
            for group in self._together(tasks)
        ]
        hands: list[list[Share]] = [[] for _ in range(min(count, len(groups)))]
        for group in sorted(groups, key=lambda one: -one.cost):
            min(hands, key=lambda hand: (_cost(hand), len(hand))).append(group)
        shares = [Share(tuple(task for group in hand for task in group.tasks), _cost(hand)) for hand in hands]
        return sorted(shares, key=lambda share: -share.cost)

    def _together(self, tasks: Sequence[str]) -> list[tuple[str, ...]]:
        """The tasks in groups that have no address in common, in the order of their first tasks."""
        group_of: dict[str, list[str]] = {}
        at_address: dict[str, str] = {}
        for task in tasks:
            group_of[task] = [task]
            for address in self.addresses.get(task, ()):
                other = at_address.setdefault(address, task)
                mine, theirs = group_of[task], group_of[other]
                if mine is not theirs:
                    theirs += mine
                    group_of.update(dict.fromkeys(mine, theirs))
        return [tuple(group) for task, group in group_of.items() if group[0] == task]


def _cost(hand: Iterable[Share]) -> float:
    return sum(share.cost for share in hand)


def shares_for(sites: float, workers: int, at_once: int) -> int:
    """How many shares workers that do one after the other are given for so many sites, of which each asks `at_once` at a time.

    A site is asked at its own pace, so a share of fewer sites would leave its worker waiting while other sites wait for their turn,
    and so would the rest of one that holds half as many again. So a share is some rounds of so many sites, and each worker has as many
    shares as any other.
    """
    rounds = max(1, ceil(sites / (SHARES_A_WORKER * workers * at_once)))
    return workers * max(1, ceil(sites / (rounds * at_once * workers)))


def urls_of_sites(registry: Registry) -> dict[str, list[str]]:
    """Site code → the registered addresses of the site: its home page, its sections."""
    return {
        site.site_code: [
            site.home_url,
            *(section.url for section in registry.sections_of(site.site_code)),
        ]
        for site in registry.running_sites()
    }


def dealer_of_urls(
    urls: Mapping[str, Sequence[str]], settings: Sequence[str], costs: Mapping[str, float]
) -> Dealer:
    """The dealer of tasks that ask for these addresses."""
    hosts = {task: {at.host for url in each if (at := split(url)) is not None} for task, each in urls.items()}
    found = addresses_of_hosts({host for each in hosts.values() for host in each}, settings)
    addresses = {task: frozenset().union(*(found[h] for h in each)) - HERE for task, each in hosts.items()}
    return Dealer(addresses, costs)


def addresses_of_hosts(
    hosts: Iterable[str], settings: Sequence[str], lookup: Callable[[str], frozenset[str]] | None = None
) -> dict[str, frozenset[str]]:
    """Host → addresses, by the rules of `--resolve` or else by the system; a name unknown to both stands for itself."""
    given = dict(setting.split("=", 1) for setting in settings)
    ruled: defaultdict[str, set[str]] = defaultdict(set)
    for rule in rules_of(given):
        ruled[rule.host].add(str(rule.address))
    names = set(hosts)
    pool = ThreadPoolExecutor(LOOKUPS_AT_ONCE)
    lookups = {name: pool.submit(lookup or _by_the_system, name) for name in sorted(names - ruled.keys())}
    done, _ = wait(lookups.values(), LOOKUPS_MAX_S)
    pool.shutdown(wait=False, cancel_futures=True)
    addresses = {name: answer.result() for name, answer in lookups.items() if answer in done}
    return {name: frozenset(ruled.get(name) or addresses.get(name) or {name}) for name in names}


def _by_the_system(name: str) -> frozenset[str]:
    try:
        return frozenset(
            str(entry[4][0]) for entry in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        )
    except (OSError, UnicodeError):
        return frozenset()


def costs_of_the_night_before(data: Path, kind: RunKind | str) -> dict[str, float]:
    """Task → records of the newest finished run of a kind; empty when there is none, or when its tasks are hosts dealt anew."""
    if kind == RunKind.LINKS:
        return {}
    for folder in reversed(finished_runs(data)):
        if folder.name.endswith(f"-{kind}"):
            costs: defaultdict[str, float] = defaultdict(float)
            for file in manifest_of(folder).files:
                costs[file.path.rpartition("/")[2].removesuffix(".jsonl")] += file.rows
            return costs
    return {}
