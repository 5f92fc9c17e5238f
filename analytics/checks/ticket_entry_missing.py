"""Home page or other page without the entry of 我为政府网站找错 (找错入口).

A script that draws the entry counts as the entry. Of the other pages a sample is judged, the same pages every night, and
only those whose footer can be recognised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, footers, read_states, samples
from analytics.words.phrases import ELSEWHERE, HOME, TICKET_ENTRY
from govcrawl.pages.facts import footer

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How many other pages of each kind are sampled per site; all, if there are fewer."""

    content_pages: int
    section_pages: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the home page of every site and a sample of its other pages."""
    sites = source.query("night_sites", as_of=as_of)
    return judge(sites, source.query("page_footers", as_of=as_of), params)


def judge(sites: pd.DataFrame, pages: pd.DataFrame, params: Params) -> Answer:
    """`pages`: one row per page with the list of `items` seen, see warehouse/queries/page_footers.sql."""
    homes = footers.homes(sites, pages)
    behind = footers.with_footer(pages)
    others = samples.pages(
        behind, content_pages=params.content_pages, section_pages=params.section_pages
    ).assign(category=ELSEWHERE)
    front = homes[homes["judgeable"]].assign(category=HOME, url=lambda rows: rows["home_url"])
    faults = footers.lacking(pd.concat([front, others], ignore_index=True), [footer.TICKET_ENTRY])
    passed_over = footers.lacking(behind[~behind["url"].isin(others["url"])], [footer.TICKET_ENTRY])
    return findings.answer(
        "ticket-entry-missing",
        faults=faults.assign(
            subject_url=faults["url"],
            observed=faults["category"] + "未添加" + TICKET_ENTRY,
            expected="首页底部和其他页面应规范添加" + TICKET_ENTRY,
            evidence=findings.evidence(faults, ["kind", "fetched_at", "body_sha256"]),
        ),
        measured=pd.concat([_of_homes(homes, faults), _of_others(homes, others, faults)], ignore_index=True),
        doubtful=pd.concat([
            homes[~homes["judgeable"]].rename(columns={"home_url": "subject_url"})[["site_code", "subject_url"]],
            passed_over.rename(columns={"url": "subject_url"})[["site_code", "subject_url"]],
        ]),
    )  # fmt: skip


def _of_homes(homes: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    failed = faults.loc[faults["category"] == HOME, "site_code"]
    return homes.assign(
        category=HOME,
        looked=1,
        failed=homes["site_code"].isin(failed).astype("int64"),
        unmeasured=(~homes["judgeable"]).astype("int64"),
        complete=homes["judgeable"],
        proves_absence=homes["judgeable"],
        reason=("首页未能读取:" + read_states.why_not(homes)).where(~homes["judgeable"], ""),
    )[list(findings.MEASURED)]


def _of_others(homes: pd.DataFrame, others: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    counted = pd.DataFrame({
        "looked": others.groupby("site_code").size(),
        "failed": faults[faults["category"] == ELSEWHERE].groupby("site_code").size(),
    }).fillna({"failed": 0})  # fmt: skip
    both = homes[["site_code"]].merge(counted, on="site_code", how="left").fillna({"looked": 0, "failed": 0})
    return both.assign(
        category=ELSEWHERE,
        unmeasured=0,
        complete=both["looked"] > 0,
        proves_absence=False,  # a page outside the sample was not read again
        reason=("抽查其他页面" + both["looked"].astype("int64").astype("str") + "个").where(
            both["looked"] > 0, "未能读取栏目页和内容页"
        ),
    ).astype({"looked": "int64", "failed": "int64"})[list(findings.MEASURED)]
