"""The kinds of run, and the records each leaves. Folders of records and raw tables have the names of the classes.

A new kind is a word and a line in `RECORDS_OF`; a new record is its class, named in a line there.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from govcrawl.records import items
from govcrawl.records.vocabulary import WordSet, snake_case

if TYPE_CHECKING:
    from collections.abc import Mapping


class RunKind(StrEnum):
    """What a run does; the spider of the same name makes it (a re-check makes its rows from several runs)."""

    AVAILABILITY = "availability"  # opens the home pages
    SECTIONS = "sections"  # reads the registered lists
    SITE = "site"  # reads the pages of a site
    SURROUNDINGS = "surroundings"  # looks at certificates, searches and accounts
    LINKS = "links"  # opens what the pages link to
    RECHECK = "recheck"  # looks at open faults again


READS_LISTS = WordSet(
    "It reads the registered sections; asked by the publish gate, and by views that show entries.",
    RunKind.SECTIONS,
)
READS_PAGES = WordSet(
    "It reads the pages of a site and their links; asked by the publish gate, and by views of home pages and links.",
    RunKind.SITE,
)
VISITS = WordSet(
    "It goes to sites to read them, so it can be cut short; asked by the publish gate.",
    *(READS_LISTS | READS_PAGES),
)

RECORDS_OF: Mapping[str, tuple[type, ...]] = {
    RunKind.AVAILABILITY: (items.Probe, items.Canary),
    RunKind.SECTIONS: (items.Page, items.SectionVisit, items.SiteVisit),
    RunKind.SITE: (items.Page, items.SiteVisit),
    RunKind.SURROUNDINGS: (items.HostCheck, items.ServiceTrial, items.FeedVisit),
    RunKind.LINKS: (items.LinkCheck, items.Canary),
    RunKind.RECHECK: (items.RecheckResult,),
}
"""Kind of run → the records each of its tasks leaves, in the order their files become whole."""


def name_of(record: type) -> str:
    """Folder of a run and raw table that hold the records of a class: `SiteVisit` → `site_visit`."""
    return snake_case(record.__name__)


RECORDS: Mapping[str, type] = {name_of(record): record for kind in RECORDS_OF.values() for record in kind}
"""Folder and raw table → class of its records: all that a run can leave."""
