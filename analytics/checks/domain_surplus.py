"""Several portals or several domains of one unit (一个单位多个门户网站或多个域名).

互联网政务应用安全管理规定, since 2024-07-01: an organ has one portal, one English and one Chinese domain. Counted by the
registry alone: portals, and registrable domains under .gov.cn and .政务. Which of them goes, a person says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import per_site
from analytics.checks.shared.domains import CHINESE, ENGLISH
from analytics.nullable import truth
from govcrawl.domains import registrable_domain
from govcrawl.pages.links.urls import split
from govcrawl.registry.choices import SiteKind

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge the registered home pages of every unit."""
    return judge(source.query("registered_homes", as_of=as_of))


def judge(sites: pd.DataFrame) -> Answer:
    """`sites`: one row per running site, see warehouse/queries/registered_homes.sql."""
    portal = truth(sites["kind"].eq(SiteKind.PORTAL))
    domains = pd.Series([_domain(url) for url in sites["home_url"]], index=sites.index, dtype="str")
    portals = portal.groupby(sites["unit"]).transform("sum")
    reason = pd.Series("一个门户网站、一个域名", index=sites.index, dtype="str")
    several = pd.Series(data=False, index=sites.index)
    for ending, words in ((ENGLISH, "英文"), (CHINESE, "中文")):
        here = domains.where(domains.str.endswith(ending))
        number = here.groupby(sites["unit"]).transform("nunique")
        same = here.groupby(sites["unit"]).agg(lambda each: "、".join(sorted(set(each.dropna()))))
        sentence = f"主办单位登记了多个{words}域名:" + sites["unit"].map(same).astype("str")
        reason = reason.mask(here.notna() & (number > 1), sentence)
        several |= here.notna() & (number > 1)
    surplus = portal & (portals > 1)
    reason = reason.mask(surplus, "主办单位登记了" + portals.astype("int64").astype("str") + "个门户网站")
    return per_site.judge(
        "domain-surplus",
        sites.assign(sure=True, failed=surplus | several, reason=reason, host=domains),
        expected="一个党政机关最多开设一个门户网站,使用一个英文域名和一个中文域名",
        evidence=["host"],
    )


def _domain(url: str) -> str:
    address = split(url)
    return "" if address is None else registrable_domain(address.host)
