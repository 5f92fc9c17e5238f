"""The websites of a circular: their number, their verdicts, and a comparison with earlier inspections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.notices.circular.inspection import MEASURED, InspectedRows
from analytics.notices.results import records
from analytics.words.text import typeset
from analytics.words.wording import wording
from govcrawl.records.states import RowState, Verdict
from govcrawl.registry.choices import PART_OF_A_SITE, SiteKind
from govcrawl.registry.model import EXCEPTED, RUNNING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from analytics.notices.earlier import Earlier
    from analytics.notices.results import Results
    from analytics.notices.traced_figures import Figure


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
class Comparison:
    """The inspection beside an earlier one: the change of the pass rate in 个百分点, of failed sites, of faults."""

    then: Earlier
    points: Figure | None
    failed: Figure
    findings: Figure


def count_sites(inspection: InspectedRows) -> Sites:
    """The figures of all websites."""
    count, rate = inspection.figures.count, inspection.figures.rate
    registered = count(
        "registered",
        "正常运行的政府网站",
        inspection.rows("registered_sites"),
        {"status": (RUNNING, EXCEPTED)},
    )
    running = count("running", "检查的政府网站", inspection.sites)
    measured = count("measured", "完成全部否决项检测的网站", inspection.sites, {"verdict": MEASURED})
    passed = count("passed", "合格网站", inspection.sites, {"verdict": Verdict.QUALIFIED})
    pass_rate = rate("pass-rate", "合格率（合格数除以完成检测数）", passed, measured)
    scored = inspection.sites.where({"verdict": MEASURED})
    all_scored = bool(len(scored)) and bool(scored["band"].notna().all())
    return Sites(
        registered=registered,
        running=running,
        checked_rate=rate("checked-rate", "检查率", running, registered),
        measured=measured,
        passed=passed,
        failed=count("failed", "不合格网站", inspection.sites, {"verdict": Verdict.UNQUALIFIED}),
        pass_rate=pass_rate,
        unmeasured=_unmeasured(inspection),
        faulty=count(
            "faulty",
            "存在问题的网站",
            inspection.findings,
            inspection.in_scope(whose="site"),
            different="owner",
        ),
        points=_points(inspection, pass_rate),
        levels=_steps(inspection, "level", wording()["level"]),
        kinds=_steps(inspection, "kind", {kind: kind for kind in SiteKind if kind in PART_OF_A_SITE}),
        bands=_steps(inspection, "band", {band: typeset(band) for band in inspection.edition.band_names})
        if all_scored
        else [],
    )


def _unmeasured(inspection: InspectedRows) -> Figure:
    """Sites without a verdict; of a special inspection those of which its own rows could not be measured."""
    if not inspection.scope:
        return inspection.figures.count(
            "unmeasured", "未完成检测的网站", inspection.sites, {"verdict": Verdict.UNMEASURED}
        )
    rows, rows_of = inspection.rows("rows_not_measured"), {"indicator_id": tuple(inspection.deciding_rows())}
    return inspection.figures.count(
        "unmeasured", "未完成专项检测的网站", rows, rows_of, different="site_code"
    )


def _steps(inspection: InspectedRows, column: str, names: Mapping[str, str]) -> list[tuple[str, Figure]]:
    """Sites by the values of a column, in the order of the names; values no site has are left out."""
    present = set(inspection.sites.frame[column].dropna())
    return [
        (
            name,
            inspection.figures.count(f"{column}-{number}", f"{name}网站", inspection.sites, {column: value}),
        )
        for number, (value, name) in enumerate(names.items(), 1)
        if value in present
    ]


def _points(inspection: InspectedRows, now: Figure) -> Figure | None:
    previous = inspection.material.previous
    return _rate_since(inspection, now, previous.assessment_id, "上次检查", "") if previous else None


def _rate_since(
    inspection: InspectedRows, now: Figure, assessment_id: str, words: str, ending: str
) -> Figure | None:
    """The change of the pass rate since an earlier inspection."""
    before = inspection.figures.rows("judged_sites", assessment_id=assessment_id)
    passed = inspection.figures.count(
        f"passed-before{ending}", f"{words}合格网站", before, {"verdict": Verdict.QUALIFIED}
    )
    measured = inspection.figures.count(
        f"measured-before{ending}", f"{words}完成检测的网站", before, {"verdict": MEASURED}
    )
    rate = inspection.figures.rate(f"pass-rate-before{ending}", f"{words}合格率", passed, measured)
    return inspection.figures.points(f"points{ending}", "合格率变化（个百分点）", now, rate)


def compared(inspection: InspectedRows, then: Earlier, sites: Sites, findings: Figure) -> Comparison:
    """The inspection beside an earlier one."""
    count, change = inspection.figures.count, inspection.figures.change
    before = inspection.figures.rows("judged_sites", assessment_id=then.assessment_id)
    faults = inspection.figures.rows("reported_findings", assessment_id=then.assessment_id)
    failed = count(f"failed-{then.span}", f"{then.words}不合格网站", before, {"verdict": Verdict.UNQUALIFIED})
    found = count(f"findings-{then.span}", f"{then.words}政府网站存在的问题", faults, {"whose": "site"})
    return Comparison(
        then,
        _rate_since(inspection, sites.pass_rate, then.assessment_id, then.words, f"-{then.span}"),
        change(f"failed-since-{then.span}", f"不合格网站比{then.words}增减", sites.failed, failed),
        change(f"findings-since-{then.span}", f"问题比{then.words}增减", findings, found),
    )


def failed_sites(results: Results, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each site that failed, with the vetoes it failed by and their reasons."""
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


def unmeasured_sites(inspection: InspectedRows) -> list[dict[str, Any]]:
    """Each site without a verdict, with what could not be measured and why."""
    titles = inspection.deciding_rows()
    rows = inspection.rows("rows_not_measured").where({"indicator_id": tuple(titles)})
    if not inspection.scope:
        sites = inspection.results.sites
        rows = rows[rows["site_code"].isin(sites.loc[sites["verdict"] == Verdict.UNMEASURED, "site_code"])]
    by_site: dict[str, dict[str, Any]] = {}
    for row in records(rows):
        site = by_site.setdefault(row["site_code"], row | {"reasons": []})
        site["reasons"].append({"title": titles[row["indicator_id"]], "reason": row["reason"]})
    return list(by_site.values())
