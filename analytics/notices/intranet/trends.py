"""Three charts over all sites: the pass rate of the assessments, the problems by type, the sections idle for longest.

Above them, the newest inspection is compared with the one before, and with those of last month, last quarter and the year before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.figures.rates import Rate, difference
from analytics.notices.charts import Bar, Chart, Point, bars, trend
from analytics.notices.earlier import SPANS, earlier
from analytics.notices.results import records
from analytics.words.of_checks import check_words
from analytics.words.text import chinese_date
from analytics.words.wording import wording
from govcrawl.records.states import Verdict

if TYPE_CHECKING:
    from datetime import date

    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

ASSESSMENTS = 60
LONGEST_IDLE = 15


@dataclass(frozen=True, slots=True)
class Beside:
    """One inspection of the comparison, and how the newest differs from it; the changes of the newest itself are empty."""

    words: str
    as_of: date
    pass_rate: str
    points: str  # 个百分点, with its sign; empty too where one of the two rates is unknown
    failed: int
    more_failed: str
    faults: int
    more_faults: str


@dataclass(frozen=True, slots=True)
class Trends:
    beside: list[Beside]  # the newest first; only itself where it is the first
    pass_rate: Chart
    problems: Chart
    idle: Chart


def read_trends(snapshot: Snapshot, results: Results, sections: pd.DataFrame) -> Trends:
    """The charts as of one assessment; the trend has assessments of its edition only, since others count differently."""
    verdicts = snapshot.query("verdicts_by_assessment")
    beside = comparison(snapshot, results, verdicts)
    return Trends(
        beside, pass_rate(verdicts, results), problems(results.findings), longest_idle(sections, results)
    )


def comparison(snapshot: Snapshot, results: Results, verdicts: pd.DataFrame) -> list[Beside]:
    """The newest inspection and those it is compared with, by the same edition; a span without an inspection has no line."""
    faults = snapshot.query("faults_by_assessment").set_index("assessment_id")["faults"]
    counts = verdicts.pivot_table(
        index="assessment_id", columns="verdict", values="sites", aggfunc="sum", fill_value=0
    ).reindex(columns=list(Verdict), fill_value=0)
    lines: list[tuple[str, str, date]] = [("本次检查", results.assessment_id, results.as_of)]
    before = verdicts[
        (verdicts["edition"] == results.edition) & (verdicts["as_of"] < pd.Timestamp(results.as_of))
    ]
    if len(before):
        last = before.iloc[-1]
        lines.append(("上次检查", str(last["assessment_id"]), last["as_of"].date()))
    for span, words in SPANS.items():
        if then := earlier(snapshot, results, span):
            lines.append((words, then.assessment_id, then.as_of))
    rate = {
        str(name): Rate(int(row["qualified"]), int(row["qualified"] + row["unqualified"]))
        for name, row in counts.iterrows()
    }
    failed = counts["unqualified"].astype(int).to_dict()
    now = results.assessment_id

    def line(words: str, name: str, day: date) -> Beside:
        points = None if name == now else difference(rate[now], rate[name], 1)
        number = int(faults.get(name, 0))
        return Beside(
            words=words,
            as_of=day,
            pass_rate=rate[name].printed(1),
            points="" if points is None else f"{points:+}",
            failed=failed[name],
            more_failed="" if name == now else f"{failed[now] - failed[name]:+d}",
            faults=number,
            more_faults="" if name == now else f"{int(faults.get(now, 0)) - number:+d}",
        )

    return [line(*each) for each in lines]


def pass_rate(verdicts: pd.DataFrame, results: Results) -> Chart:
    """The share of qualified among measured sites, for each assessed day up to this one; a gap where none was measured."""
    of_edition = verdicts[
        (verdicts["edition"] == results.edition) & (verdicts["as_of"] <= pd.Timestamp(results.as_of))
    ]
    by_day = of_edition.pivot_table(
        index=["as_of", "assessment_id"], columns="verdict", values="sites", aggfunc="sum", fill_value=0
    ).reindex(columns=list(Verdict), fill_value=0)
    newest = by_day.groupby("as_of").tail(1).tail(ASSESSMENTS)
    points, rows = [], []
    for row in records(newest.reset_index()):
        rate = Rate(row["qualified"], row["qualified"] + row["unqualified"])
        exact = rate.exact()
        day = row["as_of"]
        points.append(
            Point(f"{day.month}月{day.day}日", None if exact is None else float(exact), rate.printed(1))
        )
        rows.append((chinese_date(day), *(str(row[name]) for name in Verdict), rate.printed(1)))
    return trend(
        "合格率变化",
        "各次检查中合格网站占完成检测网站的比例；未完成检测的网站不计入。",
        ("检查日期", "合格", "不合格", "未完成检测", "合格率"),
        points,
        rows,
    )


def problems(findings: pd.DataFrame) -> Chart:
    """Reported faults by group, the largest first."""
    counts = findings["check_id"].map(lambda check: check_words(check)["group"]).value_counts()
    titles = wording()["group_short"]
    rows = [
        Bar(titles[group], int(n), f"{n}个")
        for group, n in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))
    ]
    return bars("问题构成", "本次检查各类问题的数量。", ("问题类别", "数量"), rows)


def longest_idle(sections: pd.DataFrame, results: Results) -> Chart:
    """The sections with the longest time since their last update; the tick is at the end of the term.

    Late sections have filled bars; those within their term or without one have hollow bars.
    """
    with_names = sections.merge(results.sites[["site_code", "name"]], on="site_code")
    idle = with_names[with_names["idle_days"].notna() & with_names["term_days"].notna()]
    idle = idle.assign(late=idle["idle_days"] - idle["term_days"])
    longest = idle.sort_values(["late", "site_code", "section_url"], ascending=[False, True, True]).head(
        LONGEST_IDLE
    )
    rows = [
        Bar(
            label=f"{number} {section}",
            value=int(days),
            printed=f"{days}天",
            filled=bool(days > term),
            mark=int(term),
            cells=(
                str(number),
                site,
                section,
                f"{days}天",
                f"{term}天",
                f"超{days - term}天" if days > term else "期限内",
            ),
        )
        for number, (site, section, days, term) in enumerate(
            zip(
                longest["name"],
                longest["section_name"],
                longest["idle_days"],
                longest["term_days"],
                strict=True,
            ),
            1,
        )
    ]
    return bars(
        "已超期和临近期限的栏目",
        "按超过更新期限的天数排列。条形为距最近一次更新的天数，竖线为更新期限；实心为已超期，空心为期限内。",
        ("序号", "网站", "栏目", "未更新", "期限", "状态"),
        rows,
        texts=3,
    )
