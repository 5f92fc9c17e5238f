"""The kinds of run, the parts of a visit, and the record classes that each kind writes. Folders and raw tables are named after the classes.

A new kind is a word of `RunKind` and a line in `RECORDS_OF`; a new record class is named in such a line.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from govcrawl.records import items
from govcrawl.records.vocabulary import WordSet, snake_case

if TYPE_CHECKING:
    from collections.abc import Mapping


class RunKind(StrEnum):
    """What a run does. The spider of the same name makes it; a re-check and the control collect their rows from several runs."""

    AVAILABILITY = "availability"  # opens the home pages
    VISIT = "visit"  # reads a site: its registered lists, their entries, the rest
    SECTIONS = "sections"  # read the registered lists, before the visit did
    SITE = "site"  # read the pages of a site, before the visit did
    SURROUNDINGS = "surroundings"  # looks at certificates, searches and accounts
    LINKS = "links"  # opens what the pages link to
    TEXTS = "texts"  # reads what is wrong in the texts that are new
    RECHECK = "recheck"  # looks at open faults again
    CONTROL = "control"  # looks at our own pages, whose faults are known


READS_LISTS = WordSet(
    "It reads the registered sections; asked by the publish gate, and by views that show entries.",
    *(RunKind.VISIT, RunKind.SECTIONS),
)
READS_PAGES = WordSet(
    "It reads the pages of a site and their links; asked by the publish gate, and by views of home pages and links.",
    *(RunKind.VISIT, RunKind.SITE),
)
FORMER = WordSet(
    "Made by versions of before 2026-11-28: its folders are still loaded, no spider makes it.",
    *(RunKind.SECTIONS, RunKind.SITE),
)
VISITS = WordSet(
    "It goes to sites to read them, so it can be cut short; asked by the publish gate.",
    *(READS_LISTS | READS_PAGES),
)


class VisitPart(StrEnum):
    """What the visit of a site speaks for; until 2026-11-27 each part was a kind of run, and the view `night_visit` names it so."""

    LISTS = "sections"  # the registered lists and their entries
    PAGES = "site"  # the home page, all other pages and their links


RECORDS_OF: Mapping[str, tuple[type, ...]] = {
    RunKind.AVAILABILITY: (items.Probe, items.Canary),
    RunKind.VISIT: (items.Page, items.PageText, items.SectionVisit, items.SiteVisit),
    RunKind.SECTIONS: (items.Page, items.PageText, items.SectionVisit, items.SiteVisit),
    RunKind.SITE: (items.Page, items.PageText, items.SiteVisit),
    RunKind.SURROUNDINGS: (
        items.HostCheck,
        items.ServiceTrial,
        items.FaceTrial,
        items.SiteFile,
        items.BarrierTrial,
        items.FeedVisit,
    ),
    RunKind.LINKS: (items.LinkCheck, items.AttachmentReading, items.PageText, items.Canary),
    RunKind.TEXTS: (items.TextReading, items.RepostReading),
    RunKind.RECHECK: (items.RecheckResult,),
    RunKind.CONTROL: (items.ControlResult,),
}
"""Kind of run → the record classes that each of its tasks writes, in the order in which the files are finished."""


def name_of(record: type) -> str:
    """The name of the folder and the raw table for a record class: `SiteVisit` → `site_visit`."""
    return snake_case(record.__name__)


RECORDS: Mapping[str, type] = {name_of(record): record for kind in RECORDS_OF.values() for record in kind}
"""Name of folder and raw table → record class, for all records that a run can write."""
