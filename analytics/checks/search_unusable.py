"""Search of a site that is not there, does not answer, or does not find what the site has published (站内搜索).

Four titles that the site published are entered into its own search, on whatever host its engine is. A search that
requires a captcha, that robots.txt forbids, or whose answer we could not read is unmeasured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings
from analytics.checks.shared.absence import doubts_of
from analytics.nullable import truth
from analytics.words.phrases import NOT_FOUND, UNUSABLE, outcome_words
from govcrawl.pages.nets.offered import SEARCH
from govcrawl.records.outcomes import NO_RESULT, Outcome
from govcrawl.records.service_words import SearchWay

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """How many known titles must be tried before the search is judged."""

    titles: int


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the trial of every site's search on the day."""
    return judge(
        source.query("services_tried", as_of=as_of), source.query("searches_tried", as_of=as_of), params
    )


def judge(sites: pd.DataFrame, attempts: pd.DataFrame, params: Params) -> Answer:
    """`sites`: one row per site, see services_tried.sql; `attempts`: one row per title, see searches_tried.sql."""
    received = attempts["outcome"].eq(Outcome.OK)
    settled = received & attempts["hindrance"].isna()
    # If the result pages of four titles have no link at all, we probably cannot read them, so nothing is concluded.
    empty = attempts["results"].where(settled, 0).groupby(attempts["site_code"]).transform("sum") == 0
    attempts = attempts.assign(
        hit=attempts["found"].astype(bool),
        missed=settled & ~attempts["found"].astype(bool) & ~empty,
        broken=attempts["outcome"].isin(NO_RESULT),
    )
    counts = attempts.groupby("site_code")[["hit", "missed", "broken"]].sum()
    tried = sites.merge(
        counts.assign(tried=attempts.groupby("site_code").size()), on="site_code", how="left"
    ).fillna({"hit": 0, "missed": 0, "broken": 0, "tried": 0})
    absent = tried["search"].eq(SearchWay.NONE) & truth(tried["settled"])
    enough = tried["tried"] >= params.titles
    broken = enough & (tried["broken"] == tried["tried"])
    unusable = absent | broken
    judged = enough & ~broken & (tried["hit"] + tried["missed"] == tried["tried"])
    tried = tried.assign(unusable=unusable, judged=judged, sure=unusable | judged)
    words = attempts[attempts["broken"]].groupby("site_code")["outcome"].first().to_dict()
    tried["why"] = outcome_words(tried["site_code"].map(lambda code: words.get(code, Outcome.OK)))
    tried["reason"] = np.select(
        [absent, broken, judged, ~enough & tried["tried"].gt(0), tried["search"].isna()],
        [
            "首页没有站内搜索",
            "站内搜索" + tried["tried"].astype("int64").astype("str") + "次均不可用:" + tried["why"],
            tried["tried"].astype("int64").astype("str")
            + "条已发布标题中第一页找到"
            + tried["hit"].astype("int64").astype("str")
            + "条",
            "可供检索的已发布标题不足" + str(params.titles) + "条",
            "未检测",
        ],
        "站内搜索未能完成检测(需要验证、被拦截或未能读取结果)",
    )
    return findings.answer(
        "search-unusable",
        faults=pd.concat([_unusable(tried), _missing(attempts, tried)], ignore_index=True),
        measured=pd.concat([_rows(tried, UNUSABLE), _rows(tried, NOT_FOUND)], ignore_index=True),
        doubtful=pd.concat([
            tried.loc[~tried["sure"], ["site_code", "home_url"]].rename(columns={"home_url": "subject_url"}),
            attempts.loc[
                ~attempts["site_code"].isin(tried.loc[tried["judged"], "site_code"]), ["site_code", "entry_url"]
            ].rename(columns={"entry_url": "subject_url"}),
        ]),
    )  # fmt: skip


def _unusable(tried: pd.DataFrame) -> pd.DataFrame:
    faults = tried[tried["unusable"]]
    return faults.assign(
        category=UNUSABLE,
        subject_url=faults["home_url"],
        observed=faults["reason"],
        expected="网站应提供可用的站内搜索",
        evidence=findings.evidence(faults, ["search", "search_url", "search_method", "tried", "tried_at"]),
        # A search that was tried and does not work was seen. One that was not found may have another name.
        doubt=doubts_of(faults, [SEARCH]).where(faults["search"] == SearchWay.NONE),
    )[["site_code", "run_id", "category", "subject_url", "observed", "expected", "evidence", "doubt"]]


def _missing(attempts: pd.DataFrame, tried: pd.DataFrame) -> pd.DataFrame:
    judged = tried.loc[tried["judged"], ["site_code", "home_url"]]
    faults = attempts[attempts["missed"]].merge(judged, on="site_code")
    return faults.assign(
        category=NOT_FOUND,
        subject_url=faults["entry_url"],
        origin_url=faults["asked_url"],
        observed="以已发布标题“" + faults["title"] + "”检索,结果第一页没有该信息",
        expected="以已发布信息的标题检索,结果第一页应能找到该信息",
        evidence=findings.evidence(
            faults, ["title", "asked_url", "search_url", "search_method", "rendered", "results", "status"]
        ),
    )[["site_code", "run_id", "category", "subject_url", "origin_url", "observed", "expected", "evidence"]]


def _rows(tried: pd.DataFrame, category: str) -> pd.DataFrame:
    failed = tried["unusable"] if category == UNUSABLE else tried["missed"].where(tried["judged"], 0)
    looked = 1 if category == UNUSABLE else tried["tried"].where(tried["judged"], 0)
    return tried.assign(
        category=category,
        looked=looked,
        failed=failed,
        unmeasured=~tried["sure"],
        complete=tried["sure"],
        # When the search is judged, each title missed earlier is now either found or missed again.
        proves_absence=tried["judged"] & (tried["missed"] == 0) if category == NOT_FOUND else tried["sure"],
    ).astype({"looked": "int64", "failed": "int64", "unmeasured": "int64"})[
        ["site_code", "category", "looked", "failed", "unmeasured", "complete", "proves_absence", "reason"]
    ]
