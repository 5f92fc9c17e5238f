"""What a portal published of what units sent in, how publication grows, how the required sections stand."""

from datetime import date

import pandas as pd
import pytest

from analytics.figures import content_plan
from govcrawl.records.items import Entry
from govcrawl.registry import Registry, Section, Site, Submission, Unit
from tests.warehouse.folders import (
    BUREAU,
    HOME,
    NEWS,
    NOTICES,
    PORTAL,
    TODAY,
    page,
    section_visit,
    site_visit,
)

OFFICE, TRAFFIC, SCHOOLS, COUNTY = (
    "岚川市人民政府办公室",
    "岚川市交通局",
    "岚川市教育局",
    "石渡县人民政府办公室",
)
PLAN = Registry(
    sites=(
        Site(PORTAL, "岚川市人民政府", HOME[PORTAL], OFFICE, "650000", "市", "门户"),
        Site(BUREAU, "岚川市交通局", HOME[BUREAU], TRAFFIC, "650000", "市", "部门"),
    ),
    sections=(
        Section(PORTAL, "动态要闻", NEWS, "动态要闻", required=True, min_entries=3, unit=TRAFFIC),
        Section(PORTAL, "通知公告", NOTICES, "通知公告", required=True, min_entries=1),
        Section(PORTAL, "政策解读", "", "政策解读", required=True),
    ),
    units=(
        Unit(OFFICE),
        Unit(TRAFFIC, OFFICE, aliases="市交通运输局、市交运局"),
        Unit(SCHOOLS, OFFICE),
        Unit(COUNTY, OFFICE),
    ),
    submissions=(Submission(TRAFFIC, "2026-10", 5), Submission(SCHOOLS, "2026-11", 2)),
)


ASSESSMENT = f"{TODAY:%Y%m%d}-inspection-2019"
"""What `Folders.assessment` calls the one of the day."""


def entry(name: str, day: str) -> Entry:
    return Entry(name, f"{NEWS}{name}.html", day, "list")


def article(name: str, day: str, source: str | None):
    return page(
        PORTAL, f"dtyw/{name}.html", kind="article", published_at=day, date_origin="tag", source=source
    )


@pytest.fixture
def read(folders, published):
    """Two nights, a month and a half apart."""
    folders.registry = PLAN
    first, second = date(2026, 9, 30), TODAY
    old = [entry("a", "2026-10-03"), entry("b", "2026-10-05"), entry("c", "2026-10-06")]
    new = [entry("d", "2026-11-20")]
    folders.run("sections", section_visit(entries=[]), site_visit(PORTAL), day=first)
    folders.run(
        "sections",
        section_visit(entries=new + old),
        section_visit(NOTICES, "通知公告", entries=[entry("d", "2026-11-20")]),
        article("a", "2026-10-03", "市交通局"),
        article("b", "2026-10-05", "来源： 市交运局"),
        site_visit(PORTAL),
        day=second,
    )
    folders.run(
        "site", page(PORTAL), article("c", "2026-10-06", "新华社"), site_visit(PORTAL), day=second, hour=3
    )
    with published() as snapshot:
        name = snapshot.name
    folders.assessment(name)
    return published()


def test_articles_count_for_the_unit_they_name_by_any_of_its_names(read):
    rows = content_plan.adoption(read, ASSESSMENT).set_index(["unit", "month"])

    october = rows.loc[(TRAFFIC, "2026-10")]
    assert (5, 2, 3, 3, True) == tuple(october[["submitted", "adopted", "listed", "read", "complete"]])
    november = rows.loc[(SCHOOLS, "2026-11")]
    assert (2, True, False) == (november["submitted"], pd.isna(november["adopted"]), november["complete"])


def test_an_entry_of_two_sections_is_published_once(read):
    months = content_plan.growth(read, ASSESSMENT, date(2026, 9, 1))
    office = months[months["unit"] == OFFICE].set_index("month")

    assert {"2026-10": 3, "2026-11": 1} == office["entries"].to_dict()
    assert {"2026-10": True, "2026-11": False} == office["complete"].to_dict()
    assert office["change"].isna().all()


@pytest.mark.parametrize(
    ("unit", "aliases", "portal", "expected"),
    [
        (SCHOOLS, None, OFFICE, {SCHOOLS, "市教育局"}),
        (COUNTY, None, OFFICE, {COUNTY}),  # another place: 县人民政府办公室 could be any county's
        (TRAFFIC, "交运局", None, {TRAFFIC, "交运局"}),
    ],
)
def test_a_short_name_is_that_of_the_portals_own_place(unit, aliases, portal, expected):
    assert expected == set(content_plan.names_of(unit, aliases, portal))


def test_a_name_that_could_be_two_units_is_nobodys():
    units = pd.DataFrame(
        [
            (SCHOOLS, "教育局", PORTAL, OFFICE),
            ("石渡县教育局", "教育局", PORTAL, OFFICE),
        ],
        columns=["unit", "aliases", "portal", "portal_unit"],
    )
    articles = pd.DataFrame(
        [(PORTAL, "2026-11", "教育局", 4)], columns=["site_code", "month", "source", "articles"]
    )
    nothing = pd.DataFrame(columns=["unit", "month", "submitted"])
    listed = pd.DataFrame(columns=["site_code", "month", "listed", "read", "watched"])

    assert content_plan.adopted(units, nothing, articles, listed).empty


def test_required_sections_are_missing_late_thin_or_kept(folders, published):
    folders.registry = PLAN
    folders.night()
    with published() as snapshot:
        name = snapshot.name
    assessment_id = folders.assessment(name)
    plan = content_plan.plan(published(), assessment_id)

    assert {"动态要闻": "kept", "通知公告": "unread", "政策解读": "unread"} == dict(
        zip(plan["section_name"], plan["state"], strict=True)
    )
    assert TRAFFIC == plan.set_index("section_name").loc["动态要闻", "unit"]
