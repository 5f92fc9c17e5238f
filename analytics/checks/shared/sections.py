"""Shared by the checks on sections: the term of a section, and the category of its faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.nullable import truth
from analytics.words.phrases import outcome_words
from govcrawl.records.items import SEVERAL
from govcrawl.records.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from analytics.checks.shared.terms import Term


def with_terms(reading: pd.DataFrame, terms: Mapping[str, Term], as_of: date) -> pd.DataFrame:
    """Add `starts_on` (first day of the section's window, missing where it has no term), `term_words`, `category`.

    `update_days` of the registry overrides the term of the class.
    """
    by_class = reading["class"]
    starts = by_class.map({name: pd.Timestamp(term.start(as_of)) for name, term in terms.items()})
    own = pd.Timestamp(as_of) - pd.to_timedelta(reading["update_days"].astype("Float64"), unit="D")
    words = by_class.map({name: term.words for name, term in terms.items()})
    return reading.assign(
        starts_on=own.fillna(starts.astype("datetime64[us]")),
        term_words=(reading["update_days"].astype("str") + "天").where(reading["update_days"].notna(), words),
        category=by_class + "·" + reading["rank"],
    )


def state(reading: pd.DataFrame) -> pd.DataFrame:
    """Boolean columns of a reading: `read` (its list was opened), `blank`, and `unsure` (its content is uncertain).

    A list that is on several pages is uncertain too: it belongs to the site, not to these sections.
    """
    read = truth(reading["outcome"].eq(Outcome.OK))
    complete = truth(reading["complete"])
    empty = reading["entries"] == 0
    shared = truth(reading["alike"] >= SEVERAL)
    unsure = ~read | (empty & ~complete) | shared
    return reading.assign(read=read, blank=read & complete & empty, shared=shared, unsure=unsure)


def lists_read(sites: pd.DataFrame, reading: pd.DataFrame, *classes: str) -> pd.DataFrame:
    """For each site and class of sections: whether all their lists were read far enough; missing where it has none."""
    states = state(reading[reading["class"].isin(classes)])
    read = states["read"] & truth(states["complete"])
    whole = read.groupby([states["site_code"], states["class"]]).all().unstack()  # noqa: PD010 - two keys, no values to pivot
    return whole.reindex(index=sites["site_code"], columns=list(classes))


def all_lists_read(sites: pd.DataFrame, reading: pd.DataFrame, *classes: str) -> pd.Series[bool]:
    """For each site: whether it registers sections of each of these classes and all their lists were read far enough."""
    return lists_read(sites, reading, *classes).eq(other=True).all(axis="columns")


def unread_words(reading: pd.DataFrame) -> pd.Series[str]:
    """Why a section could not be judged."""
    unfinished_words = pd.Series("列表未能读完", index=reading.index).mask(
        reading["shared"], "列表与其他页面相同,未见本栏目信息"
    )
    return ("未能读取:" + outcome_words(reading["outcome"])).where(~reading["read"], unfinished_words)


def tally(judged: pd.DataFrame, sites: pd.DataFrame) -> pd.DataFrame:
    """Count sections with `failed` and `unmeasured` per site and category; every site has at least one row."""
    counted = judged.groupby(["site_code", "category"], as_index=False).agg(
        looked=("failed", "size"), failed=("failed", "sum"), unmeasured=("unmeasured", "sum")
    )
    without = sites.loc[~sites["site_code"].isin(counted["site_code"]), ["site_code"]].assign(
        category="", looked=0, failed=0, unmeasured=0
    )
    reasons = judged[judged["unmeasured"] == 1].groupby(["site_code", "category"])["why"].agg(_commonest)
    return (
        pd.concat([counted, without], ignore_index=True)
        .merge(reasons.rename("reason"), on=["site_code", "category"], how="left")
        .assign(complete=True)
        .fillna({"reason": ""})
    )


def tally_of_entries(sites: pd.DataFrame, reading: pd.DataFrame, faults: pd.DataFrame) -> pd.DataFrame:
    """Count per site the entries of its sections and those at fault; an unread section makes the count incomplete."""
    by_site = state(reading).groupby("site_code")
    counted = (
        sites[["site_code"]]
        .merge(by_site["entries"].sum().rename("looked"), on="site_code", how="left")
        .merge(by_site["unsure"].sum().rename("unmeasured"), on="site_code", how="left")
        .merge(faults.groupby("site_code").size().rename("failed"), on="site_code", how="left")
        .fillna({"looked": 0, "unmeasured": 0, "failed": 0})
        .astype({"looked": "int64", "unmeasured": "int64", "failed": "int64"})
    )
    shut = "有" + counted["unmeasured"].astype("str") + "个栏目未能读取"
    return counted.assign(
        category="",
        complete=counted["unmeasured"] == 0,
        reason=shut.where(counted["unmeasured"] > 0, ""),
    )


def _commonest(reasons: pd.Series[str]) -> str:
    return str(reasons.value_counts(sort=True).sort_index(kind="stable").idxmax())
