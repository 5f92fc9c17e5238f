"""Item missing at the foot of the pages (网站标识).

The clause says 全站页面. An item is missing when the home page does not show it. (If the home page is only an entrance, the
pages behind it may show it instead.) It is also missing when most section pages, or most articles, do not show it: then
their template lacks it. A single page proves nothing; nor does a page whose footer cannot be distinguished from its text
or is loaded from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import findings, footers, read_states
from analytics.checks.shared.parameters import refuse_unknown
from analytics.words.phrases import FOOTER

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The items of the clause, in its order; how many pages, and what share of them, prove that a template lacks one."""

    items: tuple[str, ...]
    pages: int
    share_percent: int

    def __post_init__(self) -> None:
        refuse_unknown("items", self.items, FOOTER)


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge every page of every site as the visit of the day read it."""
    sites = source.query("night_sites", as_of=as_of)
    return judge(sites, source.query("page_footers", as_of=as_of), params)


def judge(sites: pd.DataFrame, pages: pd.DataFrame, params: Params) -> Answer:
    """`pages`: one row per page with the list of `items` seen, see warehouse/queries/page_footers.sql."""
    homes = footers.homes(sites, pages)
    on_home = footers.lacking(homes[homes["judgeable"]], params.items).assign(places="首页", origin_url=None)
    behind = footers.with_footer(pages)
    on_templates = _templates(behind, params).merge(
        homes.loc[homes["judgeable"], ["site_code", "home_url"]], on="site_code"
    )
    both = pd.concat([on_home, on_templates], ignore_index=True)
    both = both.sort_values("doubt", kind="stable", key=lambda doubt: doubt.notna())
    faults = both.drop_duplicates(["site_code", "item"])
    names = FOOTER.of(faults["item"])
    failed = faults.groupby("site_code").size().reindex(homes["site_code"]).fillna(0).astype("int64")
    return findings.answer(
        "footer-missing",
        faults=faults.assign(
            aspect=faults["item"],
            subject_url=faults["home_url"],
            observed=faults["places"] + "底部功能区未列明" + names,
            expected="全站页面底部功能区应清晰列明" + names,
            evidence=findings.evidence(faults, ["item", "places", "url", "fetched_at", "body_sha256"]),
        ),
        measured=homes.assign(
            category="",
            looked=len(params.items),
            failed=failed.to_numpy(),
            unmeasured=(~homes["judgeable"]).astype("int64") * len(params.items),
            complete=homes["judgeable"],
            reason=np.select(
                [homes["judgeable"], homes["read"]],
                ["", "首页底部功能区由其他页面或脚本生成,未能读取"],
                "首页未能读取:" + read_states.why_not(homes),
            ),
        ),
        doubtful=homes[~homes["judgeable"] | homes["site_code"].isin(_too_few(behind, params))].rename(
            columns={"home_url": "subject_url"}
        ),
    )


def _too_few(behind: pd.DataFrame, params: Params) -> pd.Series[str]:
    """Return the sites with a kind of page that lacks an item on too few pages to prove that its template does."""
    number = behind.groupby(["site_code", "kind"])["url"].transform("size")
    few: pd.Series[str] = footers.lacking(behind[number < params.pages], params.items)["site_code"]
    return few


def _most(number: pd.Series[int], first: pd.DataFrame, params: Params) -> pd.Series[bool]:
    """Whether this number, out of the pages read of a kind, is enough to judge its template."""
    return (number >= params.pages) & (number * 100 >= params.share_percent * first["read"])


def _templates(pages: pd.DataFrame, params: Params) -> pd.DataFrame:
    """One row per site, kind of page and item that most pages of that kind lack, with the first such page."""
    number = pages.groupby(["site_code", "kind"]).size().rename("read").reset_index()
    lacking = footers.lacking(pages, params.items)
    lacking = lacking.sort_values("doubt", kind="stable", key=lambda doubt: doubt.notna())
    same = ["site_code", "kind", "item"]
    lacking["lacking"] = lacking.groupby(same)["url"].transform("size")
    lacking["clearly"] = lacking["doubt"].isna().groupby([lacking[name] for name in same]).transform("sum")
    first = lacking.drop_duplicates(["site_code", "kind", "item"]).merge(number, on=["site_code", "kind"])
    kept = first[_most(first["lacking"], first, params)]
    # If enough pages lack it without doubt, the fault counts; else a person must confirm it.
    clear = _most(kept["clearly"], kept, params)
    kept = kept.assign(
        doubt=kept["doubt"].mask(clear), lacking=kept["clearly"].where(clear, kept["lacking"]).astype("int64")
    )
    places = (
        "读取的"
        + kept["read"].astype("str")
        + "个"
        + kept["kind"].map(footers.KIND_WORDS)
        + "中"
        + kept["lacking"].astype("str")
        + "个"
    )
    return kept.assign(places=places, origin_url=kept["url"])
