"""The annexes of a circular, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analytics.notices.circular.accounts import account_table, platform_table
from analytics.notices.circular.follow_up import mended_faults
from analytics.notices.circular.inspection import MEASURED, InspectedRows
from analytics.notices.circular.office_facts import changed_sites
from analytics.notices.official_document import Annex, AnnexColumn
from analytics.notices.results import records
from analytics.words.of_checks import (
    check_words,
    checks_of_groups,
)
from analytics.words.phrases import FOR_PEOPLE, OUTCOMES
from analytics.words.text import shown, typeset
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import Verdict
from govcrawl.registry.choices import platform_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.notices.documents.circular import Circular
    from analytics.notices.traced_figures import Figure, Rows

WHOLE = 10_000  # no limit


def annexes(inspection: InspectedRows, c: Circular) -> tuple[Annex, ...]:
    """A general inspection has them all; one of special problems those of its own."""
    unit, name = AnnexColumn("地区（部门）", "name"), AnnexColumn("名称", "name")
    unmeasured = Annex(
        "未完成检测的政府网站名单",
        (unit, name, AnnexColumn("未完成的项目及原因")),
        tuple((s["unit"], _site(s), _not_done(s["reasons"])) for s in c.unmeasured_sites),
        note="未完成检测不是网站的问题，所列原因供核实和下次检查时参考。",
    )
    mended = (mended_faults(inspection),) if c.recheck else ()
    if inspection.scope:
        return _faulty(inspection), unmeasured, *mended
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
        _units(inspection, c),
        *ranking(inspection),
        *((bands,) if c.sites.bands else ()),
        *((changed_sites(c.site_changes),) if c.site_changes else ()),
        *((platform_table(c.accounts),) if c.accounts and len(c.accounts.platforms) > 1 else ()),
        *((account_table(inspection),) if c.accounts else ()),
        failing,
        *_text_errors(inspection),
        unmeasured,
        *mended,
        *c.sections.annexes,
    )


def _faulty(inspection: InspectedRows) -> Annex:
    """Of a special inspection: every site with faults, and how many of which kind."""
    rows = inspection.findings.where(inspection.scope)
    numbers = rows.groupby(["unit", "name", "owner", "whose", "check_id"]).size().reset_index(name="number")
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


def _units(inspection: InspectedRows, c: Circular) -> Annex:
    """Per unit, each number traced to the sites and faults of that unit."""
    rows = []
    for number, unit in enumerate(inspection.material.in_order(set(inspection.results.sites["unit"])), 1):

        def count(key: str, words: str, rows: Rows, conditions: Mapping[str, Any]) -> Figure:
            return inspection.figures.count(f"unit-{number}-{key}", f"{unit}：{words}", rows, conditions)  # noqa: B023

        running = count("running", "运行", inspection.sites, {"unit": unit})
        checked = count("measured", "完成检测", inspection.sites, {"unit": unit, "verdict": MEASURED})
        passed = count("passed", "合格", inspection.sites, {"unit": unit, "verdict": Verdict.QUALIFIED})
        failed = count("failed", "不合格", inspection.sites, {"unit": unit, "verdict": Verdict.UNQUALIFIED})
        rate = inspection.figures.rate(f"unit-{number}-rate", f"{unit}：合格率", passed, checked)
        found = count(
            "findings", "发现问题", inspection.findings, {"unit": unit, "whose": "site", **inspection.scope}
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


def _text_errors(inspection: InspectedRows) -> tuple[Annex, ...]:
    """Errors in texts (错情) a unit and kind, as the circulars of 2024 to 2026 count them; nothing where none was found."""
    checks = checks_of_groups(("text",))
    rows = inspection.findings.where({"check_id": checks})
    if rows.empty:
        return ()
    kinds = [check for check in checks if check in set(rows["check_id"])]
    lines = []
    for number, unit in enumerate(inspection.material.in_order(set(rows["unit"])), 1):
        cells = [
            inspection.figures.count(
                f"error-{number}-{check}",
                f"{unit}：{check_words(check)['title']}",
                inspection.findings,
                {"unit": unit, "check_id": check},
            )
            for check in kinds
        ]
        whole = inspection.figures.count(
            f"error-{number}-all",
            f"{unit}：错情合计",
            inspection.findings,
            {"unit": unit, "check_id": checks},
        )
        lines.append((unit, *cells, whole))
    total = inspection.figures.count("errors", "错情", inspection.findings, {"check_id": checks})
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


def ranking(inspection: InspectedRows) -> tuple[Annex, ...]:
    """Where the campaign asks for it, the sites with a score, the highest first.

    Equal scores share a rank, and the next is as far behind as they are many. No table where no site has a score.
    """
    scored = inspection.sites.where({"verdict": MEASURED})
    scored = scored[scored["score"].notna()]
    if scored.empty or not inspection.material.campaign.ranking:
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


def _site(site: Mapping[str, Any]) -> str:
    return f"{site['name']}\n{site['site_code']}"


def _failing(c: Circular) -> list[dict[str, Any]]:
    return c.accounts.failing if c.accounts else []


def _account(account: Mapping[str, Any]) -> str:
    return f"{account['name']}\n{platform_name(account['platform'])}"


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
