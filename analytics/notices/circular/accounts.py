"""The new-media accounts of a circular: their results by platform and one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.notices.circular.inspection import MEASURED, InspectedRows
from analytics.notices.circular.office_facts import OfficeFacts
from analytics.notices.official_document import Annex, AnnexColumn
from analytics.notices.results import records
from analytics.words.of_checks import (
    ACCOUNT_SUBJECT,
)
from analytics.words.phrases import FOR_PEOPLE
from analytics.words.text import chinese_span, typeset
from analytics.words.wording import wording
from govcrawl.records.states import Verdict
from govcrawl.registry.choices import platform_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from analytics.notices.traced_figures import Figure, Rows


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


def count_accounts(inspection: InspectedRows, titles: Mapping[str, str]) -> Accounts | None:
    """None where no account is registered."""
    rows = inspection.rows("judged_accounts")
    if rows.frame.empty:
        return None
    count = inspection.figures.count
    measured = count(
        "accounts-measured",
        "完成检测的政务新媒体账号",
        rows,
        {"verdict": MEASURED},
    )
    passed = count("accounts-passed", "合格账号", rows, {"verdict": Verdict.QUALIFIED})
    unmeasured = {"verdict": Verdict.UNMEASURED}
    total = count("accounts", "登记的政务新媒体账号", rows)
    names = names_by_platform(rows.frame["platform"].dropna().unique())
    platforms = [
        (platform, count(f"platform-{number}", f"{platform}账号", rows, {"platform": names[platform]}))
        for number, platform in enumerate(sorted(names), 1)
    ]
    return Accounts(
        total=total,
        platforms=platforms,
        by_platform=[
            (platform, number, *_of_platform(inspection, platform, names[platform], number.key, rows))
            for platform, number in platforms
        ],
        measured=measured,
        measured_rate=inspection.figures.rate("accounts-checked-rate", "账号检查比例", measured, total),
        passed=passed,
        failed=count("accounts-failed", "不合格账号", rows, {"verdict": Verdict.UNQUALIFIED}),
        pass_rate=inspection.figures.rate("accounts-rate", "账号合格率", passed, measured),
        unmeasured=count("accounts-unmeasured", "未完成检测的账号", rows, unmeasured),
        findings=count(
            "accounts-findings",
            "政务新媒体存在的问题",
            inspection.findings,
            inspection.in_scope(whose="account"),
        ),
        failing=[
            account | {"vetoes": [titles.get(veto, veto) for veto in account["vetoes"]]}
            for account in records(rows.where({"verdict": Verdict.UNQUALIFIED}))
        ],
    )


def names_by_platform(names: Iterable[str]) -> dict[str, str | tuple[str, ...]]:
    """Platform, as the rules call it → the name the registry has for it, or several; unknown ones stand under their own."""
    by_platform: dict[str, list[str]] = {}
    for name in sorted(names):
        by_platform.setdefault(platform_name(name), []).append(name)
    return {
        platform: called[0] if len(called) == 1 else tuple(called) for platform, called in by_platform.items()
    }


def _of_platform(
    inspection: InspectedRows, platform: str, names: str | tuple[str, ...], key: str, rows: Rows
) -> tuple[Figure, ...]:
    """Of the accounts of a platform: measured, passed, failed, and the pass rate."""
    measured, passed, failed = (
        inspection.figures.count(
            f"{key}-{ending}", f"{platform}：{words}", rows, {"platform": names, "verdict": verdict}
        )
        for ending, words, verdict in (
            ("measured", "完成检测", MEASURED),
            ("passed", "合格", Verdict.QUALIFIED),
            ("failed", "不合格", Verdict.UNQUALIFIED),
        )
    )
    rate = inspection.figures.rate(f"{key}-rate", f"{platform}：合格率", passed, measured)
    return measured, passed, failed, rate


def platform_table(accounts: Accounts) -> Annex:
    """A line a platform."""
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


def account_table(inspection: InspectedRows) -> Annex:
    """A line an account."""
    verdicts = wording()["verdict"]
    titles = {row.id: row.title for row in inspection.edition.indicators}
    updated = [row.id for row in inspection.edition.indicators if "account-stale" in row.checks]
    judged = inspection.material.snapshot.frame("account_indicator_result", inspection.results.assessment_id)
    judged = judged[judged["indicator_id"].isin(updated)]
    updates = dict(zip(judged["account_id"], judged["reason"], strict=True))
    accounts = inspection.rows("judged_accounts").frame
    posts = OfficeFacts(inspection.material, inspection.figures).posts()
    places = {unit: place for place, unit in enumerate(inspection.material.in_order(set(accounts["unit"])))}
    ordered = accounts.assign(place=accounts["unit"].map(places)).sort_values(["place", "account_id"])
    return Annex(
        "政务新媒体检查情况表",
        (
            AnnexColumn("地区（部门）", "name"),
            AnnexColumn("平台", "count"),
            AnnexColumn("账号名称", "name"),
            AnnexColumn("结论", "count"),
            *((AnnexColumn("得分", "count"),) if inspection.edition.account_points else ()),
            AnnexColumn("问题类别", "name"),
            AnnexColumn("更新情况", "name"),
            *((AnnexColumn("本期发布条数", "count"),) if posts else ()),
            AnnexColumn("发现问题", "count"),
        ),
        tuple(
            (
                *(a["unit"], platform_name(a["platform"]), a["name"], verdicts[a["verdict"]]),
                *((_score_of(a),) if inspection.edition.account_points else ()),
                "、".join(titles.get(veto, veto) for veto in a["vetoes"]) or "—",
                typeset(updates.get(a["account_id"]) or "—").partition(f"；{FOR_PEOPLE}")[0],
                *((posts.get(a["account_id"], "—"),) if posts else ()),
                inspection.figures.count(
                    f"account-{number}-findings",
                    f"{a['name']}：发现问题",
                    inspection.findings,
                    {"owner": f"{ACCOUNT_SUBJECT}{a['account_id']}"},
                ),
            )
            for number, a in enumerate(records(ordered), 1)
        ),
        note=f"发布条数为{chinese_span(inspection.material.period)}账号订阅源列出的条数；“—”表示没有可读取的订阅源。"
        if posts
        else "",
        wide=True,
    )


def _score_of(account: Mapping[str, Any]) -> str:
    if account["score"] is not None:
        return f"{account['score']:g}"
    return "不计分" if len(account["vetoes"]) else "待定"
