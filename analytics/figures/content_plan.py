"""The content plan (内容保障): required sections, growth of publications, and adoption of what units submit.

A portal prints the source (来源) of its articles. A unit's adopted articles (采用量) are those that name it as source: by
its full name, by an alias of the registry, or by its short local name, such as 市教育局 for 岚川市教育局 on the portal of
岚川市. A name that fits two units counts for neither. Only articles that were read count; `complete` tells whether all were.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from analytics.nullable import truth

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from analytics.source import Source

PLAN_STATES = ("missing", "blank", "late", "thin", "kept", "unread")
"""The states of a required section, in the order in which an office handles them."""

ADOPTION = (
    "unit",
    "month",
    "portal",
    "submitted",
    "adopted",
    "listed",
    "read",
    "complete",
)

_PLACE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{1,9}?(?P<rank>省|自治区|自治州|市|地区|盟|自治县|县|自治旗|旗|区))(?P<rest>[\u4e00-\u9fff]{2,})"
)
_LEAD = re.compile(r"^(?:信息|稿件|文章)?来源")
_NOISE = re.compile(r"[\s:：,，;；()（）《》〈〉“”\"'\[\]【】]+")


def plan(source: Source, assessment_id: str) -> pd.DataFrame:
    """One row per required section with its state, see the view `content_plan`."""
    return source.query("plan_of_assessment", assessment_id=assessment_id)


def growth(source: Source, assessment_id: str, since: date) -> pd.DataFrame:
    """One row per unit and month: entries of its own sites and those below it, and the `change` from the month before."""
    months = source.query("published_by_month", assessment_id=assessment_id, since=since)
    before = months.assign(month=(pd.PeriodIndex(months["month"], freq="M") + 1).astype("str"))
    joined = months.merge(
        before[["unit", "month", "entries", "complete"]],
        on=["unit", "month"],
        how="left",
        suffixes=("", "_before"),
    )
    comparable = joined["complete"] & truth(joined["complete_before"])
    return months.assign(change=(joined["entries"] - joined["entries_before"]).where(comparable).to_numpy())


def adoption(source: Source, assessment_id: str) -> pd.DataFrame:
    """One row per unit and month in which it submitted, or its portal adopted, anything: see ADOPTION."""
    return adopted(
        source.query("units_and_portals", assessment_id=assessment_id),
        source.query("submissions_made", assessment_id=assessment_id),
        source.query("articles_by_source", assessment_id=assessment_id),
        source.query("articles_listed", assessment_id=assessment_id),
    )


def adopted(
    units: pd.DataFrame, submissions: pd.DataFrame, articles: pd.DataFrame, listed: pd.DataFrame
) -> pd.DataFrame:
    """Count submitted and adopted articles per unit and month.

    `submitted` is missing where the unit reported nothing, `adopted` where its portal was not read in that month.
    """
    owners = pd.DataFrame(_owners(units), columns=["portal", "name", "unit"])
    named = articles.rename(columns={"site_code": "portal"}).assign(name=articles["source"].map(plain))
    taken = (
        named.merge(owners, on=["portal", "name"])
        .groupby(["unit", "month", "portal"])[["articles"]]
        .sum()
        .reset_index()
        .rename(columns={"articles": "adopted"})
    )
    portals = units[["unit", "portal"]]
    rows = submissions.merge(portals, on="unit", how="left").merge(
        taken, on=["unit", "month", "portal"], how="outer"
    )
    rows = rows.merge(listed.rename(columns={"site_code": "portal"}), on=["portal", "month"], how="left")
    was_read = rows["read"].fillna(0) > 0
    return rows.assign(
        adopted=rows["adopted"].fillna(0).where(was_read | rows["adopted"].notna()).astype("Int64"),
        submitted=rows["submitted"].astype("Int64"),
        complete=truth(rows["read"] == rows["listed"]) & truth(rows["watched"]),
    )[list(ADOPTION)].sort_values(["month", "unit"], ignore_index=True)


def plain(name: str) -> str:
    """A unit's name without label and blanks: `来源：市教育局` and `市 教育局` give the same."""
    return _LEAD.sub("", _NOISE.sub("", name))


def names_of(unit: str, aliases: str | None, portal_unit: str | None) -> Iterable[str]:
    """All names by which a portal may print a unit."""
    yield unit
    yield from filter(None, (aliases or "").split("、"))
    here, own = _PLACE.fullmatch(portal_unit or ""), _PLACE.fullmatch(unit)
    if here and own and here["place"] == own["place"]:
        yield own["rank"] + own["rest"]


def _owners(units: pd.DataFrame) -> list[tuple[str, str, str]]:
    """(portal, name, unit) for every name that fits one unit only."""
    owners: dict[tuple[str, str], set[str]] = {}
    for unit, aliases, portal, portal_unit in zip(
        units["unit"],
        units["aliases"].astype(object).where(units["aliases"].notna(), None),
        units["portal"].astype(object).where(units["portal"].notna(), None),
        units["portal_unit"].astype(object).where(units["portal_unit"].notna(), None),
        strict=True,
    ):
        if portal is not None:
            for name in names_of(unit, aliases, portal_unit):
                owners.setdefault((portal, plain(name)), set()).add(unit)
    return [(portal, name, next(iter(who))) for (portal, name), who in owners.items() if len(who) == 1]
