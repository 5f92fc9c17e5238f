"""Proposes the sections of sites that register none, from a finished visit, as a file for people to confirm."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from govcrawl.pages.sections.proposals import propose_sections
from govcrawl.records.errors import UserError
from govcrawl.records.items import Page
from govcrawl.records.kinds import READS_PAGES
from govcrawl.records.packed import stored
from govcrawl.records.record_files import records_of
from govcrawl.records.runs import open_run
from govcrawl.records.whole import write_whole
from govcrawl.registry.columns import PROPOSAL_REMARKS
from govcrawl.registry.guards import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from govcrawl.pages.sections.proposals import Proposal
    from govcrawl.registry import Registry, Site

HEADERS: Final = ("site_code", "name", "url", "class", "rank", *PROPOSAL_REMARKS)


def discover(registry: Registry, run_folder: Path) -> list[Proposal]:
    """The proposals for every running site that registers no section, from a finished visit."""
    found: list[Proposal] = []
    for site in without_sections(registry):
        path = run_folder / "page" / f"{site.site_code}.jsonl"
        if stored(path).exists():
            found += propose_sections(site, records_of(path, Page))
    return found


def without_sections(registry: Registry) -> list[Site]:
    """The running sites that register no section."""
    registered = {section.site_code for section in registry.sections if section.url}
    return [site for site in registry.running_sites() if site.site_code not in registered]


def newest_site_run(run_folders: Iterable[Path], data: Path) -> Path:
    """The latest finished visit."""
    for folder in reversed(list(run_folders)):
        if open_run(folder).plan.kind in READS_PAGES:
            return folder
    raise UserError(
        f"{data}: no finished visit to discover sections in. "
        "Run `govcrawl crawl` or `govcrawl nightly` first."
    )


def proposals_of(data: Path, run_id: str) -> Path:
    """Where the proposals from a visit lie."""
    return data / "proposals" / run_id / "sections.csv"


def write_proposals(proposals: Iterable[Proposal], path: Path) -> None:
    """Write the proposals in the registry's own format, with the mark spreadsheets know UTF-8 by."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    writer.writerows([guarded(cell) for cell in proposal.row()] for proposal in proposals)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.getvalue().encode("utf-8-sig"))
