"""Home page under a domain that is not one of a government site (域名不符合规范).

A fault is only what is certain: a local site that is neither under .gov.cn nor under .政务, or that is addressed by its
IP address. Institutions of the State Council may have other domains, so a person must confirm theirs. From the day on which
the rules of 2024 are in force (`institutions_since`) the sites of institutions (事业单位) are under .cn or .公益; where the
registry does not say what a unit is, such a domain is left open. The detailed forms
(www.□□□.gov.cn for portals, ○○○.□□□.gov.cn for departments) have exceptions that no table lists; they are not judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003 - the reader of editions needs the annotation at run time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks.shared import per_site
from analytics.checks.shared.domains import GOVERNMENT, OF_INSTITUTIONS
from analytics.nullable import truth
from govcrawl.pages.links.urls import split
from govcrawl.registry.model import INSTITUTION, MINISTRY

if TYPE_CHECKING:
    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

CENTRAL_CODE = "bm"  # 网站标识码 of the State Council's departments; 65BM… is the 新疆兵团, a local one


@dataclass(frozen=True, slots=True)
class Params:
    """The first day of the rule for institutions; None where the edition is older than it."""

    institutions_since: date | None = None


def run(source: Source, as_of: date, params: Params) -> Answer:
    """Judge the registered home page of every site by the rule of the day."""
    return judge(source.query("registered_homes", as_of=as_of), as_of, params)


def judge(sites: pd.DataFrame, as_of: date, params: Params) -> Answer:
    """`sites`: one row per running site, see warehouse/queries/registered_homes.sql."""
    hosts = pd.Series([_host(url) for url in sites["home_url"]], index=sites.index, dtype="str")
    conforming = hosts.map(lambda host: host.endswith(GOVERNMENT)).astype(bool)
    central = truth(sites["level"].eq(MINISTRY)) | sites["site_code"].str.lower().str.startswith(CENTRAL_CODE)
    ruled = params.institutions_since is not None and params.institutions_since <= as_of
    theirs = hosts.map(lambda host: ruled and host.endswith(OF_INSTITUTIONS)).astype(bool) & ~conforming
    conforming |= theirs & truth(sites["nature"].eq(INSTITUTION))
    unknown = theirs & sites["nature"].isna()
    numbered = hosts.str.fullmatch(r"[\d.]+|\[.*\]").astype(bool)
    reason = np.select(
        [conforming, numbered, central, unknown],
        ["域名符合规范", "网站以IP地址" + hosts + "提供访问,没有使用域名", "国务院部门网站域名" + hosts + "需人工核实",
         "未登记单位性质:事业单位网站可以使用域名" + hosts],
        "网站域名" + hosts + "不是.gov.cn或.政务域名",
    )  # fmt: skip
    return per_site.judge(
        "domain-nonconforming",
        sites.assign(
            sure=conforming | numbered | ~(central | unknown), failed=~conforming, reason=reason, host=hosts
        ),
        expected="政府网站应使用以.gov.cn为后缀的英文域名或以.政务为后缀的中文域名",
        evidence=["host"],
    )


def _host(url: str) -> str:
    address = split(url)
    return "" if address is None else address.host
