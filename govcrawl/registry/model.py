"""The records of a registry: one class per file of the registry directory, with checked and typed values.

Instants are UTC (`2026-11-22T02:00:00.000000`) and end in `_at`; civil dates end in `_on`.
An optional value that was left blank is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - the loader reads the annotations at run time

NONE = "无"  # what the office states to be lacking; a blank cell states nothing
MINISTRY, *_ = LEVELS = ("部委", "省", "市", "县", "乡")
RUNNING, EXCEPTED, CLOSED = STATUSES = ("正常", "例外", "关停")
RENDERS = ("auto", "http", "browser")
FIRST, SECOND = RANKS = ("一级", "二级")
ORGAN, INSTITUTION = NATURES = ("机关", "事业单位")
QUALIFIED, UNQUALIFIED = VERDICTS = ("合格", "不合格")  # of people
REPRIMANDS = (
    "约谈",
    "书面检查",
    "通报批评",
    "调离或免职",
)  # as the State Council counts them (2017, fourth quarter)


def states_filing(text: str) -> bool:
    """Whether what an office gives as a filing number is one, or states that there is none; 办理中 is neither."""
    return text == NONE or any(character.isdigit() for character in text)


@dataclass(frozen=True, slots=True)
class Site:
    site_code: str
    name: str
    home_url: str
    unit: str
    region_code: str | None = None
    level: str | None = None
    kind: str | None = None
    status: str = RUNNING
    has_services: bool = True
    render: str = "auto"
    private_address: str | None = None  # its address in our own network; None: it must be on the internet


@dataclass(frozen=True, slots=True)
class Section:
    """A registered section; `section_class` is called `class` in files and tables.

    `url` is empty for a required section that, as the office itself states, the site does not have yet.
    `required`, `min_entries` (a term) and `unit`, which supplies the section, are the office's content plan.
    """

    site_code: str
    name: str
    url: str
    section_class: str
    rank: str = FIRST
    update_days: int | None = None
    entry_selector: str | None = None
    required: bool = False
    min_entries: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit and the one above it.

    A `vertical` unit (垂直管理) is led by its superior, not by its region: its sites count in the superior's region.
    `aliases`: further names under which its articles are published, separated by 、. `place`: its place in the official
    order of units; `mail`: where its notices go; `nature`: whether it is an organ or an institution (事业单位).
    """

    unit: str
    parent: str | None = None
    region_code: str | None = None
    contact: str | None = None
    phone: str | None = None
    vertical: bool = False
    aliases: str | None = None
    mail: str | None = None
    place: int | None = None
    nature: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """A new-media account, or an app: `kind` says which.

    `last_post_on` of an app is the day of its last update. `filing_number`: of the 网信 office; 无 where the office states
    that there is none. `complaint_url`: where people complain about the app, 无 likewise. `level`: of its unit.
    """

    account_id: str
    platform: str
    name: str
    unit: str | None = None
    url: str | None = None
    feed_url: str | None = None
    last_post_on: date | None = None
    kind: str | None = None  # None: an account on a platform of others
    level: str | None = None
    filing_number: str | None = None
    complaint_url: str | None = None


@dataclass(frozen=True, slots=True)
class Enquiry:
    """What a reader sent to the office that answers for a site."""

    id: str
    site_code: str
    received_at: str | None = None
    answered_at: str | None = None
    status: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True)
class Ticket(Enquiry):
    """A fault of the site (我为政府网站找错)."""


@dataclass(frozen=True, slots=True)
class Message(Enquiry):
    """A message (网民留言)."""


@dataclass(frozen=True, slots=True)
class ApprovedLink:
    """A domain, with its subdomains, that sites may link to; `site_code` None: all sites may."""

    domain: str
    site_code: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    unit: str
    month: str
    submitted: int


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """A unit's own result for its site (自查): for the whole site, or for one indicator."""

    site_code: str
    indicator_id: str | None = None
    verdict: str | None = None
    score: float | None = None
    checked_on: date | None = None
    checked_by: str | None = None
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class SpotCheck(SelfCheck):
    """The same, from people who inspected the site by hand (抽查)."""


@dataclass(frozen=True, slots=True)
class Reprimand:
    """Persons of one unit called to account for its sites or accounts (问责) on one day, in one of the ways of REPRIMANDS."""

    unit: str
    given_on: date
    way: str
    persons: int = 1
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A day on which offices work or rest; it overrides the calendar that comes with the project."""

    day: date
    working: bool


@dataclass(frozen=True, slots=True)
class Registry:
    sites: tuple[Site, ...]
    sections: tuple[Section, ...] = ()
    units: tuple[Unit, ...] = ()
    accounts: tuple[Account, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    messages: tuple[Message, ...] = ()
    approved_links: tuple[ApprovedLink, ...] = ()
    submissions: tuple[Submission, ...] = ()
    self_checks: tuple[SelfCheck, ...] = ()
    spot_checks: tuple[SpotCheck, ...] = ()
    reprimands: tuple[Reprimand, ...] = ()
    working_days: tuple[WorkingDay, ...] = ()

    def running_sites(self) -> tuple[Site, ...]:
        """Sites that are inspected; closed sites stay in the registry and count in no denominator."""
        return tuple(site for site in self.sites if site.status != CLOSED)

    def sections_of(self, site_code: str) -> tuple[Section, ...]:
        """The sections of a site that can be visited."""
        return tuple(section for section in self.sections if section.site_code == site_code and section.url)


@dataclass(slots=True)
class RegistryProblem:
    """One problem in a registry file; `line` counts from 1, and 0 means the whole file."""

    file: str
    line: int
    value: str
    message: str
    remedy: str
    severity: str = "error"  # error warning

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.severity}: {self.message}: {self.value!r}. {self.remedy}"
