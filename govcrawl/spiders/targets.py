"""Which link targets a visit leaves unanswered: what no page visit fetched, and what failed when it did.

Where many machines check them, none of them has all pages: the night gathers the targets and hands each task its own,
`plan/<task>.jsonl` in the folder of the links run, no part of the record.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import orjson

from govcrawl.records.items import Attempt, Page, carried
from govcrawl.records.link_kinds import LEADS_TO_PAGES, LinkKind
from govcrawl.records.outcomes import FAILED, Outcome
from govcrawl.records.packed import record_files
from govcrawl.records.record_files import records_of
from govcrawl.records.whole import write_whole
from govcrawl.spiders.plan import (
    EVER_CHECKED,
    FOLDER,
    TARGETS,
    Addresses,
    KnownFile,
    known_files,
    left_targets,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from govcrawl.records.items import Link
    from govcrawl.spiders.plan import LeftTarget


@dataclass(slots=True)
class Target:
    """One address that links lead to, of all sites together."""

    url: str
    kind: str
    text: str = ""  # of the first link that leads there
    internal: bool = True  # it lies on the site that links to it
    on_home: bool = False  # a home page carries it
    checked_before: bool = False  # by an earlier night
    hosts_beside: int = 1  # foreign hosts the site names that names it; of several sites, the fewest
    attempts: list[Attempt] = field(default_factory=list)
    parked: bool = False  # the last attempt came to a domain nobody uses
    title: str | None = (
        None  # of the page it came to, where that is parked or spam, or its host has a certificate
    )
    spam: list[str] = field(default_factory=list)  # words of spam that page advertises with
    body_sha256: str | None = None
    stand_in: str | None = None  # what the last attempt came to in its place
    site_code: str = ""  # of the first site that links to it
    known_files: list[KnownFile] = field(
        default_factory=list
    )  # it was fetched by an earlier night; one at most
    certificate_subject: str | None = None  # of its host, where that may change hands, as are the next two
    certificate_issuer: str | None = None
    certificate_from_at: str | None = None


def host_of(url: str) -> str:
    """Host and port of a normalised address."""
    return url.split("/", 3)[2]


def unanswered_targets(
    visit_run: Path, left: Iterable[LeftTarget], wanted: Callable[[str], bool], *, pages_left: bool = False
) -> list[Target]:
    """Read the targets whose host is `wanted` from a finished visit and what its plan has `left`; each once, those of home pages first.

    A page that any site's visit opened is answered for all. What failed has its visit as first attempt. The other pages of a
    site are its visit's: it reads them in their turn, or has refused them as a trap. `pages_left` asks for them all the same,
    where no visit of another night will (a re-check).
    """
    named_by: defaultdict[str, set[str]] = defaultdict(set)  # site code → the foreign hosts it names
    answered: set[str] = set()
    failed: dict[str, Attempt] = {}
    linked: dict[str, Target] = {}
    for path in record_files(visit_run / "page"):
        for page in records_of(path, Page):
            if page.outcome in FAILED:
                failed[page.url] = Attempt(
                    **carried(page, Attempt), attempted_at=page.fetched_at, method="GET"
                )
            else:
                answered.add(page.url)
            if page.outcome == Outcome.OK and page.final_url is not None:
                answered.add(page.final_url)
            for link in page.new_links:
                if link.wrong is not None:
                    continue
                host = host_of(link.url)
                if not link.internal:
                    named_by[page.site_code].add(host)
                if wanted(host):
                    target = linked.setdefault(link.url, _target(link, page.site_code))
                    target.on_home |= page.depth == 0
    for one in left:
        if wanted(host_of(one.url)):
            linked.setdefault(one.url, Target(**carried(one, Target)))
    unanswered = []
    for url, target in linked.items():
        if url in answered:
            continue
        if url in failed:
            target.kind, target.attempts = "page", [failed[url]]
        elif target.internal and target.kind in LEADS_TO_PAGES and not pages_left:
            continue
        unanswered.append(target)
    fewest: dict[str, int] = {}
    for hosts in named_by.values():
        for host in hosts:
            fewest[host] = min(len(hosts), fewest.get(host, len(hosts)))
    for target in unanswered:
        target.hosts_beside = fewest.get(host_of(target.url), 1)
    return sorted(unanswered, key=lambda target: not target.on_home)


def targets_tonight(
    visit_run: Path, wanted: Callable[[str], bool], only: frozenset[str] | None = None
) -> Iterator[Target]:
    """Yield what is asked for tonight: what is unanswered, but for targets that opened lately and stand as they were checked.

    `only`: these addresses, whatever stands (a re-check).
    """
    plan = visit_run / FOLDER
    standing, checked = Addresses(plan / f"{TARGETS}.known"), Addresses(plan / f"{EVER_CHECKED}.known")
    left = left_targets(visit_run)
    unread = {one.url for one in left if one.kind == LinkKind.ATTACHMENT}
    fetched = {one.url: one for one in known_files(visit_run) if wanted(host_of(one.url))}
    for target in unanswered_targets(visit_run, left, wanted, pages_left=only is not None):
        if only is not None and target.url not in only:
            continue
        if not target.attempts and not target.on_home and target.url in standing and target.url not in unread:
            continue
        target.checked_before = target.url in checked
        target.known_files = [fetched[target.url]] if target.url in fetched else []
        yield target


def hand_over(run_folder: Path, task: str, targets: Iterable[Target]) -> None:
    """Write the targets of a task into the folder of a links run."""
    lines = b"".join(orjson.dumps(target, option=orjson.OPT_APPEND_NEWLINE) for target in targets)
    path = run_folder / FOLDER / f"{task}.jsonl"
    path.parent.mkdir(exist_ok=True)
    write_whole(path, lines)


def handed_targets(run_folder: Path, task: str) -> list[Target] | None:
    """The targets a task was handed; None when the night handed over none."""
    path = run_folder / FOLDER / f"{task}.jsonl"
    return list(records_of(path, Target)) if path.exists() else None


def _target(link: Link, site_code: str) -> Target:
    return Target(link.url, link.kind, link.text, link.internal, site_code=site_code)
