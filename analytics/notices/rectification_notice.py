"""The rectification notice (整改通知): one unit, its sites, every reported fault numbered, and a return slip.

Outline: regulations.md 7.2. A unit with a failing site gets a rectification notice, a unit that only has single
faults the milder reminder (监管提示单); both list the same columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.notices.document import Annex, Column, Document
from analytics.notices.results import records
from analytics.notices.text import chinese_date, file_stem, shown, typeset
from analytics.notices.words import VETO_CHECKS_FIRST, check_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from analytics.editions import Edition
    from analytics.notices.material import Material
    from analytics.notices.results import Results


@dataclass(frozen=True, slots=True)
class RectificationNotice:
    number: str
    unit: str
    failing: bool  # at least one site of the unit is unqualified
    sites: list[dict[str, Any]]  # name code url verdict vetoes
    faults: list[dict[str, Any]]  # in the order of weight: vetoes first


def documents(material: Material) -> Iterator[Document]:
    """One notice a unit, in the folder `notices`."""
    notices = rectification_notices(material.results, material.edition, material.notice_id)
    for serial, notice in enumerate(notices, 1):
        yield Document(f"notices/{serial:03d}-{file_stem(notice.unit)}", notice, (_faults(notice),))


def rectification_notices(results: Results, edition: Edition, notice_id: str) -> list[RectificationNotice]:
    """One notice for every unit with reported faults or a failing site, ordered by unit."""
    titles = {row.id: row.title for row in edition.indicators}
    clauses = {row.id: row.clause for row in edition.indicators}
    failing = set(results.sites.loc[results.sites["verdict"] == "unqualified", "unit"])
    notices = []
    for serial, unit in enumerate(sorted(failing | set(results.findings["unit"])), 1):
        sites = records(results.sites[results.sites["unit"] == unit])
        faults = [
            row
            | {
                "check": check_words(row["check_id"])["title"],
                "advice": check_words(row["check_id"])["advice"],
                "indicator": titles.get(row["indicator_id"], ""),
                "clause": clauses.get(row["indicator_id"], ""),
            }
            for row in records(results.findings[results.findings["unit"] == unit])
        ]
        faults.sort(
            key=lambda f: (
                f["check_id"] not in VETO_CHECKS_FIRST,
                f["site_code"],
                f["check_id"],
                f["subject_url"],
            )
        )
        notices.append(
            RectificationNotice(
                number=f"{notice_id}-{serial:03d}",
                unit=unit,
                failing=unit in failing,
                sites=[site | {"vetoes": [titles.get(v, v) for v in site["vetoes"]]} for site in sites],
                faults=faults,
            )
        )
    return notices


def _faults(notice: RectificationNotice) -> Annex:
    columns = (
        Column("问题类型"),
        Column("网站", "name"),
        Column("问题描述"),
        Column("地址", "code"),
        Column("发现时间", "name"),
        Column("整改建议"),
    )
    return Annex(
        "问题清单",
        columns,
        tuple(
            (
                _joined(f["check"], f["indicator"]),
                f["name"],
                _joined(
                    typeset(shown(f["observed"])), f["expected"] and "要求：" + typeset(shown(f["expected"]))
                ),
                _joined(
                    shown(f["subject_url"], 300),
                    f["origin_url"] != f["subject_url"]
                    and f["origin_url"]
                    and "所在页面：" + f["origin_url"],
                ),
                _joined(f["found_on"] and chinese_date(f["found_on"]), "证据" + f["finding_key"]),
                f["advice"],
            )
            for f in notice.faults
        ),
        wide=True,
    )


def _joined(*lines: object) -> str:
    return "\n".join(str(line) for line in lines if line)
