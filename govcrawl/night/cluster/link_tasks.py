"""Deals the link targets of a night to the tasks of a links run, so that no two tasks ask one address."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from govcrawl.night.shares import Dealer, dealer_of_urls
from govcrawl.spiders.targets import hand_over, handed_targets, host_of, targets_tonight

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from govcrawl.records.runs import Run
    from govcrawl.spiders.targets import Target


def hand_over_targets(run: Run, visit: Path, settings: Sequence[str]) -> Dealer:
    """Write each task its targets, once for the run; return the dealer of the tasks, which have no address in common."""
    tasks = run.plan.tasks
    if any(handed_targets(run.folder, task) is None for task in tasks):
        of_host: defaultdict[str, list[Target]] = defaultdict(list)
        for target in targets_tonight(visit, lambda _: True):
            of_host[host_of(target.url)].append(target)
        urls = {host: [targets[0].url] for host, targets in of_host.items()}
        costs = {host: float(len(targets)) for host, targets in of_host.items()}
        shares = dealer_of_urls(urls, settings, costs).deal(list(of_host), len(tasks))
        for number, task in enumerate(tasks):
            hosts = shares[number].tasks if number < len(shares) else ()
            hand_over(run.folder, task, (target for host in hosts for target in of_host[host]))
    return Dealer(costs={task: 1.0 + len(handed_targets(run.folder, task) or ()) for task in tasks})
