"""Which link targets a site run leaves unanswered: what no page visit fetched, and what failed when it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govcrawl.records.items import Attempt, Page, carried
from govcrawl.records.outcomes import FAILED
from govcrawl.records.packed import record_files
from govcrawl.records.runs import records_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(slots=True)
class Target:
    """One address that links lead to, of all sites together."""

    url: str
    kind: str
    text: str = ""  # of the first link that leads there
    internal: bool = True  # it lies on the site that links to it
    attempts: list[Attempt] = field(default_factory=list)
    parked: bool = False  # the last attempt came to a domain nobody uses
    title: str | None = None  # of the page it came to, where that is parked or spam
    spam: list[str] = field(default_factory=list)  # words of spam that page advertises with
    body_sha256: str | None = None


def host_of(url: str) -> str:
    """Host and port of a normalised address."""
    return url.split("/", 3)[2]


def unanswered_targets(site_run: Path, wanted: Callable[[str], bool]) -> list[Target]:
    """Read the targets whose host is `wanted` from a finished site run; each once, in the order they were met."""
    found: dict[str, Target] = {}
    for path in record_files(site_run / "page"):
        visited: dict[str, Target | None] = {}
        linked: dict[str, Target] = {}
        for page in records_of(path, Page):
            visited[page.url] = _failed(page)
            for link in page.new_links:
                if link.wrong is None and wanted(host_of(link.url)):
                    linked[link.url] = Target(link.url, link.kind, link.text, link.internal)
        for url, unvisited in linked.items():
            target = visited.get(url, unvisited)
            if target is not None and (url not in found or target.attempts):
                found[url] = target
    return list(found.values())


def _failed(page: Page) -> Target | None:
    """The visit of a page as a first attempt, if it failed."""
    if page.outcome not in FAILED:
        return None
    attempt = Attempt(**carried(page, Attempt), attempted_at=page.fetched_at, method="GET")
    return Target(page.url, "page", attempts=[attempt])
