"""Full-text search over sites, faults and articles without a server: the page contains all the data it searches.

A browser that opens a page from a file may not read other files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.notices.results import records
from analytics.words.text import chinese_date, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from analytics.notices.ledger_book import Fault
    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

ARTICLES = 20_000
"""Articles the page knows, the newest: some 4 MB."""
FAULTS = 20_000

Hit = tuple[str, str, str, str]
"""Title, what stands beside it, address as text, page it leads to from `data/notices` (empty for none)."""


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched, by kind."""

    kinds: dict[str, list[Hit]]
    articles_whole: bool  # every article that was listed is there


def newest_articles(snapshot: Snapshot) -> pd.DataFrame:
    """The newest articles of all sites, one more than the page knows."""
    return snapshot.query("newest_entries", most=ARTICLES + 1)


def read_search(
    articles: pd.DataFrame,
    results: Results,
    faults: Sequence[Fault],
    site_file: Callable[[str], str],
    unit_file: Callable[[str], str],
) -> Search:
    """`articles`: those of `newest_articles`. `site_file` and `unit_file` give the page of a site and of a unit, from `data/notices`."""
    sites = records(results.sites)
    names = {site["site_code"]: shown(site["name"], 60) for site in sites}
    return Search(
        {
            "网站": [
                (
                    names[site["site_code"]],
                    f"{shown(site['unit'], 60)} {site['site_code']}",
                    shown(site["home_url"], 200),
                    site_file(site["site_code"]),
                )
                for site in sites
            ],
            "问题": [
                (
                    f"{fault.name}：{fault.check}",
                    f"{fault.observed} {fault.state} {fault.unit}",
                    fault.address,
                    site_file(fault.site_code)
                    if fault.site_code and fault.site_code in names
                    else unit_file(fault.unit),
                )
                for fault in faults[:FAULTS]
            ],
            "文章": [
                (
                    shown(row["title"], 120),
                    f"{names[row['site_code']]} {shown(row['section_name'], 40)} {chinese_date(row['day_on'])}",
                    shown(row["url"], 300),
                    site_file(row["site_code"]),
                )
                for row in records(articles.head(ARTICLES))
                if row["title"] and row["site_code"] in names
            ],
        },
        len(articles) <= ARTICLES,
    )
