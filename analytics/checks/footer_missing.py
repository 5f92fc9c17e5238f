"""Item missing at the foot of the pages (网站标识).

The clause says 全站页面. An item is missing when the home page does not show it: every reader sees that page and no
template excuse holds for it. Of a home page that is only an entrance the pages behind it may show the item instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics import findings
from analytics.phrases import FOOTER, outcome_words
from govcrawl.outcomes import Outcome

if TYPE_CHECKING:
    from datetime import date

    from analytics.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The items of the clause, in its order."""

    items: tuple[str, ...]

    def __post_init__(self) -> None:
        if unknown := set(self.items) - FOOTER.keys():
            raise ValueError(f"items: unknown {sorted(unknown)}; known: {', '.join(FOOTER)}")


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the home page of every site as the site run of the day read it."""
    sites = source.query("night_sites", as_of=as_of)
    return judge(sites, source.query("home_footer", as_of=as_of), params)


def judge(sites: pd.DataFrame, homes: pd.DataFrame, params: Params) -> Answer:
    """`homes`: one row a home page with the list of `items` seen, see warehouse/queries/home_footer.sql."""
    homes = sites[["site_code", "home_url"]].merge(
        homes.drop(columns=["home_url"]), on="site_code", how="left"
    )
    homes["read"] = homes["outcome"].eq(Outcome.OK).fillna(value=False).astype(bool)
    seen = (
        homes.loc[homes["read"], ["site_code", "items"]].explode("items").rename(columns={"items": "aspect"})
    )
    due = homes[homes["read"]].merge(pd.DataFrame({"aspect": params.items}), how="cross")
    due = due.merge(seen.assign(seen=True), on=["site_code", "aspect"], how="left")
    faults = due[due["seen"].isna()]
    names = faults["aspect"].map(FOOTER)
    failed = faults.groupby("site_code").size().reindex(homes["site_code"]).fillna(0).astype("int64")
    measured = homes.assign(
        category="",
        looked=len(params.items),
        failed=failed.to_numpy(),
        unmeasured=(~homes["read"]).astype("int64") * len(params.items),
        complete=homes["read"],
        reason=("首页未能读取:" + outcome_words(homes["outcome"])).where(~homes["read"], ""),
    )
    return findings.answer(
        "footer-missing",
        faults=faults.assign(
            subject_url=faults["home_url"],
            observed="首页底部功能区未列明" + names,
            expected="全站页面底部功能区应清晰列明" + names,
            evidence=findings.evidence(
                faults.assign(item=faults["aspect"]), ["item", "fetched_at", "body_sha256"]
            ),
        ),
        measured=measured,
        doubtful=homes[~homes["read"]].rename(columns={"home_url": "subject_url"}),
    )
