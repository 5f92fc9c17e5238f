"""The sections of a site that registers none, proposed from what the visit read: for people to confirm.

What cannot be a section (articles, further pages of a list, entrances) is left out; what may be one and could not be read stays,
with its state. Records of a finished run in, rows of a registry file out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govcrawl.pages.links import urls
from govcrawl.pages.sections.candidates import (
    ELSEWHERE,
    EMPTY,
    FEW_OF_A_TYPE,
    OFFICE,
    ONE_PAGE,
    PLACES,
    READ,
    UNREACHABLE,
    UNREAD,
    SectionCandidate,
    candidates_of,
)
from govcrawl.pages.sections.section_class import OTHER, Classified, classify
from govcrawl.registry.choices import SectionClass
from govcrawl.registry.model import FIRST, SECOND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govcrawl.records.items import Page
    from govcrawl.registry import Site

# How far a proposed section is to be trusted, by its state.
_TRUST: Final = {READ: 1.0, EMPTY: 0.8, ONE_PAGE: 0.8, UNREAD: 0.6, UNREACHABLE: 0.5, ELSEWHERE: 0.6}
_SURE: Final = 0.5  # of a class, for an address whose page says nothing
_MOST_LINKS_TO_A_HOST: Final = 3  # outside the site, as sections of their own
_SEVERAL: Final = 3  # offices or people beside each other that make a directory
_MOST_OF_OFFICES: Final = (
    8  # pages of one name, each under another office; a site has no more branches with lists of their own
)
_ROOT_SLASHES: Final = 3  # of the address of a site's first folder
_LONGEST_PERSON: Final = 4  # characters of a person's name
_CLEAR: Final = 0.6  # confidence of a class that the name itself tells
_ENTRANCE: Final = 2  # sections below it that make an unclassed page an entrance, whatever it shows of them
_BRACKETED: Final = re.compile(r"[（(\[【][^）)\]】\n]{0,60}[）)\]】]")
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
_AN_ENTRANCE: Final = re.compile(r"[（(]?入口[）)]?$")


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


def propose_sections(site: Site, pages: Iterable[Page]) -> list[Proposal]:
    """The sections of one site, in the order it names them, from the page records of its visit."""
    candidates = _one_an_outside_host(candidates_of(site, pages))
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


def _told_apart(kept: list[SectionCandidate], candidates: list[SectionCandidate]) -> dict[int, str]:
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


def _instances(candidates: list[SectionCandidate]) -> set[int]:
    """Rows of a directory, which are no sections: offices, leaders, and one page that every office has.

    One of a kind may be a section; several beside each other are a list of offices or people.
    """
    beside: dict[str, list[SectionCandidate]] = defaultdict(list)
    alike: dict[str, list[SectionCandidate]] = defaultdict(list)
    for each in candidates:
        beside[each.parent or urls.directory_of(urls.directory_of(each.url)[:-1])].append(each)
        alike[each.name].append(each)
    found: set[int] = set()
    for group in beside.values():
        offices = [each for each in group if OFFICE.search(_BRACKETED.sub("", each.name))]
        people = [each for each in group if each.state != READ and _is_person(each)]
        for rows in (offices, people):
            if len(rows) >= _SEVERAL:
                found |= set(map(id, rows))
    for group in alike.values():
        of_offices = [each for each in group if each.parent and OFFICE.search(each.parent)]
        if len(of_offices) > _MOST_OF_OFFICES:
            found |= set(map(id, of_offices))
    return found


def _is_person(candidate: SectionCandidate) -> bool:
    """Whether a name is as short as that of a person, with or without an office, and says nothing else."""
    found = classify(candidate.name)
    return (
        len(candidate.name) <= _LONGEST_PERSON and found.section_class == OTHER and found.confidence < _SURE
    ) or (found.section_class == SectionClass.LEADERS and candidate.parent is not None)


def _one_an_outside_host(candidates: list[SectionCandidate]) -> list[SectionCandidate]:
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


def _classified(candidate: SectionCandidate, of_template: str | None) -> Classified:
    column_type = candidate.column_type if candidate.column_type != of_template else None
    titles = [entry.title for entry in candidate.entries]
    return classify(candidate.name, column_type, titles, candidate.parent)


def _type_of_template(candidates: list[SectionCandidate]) -> str | None:
    """The ColumnType that most sections of a site carry, so that it tells none from another."""
    types = Counter(candidate.column_type for candidate in candidates if candidate.column_type)
    commonest, number = types.most_common(1)[0] if types else (None, 0)
    return commonest if number > FEW_OF_A_TYPE and number * 2 > types.total() else None


def _plausible(candidate: SectionCandidate, found: Classified) -> bool:
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
        case state if state == ELSEWHERE and OFFICE.search(_BRACKETED.sub("", candidate.name)):
            return False
    return classed and alone and found.confidence >= (_CLEAR if candidate.state == ELSEWHERE else _SURE)


def _is_entrance(candidate: SectionCandidate) -> bool:
    """Whether a page shows the entries of the sections below it: a branch office, a topic; by its name it is no list."""
    by_name = classify(candidate.name)
    return candidate.children >= _ENTRANCE and by_name.section_class == OTHER and by_name.confidence < _SURE


def _rank(
    candidate: SectionCandidate, section_class: str, lists: Mapping[str, str], above: Mapping[str, str | None]
) -> str:
    """二级 below another list of its class, or below a name that itself stands below one; 一级 otherwise.

    政务公开 > 通知公告 is a first-level section: what it stands under is an entrance, no list.
    """
    parent = candidate.parent
    if parent is None:
        return FIRST
    return SECOND if lists.get(parent) == section_class or above.get(parent) else FIRST


def _evidence(candidate: SectionCandidate, found: Classified) -> Iterator[str]:
    yield from found.evidence
    yield next((words for place, words in PLACES.items() if place in candidate.names), "列表页")
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
