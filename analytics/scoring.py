"""Measurements + edition → verdict, points, reasons. Pure: no clock, no store.

Three states everywhere: what could not be measured neither passes nor fails, and a row that waits for people is
`manual`. `points` are the points a deduction row lost or a bonus row won; null for vetoes and for rows undecided.

- A veto fails when any of its limits is reached, passes when no limit could be reached even if every subject that
  was not measured were at fault, and is unmeasured in between. Limits are never added together.
- A deduction row fails when a fault was found; it passes only when everything was looked at. One fault never costs
  more than its row: 单项指标扣分之和不超过本项指标总分值.
- Verdict: unqualified when a veto fails, or a complete score lies below the pass mark; unmeasured when a veto the
  machine can decide is unmeasured; else qualified. Rows that wait for people do not change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.findings import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.editions import Deduction, Edition, Indicator, Limit

INDICATOR_RESULT = ("site_code", "indicator_id", "state", "points", "max_points", "count", "reason")
SITE_RESULT = ("site_code", "verdict", "score", "vetoes")

PORTAL, MINISTRY = "门户", "部委"
SERVICES_GROUP = "办事服务"


@dataclass(frozen=True, slots=True)
class Results:
    """Every indicator of every site in its scope, and every site."""

    indicators: pd.DataFrame
    sites: pd.DataFrame


def score(sites: pd.DataFrame, measured: Mapping[str, pd.DataFrame], edition: Edition) -> Results:
    """`sites`: site_code, kind, level, has_services; `measured`: check id → its `findings.MEASURED` frame."""
    rows = pd.concat(
        [_decide(row, sites[in_scope(sites, row)], measured) for row in edition.indicators], ignore_index=True
    )
    order = {row.id: number for number, row in enumerate(edition.indicators)}
    rows = rows.sort_values(
        ["site_code", "indicator_id"],
        key=lambda column: column.map(order) if column.name == "indicator_id" else column,
    )
    indicators = rows[list(INDICATOR_RESULT)].reset_index(drop=True)
    return Results(indicators, _verdicts(sites, indicators, edition))


def in_scope(sites: pd.DataFrame, row: Indicator) -> pd.Series[bool]:
    """Which sites a row is asked of."""
    asked = pd.Series(data=True, index=sites.index)
    if row.scope == "portal":
        asked &= sites["kind"].eq(PORTAL).fillna(value=False).astype(bool)
    if row.needs_services:
        asked &= sites["has_services"].astype(bool)
    if row.not_ministry:
        asked &= ~sites["level"].eq(MINISTRY).fillna(value=False).astype(bool)
    return asked


def final_score(kept: Decimal, won: Decimal, edition: Edition) -> Decimal:
    """Part 2 and, when it lies above the mark, part 3 (exactly 60 passes, exactly 80 gets no bonus)."""
    return kept + won if kept > edition.bonus_above else kept


def _decide(row: Indicator, sites: pd.DataFrame, measured: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    base = pd.DataFrame({"site_code": sites["site_code"].to_numpy(), "indicator_id": row.id})
    base["max_points"] = np.nan if row.max_points is None else float(row.max_points)
    if row.max_points_ministry is not None:
        ministry = sites["level"].eq(MINISTRY).fillna(value=False).to_numpy(dtype=bool)
        base.loc[ministry, "max_points"] = float(row.max_points_ministry)
    if row.manual:
        return base.assign(state="manual", points=np.nan, count=None, reason="须由人工检查")
    if row.limit:
        return _veto(base, row.limit, measured)
    return _deduct(base, row.deduction, measured)


def _veto(
    base: pd.DataFrame, limits: tuple[Limit, ...], measured: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    counts = [_counts(base["site_code"], limit, measured) for limit in limits]
    reached = [count["failed"] >= limit.at_least for count, limit in zip(counts, limits, strict=True)]
    open_yet = [
        ~count["complete"] | (count["failed"] + count["unmeasured"] >= limit.at_least)
        for count, limit in zip(counts, limits, strict=True)
    ]
    fails = np.logical_or.reduce(reached)
    looked = sum((count["looked"] for count in counts), start=pd.Series(0, index=base.index))
    unsure = ~fails & (np.logical_or.reduce(open_yet) | (looked == 0))
    said = [
        _limit_words(count, limit, over) for count, limit, over in zip(counts, limits, reached, strict=True)
    ]
    reason = pd.Series([";".join(filter(None, words)) for words in zip(*said, strict=True)], index=base.index)
    return base.assign(
        state=np.select([fails, unsure], ["fail", "unmeasured"], "pass"),
        points=np.nan,
        count=sum((count["failed"] for count in counts), start=pd.Series(0, index=base.index)),
        reason=reason.where(looked > 0, "没有可以检查的对象"),
    )


def _deduct(
    base: pd.DataFrame, deductions: tuple[Deduction, ...], measured: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    counts = [_counts(base["site_code"], rule, measured) for rule in deductions]
    zero = pd.Series(0, index=base.index)
    failed = sum((count["failed"] for count in counts), start=zero)
    unmeasured = sum((count["unmeasured"] for count in counts), start=zero)
    looked = sum((count["looked"] for count in counts), start=zero)
    complete = np.logical_and.reduce([count["complete"] for count in counts])
    # In hundredths, because 3 × 0.2 is 0.6 and not 0.6000000000000001.
    lost = sum(
        (
            count["failed"] * int(rule.points_each * 100)
            for count, rule in zip(counts, deductions, strict=True)
        ),
        start=zero,
    )
    capped = lost.clip(upper=(base["max_points"] * 100).round().astype("int64")) / 100
    whole = complete & (unmeasured == 0) & (looked > 0)
    state = np.select([failed > 0, whole], ["fail", "pass"], "unmeasured")
    return base.assign(
        state=state,
        points=capped.where((failed > 0) | whole),
        count=failed,
        reason=_deduct_words(failed, unmeasured, looked, complete, lost / 100, capped, counts),
    )


def _counts(
    site_codes: pd.Series[str], rule: Limit | Deduction, measured: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """One row a site in the order given: what a check counted in the categories of one limit or deduction.

    A site is incomplete when any of its rows is, whatever the category: what was not visited could be of any.
    """
    rows = measured[rule.check]
    chosen = rows[
        rows["category"].isin(rule.categories)
        if rule.categories
        else ~rows["category"].isin(rule.except_categories)
    ]
    by_site = chosen.groupby("site_code")
    counted = by_site[["looked", "failed", "unmeasured"]].sum()
    counted["said"] = by_site["reason"].agg(lambda reasons: ",".join(dict.fromkeys(filter(None, reasons))))
    counted["complete"] = rows.groupby("site_code")["complete"].all()
    counted = counted.reindex(site_codes)
    complete = rows.groupby("site_code")["complete"].all().reindex(site_codes)
    return (
        counted.assign(
            complete=complete.eq(other=True).fillna(value=False).astype(bool), said=counted["said"].fillna("")
        )
        .fillna({"looked": 0, "failed": 0, "unmeasured": 0})
        .astype({"looked": "int64", "failed": "int64", "unmeasured": "int64"})
        .reset_index(drop=True)
    )


def _limit_words(count: pd.DataFrame, limit: Limit, over: pd.Series[bool]) -> pd.Series[str]:
    """The arithmetic of one limit; a limit of one fault speaks in the check's own words."""
    if limit.at_least == 1:
        return count["said"]
    unsure = ",另有" + count["unmeasured"].astype("str") + "个未能核实"
    return (
        limit.words
        + count["failed"].astype("str")
        + f"个(限{limit.at_least}个"
        + pd.Series(",已达到)", index=count.index).where(over, ")")
        + unsure.where(count["unmeasured"] > 0, "")
        + (":" + count["said"]).where((count["unmeasured"] > 0) & (count["said"] != ""), "")
    )


def _deduct_words(
    failed: pd.Series[int],
    unmeasured: pd.Series[int],
    looked: pd.Series[int],
    complete: np.ndarray[tuple[int], np.dtype[np.bool_]],
    lost: pd.Series[float],
    capped: pd.Series[float],
    counts: list[pd.DataFrame],
) -> pd.Series[str]:
    said = pd.Series(
        [
            ",".join(dict.fromkeys(filter(None, words)))
            for words in zip(*(c["said"] for c in counts), strict=True)
        ],
        index=failed.index,
    )
    arithmetic = "发现" + failed.astype("str") + "处,应扣" + printed(lost, "g") + "分"
    arithmetic += (",本项最多扣" + printed(capped, "g") + "分").where(lost > capped, "")
    head = arithmetic.where(failed > 0, "检查" + looked.astype("str") + "处,未发现问题")
    tail = (";另有" + unmeasured.astype("str") + "处未能核实").where(unmeasured > 0, "")
    tail += pd.Series(";检查未能覆盖全部页面", index=failed.index).where(~complete, "")
    tail += (";" + said).where((unmeasured > 0) & (said != ""), "")
    return (head + tail).where(looked > 0, said.where(said != "", "没有可以检查的对象"))


def _verdicts(sites: pd.DataFrame, indicators: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    vetoes = indicators[
        indicators["indicator_id"].isin([row.id for row in edition.indicators if row.part == "veto"])
    ]
    failed = vetoes[vetoes["state"] == "fail"].groupby("site_code")["indicator_id"].agg(list)
    unsure = set(vetoes.loc[vetoes["state"] == "unmeasured", "site_code"])
    result = sites[["site_code"]].reset_index(drop=True)
    result["vetoes"] = [failed.get(code, []) for code in result["site_code"]]
    vetoed = result["vetoes"].map(bool)
    scores = _scores(indicators, edition)
    result["score"] = result["site_code"].map(scores).astype("float64").where(~vetoed)
    result["verdict"] = np.select(
        [vetoed | (result["score"] < float(edition.pass_below)), result["site_code"].isin(unsure)],
        ["unqualified", "unmeasured"],
        "qualified",
    )
    return result[list(SITE_RESULT)].sort_values("site_code", ignore_index=True)


def _scores(indicators: pd.DataFrame, edition: Edition) -> dict[str, float]:
    """Score of each site whose every scored row is decided; nobody else has one.

    A row that waits for people leaves the score open: a total that leaves out what nobody looked at would flatter.
    """
    parts = {row.id: row.part for row in edition.indicators}
    scored = indicators.assign(part=indicators["indicator_id"].map(parts))
    scored = scored[scored["part"] != "veto"]
    undecided = set(scored.loc[scored["points"].isna() | (scored["state"] == "unmeasured"), "site_code"])
    decided = scored[~scored["site_code"].isin(undecided)]
    sums = decided.pivot_table(
        index="site_code", columns="part", values=["points", "max_points"], aggfunc="sum"
    )
    return {
        str(code): float(
            final_score(
                part_two(Decimal(str(points)), Decimal(str(possible)), edition),
                Decimal(str(won)),
                edition,
            )
        )
        for code, points, possible, won in zip(
            sums.index,
            _column(sums, "points", "deduct"),
            _column(sums, "max_points", "deduct"),
            _column(sums, "points", "bonus"),
            strict=True,
        )
    }


def _column(sums: pd.DataFrame, value: str, part: str) -> pd.Series[float]:
    return sums[value, part].round(2) if (value, part) in sums else pd.Series(0.0, index=sums.index)


def part_two(lost: Decimal, possible: Decimal, edition: Edition) -> Decimal:
    """Points kept of the rows in scope, brought to the full hundred (75 × 4/3 for departments without services)."""
    return (possible - lost) * edition.full_points / possible
