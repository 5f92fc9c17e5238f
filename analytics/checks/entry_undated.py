"""Entry that says neither in the list nor on its page when it was published (未注明发布时间).

Only section classes that publish articles are judged; a list of leaders or of departments has no dates by its nature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import findings, sections
from analytics.checks.shared.parameters import refuse_unknown
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """Section classes whose entries are articles."""

    classes: tuple[str, ...]

    def __post_init__(self) -> None:
        refuse_unknown("classes", self.classes, tuple(SectionClass))


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every entry the visit of the day listed and whose page was read."""
    sites = source.query("night_sites", as_of=as_of)
    reading = source.query("section_reading", as_of=as_of)
    entries = source.query("undated_entries", as_of=as_of, classes=list(params.classes))
    return judge(sites, reading, entries, source.query("pages_without_good_date", as_of=as_of), params)


def judge(
    sites: pd.DataFrame, reading: pd.DataFrame, entries: pd.DataFrame, still: pd.DataFrame, params: Params
) -> Answer:
    """`entries`: one row per undated entry whose page was read, see warehouse/queries/undated_entries.sql.

    `still`: pages without a valid date anywhere, whether a list shows them or not; their earlier faults remain.
    """
    state = sections.state(reading[reading["class"].isin(params.classes)])
    by_site = state.assign(unread=(state["undated"] - state["undated_read"]).where(state["read"], 0)).groupby(
        "site_code"
    )
    counted = pd.DataFrame(
        {
            "looked": by_site["entries"].sum(),
            "unread": by_site["unread"].sum(),
            "closed": by_site["unsure"].sum(),
        }
    )
    measured = (
        sites[["site_code"]]
        .merge(counted, on="site_code", how="left")
        .merge(entries.groupby("site_code").size().rename("failed"), on="site_code", how="left")
        .fillna({"looked": 0, "unread": 0, "closed": 0, "failed": 0})
        .astype({"looked": "int64", "unread": "int64", "closed": "int64", "failed": "int64"})
    )
    unsure = measured["unread"] + measured["closed"]
    return findings.answer(
        "entry-undated",
        faults=entries.assign(
            subject_url=entries["url"],
            origin_url=entries["section_url"],
            observed="“"
            + entries["section_name"]
            + "”栏目信息"
            + findings.in_quotes(entries["title"])
            + "在列表和页面均未注明发布时间",
            expected="稿件应注明发布时间",
            evidence=findings.evidence(entries, ["title", "fetched_at", "body_sha256"]),
        ),
        measured=measured.assign(
            category="",
            unmeasured=unsure,
            complete=measured["closed"] == 0,
            proves_absence=False,  # an entry that left the list is still undated on its page
            reason=(
                "有"
                + measured["closed"].astype("str")
                + "个栏目未能读取,"
                + measured["unread"].astype("str")
                + "条信息的页面未读取"
            ).where(unsure > 0, ""),
        ),
        doubtful=still,
    )
