"""How the work of a run is cut into tasks: the pieces that are done whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.records.kinds import RunKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govcrawl.registry import Account, Registry

GOES_ON_FROM: Mapping[str, str] = {
    RunKind.LINKS: RunKind.VISIT,
    RunKind.SURROUNDINGS: RunKind.VISIT,
}
"""Kind → the kind whose run of the night it needs."""
LINK_BUCKETS = (
    16  # at least; hosts are dealt to these by hash; more of them than processes, so that shares even out
)
SITES_PER_LINK_BUCKET = 50  # so that a cluster has work for each of its workers: 280 buckets for 14,000 sites
SITES_PER_PROBE_BUCKET = 50  # a file a site would leave 1,000 files an hour
FEEDS_PER_TASK = 50
FEEDS = "feeds-"  # what tasks of feeds begin with; a site code never does


def tasks_of(kind: str, registry: Registry) -> list[str]:
    """Name the tasks of a run: its running sites by code, and feeds of accounts; for links and availability buckets (`Run.task_of`)."""
    sites = registry.running_sites()
    match kind:
        case RunKind.LINKS:
            return _buckets(max(LINK_BUCKETS, -(-len(sites) // SITES_PER_LINK_BUCKET)))
        case RunKind.AVAILABILITY:
            return _buckets(-(-len(sites) // SITES_PER_PROBE_BUCKET))
        case RunKind.SURROUNDINGS:
            return [*(site.site_code for site in sites), *feed_tasks(registry)]
        case _:
            return [site.site_code for site in sites]


def feed_tasks(registry: Registry) -> dict[str, list[Account]]:
    """Deal the accounts that name a feed to tasks, in the order of the registry."""
    accounts = [account for account in registry.accounts if account.feed_url]
    return {
        f"{FEEDS}{number:02}": accounts[first : first + FEEDS_PER_TASK]
        for number, first in enumerate(range(0, len(accounts), FEEDS_PER_TASK))
    }


def _buckets(count: int) -> list[str]:
    return [f"b{number:02}" for number in range(count)]
