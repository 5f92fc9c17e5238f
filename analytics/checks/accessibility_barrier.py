"""Page with barriers to people with disabilities, as far as a machine can see them (GB/T 37668机器可检部分).

A page is examined in the browser once in a few nights; for each aspect its newest examination speaks. What the browser's rules call a
violation is seen, not missed; whether it keeps anybody out is for a person to say, so every finding waits for one.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings
from analytics.nullable import truth
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
    return judge(
        source.query("night_sites", as_of=as_of),
        source.query("examinations", as_of=as_of, days=params.days),
        source.query("pages_read", as_of=as_of),
        params,
    )


def judge(sites: pd.DataFrame, examinations: pd.DataFrame, read: pd.DataFrame, params: Params) -> Answer:
    """`examinations`: see examinations.sql; `read`: a row a page the visit read, see pages_read.sql.

    A page that the visit read and the browser did not examine whole tonight keeps its faults.
    """
    examined = _by_aspect(examinations)
    faults = _faults(examined, asdict(params))
    today = examined[truth(examined["today"])].groupby(["site_code", "url"])["aspect"].nunique()
    whole = today[today == len(BARRIER)].index
    pages = pd.concat([read, examined[["site_code", "url"]]]).drop_duplicates()
    unsure = pages[~pd.MultiIndex.from_frame(pages).isin(whole)]
    return findings.awaiting(
        findings.answer(
            "accessibility-barrier",
            faults=faults.assign(evidence=findings.evidence(faults, EVIDENCE)),
            measured=_measured(sites, examined, faults),
            doubtful=unsure.rename(columns={"url": "subject_url"}),
        )
    )


def _by_aspect(examinations: pd.DataFrame) -> pd.DataFrame:
    """The newest examination of each page for each aspect, with the barriers of that aspect.

    One that ran out of time looked at some aspects only: what was seen of the others before holds.
    """
    each = examinations.explode("aspects").dropna(subset=["aspects"]).rename(columns={"aspects": "aspect"})
    newest = each.drop_duplicates(["site_code", "url", "aspect"])
    of_aspect = [
        [barrier for barrier in barriers if barrier["aspect"] == aspect]
        for aspect, barriers in zip(newest["aspect"], newest["barriers"], strict=True)
    ]
    return newest.assign(barriers=pd.Series(of_aspect, index=newest.index, dtype="object"))


def _faults(examined: pd.DataFrame, clauses: Mapping[str, str]) -> pd.DataFrame:
    """One row a page and aspect with barriers."""
    found = examined[examined["barriers"].map(len) > 0]
    barriers = found["barriers"]
    count = barriers.map(lambda rules: sum(int(rule["count"]) for rule in rules)).astype("int64")
    words = found["aspect"].map(BARRIER).astype("str")
    return found.assign(
        subject_url=found["url"],
        page_kind=found["kind"],
        rules=barriers.map(lambda rules: "、".join(rule["rule"] for rule in rules)).astype("str"),
        count=count,
        samples=barriers.map(
            lambda rules: " ".join(rule["samples"][0] for rule in rules if len(rule["samples"]))
        ).astype("str"),
        observed=words + count.astype("str") + "处",
        expected="符合GB/T 37668—2019 " + found["aspect"].map(clauses).astype("str"),
    )


def _measured(sites: pd.DataFrame, examined: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    """One row a site. The sample is a few pages, so that nothing is ever proved of the whole site."""
    codes = sites["site_code"]
    looked, failed = (
        codes.map(frame.groupby("site_code")["url"].nunique()).fillna(0).astype("int64")
        for frame in (examined, faults)
    )
    seen = looked > 0
    return pd.DataFrame(
        {
            "site_code": codes,
            "category": "",
            "looked": looked,
            "failed": failed,
            "unmeasured": (~seen).astype("int64"),
            "complete": seen,
            "proves_absence": False,
            "reason": ("近日在浏览器中抽查" + looked.astype("str") + "个页面").where(
                seen, "近日未能在浏览器中抽查页面"
            ),
        }
    )
