"""The office's pages over `data/notices`: all documents, every site with its history, trends, what is unmeasured.

    data/notices/index.html            documents by date, sites with their standing
    data/notices/intranet/…            ledger, search, unmeasured, trends, crawl_health, sites/<code>.html, units/<unit>.html

They open from a file share (`file://`), need no server and ask nothing of the network. They show the newest
assessment; the documents they lead to stay as they were written. Pages are made one by one, so that a thousand
sites need no more memory than one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from analytics.editions.chosen import edition_of
from analytics.notices.environment import render
from analytics.notices.folders import (
    IssuedDocument,
    WrittenFolder,
    issued_folders,
    written_folders,
)
from analytics.notices.intranet.crawl_health import read_crawl_health
from analytics.notices.intranet.ledger import read_ledger
from analytics.notices.intranet.night_status import night_status
from analytics.notices.intranet.search import newest_articles, read_search
from analytics.notices.intranet.site_page import site_pages
from analytics.notices.intranet.trends import read_trends
from analytics.notices.intranet.unit_page import unit_files, unit_pages
from analytics.notices.intranet.unmeasured import read_unmeasured
from analytics.notices.ledger_book import ledger_book
from analytics.notices.material import in_official_order
from analytics.notices.results import read_standing, records
from analytics.notices.today import Today, today
from analytics.words.text import file_stem, shown
from analytics.words.wording import wording
from govcrawl.records.states import STANDING, LedgerState, Verdict
from govcrawl.records.whole import folder_begun, put_in_place, write_whole
from govcrawl.records.withdrawals import withdrawals
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from analytics.editions.chosen import Edition
    from analytics.notices.intranet.night_status import NightStatus
    from analytics.notices.ledger_book import Fault
    from analytics.notices.results import Results

PAGES = "intranet"
ATTENTION = (
    Verdict.UNQUALIFIED,
    Verdict.UNMEASURED,
    Verdict.QUALIFIED,
)  # the order in which sites want to be looked at


@dataclass(frozen=True, slots=True)
class Index:
    """The first page. `digest` and `circular` are those of the newest assessment, from `data/notices`."""

    today: Today
    counts: Mapping[str, int]
    standing: int
    new: int
    overdue: int
    digest: str | None
    circular: str | None
    review: str | None  # the review page of the newest assessment, where it was exported
    night: NightStatus
    folders: list[WrittenFolder]
    issued: list[IssuedDocument]
    sites: list[dict[str, Any]]
    names: Mapping[str, str]  # stem of a site's files → its name


def write_index(data: Path) -> Path:
    """Write all pages anew and return the first; the folder of pages is replaced whole, the first page last."""
    notices = data / "notices"
    with Snapshot.open(data) as snapshot:
        articles = newest_articles(snapshot)  # first: finding them takes the most memory, which is given back
        results = read_standing(snapshot, snapshot.newest_assessment())
        night = night_status(data, results)
        edition = edition_of(data / "assessments" / results.assessment_id)
        sections = snapshot.query("sections_of_assessment", assessment_id=results.assessment_id)
        withdrawn = withdrawals(data)
        issued = issued_folders(data / "issued")
        folders = [each for each in written_folders(notices) if each.assessment_id not in withdrawn]
        with folder_begun(notices) as beside:
            faults = ledger_book(snapshot, results.assessment_id, results.as_of, issued)
            places = _Places.of(results, faults)
            pages = _Pages(beside, results, places)
            _write_pages(pages, edition, snapshot, sections, articles, folders, faults, issued, night)
            put_in_place(beside, notices / PAGES)
        urgent = today(snapshot, results, edition, sections, folders, issued)
        order = in_official_order(snapshot, results, set(results.sites["unit"]))
    first = notices / "index.html"
    review = data / "reviews" / f"{results.assessment_id}.html"
    leads = f"../reviews/{review.name}" if review.exists() else None
    text = _page("index", "", results, places, index(results, urgent, folders, issued, night, leads, order))
    write_whole(first, text.encode())
    return first


def index(
    results: Results,
    urgent: Today,
    folders: list[WrittenFolder],
    issued: list[IssuedDocument],
    night: NightStatus,
    review: str | None,
    units: Sequence[str],
) -> Index:
    """What the first page shows, counted from the assessment's rows. `units`: all of them in the official order."""
    place = {unit: number for number, unit in enumerate(units)}
    standing = results.ledger[results.ledger["state"].isin(STANDING)]
    by_site = standing["site_code"].value_counts()
    states = standing["state"].value_counts()
    of_newest = [folder for folder in folders if folder.assessment_id == results.assessment_id]
    return Index(
        today=urgent,
        counts=results.counts,
        standing=len(standing),
        new=int(states.get(LedgerState.NEW, 0)),
        overdue=int(states.get(LedgerState.OVERDUE, 0)),
        digest=_first(of_newest, "duty_digest"),
        circular=_first(of_newest, "circular"),
        review=review,
        night=night,
        names={
            file_stem(site["site_code"]): site["name"]
            for site in records(results.sites[["site_code", "name"]])
        },
        folders=folders,
        issued=issued,
        sites=sorted(
            (
                site
                | {"page": site_file(site["site_code"]), "standing": int(by_site.get(site["site_code"], 0))}
                for site in records(results.sites)
            ),
            key=lambda site: (
                ATTENTION.index(site["verdict"]),
                -site["standing"],
                place[site["unit"]],
                site["site_code"],
            ),
        ),
    )


def site_file(site_code: str) -> str:
    """A site's page, from `data/notices`."""
    return f"{PAGES}/sites/{file_stem(site_code)}.html"


def _first(folders: list[WrittenFolder], kind: str) -> str | None:
    return next((path for folder in folders if (path := folder.path(kind))), None)


@dataclass(frozen=True, slots=True)
class _Places:
    """Which sites and units have a page, and where, from `data/notices`."""

    sites: frozenset[str]
    units: Mapping[str, str]  # unit → stem

    @classmethod
    def of(cls, results: Results, faults: Sequence[Fault]) -> _Places:
        units = {_unit_name(unit) for unit in results.sites["unit"]} | {fault.unit for fault in faults}
        return cls(frozenset(results.sites["site_code"]), unit_files(units))

    def site(self, site_code: str | None) -> str | None:
        return site_file(site_code) if site_code in self.sites and site_code else None

    def unit(self, unit: str) -> str:
        return f"{PAGES}/units/{self.units[_unit_name(unit)]}.html"


def _unit_name(unit: str) -> str:
    """A unit as pages name it."""
    return shown(unit, 60)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Writes pages into the folder that is to be put in place."""

    folder: Path
    results: Results
    places: _Places

    def write(self, path: str, stem: str, context: object, **also: Any) -> None:
        """`path` in the folder, made by the template `stem`."""
        root = "../" * (path.count("/") + 1)
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(_page(stem, root, self.results, self.places, context, **also), "utf-8")


def _write_pages(
    pages: _Pages,
    edition: Edition,
    snapshot: Snapshot,
    sections: pd.DataFrame,
    articles: pd.DataFrame,
    folders: list[WrittenFolder],
    faults: Sequence[Fault],
    issued: Sequence[IssuedDocument],
    night: NightStatus,
) -> None:
    results, places = pages.results, pages.places
    pages.write("ledger.html", "ledger", read_ledger(faults))
    pages.write("unmeasured.html", "unmeasured", read_unmeasured(snapshot, results, edition, sections))
    pages.write("trends.html", "trends", read_trends(snapshot, results, sections))
    pages.write("crawl_health.html", "crawl_health", read_crawl_health(snapshot, results, night))
    sheets = _score_sheets(results, folders)
    for page in site_pages(snapshot, results, edition, sections):
        name = Path(site_file(page.site["site_code"])).name
        pages.write(f"sites/{name}", "site_page", page, sheet=sheets.get(name))
    for unit in unit_pages(snapshot, results, faults, issued, places.units):
        pages.write(f"units/{places.units[unit.unit]}.html", "unit_page", unit)
    pages.write(
        "search.html",
        "search",
        read_search(articles, results, faults, site_file, places.unit),
        scripts=("search.js",),
    )


def _score_sheets(results: Results, folders: list[WrittenFolder]) -> dict[str, str]:
    """File name of a site's page → its score sheet of the newest assessment, from `data/notices`."""
    return {
        Path(path).name: f"{folder.notice_id}/{path}"
        for folder in reversed(folders)
        if folder.assessment_id == results.assessment_id
        for kind, _, paths in folder.documents
        if kind == "score_sheet"
        for path in paths
    }


def _page(
    stem: str,
    root: str,
    results: Results,
    places: _Places,
    context: object,
    *,
    sheet: str | None = None,
    scripts: Sequence[str] = ("document.js",),
) -> str:
    """One page; `root` leads from where it lies back to `data/notices`."""
    return render(
        stem,
        styles=("intranet.css",),
        scripts=scripts,
        here=stem,
        root=root,
        results=results,
        c=context,
        words=wording(),
        quote=quote,
        site_file=site_file,
        page_of=lambda code: (page := places.site(code)) and f"{root}{page}",
        unit_page=lambda unit: f"{root}{quote(places.unit(unit))}",
        sheet=sheet,
    )
