"""Which earlier faults were measured again tonight. Only these can be called mended when they are not found.

- A fault of a page: when the page was read again, or is gone.
- A dead link: when its target opened. Any fault of a link: when the site still links to the target, so that the check
  judged it, or when every page with the link was read again or is gone.
- A fault of a whole site: when its check looked at everything. If it was found on a certain page (`origin_url`), that
  page must have been read again too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from analytics.checks.shared.findings import normalised

if TYPE_CHECKING:
    from datetime import date

    from analytics.source import Source

DEAD_LINKS = ("link-dead", "image-dead", "attachment-dead")
OF_LINKS = (*DEAD_LINKS, "link-wrong", "link-unapproved", "link-closed-site")
"""Checks of links: for their faults the pages with the link matter, not only the link's target."""

OF_ENTRIES = (
    "guide-elements-missing",
    "interpretation-missing",
    "interpretation-unlinked",
    "interpretation-contact-missing",
    "consultation-short",
    "consultation-no-result",
    "repost-late",
    "date-backdated",
    "source-missing",
    "article-duplicate",
)
"""Checks that examine list entries: an entry that left its list is not examined again, so nothing is proved about it."""


class Observations:
    """The subjects of earlier faults that were seen again tonight. Addresses are compared without scheme and session."""

    def __init__(self, source: Source, as_of: date, faults: pd.DataFrame) -> None:
        """`faults`: site_code, subject_url, and, if they have them, `carriers` and `origin_url`."""
        subjects = pd.concat(
            [
                faults[["site_code", "subject_url"]],
                faults[["site_code", "origin_url"]].rename(columns={"origin_url": "subject_url"}),
                faults[["site_code", "carriers"]]
                .explode("carriers")
                .rename(columns={"carriers": "subject_url"}),
            ]
        ).dropna()
        subjects = subjects[subjects["subject_url"].str.match(r"(?i)https?://")].drop_duplicates()
        rows_found = source.query(
            "subjects_met",
            as_of=as_of,
            site_codes=subjects["site_code"].tolist(),
            subjects=subjects["subject_url"].tolist(),
        )
        self._by_way = {
            how: set(zip(rows["site_code"], normalised(rows["subject_url"]), strict=True))
            for how, rows in rows_found.groupby("how")
        }

    def pages(self, faults: pd.DataFrame, column: str = "subject_url") -> pd.Series[bool]:
        """For each fault: whether the page in `column` was read again or is gone; false where it is empty."""
        return self._among(faults, column, "page_read") | self._among(faults, column, "page_gone")

    def targets(self, faults: pd.DataFrame, how: str) -> pd.Series[bool]:
        """For each fault: whether its subject was seen in this way: `linked`, `opened`, `listed` or `page_gone`."""
        return self._among(faults, "subject_url", how)

    def carriers(self, faults: pd.DataFrame) -> pd.Series[bool]:
        """For each fault: whether all pages with the link are on record, and each was read again or is gone."""
        each = faults[faults["carriers_whole"].eq(other=True)].explode("carriers")
        seen = self.pages(each, "carriers").groupby(level=0).all()
        return seen.reindex(faults.index, fill_value=False).astype(bool)

    def pages_gone(self, faults: pd.DataFrame) -> pd.Series[bool]:
        """For each fault: whether what carried it is gone: every page with the link, the page it was found on, or the page it is of."""
        found_on = faults.assign(page=faults["origin_url"].fillna(faults["subject_url"]))
        each = faults[faults["carriers_whole"].eq(other=True)].explode("carriers")
        carriers = self._among(each, "carriers", "page_gone").groupby(level=0).all()
        carriers = carriers.reindex(faults.index, fill_value=False).astype(bool)
        return carriers.where(faults["check_id"].isin(OF_LINKS), self._among(found_on, "page", "page_gone"))

    def _among(self, faults: pd.DataFrame, column: str, how: str) -> pd.Series[bool]:
        observed = self._by_way.get(how, set())
        addresses = normalised(faults[column].fillna(""))
        marks = [each in observed for each in zip(faults["site_code"], addresses, strict=True)]
        return pd.Series(marks, index=faults.index, dtype=bool)


def looked_at_again(source: Source, as_of: date, faults: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """The faults that were measured again, with finding_key and `page_gone`: whether because what carried them is gone.

    `faults`: finding_key, site_code, check_id, subject_url, origin_url, carriers, carriers_whole. `whole`: check_id,
    site_code of the sites where the check looked at everything that its faults can be about.
    """
    observations = Observations(source, as_of, faults)
    all_of_site = set(zip(whole["check_id"], whole["site_code"], strict=True))
    pairs = zip(faults["check_id"], faults["site_code"], strict=True)
    everywhere = pd.Series([each in all_of_site for each in pairs], index=faults.index, dtype=bool)
    on_its_page = faults["origin_url"].isna() | observations.pages(faults, "origin_url")
    # Spam is a fault of a page, or of a link, which is found on one.
    lapsed = (faults["check_id"] == "spam-injection") & faults["origin_url"].notna()
    dead, of_links = faults["check_id"].isin(DEAD_LINKS), faults["check_id"].isin(OF_LINKS) | lapsed
    links_measured = observations.targets(faults, "opened").where(
        dead, observations.targets(faults, "linked")
    ) | observations.carriers(faults)
    of_sites = (everywhere & on_its_page) | (observations.pages(faults) & ~everywhere)
    in_lists = observations.targets(faults, "listed") | observations.targets(faults, "page_gone")
    of_pages = observations.pages(faults) & (in_lists | ~faults["check_id"].isin(OF_ENTRIES))
    of_others = of_pages.where(_is_page(source, as_of, faults), of_sites)
    again = (everywhere | links_measured).where(of_links, of_others)
    return faults.assign(page_gone=observations.pages_gone(faults)).loc[again, ["finding_key", "page_gone"]]


def _is_page(source: Source, as_of: date, faults: pd.DataFrame) -> pd.Series[bool]:
    """For each fault: whether its subject is a single page, not a site (by its home page), a section or an imported item."""
    sites = source.query("night_sites", as_of=as_of)
    sections = source.query("section_reading", as_of=as_of)
    homes = set(zip(sites["site_code"], normalised(sites["home_url"]), strict=True))
    lists = set(zip(sections["site_code"], normalised(sections["section_url"]), strict=True))
    addresses = normalised(faults["subject_url"])
    marks = [
        address.startswith("//") and (site, address) not in homes and (site, address) not in lists
        for site, address in zip(faults["site_code"], addresses, strict=True)
    ]
    return pd.Series(marks, index=faults.index, dtype=bool)
