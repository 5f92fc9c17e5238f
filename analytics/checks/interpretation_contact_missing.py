"""Interpretation that does not name the unit, the person and the telephone that answer for it.

The source of an article counts as its unit. An interpretation in a picture or a film is unmeasured: a person must look
at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, policies, samples, sections
from analytics.checks.shared.absence import doubts_each
from analytics.checks.shared.parameters import refuse_unknown
from analytics.words.phrases import INTERPRETER
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

_PICTURED = "pictured"


@dataclass(frozen=True, slots=True)
class Params:
    """How many interpretations are sampled, and what each must name."""

    sample: int
    items: tuple[str, ...]

    def __post_init__(self) -> None:
        refuse_unknown("items", self.items, INTERPRETER)


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge a sample of each site's interpretations that were read on the day."""
    sites = source.query("night_sites", as_of=as_of)
    reading = source.query("section_reading", as_of=as_of)
    return judge(sites, reading, source.query("policy_pages", as_of=as_of), params)


def judge(sites: pd.DataFrame, reading: pd.DataFrame, pages: pd.DataFrame, params: Params) -> Answer:
    """`pages`: one row per listed document or interpretation, see warehouse/queries/policy_pages.sql."""
    interpretations = policies.of_class(pages, SectionClass.INTERPRETATIONS)
    drawn = samples.drawn(interpretations[interpretations["read"].astype(bool)], params.sample)
    named = [dict(pairs) for pairs in drawn["interpreter"]]
    sourced = drawn["source"].notna()
    lacking = [
        [item for item in params.items if item not in there and not (item == "unit" and has_source)]
        for there, has_source in zip(named, sourced, strict=True)
    ]
    judged = drawn.assign(
        lacks=pd.Series(lacking, index=drawn.index, dtype="object"),
        lacking=["、".join(INTERPRETER[item] for item in items) for items in lacking],
        unmeasured=[
            int(bool(items) and _PICTURED in there) for items, there in zip(lacking, named, strict=True)
        ],
    )
    judged["failed"] = ((judged["lacking"] != "") & (judged["unmeasured"] == 0)).astype("int64")
    without = judged[judged["failed"] == 1]
    whole = sections.all_lists_read(sites, reading, SectionClass.INTERPRETATIONS)
    counted = findings.by_site(judged, sites)
    complete = whole.reindex(counted["site_code"]).to_numpy(dtype=bool)
    return findings.answer(
        "interpretation-contact-missing",
        faults=without.assign(
            subject_url=without["url"],
            origin_url=without["section_url"],
            observed="解读"
            + findings.in_quotes(without["title"], findings.LONGEST_POLICY)
            + "未注明"
            + without["lacking"],
            expected="解读应注明解读单位、解读人和联系电话",
            evidence=findings.evidence(without, ["title", "lacking", "source", "fetched_at", "body_sha256"]),
            doubt=doubts_each(
                without, ([f"interpreter_{name}" for name in names] for names in without["lacks"])
            ),
        ),
        measured=counted.assign(
            category="",
            complete=complete,
            proves_absence=False,  # the sample of another night may be different
            reason=("抽查解读" + counted["looked"].astype("str") + "篇").where(
                complete, "政策解读栏目未登记,或未能读完"
            ),
        ),
        doubtful=judged[judged["unmeasured"] == 1].rename(columns={"url": "subject_url"}),
    )
