"""Article that does not say whose it is (信息未注明来源).

Asked of the section classes the edition names. With `own_exempt` an article by the office itself needs no 来源: one that is
signed by the unit of the site or bears a document number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import articles, findings
from analytics.checks.shared.absence import doubts_of
from analytics.checks.shared.parameters import refuse_unknown
from analytics.nullable import truth
from govcrawl.pages.nets.particulars import SOURCE
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """Section classes whose articles must name a source, and whether the office's own need none."""

    classes: tuple[str, ...]
    own_exempt: bool

    def __post_init__(self) -> None:
        refuse_unknown("classes", self.classes, tuple(SectionClass))


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every article that a section of these classes lists and whose page was read."""
    return judge(
        source.query("night_sites", as_of=as_of),
        source.query("articles_of_day", as_of=as_of, classes=list(params.classes)),
        params,
    )


def judge(sites: pd.DataFrame, listed: pd.DataFrame, params: Params) -> Answer:
    """`listed`: one row per section and article, see warehouse/queries/articles_of_day.sql."""
    each = listed.drop_duplicates(["site_code", "url"])
    without = each["source"].fillna("").str.strip().eq("")
    excused = truth(each["own"]) & params.own_exempt
    faults = each[without & ~excused]
    return findings.answer(
        "source-missing",
        faults=faults.assign(
            subject_url=faults["url"],
            origin_url=faults["section_url"],
            observed="“"
            + faults["section_name"]
            + "”栏目信息"
            + findings.in_quotes(faults["title"])
            + "未注明来源",
            expected="信息应注明来源",
            evidence=findings.evidence(faults, ["title", "section_name", "fetched_at", "body_sha256"]),
            doubt=doubts_of(faults, [SOURCE]),
        ),
        measured=articles.tally(sites, each, faults, "条信息"),
    )
