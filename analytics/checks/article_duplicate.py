"""The same article twice in one section (同一信息重复发布).

The same: title and main text are equal but for days and clocks, and the two were published within `days` of each other; a
notice renewed each year is no duplicate. An article with next to no text (a picture, an attachment) is not compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import articles, findings
from analytics.checks.shared.parameters import refuse_unknown
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

ENOUGH = 60  # characters of a text that are no accident


@dataclass(frozen=True, slots=True)
class Params:
    """Section classes whose articles are compared, and how far apart two must be to be two."""

    classes: tuple[str, ...]
    days: int

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
    comparable = listed[(listed["characters"].fillna(0) >= ENOUGH) & listed["published_on"].notna()]
    same = ["site_code", "section_name", "section_url", "plain_title", "undated_text"]
    comparable = comparable.assign(plain_title=comparable["title"].str.replace(r"\W", "", regex=True))
    comparable = comparable.sort_values([*same, "published_on", "url"])
    before = comparable.groupby(same)[["url", "published_on"]].shift()
    apart = comparable["published_on"] - before["published_on"]
    again = comparable.assign(same_url=before["url"], same_on=before["published_on"])
    faults = again[apart.notna() & (apart <= pd.Timedelta(days=params.days))]
    return findings.answer(
        "article-duplicate",
        faults=faults.assign(
            subject_url=faults["url"],
            origin_url=faults["section_url"],
            aspect=faults["section_name"],
            observed="“"
            + faults["section_name"]
            + "”栏目信息"
            + findings.in_quotes(faults["title"])
            + "重复发布",
            expected=f"同一栏目{params.days}天内不应重复发布标题和正文相同的信息",
            evidence=findings.evidence(
                faults, ["title", "same_url", "same_on", "published_on", "fetched_at", "body_sha256"]
            ),
        ),
        measured=articles.tally(sites, comparable, faults, "条信息"),
    )
