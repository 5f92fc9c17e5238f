"""The score sheet (评分表): one site, every indicator line by line, the points it lost with the reason, what to mend first.

The columns are those of the printed form (regulations.md 1), and one for the result. The first-level heading is repeated on
every line, so that no line loses it at a page break. A row that was not measured, or that people must decide, says so and has
no points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from analytics.figures.rates import Rate
from analytics.notices.official_document import Annex, AnnexColumn, OfficialDocument
from analytics.notices.results import SITES_AT_ONCE, records, records_by
from analytics.words.of_checks import check_words, fault_words
from analytics.words.text import chinese_date, file_stem, shown, typeset
from analytics.words.wording import wording
from govcrawl.records.states import RowState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from analytics.editions.chosen import Edition, Indicator
    from analytics.notices.material import Material
    from analytics.notices.results import Results

FAULTS_A_ROW = 100  # listed one by one; the notice to the unit has all of them


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of the form."""

    id: str
    group: str
    title: str
    aspect: str  # 考察点; empty where its words are not known
    clause: str
    verify: bool
    local: str  # source and day of a row that came or changed after its edition; else empty
    state: str  # the word that is printed
    kind: str  # pass fail unmeasured manual
    reason: str
    basis: str  # the readings it rests on; empty where it does not look back
    points: float | None
    problems: list[tuple[str, int, str]]  # what it is, how many, counting word
    faults: list[dict[str, Any]]
    more: int  # faults beyond those listed

    @property
    def passed(self) -> bool:
        return self.kind == RowState.PASS


@dataclass(frozen=True, slots=True)
class Part:
    part: str  # veto deduct bonus
    title: str
    rows: list[ScoreRow]

    @property
    def has_aspects(self) -> bool:
        """Whether the form has the column 考察点 here."""
        return any(row.aspect for row in self.rows)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is regained by mending one row."""

    row: str
    title: str
    veto: bool
    points: float | None
    faults: int
    advice: list[str]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    site: dict[str, Any]
    vetoes: list[str]
    score: str  # in words where there is no number
    waiting: bool  # something is not measured, or left to people
    counts: dict[str, int]  # state word → rows
    parts: list[Part]
    remedies: list[Remedy]
    faults: int
    unscored: list[
        dict[str, Any]
    ]  # faults under no row that this site is judged by; to be mended all the same
    unscored_more: int
    reposts: str  # how the superior's documents were reposted; empty where nothing is known of it
    marked: bool  # a clause waits to be compared with the official text


def documents(material: Material) -> Iterator[OfficialDocument]:
    """One sheet a site, in the folder `score_sheets`."""
    rows = material.snapshot.query("reposts_of_assessment", assessment_id=material.results.assessment_id)
    reposts = {
        str(code): _reposts(of_site, material.campaign.decimals)
        for code, of_site in rows.groupby("site_code")
    }
    for sheet in score_sheets(material.results, material.edition, reposts):
        code = sheet.site["site_code"]
        yield OfficialDocument(
            f"score_sheets/{file_stem(code)}",
            sheet,
            tuple(map(_annex, sheet.parts)),
            pictures=material.pictured(
                {
                    fault["finding_key"]: f"{fault['check']}：{fault['observed']}"
                    for faults in (*(row.faults for part in sheet.parts for row in part.rows), sheet.unscored)
                    for fault in faults
                }.items()
            ),
        )


def score_sheets(
    results: Results, edition: Edition, reposts: Mapping[str, str] = MappingProxyType({})
) -> Iterator[ScoreSheet]:
    """One sheet a judged site in the order of the codes, made when it is asked for. `reposts`: site code → what is said of them."""
    order = {row.id: number for number, row in enumerate(edition.indicators)}
    stands = results.under.groupby("finding_key")["indicator_id"].agg(list).to_dict()
    for start in range(0, len(results.sites), SITES_AT_ONCE):
        sites = records(results.sites.iloc[start : start + SITES_AT_ONCE])
        codes = [site["site_code"] for site in sites]
        rows_of, faults_of = (
            records_by(frame[frame["site_code"].isin(codes)], "site_code")
            for frame in (results.indicators, results.findings)
        )
        for site in sites:
            code = site["site_code"]
            judged = sorted(rows_of.get(code, ()), key=lambda row: order[row["indicator_id"]])
            faults = faults_of.get(code, [])
            under: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for fault in faults:
                for row in stands.get(fault["finding_key"], [fault["indicator_id"]]):
                    under[row].append(fault)
            sheet = _sheet(site, judged, faults, under, edition)
            yield replace(sheet, reposts=reposts.get(code, ""))


def _sheet(
    site: dict[str, Any],
    judged: list[dict[str, Any]],
    faults: list[dict[str, Any]],
    under: dict[str, list[dict[str, Any]]],
    edition: Edition,
) -> ScoreSheet:
    indicators = {row.id: row for row in edition.indicators}
    parts = [
        Part(
            part,
            wording()["part"][part],
            [_row(line, indicators[line["indicator_id"]], under) for line in lines],
        )
        for part, lines in groupby(judged, key=lambda line: indicators[line["indicator_id"]].part)
    ]
    rows = [row for part in parts for row in part.rows]
    shown_under = {fault["finding_key"] for row in rows for fault in under.get(row.id, ())}
    unscored = [fault for fault in faults if fault["finding_key"] not in shown_under]
    return ScoreSheet(
        site=site,
        vetoes=[indicators[veto].title for veto in site["vetoes"]],
        score=_score(site, parts),
        waiting=any(row.kind in {RowState.UNMEASURED, RowState.MANUAL} for row in rows),
        counts=Counter(row.state for row in rows),
        parts=parts,
        remedies=_remedies(parts),
        faults=len(faults),
        unscored=_named(unscored[:FAULTS_A_ROW]),
        unscored_more=max(0, len(unscored) - FAULTS_A_ROW),
        reposts="",
        marked=any(row.verify for row in rows),
    )


def _reposts(rows: pd.DataFrame, decimals: int) -> str:
    """`rows`: those of one site, see warehouse/queries/reposts_of_assessment.sql."""
    hours = int(rows["hours"].iloc[0])
    in_time, late = (int((rows["in_time"] == word).sum()) for word in (True, False))
    open_ = len(rows) - in_time - late
    words = f"转载上级政府门户网站近期文件{len(rows)}篇"
    if in_time + late:
        rate = Rate(in_time, in_time + late).printed(decimals)
        words += f"，{hours}小时内转载{in_time}篇，超过{hours}小时{late}篇，{hours}小时内转载率{rate}"
    return words + (f"；{open_}篇因页面所标时间不足以判断，未计入" if open_ else "")


def _score(site: dict[str, Any], parts: list[Part]) -> str:
    if site["score"] is not None:
        return f"{site['score']:g}分"
    if len(site["vetoes"]):
        return "单项否决，不计分"
    scored = [row for part in parts if part.part == "deduct" for row in part.rows]
    if not scored:
        return "本类网站不计分"
    waiting = sum(row.points is None for row in scored)
    lost = sum(row.points or 0 for row in scored)
    return f"总分未定：已查明扣{lost:g}分，尚有{waiting}项未检测或待人工核定"


def _row(line: dict[str, Any], indicator: Indicator, under: dict[str, list[dict[str, Any]]]) -> ScoreRow:
    faults = under.get(indicator.id, [])
    counts = Counter(fault["check_id"] for fault in faults)
    return ScoreRow(
        id=indicator.id,
        group=indicator.group,
        title=indicator.title,
        aspect=indicator.aspect,
        clause=indicator.clause,
        verify=indicator.verify,
        local=_local(indicator),
        state=wording()["row_state"][indicator.part][line["state"]],
        kind=line["state"],
        reason=line["reason"] or "",
        basis=line["basis"] or "",
        points=line["points"],
        problems=[(check_words(c)["title"], n, check_words(c)["unit"]) for c, n in counts.items()],
        faults=_named(faults[:FAULTS_A_ROW]),
        more=max(0, len(faults) - FAULTS_A_ROW),
    )


def _local(indicator: Indicator) -> str:
    if indicator.in_force is None:
        return ""
    return f"{indicator.source},自{chinese_date(indicator.in_force)}起"


def _named(faults: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [fault_words(fault) for fault in faults]


def _remedies(parts: list[Part]) -> list[Remedy]:
    """Failed rows: what vetoes first, then what gives most points back."""
    failed = [
        Remedy(
            row=row.id,
            title=row.title,
            veto=part.part == "veto",
            points=row.points,
            faults=len(row.faults) + row.more,
            advice=list(dict.fromkeys(check_words(fault["check_id"])["advice"] for fault in row.faults))
            or [typeset(shown(row.reason))],
        )
        for part in parts
        for row in part.rows
        if row.kind == RowState.FAIL and part.part != "bonus"
    ]
    return sorted(failed, key=lambda remedy: (not remedy.veto, -(remedy.points or 0)))


def _annex(part: Part) -> Annex:
    columns = (
        *(AnnexColumn(title, "name") for title in ("一级指标", "二级指标", "考察点")),
        *(
            AnnexColumn("扣分细则"),
            AnnexColumn("结果", "name"),
            AnnexColumn("存在的问题"),
            AnnexColumn("扣分", "count"),
        ),
    )
    rows = (
        (
            *(row.group, row.title, row.aspect, typeset(row.clause), row.state),
            "\n".join(
                [
                    *(f"{title}{n}{unit}" for title, n, unit in row.problems),
                    *(typeset(shown(words)) for words in (row.reason, row.basis) if words),
                ]
            ),
            row.points,
        )
        for row in part.rows
    )
    return Annex(part.title, columns, tuple(rows), wide=True)
