"""The records of a crawl. Each record class has one folder of files in a run and one raw table in the warehouse.

Instants are UTC, ISO 8601 without offset (`2026-11-22T02:00:00.000000`), and end in `_at`.
Civil dates are Asia/Shanghai, `YYYY-MM-DD`, and end in `_on`. Durations end in `_s`.
The one exception is `published_at`: the civil time that a page prints, with the precision it is
printed in (`2026-11-22`, `2026-11-22T10:08`, `2026-11-22T10:08:30`); a page states no zone.
Outcomes are words of `govcrawl.records.outcomes.Outcome`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from govcrawl.records.barrier_words import EntryAnswer
from govcrawl.records.service_words import AssistantWay

if TYPE_CHECKING:
    from datetime import datetime

    from _typeshed import DataclassInstance

CIVIL = ZoneInfo("Asia/Shanghai")
"""The zone of every civil date."""


def instant(at: datetime) -> str:
    """Format an aware datetime as records hold it (UTC, see above)."""
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
    # CSS selector of its first element, on the page where the run first found it; empty on later pages.
    position: str = ""


@dataclass(slots=True)
class Anchor:
    """One link of a planted block: the address as written, and its words."""

    url: str
    text: str


@dataclass(slots=True)
class Planted:
    """Something on a page that looks as if strangers had put it there (`govcrawl.pages.tampering`)."""

    kind: str  # hidden (a block of links) shown title keywords description text script
    way: str  # how it is hidden or written: display font colour … plain encoded; of a script what it does: referrer spider phone back
    place: str  # CSS selector of its container; of a script its number on the page
    position: int  # character of the decoded page where it begins; -1 where markup hides it
    excerpt: str  # as it stands on the page
    anchors: list[Anchor] = field(default_factory=list)
    words: list[str] = field(default_factory=list)  # of spam, each with its class
    doubt: str | None = None  # why a person must look: few named menu encoded phone; None where it is certain


@dataclass(slots=True)
class Entry:
    """One dated line of a section or of a home page."""

    title: str
    url: str
    published_on: str | None = None
    date_origin: str | None = None  # tag label list url signature text
    # True: the list prints month and day only; the year is the latest one that the order of the list allows.
    year_assumed: bool = False


@dataclass(slots=True)
class NamedSection:
    """One section as a page names it: in a menu, the site map, a 更多 link, or the section's own breadcrumb trail."""

    name: str
    url: str
    place: str  # menu map more trail
    parent: str | None = None  # the name of the section above it


@dataclass(slots=True)
class Related:
    """A link from a document or an interpretation to a page whose link text names one or the other."""

    url: str
    text: str


@dataclass(slots=True)
class PublicLetter:
    """One letter from the public (网民留言) as a list of the site shows it."""

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


@dataclass(slots=True, kw_only=True)
class PageFacts:
    """What `govcrawl.pages` read from a page; None or empty where the page does not say it.

    A field added here reaches `Page` by its name alone. It also needs a schema file and a view (docs/adding.md).
    """

    read_state: str | None = None  # a word of govcrawl.records.states.ReadState; None where no page came
    kind: str | None = None  # home section article other; None when nothing could be read
    title: str | None = None
    published_at: str | None = None
    date_origin: str | None = None
    shown_on: str | None = None  # civil date printed on the page, where published_at (from a tag) differs
    source: str | None = None  # the source (来源) an article names
    charset_declared: str | None = None
    charset_used: str | None = None
    text_sha256: str | None = None  # of the main text without counters, tokens and "today is"
    generator: str | None = None  # the CMS a home page names in its tag `generator`
    navigation_only: bool = False  # a home page that holds links to other sites and no content
    tags: dict[str, str] = field(default_factory=dict)
    footer: dict[str, str] = field(default_factory=dict)
    doc_number: str | None = None  # 发文字号 of an article
    guide_elements: list[str] = field(default_factory=list)  # element classes an office guide shows
    consultation_opens_on: str | None = None
    consultation_closes_on: str | None = None
    consultation_result: str | None = None  # the words that show a result of a consultation
    interpreter: dict[str, str] = field(default_factory=dict)  # unit, person, telephone an article names
    # Wide net → the snippet that matched it: a thing no reader recognised that may be there (govcrawl.pages.nets).
    doubts: dict[str, str] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)
    planted_sought: bool = False  # whether anybody looked for it; folders from before did not


@dataclass(slots=True)
class Page(PageFacts):
    """One requested page of one site: the result of the request, also when no answer came, and the page's facts.

    Link targets are numbered per site in the order in which the run first found them. `new_links` holds the
    targets first found on this page, numbered from `first_link_no`; `link_nos` lists all targets on this page.
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
    body_sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    same_as_run: str | None = (
        None  # run whose reading holds: not modified since, or the same body; it was not read again
    )
    # Of a home page: name in small letters → value; of cookies the names alone (govcrawl.pages.answers.headers).
    answer_headers: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    first_link_no: int = 0
    new_links: list[Link] = field(default_factory=list)
    link_nos: list[int] = field(default_factory=list)
    # On the home page and the site map: every section they name. On a list page: its own breadcrumb trail.
    navigation: list[NamedSection] = field(default_factory=list)
    # Filled for documents and interpretations only.
    related: list[Related] = field(default_factory=list)


def carried(source: DataclassInstance, shape: type[DataclassInstance]) -> dict[str, Any]:
    """Return the values of the fields that `source` has in common with the class `shape`, by name."""
    return {name: getattr(source, name) for name in _in_common(type(source), shape)}


@cache
def _in_common(source: type[DataclassInstance], shape: type[DataclassInstance]) -> tuple[str, ...]:
    own = {each.name for each in fields(source)}
    return tuple(each.name for each in fields(shape) if each.name in own)


@dataclass(slots=True)
class UnreadEntry:
    """An entry of the term whose page was not read, and why: a reason of `SiteVisit.not_visited`, or not_attempted."""

    url: str
    reason: str


SEVERAL: Final = 3
"""Sections of one site with the very same list; from so many on it belongs to none of them."""


@dataclass(slots=True)
class SectionVisit:
    """One registered section in one run, with the entries of as many list pages as its term needs."""

    site_code: str
    section_name: str
    section_url: str
    outcome: str  # of the first page; redirect_offsite when it redirects to another site
    status: int | None
    final_url: str | None
    fetched_at: str
    pages_read: int
    complete: bool  # the list was read back to the start of the term, or to its end
    rendered: bool = False
    entries: list[Entry] = field(default_factory=list)
    letters: list[PublicLetter] = field(default_factory=list)  # of a section of class 政务咨询
    doubt: str | None = None  # without entries: the snippet of the first page that may be or hold some
    stand_in: str | None = None  # a word of govcrawl.records.outcomes.StandIn: what came for `soft_not_found`
    unread: list[UnreadEntry] = field(default_factory=list)


@dataclass(slots=True)
class SiteVisit:
    """One site in one visit: how far the visit got. Exactly one record per site."""

    site_code: str
    started_at: str
    finished_at: str
    home_outcome: str
    robots: str  # allowed absent unreachable not_text not_asked
    finish_reason: str  # finished budget_spent home_unreachable crashed out_of_time
    requests: int
    pages: int
    size_bytes: int
    rendered: int
    not_visited: dict[str, int] = field(default_factory=dict)  # reason → addresses found, not requested
    # Addresses that differ in digits only and were not read on, for the first brought nothing new: template → how many.
    refused: dict[str, int] = field(default_factory=dict)


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
    """The result for one link target after all attempts of the night (links spider)."""

    target_url: str
    outcome: str
    status: int | None
    confirmed: bool  # failed the same way in at least two attempts separated in time
    attempts: list[Attempt] = field(default_factory=list)
    parked: bool = False  # it opened, and shows a domain that is for sale or has expired
    spam: list[str] = field(default_factory=list)  # words of spam it advertises with, each with its class
    title: str | None = (
        None  # of the page it opened to, where that is parked or spam, or its host has a certificate
    )
    body_sha256: str | None = None  # of that page
    stand_in: str | None = None  # a word of govcrawl.records.outcomes.StandIn: what came for `soft_not_found`
    certificate_subject: str | None = (
        None  # of a foreign host that may change hands, here and in the next two
    )
    certificate_issuer: str | None = None
    certificate_from_at: str | None = None  # instant from which it is valid


@dataclass(slots=True)
class HostCheck:
    """The certificate of one site's host, and whether it answers over IPv6. Exactly one record per site and run."""

    site_code: str
    host: str
    checked_at: str
    requests: int  # connections and requests made to this site, those for its ServiceTrial included
    tls_port: int
    tls_outcome: str  # of the handshake; ok also where the certificate is not valid
    tls_problem: str | None  # a word of govcrawl.network.tls.PROBLEMS; None: the certificate is valid
    ipv6_outcome: str  # of the home page requested over IPv6; not_attempted without address or route
    ipv6_status: int | None
    ipv6_known: bool  # AAAA was looked up, or a RESOLVE rule names an IPv6 address
    ipv6_route: bool  # our own machine has a route to IPv6 addresses
    ipv6_addresses: list[str] = field(default_factory=list)
    tls_subject: str | None = None  # common name of the certificate, else its first name
    tls_issuer: str | None = None
    tls_names: list[str] = field(default_factory=list)
    tls_not_before_at: str | None = None
    tls_not_after_at: str | None = None


@dataclass(slots=True)
class Look:
    """One page examined for reader services: accessibility, sharing, footer."""

    url: str
    kind: str  # home article
    outcome: str
    rendered: bool
    # Words of govcrawl.pages.markup.furniture, and of the footer.
    seen: list[str] = field(default_factory=list)
    # For services not recognised: the snippet that may be one all the same (govcrawl.pages.nets).
    doubts: dict[str, str] = field(default_factory=dict)
    # Of a look in the browser: the hash of the page as it came to us without it.
    plain_sha256: str | None = None
    same_as_run: str | None = None  # the run that looked, where its look stands for tonight


@dataclass(slots=True)
class SearchAttempt:
    """One search on a site for the title of an article that the site is known to have."""

    title: str
    entry_url: str
    asked_url: str | None
    outcome: str
    status: int | None
    rendered: bool
    found: bool
    hindrance: str | None = None  # word of Hindrance: why the answer proves nothing
    results: int = 0  # links on the page that may be search results
    same_as_run: str | None = None  # the run that asked, where its answer stands for tonight


@dataclass(slots=True)
class ServiceTrial:
    """The reader services of one site, and trials of its search with known titles. Exactly one per site and run."""

    site_code: str
    tried_at: str
    search: str  # word of SearchWay
    search_url: str | None = None  # where its form leads
    search_method: str | None = None  # GET POST
    looks: list[Look] = field(default_factory=list)
    attempts: list[SearchAttempt] = field(default_factory=list)
    assistant: str = AssistantWay.NOT_LOOKED
    assistant_text: str | None = None  # what its entry is called
    assistant_url: str | None = None  # where the entry leads
    assistant_outcome: str | None = None  # of that address
    assistant_box: bool | None = None  # whether a place to put a question stands there; None: cannot be told


@dataclass(slots=True)
class Face:
    """One page as one kind of visitor is shown it."""

    channel: str  # plain, as everybody sees it, or spider referrer phone second-visit; unknown-path: one that is made up
    visitor: (
        str  # what the request pretended: browser spider referrer phone second-visit; plain where nothing
    )
    url: str
    outcome: str
    status: int | None
    final_url: str | None
    fetched_at: str
    body_sha256: str | None = None
    title: str | None = None
    keywords: str | None = None
    words: list[str] = field(default_factory=list)  # of spam, each with its class
    strangers: list[str] = field(
        default_factory=list
    )  # registrable domains it leads to, offices and news houses aside
    sketch: list[int] = field(default_factory=list)  # smallest hashes of the pieces of its text


@dataclass(slots=True)
class SiteFile:
    """A file in which a site speaks to search engines, as it was one night; at most one of a name a site and run."""

    site_code: str
    name: str  # robots.txt sitemap.xml, files of proof, or `verification`: the proofs the home page itself shows
    url: str
    seen_at: str
    outcome: str
    status: int | None
    sha256: str | None = (
        None  # of all its lines, of a map of its addresses in their order; None where there is none
    )
    lines: list[str] = field(default_factory=list)  # the first; of a map those that lead to strangers
    addresses: int = 0  # pages a map lists
    strangers: list[str] = field(
        default_factory=list
    )  # registrable domains it leads engines to, offices and news houses aside
    words: list[str] = field(default_factory=list)  # of spam, each with its class


@dataclass(slots=True)
class FaceTrial:
    """One site asked as different visitors, once a week. At most one a site and run."""

    site_code: str
    tried_at: str
    requests: int  # beyond those of the night
    faces: list[Face] = field(default_factory=list)


@dataclass(slots=True)
class Barrier:
    """One kind of barrier to people with disabilities on one page (GB/T 37668), found by one rule."""

    aspect: str  # BarrierAspect
    rule: str  # of axe-core; click-only is our own
    count: int  # elements
    samples: list[str] = field(default_factory=list)  # beginnings of the markup of the first of them


@dataclass(slots=True)
class ExaminedPage:
    """One page examined for barriers in the browser, as far as the time of the night allowed."""

    url: str
    kind: str  # home list article
    outcome: str
    browser_s: float  # from the first byte of the page to the end of the examination
    aspects: list[str] = field(default_factory=list)  # BarrierAspect: those that could be examined
    barriers: list[Barrier] = field(default_factory=list)
    entry: str = EntryAnswer.NONE  # what a click on the entry to reading without barriers did
    entry_text: str | None = None


@dataclass(slots=True)
class BarrierTrial:
    """Pages of one site examined for barriers. At most one a site and run."""

    site_code: str
    tried_at: str
    browser_s: float  # of all pages together
    pages: list[ExaminedPage] = field(default_factory=list)


@dataclass(slots=True)
class FeedVisit:
    """The feed of one new-media account."""

    account_id: str
    feed_url: str
    fetched_at: str
    outcome: str
    status: int | None
    posts: int = 0
    dated: int = 0
    last_post_on: str | None = None  # newest day that is not after the day of the inspection
    last_post_title: str | None = None
    post_days: list[str] = field(
        default_factory=list
    )  # of each post that carries a day, as the feed lists them


@dataclass(slots=True)
class PageText:
    """The main text of a page, once by its hash: a text an earlier run has kept is not written again."""

    site_code: str
    sha256: str  # text_sha256 of the pages that show it
    text: str
    url: str  # of the page it was first read on
    first_seen_at: str
    published_on: str | None = None  # day that page states, for what was right in its time


@dataclass(slots=True)
class AttachmentReading:
    """One attachment as a links run has fetched it; its text is a `PageText` of this or an earlier run.

    One that is the same as when it was fetched, by what its host says of it, is not fetched again and has no record.
    """

    site_code: str  # of the site that links to it, in whose name the host was asked
    target_url: str
    fetched_at: str
    state: str  # a word of govcrawl.records.states.FileState
    problem: str | None = None  # why not all of it was read, in Chinese, for people
    pictured: int = 0  # pages without text
    size_bytes: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_sha256: str | None = None
    text_sha256: str | None = None


@dataclass(slots=True)
class TextMark:
    """One wrong place of a text, or several with the same wrong form."""

    check_id: str
    way: str  # names lists crawl reposts: which way of looking found it
    observed: str  # as it stands there; what is private is masked
    expected: str  # the form proposed; empty where there is none
    excerpt: str  # its sentence, the place between 【 and 】
    offset: int  # in characters of the text, of the first place
    count: int  # places with this wrong form
    reason: str  # Chinese, for people
    certain: bool  # else a person must confirm it first
    seen_at: list[str] = field(default_factory=list)  # addresses that show the proposed form


@dataclass(slots=True)
class TextReading:
    """What was found in one text by the lists and the language of one night; the newest reading of a text holds."""

    sha256: str
    read_by: str  # hash of lists and code it was read by
    characters: int
    state: str  # a word of govcrawl.records.states.TextState
    marks: list[TextMark] = field(default_factory=list)


@dataclass(slots=True)
class RepostReading:
    """One text beside its copies of the night: the places where it differs from most of them."""

    sha256: str
    marks: list[TextMark] = field(default_factory=list)


@dataclass(slots=True)
class Canary:
    """The state of our own side during one task: whether DNS, network and clock were in order."""

    task: str
    looked_at: str
    names_asked: int  # names looked up that nobody can have registered
    names_resolved: int  # of these, how many got an address (each one shows a lying name server)
    addresses_asked: int  # addresses of the CANARY_URLS setting that were requested
    addresses_answered: int
    clock_ahead_s: float | None  # our clock minus the median of the hosts' Date headers; None below three
    resolved_to: str | None = None


@dataclass(slots=True)
class RecheckResult:
    """The result of a re-check for one open fault."""

    finding_key: str
    site_code: str
    check_id: str
    subject_url: str
    result: str  # mended still unmeasured
    observed: str | None  # what was seen, where the fault is still there
    checked_at: str
    page_gone: bool = False  # whether it is mended because the page that carried it is gone


@dataclass(slots=True)
class ControlResult:
    """What one check found on one of our own sites, which the night serves to itself (`govcrawl.night.own_pages`)."""

    pages: str  # sound faulty
    check_id: str
    expected: int  # faults that must be found
    found: int | None  # faults that were; None: the check could not measure there
