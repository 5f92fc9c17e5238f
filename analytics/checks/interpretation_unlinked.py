"""Interpretation and document that do not point to one another (解读关联).

A sample of interpretations is judged. The title of an interpretation says which document it is about; if no document of
the site has such a title, it may be about a superior's document, and is unmeasured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, policies, samples, sections
from analytics.words.phrases import UNLINKED_DOCUMENT, UNLINKED_INTERPRETATION
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How many interpretations are sampled; all, if there are fewer."""

    sample: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge a sample of each site's interpretations that were read on the day."""
    sites = source.query("night_sites", as_of=as_of)
    reading = source.query("section_reading", as_of=as_of)
    return judge(sites, reading, source.query("policy_pages", as_of=as_of), params)


def judge(sites: pd.DataFrame, reading: pd.DataFrame, pages: pd.DataFrame, params: Params) -> Answer:
    """`pages`: one row per listed document or interpretation, see warehouse/queries/policy_pages.sql."""
    documents = policies.of_class(pages, SectionClass.POLICIES)
    interpretations = policies.of_class(pages, SectionClass.INTERPRETATIONS)
    drawn = samples.drawn(interpretations[interpretations["read"].astype(bool)], params.sample)
    meant = policies.counterparts(drawn, documents)
    forth = _pairs(drawn, meant, UNLINKED_INTERPRETATION, "未提供所解读文件的链接")
    back = _pairs(*_turned(drawn, meant), UNLINKED_DOCUMENT, "未提供解读的链接")
    judged = pd.concat([forth, back], ignore_index=True)
    loose = judged[judged["failed"] == 1]
    whole = sections.all_lists_read(sites, reading, SectionClass.POLICIES, SectionClass.INTERPRETATIONS)
    return findings.answer(
        "interpretation-unlinked",
        faults=loose.assign(
            subject_url=loose["url"],
            observed=findings.in_quotes(loose["title"], findings.LONGEST_POLICY) + loose["words"],
            expected="政策文件与解读应互相提供链接",
            evidence=findings.evidence(loose, ["title", "counterpart", "fetched_at", "body_sha256"]),
        ),
        measured=_tally(sites, judged, whole),
        doubtful=judged[judged["unmeasured"] == 1].rename(columns={"url": "subject_url"}),
    )


def _turned(drawn: pd.DataFrame, meant: list[pd.DataFrame]) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The documents that the sample is about, each with its interpretations in the sample."""
    about: dict[tuple[str, str], list[int]] = {}  # document → places of the interpretations that are about it
    for at, (code, there) in enumerate(zip(drawn["site_code"], meant, strict=True)):
        for url in there["url"]:
            about.setdefault((code, url), []).append(at)
    documents = pd.concat([drawn.iloc[:0], *meant]).drop_duplicates(["site_code", "url"])
    return documents, [
        drawn.iloc[about[document]] for document in zip(documents["site_code"], documents["url"], strict=True)
    ]


def _pairs(pages: pd.DataFrame, others: list[pd.DataFrame], category: str, words: str) -> pd.DataFrame:
    """Each page with whether it links to one of its counterparts; unmeasured if it has none or was not read."""
    decidable = [bool(read) and len(there) > 0 for read, there in zip(pages["read"], others, strict=True)]
    linked = [
        policies.points_to(related, set(there["url"]), about, interpretation=category == UNLINKED_DOCUMENT)
        for related, there, about in zip(pages["related"], others, pages["core"], strict=True)
    ]
    return pages.assign(
        category=category,
        words=words,
        counterpart=[str(there["url"].iloc[0]) if len(there) else "" for there in others],
        failed=[int(sure and not one) for sure, one in zip(decidable, linked, strict=True)],
        unmeasured=[int(not sure) for sure in decidable],
    )


def _tally(sites: pd.DataFrame, judged: pd.DataFrame, whole: pd.Series[bool]) -> pd.DataFrame:
    counted = judged.groupby(["site_code", "category"]).agg(
        looked=("failed", "size"), failed=("failed", "sum"), unmeasured=("unmeasured", "sum")
    )
    both = pd.MultiIndex.from_product([sites["site_code"], [UNLINKED_INTERPRETATION, UNLINKED_DOCUMENT]])
    counted = (
        counted.reindex(both.set_names(["site_code", "category"])).fillna(0).astype("int64").reset_index()
    )
    complete = counted["site_code"].map(whole).astype(bool)
    unmeant = pd.Series("部分解读未找到对应文件", index=counted.index).where(counted["unmeasured"] > 0, "")
    return counted.assign(
        complete=complete,
        proves_absence=False,  # the sample of another night may be different
        reason=unmeant.where(complete, "政策文件或政策解读栏目未登记,或未能读完"),
    )
