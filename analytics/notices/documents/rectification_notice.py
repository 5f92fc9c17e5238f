"""The rectification notice (整改通知): one unit, its sites and accounts, every fault numbered, and a return slip.

Outline: regulations.md 7.2. There are three forms: a unit with a failing site gets a rectification notice, a unit with single
faults only a reminder (监管提示单), a unit whose faults are all past their deadline an urging (催办单) that cites the first
notice. A fault that was notified is not repeated while its term runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.notices.folders import UnitNotice
from analytics.notices.official_document import Annex, AnnexColumn, OfficialDocument
from analytics.notices.results import records, records_by
from analytics.words.of_checks import (
    ACCOUNT_SUBJECT,
    VETO_CHECKS_FIRST,
    check_words,
    checks_of_groups,
    observed_words,
    origin_label,
    printed_address,
)
from analytics.words.text import chinese_date, file_stem, shown, typeset
from govcrawl.records.states import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import pandas as pd

    from analytics.editions.chosen import Indicator
    from analytics.notices.material import Material

SITES, ACCOUNTS = "政府网站", "政务新媒体"
FRESH, OVERDUE = "问题清单", "逾期未整改问题清单"
WHOLE = 10_000  # characters: nothing is cut in a document that is signed


@dataclass(frozen=True, slots=True)
class EarlierNotice:
    """What a unit was told of a fault: by which notice first, and until when it has now."""

    number: str
    issued_on: date
    first_due_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class RectificationNotice:
    number: str
    unit: str
    kind: str  # 整改通知, 监管提示单 or 整改催办单
    of: str  # 政府网站, 政务新媒体, or both: whichever of the unit's has faults
    sites: list[dict[str, Any]]  # name site_code verdict vetoes
    accounts: list[dict[str, Any]]  # name platform vetoes, of the accounts that failed
    faults: list[dict[str, Any]]  # told for the first time, in the order of weight: vetoes first
    overdue: list[dict[str, Any]]  # told before and past their day
    running: int  # told before, their day not yet come: not told again
    cited: list[tuple[str, date]]  # the notices that told of the overdue ones first
    requirements: list[
        tuple[str, str, str, str]
    ]  # kind, indicator, what is asked, advice: once for all its faults

    @property
    def vetoed(self) -> bool:
        """Whether anything must be mended at once."""
        return any(each["vetoes"] for each in (*self.sites, *self.accounts))

    @property
    def is_urging(self) -> bool:
        return bool(self.overdue) and not self.faults


def documents(material: Material) -> Iterator[OfficialDocument]:
    """One notice for every unit that has something to mend, in the folder `notices`."""
    rows = {row.id: row for row in material.edition.indicators}
    earlier = _earlier_notices(material)
    findings, judged = material.results.findings, material.results.sites
    if groups := material.campaign.groups:  # a special inspection says nothing of the sites as a whole
        findings = findings[findings["check_id"].isin(checks_of_groups(groups))]
        judged = judged.head(0)
    accounts_judged = material.snapshot.query("judged_accounts", assessment_id=material.results.assessment_id)
    vetoed = _vetoed(material.results.sites, "site_code", "") | _vetoed(
        accounts_judged, "account_id", ACCOUNT_SUBJECT
    )
    failing_accounts = [] if groups else _failing_accounts(accounts_judged, rows)
    by_unit = records_by(findings, "unit")
    failing = set(judged.loc[judged["verdict"] == Verdict.UNQUALIFIED, "unit"])
    failing |= {account["unit"] for account in failing_accounts}
    sites = records_by(judged, "unit")
    serial = 0
    for unit in material.in_order(failing | by_unit.keys()):
        faults = [_fault(row, rows, vetoed, earlier.get(row["finding_key"])) for row in by_unit.get(unit, [])]
        faults.sort(key=_weight)
        as_of = material.results.as_of
        fresh = [f for f in faults if f["before"] is None]
        overdue = [f for f in faults if f["before"] and f["before"].due_on and f["before"].due_on < as_of]
        if faults and not fresh and not overdue:
            continue  # all of it is told, and its term runs
        serial += 1
        accounts = [account for account in failing_accounts if account["unit"] == unit]
        of = _of(faults, accounts, sites.get(unit, []))
        cited = {f["before"].number: f["before"].issued_on for f in overdue}
        notice = RectificationNotice(
            number=f"{material.campaign.number or material.notice_id}-{serial:03d}",
            unit=unit,
            kind=_kind(urging=bool(overdue) and not fresh, failing=unit in failing),
            of=of,
            accounts=accounts,
            sites=[
                site | {"vetoes": [rows[v].title if v in rows else v for v in site["vetoes"]]}
                for site in (sites.get(unit, []) if SITES in of else [])
            ],
            faults=fresh,
            overdue=overdue,
            running=len(faults) - len(fresh) - len(overdue),
            requirements=list(dict.fromkeys(_requirement(fault) for fault in (*fresh, *overdue))),
            cited=sorted(cited.items(), key=lambda pair: (pair[1], pair[0])),
        )
        yield OfficialDocument(
            f"notices/{serial:03d}-{file_stem(unit)}",
            notice,
            _annexes(notice, material.campaign.deadline_on),
            unit_notice=UnitNotice(
                unit,
                notice.number,
                material.campaign.deadline_on,
                tuple(f["finding_key"] for f in (*fresh, *overdue)),
            ),
            pictures=material.pictured(
                (fault["finding_key"], f"{title}第{number}项：{fault['name']}，{fault['check']}")
                for title, listed in ((FRESH, fresh), (OVERDUE, overdue))
                for number, fault in enumerate(listed, 1)
            ),
        )


def _vetoed(judged: pd.DataFrame, key: str, prefix: str) -> set[tuple[str, str]]:
    """Each site (its code) or account (`account:` and its id) with each row that it failed outright."""
    return {(f"{prefix}{one[key]}", veto) for one in records(judged) for veto in one["vetoes"]}


def _failing_accounts(judged: pd.DataFrame, rows: Mapping[str, Indicator]) -> list[dict[str, Any]]:
    return [
        account | {"vetoes": [rows[v].title if v in rows else v for v in account["vetoes"]]}
        for account in records(judged[judged["verdict"] == Verdict.UNQUALIFIED])
    ]


def _of(faults: list[dict[str, Any]], accounts: list[dict[str, Any]], sites: list[dict[str, Any]]) -> str:
    """What of a unit's a notice speaks of: that which has faults or failed."""
    of_sites = any(fault["whose"] == "site" for fault in faults) or any(
        site["verdict"] == Verdict.UNQUALIFIED for site in sites
    )
    of_accounts = bool(accounts) or any(fault["whose"] == "account" for fault in faults)
    return "和".join([*([SITES] if of_sites else []), *([ACCOUNTS] if of_accounts else [])]) or SITES


def _kind(*, urging: bool, failing: bool) -> str:
    if urging:
        return "整改催办单"
    return "整改通知" if failing else "监管提示单"


def _earlier_notices(material: Material) -> dict[str, EarlierNotice]:
    """Finding → what its unit was told since it stands; a document that is being corrected now counts no longer."""
    days = material.snapshot.frame("assessment").set_index("assessment_id")["as_of"].dt.date
    since = material.results.findings.set_index("finding_key")["since_on"].dt.date
    notices: dict[str, EarlierNotice] = {}
    for document in sorted(material.issued, key=lambda each: (each.issued_on, each.number)):
        if document.number == material.campaign.corrects:
            continue
        inspected_on = days.get(document.assessment_id, document.issued_on)
        for notice in document.unit_notices:
            for key in notice.finding_keys:
                if key not in since or not since[key] <= inspected_on:
                    continue  # mended, or mended in between and another fault since
                first = notices.get(key)
                notices[key] = EarlierNotice(
                    first.number if first else notice.number,
                    first.issued_on if first else document.issued_on,
                    first.first_due_on if first else notice.due_on,
                    notice.due_on,
                )
    return notices


def _fault(
    finding: Mapping[str, Any],
    rows: Mapping[str, Indicator],
    vetoed: set[tuple[str, str]],
    before: EarlierNotice | None,
) -> dict[str, Any]:
    """A fault as its notice lists it; `veto` where it is one of those by which its site or account failed outright."""
    words = check_words(finding["check_id"])
    owner = finding["site_code"] if finding["whose"] == "site" else finding["subject_url"]
    row = rows.get(finding["indicator_id"])
    if row is not None and all(rule.check != finding["check_id"] for rule in row.rules):
        row = (
            None  # filed where it fits best: the row does not ask for it, and its clause is no ground to cite
        )
    return {
        **finding,
        "check": words["title"],
        "advice": words["advice"],
        "indicator": row.title if row else "",
        "clause": row.clause if row else "",
        "veto": row is not None and (owner, row.id) in vetoed,
        "before": before,
    }


def _weight(fault: Mapping[str, Any]) -> tuple[bool, bool, str, str, str]:
    return (
        not fault["veto"],
        fault["check_id"] not in VETO_CHECKS_FIRST,
        fault["owner"],
        fault["check_id"],
        fault["subject_url"],
    )


# ---------- tables

_COLUMNS = (
    AnnexColumn("问题类型", "name"),
    AnnexColumn("网站（账号）", "name"),
    AnnexColumn("问题描述"),
    AnnexColumn("问题位置", "code"),
    AnnexColumn("发现时间", "name"),
)
"""What tells one fault from the next. What all faults of a kind share stands once, behind the list (`requirements`)."""

_RECORDS = (
    *(
        AnnexColumn("检查指标", "record"),
        AnnexColumn("检查要求", "record"),
        AnnexColumn("整改建议", "record"),
    ),
    AnnexColumn("检测记录编号", "record"),
)
"""In the XLSX a row is complete."""


def _annexes(notice: RectificationNotice, due_on: date | None) -> tuple[Annex, ...]:
    annexes = []
    if notice.faults:
        annexes.append(
            Annex(
                FRESH,
                (*_COLUMNS, *_RECORDS, AnnexColumn("整改期限", "record")),
                tuple((*_cells(fault), *_shared(fault), due_on) for fault in notice.faults),
                note=f"整改期限均为{chinese_date(due_on)}。" if due_on else "",
                wide=True,
            )
        )
    if notice.overdue:
        annexes.append(
            Annex(
                OVERDUE,
                (*_COLUMNS, AnnexColumn("首次通知及期限", "name"), *_RECORDS),
                tuple((*_cells(fault), _cited(fault["before"]), *_shared(fault)) for fault in notice.overdue),
                wide=True,
            )
        )
    return tuple(annexes)


def _cells(fault: Mapping[str, Any]) -> tuple[object, ...]:
    place, origin = fault["subject_url"], fault["origin_url"]
    return (
        _lines(fault["check"], fault["veto"] and "（单项否决）"),
        fault["name"],
        observed_words(fault, WHOLE),
        _lines(
            printed_address(fault),
            origin
            and origin != place
            and fault["whose"] == "site"
            and f"{origin_label(fault['check_id'])}：{printed_address({**fault, 'subject_url': origin}, 300)}",
        ),
        chinese_date(fault["found_on"]) if fault["found_on"] else "",
    )


def _shared(fault: Mapping[str, Any]) -> tuple[object, ...]:
    return (*_requirement(fault)[1:], fault["finding_key"])


def _requirement(fault: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """What faults of a kind have in common: kind, indicator, what is asked, what to do."""
    return (
        fault["check"],
        f"{'单项否决：' if fault['veto'] else ''}{fault['indicator']}" if fault["indicator"] else "",
        typeset(shown(fault["expected"], WHOLE)) if fault["expected"] else "",
        fault["advice"],
    )


def _cited(before: EarlierNotice) -> str:
    return _lines(before.number, before.first_due_on and f"期限{chinese_date(before.first_due_on)}")


def _lines(*lines: object) -> str:
    return "\n".join(str(line) for line in lines if line)
