"""When an account last posted: RSS 0.9 to 2.0 and Atom, as far as broken feeds let themselves be read.

A feed is hostile input: no entity is expanded, nothing is fetched, and what is not well-formed is read as far as it
goes. The build date of a channel is no post; a day that has not come yet is none either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from lxml import etree

from govcrawl.records.items import CIVIL

_POSTS: Final = frozenset({"item", "entry"})
_ROOTS: Final = frozenset({"rss", "RDF", "feed"})
_DATES: Final = (
    "published",
    "pubDate",
    "issued",
    "date",
    "created",
    "updated",
    "modified",
)  # the first that speaks
_MOST_POSTS: Final = 2000
_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of its posts."""

    posts: int
    dated: int
    last_post_on: date | None
    last_post_title: str | None
    days: tuple[date, ...]  # of the posts that carry one, as they are listed


def read_feed(body: bytes, as_of: date) -> Feed | None:
    """Read a feed; None for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or _local(root) not in _ROOTS:
        return None
    posts = 0
    days: list[date] = []
    newest: tuple[date, str | None] | None = None
    for post in root.iter():
        if _local(post) not in _POSTS:
            continue
        posts += 1
        day = _day_of(post)
        if day is not None:
            days.append(day)
            if day <= as_of and (newest is None or day > newest[0]):
                newest = day, _text_of(post, "title")
        if posts == _MOST_POSTS:
            break
    last_on, last_title = newest or (None, None)
    return Feed(posts, len(days), last_on, last_title, tuple(days))


def _day_of(post: Any) -> date | None:
    for name in _DATES:
        if (text := _text_of(post, name)) and (day := _day(text)):
            return day
    return None


def _text_of(post: Any, name: str) -> str | None:
    for child in post.iterchildren():
        if _local(child) == name:
            text = " ".join("".join(child.itertext()).split())
            return text[:_LONGEST_TITLE] or None
    return None


def _local(element: Any) -> str:
    """Name of an element without its namespace; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _day(text: str) -> date | None:
    """The civil day of a date as feeds write it; one without a zone is ours."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError, OverflowError):
            continue
        try:
            return moment.astimezone(CIVIL).date() if moment.tzinfo else moment.date()
        except OverflowError:
            continue
    return None
