"""The records of a crawl: one class is one file of a run and one raw table of the warehouse.

Instants are UTC, ISO 8601 without offset (`2026-11-22T02:00:00.000000`), and end in `_at`.
Civil dates are Asia/Shanghai, `YYYY-MM-DD`, and end in `_on`. Durations end in `_s`.
The one exception is `published_at`: the civil time a page prints of itself, exactly as far as it
prints it (`2026-11-22`, `2026-11-22T10:08`, `2026-11-22T10:08:30`); a page states no zone.
Outcomes are words of `govcrawl.outcomes.Outcome`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

CIVIL = ZoneInfo("Asia/Shanghai")
"""The zone of every civil date."""


def instant(at: datetime) -> str:
    """Write an aware instant the way every record holds it."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


@dataclass(slots=True)
class Link:
    """One target of a page as its markup names it.

    `url` is absolute and normalised; when `wrong` is set it is the reference exactly as written.
    """

    url: str
    kind: str  # page attachment image style script frame refresh media
    text: str = ""  # what a reader sees: anchor text, else title or alt
    hidden: bool = False
    internal: bool = True
    wrong: str | None = None  # intranet loopback file drive doubled_scheme empty script malformed
    position: str = (
        ""  # CSS selector of its first element, on the page that met it first; empty on later ones
    )


@dataclass(slots=True)
class Entry:
    """One dated line of a section or of a home page."""

    title: str
    url: str
    published_on: str | None = None
    date_origin: str | None = None  # tag label list url signature text


@dataclass(slots=True)
class NamedSection:
    """One section as a page names it: a menu, the site map, a block's 更多, or the trail of the section itself."""

    name: str
    url: str
    place: str  # menu map more trail
    parent: str | None = None  # the name it hangs under


@dataclass(slots=True)
class Letter:
    """One letter of a reader (网民留言) as a list of the site shows it."""

    title: str
    url: str | None = None
    received_on: str | None = None
    answered_on: str | None = None
    answered: bool | None = None  # None: the list does not say


@dataclass(slots=True)
class Probe:
    """One attempt on one home page by the availability spider."""

    site_code: str
    url: str
    probed_at: str  # the stamp of the round (`probe --at`), else when the attempt began
    purpose: str  # round (from the timer, counts towards the week) | nightly
    outcome: str
    status: int | None
    elapsed_s: float  # to a usable page or to giving up, redirects included
    final_url: str | None


@dataclass(slots=True)
class Page:
    """One requested page of one site, also when nothing came back.

    Targets are numbered per site in the order the run first met them: `new_links` holds those met
    first on this page, numbered from `first_link_no`; `link_nos` names every target on this page.
    """

    site_code: str
    url: str
    final_url: str | None
    status: int | None
    outcome: str
    fetched_at: str
    elapsed_s: float
    depth: int  # 0 is the home page
    rendered: bool = False  # read through the browser
    size_bytes: int = 0
    content_type: str | None = None
    redirects: list[str] = field(default_factory=list)
    kind: str | None = None  # home section article other; None when nothing could be read
    title: str | None = None
    published_at: str | None = None
    date_origin: str | None = None
    charset_declared: str | None = None
    charset_used: str | None = None
    body_sha256: str | None = None
    text_sha256: str | None = None  # of the main text without counters, tokens and "today is"
    navigation_only: bool = False  # a home page that is nothing but an entrance
    tags: dict[str, str] = field(default_factory=dict)
    footer: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    first_link_no: int = 0
    new_links: list[Link] = field(default_factory=list)
    link_nos: list[int] = field(default_factory=list)
    # Of the home page and the site map every section they name; of a list page its own trail.
    navigation: list[NamedSection] = field(default_factory=list)
    source: str | None = None  # whom an article names as its source
    shown_on: str | None = None  # civil date a reader sees, where it differs from the tag in published_at
    doc_number: str | None = None  # 发文字号 of an article
    guide_elements: list[str] = field(default_factory=list)  # element classes an office guide shows
    consultation_opens_on: str | None = None
    consultation_closes_on: str | None = None
    consultation_result: str | None = None  # the words that show a result of a consultation
    interpreter: dict[str, str] = field(default_factory=dict)  # unit, person, telephone an article names


@dataclass(slots=True)
class SectionVisit:
    """One registered section in one run, with the entries read from as many pages as its term needs."""

    site_code: str
    section_name: str
    section_url: str
    outcome: str  # of the first page; redirect_offsite when the section lives elsewhere
    status: int | None
    final_url: str | None
    fetched_at: str
    pages_read: int
    complete: bool  # the list was read back to the start of the term, or to its end
    rendered: bool = False
    entries: list[Entry] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)  # of a section of class 政务咨询


@dataclass(slots=True)
class SiteVisit:
    """One site in one run of the sections or site spider: how far the visit came. Exactly one a site."""

    site_code: str
    started_at: str
    finished_at: str
    home_outcome: str
    robots: str  # allowed absent unreachable not_text not_asked
    finish_reason: str  # finished budget_spent home_unreachable crashed
    requests: int
    pages: int
    size_bytes: int
    rendered: int
    not_visited: dict[str, int] = field(default_factory=dict)  # reason → known addresses left alone


@dataclass(slots=True)
class Attempt:
    """One try at one link target."""

    attempted_at: str
    method: str
    outcome: str
    status: int | None
    elapsed_s: float
    final_url: str | None = None
    content_type: str | None = None
    size_bytes: int | None = None
    redirects: list[str] = field(default_factory=list)  # the addresses passed through, first to last


@dataclass(slots=True)
class LinkCheck:
    """What is known of one link target after every attempt of the night (links spider)."""

    target_url: str
    outcome: str
    status: int | None
    confirmed: bool  # failed the same way in at least two attempts separated in time
    attempts: list[Attempt] = field(default_factory=list)
    parked: bool = False  # it opened, and shows a domain that is for sale or run out


RECORDS: tuple[type, ...] = (Probe, Page, SectionVisit, SiteVisit, LinkCheck)
