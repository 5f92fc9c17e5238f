"""What a site tells search engines: robots.txt, the map of its pages, and the proofs by which somebody calls the site his own.

Who breaks in changes them: his pages go into the map, and an engine's proof lets him manage how the site is shown. They are kept, to
be compared from night to night; who a map leads to is told here.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from govcrawl.pages.tampering.jargon import spam_in_text
from govcrawl.pages.tampering.outward import domain_of, is_stranger

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govcrawl.pages.markup.document import Document
    from govcrawl.records.items import SiteFile

ROBOTS: Final = "robots.txt"
MAP: Final = "sitemap.xml"
PROOFS: Final = "verification"
"""Not a file: what the home page itself shows engines, and the files of proof it links to."""
FIXED_PROOFS: Final = ("BingSiteAuth.xml", "sogousiteverification.txt")
"""Files of proof whose name is the same on all sites; others carry a name that cannot be guessed."""

_MOST_LINES: Final = 200
_LONGEST_LINE: Final = 200
_MOST_DOMAINS: Final = 100
_ADDRESS: Final = re.compile(
    r"<(?:\w{1,20}:)?loc>\s{0,20}(?:<!\[CDATA\[)?\s{0,20}([^<\]\s]{1,2000})", re.IGNORECASE
)
_IS_MAP: Final = re.compile(r"<(?:\w{1,20}:)?(?:urlset|sitemapindex)\b", re.IGNORECASE)
_IS_PAGE: Final = re.compile(r"<(?:!doctype html|html|head|body)\b", re.IGNORECASE)
_SAYS_PROOF: Final = re.compile(r"verif|msvalidate|siteauth", re.IGNORECASE)
_PROOF_FILE: Final = re.compile(r"(?:verif|siteauth|^google[0-9a-f]{8,32}\.html$)", re.IGNORECASE)


def describe_robots(file: SiteFile, text: str, home_url: str) -> None:
    """Write into the record what robots.txt says; strangers are those whose map it names."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    _keep(file, lines)
    maps = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("sitemap")]
    file.strangers = _strangers(maps, home_url)
    file.words = list(spam_in_text(text).words)


def map_named(file: SiteFile, home_url: str) -> str | None:
    """The first map of the site itself that its robots.txt names."""
    for line in file.lines:
        key, _, value = line.partition(":")
        if key.strip().lower() == "sitemap" and domain_of(value.strip()) == domain_of(home_url):
            return value.strip()
    return None


def describe_map(file: SiteFile, text: str, home_url: str) -> bool:
    """Write into the record what a map lists: how many pages, and which of them are a stranger's; False for what is no map."""
    if not _IS_MAP.search(text[:10_000]):
        return False
    addresses = _ADDRESS.findall(text)
    file.addresses = len(addresses)
    file.sha256 = _hash(sorted(addresses))
    file.strangers = _strangers(addresses, home_url)
    strange = set(file.strangers)
    file.lines = [each[:_LONGEST_LINE] for each in addresses if domain_of(each) in strange][:_MOST_LINES]
    file.words = list(spam_in_text(text).words)
    return True


def describe_proof(file: SiteFile, text: str) -> bool:
    """Write into the record what a file of proof says; False for a page that a host shows for any address."""
    if _IS_PAGE.search(text[:10_000]):
        return False
    _keep(file, [line.strip() for line in text.splitlines() if line.strip()])
    return True


def describe_proofs(file: SiteFile, doc: Document) -> None:
    """Write into the record the proofs in the head of a home page, and the files of proof it links to."""
    lines = []
    for node in doc.tree.css("meta[name][content]"):
        name = node.attributes.get("name") or ""
        if _SAYS_PROOF.search(name):
            lines.append(f"{name.strip().lower()}: {(node.attributes.get('content') or '').strip()}")
    for node in doc.tree.css("a[href]"):
        href = node.attributes.get("href") or ""
        if _PROOF_FILE.search(_path_of(href).rpartition("/")[2]):
            lines.append(href.strip())
    _keep(file, sorted(set(lines)))


def _path_of(reference: str) -> str:
    """The path of a reference; empty where it is none."""
    try:
        return urlsplit(reference.strip()).path
    except ValueError:
        return ""


def _keep(file: SiteFile, lines: list[str]) -> None:
    file.sha256 = _hash(lines)
    file.lines = [line[:_LONGEST_LINE] for line in lines[:_MOST_LINES]]


def _strangers(addresses: Iterable[str], home_url: str) -> list[str]:
    home = domain_of(home_url)
    domains = {domain_of(address) for address in addresses} - {"", home}
    return sorted(domain for domain in domains if is_stranger(domain))[:_MOST_DOMAINS]


def _hash(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
