"""Page with barriers to people with disabilities, as far as a machine can see them (GB/T 37668机器可检部分).

A page is examined in the browser once in a few nights; its newest examination speaks for it. What the browser's rules call a
violation is seen, not missed; whether it keeps anybody out is for a person to say, so every finding waits for one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings
from analytics.checks.shared.nullable import truth
from analytics.words.phrases import BARRIER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

EVIDENCE = ("page_kind", "rules", "count", "samples", "tried_at")


@dataclass(frozen=True, slots=True)
class Params:
    """How many days an examination speaks for, and the clause of GB/T 37668 each aspect belongs to."""

    days: int
    alternative: str
    label: str
    language: str
    contrast: str
    keyboard: str


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the pages of every site examined lately."""
    return judge(source.query("barriers_of_day", as_of=as_of, days=params.days), params)


def judge(pages: pd.DataFrame, params: Params) -> Answer:
    """`pages`: see warehouse/queries/barriers_of_day.sql."""
    faults = _faults(pages, asdict(params))
    examined = pages.dropna(subset=["url"])
    stale = examined[~truth(examined["today"])]
    return findings.awaiting(
        findings.answer(
            "accessibility-barrier",
            faults=faults.assign(
                aspect=faults["barrier"],
                evidence=findings.evidence(faults.rename(columns={"kind": "page_kind"}), EVIDENCE),
            ),
            measured=_measured(pages, faults),
            doubtful=stale.rename(columns={"url": "subject_url"})[["site_code", "subject_url"]],
        )
    )


def _faults(pages: pd.DataFrame, clauses: Mapping[str, str]) -> pd.DataFrame:
    """One row per page and aspect."""
    rows = []
    for page in pages.dropna(subset=["url"]).to_dict("records"):
        by_aspect: dict[str, list[dict[str, object]]] = {}
        for barrier in page["barriers"]:
            by_aspect.setdefault(barrier["aspect"], []).append(barrier)
        for aspect, barriers in by_aspect.items():
            number = sum(int(str(one["count"])) for one in barriers)
            rows.append(
                {
                    "site_code": page["site_code"],
                    "run_id": page["run_id"],
                    "subject_url": page["url"],
                    "barrier": aspect,
                    "kind": page["kind"],
                    "tried_at": page["tried_at"],
                    "rules": "、".join(str(one["rule"]) for one in barriers),
                    "count": number,
                    "samples": " ".join(str(one["samples"][0]) for one in barriers if len(one["samples"])),  # type: ignore[arg-type,index]
                    "observed": f"{BARRIER[aspect]}{number}处",
                    "expected": f"符合GB/T 37668—2019 {clauses[aspect]}",
                }
            )
    columns = (
        "site_code",
        "run_id",
        "subject_url",
        "barrier",
        "kind",
        "tried_at",
        "rules",
        "count",
        "samples",
        "observed",
        "expected",
    )
    return pd.DataFrame(rows, columns=list(columns)).astype(
        {"site_code": "str", "subject_url": "str", "barrier": "str"}
    )


def _measured(pages: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    """One row a site. The sample is a few pages, so that nothing is ever proved of the whole site."""
    by_site = pages.groupby("site_code").agg(looked=("url", "count")).reset_index()
    failed = by_site["site_code"].map(faults.groupby("site_code")["subject_url"].nunique()).fillna(0)
    seen = by_site["looked"] > 0
    return by_site.assign(
        category="",
        failed=failed.astype("int64"),
        unmeasured=(~seen).astype("int64"),
        complete=seen,
        proves_absence=False,
        reason=("近日在浏览器中抽查" + by_site["looked"].astype("str") + "个页面").where(
            seen, "近日未能在浏览器中抽查页面"
        ),
    )
