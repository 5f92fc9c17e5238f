"""How the work of a run is cut into tasks: the pieces that are done whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from govcrawl.registry import Registry

LINK_BUCKETS = 16  # hosts are dealt to these by hash; more of them than processes, so that shares even out
SITES_PER_PROBE_BUCKET = 50  # a file a site would leave 1,000 files an hour


def tasks_of(kind: str, registry: Registry) -> list[str]:
    """Name the tasks of a run: its running sites by code; for links and availability buckets (`Run.task_of`)."""
    sites = registry.running_sites()
    match kind:
        case "links":
            return _buckets(LINK_BUCKETS)
        case "availability":
            return _buckets(-(-len(sites) // SITES_PER_PROBE_BUCKET))
        case _:
            return [site.site_code for site in sites]


def _buckets(count: int) -> list[str]:
    return [f"b{number:02}" for number in range(count)]
