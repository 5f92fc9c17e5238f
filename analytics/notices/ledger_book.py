"""The ledger (台账) as a page of the office and an XLSX show it: every fault over its life.

Each fault is shown with its owner, what was last seen of it, its state, and its deadline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.notices.formats.as_xlsx import write_xlsx
from analytics.notices.official_document import Annex, AnnexColumn
from analytics.notices.results import records
from analytics.words.of_checks import check_words, observed_words, printed_address
from analytics.words.text import chinese_date, shown
from analytics.words.wording import wording
from govcrawl.records.states import STANDING, LedgerState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from analytics.notices.folders import IssuedDocument
    from govcrawl.warehouse.snapshot import Snapshot

OWNERS = {"site": "政府网站", "account": "政务新媒体"}
_ORDER = {
    state: place for place, state in enumerate((LedgerState.OVERDUE, LedgerState.REOPENED, LedgerState.NEW))
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the book. `number` is that of the notice that told of it; `term` says how its day stands."""

    key: str
    site_code: str | None
    unit: str
    name: str
    whose: str
    group: str
    check: str
    observed: str
    address: str
    origin: str
    state: str
    life: LedgerState
    stands: bool
    first_seen_on: date | None
    last_seen_on: date | None
    fixed_on: date | None
    number: str
    due_on: date | None
    term: str

    @property
    def is_overdue(self) -> bool:
        return self.life == LedgerState.OVERDUE

    @property
    def is_fixed(self) -> bool:
        return self.life == LedgerState.FIXED


@dataclass(frozen=True, slots=True)
class UnitTally:
    """How many faults of a unit stand, of these new and overdue, and how many are settled."""

    unit: str
    standing: int
    new: int
    overdue: int
    settled: int


def ledger_book(
    snapshot: Snapshot, assessment_id: str, as_of: date, issued: Sequence[IssuedDocument]
) -> list[Fault]:
    """All faults: those that stand first, of these what is overdue, came back, is new; then by unit and site."""
    numbers = {each.notice_id: each.number for each in issued}
    rows = records(snapshot.query("faults_over_life", assessment_id=assessment_id))
    faults = [_fault(row, as_of, numbers) for row in rows]
    return sorted(
        faults,
        key=lambda f: (
            not f.stands,
            _ORDER.get(f.life, len(_ORDER)),
            f.unit,
            f.name,
            f.check,
            f.address,
            f.key,
        ),
    )


def tallies(faults: Iterable[Fault]) -> list[UnitTally]:
    """A line a unit, those with most overdue first, then with most that stands."""
    frame = pd.DataFrame(
        [(f.unit, f.stands, f.life == LedgerState.NEW, f.is_overdue) for f in faults],
        columns=["unit", "standing", "new", "overdue"],
    )
    numbers = frame.groupby("unit").agg(
        standing=("standing", "sum"), new=("new", "sum"), overdue=("overdue", "sum"), all=("unit", "size")
    )
    lines = [
        UnitTally(
            str(unit),
            int(row["standing"]),
            int(row["new"]),
            int(row["overdue"]),
            int(row["all"] - row["standing"]),
        )
        for unit, row in numbers.iterrows()
    ]
    return sorted(lines, key=lambda line: (-line.overdue, -line.standing, line.unit))


def write_ledger(faults: Sequence[Fault], as_of: date, path: Path) -> None:
    """The book as XLSX: all faults, and a line a unit."""
    columns = (
        AnnexColumn("主办单位", "name"), AnnexColumn("类别", "count"), AnnexColumn("网站或账号", "name"), AnnexColumn("问题类别", "name"),
        AnnexColumn("问题", "name"), AnnexColumn("情况"), AnnexColumn("地址", "code"), AnnexColumn("所在页面", "code"), AnnexColumn("状态", "count"),
        AnnexColumn("首次发现", "record"), AnnexColumn("最近发现", "record"), AnnexColumn("确认整改", "record"), AnnexColumn("告知文号", "record"),
        AnnexColumn("整改期限", "record"), AnnexColumn("期限情况", "record"), AnnexColumn("问题编号", "record"),
    )  # fmt: skip
    rows = tuple(
        (
            f.unit, f.whose, f.name, f.group, f.check, f.observed, f.address, f.origin, f.state, f.first_seen_on,
            f.last_seen_on, f.fixed_on, f.number, f.due_on, f.term, f.key,
        )
        for f in faults
    )  # fmt: skip
    by_unit = (
        AnnexColumn("主办单位", "name"), AnnexColumn("尚未整改", "count"), AnnexColumn("其中新发现", "count"),
        AnnexColumn("其中超期", "count"), AnnexColumn("已整改或已核查", "count"),
    )  # fmt: skip
    lines = tallies(faults)
    total = (
        "",
        *(sum(getattr(line, name) for line in lines) for name in ("standing", "new", "overdue", "settled")),
    )
    annexes = (
        Annex("问题台账", columns, rows, note=f"截至{chinese_date(as_of)}。问题编号供数据人员查找。"),
        Annex(
            "按单位汇总",
            by_unit,
            tuple((line.unit, line.standing, line.new, line.overdue, line.settled) for line in lines),
            total=total,
        ),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_xlsx(annexes, path, 1)


def _fault(row: dict[str, object], as_of: date, numbers: dict[str, str]) -> Fault:
    check_id, life = str(row["check_id"]), LedgerState(str(row["state"]))
    words = check_words(check_id)
    due = _day(row["due_on"])
    stands = life in STANDING
    return Fault(
        key=str(row["finding_key"]),
        site_code=str(row["site_code"]) if row["site_code"] else None,
        unit=shown(row["unit"], 60),
        name=shown(row["name"], 60),
        whose=OWNERS[str(row["whose"])],
        group=wording()["group_title"][words["group"]],
        check=words["title"],
        observed=observed_words(row, 400) if row["observed"] else "",
        address=printed_address(row),
        origin=shown(row["origin_url"], 300)
        if row["origin_url"] and row["origin_url"] != row["subject_url"]
        else "",
        state=wording()["fixed"]["page_gone"] if row["page_gone"] else wording()["ledger_state"][life],
        life=life,
        stands=stands,
        first_seen_on=_day(row["first_seen_on"]),
        last_seen_on=_day(row["last_seen_on"]),
        fixed_on=_day(row["fixed_on"]),
        number=numbers.get(str(row["notified_in"]), str(row["notified_in"] or "")),
        due_on=due,
        term=_term(due, as_of) if stands else "",
    )


def _term(due: date | None, as_of: date) -> str:
    if due is None:
        return "未告知期限"
    days = (due - as_of).days
    return f"已超期{-days}天" if days < 0 else "今日到期" if days == 0 else f"剩余{days}天"


def _day(value: object) -> date | None:
    return None if value is None else pd.Timestamp(str(value)).date()
