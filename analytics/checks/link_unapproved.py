"""Link that leads readers to an outside site nobody has approved (外部链接未经审批).

Only links to sites outside the government are judged: addresses under .gov.cn and .政务, the official marks that every
page must show, and sites of the registry need no approval. An approved domain covers its subdomains. Without a list of
approved domains all sites are unmeasured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.checks.shared import links, outward
from analytics.checks.shared.domains import GOVERNMENT
from govcrawl.domains import registrable_domain
from govcrawl.records.link_kinds import CLICKED

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source

MARKS = ("conac.cn",)  # the register of the mark of party and government organs


@dataclass(frozen=True, slots=True)
class Params:
    """The question has no number."""


def run(source: Source, as_of: date, params: Params) -> Answer:  # noqa: ARG001 - every check has the same door
    """Judge every outward link the visit of the day met."""
    return judge(
        source.query("night_sites", as_of=as_of),
        links.targets_of(source, as_of, CLICKED),
        source.query("outward_links", as_of=as_of, kinds=sorted(CLICKED)),
        source.query("registered_hosts", as_of=as_of),
        source.query("approved_domains", as_of=as_of),
    )


def judge(
    sites: pd.DataFrame,
    targets: pd.DataFrame,
    outgoing: pd.DataFrame,
    registered: pd.DataFrame,
    approved: pd.DataFrame,
) -> Answer:
    """`outgoing`: one row per link, see outward_links.sql; `approved`: one row per domain, see approved_domains.sql."""
    hosts = outgoing[["site_code", "host"]].drop_duplicates()
    everywhere = {*approved.loc[approved["site_code"].isna(), "domain"], *MARKS, *registered["host"]}
    of_site = approved.dropna(subset="site_code").groupby("site_code")["domain"].agg(set).to_dict()
    own = registered.set_index("site_code")["host"].map(registrable_domain).to_dict()
    foreign = [
        not _covered(host, everywhere | of_site.get(site, set()) | {own.get(site, "")})
        for site, host in zip(hosts["site_code"], hosts["host"], strict=True)
    ]
    faults = outgoing.merge(hosts[foreign] if len(approved) else hosts.iloc[:0], on=["site_code", "host"])
    answer = outward.judge(
        "link-unapproved",
        sites,
        targets,
        faults.assign(
            observed="链接指向未见审批记录的外部网站"
            + faults["host"]
            + ",所在页面"
            + faults["origins"].astype("str")
            + "个"
        ),
        expected="链接政府以外的网站应经审批并登记",
    )
    return answer if len(approved) else _unmeasured(answer)


def _covered(host: str, domains: set[str]) -> bool:
    if host.endswith(GOVERNMENT) or f".{host}" in GOVERNMENT:
        return True
    labels = host.split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))


def _unmeasured(answer: Answer) -> Answer:
    measured = answer.measured.assign(
        unmeasured=answer.measured["looked"].clip(lower=1),
        complete=False,
        proves_absence=False,
        reason="没有外部链接审批登记,不作判断",
    )
    return type(answer)(answer.findings, measured, answer.doubtful)
