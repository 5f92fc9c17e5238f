"""What became of earlier faults: those of the inspection before, and those that units were notified of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.notices.official_document import Annex, AnnexColumn
from analytics.notices.results import records
from analytics.words.of_checks import (
    check_words,
    printed_address,
)
from govcrawl.records.states import LedgerState, Standing

if TYPE_CHECKING:
    from analytics.notices.circular.inspection import InspectedRows
    from analytics.notices.traced_figures import Figure


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
class EarlierNotices:
    """Faults that units were told of by documents issued before, and what became of them."""

    faults: Figure
    units: Figure
    fixed: Figure
    fixed_rate: Figure
    overdue: Figure
    settled: Figure


def count_recheck(inspection: InspectedRows) -> Recheck | None:
    """None where there was no inspection before."""
    previous = inspection.material.previous
    if previous is None:
        return None
    count = inspection.figures.count
    before = inspection.figures.rows(
        "faults_met_again",
        earlier_id=previous.assessment_id,
        assessment_id=inspection.results.assessment_id,
    )
    earlier = count("earlier", "上次检查发现的问题", before, inspection.scope)

    def became(standing: Standing, words: str) -> Figure:
        return count(standing.value, words, before, inspection.in_scope(became=standing))

    fixed = became(Standing.FIXED, "经复查已整改")
    return Recheck(
        earlier=earlier,
        fixed=fixed,
        fixed_rate=inspection.figures.rate("fixed-rate", "整改率", fixed, earlier),
        still_open=became(Standing.OPEN, "仍未整改"),
        settled=became(Standing.SETTLED, "经人工核实销号"),
        unchecked=became(Standing.UNCHECKED, "本次未能复查"),
        new=count("new", "本次新发现", inspection.findings, inspection.in_scope(life=LedgerState.NEW)),
        reopened=count(
            "reopened", "整改后再次出现", inspection.findings, inspection.in_scope(life=LedgerState.REOPENED)
        ),
    )


def count_earlier_notices(inspection: InspectedRows) -> EarlierNotices | None:
    """None where no document told a unit of anything."""
    rows = inspection.rows("notified_faults")
    if rows.frame.empty:
        return None
    count = inspection.figures.count
    faults = count("told", "此前通知整改的问题", rows, inspection.scope)
    fixed = count("told-fixed", "其中已整改", rows, inspection.in_scope(standing=Standing.FIXED))
    return EarlierNotices(
        faults=faults,
        units=count("told-units", "收到整改通知的单位", rows, inspection.scope, different="unit"),
        fixed=fixed,
        fixed_rate=inspection.figures.rate("told-rate", "通知问题整改率", fixed, faults),
        overdue=count("told-overdue", "其中逾期未整改", rows, inspection.in_scope(standing=Standing.OVERDUE)),
        settled=count("told-settled", "其中核实销号", rows, inspection.in_scope(standing=Standing.SETTLED)),
    )


def mended_faults(inspection: InspectedRows) -> Annex:
    """The faults of the inspection before that are mended, one by one."""
    again = inspection.material.snapshot.query(
        "faults_met_again",
        earlier_id=inspection.material.previous.assessment_id if inspection.material.previous else "",
        assessment_id=inspection.results.assessment_id,
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
            if not inspection.scope or f["check_id"] in inspection.scope["check_id"]
        ),
    )
