"""Computes verdict, points and reasons from measurements, an edition and people's decisions. Pure: no clock, no store.

Rows that could not be measured neither pass nor fail (`unmeasured`); rows that people must decide are `manual`.
`points` are the points that a deduction row lost or a bonus row won; null for vetoes and undecided rows.

- A veto fails when any of its limits is reached. It passes when no limit could be reached even if all unmeasured
  subjects were at fault. Limits are never added together.
- A deduction row fails as soon as points are lost; it passes only when none can be lost any more. It never costs more
  than its maximum, if it has one: 单项指标扣分之和不超过本项指标总分值. A bonus row passes when points are won.
- Undecided rows leave the score between a floor (all their points are lost) and a ceiling (none are). When the two are
  equal, that is the score.
- Verdict: unqualified when a veto fails, or when even the ceiling is below the pass mark; unmeasured when a veto that
  the machine can decide is unmeasured, or when the ceiling would be below the mark if every doubtful absence were a
  fault; else qualified. Rows that await people do not change it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared.absence import NETS
from analytics.editions.edition_model import ACCOUNT, APP, OF_ACCOUNTS
from analytics.judging import reasons
from analytics.judging.counting import UNITS, bounds, count, together, worth
from analytics.nullable import truth
from analytics.words.phrases import FOR_PEOPLE
from govcrawl.records.states import RowState, Verdict
from govcrawl.registry.choices import APPS, SiteKind
from govcrawl.registry.model import MINISTRY

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from analytics.editions.chosen import Edition, Indicator, Limit, Tariff
    from analytics.judging.counting import Counts, Numbers, Truths

_OF_A_ROW = (
    "indicator_id",
    "state",
    "points",
    "max_points",
    "count",
    "reason",
    "points_open",
)
INDICATOR_RESULT = ("site_code", *_OF_A_ROW)
SITE_RESULT = ("site_code", "verdict", "score", "score_floor", "score_ceiling", "band", "vetoes")
ACCOUNT_INDICATOR_RESULT = ("account_id", *_OF_A_ROW)
ACCOUNT_RESULT = ("account_id", "verdict", "score", "score_floor", "score_ceiling", "vetoes")


@dataclass(frozen=True, slots=True)
class SiteResults:
    """The results of all indicators for the sites they apply to, and of all sites."""

    indicators: pd.DataFrame
    sites: pd.DataFrame


@dataclass(frozen=True, slots=True)
class AccountResults:
    """The results of all indicators for new-media accounts, and of all accounts."""

    indicators: pd.DataFrame
    accounts: pd.DataFrame


def score(
    sites: pd.DataFrame,
    measured: Mapping[str, pd.DataFrame],
    edition: Edition,
    judgements: pd.DataFrame | None = None,
) -> SiteResults:
    """Score sites. `sites`: site_code, kind, level, has_services; `measured`: check id → its `findings.COUNTED` frame."""
    table = [row for row in edition.indicators if row.scope not in OF_ACCOUNTS]
    rows = _decide_all("site_code", sites, table, measured, edition, judgements)
    verdicts = _verdicts("site_code", sites, rows, edition)
    return SiteResults(rows[list(INDICATOR_RESULT)], verdicts[list(SITE_RESULT)])


def score_accounts(
    accounts: pd.DataFrame,
    measured: Mapping[str, pd.DataFrame],
    edition: Edition,
    judgements: pd.DataFrame | None = None,
) -> AccountResults:
    """Score accounts. `accounts`: account_id, and kind where rows ask apps; the frames have `account_id` in place of `site_code`."""
    table = [row for row in edition.indicators if row.scope in OF_ACCOUNTS]
    if not table:  # an edition without rows for accounts judges none
        return AccountResults(
            pd.DataFrame(columns=list(ACCOUNT_INDICATOR_RESULT)), pd.DataFrame(columns=list(ACCOUNT_RESULT))
        )
    marks = edition.of_accounts
    rows = _decide_all("account_id", accounts, table, measured, marks, judgements)
    verdicts = _verdicts("account_id", accounts, rows, marks)
    return AccountResults(rows[list(ACCOUNT_INDICATOR_RESULT)], verdicts[list(ACCOUNT_RESULT)])


def in_scope(sites: pd.DataFrame, row: Indicator) -> pd.Series[bool]:
    """Which sites a row applies to; of a row for apps, which accounts."""
    applies = pd.Series(data=True, index=sites.index)
    if row.scope == APP:
        return sites["kind"].isin(APPS)
    for scope, kind in (("portal", SiteKind.PORTAL), ("department", SiteKind.DEPARTMENT)):
        if row.scope == scope:
            applies &= truth(sites["kind"].eq(kind))
    if row.needs_services:
        applies &= sites["has_services"].astype(bool)
    if row.not_ministry:
        applies &= ~_of_ministries(sites)
    return applies


def _of_ministries(sites: pd.DataFrame) -> pd.Series[bool]:
    return truth(sites["level"].eq(MINISTRY))


# ---------- rows


def _decide_all(
    key: str,
    subjects: pd.DataFrame,
    table: list[Indicator],
    measured: Mapping[str, pd.DataFrame],
    edition: Edition,
    judgements: pd.DataFrame | None,
) -> pd.DataFrame:
    """One row per subject and indicator, in the order of the table.

    `low` and `high`: points (in counting.UNITS) lost or won for certain, and at most, with everything undecided. `doubted`:
    points lost if every doubtful absence (one that tripped a wide net) is a fault. `most`: the row's maximum in UNITS.
    """
    order = {row.id: number for number, row in enumerate(table)}
    decided = []
    for row in table:
        members = subjects if row.scope == ACCOUNT else subjects[in_scope(subjects, row)]
        max_points = np.full(len(members), np.nan if row.max_points is None else float(row.max_points))
        if row.max_points_ministry is not None:
            max_points[_of_ministries(members).to_numpy()] = float(row.max_points_ministry)
        most = np.where(np.isnan(max_points), float(edition.full_points), max_points) * UNITS
        result = _decide(row, key, members[key].tolist(), most.round().astype("int64"), measured, edition)
        rows = pd.DataFrame(
            {
                key: members[key].to_numpy(),
                "indicator_id": row.id,
                "part": row.part,
                "max_points": max_points,
                **{column: getattr(result, column) for column in _DECIDED},
            }
        ).astype({"state": "str", "reason": "str"})
        here = None if judgements is None else judgements[judgements["indicator_id"] == row.id]
        decided.append(rows if here is None or here.empty else _judged(row, key, rows, here))
    rows = pd.concat(decided, ignore_index=True).sort_values(
        [key, "indicator_id"],
        key=lambda column: column.map(order) if column.name == "indicator_id" else column,
        ignore_index=True,
    )
    return rows.assign(points_open=((rows["high"] - rows["low"]) / UNITS).where(rows["part"] != "veto"))


@dataclass(frozen=True, slots=True)
class _Decided:
    """The result of one row for each of its subjects, as far as the machine decides it; the columns of `_decide_all`."""

    state: npt.NDArray[np.str_]
    points: npt.NDArray[np.float64]
    count: pd.api.extensions.ExtensionArray  # Int64; missing where nobody counts
    reason: list[str]
    low: Numbers
    high: Numbers
    doubted: Numbers
    most: Numbers


_DECIDED = tuple(field.name for field in fields(_Decided))


def _decide(
    row: Indicator,
    key: str,
    subjects: list[str],
    most: Numbers,
    measured: Mapping[str, pd.DataFrame],
    edition: Edition,
) -> _Decided:
    if not row.rules:
        nothing = np.zeros(len(subjects), dtype="int64")
        return _Decided(
            state=np.full(len(subjects), RowState.MANUAL.value),
            points=np.full(len(subjects), np.nan),
            count=pd.array([None] * len(subjects), dtype="Int64"),
            reason=[FOR_PEOPLE] * len(subjects),
            low=nothing,
            high=most,
            doubted=nothing,
            most=most,
        )
    counts = [count(subjects, key, rule, measured[rule.check]) for rule in row.rules]
    if row.part == "veto":
        return _veto(row, most, counts, together(counts), edition)
    return _points(row, most, counts, together(counts), edition)


def _veto(row: Indicator, most: Numbers, counts: list[Counts], total: Counts, edition: Edition) -> _Decided:
    reached = [_over(each, each.failed, limit) for each, limit in zip(counts, row.limit, strict=True)]
    could = [
        ~each.complete | _over(each, each.failed + each.unmeasured + each.awaiting, limit)
        for each, limit in zip(counts, row.limit, strict=True)
    ]
    doubtful = [_doubtful(each, limit, edition) for each, limit in zip(counts, row.limit, strict=True)]
    sure = ~np.logical_or.reduce(could) & (total.looked > 0) & (not row.manual)
    blind = np.logical_or.reduce(doubtful)
    for each, limit in zip(counts, row.limit, strict=True):
        if limit.must_measure:
            open_yet = each.failed + each.unmeasured >= limit.at_least
            blind |= ~each.complete | (each.looked == 0) | open_yet
    nothing = np.zeros_like(most)
    return _Decided(
        state=_state(row, total, fails=np.logical_or.reduce(reached), passes=sure, blind=blind),
        points=np.full(len(most), np.nan),
        count=pd.array(total.failed, dtype="Int64"),
        reason=reasons.of_veto(row, counts, reached, total),
        low=nothing,
        high=nothing,
        doubted=nothing,
        most=most,
    )


def _doubtful(counted: Counts, limit: Limit, edition: Edition) -> Truths:
    """Whether doubtful absences could reach a limit; then the row must not pass."""
    in_doubt = _in_doubt(counted, limit, edition)
    return (in_doubt > 0) & _over(counted, counted.failed + counted.unmeasured + in_doubt, limit)


def _in_doubt(counted: Counts, rule: Limit | Tariff, edition: Edition) -> Numbers:
    """How many absences are doubtful: those that tripped a wide net.

    Checks whose findings the edition leaves to people anyway (`confirm_first`) do not count here.
    """
    if rule.check not in NETS or rule.check in edition.confirm_first:
        return np.zeros_like(counted.awaiting)
    return counted.awaiting


def _over(counted: Counts, faults: Numbers, limit: Limit) -> Truths:
    """Whether this number of faults reaches a limit."""
    reached: Truths = (faults >= limit.at_least) & ((faults == counted.looked) | (not limit.every))
    return reached


def _points(row: Indicator, most: Numbers, counts: list[Counts], total: Counts, edition: Edition) -> _Decided:
    tariffs, kind = (row.deduction, "failed") if row.deduction else (row.award, "held")
    spans = [
        bounds(tariff, each, kind, edition.decimals) for tariff, each in zip(tariffs, counts, strict=True)
    ]
    certain, possible = (np.add.reduce(side) for side in zip(*spans, strict=True))
    low = np.minimum(certain, most)
    doubted = np.zeros_like(most)
    for tariff, each in zip(row.deduction, counts, strict=False):
        in_doubt = each.failed + _in_doubt(each, tariff, edition)
        doubted += worth(tariff, in_doubt, each.looked, edition.decimals)
    closed = total.complete & (total.looked > 0) & (not row.manual)
    high = np.where(closed, np.minimum(possible, most), most)
    moved, settled = low > 0, high == 0
    fails, passes = (moved, settled) if row.deduction else (settled, moved)
    return _Decided(
        state=_state(row, total, fails=fails, passes=passes, blind=np.zeros_like(moved)),
        points=np.where(fails | passes, low / UNITS, np.nan),
        count=pd.array(total.of(kind), dtype="Int64"),
        reason=reasons.of_points(row, counts, total, certain, low),
        low=low,
        high=high,
        doubted=np.minimum(doubted, most),
        most=most,
    )


def _state(
    row: Indicator, total: Counts, *, fails: Truths, passes: Truths, blind: Truths
) -> npt.NDArray[np.str_]:
    """The state of a row. One that people decide in part is `manual`, measured or not, unless a limit `must_measure`."""
    waits = ((total.awaiting > 0) | row.manual) & ~blind
    return np.select(
        [fails, passes, waits], [RowState.FAIL, RowState.PASS, RowState.MANUAL], RowState.UNMEASURED
    )


def _judged(row: Indicator, key: str, rows: pd.DataFrame, judgements: pd.DataFrame) -> pd.DataFrame:
    """Apply people's decisions on a row where the machine left it undecided; what the machine found stays beside them.

    A decision's points are those of the people's part and are added to the machine's. Without points, a pass means none
    and a fail means all, in a bonus row the other way round.
    """
    both = rows.merge(judgements.drop(columns="indicator_id"), on=key, how="left", suffixes=("", "_judged"))
    open_yet = (
        both["state"].isin([RowState.MANUAL, RowState.UNMEASURED]) | (both["low"] < both["high"]) | row.manual
    )
    waited = both["state_judged"].notna() & open_yet
    if not waited.any():
        return rows
    passed = both["state_judged"].eq(RowState.PASS)
    verdict = passed.map({True: "符合", False: "不符合"})
    decision_words = (
        ";人工判定:"
        + verdict
        + (":" + both["reason_judged"].astype("str")).where(both["reason_judged"].fillna("") != "", "")
    )
    if row.part == "veto":
        fails = both["state"].eq(RowState.FAIL) | ~passed
        low = both["low"]
    else:
        whole = passed if row.part == "bonus" else ~passed
        given = (both["points_judged"].astype("float64") * UNITS).round()
        own = given.fillna(both["most"].where(whole, 0)).astype("int64")
        low = (both["low"] + own).clip(upper=both["most"])
        fails = low.eq(0) if row.part == "bonus" else (low > 0) | ~passed
    judged = both.assign(
        state=np.where(fails, RowState.FAIL, RowState.PASS),
        points=np.nan if row.part == "veto" else low / UNITS,
        reason=both["reason"] + decision_words,
        low=low,
        high=low,
        doubted=low if row.part == "deduct" else 0,
    )
    return both.where(~waited, judged)[list(rows.columns)].astype(rows.dtypes)


# ---------- verdicts


def _failed_vetoes(subjects: pd.Series[str], rows: pd.DataFrame, key: str) -> list[list[str]]:
    failed = rows[(rows["part"] == "veto") & (rows["state"] == RowState.FAIL)]
    by_subject = failed.groupby(key)["indicator_id"].agg(list)
    return [by_subject.get(subject, []) for subject in subjects]


def _unsure(rows: pd.DataFrame, key: str) -> set[str]:
    """Return the subjects for which a veto that the machine can decide is unmeasured."""
    return set(rows.loc[(rows["part"] == "veto") & (rows["state"] == RowState.UNMEASURED), key])


def _verdicts(key: str, subjects: pd.DataFrame, rows: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    result = subjects[[key]].sort_values(key, ignore_index=True)
    result["vetoes"] = _failed_vetoes(result[key], rows, key)
    vetoed = result["vetoes"].map(bool).astype(bool)
    scored = rows[rows["part"] != "veto"]
    with_points = set(rows.loc[rows["part"] == "deduct", key])
    sums = scored.pivot_table(
        index=key, columns="part", values=["low", "high", "doubted", "max_points"], aggfunc="sum"
    ).reindex(result[key])
    spans = [
        None if out or subject not in with_points else _span(sums.loc[subject], edition)
        for subject, out in zip(result[key], vetoed, strict=True)
    ]
    result["score_floor"] = [
        None if span is None else float(printed_score(span[0], edition)) for span in spans
    ]
    result["score_ceiling"] = [
        None if span is None else float(printed_score(span[1], edition)) for span in spans
    ]
    decided = [span[0] if span and span[0] == span[1] else None for span in spans]
    result["score"] = [None if exact is None else float(printed_score(exact, edition)) for exact in decided]
    result["band"] = [None if exact is None else band(exact, edition) for exact in decided]
    failed = vetoed | pd.Series([span is not None and misses(span[1], edition) for span in spans], dtype=bool)
    in_doubt = pd.Series([span is not None and misses(span[2], edition) for span in spans], dtype=bool)
    result["verdict"] = np.select(
        [failed, in_doubt | result[key].isin(_unsure(rows, key))],
        [Verdict.UNQUALIFIED, Verdict.UNMEASURED],
        Verdict.QUALIFIED,
    )
    return result


def _span(sums: pd.Series[float], edition: Edition) -> tuple[Decimal, Decimal, Decimal]:
    """The lowest and the highest score that the rows can still give, and the highest if all doubtful absences are faults."""

    def points(column: str, part: str) -> Decimal:
        value = sums.get((column, part), 0)
        return Decimal(0) if pd.isna(value) else Decimal(int(value)) / UNITS

    possible = Decimal(str(sums.get(("max_points", "deduct"), 0))) if edition.rescale else edition.full_points
    worst = part_two(points("high", "deduct"), possible, edition)
    best = part_two(points("low", "deduct"), possible, edition)
    return (
        final_score(worst, points("low", "bonus"), edition),
        final_score(best, points("high", "bonus"), edition),
        final_score(
            part_two(points("doubted", "deduct"), possible, edition), points("high", "bonus"), edition
        ),
    )


def part_two(lost: Decimal, possible: Decimal, edition: Edition) -> Decimal:
    """The points kept of the rows that apply, at least 0, scaled to 100 (75 × 4/3 for a site without services)."""
    return max(Decimal(0), possible - lost) * edition.full_points / possible


def final_score(kept: Decimal, won: Decimal, edition: Edition) -> Decimal:
    """Part 2, plus part 3 when part 2 is above `bonus_above` (exactly 80 gets no bonus); part 3 brings `bonus_most` at most."""
    most = won if edition.bonus_most is None else min(won, edition.bonus_most)
    return kept + most if edition.bonus_above is not None and kept > edition.bonus_above else kept


def misses(exact: Decimal, edition: Edition) -> bool:
    """Whether a score is below the pass mark."""
    return exact < edition.pass_below or (exact == edition.pass_below and not edition.mark_passes)


def printed_score(exact: Decimal, edition: Edition) -> Decimal:
    """A score rounded for print: half up, but never up to a mark that it does not reach."""
    step = Decimal(1).scaleb(-edition.decimals)
    rounded = exact.quantize(step, ROUND_HALF_UP)
    if any(
        mark is not None and exact < mark <= rounded for mark in (edition.pass_below, edition.bonus_above)
    ):
        return exact.quantize(step, ROUND_FLOOR)
    return rounded


def band(exact: Decimal, edition: Edition) -> str | None:
    """The name of the score band in which a circular counts the site; None when the edition has no bands."""
    return edition.band_names[sum(exact < lower for lower in edition.bands)] if edition.bands else None
