"""Content or section page without the official tags (页面标签).

A page is at fault when a whole group that it must have is absent: site tags on every page, content tags on content
pages, column tags on section pages (国办发〔2017〕47号; by 国办秘函〔2019〕19号 a page counts once).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings, samples
from analytics.checks.shared.absence import doubts_of
from analytics.words.phrases import CONTENT, SECTION
from govcrawl.pages.facts.tags import GROUPS

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How many pages of each kind are sampled per site; all, if there are fewer."""

    content_pages: int
    section_pages: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the sample of every site among the pages the visit of the day read."""
    pages = source.query(
        "tagged_pages",
        as_of=as_of,
        site_tags=list(GROUPS["site"]),
        column_tags=list(GROUPS["column"]),
        content_tags=list(GROUPS["content"]),
    )
    return judge(source.query("night_sites", as_of=as_of), pages, params)


def judge(sites: pd.DataFrame, pages: pd.DataFrame, params: Params) -> Answer:
    """`pages`: one row per page read, with the groups of tags it has, see warehouse/queries/tagged_pages.sql."""
    unknown = pages[
        pages["kind"] == "other"
    ]  # neither content nor list: not judged, so nothing is mended there
    pages = pages[pages["kind"] != "other"]
    is_section = pages["kind"] == "section"
    own_tags = pages["has_content_tags"].where(~is_section, pages["has_column_tags"]).astype(bool)
    own_doubts = doubts_of(pages, ["column_tags"]).where(is_section, doubts_of(pages, ["content_tags"]))
    site_doubts = doubts_of(pages, ["site_tags"])
    no_site, no_own = ~pages["has_site_tags"].astype(bool), ~own_tags
    site_doubts, own_doubts = site_doubts.where(no_site), own_doubts.where(no_own)
    # A page that clearly lacks one group is at fault, even if the other group is doubtful.
    clear = (no_site & site_doubts.isna()) | (no_own & own_doubts.isna())
    no_site, no_own = no_site & ~(clear & site_doubts.notna()), no_own & ~(clear & own_doubts.notna())
    own_name = pd.Series(np.where(is_section, "栏目标签", "内容标签"), index=pages.index)
    missing = (
        pd.Series("站点标签", index=pages.index).where(no_site, "")
        + pd.Series("、", index=pages.index).where(no_site & no_own, "")
        + own_name.where(no_own, "")
    )
    pages = pages.assign(
        category=np.where(is_section, SECTION, CONTENT),
        missing=missing,
        doubt=site_doubts.fillna(own_doubts).mask(clear),
        failed=(no_site | no_own).astype("int64"),
    )
    drawn = samples.pages(pages, content_pages=params.content_pages, section_pages=params.section_pages)
    passed_over = pages[(pages["failed"] == 1) & ~pages.index.isin(drawn.index)]
    faults = drawn[drawn["failed"] == 1]
    return findings.answer(
        "tags-missing",
        faults=faults.assign(
            subject_url=faults["url"],
            observed=faults["category"] + "没有" + faults["missing"],
            expected=faults["category"]
            + "应有站点标签和"
            + np.where(faults["category"] == SECTION, "栏目标签", "内容标签"),
            evidence=findings.evidence(faults, ["missing", "fetched_at", "body_sha256"]),
        ),
        measured=_tally(sites, drawn),
        # still at fault, only not in the sample
        doubtful=pd.concat([passed_over, unknown]).rename(columns={"url": "subject_url"}),
    )


def _tally(sites: pd.DataFrame, drawn: pd.DataFrame) -> pd.DataFrame:
    counted = drawn.groupby(["site_code", "category"], as_index=False).agg(
        looked=("failed", "size"), failed=("failed", "sum")
    )
    unread = sites.loc[~sites["site_code"].isin(counted["site_code"]), ["site_code"]].assign(
        category="", looked=0, failed=0
    )
    both = pd.concat([counted, unread], ignore_index=True)
    reason = "抽查" + both["category"] + both["looked"].astype("str") + "个"
    return both.assign(
        unmeasured=0,
        complete=both["looked"] > 0,
        proves_absence=False,  # a page outside the sample was not read again
        reason=reason.where(both["looked"] > 0, "未能读取内容页和栏目页"),
    )
