"""Link that leads readers to a site which the registry knows as closed (链接已关停的网站).

It does not matter whether the pages still open, because the site is no longer a government site.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared import links, outward
from govcrawl.records.link_kinds import CLICKED
from govcrawl.registry.model import CLOSED

if TYPE_CHECKING:
    from datetime import date

    from analytics.checks.shared.findings import Answer
    from analytics.source import Source


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
    )


def judge(
    sites: pd.DataFrame, targets: pd.DataFrame, outgoing: pd.DataFrame, registered: pd.DataFrame
) -> Answer:
    """`outgoing`: one row per link, see outward_links.sql; `registered`: all sites, see registered_hosts.sql.

    A host that a running site uses does not count as closed. If a closed site was a folder on a host, only links into
    that folder are faults.
    """
    closed = registered[registered["status"] == CLOSED]
    running = registered.loc[registered["status"] != CLOSED, "host"]
    folders = (
        closed["home_url"]
        .str.extract(r"^https?://[^/]+(/.*)$")[0]
        .fillna("/")
        .str.replace(r"[^/]*$", "", regex=True)
    )
    closed = closed.assign(folder=folders)
    closed = closed[(closed["folder"] != "/") | ~closed["host"].isin(running)]
    both = outgoing.merge(
        closed[["host", "folder", "name"]].rename(columns={"name": "closed_name"}), on="host"
    )
    paths = both["target_url"].str.extract(r"^https?://[^/?#]+(/[^?#]*)")[0].fillna("/")
    inside = [path.startswith(folder) for path, folder in zip(paths, both["folder"], strict=True)]
    faults = both[pd.Series(inside, index=both.index, dtype=bool)].drop_duplicates(
        ["site_code", "target_url"]
    )
    return outward.judge(
        "link-closed-site",
        sites,
        targets,
        faults.assign(
            observed="链接指向已关停的网站“" + faults["closed_name"] + "”,所在页面" + faults["origins"].astype("str") + "个"
        ),
        expected="不应链接已关停的网站",
    )  # fmt: skip
