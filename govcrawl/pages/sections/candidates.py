"""The addresses of a site that may be sections, with what is known of each from the pages of a visit.

An address is a candidate when the site itself names it (menu, site map, a block's 更多) or its page reads as a list. Its
name comes from those who should know best: the official tag, the trail of the page, the words that lead to it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from govcrawl.pages.links import urls
from govcrawl.pages.lists.navigation import clean_name
from govcrawl.records.link_kinds import LinkKind
from govcrawl.records.outcomes import CONCLUSIVE, Outcome

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from govcrawl.records.items import Entry, Page
    from govcrawl.registry import Site

# States of a proposed section, in the words of the file that people confirm.
READ, EMPTY, ONE_PAGE = "有条目", "未见条目", "单页"
UNREAD, UNREACHABLE, ELSEWHERE = "未读取", "打不开", "跳转站外"

_FEWEST_ENTRIES: Final = 3  # of a page nobody names that is to be taken for a section
FEW_OF_A_TYPE: Final = 4
PLACES: Final = {"menu": "首页导航", "map": "网站地图", "more": "首页“更多”"}
OFFICE: Final = re.compile(
    r"(?:[局厅委办镇乡]|委员会|办公室|政府|法院|检察院|网|中心|学院|大学|平台|街道|集团|公司|[支大]队|门户|热线|入口)$"
)
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php|do)$", re.IGNORECASE)
_FURTHER_PAGE: Final = re.compile(
    r"[_-]\d{1,4}(?=\.(?:s?html?|jsp|aspx?|php)$)|(?<=/)\d{1,3}(?=\.s?html?$)"
    r"|(?<=[?&])(?:page\w*|p|pn|cur\w*page|start\w*|totalpage|per\w*)=\d+&?",
    re.IGNORECASE,
)
_TITLE_PARTS: Final = re.compile(r"[_|\-—–:：>]+")


@dataclass(slots=True)
class SectionCandidate:
    """What is known of one address: who calls it what, and the page behind it as far as it was read."""

    url: str
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by source
    parents: list[str] = field(default_factory=list)
    external: bool = False
    page: Page | None = None
    name: str = ""
    children: int = 0

    @property
    def named(self) -> bool:
        """Whether the site itself calls it a section."""
        return not self.names.keys().isdisjoint(PLACES)

    @property
    def parent(self) -> str | None:
        """What it stands under: by its own trail, else by the menu."""
        return next((parent for parent in self.parents if parent != self.name), None)

    @property
    def column_type(self) -> str | None:
        return None if self.page is None else self.page.tags.get("ColumnType")

    @property
    def entries(self) -> list[Entry]:
        return [] if self.page is None else list(self.page.entries)

    @property
    def state(self) -> str:
        page = self.page
        if self.external or (page is not None and page.outcome == Outcome.REDIRECT_OFFSITE):
            return ELSEWHERE
        if page is None or page.outcome != Outcome.OK:
            return UNREACHABLE if page is not None and page.outcome in CONCLUSIVE else UNREAD
        if page.entries:
            return READ
        return EMPTY if page.kind == "section" else ONE_PAGE


def candidates_of(site: Site, pages: Iterable[Page]) -> list[SectionCandidate]:
    """Every address that may be a section, each page once, in the order it was met."""
    found: dict[str, SectionCandidate] = {}
    link_words: dict[str, str] = {}
    read: dict[str, Page] = {}
    for record in pages:
        key = _key(record.url)
        if key not in read or read[key].outcome != Outcome.OK:
            read[key] = replace(
                record, new_links=[], link_nos=[]
            )  # those of twenty thousand pages would not fit
        for link in record.new_links:
            if link.kind == LinkKind.PAGE and link.internal and not link.wrong:
                link_words.setdefault(_key(link.url), link.text)
        for named in record.navigation:
            candidate = found.setdefault(_key(named.url), SectionCandidate(named.url))
            candidate.names[named.place].append(named.name)
            candidate.external = not urls.is_internal(named.url, site.home_url)
            if named.parent:
                at = 0 if named.place == "trail" else len(candidate.parents)
                candidate.parents.insert(at, named.parent)
    for key, record in read.items():
        if record.kind == "section":
            found.setdefault(key, SectionCandidate(record.url))
    home = _key(site.home_url)
    of_site, repeated = _said_of_all(read)
    upper = {parent for candidate in found.values() for parent in candidate.parents}
    kept = []
    for key, candidate in found.items():
        candidate.page = page = read.get(key)
        if key == home or (page is not None and page.kind == "home"):
            continue
        if candidate.named or (
            page is not None and _reads_as_section(page) and not _is_further_page(page, found)
        ):
            candidate.name = _name(candidate, link_words.get(key, ""), site, of_site, repeated, upper)
            if candidate.name and candidate.name not in of_site:
                kept.append(candidate)
    _count_children(kept)
    return _each_once(kept)


def _said_of_all(read: Mapping[str, Page]) -> tuple[frozenset[str], frozenset[str]]:
    """What tells no section from another: parts that most titles share, and names that templates put on unlike columns."""
    named = [page.title for page in read.values() if page.title and page.kind != "article"]
    titles = Counter(
        part for title in named for part in {clean_name(each) for each in _TITLE_PARTS.split(title)}
    )
    tagged: dict[str, set[str]] = defaultdict(set)
    for page in read.values():
        if page.kind == "section" and (tag := clean_name(page.tags.get("ColumnName", ""))):
            tagged[tag].add(urls.directory_of(page.url))
    return (
        frozenset(
            part for part, number in titles.items() if part and number > max(len(named) / 2, FEW_OF_A_TYPE)
        ),
        frozenset(tag for tag, folders in tagged.items() if len(folders) > 1),
    )


def _name(
    candidate: SectionCandidate,
    link_word: str,
    site: Site,
    of_site: Container[str],
    repeated: Container[str],
    upper: Container[str],
) -> str:
    """What the people who know the site call a section.

    A tag that unlike columns carry as well (`repeated`) gives way to trail, menu and title; the office that others stand
    under (`upper`), where the trail ends too early, to the words that lead here.
    """
    names = candidate.names
    trail = names["trail"][0] if "trail" in names else ""
    menu = next((names[place][0] for place in ("menu", "map") if place in names), "")
    parents = set(candidate.parents)
    page = candidate.page
    tag = clean_name(page.tags.get("ColumnName", "")) if page is not None else ""
    if tag and tag != site.name and tag not in parents and (tag not in repeated or tag in (trail, menu)):
        return tag
    own = menu if menu and menu not in parents else ""  # else it leads to the first list below it
    more = next(iter(names.get("more", ())), "")
    title = _title_name(page, site, of_site) if page is not None else ""
    choices = [own, trail, menu, more, clean_name(link_word), title]
    if trail in upper and not own and OFFICE.search(trail):
        below = [name for name in (clean_name(link_word), title) if name and not OFFICE.search(name)]
        choices = [*below, *choices]
    return next((name for name in choices if name), "")


def _title_name(page: Page, site: Site, of_site: Container[str]) -> str:
    whole = f"{site.name} {page.tags.get('SiteName', '')}"
    names = (clean_name(part) for part in _TITLE_PARTS.split(page.title or ""))
    return next((name for name in names if name and name not in whole and name not in of_site), "")


def _each_once(candidates: list[SectionCandidate]) -> list[SectionCandidate]:
    """Of addresses that lead to the same page, or to pages of one name in one folder, the one with the list."""
    kept: dict[tuple[str, ...], SectionCandidate] = {}
    for candidate in candidates:
        page = candidate.page
        answered = _key(page.final_url or candidate.url) if page is not None else _key(candidate.url)
        first = kept.setdefault((answered,), candidate)
        if first is not candidate:
            continue
        same = (candidate.name, candidate.parent or "", urls.directory_of(candidate.url))
        first = kept.setdefault(same, candidate)
        if first is not candidate and len(candidate.entries) > len(first.entries):
            kept[same] = candidate
    chosen = {id(candidate) for key, candidate in kept.items() if len(key) > 1}
    return [candidate for candidate in candidates if id(candidate) in chosen]


def _key(url: str) -> str:
    """What two spellings of one address share: scheme, `www.` and the index file left out."""
    address = urls.split(url)
    if address is None:
        return url
    query = f"?{address.query}" if address.query else ""
    return f"{urls.site_key_of(address)}{_INDEX.sub('/', address.path)}{query}"


def _is_further_page(page: Page, found: Container[str]) -> bool:
    """Whether a page is page 2, 3 … of a list that is known by its first."""
    first = _FURTHER_PAGE.sub("", page.url).rstrip("?&")
    return first != page.url and _key(first) in found


def _reads_as_section(page: Page) -> bool:
    return page.kind == "section" and (
        len(page.entries) >= _FEWEST_ENTRIES
        or any(entry.published_on for entry in page.entries)
        or bool(page.tags.get("ColumnName"))
        or bool(page.navigation)
    )


def _count_children(candidates: list[SectionCandidate]) -> None:
    """How many other sections stand under each: by their trail or menu, or below its folder."""
    counted = Counter(candidate.name for candidate in candidates)
    below: Counter[str] = Counter()
    under: Counter[str] = Counter(candidate.parent for candidate in candidates if candidate.parent)
    for candidate in candidates:
        folder = urls.directory_of(candidate.url)
        while (folder := urls.directory_of(folder[:-1])).count("/") > 3:
            below[folder] += 1
    for candidate in candidates:
        by_name = under[candidate.name] if counted[candidate.name] == 1 else 0
        candidate.children = max(by_name, below[urls.directory_of(candidate.url)])
