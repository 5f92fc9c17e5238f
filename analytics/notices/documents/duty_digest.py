"""The morning's digest for the officer who reads the sites (读网日报): what changed since the last inspection.

Changes come first, totals after them. Changes of faults come from the ledger, which calls a fault mended only on proof. Articles
are compared only where both inspections read them: one that was read on one day only is not called new or changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.notices.official_document import OfficialDocument
from analytics.notices.results import records, records_by
from analytics.notices.text_changes import text_changes
from analytics.notices.today import Today, today
from analytics.words.of_checks import VETO_CHECKS_FIRST, check_words, fault_words
from analytics.words.phrases import SITE_FILE
from analytics.words.text import own_address
from analytics.words.wording import wording
from govcrawl.records.states import STANDING, LedgerState, Verdict
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from analytics.notices.intranet.night_status import MissedNight
    from analytics.notices.material import Material
    from analytics.notices.results import Results

READ_FIRST = (  # important by the notice of 2011: 重要稿件、重要信息
    *(SectionClass.NEWS, SectionClass.NOTICES),
    *(SectionClass.POLICIES, SectionClass.INTERPRETATIONS),
)
FAULTS_A_SITE = 5
ARTICLES = 200  # listed one by one; a duty officer reads no more in a morning
LINES = 6  # of a changed file
DUE = 20
DAYS_AHEAD = 14


@dataclass(frozen=True, slots=True)
class SiteFaults:
    """What befell one site, the weightiest first: a fault a check stands for its `number`; `more` are beyond these."""

    name: str
    code: str
    faults: list[dict[str, Any]]
    more: int

    @property
    def number(self) -> int:
        return sum(int(fault["number"]) for fault in self.faults) + self.more


@dataclass(frozen=True, slots=True)
class Articles:
    """Each with `href` where its address lies on the site itself; another is printed, and not to be followed.

    `changes`: what was altered in the text of one that was there before.
    """

    first: list[dict[str, Any]]
    more: int

    @property
    def number(self) -> int:
        return len(self.first) + self.more


class Change(StrEnum):
    """What became of a file by which a site speaks to search engines."""

    APPEARED = "appeared"
    GONE = "gone"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a site tells search engines and did not tell them before: lines that came and went; pages its map lists."""

    name: str
    code: str
    file: str
    url: str
    before_on: date
    change: str  # the word that is printed
    came: list[str]
    went: list[str]
    addresses: tuple[int, int]  # before and now; zeros for what is no map


@dataclass(frozen=True, slots=True)
class DutyDigest:
    today: Today
    as_of: date
    since: date | None  # the inspection compared with; none before the first
    broken: list[SiteFaults]
    reopened: list[SiteFaults]
    mended: list[SiteFaults]
    verdicts: list[dict[str, Any]]  # name code before now
    new_articles: Articles
    changed_articles: Articles
    changed_files: list[FileChange]
    due: list[dict[str, Any]]  # faults that their unit was notified of and not yet mended
    sections_due: list[dict[str, Any]]
    unmeasured: list[dict[str, Any]]
    totals: dict[str, int]
    missed: list[MissedNight]  # nights in between that did not finish
    within: int = DAYS_AHEAD


def duty_digest(
    urgent: Today,
    results: Results,
    previous: Results | None,
    articles: pd.DataFrame,
    changed: pd.DataFrame,
    files: pd.DataFrame,
    sections: pd.DataFrame,
    missed: Sequence[MissedNight] = (),
) -> DutyDigest:
    """Count the change.

    `articles`, `changed`, `files`, `sections` answer new_articles, changed_articles, site_files_of_day, sections_of_assessment.
    """
    ledger = _named(results, previous)
    now = pd.Timestamp(results.as_of)
    fixed_now = (ledger["state"] == LedgerState.FIXED) & (ledger["fixed_on"] == now)
    standing = ledger[ledger["state"].isin(STANDING)]
    due = standing[standing["due_on"].notna()].sort_values(["due_on", "site_code", "check_id"])
    return DutyDigest(
        today=urgent,
        as_of=results.as_of,
        since=previous.as_of if previous else None,
        broken=_by_site(_described(ledger[ledger["state"] == LedgerState.NEW], results)),
        reopened=_by_site(_described(ledger[ledger["state"] == LedgerState.REOPENED], results)),
        mended=_by_site(_described(ledger[fixed_now], previous or results)),
        verdicts=_verdict_changes(results, previous),
        new_articles=_articles(articles, results),
        changed_articles=_articles(changed, results),
        changed_files=_files(files, results),
        due=[
            fault_words(row | {"observed": None, "origin_url": None}) | {"overdue": row["due_on"] < now}
            for row in records(due.head(DUE))
        ],
        sections_due=_sections_due(sections, results),
        unmeasured=records(
            results.sites.loc[results.sites["verdict"] == Verdict.UNMEASURED, ["name", "site_code"]]
        ),
        totals=results.counts
        | {
            "findings": int(results.findings["site_code"].notna().sum()),
            "account_findings": int(results.findings["site_code"].isna().sum()),
            "standing": len(standing),
        },
        missed=list(missed),
    )


def documents(material: Material) -> Iterator[OfficialDocument]:
    """One digest a morning."""
    snapshot, results, previous = material.snapshot, material.results, material.previous
    values = {
        "as_of": results.as_of,
        "since": previous.as_of if previous else None,
        "classes": list(READ_FIRST),
    }
    sections = snapshot.query("sections_of_assessment", assessment_id=results.assessment_id)
    yield OfficialDocument(
        "duty_digest",
        duty_digest(
            today(snapshot, results, material.edition, sections),
            results,
            previous,
            snapshot.query("new_articles", **values),
            snapshot.query("changed_articles", **values, texts=ARTICLES),
            snapshot.query("site_files_of_day", as_of=results.as_of),
            sections,
            material.missed,
        ),
    )


def _named(results: Results, previous: Results | None) -> pd.DataFrame:
    """The ledger with whose each fault is: a site's, or an account's as the findings call it."""
    found = pd.concat([each.findings for each in (results, previous) if each is not None])
    names = found.drop_duplicates("finding_key").set_index("finding_key")["name"]
    ledger = results.ledger.merge(results.sites[["site_code", "name"]], on="site_code", how="left")
    owner = ledger["site_code"].fillna(ledger["subject_url"])
    return ledger.assign(
        owner=owner, name=ledger["name"].fillna(ledger["finding_key"].map(names)).fillna(owner)
    )


def _described(faults: pd.DataFrame, results: Results) -> pd.DataFrame:
    """With what was seen, as the findings of the assessment that saw it say; the ledger itself has no words."""
    words = results.findings[["finding_key", "observed", "origin_url"]].drop_duplicates("finding_key")
    return faults.merge(words, on="finding_key", how="left")


def _by_site(faults: pd.DataFrame) -> list[SiteFaults]:
    sites = []
    for code, rows in sorted(records_by(faults, "owner").items()):
        every = sorted(rows, key=lambda row: (row["check_id"] not in VETO_CHECKS_FIRST, row["check_id"]))
        of_check: dict[str, list[dict[str, Any]]] = {}
        for row in every:
            of_check.setdefault(row["check_id"], []).append(row)
        alike = list(of_check.values())
        first = [
            fault_words(same[0])
            | {
                "number": len(same),
                "unit": check_words(same[0]["check_id"])["unit"],
                "gone": sum(bool(row["page_gone"]) for row in same),
            }
            for same in alike[:FAULTS_A_SITE]
        ]
        sites.append(SiteFaults(rows[0]["name"], code, first, sum(map(len, alike[FAULTS_A_SITE:]))))
    sites.sort(key=lambda site: (site.faults[0]["check_id"] not in VETO_CHECKS_FIRST, site.code))
    return sites


def _verdict_changes(results: Results, previous: Results | None) -> list[dict[str, Any]]:
    if previous is None:
        return []
    both = results.sites.merge(
        previous.sites[["site_code", "verdict"]], on="site_code", suffixes=("", "_before")
    )
    moved = both[both["verdict"] != both["verdict_before"]]
    return [
        {
            "name": row["name"],
            "code": row["site_code"],
            "before": row["verdict_before"],
            "now": row["verdict"],
        }
        for row in records(moved)
    ]


def _articles(rows: pd.DataFrame, results: Results) -> Articles:
    with_names = rows.merge(results.sites[["site_code", "name", "home_url"]], on="site_code", how="inner")
    first = [_article(row) for row in records(with_names.head(ARTICLES))]
    return Articles(first, max(0, len(with_names) - ARTICLES))


def _article(row: dict[str, Any]) -> dict[str, Any]:
    before, now = row.get("text_before"), row.get("text")
    return row | {
        "href": own_address(row["url"], row["home_url"]),
        "retitled": row.get("title_before", row["title"]) != row["title"],
        "changes": text_changes(before, now) if before is not None and now is not None else None,
    }


def _files(files: pd.DataFrame, results: Results) -> list[FileChange]:
    changed = files[files["changed"].astype(bool)].merge(
        results.sites[["site_code", "name"]].rename(columns={"name": "site"}), on="site_code"
    )
    return [_file(row) for row in records(changed)]


def _file(row: dict[str, Any]) -> FileChange:
    now, before = list(row["lines"]), list(row["before_lines"])
    return FileChange(
        row["site"],
        row["site_code"],
        SITE_FILE[row["name"]],
        row["url"],
        row["before_on"],
        wording()["file_change"][_change(row)],
        [line for line in now if line not in before][:LINES],
        [line for line in before if line not in now][:LINES],
        (int(row["before_addresses"]), int(row["addresses"])),
    )


def _change(row: dict[str, Any]) -> Change:
    """`row`: see warehouse/queries/site_files_of_day.sql; a file that is not there has no hash."""
    if row["sha256"] is None:
        return Change.GONE
    return Change.APPEARED if row["before_sha256"] is None else Change.ALTERED


def _sections_due(sections: pd.DataFrame, results: Results) -> list[dict[str, Any]]:
    """Sections that must be updated within the days ahead, the soonest first; the late ones stand among the faults."""
    today = pd.Timestamp(results.as_of)
    ahead = sections[sections["next_due_on"].between(today, today + pd.Timedelta(days=DAYS_AHEAD))]
    ahead = ahead.merge(results.sites[["site_code", "name"]], on="site_code", how="inner")
    soonest = ahead.sort_values(["next_due_on", "site_code", "section_url", "section_name"]).head(DUE)
    days = (soonest["next_due_on"] - today).dt.days
    return records(soonest.assign(days_left=days))
