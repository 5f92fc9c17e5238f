"""Required section that the site does not have (必设栏目未开设).

There are two proofs: the registered address does not exist (requested twice in the night), or the office itself
registered the section without an address. Neither counts if the site's own pages name a section of that name or class;
then the registry may be wrong. Sections whose address could not be read are unmeasured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, sections
from analytics.nullable import truth
from analytics.words.phrases import answer_words
from govcrawl.pages.links.urls import is_internal
from govcrawl.pages.sections.section_class import OTHER, classify
from govcrawl.records.outcomes import ABSENT, Outcome

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The registry says which sections are required."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every required section of the registry of the day."""
    return judge(
        source.query("night_sites", as_of=as_of),
        source.query("required_sections", as_of=as_of),
        source.query("sections_named", as_of=as_of),
    )


def judge(sites: pd.DataFrame, required: pd.DataFrame, named: pd.DataFrame) -> Answer:
    """`required`: see warehouse/queries/required_sections.sql; `named`: sections that the sites' own pages name."""
    unregistered = required["section_url"] == ""
    elsewhere = _named_elsewhere(required, named)
    navigated = required["site_code"].isin(named["site_code"])
    reached = truth(required["home_outcome"].eq(Outcome.OK))
    opened = required["outcome"].eq(Outcome.OK) | required["opened"].astype(bool)
    absent = ~unregistered & required["outcome"].isin(ABSENT) & ~opened & reached
    # An address with another answer (an error, a refusal, another site) proves nothing.
    unsure = (unregistered & (elsewhere | ~navigated)) | (~unregistered & ~opened & (~absent | elsewhere))
    failed = ~unsure & (unregistered | absent)
    judged = required.assign(
        category=required["class"] + "·" + required["rank"],
        failed=failed.astype("int64"),
        unmeasured=unsure.astype("int64"),
        why=_why(required, unregistered, elsewhere),
        subject_url=required["section_url"].mask(unregistered, required["home_url"]),
    )
    missing = judged[failed]
    return findings.answer(
        "section-missing",
        faults=missing.assign(
            aspect=missing["section_name"],
            observed="必设栏目“"
            + missing["section_name"]
            + "”"
            + ("的登记地址无法打开：" + answer_words(missing["outcome"], missing["stand_in"])).mask(
                missing["section_url"] == "", "未登记网址，网站导航中也未见该栏目"
            ),
            expected="必设栏目应当开设",
            evidence=findings.evidence(missing, ["section_name", "class", "status", "fetched_at"]),
        ),
        measured=sections.tally(judged, sites),
        doubtful=judged[unsure],
    )


def _named_elsewhere(required: pd.DataFrame, named: pd.DataFrame) -> pd.Series[bool]:
    """Whether the site's pages name a section at another address with a similar name, or one of the same class."""
    by_site = {
        code: list(zip(rows["section_name"], rows["section_url"], strict=True))
        for code, rows in named.groupby("site_code")
    }
    return pd.Series(
        [
            any(
                other != url
                and (
                    _alike(name, other_name)
                    or (is_internal(other, home) and _of_class(other_name, section_class))
                )
                for other_name, other in by_site.get(code, ())
            )
            for code, home, name, url, section_class in zip(
                required["site_code"],
                required["home_url"],
                required["section_name"],
                required["section_url"],
                required["class"],
                strict=True,
            )
        ],
        index=required.index,
        dtype="bool",
    )


def _alike(name: str, other_name: str) -> bool:
    name, other_name = "".join(name.split()), "".join(other_name.split())
    return name in other_name or other_name in name


def _of_class(name: str, section_class: str) -> bool:
    return section_class != OTHER and classify(name).section_class == section_class


def _why(required: pd.DataFrame, unregistered: pd.Series[bool], elsewhere: pd.Series[bool]) -> pd.Series[str]:
    unread = "未能读取：" + answer_words(required["outcome"], required["stand_in"])
    return unread.mask(unregistered, "未能读取网站导航").mask(
        elsewhere, "网站另有同名或同类栏目，请核对登记的网址"
    )
