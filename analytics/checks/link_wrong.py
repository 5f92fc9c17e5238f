"""Reference that is no usable address: an intranet, a disk, a slip of the pen (错链)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import findings, links
from analytics.words.phrases import WRONG
from govcrawl.records.link_kinds import LinkKind

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The clause has no number of its own."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every reference the visit of the day met."""
    return judge(
        source.query("night_sites", as_of=as_of),
        links.targets_of(source, as_of, list(LinkKind)),
        source.query("wrong_links", as_of=as_of),
    )


def judge(sites: pd.DataFrame, targets: pd.DataFrame, wrong: pd.DataFrame) -> Answer:
    """`wrong`: one row per reference that is no usable address, see warehouse/queries/wrong_links.sql."""
    faults = wrong.assign(category=links.place(wrong["on_home"]), failed=1, unmeasured=0)
    return findings.answer(
        "link-wrong",
        faults=faults.assign(
            subject_url=faults["target_url"],
            observed=WRONG.of(faults["wrong"]) + ",所在页面" + faults["origins"].astype("str") + "个",
            expected="链接应为公众可以访问的正确地址",
            evidence=findings.evidence(
                faults, ["wrong", "anchor_text", "origins", "on_home", "fetched_at", "body_sha256"]
            ),
        ),
        measured=links.tally(sites, targets, faults),
    )
