"""The sections of sites that register none, proposed from what the visit read: for people to confirm.

A section is an address that the site itself names (menu, site map, a block's 更多) or a page that reads as a list. Its
name comes from those who should know best: the official tag, the trail of the page, the words that lead to it. What
cannot be one (articles, further pages of a list, entrances) is left out; what may be one and could not be read stays,
with its state. Pure: records of a finished run in, rows of a registry file out.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from govcrawl.pages.links import urls
from govcrawl.pages.lists.navigation import clean_name
from govcrawl.pages.sections.section_class import OTHER, Classified, classify
from govcrawl.records.errors import UserError
from govcrawl.records.items import Page
from govcrawl.records.kinds import READS_PAGES
from govcrawl.records.outcomes import CONCLUSIVE, Outcome
from govcrawl.records.packed import stored
from govcrawl.records.record_files import records_of
from govcrawl.records.runs import open_run
from govcrawl.records.whole import write_whole
from govcrawl.registry.choices import SectionClass
from govcrawl.registry.columns import PROPOSAL_REMARKS
from govcrawl.registry.guards import guarded
from govcrawl.registry.model import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from govcrawl.records.items import Entry
    from govcrawl.registry import Registry, Site

HEADERS: Final = ("site_code", "name", "url", "class", "rank", *PROPOSAL_REMARKS)

# States of a proposed section, as the people who confirm it read them, and how far each is to be trusted.
READ, EMPTY, ONE_PAGE = "有条目", "未见条目", "单页"
UNREAD, UNREACHABLE, ELSEWHERE = "未读取", "打不开", "跳转站外"
_TRUST: Final = {READ: 1.0, EMPTY: 0.8, ONE_PAGE: 0.8, UNREAD: 0.6, UNREACHABLE: 0.5, ELSEWHERE: 0.6}

_FEWEST_ENTRIES: Final = 3  # of a page nobody names that is to be taken for a section
_SURE: Final = 0.5  # of a class, for an address whose page says nothing
_MOST_LINKS_TO_A_HOST: Final = 3  # outside the site, as sections of their own
_FEW_OF_A_TYPE: Final = 4
_SEVERAL: Final = 3  # offices or people beside each other that make a directory
_MOST_OF_OFFICES: Final = (
    8  # pages of one name, each under another office; a site has no more branches with lists of their own
)
_ROOT_SLASHES: Final = 3  # of the address of a site's first folder
_LONGEST_PERSON: Final = 4  # characters of a person's name
_CLEAR: Final = 0.6  # confidence of a class that the name itself tells
_ENTRANCE: Final = 2  # sections below it that make an unclassed page an entrance, whatever it shows of them
_BRACKETED: Final = re.compile(r"[（(\[【].*?[）)\]】]")
_PLACES: Final = {"menu": "首页导航", "map": "网站地图", "more": "首页“更多”"}
# Classes that a single page without a list may hold.
_ONE_PAGE_CLASSES: Final = frozenset(
    [
        *(
            SectionClass.LEADERS,
            SectionClass.AGENCIES,
            SectionClass.REGION,
            SectionClass.CATALOGUE,
            SectionClass.GUIDES,
            SectionClass.SERVICE_FIGURES,
            SectionClass.DATA,
        ),
        *(SectionClass.LETTERS, SectionClass.CONSULTATIONS, SectionClass.INTERVIEWS),
    ]
)
_OFFICE: Final = re.compile(
    r"(?:[局厅委办镇乡]|委员会|办公室|政府|法院|检察院|网|中心|学院|大学|平台|街道|集团|公司|[支大]队|门户|热线|入口)$"
)
_AN_ENTRANCE: Final = re.compile(r"[（(]?入口[）)]?$")
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php|do)$", re.IGNORECASE)
_FURTHER_PAGE: Final = re.compile(
    r"[_-]\d{1,4}(?=\.(?:s?html?|jsp|aspx?|php)$)|(?<=/)\d{1,3}(?=\.s?html?$)"
    r"|(?<=[?&])(?:page\w*|p|pn|cur\w*page|start\w*|totalpage|per\w*)=\d+&?",
    re.IGNORECASE,
)
_TITLE_PARTS: Final = re.compile(r"[_|\-—–:：>]+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One row of a proposed `sections.csv`."""

    site_code: str
    name: str
    url: str
    section_class: str
    rank: str
    state: str
    confidence: float
    evidence: str

    def row(self) -> list[str]:
        return [
            self.site_code,
            self.name,
            self.url,
            self.section_class,
            self.rank,
            self.state,
            f"{self.confidence:.2f}",
            self.evidence,
        ]


@dataclass(slots=True)
class _Candidate:
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
        return not self.names.keys().isdisjoint(_PLACES)

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


def propose_sections(site: Site, pages: Iterable[Page]) -> list[Proposal]:
    """The sections of one site, in the order it names them, from the page records of its visit."""
    candidates = _one_an_outside_host(_candidates(site, pages))
    of_template = _type_of_template(candidates)
    classed = [(each, _classified(each, of_template)) for each in candidates]
    instances = _instances(candidates)
    kept = [(each, found) for each, found in classed if id(each) not in instances and _plausible(each, found)]
    names = _told_apart([each for each, _ in kept], candidates)
    lists = {each.name: found.section_class for each, found in kept if each.state == READ}
    above = {each.name: each.parent for each in candidates}
    return [
        Proposal(
            site_code=site.site_code,
            name=names[id(each)],
            url=each.url,
            section_class=found.section_class,
            rank=_rank(each, found.section_class, lists, above),
            state=each.state,
            confidence=round(
                found.confidence * _TRUST[each.state] * (1 if each.named or each.entries else 0.8), 2
            ),
            evidence=";".join(_evidence(each, found)),
        )
        for each, found in kept
    ]


def discover(registry: Registry, run_folder: Path) -> list[Proposal]:
    """The proposals for every running site that registers no section, from a finished visit."""
    found: list[Proposal] = []
    for site in without_sections(registry):
        path = run_folder / "page" / f"{site.site_code}.jsonl"
        if stored(path).exists():
            found += propose_sections(site, records_of(path, Page))
    return found


def without_sections(registry: Registry) -> list[Site]:
    """The running sites that register no section."""
    registered = {section.site_code for section in registry.sections if section.url}
    return [site for site in registry.running_sites() if site.site_code not in registered]


def newest_site_run(run_folders: Iterable[Path], data: Path) -> Path:
    """The latest finished visit."""
    for folder in reversed(list(run_folders)):
        if open_run(folder).plan.kind in READS_PAGES:
            return folder
    raise UserError(
        f"{data}: no finished visit to discover sections in. "
        "Run `govcrawl crawl` or `govcrawl nightly` first."
    )


def proposals_of(data: Path, run_id: str) -> Path:
    """Where the proposals from a visit lie."""
    return data / "proposals" / run_id / "sections.csv"


def write_proposals(proposals: Iterable[Proposal], path: Path) -> None:
    """Write the proposals in the registry's own format, with the mark spreadsheets know UTF-8 by."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    writer.writerows([guarded(cell) for cell in proposal.row()] for proposal in proposals)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.getvalue().encode("utf-8-sig"))


# ---------- what there is


def _candidates(site: Site, pages: Iterable[Page]) -> list[_Candidate]:
    """Every address that may be a section, each page once, in the order it was met."""
    found: dict[str, _Candidate] = {}
    link_words: dict[str, str] = {}
    read: dict[str, Page] = {}
    for record in pages:
        key = _key(record.url)
        if key not in read or read[key].outcome != Outcome.OK:
            read[key] = replace(
                record, new_links=[], link_nos=[]
            )  # those of twenty thousand pages would not fit
        for link in record.new_links:
            if link.kind == "page" and link.internal and not link.wrong:
                link_words.setdefault(_key(link.url), link.text)
        for named in record.navigation:
            candidate = found.setdefault(_key(named.url), _Candidate(named.url))
            candidate.names[named.place].append(named.name)
            candidate.external = not urls.is_internal(named.url, site.home_url)
            if named.parent:
                at = 0 if named.place == "trail" else len(candidate.parents)
                candidate.parents.insert(at, named.parent)
    for key, record in read.items():
        if record.kind == "section":
            found.setdefault(key, _Candidate(record.url))
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
            part for part, number in titles.items() if part and number > max(len(named) / 2, _FEW_OF_A_TYPE)
        ),
        frozenset(tag for tag, folders in tagged.items() if len(folders) > 1),
    )


def _name(
    candidate: _Candidate,
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
    if trail in upper and not own and _OFFICE.search(trail):
        below = [name for name in (clean_name(link_word), title) if name and not _OFFICE.search(name)]
        choices = [*below, *choices]
    return next((name for name in choices if name), "")


def _title_name(page: Page, site: Site, of_site: Container[str]) -> str:
    whole = f"{site.name} {page.tags.get('SiteName', '')}"
    names = (clean_name(part) for part in _TITLE_PARTS.split(page.title or ""))
    return next((name for name in names if name and name not in whole and name not in of_site), "")


def _each_once(candidates: list[_Candidate]) -> list[_Candidate]:
    """Of addresses that lead to the same page, or to pages of one name in one folder, the one with the list."""
    kept: dict[tuple[str, ...], _Candidate] = {}
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


def _told_apart(kept: list[_Candidate], candidates: list[_Candidate]) -> dict[int, str]:
    """The name of each section by its identity; where several share one, with what it stands under.

    What is above is told by trail or menu, then by the addresses: 通知公告(常熟分中心) where four stand under 新闻动态.
    """
    counted = Counter(each.name for each in kept)
    under = Counter((each.name, each.parent) for each in kept)
    folders = [(urls.directory_of(each.url), each.name) for each in candidates]
    names = {}
    for each in kept:
        above = [each.parent] if each.parent and under[each.name, each.parent] == 1 else []
        if counted[each.name] > 1 and not above:
            own = urls.directory_of(each.url)
            holding = [
                (len(folder), name)
                for folder, name in folders
                if folder != own and own.startswith(folder) and folder.count("/") > _ROOT_SLASHES
            ]
            upwards = [
                name for _, name in sorted(holding, reverse=True) if name not in (each.name, each.parent)
            ]
            above = upwards[:1] or [name for name in (each.parent,) if name]
        names[id(each)] = f"{each.name}({above[0]})" if counted[each.name] > 1 and above else each.name
    return names


def _instances(candidates: list[_Candidate]) -> set[int]:
    """Rows of a directory, which are no sections: offices, leaders, and one page that every office has.

    One of a kind may be a section; several beside each other are a list of offices or people.
    """
    beside: dict[str, list[_Candidate]] = defaultdict(list)
    alike: dict[str, list[_Candidate]] = defaultdict(list)
    for each in candidates:
        beside[each.parent or urls.directory_of(urls.directory_of(each.url)[:-1])].append(each)
        alike[each.name].append(each)
    found: set[int] = set()
    for group in beside.values():
        offices = [each for each in group if _OFFICE.search(_BRACKETED.sub("", each.name))]
        people = [each for each in group if each.state != READ and _is_person(each)]
        for rows in (offices, people):
            if len(rows) >= _SEVERAL:
                found |= set(map(id, rows))
    for group in alike.values():
        of_offices = [each for each in group if each.parent and _OFFICE.search(each.parent)]
        if len(of_offices) > _MOST_OF_OFFICES:
            found |= set(map(id, of_offices))
    return found


def _is_person(candidate: _Candidate) -> bool:
    """Whether a name is as short as that of a person, with or without an office, and says nothing else."""
    found = classify(candidate.name)
    return (
        len(candidate.name) <= _LONGEST_PERSON and found.section_class == OTHER and found.confidence < _SURE
    ) or (found.section_class == "领导信息" and candidate.parent is not None)


def _one_an_outside_host(candidates: list[_Candidate]) -> list[_Candidate]:
    """Of many links to one outside host the first, named as what they stand under: a platform is one section."""
    hosts = Counter(urls.origin_of(each.url) for each in candidates if each.external)
    kept, hosts_kept = [], set()
    for candidate in candidates:
        host = urls.origin_of(candidate.url)
        if candidate.external and hosts[host] > _MOST_LINKS_TO_A_HOST:
            if host in hosts_kept:
                continue
            candidate.name = candidate.parent or candidate.name
        hosts_kept.add(host)
        kept.append(candidate)
    return kept


def _count_children(candidates: list[_Candidate]) -> None:
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


# ---------- what to say of it


def _classified(candidate: _Candidate, of_template: str | None) -> Classified:
    column_type = candidate.column_type if candidate.column_type != of_template else None
    titles = [entry.title for entry in candidate.entries]
    return classify(candidate.name, column_type, titles, candidate.parent)


def _type_of_template(candidates: list[_Candidate]) -> str | None:
    """The ColumnType that most sections of a site carry, so that it tells none from another."""
    types = Counter(candidate.column_type for candidate in candidates if candidate.column_type)
    commonest, number = types.most_common(1)[0] if types else (None, 0)
    return commonest if number > _FEW_OF_A_TYPE and number * 2 > types.total() else None


def _plausible(candidate: _Candidate, found: Classified) -> bool:
    """Whether a clerk would call it a section."""
    classed = found.section_class != OTHER
    alone = not candidate.children and candidate.named
    if _AN_ENTRANCE.search(candidate.name) and candidate.state != READ:
        return False
    match candidate.state:
        case state if state == READ:
            return (len(candidate.entries) > 1 or candidate.named) and not _is_entrance(candidate)
        case state if state == EMPTY:
            return not candidate.children and (classed or candidate.named)
        case state if state == ONE_PAGE:
            return alone and found.section_class in _ONE_PAGE_CLASSES and found.confidence >= _CLEAR
        case state if state == ELSEWHERE and _OFFICE.search(_BRACKETED.sub("", candidate.name)):
            return False
    return classed and alone and found.confidence >= (_CLEAR if candidate.state == ELSEWHERE else _SURE)


def _is_entrance(candidate: _Candidate) -> bool:
    """Whether a page shows the entries of the sections below it: a branch office, a topic; by its name it is no list."""
    by_name = classify(candidate.name)
    return candidate.children >= _ENTRANCE and by_name.section_class == OTHER and by_name.confidence < _SURE


def _rank(
    candidate: _Candidate, section_class: str, lists: Mapping[str, str], above: Mapping[str, str | None]
) -> str:
    """二级 below another list of its class, or below a name that itself stands below one; 一级 otherwise.

    政务公开 > 通知公告 is a first-level section: what it stands under is an entrance, no list.
    """
    parent = candidate.parent
    if parent is None:
        return FIRST
    return SECOND if lists.get(parent) == section_class or above.get(parent) else FIRST


def _evidence(candidate: _Candidate, found: Classified) -> Iterator[str]:
    yield from found.evidence
    yield next((words for place, words in _PLACES.items() if place in candidate.names), "列表页")
    entries = candidate.entries
    if entries:
        latest = max((entry.published_on or "" for entry in entries), default="")
        yield f"{len(entries)}条," + (f"最近{latest}" if latest else "未注明日期")
    if candidate.children:
        yield f"含下级栏目{candidate.children}个"
    if candidate.parent:
        yield f"上级“{candidate.parent}”"
    if candidate.state == ELSEWHERE:
        yield f"现址{candidate.page.final_url if candidate.page is not None else candidate.url}"
