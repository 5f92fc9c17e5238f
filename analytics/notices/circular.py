"""The circular (通报): overall figures, problems by type, failing and unmeasured sites, demands, annex tables.

Outline: regulations.md 7.1. Every figure is counted here; the template only sets words around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.notices.document import Annex, Column, Document
from analytics.notices.environment import wording
from analytics.notices.rates import Rate, difference
from analytics.notices.results import records
from analytics.notices.text import shown, typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from analytics.editions import Edition
    from analytics.notices.material import Material
    from analytics.notices.results import Results

EXAMPLES_A_GROUP = 5
VETO_CHECKS_FIRST = ("site-unreachable", "home-stale", "section-stale", "section-blank")


@dataclass(frozen=True, slots=True)
class Problem:
    """All faults of one group: how many of which check on how many sites, with named examples."""

    title: str
    sites: int
    counts: list[tuple[str, int, str]]  # check title, findings, counting word
    examples: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of the last assessment's faults."""

    previous_as_of: date
    earlier: int
    fixed: int
    still_open: int
    unchecked: int
    new: int
    reopened: int
    fixed_rate: Rate
    pass_rate_points: Decimal | None


@dataclass(frozen=True, slots=True)
class Circular:
    running: int
    measured: int
    passed: int
    failed: int
    unmeasured: int
    measured_rate: Rate
    pass_rate: Rate
    levels: list[tuple[str, int]]
    failed_sites: list[dict[str, Any]]
    unmeasured_sites: list[dict[str, Any]]
    problems: list[Problem]
    findings: int
    change: Change | None
    units: list[dict[str, Any]]
    fixed_faults: list[dict[str, Any]]


def documents(material: Material) -> Iterator[Document]:
    """One circular an assessment."""
    made = circular(material.results, material.edition, material.previous, material.campaign.decimals)
    yield Document("circular", made, _annexes(made))


def circular(results: Results, edition: Edition, previous: Results | None, decimals: int) -> Circular:
    """Everything the template prints, counted from the assessment's rows."""
    counts = results.counts
    measured = counts["qualified"] + counts["unqualified"]
    titles = {row.id: row.title for row in edition.indicators}
    return Circular(
        running=len(results.sites),
        measured=measured,
        passed=counts["qualified"],
        failed=counts["unqualified"],
        unmeasured=counts["unmeasured"],
        measured_rate=Rate(measured, len(results.sites)),
        pass_rate=Rate(counts["qualified"], measured),
        levels=_levels(results.sites),
        failed_sites=_failed(results, titles),
        unmeasured_sites=_unmeasured(results, edition),
        problems=_problems(results.findings),
        findings=len(results.findings),
        change=_change(results, previous, decimals) if previous else None,
        units=_units(results),
        fixed_faults=_fixed(results, previous),
    )


def check_words(check_id: str) -> Mapping[str, str]:
    """Title, group, counting word and advice of a check."""
    checks: Mapping[str, Mapping[str, str]] = wording()["check"]
    return checks.get(check_id, checks["other"])


def _levels(sites: pd.DataFrame) -> list[tuple[str, int]]:
    """Level → number of sites, in the order of `wording.toml`; sites without a level are not in the list."""
    counted = sites["level"].value_counts()
    names: Mapping[str, str] = wording()["level"]
    return [(name, int(counted[level])) for level, name in names.items() if level in counted]


def _failed(results: Results, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    sites = results.sites[results.sites["verdict"] == "unqualified"]
    reasons = _reasons(results.indicators, "fail")
    return [
        {
            "name": site["name"],
            "code": site["site_code"],
            "unit": site["unit"],
            "url": site["home_url"],
            "vetoes": [
                {"title": titles.get(veto, veto), "reason": reasons.get((site["site_code"], veto), "")}
                for veto in site["vetoes"]
            ],
        }
        for site in records(sites)
    ]


def _unmeasured(results: Results, edition: Edition) -> list[dict[str, Any]]:
    titles = {row.id: row.title for row in edition.indicators if row.part == "veto"}
    sites = results.sites[results.sites["verdict"] == "unmeasured"]
    rows = results.indicators
    open_vetoes = (rows["state"] == "unmeasured") & rows["indicator_id"].isin(titles)
    rows = rows[rows["site_code"].isin(sites["site_code"]) & open_vetoes]
    reasons = {
        code: [
            {"title": titles[indicator], "reason": reason}
            for indicator, reason in zip(group["indicator_id"], group["reason"], strict=True)
        ]
        for code, group in rows.groupby("site_code")
    }
    return [
        {
            "name": s["name"],
            "code": s["site_code"],
            "unit": s["unit"],
            "reasons": reasons.get(s["site_code"], []),
        }
        for s in records(sites)
    ]


def _reasons(indicators: pd.DataFrame, state: str) -> dict[tuple[str, str], str]:
    rows = indicators[indicators["state"] == state]
    return {
        (code, indicator): reason
        for code, indicator, reason in zip(
            rows["site_code"], rows["indicator_id"], rows["reason"], strict=True
        )
    }


def _problems(findings: pd.DataFrame) -> list[Problem]:
    words = wording()
    groups = findings["check_id"].map(lambda check: check_words(check)["group"])
    problems = []
    for group in words["groups"]:
        rows = findings[groups == group]
        if rows.empty:
            continue
        counted = rows["check_id"].value_counts()
        ordered = sorted(
            counted.items(), key=lambda kv: (kv[0] not in VETO_CHECKS_FIRST, -int(kv[1]), str(kv[0]))
        )
        named = rows.drop_duplicates(["site_code", "check_id"]).drop_duplicates("site_code")
        problems.append(
            Problem(
                title=words["group_title"][group],
                sites=int(rows["site_code"].nunique()),
                counts=[
                    (check_words(str(c))["title"], int(n), check_words(str(c))["unit"]) for c, n in ordered
                ],
                examples=[
                    row | {"check": check_words(row["check_id"])["title"]}
                    for row in records(named.head(EXAMPLES_A_GROUP))
                ],
            )
        )
    return problems


def _change(results: Results, previous: Results, decimals: int) -> Change:
    ledger = results.ledger
    earlier = ledger[ledger["finding_key"].isin(previous.findings["finding_key"])]
    fixed = int((earlier["state"] == "fixed").sum())
    seen_now = earlier["finding_key"].isin(results.findings["finding_key"])
    now, before = results.counts, previous.counts
    return Change(
        previous_as_of=previous.as_of,
        earlier=len(previous.findings),
        fixed=fixed,
        still_open=int(seen_now.sum()),
        unchecked=len(previous.findings) - fixed - int(seen_now.sum()),
        new=int((ledger["state"] == "new").sum()),
        reopened=int((ledger["state"] == "reopened").sum()),
        fixed_rate=Rate(fixed, len(previous.findings)),
        pass_rate_points=difference(
            Rate(now["qualified"], now["qualified"] + now["unqualified"]),
            Rate(before["qualified"], before["qualified"] + before["unqualified"]),
            decimals,
        ),
    )


def _fixed(results: Results, previous: Results | None) -> list[dict[str, Any]]:
    if previous is None:
        return []
    mended = results.ledger[results.ledger["state"] == "fixed"]
    rows = previous.findings[previous.findings["finding_key"].isin(mended["finding_key"])]
    return [row | {"check": check_words(row["check_id"])["title"]} for row in records(rows)]


def _units(results: Results) -> list[dict[str, Any]]:
    verdicts = pd.crosstab(results.sites["unit"], results.sites["verdict"]).reindex(
        columns=["qualified", "unqualified", "unmeasured"], fill_value=0
    )
    faults = results.findings["unit"].value_counts()
    return [
        {
            "unit": unit,
            "sites": int(row.sum()),
            "qualified": int(row["qualified"]),
            "unqualified": int(row["unqualified"]),
            "unmeasured": int(row["unmeasured"]),
            "findings": int(faults.get(unit, 0)),
        }
        for unit, row in verdicts.sort_index().iterrows()
    ]


def _annexes(c: Circular) -> tuple[Annex, ...]:
    name, site = Column("主办单位", "name"), Column("网站（标识码）", "name")
    counts = ("检查网站数", "合格", "不合格", "未完成检测", "发现问题数")
    annexes = (
        Annex(
            "各单位政府网站检查情况表",
            (name, *(Column(title, "count") for title in counts)),
            tuple(
                (u["unit"], u["sites"], u["qualified"], u["unqualified"], u["unmeasured"], u["findings"])
                for u in c.units
            ),
            ("合计", c.running, c.passed, c.failed, c.unmeasured, c.findings),
        ),
        Annex(
            "存在突出问题的政府网站名单",
            (name, site, Column("突出问题")),
            tuple((s["unit"], _site(s), _lines(s["vetoes"])) for s in c.failed_sites),
        ),
        Annex(
            "未完成检测的政府网站名单",
            (name, site, Column("未完成的项目及原因")),
            tuple((s["unit"], _site(s), _lines(s["reasons"])) for s in c.unmeasured_sites),
            note="未完成检测不是网站的问题，所列原因供核实和下次检查时参考。",
        ),
    )
    if c.change is None:
        return annexes
    mended = Annex(
        "上次检查问题已整改清单",
        (name, Column("网站", "name"), Column("问题", "name"), Column("页面地址", "code")),
        tuple((f["unit"], f["name"], f["check"], f["subject_url"]) for f in c.fixed_faults),
    )
    return (*annexes, mended)


def _site(site: Mapping[str, Any]) -> str:
    return f"{site['name']}\n{site['code']}"


def _lines(reasons: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"{r['title']}：{typeset(shown(r['reason']))}" if r["reason"] else r["title"] for r in reasons
    )
