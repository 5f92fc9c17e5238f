"""Home page under a domain that is not one of a government site (域名不符合规范).

A fault is only what is certain: a local site that is neither under .gov.cn nor under .政务, or that is addressed by its
IP address. Institutions of the State Council may have other domains, so a person must confirm theirs. The detailed forms
(www.□□□.gov.cn for portals, ○○○.□□□.gov.cn for departments) have exceptions that no table lists; they are not judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import per_site
from analytics.checks.shared.domains import GOVERNMENT
from govcrawl.pages.links.urls import split
from govcrawl.registry.model import MINISTRY

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

CENTRAL_CODE = "bm"  # 网站标识码 of the State Council's departments; 65BM… is the 新疆兵团, a local one


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge the registered home page of every site."""
    return judge(source.query("registered_homes", as_of=as_of))


def judge(sites: pd.DataFrame) -> Answer:
    """`sites`: one row per running site, see warehouse/queries/registered_homes.sql."""
    hosts = pd.Series([_host(url) for url in sites["home_url"]], index=sites.index, dtype="str")
    conforming = hosts.map(lambda host: host.endswith(GOVERNMENT)).astype(bool)
    central = sites["level"].eq(MINISTRY).fillna(value=False).astype(bool) | sites[
        "site_code"
    ].str.lower().str.startswith(CENTRAL_CODE)
    numbered = hosts.str.fullmatch(r"[\d.]+|\[.*\]").astype(bool)
    reason = np.select(
        [conforming, numbered, central],
        ["域名符合规范", "网站以IP地址" + hosts + "提供访问,没有使用域名", "国务院部门网站域名" + hosts + "需人工核实"],
        "网站域名" + hosts + "不是.gov.cn或.政务域名",
    )  # fmt: skip
    return per_site.judge(
        "domain-nonconforming",
        sites.assign(sure=conforming | numbered | ~central, failed=~conforming, reason=reason, host=hosts),
        expected="政府网站应使用以.gov.cn为后缀的英文域名或以.政务为后缀的中文域名",
        evidence=["host"],
    )


def _host(url: str) -> str:
    address = split(url)
    return "" if address is None else address.host
