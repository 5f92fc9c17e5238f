"""The circular (通报): overall figures, problems by type, failing and unmeasured sites, demands, annex tables.

Outline: regulations.md 7.1. Every figure is counted here, with the rows behind it; the template only sets words
around it. What could not be measured stands in a paragraph of its own and is held against nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analytics.notices.campaign import CampaignError
from analytics.notices.circular_sections import Sections, sections
from analytics.notices.earlier import SPANS, Earlier, earlier
from analytics.notices.office_facts import OfficeFacts, Reprimands, SiteChanges, SpotChecks, changed_sites
from analytics.notices.official_document import Annex, AnnexColumn, OfficialDocument, figures_path
from analytics.notices.results import records
from analytics.notices.traced_figures import Figure, Figures, Rows
from analytics.words.of_checks import (
    ACCOUNT_SUBJECT,
    VETO_CHECKS_FIRST,
    check_words,
    checks_of_groups,
    is_spam,
    observed_words,
    printed_address,
)
from analytics.words.phrases import FOR_PEOPLE, OUTCOMES
from analytics.words.text import chinese_span, shown, typeset
from analytics.words.wording import wording
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import CHECKED, LedgerState, RowState, Standing, Verdict
from govcrawl.registry.choices import PART_OF_A_SITE, SiteKind, known_platform
from govcrawl.registry.model import EXCEPTED, RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd

    from analytics.editions.chosen import Edition
    from analytics.notices.material import Material
    from analytics.notices.results import Results

PATH = "circular"
EXAMPLES_A_GROUP = 5
LONGEST_EXAMPLE = 90  # characters; a longer one is named without what was seen
WHOLE = 10_000  # no limit
MEASURED = tuple(verdict for verdict in Verdict if verdict in CHECKED)


@dataclass(frozen=True, slots=True)
class Sites:
    """How many sites there are and how they fared; `points` is the change of the pass rate."""

    registered: Figure  # running by the registry
    running: Figure  # of these, inspected
    checked_rate: Figure
    measured: Figure
    passed: Figure
    failed: Figure
    pass_rate: Figure
    unmeasured: Figure
    faulty: Figure  # with at least one reported fault
    points: Figure | None
    levels: list[tuple[str, Figure]]
    kinds: list[tuple[str, Figure]]  # of what is no site of its own: 频道, 公开平台
    bands: list[tuple[str, Figure]]


@dataclass(frozen=True, slots=True)
class Accounts:
    """How the new-media accounts fared, where the edition judges them and some are registered."""

    total: Figure
    platforms: list[tuple[str, Figure]]
    measured: Figure
    measured_rate: Figure
    passed: Figure
    failed: Figure
    pass_rate: Figure
    unmeasured: Figure
    findings: Figure
    failing: list[dict[str, Any]]
    by_platform: list[tuple[object, ...]]  # a line a platform: how many, measured, passed, failed, pass rate


@dataclass(frozen=True, slots=True)
class EarlierNotices:
    """Faults that units were told of by documents issued before, and what became of them."""

    faults: Figure
    units: Figure
    fixed: Figure
    fixed_rate: Figure
    overdue: Figure
    settled: Figure


@dataclass(frozen=True, slots=True)
class Tickets:
    """我为政府网站找错, as far as the office imported the tickets."""

    received: Figure
    answered: Figure
    overdue: Figure | None  # where the edition looks at their terms
    pending: Figure | None  # open and within their term
    on_time_rate: Figure | None  # None too where none was answered or is overdue yet
    all_overdue: Figure | None  # whenever received; part two speaks of these, and this part of the period


@dataclass(frozen=True, slots=True)
class Recheck:
    """What became of the faults of the inspection before."""

    earlier: Figure
    fixed: Figure
    fixed_rate: Figure
    still_open: Figure
    settled: Figure
    unchecked: Figure
    new: Figure
    reopened: Figure


@dataclass(frozen=True, slots=True)
class Problem:
    """All faults of one group: how many of which check, on how many sites and accounts, with named examples."""

    title: str
    sites: Figure
    accounts: Figure
    counts: list[tuple[str, Figure, str]]  # check title, findings, counting word
    examples: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The inspection beside an earlier one: the change of the pass rate in 个百分点, of failed sites, of faults."""

    then: Earlier
    points: Figure | None
    failed: Figure
    findings: Figure


@dataclass(frozen=True, slots=True)
class Circular:
    sites: Sites
    accounts: Accounts | None
    tickets: Tickets | None
    recheck: Recheck | None
    earlier_notices: EarlierNotices | None
    site_changes: SiteChanges | None
    spot_checks: SpotChecks | None
    reprimands: Reprimands | None
    findings: Figure
    failed_sites: list[dict[str, Any]]
    unmeasured_sites: list[dict[str, Any]]
    problems: list[Problem]
    praised: list[str]
    sections: Sections
    compared: list[Comparison]
    not_compared: list[str]  # spans the campaign asks for, in which nothing was inspected
    not_ranked: bool  # the campaign asks for a ranking, and no site has a score


def documents(material: Material) -> Iterator[OfficialDocument]:
    """One circular an assessment."""
    writer = _Writer(material)
    context = writer.circular()
    yield OfficialDocument(PATH, context, writer.annexes(context), tuple(writer.figures.all))


class _Writer:
    def __init__(self, material: Material) -> None:
        self.material = material
        self.edition: Edition = material.edition
        self.results: Results = _drawn(material.results) if material.edition.draw else material.results
        self.decimals = material.campaign.decimals
        self.figures = Figures(material.snapshot, f"{figures_path(PATH)}.html", self.decimals)
        self.sites = self._of_draw("judged_sites")
        self.findings = self._of_draw("reported_findings")
        groups = material.campaign.groups
        self.facts = OfficeFacts(material, self.figures)
        self.scope: dict[str, Any] = {"check_id": checks_of_groups(groups)} if groups else {}

    def _rows(self, query: str) -> Rows:
        return self.figures.rows(query, assessment_id=self.results.assessment_id)

    def _of_draw(self, query: str) -> Rows:
        """The rows of the sites that the month's draw took; of all sites where nothing is drawn."""
        rows = self._rows(query)
        return rows.only("drawn") if self.edition.draw else rows

    def _in_scope(self, **conditions: Any) -> dict[str, Any]:
        return {**self.scope, **conditions}

    def circular(self) -> Circular:
        titles = {row.id: row.title for row in self.edition.indicators}
        sites = self._sites()
        findings = self.figures.count(
            "findings", "政府网站存在的问题", self.findings, self._in_scope(whose="site")
        )
        spans = {
            span: earlier(self.material.snapshot, self.results, span)
            for span in (() if self.scope else self.material.campaign.compare)
        }
        return Circular(
            sites=sites,
            accounts=None if self.scope else self._accounts(titles),
            tickets=self._tickets(),
            recheck=self._recheck(),
            earlier_notices=self._earlier_notices(),
            site_changes=None if self.scope else self.facts.site_changes(),
            spot_checks=None if self.scope else self.facts.spot_checks(sites.registered),
            reprimands=None if self.scope else self.facts.reprimands(),
            findings=findings,
            failed_sites=[] if self.scope else _failed(self.results, titles),
            unmeasured_sites=self._unmeasured_sites(),
            problems=self._problems(),
            praised=self._praised(),
            sections=sections(self.material, self.figures),
            compared=[self._compared(found, sites, findings) for found in spans.values() if found],
            not_compared=[SPANS[span] for span, found in spans.items() if not found],
            not_ranked=self.material.campaign.ranking and not self.scope and not self._ranking(),
        )

    # ---------- figures

    def _sites(self) -> Sites:
        count, rate = self.figures.count, self.figures.rate
        registered = count(
            "registered",
            "正常运行的政府网站",
            self._rows("registered_sites"),
            {"status": (RUNNING, EXCEPTED)},
        )
        running = count("running", "检查的政府网站", self.sites)
        measured = count("measured", "完成全部否决项检测的网站", self.sites, {"verdict": MEASURED})
        passed = count("passed", "合格网站", self.sites, {"verdict": Verdict.QUALIFIED})
        pass_rate = rate("pass-rate", "合格率（合格数除以完成检测数）", passed, measured)
        scored = self.sites.where({"verdict": MEASURED})
        all_scored = bool(len(scored)) and bool(scored["band"].notna().all())
        return Sites(
            registered=registered,
            running=running,
            checked_rate=rate("checked-rate", "检查率", running, registered),
            measured=measured,
            passed=passed,
            failed=count("failed", "不合格网站", self.sites, {"verdict": Verdict.UNQUALIFIED}),
            pass_rate=pass_rate,
            unmeasured=self._unmeasured(),
            faulty=count(
                "faulty", "存在问题的网站", self.findings, self._in_scope(whose="site"), different="owner"
            ),
            points=self._points(pass_rate),
            levels=self._steps("level", wording()["level"]),
            kinds=self._steps("kind", {kind: kind for kind in SiteKind if kind in PART_OF_A_SITE}),
            bands=self._steps("band", {band: typeset(band) for band in self.edition.band_names})
            if all_scored
            else [],
        )

    def _unmeasured(self) -> Figure:
        """Sites without a verdict; of a special inspection those of which its own rows could not be measured."""
        if not self.scope:
            return self.figures.count(
                "unmeasured", "未完成检测的网站", self.sites, {"verdict": Verdict.UNMEASURED}
            )
        rows, rows_of = self._rows("rows_not_measured"), {"indicator_id": tuple(self._deciding_rows())}
        return self.figures.count("unmeasured", "未完成专项检测的网站", rows, rows_of, different="site_code")

    def _deciding_rows(self) -> dict[str, str]:
        """Title of each indicator that decides whether a site was measured: the vetoes, or those of the special inspection."""
        return {
            row.id: row.title
            for row in self.edition.indicators
            if (set(row.checks) & set(self.scope["check_id"]) if self.scope else row.part == "veto")
        }

    def _unmeasured_sites(self) -> list[dict[str, Any]]:
        titles = self._deciding_rows()
        rows = self._rows("rows_not_measured").where({"indicator_id": tuple(titles)})
        if not self.scope:
            sites = self.results.sites
            rows = rows[
                rows["site_code"].isin(sites.loc[sites["verdict"] == Verdict.UNMEASURED, "site_code"])
            ]
        by_site: dict[str, dict[str, Any]] = {}
        for row in records(rows):
            site = by_site.setdefault(row["site_code"], row | {"reasons": []})
            site["reasons"].append({"title": titles[row["indicator_id"]], "reason": row["reason"]})
        return list(by_site.values())

    def _steps(self, column: str, names: Mapping[str, str]) -> list[tuple[str, Figure]]:
        """Sites by the values of a column, in the order of the names; values no site has are left out."""
        present = set(self.sites.frame[column].dropna())
        return [
            (name, self.figures.count(f"{column}-{number}", f"{name}网站", self.sites, {column: value}))
            for number, (value, name) in enumerate(names.items(), 1)
            if value in present
        ]

    def _points(self, now: Figure) -> Figure | None:
        previous = self.material.previous
        return self._rate_since(now, previous.assessment_id, "上次检查", "") if previous else None

    def _rate_since(self, now: Figure, assessment_id: str, words: str, ending: str) -> Figure | None:
        """The change of the pass rate since an earlier inspection."""
        before = self.figures.rows("judged_sites", assessment_id=assessment_id)
        passed = self.figures.count(
            f"passed-before{ending}", f"{words}合格网站", before, {"verdict": Verdict.QUALIFIED}
        )
        measured = self.figures.count(
            f"measured-before{ending}", f"{words}完成检测的网站", before, {"verdict": MEASURED}
        )
        rate = self.figures.rate(f"pass-rate-before{ending}", f"{words}合格率", passed, measured)
        return self.figures.points(f"points{ending}", "合格率变化（个百分点）", now, rate)

    def _compared(self, then: Earlier, sites: Sites, findings: Figure) -> Comparison:
        count, change = self.figures.count, self.figures.change
        before = self.figures.rows("judged_sites", assessment_id=then.assessment_id)
        faults = self.figures.rows("reported_findings", assessment_id=then.assessment_id)
        failed = count(
            f"failed-{then.span}", f"{then.words}不合格网站", before, {"verdict": Verdict.UNQUALIFIED}
        )
        found = count(f"findings-{then.span}", f"{then.words}政府网站存在的问题", faults, {"whose": "site"})
        return Comparison(
            then,
            self._rate_since(sites.pass_rate, then.assessment_id, then.words, f"-{then.span}"),
            change(f"failed-since-{then.span}", f"不合格网站比{then.words}增减", sites.failed, failed),
            change(f"findings-since-{then.span}", f"问题比{then.words}增减", findings, found),
        )

    def _accounts(self, titles: Mapping[str, str]) -> Accounts | None:
        rows = self._rows("judged_accounts")
        if rows.frame.empty:
            return None
        count = self.figures.count
        measured = count(
            "accounts-measured",
            "完成检测的政务新媒体账号",
            rows,
            {"verdict": MEASURED},
        )
        passed = count("accounts-passed", "合格账号", rows, {"verdict": Verdict.QUALIFIED})
        unmeasured = {"verdict": Verdict.UNMEASURED}
        total = count("accounts", "登记的政务新媒体账号", rows)
        names = _by_platform(rows.frame["platform"].dropna().unique())
        platforms = [
            (platform, count(f"platform-{number}", f"{platform}账号", rows, {"platform": names[platform]}))
            for number, platform in enumerate(sorted(names), 1)
        ]
        return Accounts(
            total=total,
            platforms=platforms,
            by_platform=[
                (platform, number, *self._of_platform(platform, names[platform], number.key, rows))
                for platform, number in platforms
            ],
            measured=measured,
            measured_rate=self.figures.rate("accounts-checked-rate", "账号检查比例", measured, total),
            passed=passed,
            failed=count("accounts-failed", "不合格账号", rows, {"verdict": Verdict.UNQUALIFIED}),
            pass_rate=self.figures.rate("accounts-rate", "账号合格率", passed, measured),
            unmeasured=count("accounts-unmeasured", "未完成检测的账号", rows, unmeasured),
            findings=count(
                "accounts-findings", "政务新媒体存在的问题", self.findings, self._in_scope(whose="account")
            ),
            failing=[
                account | {"vetoes": [titles.get(veto, veto) for veto in account["vetoes"]]}
                for account in records(rows.where({"verdict": Verdict.UNQUALIFIED}))
            ],
        )

    def _of_platform(
        self, platform: str, names: str | tuple[str, ...], key: str, rows: Rows
    ) -> tuple[Figure, ...]:
        """Of the accounts of a platform: measured, passed, failed, and the pass rate."""
        measured, passed, failed = (
            self.figures.count(
                f"{key}-{ending}", f"{platform}：{words}", rows, {"platform": names, "verdict": verdict}
            )
            for ending, words, verdict in (
                ("measured", "完成检测", MEASURED),
                ("passed", "合格", Verdict.QUALIFIED),
                ("failed", "不合格", Verdict.UNQUALIFIED),
            )
        )
        rate = self.figures.rate(f"{key}-rate", f"{platform}：合格率", passed, measured)
        return measured, passed, failed, rate

    def _earlier_notices(self) -> EarlierNotices | None:
        rows = self._rows("notified_faults")
        if rows.frame.empty:
            return None
        count = self.figures.count
        faults = count("told", "此前通知整改的问题", rows, self.scope)
        fixed = count("told-fixed", "其中已整改", rows, self._in_scope(standing=Standing.FIXED))
        return EarlierNotices(
            faults=faults,
            units=count("told-units", "收到整改通知的单位", rows, self.scope, different="unit"),
            fixed=fixed,
            fixed_rate=self.figures.rate("told-rate", "通知问题整改率", fixed, faults),
            overdue=count("told-overdue", "其中逾期未整改", rows, self._in_scope(standing=Standing.OVERDUE)),
            settled=count("told-settled", "其中核实销号", rows, self._in_scope(standing=Standing.SETTLED)),
        )

    def _tickets(self) -> Tickets | None:
        start, end = self.material.period
        if not self._rows("tickets_registered").frame["tickets"].sum():
            return None
        rows = self.figures.rows(
            "tickets_received", since=start, until=end, assessment_id=self.results.assessment_id
        )
        received = self.figures.count("tickets", "期内收到的找错留言", rows)
        answered = self.figures.count("tickets-answered", "其中已办结", rows, {"answered": True})
        if not received or "ticket-overdue" not in self.edition.check_ids():
            return Tickets(received, answered, None, None, None, None)
        count = self.figures.count
        decided = count("tickets-decided", "其中已办结或已超期", rows, {"decided": True})
        on_time = count("tickets-on-time", "其中按期办结", rows, {"decided": True, "overdue": False})
        return Tickets(
            received,
            answered,
            overdue=count("tickets-overdue", "其中超期", rows, {"overdue": True}),
            pending=count("tickets-pending", "其中尚在办理期限内", rows, {"decided": False}),
            on_time_rate=self.figures.rate("tickets-rate", "按期办结率", on_time, decided)
            if decided
            else None,
            all_overdue=count(
                "tickets-all-overdue",
                "超期的留言，不限收到日期",
                self.findings,
                {"check_id": "ticket-overdue"},
            ),
        )

    def _recheck(self) -> Recheck | None:
        previous = self.material.previous
        if previous is None:
            return None
        count = self.figures.count
        before = self.figures.rows(
            "faults_met_again",
            earlier_id=previous.assessment_id,
            assessment_id=self.results.assessment_id,
        )
        earlier = count("earlier", "上次检查发现的问题", before, self.scope)

        def became(standing: Standing, words: str) -> Figure:
            return count(standing.value, words, before, self._in_scope(became=standing))

        fixed = became(Standing.FIXED, "经复查已整改")
        return Recheck(
            earlier=earlier,
            fixed=fixed,
            fixed_rate=self.figures.rate("fixed-rate", "整改率", fixed, earlier),
            still_open=became(Standing.OPEN, "仍未整改"),
            settled=became(Standing.SETTLED, "经人工核实销号"),
            unchecked=became(Standing.UNCHECKED, "本次未能复查"),
            new=count("new", "本次新发现", self.findings, self._in_scope(life=LedgerState.NEW)),
            reopened=count(
                "reopened", "整改后再次出现", self.findings, self._in_scope(life=LedgerState.REOPENED)
            ),
        )

    def _problems(self) -> list[Problem]:
        words, problems = wording(), []
        reported = self.findings.where(self.scope)
        groups = reported["check_id"].map(lambda check: check_words(check)["group"])
        for group in words["groups"]:
            rows = reported[groups == group]
            if rows.empty:
                continue
            numbers = rows["check_id"].value_counts()
            checks = sorted(numbers.index, key=lambda c: (c not in VETO_CHECKS_FIRST, -int(numbers[c]), c))
            problems.append(
                Problem(
                    title=words["group_title"][group],
                    sites=self.figures.count(
                        f"sites-{group}",
                        f"存在“{words['group_title'][group]}”问题的网站",
                        self.findings,
                        {"check_id": tuple(checks), "whose": "site"},
                        different="owner",
                    ),
                    accounts=self.figures.count(
                        f"accounts-{group}",
                        f"存在“{words['group_title'][group]}”问题的政务新媒体账号",
                        self.findings,
                        {"check_id": tuple(checks), "whose": "account"},
                        different="owner",
                    ),
                    counts=[self._problem(check) for check in checks],
                    examples=_examples(rows),
                )
            )
        return problems

    def _problem(self, check: str) -> tuple[str, Figure, str]:
        words = check_words(check)
        figure = self.figures.count(f"check-{check}", words["title"], self.findings, {"check_id": check})
        return words["title"], figure, words["unit"]

    def _praised(self) -> list[str]:
        """Units without any fault or open question; or those the office names.

        Never the issuer, who does not praise itself, nor whoever failed within the period.
        """
        praise = self.material.campaign.praise
        if praise is False:
            return []
        sites = self.results.sites
        since, until = self.material.period
        failing = set(
            self.material.snapshot.query(
                "units_failed_within",
                edition=self.results.edition,
                since=min(since, self.results.as_of),
                until=max(until, self.results.as_of),
            )["unit"]
        )
        issuer = {self.material.campaign.issuer}
        if praise is True:
            faulty = set(self.results.findings["unit"])
            doubtful = set(sites.loc[sites["verdict"] != Verdict.QUALIFIED, "unit"])
            return self.material.in_order(set(sites["unit"]) - faulty - doubtful - failing - issuer)
        for unit in praise:
            if unit not in set(sites["unit"]):
                raise CampaignError(f"praise names {unit!r}, which answers for no site of this assessment")
            if unit in failing:
                raise CampaignError(
                    f"praise names {unit!r}, of which a site or account was unqualified between {since} and {until}; "
                    "take it off the list"
                )
            if unit in issuer:
                raise CampaignError(
                    f"praise names {unit!r}, which is the issuer itself; take it off the list"
                )
        return list(praise)

    # ---------- tables

    def annexes(self, c: Circular) -> tuple[Annex, ...]:
        unit, name = AnnexColumn("地区（部门）", "name"), AnnexColumn("名称", "name")
        unmeasured = Annex(
            "未完成检测的政府网站名单",
            (unit, name, AnnexColumn("未完成的项目及原因")),
            tuple((s["unit"], _site(s), _not_done(s["reasons"])) for s in c.unmeasured_sites),
            note="未完成检测不是网站的问题，所列原因供核实和下次检查时参考。",
        )
        mended = (self._mended(),) if c.recheck else ()
        if self.scope:
            return self._faulty(), unmeasured, *mended
        bands = Annex(
            "政府网站评分分段情况表",
            (AnnexColumn("得分"), AnnexColumn("网站数", "count")),
            tuple(c.sites.bands),
        )
        failing = Annex(
            f"存在突出问题的{'政府网站和政务新媒体' if c.accounts else '政府网站'}名单",
            (unit, name, AnnexColumn("突出问题")),
            (
                *((s["unit"], _site(s), _lines(s["vetoes"])) for s in c.failed_sites),
                *((a["unit"], _account(a), "\n".join(a["vetoes"])) for a in _failing(c)),
            ),
        )
        return (
            self._units(c),
            *self._ranking(),
            *((bands,) if c.sites.bands else ()),
            *((changed_sites(c.site_changes),) if c.site_changes else ()),
            *((_platform_table(c.accounts),) if c.accounts and len(c.accounts.platforms) > 1 else ()),
            *((self._account_table(),) if c.accounts else ()),
            failing,
            *self._text_errors(),
            unmeasured,
            *mended,
            *c.sections.annexes,
        )

    def _faulty(self) -> Annex:
        """Of a special inspection: every site with faults, and how many of which kind."""
        rows = self.findings.where(self.scope)
        numbers = (
            rows.groupby(["unit", "name", "owner", "whose", "check_id"]).size().reset_index(name="number")
        )
        sites: dict[tuple[str, str], list[str]] = {}
        for row in records(numbers):
            words = check_words(row["check_id"])
            whose = f"\n{row['owner']}" if row["whose"] == "site" else ""
            site = row["unit"], f"{row['name']}{whose}"
            sites.setdefault(site, []).append(f"{words['title']}{row['number']}{words['unit']}")
        return Annex(
            f"存在问题的{'政府网站和政务新媒体' if (rows['whose'] == 'account').any() else '政府网站'}名单",
            (AnnexColumn("地区（部门）", "name"), AnnexColumn("名称", "name"), AnnexColumn("存在的问题")),
            tuple((*site, "，".join(found)) for site, found in sites.items()),
        )

    def _units(self, c: Circular) -> Annex:
        """Per unit, each number traced to the sites and faults of that unit."""
        measured = MEASURED
        rows = []
        for number, unit in enumerate(self.material.in_order(set(self.results.sites["unit"])), 1):

            def count(key: str, words: str, rows: Rows, conditions: Mapping[str, Any]) -> Figure:
                return self.figures.count(f"unit-{number}-{key}", f"{unit}：{words}", rows, conditions)  # noqa: B023

            running = count("running", "运行", self.sites, {"unit": unit})
            checked = count("measured", "完成检测", self.sites, {"unit": unit, "verdict": measured})
            passed = count("passed", "合格", self.sites, {"unit": unit, "verdict": Verdict.QUALIFIED})
            failed = count("failed", "不合格", self.sites, {"unit": unit, "verdict": Verdict.UNQUALIFIED})
            rate = self.figures.rate(f"unit-{number}-rate", f"{unit}：合格率", passed, checked)
            found = count(
                "findings", "发现问题", self.findings, {"unit": unit, "whose": "site", **self.scope}
            )
            row: tuple[object, ...] = (unit, running, checked, passed, failed, rate, found)
            if c.tickets and c.tickets.received.rows:
                row = (*row, count("tickets", "找错留言", c.tickets.received.rows, {"unit": unit}))
            rows.append(row)
        titles: tuple[str, ...] = ("运行数", "完成检测数", "合格", "不合格", "合格率", "发现问题")
        total: tuple[object, ...] = (
            "合计", c.sites.running, c.sites.measured, c.sites.passed, c.sites.failed, c.sites.pass_rate, c.findings,
        )  # fmt: skip
        if c.tickets:
            titles, total = (*titles, "收到找错留言"), (*total, c.tickets.received)
        return Annex(
            "各单位政府网站检查情况表",
            (AnnexColumn("地区（部门）", "name"), *(AnnexColumn(title, "count") for title in titles)),
            tuple(rows),
            total,
        )

    def _text_errors(self) -> tuple[Annex, ...]:
        """Errors in texts (错情) a unit and kind, as the circulars of 2024 to 2026 count them; nothing where none was found."""
        checks = checks_of_groups(("text",))
        rows = self.findings.where({"check_id": checks})
        if rows.empty:
            return ()
        kinds = [check for check in checks if check in set(rows["check_id"])]
        lines = []
        for number, unit in enumerate(self.material.in_order(set(rows["unit"])), 1):
            cells = [
                self.figures.count(
                    f"error-{number}-{check}",
                    f"{unit}：{check_words(check)['title']}",
                    self.findings,
                    {"unit": unit, "check_id": check},
                )
                for check in kinds
            ]
            whole = self.figures.count(
                f"error-{number}-all", f"{unit}：错情合计", self.findings, {"unit": unit, "check_id": checks}
            )
            lines.append((unit, *cells, whole))
        total = self.figures.count("errors", "错情", self.findings, {"check_id": checks})
        return (
            Annex(
                "各单位错情统计表",
                (
                    AnnexColumn("地区（部门）", "name"),
                    *(AnnexColumn(check_words(check)["title"], "count") for check in kinds),
                    AnnexColumn("合计", "count"),
                ),
                tuple(lines),
                ("合计", *(int((rows["check_id"] == check).sum()) for check in kinds), total),
                note="同一页面同一处错误计一个。",
            ),
        )

    def _ranking(self) -> tuple[Annex, ...]:
        """Where the campaign asks for it, the sites with a score, the highest first.

        Equal scores share a rank, and the next is as far behind as they are many. No table where no site has a score.
        """
        scored = self.sites.where({"verdict": MEASURED})
        scored = scored[scored["score"].notna()]
        if scored.empty or not self.material.campaign.ranking:
            return ()
        ranked = scored.assign(rank=scored["score"].rank(method="min", ascending=False).astype(int))
        table = Annex(
            "政府网站得分排名表",
            (
                AnnexColumn("名次", "count"),
                AnnexColumn("网站", "name"),
                AnnexColumn("主办单位", "name"),
                AnnexColumn("得分", "count"),
                AnnexColumn("等次", "count"),
            ),
            tuple(
                (row["rank"], row["name"], row["unit"], f"{row['score']:g}", typeset(row["band"] or "—"))
                for row in records(ranked.sort_values(["rank", "site_code"]))
            ),
            note="只排列完成全部检测、有得分的网站；得分相同的名次相同。",
        )
        return (table,)

    def _account_table(self) -> Annex:
        verdicts = wording()["verdict"]
        titles = {row.id: row.title for row in self.edition.indicators}
        updated = [row.id for row in self.edition.indicators if "account-stale" in row.checks]
        judged = self.material.snapshot.frame("account_indicator_result", self.results.assessment_id)
        judged = judged[judged["indicator_id"].isin(updated)]
        updates = dict(zip(judged["account_id"], judged["reason"], strict=True))
        accounts = self._rows("judged_accounts").frame
        posts = self.facts.posts()
        places = {unit: place for place, unit in enumerate(self.material.in_order(set(accounts["unit"])))}
        ordered = accounts.assign(place=accounts["unit"].map(places)).sort_values(["place", "account_id"])
        return Annex(
            "政务新媒体检查情况表",
            (
                AnnexColumn("地区（部门）", "name"),
                AnnexColumn("平台", "count"),
                AnnexColumn("账号名称", "name"),
                AnnexColumn("结论", "count"),
                *((AnnexColumn("得分", "count"),) if self.edition.account_points else ()),
                AnnexColumn("问题类别", "name"),
                AnnexColumn("更新情况", "name"),
                *((AnnexColumn("本期发布条数", "count"),) if posts else ()),
                AnnexColumn("发现问题", "count"),
            ),
            tuple(
                (
                    *(a["unit"], a["platform"], a["name"], verdicts[a["verdict"]]),
                    *((_score_of(a),) if self.edition.account_points else ()),
                    "、".join(titles.get(veto, veto) for veto in a["vetoes"]) or "—",
                    typeset(updates.get(a["account_id"]) or "—").partition(f"；{FOR_PEOPLE}")[0],
                    *((posts.get(a["account_id"], "—"),) if posts else ()),
                    self.figures.count(
                        f"account-{number}-findings",
                        f"{a['name']}：发现问题",
                        self.findings,
                        {"owner": f"{ACCOUNT_SUBJECT}{a['account_id']}"},
                    ),
                )
                for number, a in enumerate(records(ordered), 1)
            ),
            note=f"发布条数为{chinese_span(self.material.period)}账号订阅源列出的条数；“—”表示没有可读取的订阅源。"
            if posts
            else "",
        )

    def _mended(self) -> Annex:
        again = self.material.snapshot.query(
            "faults_met_again",
            earlier_id=self.material.previous.assessment_id if self.material.previous else "",
            assessment_id=self.results.assessment_id,
        )
        mended = again[again["became"] == Standing.FIXED]
        return Annex(
            "上次检查问题已整改清单",
            (
                AnnexColumn("地区（部门）", "name"),
                AnnexColumn("网站", "name"),
                AnnexColumn("问题", "name"),
                AnnexColumn("页面地址", "code"),
            ),
            tuple(
                (f["unit"], f["name"], check_words(f["check_id"])["title"], printed_address(f))
                for f in records(mended)
                if not self.scope or f["check_id"] in self.scope["check_id"]
            ),
        )


def _drawn(results: Results) -> Results:
    sites, findings = results.sites, results.findings
    return replace(results, sites=sites[sites["drawn"]], findings=findings[findings["drawn"]])


def _by_platform(names: Iterable[str]) -> dict[str, str | tuple[str, ...]]:
    """Platform, as the rules call it → the name the registry has for it, or several; unknown ones stand under their own."""
    by_platform: dict[str, list[str]] = {}
    for name in sorted(names):
        by_platform.setdefault(known_platform(name) or name, []).append(name)
    return {
        platform: called[0] if len(called) == 1 else tuple(called) for platform, called in by_platform.items()
    }


def _platform_table(accounts: Accounts) -> Annex:
    return Annex(
        "政务新媒体分平台检查情况表",
        (
            AnnexColumn("平台", "name"),
            *(AnnexColumn(title, "count") for title in ("登记数", "完成检测", "合格", "不合格", "合格率")),
        ),
        tuple(accounts.by_platform),
        (
            *("合计", accounts.total, accounts.measured),
            *(accounts.passed, accounts.failed, accounts.pass_rate),
        ),
    )


def _failed(results: Results, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    sites = results.sites[results.sites["verdict"] == Verdict.UNQUALIFIED]
    reasons = _reasons(results.indicators, RowState.FAIL)
    return [
        site
        | {
            "vetoes": [
                {"title": titles.get(veto, veto), "reason": reasons.get((site["site_code"], veto), "")}
                for veto in site["vetoes"]
            ]
        }
        for site in records(sites)
    ]


def _reasons(indicators: pd.DataFrame, state: str) -> dict[tuple[str, str], str]:
    rows = indicators[indicators["state"] == state]
    return {
        (code, indicator): reason
        for code, indicator, reason in zip(
            rows["site_code"], rows["indicator_id"], rows["reason"], strict=True
        )
    }


def _examples(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Faults of different sites, and of different checks before a check comes again.

    Of several the one that is told in fewest words; one that would need too many is named without them, never cut. So is
    planted spam: a circular that is made public repeats no advertisement.
    """
    rows = rows.assign(length=rows["observed"].fillna("").str.len()).sort_values("length", kind="stable")
    nth_of_check = rows.drop_duplicates(["owner", "check_id"]).assign(
        nth=lambda frame: frame.groupby("check_id").cumcount()
    )
    chosen = nth_of_check.sort_values("nth", kind="stable").drop_duplicates("owner")
    return [
        {
            "name": _owner_words(row),
            "check": check_words(row["check_id"])["title"],
            "observed": observed_words(row, WHOLE)
            if row["length"] <= LONGEST_EXAMPLE and not is_spam(row["check_id"])
            else "",
        }
        for row in records(chosen.head(EXAMPLES_A_GROUP))
    ]


_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]\s*$")


def _owner_words(fault: Mapping[str, Any]) -> str:
    """Whose the fault is, as a sentence calls it: 岚川市教育局网站, 岚川市公安局抖音账号“平安岚川”."""
    name = shown(fault["name"], 60)
    if fault["whose"] == "account":
        return f"{shown(fault['unit'], 60)}{shown(fault['platform'], 20)}账号“{name}”"
    plain = _IN_BRACKETS.sub("", name)  # 岚川市教育局网站（英文版）
    complete = plain.endswith(("网", "网站", "平台")) or check_words(fault["check_id"])["title"].startswith(
        ("网站", "站点")
    )
    return name if complete else f"{name}网站"


def _site(site: Mapping[str, Any]) -> str:
    return f"{site['name']}\n{site['site_code']}"


def _failing(c: Circular) -> list[dict[str, Any]]:
    return c.accounts.failing if c.accounts else []


def _account(account: Mapping[str, Any]) -> str:
    return f"{account['name']}\n{account['platform']}"


def _score_of(account: Mapping[str, Any]) -> str:
    if account["score"] is not None:
        return f"{account['score']:g}"
    return "不计分" if len(account["vetoes"]) else "待定"


def _lines(reasons: list[dict[str, Any]]) -> str:
    """A line an indicator with its reason, as far as it is the machine's."""
    return "\n".join(
        f"{r['title']}：{part}" if (part := _machine_part(r["reason"])) else r["title"] for r in reasons
    )


def _not_done(reasons: list[dict[str, Any]]) -> str:
    """What was not measured and, once for all of it, what stood in the way; else the reason of each."""
    whole = "".join(str(r["reason"] or "") for r in reasons)
    causes = [typeset(phrase) for word, phrase in OUTCOMES.items() if word != Outcome.OK and phrase in whole]
    if not causes:
        return _lines(reasons)
    return f"{'、'.join(r['title'] for r in reasons)}：因{'、'.join(causes)}，未完成检测"


def _machine_part(reason: str | None) -> str:
    """A reason without what it leaves to people: that is for the office's own pages."""
    machine, _, _ = f"；{typeset(shown(reason, WHOLE))}".partition(
        f"；{FOR_PEOPLE}"
    )  # theirs is the last part
    return machine.removeprefix("；")
