"""Everything a page says, from one decoding and one parse."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from govcrawl.pages.answers.seen import shown_state
from govcrawl.pages.articles.article import source as printed_source
from govcrawl.pages.articles.data_article import data_article
from govcrawl.pages.articles.particulars import read_particulars
from govcrawl.pages.articles.shown_article import shows_article
from govcrawl.pages.articles.text import main_text, shown_text, text_sha256
from govcrawl.pages.articles.title import shown_title
from govcrawl.pages.dates.published import conflict, published
from govcrawl.pages.facts.footer import footer
from govcrawl.pages.facts.home import navigation_only
from govcrawl.pages.facts.tags import generator, tags
from govcrawl.pages.links import urls
from govcrawl.pages.links.article_address import is_article_address, path_of
from govcrawl.pages.links.on_page import MOST_LINKS, LinkMemo, links
from govcrawl.pages.lists.list_data import is_data
from govcrawl.pages.lists.listing import entries, entries_of_data
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document
from govcrawl.pages.markup.second_parser import clean_markup
from govcrawl.pages.nets.cast import cast
from govcrawl.pages.tampering.planted import planted
from govcrawl.records.items import PageFacts
from govcrawl.records.states import ReadState

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from datetime import date

    from govcrawl.pages.markup.charset import Decoded
    from govcrawl.records.items import Entry, Link

logger = logging.getLogger(__name__)

PAGE_KINDS: Final = ("home", "section", "article", "other")

MAX_BYTES: Final = 16_000_000  # `tame` cuts again, by characters
# First bytes of files that servers deliver as HTML by mistake.
_FILE_MARKS: Final = (
    b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf",
    b"\x1f\x8b", b"BM", b"RIFF", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"ID3", b"OFD", b"MZ", b"\x7fELF",
)  # fmt: skip
_INDEX_FILE: Final = re.compile(
    r"(?:index|default|main|home)\.(?:s?html?|jsp|aspx?|php|do|action)", re.IGNORECASE
)
_SECTION_ADDRESS: Final = re.compile(
    r"/$|/(?:index|list|more)(?:_?\d+)?\.s?html?$|/col/col\d+/|/(?:node|column|channel|col)_?\d+(?:/|\.s?html?|$)",
    re.IGNORECASE,
)
# The folder of a page of its own (`/gk/1182736/index.html`), as sections have too: what is shown must decide.
_OWN_FOLDER: Final = re.compile(
    r"/(?!(?:col|node|column|channel)_?\d)(?:(?=\w{0,20}\d{3})\w{3,60}|[0-9a-f]{8}[0-9a-f-]{4,40})/(?:index\.s?html?)?$",
    re.IGNORECASE,
)
_TAG_BEGUN: Final = re.compile(r"<(?:[/a-zA-Z][^<>]*)?\Z")
_LONGEST_SCRIPT: Final = 20_000  # characters looked at for one that never ends
_END: Final = 200  # characters in which most pages say that they end
_END_OF_PAGE: Final = re.compile(r"</(?:html|body)", re.IGNORECASE)
_BEGIN_OF_PAGE: Final = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_MUST_CLOSE: Final = re.compile(
    r"<(/?)(?:div|ul|ol|dl|table|section|article|main|form)\b", re.IGNORECASE
)  # elements whose end tag nobody may leave out
_LIST_ENTRIES: Final = 3  # dated lines that make a list
_ARTICLE_CHARACTERS: Final = 100
_LONG_ARTICLE_CHARACTERS: Final = 300


@dataclass(slots=True, kw_only=True)
class PageRead(PageFacts):
    """The facts of one page, and what they were read from."""

    document: Document
    entries: list[Entry] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    text: str = ""  # of an article its main text; of a home page or a list all that is shown


def read_page(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    as_of: date,
    memo: LinkMemo,
    kind_hint: str | None = None,
    selector: str | None = None,
    is_entry: bool = False,
    links_before: Container[str] = (),
    drawn: bool = False,
    whole: bool = True,
) -> PageRead:
    """Read a page of the site `memo` belongs to.

    `as_of` is the day of the inspection (what lies behind it is no date of publication), `kind_hint` what the
    registry or the crawl knows the page to be, `selector` the registry's help for a stubborn list, `is_entry`
    whether a list names it as one of its entries (then its date is looked for whatever it looks like), `links_before` the link
    targets whose first origin is known, `drawn` whether a browser has drawn the page, `whole` whether all of it came. Never
    raises: a page that breaks every reader is `unreadable`.
    """
    cut = len(body) > MAX_BYTES or not whole
    body = body[:MAX_BYTES]
    if not body.strip():
        return PageRead(document=Document("", url, as_of), read_state=ReadState.NOTHING_SHOWN)
    if _is_file(body):
        return PageRead(document=Document("", url, as_of), read_state=ReadState.NOT_A_PAGE)
    request = _Request(url, memo, kind_hint, selector, is_entry, links_before, drawn)
    decoded = decode(body, content_type)
    try:
        read = _read(Document(decoded.text, url, as_of), decoded, request)
    except Exception:  # no page may cost more than itself
        logger.exception("%s breaks the reader; read again as another parser understands it", url)
        try:
            read = _read(Document(clean_markup(decoded.text), url, as_of), decoded, request)
        except Exception:
            logger.exception("%s cannot be read", url)
            return PageRead(document=Document("", url, as_of), read_state=ReadState.UNREADABLE)
    cut = cut or len(read.links) >= MOST_LINKS
    if cut or not read.document.whole or _breaks_off(decoded.text, scripted=read.document.is_scripted):
        read.read_state = ReadState.CUT
    return read


class _Request(NamedTuple):
    """What a page is read for; see `read_page`."""

    url: str
    memo: LinkMemo
    kind_hint: str | None
    selector: str | None
    is_entry: bool
    links_before: Container[str]
    drawn: bool


def _read(document: Document, decoded: Decoded, request: _Request) -> PageRead:
    url, memo, kind_hint, selector, is_entry, links_before, drawn = request
    found_tags = tags(document)
    kind = kind_hint or _certain_kind(url, memo.home_url, found_tags)
    # Related news beside an article are no list of this page.
    if kind == "article":
        listed = []
    elif is_data(document):
        listed = entries_of_data(document.source, url, document.dates)
        kind = kind or ("section" if listed else "article" if data_article(document) else "other")
    else:
        listed = entries(document, selector)
    dated = sum(entry.published_on is not None for entry in listed)
    if (
        kind is None
        and _is_section_address(url)
        and (dated >= _LIST_ENTRIES or "PubDate" not in found_tags)
        and not (_OWN_FOLDER.search(path_of(url)) and shows_article(document, published(document)[1], listed))
    ):
        kind = "section"
    text = shown_text(document) if kind in ("home", "section") else main_text(document)
    published_at = date_origin = differing = None
    if is_entry or kind in (None, "article", "other") or "PubDate" in found_tags:
        published_at, date_origin = published(document)
    if kind is None:
        beside = dated >= _LIST_ENTRIES and shows_article(document, date_origin, listed)
        kind = "article" if beside else _likely_kind(found_tags, len(listed), dated, date_origin, len(text))
    title, source = document.title, found_tags.get("ContentSource")
    record = data_article(document) if kind == "article" else None
    if kind == "article":
        shown = shown_title(document)
        title = record.title if record is not None else shown.text if shown is not None else title
        source = source or printed_source(document)
        listed = []
        differing = conflict(document) if date_origin == "tag" else None
    elif kind in ("home", "section") and date_origin != "tag" and not is_entry:
        published_at = date_origin = None  # the date of some entry
    read = PageRead(
        document=document,
        kind=kind,
        title=title,
        published_at=published_at,
        date_origin=date_origin,
        shown_on=None if differing is None else differing[1][:10],
        source=source,
        charset_declared=decoded.declared,
        charset_used=decoded.used,
        tags=found_tags,
        footer=footer(document),
        entries=listed,
        links=links(document, memo, decoded.used, links_before),
        generator=generator(document) if kind == "home" else None,
        navigation_only=kind == "home" and navigation_only(document, listed),
        text=text,
        text_sha256=text_sha256(text),
        read_state=ReadState.READ if listed or record is not None else shown_state(document, kind),
    )
    read.planted = planted(document, memo.home_url, text, article=kind == "article")
    read.planted_sought = True
    read_particulars(document, read)
    cast(document, read, listed=listed, drawn=drawn)
    return read


def _is_file(body: bytes) -> bool:
    """Whether a body served as a page is some other file: by its first bytes, or zero bytes without markup."""
    head = body[:1024]
    if head.startswith(_FILE_MARKS):
        return True
    return head.count(0) * 3 > len(head) and b"<" not in head


def _breaks_off(markup: str, *, scripted: bool) -> bool:
    """Whether the rest of a page did not come: its markup ends within a tag, a script, or elements that no tag has ended.

    Whoever writes neither `</body>` nor `</html>` closes his lists and boxes all the same; who leaves a box open closes the page.
    """
    if _TAG_BEGUN.match(markup, max(markup.rfind("<"), 0)):
        return markup.lstrip()[:1] == "<"  # else data, or words
    if not scripted and _END_OF_PAGE.search(markup, max(len(markup) - _END, 0)):
        return False  # as with most, and at a tenth of the cost
    least = max(len(markup) - _LONGEST_SCRIPT, 0)
    behind = markup[max(markup.rfind("</script"), least) :].lower()
    if behind.rfind("<script") > behind.rfind("</script"):
        return True
    if (
        "</html" in behind
        or _END_OF_PAGE.search(markup, least)
        or not _BEGIN_OF_PAGE.search(markup[:_LONGEST_SCRIPT])
    ):
        return False
    return sum(-1 if tag[1] else 1 for tag in _MUST_CLOSE.finditer(markup)) > 0


def _certain_kind(url: str, home_url: str, found_tags: Mapping[str, str]) -> str | None:
    """Kind of a page as far as its address and its tags say, None where its content must decide."""
    name = path_of(url).rpartition("/")[2]
    if url == home_url or (_is_index(name) and is_home(url, home_url)):
        return "home"
    if "ArticleTitle" in found_tags or is_article_address(url):
        return "article"
    return None


def _likely_kind(
    found_tags: Mapping[str, str], listed: int, dated: int, date_origin: str | None, characters: int
) -> str:
    """Kind of a page whose address is of no known form, from the dates and the text it shows."""
    if "PubDate" in found_tags and dated < _LIST_ENTRIES:
        return "article"
    enough = _ARTICLE_CHARACTERS if dated < _LIST_ENTRIES else _LONG_ARTICLE_CHARACTERS
    if date_origin in ("tag", "label") and characters >= enough:
        return "article"  # before the tags of the column, which its articles carry too
    if "ColumnName" in found_tags or dated >= _LIST_ENTRIES:
        return "section"
    if date_origin is not None and characters >= _ARTICLE_CHARACTERS:
        return "article"
    return "section" if listed >= _LIST_ENTRIES else "other"


def _is_section_address(url: str) -> bool:
    return bool(_SECTION_ADDRESS.search(path_of(url)))


def is_home(url: str, home_url: str) -> bool:
    """Whether `url` is the home page: the registered address, or the index file beside it."""
    home_url = _normal_home(home_url)
    if _lies_deeper(path_of(url), path_of(home_url)):
        return False
    url = urls.normalise(url)
    if url == home_url:
        return bool(url)
    folder, home_folder = urls.directory_of(url), urls.directory_of(home_url)
    if not urls.is_internal(url, home_url) or path_of(folder) != path_of(home_folder):
        return False
    return _is_index(url.removeprefix(folder)) and _is_index(home_url.removeprefix(home_folder))


def _lies_deeper(path: str, home_path: str) -> bool:
    """Whether a path leads below the folder of another as it is written; most do, and need not be made normal."""
    return path.count("/") > home_path.count("/") and not any(
        sign in path for sign in ("/.", "//", "\\", "%")
    )


@lru_cache(maxsize=1024)
def _normal_home(url: str) -> str:
    return urls.normalise(url)


def _is_index(name: str) -> bool:
    return not name or bool(_INDEX_FILE.fullmatch(name))
