"""What a circular prints from the registry beside the inspection: sites shut or moved, spot checks, reprimands, posts of accounts.

Each section is made of rows that the office registered, or of a feed that was read. Without such rows the section is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.notices.official_document import Annex, AnnexColumn
from analytics.notices.results import records
from analytics.words.wording import wording
from govcrawl.registry.model import CLOSED, EXCEPTED, QUALIFIED, REPRIMANDS, RUNNING, UNQUALIFIED

if TYPE_CHECKING:
    from analytics.notices.material import Material
    from analytics.notices.traced_figures import Figure, Figures, Rows


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """Sites that the registry has differently from the inspection before, by what became of them, in words."""

    counts: list[tuple[str, Figure]]
    rows: Rows


@dataclass(frozen=True, slots=True)
class SpotChecks:
    """Sites that people looked at by hand within the period; `rate` is their share of all running sites."""

    sites: Figure
    rate: Figure
    passed: Figure
    failed: Figure


@dataclass(frozen=True, slots=True)
class Reprimands:
    """Persons called to account within the period, by the way it was done, and of how many units."""

    persons: Figure
    units: Figure
    ways: list[tuple[str, Figure]]


class OfficeFacts:
    """Counts these facts for one inspection; each figure goes into the circular's own list."""

    def __init__(self, material: Material, figures: Figures) -> None:
        self._material = material
        self._figures = figures
        since, until = material.period
        self._period = {
            "assessment_id": material.results.assessment_id,
            "since": since,
            "until": until,
        }

    def site_changes(self) -> SiteChanges | None:
        """Since the inspection before; None where there was none, or nothing changed."""
        previous = self._material.previous
        if previous is None:
            return None
        rows = self._figures.rows(
            "site_changes",
            earlier_id=previous.assessment_id,
            assessment_id=self._material.results.assessment_id,
            closed=CLOSED,
        )
        counts = [
            (words, self._figures.count(f"change-{change}", f"{words}的网站", rows, {"change": change}))
            for change, words in wording()["change"].items()
            if change in set(rows.frame["change"])
        ]
        return SiteChanges(counts, rows) if counts else None

    def spot_checks(self, registered: Figure) -> SpotChecks | None:
        """`registered` counts the running sites. None where nobody looked at a site by hand."""
        rows = self._figures.rows("spot_checks_of_time", **self._period)
        running = {"status": (RUNNING, EXCEPTED)}
        if rows.where(running).empty:
            return None
        sites = self._figures.count("spot", "人工抽查的网站", rows, running)
        return SpotChecks(
            sites,
            self._figures.rate("spot-rate", "人工抽查比例", sites, registered),
            self._figures.count("spot-passed", "人工抽查合格的网站", rows, running | {"verdict": QUALIFIED}),
            self._figures.count(
                "spot-failed", "人工抽查不合格的网站", rows, running | {"verdict": UNQUALIFIED}
            ),
        )

    def reprimands(self) -> Reprimands | None:
        """None where the office registered none within the period."""
        rows = self._figures.rows("reprimands_of_time", **self._period)
        if rows.frame.empty:
            return None
        persons = self._figures.count("reprimands", "问责人次", rows)
        return Reprimands(
            persons,
            self._figures.count("reprimand-units", "被问责的单位", rows, different="unit"),
            [
                (way, self._figures.count(f"reprimand-{place}", f"{way}人次", rows, {"way": way}))
                for place, way in enumerate(REPRIMANDS, 1)
                if way in set(rows.frame["way"])
            ],
        )

    def posts(self) -> dict[str, str]:
        """Account → the posts of the period as its feed lists them; 不少于 where the feed does not reach back far enough.

        An account whose feed was not read, or shows no post of the period and does not reach back, is not in it.
        """
        rows = records(self._material.snapshot.query("account_posts", **self._period))
        return {
            row["account_id"]: f"{row['posts']}" if row["complete"] else f"不少于{row['posts']}"
            for row in rows
            if row["posts"] is not None and (row["posts"] or row["complete"])
        }


def changed_sites(changes: SiteChanges) -> Annex:
    """The sites behind the counts, each with what became of it and its address, the new one where it moved."""
    words = wording()["change"]
    rows: list[dict[str, Any]] = sorted(
        records(changes.rows.frame), key=lambda row: (list(words).index(row["change"]), row["site_code"])
    )
    return Annex(
        "登记网站变动情况表",
        (
            AnnexColumn("地区（部门）", "name"),
            AnnexColumn("网站", "name"),
            AnnexColumn("情况", "name"),
            AnnexColumn("网址", "code"),
        ),
        tuple(
            (row["unit"], row["name"], words[row["change"]], row["home_url"] or row["home_url_before"])
            for row in rows
        ),
    )
