"""Policy document of the site's own of which no interpretation is found (解读比例).

The finding is a candidate: a person must say whether the document needs an interpretation. A sample of the documents of
the last months is judged. A document is interpreted when the title of an entry in the 政策解读 sections names it, or its
page links to an interpretation. Documents of superiors, and titles that the edition excuses, are not judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, policies, samples, sections
from analytics.checks.shared.terms import months_before
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How many documents of how many months are sampled, and which titles need no interpretation."""

    sample: int
    months: int
    excused: tuple[str, ...]
    superiors: tuple[str, ...]  # words at the beginning of titles of superiors' documents


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge a sample of each site's documents that were listed on the day."""
    sites = source.query("night_sites", as_of=as_of)
    reading = source.query("section_reading", as_of=as_of)
    return judge(sites, reading, source.query("policy_pages", as_of=as_of), as_of, params)


def judge(
    sites: pd.DataFrame, reading: pd.DataFrame, pages: pd.DataFrame, as_of: date, params: Params
) -> Answer:
    """`pages`: one row per listed document or interpretation, see warehouse/queries/policy_pages.sql."""
    documents = policies.of_class(pages, SectionClass.POLICIES)
    interpretations = policies.of_class(pages, SectionClass.INTERPRETATIONS)
    since = pd.Timestamp(months_before(as_of, params.months))
    due = documents[
        documents["read"].astype(bool)
        & (documents["published_on"] >= since)
        & ~documents["title"].str.contains("|".join(params.excused))
        & ~documents["title"].str.startswith(params.superiors)
    ]
    drawn = samples.drawn(due, params.sample)
    by_site = interpretations.groupby("site_code")["url"].agg(set)
    found = [
        len(same) > 0 or policies.points_to(related, by_site.get(code, ()), about, interpretation=True)
        for same, related, code, about in zip(
            policies.counterparts(drawn, interpretations),
            drawn["related"],
            drawn["site_code"],
            drawn["core"],
            strict=True,
        )
    ]
    whole = sections.all_lists_read(sites, reading, SectionClass.POLICIES, SectionClass.INTERPRETATIONS)
    sure = drawn["site_code"].map(whole).astype(bool)
    missing = ~pd.Series(found, index=drawn.index, dtype=bool)
    judged = drawn.assign(failed=missing & sure, unmeasured=missing & ~sure)
    without = judged[judged["failed"]]
    return findings.answer(
        "interpretation-missing",
        faults=without.assign(
            subject_url=without["url"],
            origin_url=without["section_url"],
            observed="政策文件" + findings.in_quotes(without["title"], findings.LONGEST_POLICY) + "未见解读",
            expected="政策文件应有解读(涉及面广、社会关注度高的)",
            evidence=findings.evidence(without, ["title", "published_on", "fetched_at", "body_sha256"]),
        ),
        measured=_tally(sites, judged, whole),
        doubtful=judged[judged["unmeasured"]].rename(columns={"url": "subject_url"}),
    )


def _tally(sites: pd.DataFrame, judged: pd.DataFrame, whole: pd.Series[bool]) -> pd.DataFrame:
    counted = findings.by_site(judged, sites)
    complete = whole.reindex(counted["site_code"]).to_numpy(dtype=bool)
    drawn = "抽查政策文件" + counted["looked"].astype("str") + "份"
    return counted.assign(
        category="",
        complete=complete,
        proves_absence=False,  # the sample of another night may be different
        reason=drawn.where(complete, "政策文件或政策解读栏目未登记,或未能读完"),
    )
