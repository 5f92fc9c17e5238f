"""The circular on content (内容保障通报): submissions and their adoption, required sections, updates of each unit, growth.

What was not read counts against nobody: a month that was not watched from its first to its last day has no number, and a
required section that could not be read is 未检测.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from analytics.figures import content_plan
from analytics.figures.rates import Rate
from analytics.notices.charts import Bar, Chart, bars
from analytics.notices.official_document import Annex, AnnexColumn, OfficialDocument
from analytics.notices.results import records
from analytics.words.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analytics.notices.material import Material

MONTHS = 6
UNITS_DRAWN = 15
INCOMPLETE = "数据不完整"


@dataclass(frozen=True, slots=True)
class ContentReport:
    month: str  # the newest month spoken of, e.g. 2026年11月
    span: str  # all months spoken of, e.g. 2026年6月至11月
    submitted: int
    submitting: int  # units that reported anything
    adopted: int
    adopted_whole: bool
    required: int
    kept: Rate  # of the required sections that were read
    states: list[tuple[str, int]]  # word → required sections
    published: int
    published_whole: bool
    chart: Chart
    months: int = MONTHS


def documents(material: Material) -> Iterator[OfficialDocument]:
    """One report, with annexes on submissions, sections and updates."""
    snapshot, results = material.snapshot, material.results
    months = [str(month) for month in pd.period_range(end=results.as_of, periods=MONTHS, freq="M")]
    growth = content_plan.growth(snapshot, results.assessment_id, date.fromisoformat(f"{months[0]}-01"))
    plan = content_plan.plan(snapshot, results.assessment_id)
    adoption = content_plan.adoption(snapshot, results.assessment_id)
    adoption = adoption[adoption["month"].isin(months)]
    report = content_report(growth, plan, adoption, months)
    inspected = set(results.sites["unit"])
    annexes = (
        _adoption_table(material, adoption),
        _plan_table(plan),
        _updates_table(material, growth, months, inspected),
    )
    yield OfficialDocument("content_report", report, tuple(annex for annex in annexes if annex.rows))


def content_report(
    growth: pd.DataFrame, plan: pd.DataFrame, adoption: pd.DataFrame, months: Sequence[str]
) -> ContentReport:
    """Counted from the answers of `analytics.figures.content_plan`; `months` are those spoken of, the newest last."""
    newest = months[-1]
    own = growth[(growth["month"] == newest) & (growth["own_entries"] > 0)]
    states = plan["state"].value_counts()
    read = len(plan) - int(states.get("unread", 0))
    return ContentReport(
        month=month_words(newest),
        span=span_words(months[0], newest),
        submitted=int(adoption["submitted"].sum()),
        submitting=int(adoption.loc[adoption["submitted"].notna(), "unit"].nunique()),
        adopted=int(adoption["adopted"].sum()),
        adopted_whole=bool(adoption["complete"].all()),
        required=len(plan),
        kept=Rate(int(states.get("kept", 0)), read),
        states=[
            (wording()["plan_state"][state], int(states[state]))
            for state in content_plan.PLAN_STATES
            if state in states
        ],
        published=int(own["own_entries"].sum()),
        published_whole=bool(own["complete"].all()),
        chart=_chart(own[own["complete"].astype(bool)], newest),
    )


def month_words(month: str) -> str:
    """`2026-11` → 2026年11月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def span_words(first: str, last: str) -> str:
    """`2026-06`, `2026-11` → 2026年6月至11月."""
    same_year = first[:4] == last[:4]
    return f"{month_words(first)}至{month_words(last).partition('年')[2] if same_year else month_words(last)}"


def _chart(own: pd.DataFrame, month: str) -> Chart:
    most = own.sort_values(["own_entries", "unit"], ascending=[False, True]).head(UNITS_DRAWN)
    rows = [
        Bar(
            row["unit"],
            row["own_entries"],
            f"{row['own_entries']}条",
            cells=(row["unit"], _whole(row["own_entries"], row["complete"])),
        )
        for row in records(most)
    ]
    return bars(
        f"{month_words(month)}发布信息最多的单位",
        "各单位自办网站登记栏目中标注为该月的信息条数。",
        ("单位", "条数"),
        rows,
    )


def _whole(number: Any, complete: Any) -> str:
    """A count of what was read; of a time that was not read whole nothing is signed."""
    return f"{number}" if complete else INCOMPLETE


def _adoption_table(material: Material, adoption: pd.DataFrame) -> Annex:
    places = {unit: place for place, unit in enumerate(material.in_order(set(adoption["unit"])))}
    ordered = adoption.assign(place=adoption["unit"].map(places))
    columns = (
        *(AnnexColumn("单位", "name"), AnnexColumn("月份", "count"), AnnexColumn("报送数量", "count")),
        *(AnnexColumn("采用数量", "count"), AnnexColumn("采用率", "count")),
    )
    rows = tuple(
        (
            row["unit"],
            month_words(row["month"]),
            row["submitted"] if row["submitted"] is not None else "未报送",
            "未检测" if row["adopted"] is None else _whole(row["adopted"], row["complete"]),
            Rate(row["adopted"], row["submitted"])
            if row["complete"]
            and row["submitted"]
            and row["adopted"] is not None
            and row["adopted"] <= row["submitted"]
            else None,
        )
        for row in records(ordered.sort_values(["month", "place"], ascending=[False, True]))
    )
    note = "采用数量为门户网站稿件注明来源为该单位的篇数；“数据不完整”表示当月稿件未能全部读取，不作统计。采用数量多于报送数量时不计采用率。"
    return Annex("信息报送与采用情况表", columns, rows, note=note)


def _plan_table(plan: pd.DataFrame) -> Annex:
    words = wording()["plan_state"]
    columns = (
        *(
            AnnexColumn("网站", "name"),
            AnnexColumn("栏目", "name"),
            AnnexColumn("责任单位", "name"),
            AnnexColumn("状态", "name"),
        ),
        *(
            AnnexColumn("期限内条数", "count"),
            AnnexColumn("最少条数", "count"),
            AnnexColumn("最近更新", "name"),
        ),
    )
    order = {state: number for number, state in enumerate(content_plan.PLAN_STATES)}
    rows = tuple(
        (
            *(row["site_name"] or row["site_code"], row["section_name"], row["unit"], words[row["state"]]),
            *(
                row["entries"] if row["entries"] is not None else "—",
                row["min_entries"] if row["min_entries"] is not None else "—",
            ),
            row["last_entry_on"].date() if row["last_entry_on"] is not None else "未注明日期",
        )
        for row in sorted(records(plan), key=lambda row: order[row["state"]])
    )
    return Annex("必设栏目保障情况表", columns, rows, wide=True)


def _updates_table(
    material: Material, growth: pd.DataFrame, months: Sequence[str], inspected: set[str]
) -> Annex:
    """A line a unit that answers for an inspected site: what it and all below it published in each month.

    The last column is the change of the newest month on the one before. A superior with no site of its own here is no
    subject of the inspection: it has no line, and the note says so.
    """
    columns = (
        AnnexColumn("单位", "name"),
        *(AnnexColumn(month_words(month), "count") for month in months),
        AnnexColumn("比上月", "count"),
    )
    by_unit: dict[str, dict[str, dict[str, Any]]] = {}
    for row in records(growth[growth["unit"].isin(inspected)]):
        by_unit.setdefault(row["unit"], {})[row["month"]] = row
    rows = []
    for unit in material.in_order(by_unit):
        published = by_unit[unit]
        counts = [
            _whole(published[month]["entries"], published[month]["complete"]) if month in published else "—"
            for month in months
        ]
        change = published[months[-1]]["change"] if months[-1] in published else None
        rows.append((unit, *counts, "—" if change is None else f"{change:+g}"))
    note = "上级单位的数字包括其下各单位。“数据不完整”表示当月未能全程监测，不作统计；“—”表示该月没有信息。"
    superiors = sorted(set(growth["unit"]) - inspected)
    if superiors:
        note += f"{'、'.join(superiors)}没有网站纳入本次检查，不列入本表。"
    return Annex("各单位信息更新情况表", columns, tuple(rows), note=note, wide=True)
