"""Judges each open fault after a re-check: mended, still there, or not measured. It uses the checks themselves.

A fault is mended only when its check no longer finds it and its subject (page, section or link target) was read again.
For a link it is enough that every page with the link was read again, since a removed link is mended too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks import load_check
from analytics.checks.shared import findings
from analytics.checks.shared.texts import OF_ONE_TEXT
from analytics.judging.proof import DEAD_LINKS, Observations
from analytics.nullable import truth
from analytics.source import Remembered
from govcrawl.records.states import RecheckAnswer

if TYPE_CHECKING:
    from datetime import date

    from analytics.editions.chosen import Edition
    from govcrawl.warehouse.snapshot import Snapshot

OF_TARGETS = (*DEAD_LINKS, "link-wrong")
"""Checks of links that a re-check can decide: the pages with the link matter, not only the link's target."""

AROUND = ("tls-invalid", "tls-expiring", "ipv6-missing", "accessibility-missing", "assistant-missing")
"""Checks of a site's surroundings (certificate, IPv6, accessibility, assistant): they themselves say whether they could measure."""

OF_FACES = ("cloaking",)
"""Checks of what different visitors are shown: each must have been asked again, and the page read."""

ALONE = (
    *OF_TARGETS,
    *AROUND,
    *OF_FACES,
    *OF_ONE_TEXT,
    *("section-stale", "section-blank", "entry-undated", "date-future"),
    *("home-stale", "tags-missing", "hidden-link", "spam-injection"),
)
"""Checks that a visit of the subject alone can decide. Others need a week of probes, other sites, or a whole night."""


def addresses(faults: pd.DataFrame) -> dict[str, object]:
    """What the spiders must visit: `pages` by site, link `targets`, and `faces`, the pages to ask for as different visitors.

    `faults`: rows of warehouse/queries/open_faults.sql.
    """
    faults = _by_check(faults)
    return {
        "pages": pages_of(faults),
        # A target on the site itself is visited as a link target: twice, as its confirmation requires.
        "targets": sorted(set(faults.loc[faults["carriers"].notna(), "subject_url"])),
        "faces": pages_of(faults[faults["check_id"].isin(OF_FACES)]),
    }


def pages_of(faults: pd.DataFrame) -> dict[str, list[str]]:
    """The pages of faults by site: their subject, the page where they were found, the pages with the link."""
    faults = _by_check(faults)
    pages = pd.concat(
        [
            faults[["site_code", "subject_url"]].rename(columns={"subject_url": "url"}),
            faults[["site_code", "origin_url"]].rename(columns={"origin_url": "url"}),
            faults[["site_code", "carriers"]].explode("carriers").rename(columns={"carriers": "url"}),
        ]
    ).dropna()
    targets = faults.loc[faults["carriers"].notna(), "subject_url"]
    pages = pages[pages["url"].str.match(r"https?://") & ~pages["url"].isin(targets)].drop_duplicates()
    return {str(site_code): list(rows["url"]) for site_code, rows in pages.groupby("site_code")}


def judge(snapshot: Snapshot, as_of: date, rules: Edition, faults: pd.DataFrame) -> pd.DataFrame:
    """The faults with their `result` and, where still there, what was `observed`. `snapshot`: that of the re-check."""
    source, faults = Remembered(snapshot), _by_check(faults)
    answers = {
        check: load_check(check).run(source, as_of, rules.params[check])
        for check in rules.check_ids()
        if check in set(faults["check_id"])
    }
    found = pd.concat([answer.findings for answer in answers.values()], ignore_index=True)
    doubtful = pd.concat([answer.doubtful.assign(check_id=check) for check, answer in answers.items()])
    observed = faults["finding_key"].map(found.set_index("finding_key")["observed"])
    still = faults["finding_key"].isin(found["finding_key"])
    unsure = _names(faults).isin(_names(doubtful))
    observations = Observations(source, as_of, faults)
    opened = observations.targets(faults, "opened") | observations.carriers(faults)
    read = opened.where(faults["check_id"].isin(OF_TARGETS), observations.pages(faults)).to_numpy()
    around = [
        (check, site)
        for check, answer in answers.items()
        if check in (*AROUND, *OF_FACES)
        for site in answer.measured.loc[answer.measured["proves_absence"].astype(bool), "site_code"]
    ]
    pairs = zip(faults["check_id"], faults["site_code"], strict=True)
    among_visitors = np.array([each in around for each in pairs], dtype=bool)
    read = np.where(faults["check_id"].isin(AROUND), among_visitors, read)
    read = read & (among_visitors | ~faults["check_id"].isin(OF_FACES).to_numpy())
    mended = ~still & ~unsure & read
    return faults.assign(
        result=np.select(
            [still, mended], [RecheckAnswer.STILL, RecheckAnswer.MENDED], RecheckAnswer.UNMEASURED
        ),
        observed=observed,
        page_gone=mended & observations.pages_gone(faults),
    ).sort_values(["site_code", "check_id", "subject_url", "finding_key"], ignore_index=True)


def _by_check(faults: pd.DataFrame) -> pd.DataFrame:
    """The faults, without `carriers` where the check does not judge links, even if pages link to the subject."""
    of_links = faults["check_id"].isin(OF_TARGETS)
    return faults.assign(
        carriers=faults["carriers"].astype(object).where(of_links, None),
        carriers_whole=truth(faults["carriers_whole"]) & of_links,
    )


def _names(subjects: pd.DataFrame) -> pd.Series[str]:
    """The subjects as names that are equal for addresses differing only in scheme or session."""
    return subjects["check_id"] + " " + findings.normalised(subjects["subject_url"])
