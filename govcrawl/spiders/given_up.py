"""Writes the rows of a task that no process could finish: each says that it was not attempted.

A page that crashes every process must not end the night of all other sites, nor count as measured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.pages.links.urls import split
from govcrawl.records.items import FeedVisit, HostCheck, Probe, SectionVisit, ServiceTrial, SiteVisit
from govcrawl.records.kinds import RunKind
from govcrawl.records.outcomes import Outcome
from govcrawl.records.service_words import SearchWay
from govcrawl.records.states import FinishReason
from govcrawl.spiders.tasks import feed_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.records.runs import Run
    from govcrawl.registry import Registry, Site


def give_up(run: Run, task: str, registry: Registry, at: str, reason: str = FinishReason.CRASHED) -> None:
    """Finish the task with rows that state only that nothing was measured; `at` is the instant of giving up.

    `reason` is the finish reason of the visits that never were: crashed or out_of_time.
    """
    writer = run.writer(task)
    for record in _rows(run, task, registry, at, reason):
        writer.write(record)
    writer.finish()


def _rows(run: Run, task: str, registry: Registry, at: str, reason: str) -> Iterator[object]:
    kind = run.plan.kind
    if kind == RunKind.SURROUNDINGS:
        yield from _surroundings(task, registry, at)
        return
    for site in registry.running_sites():
        if kind == RunKind.AVAILABILITY and run.task_of(site.site_code) == task:
            yield Probe(
                site_code=site.site_code,
                url=site.home_url,
                probed_at=run.plan.stamp or at,
                purpose=run.plan.purpose,
                outcome=Outcome.NOT_ATTEMPTED,
                status=None,
                elapsed_s=0.0,
                final_url=None,
            )
        elif site.site_code == task:
            if kind == RunKind.VISIT:
                yield from _sections(registry, site, at)
            yield SiteVisit(
                site_code=site.site_code,
                started_at=at,
                finished_at=at,
                home_outcome=Outcome.NOT_ATTEMPTED,
                robots="not_asked",
                finish_reason=reason,
                requests=0,
                pages=0,
                size_bytes=0,
                rendered=0,
            )


def _surroundings(task: str, registry: Registry, at: str) -> Iterator[object]:
    for account in feed_tasks(registry).get(task, ()):
        yield FeedVisit(account.account_id, account.feed_url or "", at, Outcome.NOT_ATTEMPTED, None)
    for site in registry.running_sites():
        if site.site_code == task:
            yield unlooked_host(site, at)
            yield ServiceTrial(site.site_code, at, SearchWay.NOT_LOOKED)


def unlooked_host(site: Site, at: str) -> HostCheck:
    """Make the record of a host nobody has looked at yet."""
    address = split(site.home_url)
    assert address is not None  # noqa: S101 - the registry holds web addresses only
    return HostCheck(
        site_code=site.site_code,
        host=address.host,
        checked_at=at,
        requests=0,
        tls_port=address.port or 443 if address.scheme == "https" else 443,
        tls_outcome=Outcome.NOT_ATTEMPTED,
        tls_problem=None,
        ipv6_outcome=Outcome.NOT_ATTEMPTED,
        ipv6_status=None,
        ipv6_known=False,
        ipv6_route=False,
    )


def _sections(registry: Registry, site: Site, at: str) -> Iterator[SectionVisit]:
    for section in registry.sections_of(site.site_code):
        yield SectionVisit(
            site_code=site.site_code,
            section_name=section.name,
            section_url=section.url,
            outcome=Outcome.NOT_ATTEMPTED,
            status=None,
            final_url=None,
            fetched_at=at,
            pages_read=0,
            complete=False,
        )
