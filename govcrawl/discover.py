"""The sections of sites that register none, proposed from what the site spider read: for people to confirm.

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
from typing import TYPE_CHECKING, Any, Final

from govcrawl.errors import UserError
from govcrawl.outcomes import Outcome
from govcrawl.pages import urls
from govcrawl.pages.navigation import clean_name
from govcrawl.pages.section_class import OTHER, classify
from govcrawl.registry.columns import PROPOSAL_REMARKS
from govcrawl.runs import open_run, read_records, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from govcrawl.registry import Registry, Site

HEADERS: Final = ("site_code", "name", "url", "class", "rank", *PROPOSAL_REMARKS)

# States of a proposed section, as the people who confirm it read them.
READ, EMPTY, ONE_PAGE = "有条目", "未见条目", "单页"
UNREAD, UNREACHABLE, ELSEWHERE = "未读取", "打不开", "跳转站外"

_FEWEST_ENTRIES: Final = 3  # of a page nobody names that is to be taken for a section
_FAILED: Final = frozenset(
    [Outcome.NOT_FOUND, Outcome.GONE, Outcome.CLIENT_ERROR, Outcome.SERVER_ERROR, Outcome.SOFT_NOT_FOUND,
     Outcome.DNS_FAILURE, Outcome.REFUSED, Outcome.EMPTY, Outcome.REDIRECT_LOOP]
)  # fmt: skip
_PLACES: Final = {"menu": "首页导航", "map": "网站地图", "more": "首页“更多”"}
# Classes that a single page without a list may hold.
_ONE_PAGE_CLASSES: Final = frozenset(
    [
        "领导信息",
        "机构信息",
        "地区介绍",
        "信息公开目录",
        "办事指南",
        "办事统计",
        "数据发布",
        "政务咨询",
        "调查征集",
        "在线访谈",
    ]
)
_NAME_ORDER: Final = ("tag", "trail", "menu", "map", "more", "link", "title")
_INDEX: Final = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php|do)$", re.IGNORECASE)
_FURTHER_PAGE: Final = re.compile(
    r"[_-]\d{1,4}(?=\.(?:s?html?|jsp|aspx?|php)$)|(?<=/)\d{1,3}(?=\.(?:s?html?)$)|(?<=[?&])(?:page(?:no|num|index|_?id)?|p|pageNumber|cur(?:rent)?page|start(?:record)?|totalpage|uid|per\w*)=\d+&?",
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
    order: int
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by source
    parents: list[str] = field(default_factory=list)
    external: bool = False
    page: dict[str, Any] | None = None

    @property
    def named(self) -> bool:
        """Whether the site itself calls it a section."""
        return not self.names.keys().isdisjoint(_PLACES)

    def name(self, site_name: str) -> str:
        for source in _NAME_ORDER:
            counted = Counter(name for name in self.names.get(source, ()) if name != site_name)
            if counted:
                return counted.most_common(1)[0][0]
        return ""


def propose_sections(site: Site, pages: Iterable[dict[str, Any]]) -> list[Proposal]:
    """The sections of one site, in the order it names them, from the page records of its visit."""
    candidates = _candidates(site, pages)
    proposals = []
    for candidate in candidates:
        proposal = _proposal(site, candidate, _children(candidate, candidates))
        if proposal is not None:
            proposals.append(proposal)
    return _told_apart(proposals, {each.url: each.parents for each in candidates})


def discover(registry: Registry, run_folder: Path) -> list[Proposal]:
    """The proposals for every running site that registers no section, from a finished site run."""
    found: list[Proposal] = []
    for site in without_sections(registry):
        path = run_folder / "page" / f"{site.site_code}.jsonl"
        if path.exists():
            found += propose_sections(site, read_records(path))
    return found


def without_sections(registry: Registry) -> list[Site]:
    """The running sites that register no section."""
    registered = {section.site_code for section in registry.sections}
    return [site for site in registry.running_sites() if site.site_code not in registered]


def newest_site_run(run_folders: Iterable[Path], data: Path) -> Path:
    """The latest finished run of the site spider."""
    for folder in reversed(list(run_folders)):
        if open_run(folder).plan.kind == "site":
            return folder
    raise UserError(
        f"{data}: no finished run of the site spider to discover sections in. "
        "Run `govcrawl crawl` or `govcrawl nightly` first."
    )


def proposals_of(data: Path, run_id: str) -> Path:
    """Where the proposals from a site run lie."""
    return data / "proposals" / run_id / "sections.csv"


def write_proposals(proposals: Iterable[Proposal], path: Path) -> None:
    """Write the proposals in the registry's own format, with the mark spreadsheets know UTF-8 by."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADERS)
    writer.writerows(proposal.row() for proposal in proposals)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.getvalue().encode("utf-8-sig"))


# ---------- what there is


def _candidates(site: Site, pages: Iterable[dict[str, Any]]) -> list[_Candidate]:
    """Every address that may be a section, in the order it was met."""
    found: dict[str, _Candidate] = {}
    link_words: dict[str, str] = {}
    read: dict[str, dict[str, Any]] = {}
    listed: list[dict[str, Any]] = []
    for page in pages:
        key = _key(page["url"])
        if key not in read or read[key]["outcome"] != Outcome.OK:
            read[key] = page
        for link in page["new_links"]:
            if link["kind"] == "page" and link["internal"] and not link["wrong"]:
                link_words.setdefault(_key(link["url"]), link["text"])
        for named in page.get("navigation", ()):
            candidate = found.setdefault(_key(named["url"]), _Candidate(named["url"], len(found)))
            candidate.names[named["place"]].append(named["name"])
            candidate.external = not urls.is_internal(named["url"], site.home_url)
            if named["parent"]:
                candidate.parents.append(named["parent"])
        if page["kind"] == "section" and page["depth"]:
            listed.append(page)
    named_pages = {key for key, candidate in found.items() if candidate.named}
    for page in listed:
        key = _key(page["url"])
        if key not in found or key not in named_pages:
            if _is_further_page(page, found, read) or not _reads_as_section(page):
                found.pop(key, None)
                continue
            found.setdefault(key, _Candidate(page["url"], len(found)))
    home = _key(site.home_url)
    kept = [candidate for key, candidate in found.items() if key != home and (candidate.named or key in read)]
    for candidate in kept:
        key = _key(candidate.url)
        candidate.page = read.get(key)
        if word := clean_name(link_words.get(key, "")):
            candidate.names["link"].append(word)
        if candidate.page is not None:
            _add_own_names(candidate, candidate.page, site)
    return sorted(_one_an_answer(kept), key=lambda each: each.order)


def _add_own_names(candidate: _Candidate, page: dict[str, Any], site: Site) -> None:
    tag = clean_name(page["tags"].get("ColumnName", ""))
    if tag:
        candidate.names["tag"].append(tag)
    for part in _TITLE_PARTS.split(page["title"] or ""):
        name = clean_name(part)
        if name and name != site.name and name not in (page["tags"].get("SiteName") or ""):
            candidate.names["title"].append(name)
            break


def _one_an_answer(candidates: list[_Candidate]) -> list[_Candidate]:
    """One candidate for each page that answered: two addresses that lead to the same are one section."""
    kept: dict[str, _Candidate] = {}
    for candidate in candidates:
        final = candidate.page["final_url"] if candidate.page is not None else None
        first = kept.setdefault(_key(final or candidate.url), candidate)
        if first is not candidate:
            for source, names in candidate.names.items():
                first.names[source] += names
    return list(kept.values())


def _key(url: str) -> str:
    """What two spellings of one address share: scheme, `www.` and the index file left out."""
    address = urls.split(url)
    if address is None:
        return url
    path = _INDEX.sub("/", address.path)
    return (
        f"{urls.site_key_of(address)}{path}?{address.query}"
        if address.query
        else f"{urls.site_key_of(address)}{path}"
    )


def _is_further_page(
    page: dict[str, Any], found: dict[str, _Candidate], read: dict[str, dict[str, Any]]
) -> bool:
    """Whether a page is page 2, 3 … of a list that is known by its first."""
    first = _FURTHER_PAGE.sub("", page["url"]).rstrip("?&")
    if first == page["url"]:
        return False
    key = _key(first)
    return key in found or (key in read and read[key]["kind"] == "section")


def _reads_as_section(page: dict[str, Any]) -> bool:
    dated = sum(entry["published_on"] is not None for entry in page["entries"])
    return page["outcome"] == Outcome.OK and (
        len(page["entries"]) >= _FEWEST_ENTRIES
        or dated > 0
        or bool(page["tags"].get("ColumnName"))
        or any(named["place"] == "trail" for named in page.get("navigation", ()))
    )


def _children(candidate: _Candidate, candidates: list[_Candidate]) -> int:
    """How many other sections stand under this one: by their trail or menu, or below its directory."""
    names = {name for names in candidate.names.values() for name in names}
    directory = urls.directory_of(candidate.url)
    root = urls.directory_of(urls.origin_of(candidate.url) + "/")
    return sum(
        not names.isdisjoint(other.parents)
        or (
            directory != root
            and other.url.startswith(directory)
            and urls.directory_of(other.url) != directory
        )
        for other in candidates
        if other is not candidate
    )


# ---------- what to say of it


def _proposal(site: Site, candidate: _Candidate, children: int) -> Proposal | None:
    """What to propose of a candidate; None when it is none."""
    page = candidate.page
    name = candidate.name(site.name)
    if not name:
        return None
    state = _state(candidate)
    titles = [entry["title"] for entry in page["entries"]] if page is not None else []
    found = classify(name, page["tags"].get("ColumnType") if page is not None else None, titles)
    if not _plausible(candidate, state, found.section_class, children, titles):
        return None
    evidence = list(found.evidence)
    evidence += [words for source, words in _PLACES.items() if source in candidate.names][:1]
    if not candidate.named:
        evidence.append("列表页")
    if titles and page is not None:
        days = [entry["published_on"] for entry in page["entries"] if entry["published_on"]]
        evidence.append(f"{len(titles)}条" + (f",最近{max(days)}" if days else ",未注明日期"))
    if children:
        evidence.append(f"含下级栏目{children}个")
    if state == ELSEWHERE:
        evidence.append(f"现址{page['final_url'] if page is not None else candidate.url}")
    parent = candidate.parents[0] if candidate.parents else None
    if parent:
        evidence.append(f"上级“{parent}”")
    return Proposal(
        site_code=site.site_code,
        name=name,
        url=candidate.url,
        section_class=found.section_class,
        rank="二级" if parent and "more" not in candidate.names else "一级",
        state=state,
        confidence=round(
            found.confidence * _STATE_WEIGHT[state] * (1 if candidate.named or titles else 0.8), 2
        ),
        evidence=";".join(evidence),
    )


_STATE_WEIGHT: Final = {READ: 1.0, EMPTY: 0.8, ONE_PAGE: 0.8, UNREAD: 0.6, UNREACHABLE: 0.5, ELSEWHERE: 0.6}


def _state(candidate: _Candidate) -> str:
    page = candidate.page
    if candidate.external or (page is not None and page["outcome"] == Outcome.REDIRECT_OFFSITE):
        return ELSEWHERE
    if page is None:
        return UNREAD
    if page["outcome"] != Outcome.OK:
        return UNREACHABLE if page["outcome"] in _FAILED else UNREAD
    if page["kind"] == "section" or page["entries"]:
        return READ if page["entries"] else EMPTY
    return ONE_PAGE


def _plausible(
    candidate: _Candidate, state: str, section_class: str, children: int, titles: list[str]
) -> bool:
    """Whether a clerk would call it a section."""
    classed = section_class != OTHER
    match state:
        case _ if state == READ:
            return len(titles) > 1 or candidate.named
        case _ if state == EMPTY:
            return not children
        case _ if state == ONE_PAGE:
            return not children and section_class in _ONE_PAGE_CLASSES and candidate.named
    return classed and candidate.named


def _told_apart(proposals: list[Proposal], parents: dict[str, list[str]]) -> list[Proposal]:
    """Sections of one name get the name above them in brackets."""
    counted = Counter(proposal.name for proposal in proposals)
    return list(_renamed(proposals, counted, parents))


def _renamed(
    proposals: list[Proposal], counted: Counter[str], parents: dict[str, list[str]]
) -> Iterator[Proposal]:
    for proposal in proposals:
        above = parents.get(proposal.url)
        if counted[proposal.name] > 1 and above:
            yield replace(proposal, name=f"{proposal.name}({above[0]})")
        else:
            yield proposal
