"""Titles a site has published, as the visit of the night read them: what its search must find."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from govcrawl.pages.facts.search import essence
from govcrawl.pages.links.urls import is_internal
from govcrawl.records.items import SectionVisit
from govcrawl.records.record_files import records_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from govcrawl.records.items import Entry

RIPE_DAYS = 7  # an engine may take days to learn of a new article
STALE_DAYS = 365  # and an old one may have been put away
LEAST_CHARACTERS = 8  # a shorter title names too many articles
MOST_CHARACTERS = 60
_CUT_SHORT = re.compile(r"(?:\.\.|…)\s*$")


@dataclass(frozen=True, slots=True)
class KnownTitle:
    """An article of the site that its search must find."""

    title: str
    url: str


def known_titles(
    visit_run: Path, site_code: str, home_url: str, as_of: date, number: int
) -> list[KnownTitle]:
    """Draw titles by lot of their addresses: whoever asks again the same day draws the same ones.

    Only articles on the site itself, with a date that is ripe, whole titles, and none twice.
    """
    ripe = (as_of - timedelta(days=RIPE_DAYS)).isoformat()
    stale = (as_of - timedelta(days=STALE_DAYS)).isoformat()
    found: dict[str, KnownTitle] = {}
    for entry in _entries(visit_run / "section_visit" / f"{site_code}.jsonl"):
        title = " ".join(entry.title.split())
        if (
            entry.published_on is not None
            and stale <= entry.published_on <= ripe
            and LEAST_CHARACTERS <= len(title) <= MOST_CHARACTERS
            and not _CUT_SHORT.search(title)
            and is_internal(entry.url, home_url)
        ):
            found.setdefault(essence(title), KnownTitle(title, entry.url))
    return sorted(found.values(), key=lambda each: _lot(each.url))[:number]


def _lot(url: str) -> bytes:
    return hashlib.sha256(url.encode()).digest()


def _entries(path: Path) -> Iterator[Entry]:
    for visit in records_of(path, SectionVisit) if path.exists() else ():
        yield from visit.entries
