"""Office guide (办事指南) that lacks element classes (重点要素类别).

The pages of entries in 办事指南 sections are judged if they are laid out as a guide; guides in files, in pictures or on
other sites are unmeasured. A label on the page counts whether its content is right or wrong. The scored row judges a
sample of guides, the veto all of them; where a site has fewer guides than the veto's limit, all of them must be poor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings, samples, sections
from analytics.checks.shared.absence import doubts_each
from analytics.checks.shared.parameters import refuse_unknown
from analytics.words.phrases import (
    GUIDE,
    GUIDES_ALL_POOR,
    GUIDES_UNREAD,
    GUIDES_WHOLE,
    guide_category,
)
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The classes of the clause, how many guides are sampled, and when a guide is poor and a site has few."""

    elements: tuple[str, ...]
    sample: int
    poor_from: int
    few_below: int

    def __post_init__(self) -> None:
        refuse_unknown("elements", self.elements, GUIDE)


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every guide read on the day."""
    sites = source.query("night_sites", as_of=as_of)
    reading = source.query("section_reading", as_of=as_of)
    return judge(sites, reading, source.query("guides_of_day", as_of=as_of), params)


def judge(sites: pd.DataFrame, reading: pd.DataFrame, guides: pd.DataFrame, params: Params) -> Answer:
    """`guides`: one row per entry, see warehouse/queries/guides_of_day.sql."""
    shown = [set(elements) for elements in guides["guide_elements"]]
    lacking = [[name for name in params.elements if name not in there] for there in shown]
    guides = guides.assign(
        laid_out=[bool(there) for there in shown],
        missing=[len(names) for names in lacking],
        lacks=pd.Series(lacking, index=guides.index, dtype="object"),
        lacking=["、".join(GUIDE[name] for name in names) for names in lacking],
    ).astype({"laid_out": bool, "missing": "int64", "lacking": "str"})
    laid_out = guides[guides["laid_out"]]
    sampled = guides.index.isin(samples.drawn(laid_out, params.sample).index)
    poor = guides["missing"] >= params.poor_from
    whole = _whole(sites, reading)
    all_laid_out = guides.groupby("site_code")["laid_out"].all()
    few = guides.groupby("site_code").size() < params.few_below
    all_poor = poor.groupby(guides["site_code"]).all()
    alike = guides["site_code"].map(all_laid_out & few & all_poor).eq(other=True) & guides["site_code"].map(
        whole["complete"]
    ).eq(other=True)
    named = [
        guide_category(number, sampled=bool(drawn), poor=bad)
        for number, drawn, bad in zip(guides["missing"], sampled, poor, strict=True)
    ]
    guides["category"] = np.select(
        [~guides["laid_out"], guides["missing"] == 0, alike],
        [GUIDES_UNREAD, GUIDES_WHOLE, GUIDES_ALL_POOR],
        named,
    )
    faults = guides[guides["laid_out"] & (guides["missing"] > 0)]
    return findings.answer(
        "guide-elements-missing",
        faults=faults.assign(
            subject_url=faults["url"],
            origin_url=faults["section_url"],
            observed="办事指南" + findings.in_quotes(faults["title"]) + "缺少要素:" + faults["lacking"],
            expected=f"办事指南应有{len(params.elements)}类要素",
            evidence=findings.evidence(faults, ["title", "lacking", "fetched_at", "body_sha256"]),
            doubt=doubts_each(faults, ([f"guide_{name}" for name in names] for names in faults["lacks"])),
        ),
        measured=_tally(sites, guides, whole),
        doubtful=guides[~guides["laid_out"]].rename(columns={"url": "subject_url"}),
    )


def _whole(sites: pd.DataFrame, reading: pd.DataFrame) -> pd.DataFrame:
    """For each site: whether it has sections of guides, and whether all their lists were read to the end."""
    by_site = sections.lists_read(sites, reading, SectionClass.GUIDES)[SectionClass.GUIDES]
    return pd.DataFrame({"complete": by_site.eq(other=True), "registered": by_site.notna()})


def _tally(sites: pd.DataFrame, guides: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    counted = (
        guides.assign(
            failed=(guides["laid_out"] & (guides["missing"] > 0)).astype("int64"),
            unmeasured=(~guides["laid_out"]).astype("int64"),
        )
        .groupby(["site_code", "category"], as_index=False)
        .agg(looked=("url", "size"), failed=("failed", "sum"), unmeasured=("unmeasured", "sum"))
    )
    without = sites.loc[~sites["site_code"].isin(counted["site_code"]), ["site_code"]].assign(
        category=GUIDES_WHOLE, looked=0, failed=0, unmeasured=0
    )
    both = pd.concat([counted, without], ignore_index=True)
    complete = both["site_code"].map(whole["complete"]).astype(bool)
    reason = pd.Series("部分办事指南在附件、图片或其他网站中,未能识别", index=both.index).where(
        both["unmeasured"] > 0, ""
    )
    reason = reason.where(complete, "办事指南栏目未能读完").where(
        both["site_code"].map(whole["registered"]).astype(bool), "未登记办事指南栏目"
    )
    return both.assign(complete=complete, reason=reason)
