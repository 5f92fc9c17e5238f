"""The JSON object `govcrawl page` prints: what was read from one document, what it proves, and why.

Only what one document proves by itself is a finding here. Whether a link is dead, a section stale or an entry
undated in list and article alike needs more than one page, and is judged by the assessment.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from govcrawl.pages.answers.parked import parked
from govcrawl.pages.answers.soft404 import says_not_found
from govcrawl.pages.dates.published import conflict, considered
from govcrawl.pages.facts.footer import ELSEWHERE, TICKET_ENTRY, missing_items
from govcrawl.pages.facts.tags import GROUPS, missing_groups
from govcrawl.pages.lists.list_data import is_data
from govcrawl.pages.lists.listing import considered as considered_blocks
from govcrawl.pages.lists.listing import data_calls, drawn_by_script, next_pages
from govcrawl.pages.lists.navigation import navigation
from govcrawl.pages.nets.cast import DATE
from govcrawl.pages.sections.section_class import classify
from govcrawl.pages.tampering.planted import MENU
from govcrawl.pages.tampering.scripts import CHANNELS
from govcrawl.records.states import ReadState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.pages.read import PageRead

_WRONG: Final = {
    "intranet": "an address of an inner network",
    "loopback": "an address of the reader's own computer",
    "file": "a file on somebody's disk",
    "drive": "a file on somebody's disk",
    "doubled_scheme": "the scheme is written twice",
    "empty": "leads nowhere though its words promise a page",
    "script": "a script that does nothing though its words promise a page",
    "malformed": "no address a browser can open",
}
# What text becomes when it was stored through the wrong charset: no charset on our side brings it back.
_MOJIBAKE: Final = re.compile(
    r"锟斤拷|烫烫烫|屯屯屯|ï»¿|Ã[\x80-\xbf©¨¤]|â€[œ™\x9d“”]|\ufffd(?:.{0,40}\ufffd){2}", re.DOTALL
)
_AROUND: Final = 20  # characters of evidence on each side
_SITE_CODE: Final = re.compile(r"\d{10}|bm\d{8}|65bm\d{6}", re.IGNORECASE)
_MOST_EVIDENCE: Final = 10
_EXCERPT: Final = 200


def page_report(read: PageRead, *, explain: bool = False) -> dict[str, Any]:
    """Fields of the contract, in its order; a missing value is None."""
    tags = read.tags
    site_code = tags.get("SiteIDCode") or read.footer.get("site_code")
    report = {
        "url": read.document.url,
        "kind": read.kind,
        "title": read.title,
        "published_at": read.published_at,
        "date_origin": read.date_origin,
        "source": read.source,
        "site_code": site_code if site_code and _SITE_CODE.fullmatch(site_code) else None,
        "site_name": tags.get("SiteName"),
        "section_name": tags.get("ColumnName"),
        "section_type": tags.get("ColumnType"),
        "charset_declared": read.charset_declared,
        "charset_used": read.charset_used,
        "tags": tags,
        "footer": read.footer,
        "text": read.text or None,
        "entries": [
            {
                "title": entry.title,
                "url": entry.url,
                "published_on": entry.published_on,
                "date_origin": entry.date_origin,
            }
            for entry in read.entries
        ],
        "links": [
            {"url": link.url, "text": link.text or None, "kind": link.kind, "hidden": link.hidden}
            for link in read.links
        ],
        "findings": [{"check_id": check_id, "evidence": evidence} for check_id, evidence in findings(read)],
        "read_state": read.read_state,
    }
    if explain:
        report["explain"] = explanation(read)
    return report


def findings(read: PageRead) -> Iterator[tuple[str, str]]:
    """(check id, evidence) of each fault the document proves; what a net makes doubtful is not proven."""
    if read.kind is None or (read.kind != "home" and says_not_found(read.document)):
        return  # an error page has no tags to miss
    if is_data(read.document):
        yield from _dates(read)  # nor has the answer to a script
        return
    yield from _absent(read)
    for link in read.links:
        if link.wrong:
            yield "link-wrong", f"{link.url!r} behind {link.text!r}: {_WRONG[link.wrong]}"
    yield from _dates(read)
    spoilt = _MOJIBAKE.search(read.text)
    if spoilt:
        start = max(spoilt.start() - _AROUND, 0)
        yield "mojibake", read.text[start : spoilt.end() + _AROUND]
    yield from _planted(read)


def _dates(read: PageRead) -> Iterator[tuple[str, str]]:
    dates = read.document.dates
    if read.published_at is not None and dates.is_to_come(read.published_at):
        yield "date-future", f"{read.published_at} ({read.date_origin}) lies after {dates.as_of}"
    for entry in read.entries:
        if entry.published_on is not None and dates.is_to_come(entry.published_on):
            yield "date-future", f"{entry.published_on} of {entry.title!r} lies after {dates.as_of}"
    undated = read.published_at is None or read.date_origin == "url"
    if read.kind == "article" and undated and read.read_state == ReadState.READ and DATE not in read.doubts:
        yield "entry-undated", "the page prints no date of publication; the list it stands in may"


def _planted(read: PageRead) -> Iterator[tuple[str, str]]:
    """What strangers put into the page; what a click may show is told by history alone, not by one document."""
    for each in read.planted:
        if each.doubt == MENU:
            continue
        check_id = "hidden-link" if each.kind == "hidden" else "spam-injection"
        if each.kind == "script" and each.way in CHANNELS:
            check_id = "cloaking"
        links = "; ".join(f"{link.text} {link.url}".strip() for link in each.anchors[:_MOST_EVIDENCE])
        parts = [
            f"{each.kind} ({each.way}) at {each.place}, character {each.position}",
            f"{len(each.anchors)} links: {links}" if each.anchors else each.excerpt[:_EXCERPT],
            f"words: {', '.join(each.words)}" if each.words else "",
            f"doubt: {each.doubt}" if each.doubt else "",
        ]
        yield check_id, "; ".join(part for part in parts if part)


def _absent(read: PageRead) -> Iterator[tuple[str, str]]:
    """What the page lacks, if it was seen."""
    if read.read_state != ReadState.READ or read.kind is None:
        return
    missing = [group for group in missing_groups(read.tags, read.kind) if f"{group}_tags" not in read.doubts]
    if missing:
        due = "; ".join(f"{group}: {', '.join(GROUPS[group])}" for group in missing)
        yield "tags-missing", f"not one filled tag of {due}"
    if read.kind != "other":
        for item in missing_items(read.footer):
            if item in read.doubts:
                continue
            check_id = "ticket-entry-missing" if item == TICKET_ENTRY else "footer-missing"
            yield check_id, f"{item} not found in text, links or scripts of the page"


def explanation(read: PageRead) -> dict[str, Any]:
    """Why each date, entry and section was taken or refused, in the words of the readers."""
    document = read.document
    differing = conflict(document)
    return {
        "dates": [
            {
                "value": seen.value,
                "origin": seen.origin,
                "near": " ".join(seen.near.split()),
                "refused": seen.refused,
            }
            for seen in considered(document)
        ],
        "date_conflict": None if differing is None else {"tag": differing[0], "shown": differing[1]},
        "entries": {
            "found": len(read.entries),
            "undated": sum(entry.published_on is None for entry in read.entries),
            "year_assumed": sum(entry.year_assumed for entry in read.entries),
            "drawn_by_script": drawn_by_script(document),
            "data_calls": data_calls(document),
            "next_pages": next_pages(document),
            "blocks": [asdict(block) for block in considered_blocks(document, read.entries)],
        },
        "section": {
            "tag": read.tags.get("ColumnName"),
            "navigation_only": read.navigation_only,
            "says_not_found": says_not_found(document),
            "parked": parked(document),
            **_section_seen(read),
        },
        "doubts": read.doubts,
        "footer_drawn_by": read.footer.get(ELSEWHERE),
        "links": {
            "internal": sum(link.internal for link in read.links),
            "hidden": sum(link.hidden for link in read.links),
            "wrong": [
                {"url": link.url, "text": link.text, "wrong": link.wrong} for link in read.links if link.wrong
            ],
        },
    }


def _section_seen(read: PageRead) -> dict[str, Any]:
    """The sections a page names, and of a list page what it would be proposed as (`govcrawl discover`)."""
    named = navigation(read)
    own = next((each for each in named if each.place == "trail"), None)
    name = read.tags.get("ColumnName") or (own.name if own is not None else None)
    seen: dict[str, Any] = {
        "names": [
            {"name": each.name, "url": each.url, "place": each.place, "parent": each.parent} for each in named
        ]
    }
    if name is not None and read.kind == "section":
        titles = [entry.title for entry in read.entries]
        found = classify(name, read.tags.get("ColumnType"), titles, own.parent if own is not None else None)
        seen |= {
            "class": found.section_class,
            "confidence": found.confidence,
            "evidence": list(found.evidence),
        }
    return seen
