"""Shared by the checks on links, images and attachments: when a link target is dead.

A target is dead when it failed in the same way in two attempts of one night, and the cause is the target itself: it is
gone, its name is unknown, its host refuses. A 5xx may be temporary, so it counts only if it occurs on a second night as
well. A blocked target is never dead. Timeouts and resets may be caused by our own line: such targets are unmeasured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from analytics.checks.shared import findings
from analytics.words.phrases import DANGLING, ELSEWHERE, HOME, answer_words
from govcrawl.pages.tampering.outward import domain_of
from govcrawl.records.link_kinds import LEADS_TO_FILES
from govcrawl.records.outcomes import DEAD, Outcome

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


def run(
    check_id: str, source: Source, as_of: date, *, kinds: Collection[str], repeat_within_days: int
) -> Answer:
    """Judge every target of these kinds that the visit of the day met."""
    closed = source.query("links_not_opened", as_of=as_of, repeat_within_days=repeat_within_days)
    return judge(
        check_id,
        source.query("night_sites", as_of=as_of),
        targets_of(source, as_of, kinds),
        closed[closed["kind"].isin(list(kinds))].reset_index(drop=True),
    )


def targets_of(source: Source, as_of: date, kinds: Collection[str]) -> pd.DataFrame:
    """How many targets of these kinds each visited site carries: site_code, complete, on_home, targets; none is a row of 0.

    The checks share one query over all kinds, for it reads every link of the night.
    """
    every = source.query("link_tally", as_of=as_of)
    of_kinds = every[every["kind"].isin(list(kinds))]
    without = every[~every["site_code"].isin(of_kinds["site_code"])].drop_duplicates("site_code")
    both = pd.concat([of_kinds, without.assign(on_home=False, targets=0)])
    return both.groupby(["site_code", "complete", "on_home"])["targets"].sum().reset_index()


def judge(check_id: str, sites: pd.DataFrame, targets: pd.DataFrame, closed: pd.DataFrame) -> Answer:
    """`targets`: how many there are, see `targets_of`; `closed`: those that did not open (links_not_opened.sql)."""
    again = closed["outcome"].eq(Outcome.SERVER_ERROR) & closed["earlier_outcome"].eq(Outcome.SERVER_ERROR)
    void = closed["outcome"].eq(Outcome.EMPTY) & closed["kind"].isin(LEADS_TO_FILES)
    dead = closed["confirmed"].astype(bool) & (closed["outcome"].isin(DEAD) | void | again)
    closed = closed.assign(
        category=place(closed["on_home"]), failed=dead.astype("int64"), unmeasured=(~dead).astype("int64")
    )
    faults = closed[dead]
    dangling = _dangles(faults, sites)
    return findings.answer(
        check_id,
        faults=faults.assign(
            subject_url=faults["target_url"],
            observed=answer_words(faults["outcome"], faults["stand_in"])
            + pd.Series("(经两次检测均如此)", index=faults.index, dtype="str").where(again[dead], "")
            + pd.Series(DANGLING, index=faults.index, dtype="str").where(dangling, "")
            + ",所在页面"
            + faults["origins"].astype("str")
            + "个",
            expected="页面上的链接(包括图片、附件、外部链接等)应能打开",
            evidence=findings.evidence(
                faults,
                [
                    "outcome",
                    "stand_in",
                    "status",
                    "attempts",
                    "anchor_text",
                    "position",
                    "origins",
                    "on_home",
                    "links_run_id",
                    "earlier_on",
                    "fetched_at",
                    "body_sha256",
                ],
            ),
        ),
        measured=tally(sites, targets, closed),
        doubtful=closed[~dead].rename(columns={"target_url": "subject_url"}),
    )


def _dangles(faults: pd.DataFrame, sites: pd.DataFrame) -> pd.Series[bool]:
    """Whether the name that is unknown is a sub-domain of the site's own: whoever gets it again speaks in the office's name."""
    homes = faults["site_code"].map(sites.set_index("site_code")["home_url"])
    of_site = [
        domain_of(target) == domain_of(home) and urlsplit(target).netloc != urlsplit(home).netloc
        for target, home in zip(faults["target_url"], homes, strict=True)
    ]
    return faults["outcome"].eq(Outcome.DNS_FAILURE) & pd.Series(of_site, index=faults.index, dtype=bool)


def place(on_home: pd.Series[bool]) -> pd.Series[str]:
    """Where a link is, as the clause distinguishes: on the home page or on other pages."""
    return pd.Series(np.where(on_home.astype(bool), HOME, ELSEWHERE), index=on_home.index, dtype="str")


def tally(sites: pd.DataFrame, targets: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Count targets per site and place; if the visit ended early, the count is incomplete."""
    counts = judged.groupby(["site_code", "category"])[["failed", "unmeasured"]].sum().reset_index()
    visited = (
        targets.assign(category=place(targets["on_home"]), complete=targets["complete"].astype(bool))
        .rename(columns={"targets": "looked"})
        .merge(counts, on=["site_code", "category"], how="left")
    )
    unvisited = sites.loc[~sites["site_code"].isin(visited["site_code"]), ["site_code"]].assign(
        category="", looked=0, complete=False
    )
    both = pd.concat(
        [visited[["site_code", "category", "looked", "complete", "failed", "unmeasured"]], unvisited],
        ignore_index=True,
    ).fillna({"failed": 0, "unmeasured": 0})
    both = both.astype({"looked": "int64", "failed": "int64", "unmeasured": "int64", "complete": bool})
    unsure = (both["unmeasured"].astype("str") + "个目标未能核实").where(both["unmeasured"] > 0, "")
    return both.assign(reason=unsure.where(both["complete"], "网站页面未能全部访问"))
