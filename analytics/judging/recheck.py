"""What a re-check says of each open fault: mended, still there, or not measured. The checks themselves judge.

A fault is mended only when its check no longer finds it and what it is about was really read again: its page, its
section, its target; of a link every page that carried it will do, for a link that was taken away is mended too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analytics.checks import load_check
from analytics.checks.shared import findings
from analytics.judging.proof import Met
from analytics.source import Remembered
from govcrawl.records.states import RecheckAnswer

if TYPE_CHECKING:
    from datetime import date

    from analytics.editions.chosen import Edition
    from govcrawl.warehouse.snapshot import Snapshot

OF_LINKS = ("link-dead", "image-dead", "attachment-dead", "link-wrong")
"""Checks that look at links: of theirs the pages that carry the subject matter, beside the subject itself."""

AROUND = ("tls-invalid", "tls-expiring", "ipv6-missing", "accessibility-missing")
"""Checks that look at a site as a whole from around: the check itself says whether it could."""

ALONE = (
    *OF_LINKS,
    *AROUND,
    *("section-stale", "section-blank", "entry-undated", "date-future"),
    *("home-stale", "tags-missing"),
)
"""Checks that a visit of the subject alone decides. Others need a week, other sites, or what only a whole night meets."""


def addresses(faults: pd.DataFrame) -> dict[str, object]:
    """What the spiders are to visit: `pages` by site, and link `targets`.

    `faults`: rows of warehouse/queries/open_faults.sql.
    """
    faults = _by_check(faults)
    return {
        "pages": pages_of(faults),
        # A target that the site itself serves is asked for as a target: twice, as confirming asks for.
        "targets": sorted(set(faults.loc[faults["carriers"].notna(), "subject_url"])),
    }


def pages_of(faults: pd.DataFrame) -> dict[str, list[str]]:
    """The pages of faults by site: what they are about, where they were found, what carries the link."""
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
    """Faults with `result` and, where it still stands, what was `observed`. `snapshot`: of the re-check alone."""
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
    met = Met(source, as_of, faults)
    opened = met.targets(faults, "opened") | met.carriers(faults)
    read = opened.where(faults["check_id"].isin(OF_LINKS), met.pages(faults)).to_numpy()
    around = [
        (check, site)
        for check, answer in answers.items()
        if check in AROUND
        for site in answer.measured.loc[answer.measured["proves_absence"].astype(bool), "site_code"]
    ]
    asked = zip(faults["check_id"], faults["site_code"], strict=True)
    read = np.where(faults["check_id"].isin(AROUND), [each in around for each in asked], read)
    return faults.assign(
        result=np.select(
            [still, ~unsure & read], [RecheckAnswer.STILL, RecheckAnswer.MENDED], RecheckAnswer.UNMEASURED
        ),
        observed=observed,
    ).sort_values(["site_code", "check_id", "subject_url", "finding_key"], ignore_index=True)


def _by_check(faults: pd.DataFrame) -> pd.DataFrame:
    """The faults without carriers where the subject is no link to its check, though pages link to it."""
    of_links = faults["check_id"].isin(OF_LINKS)
    return faults.assign(
        carriers=faults["carriers"].astype(object).where(of_links, None),
        carriers_whole=faults["carriers_whole"].fillna(value=False).astype(bool) & of_links,
    )


def _names(subjects: pd.DataFrame) -> pd.Series[str]:
    """What a check is about, whatever the scheme or session of its address."""
    return subjects["check_id"] + " " + findings.normalised(subjects["subject_url"])
