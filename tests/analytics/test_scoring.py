from decimal import Decimal

import pytest

from analytics.editions import load_edition
from analytics.scoring import final_score, part_two, score
from tests.analytics.frames import SITE, measured, sites

EDITION = load_edition("inspection-2019")


def rows_of(check_rows: dict[str, list[dict]], **site):
    """Scores one site whose checks measured everything and found nothing, except what is given."""
    clean = {check: [{}] for check in EDITION.check_ids()}
    clean["section-stale"] = [{"category": "动态要闻·一级"}]
    clean["site-unreachable"] = [{"category": "网站"}]
    return score(sites(SITE, **site), measured(clean | check_rows), EDITION)


def indicator(results, indicator_id: str):
    rows = results.indicators
    return rows[rows["indicator_id"] == indicator_id].iloc[0]


@pytest.mark.parametrize(
    ("checks", "row", "points"),
    [
        (
            {"link-dead": [{"category": "首页", "failed": 3}, {"category": "其他页面", "failed": 20}]},
            "usability",
            1.0,
        ),
        ({"link-dead": [{"category": "首页", "failed": 3}]}, "usability", 0.6),
        (
            {
                "link-dead": [{"category": "首页", "failed": 1}],
                "image-dead": [{"category": "其他页面", "failed": 2}],
            },
            "usability",
            0.4,
        ),
        ({"footer-missing": [{"failed": 2}]}, "site-marks", 1.0),
        (
            {"tags-missing": [{"category": "内容页", "failed": 5}, {"category": "栏目页", "failed": 5}]},
            "page-tags",
            1.0,
        ),
        ({"section-stale": [{"category": "动态要闻·一级", "failed": 1}]}, "current-news", 5.0),
        ({"section-stale": [{"category": "人事信息·一级", "failed": 1}]}, "other-sections", 1.0),
        ({"section-blank": [{"category": "人事信息·一级", "failed": 1}]}, "other-sections", 2.0),
        ({"section-blank": [{"category": "人事信息·一级", "failed": 3}]}, "other-sections", 4.0),
    ],
)
def test_points_are_lost_as_printed_and_never_more_than_the_row_has(checks, row, points):
    result = indicator(rows_of(checks), row)

    assert ("fail", points) == (result["state"], result["points"])


def test_a_fault_is_deducted_once():
    results = rows_of({"section-stale": [{"category": "政策文件·一级", "failed": 1}]})

    assert 5.0 == indicator(results, "policy-documents")["points"]
    assert 0 == indicator(results, "other-sections")["count"]


def test_the_arithmetic_stands_in_the_reason():
    results = rows_of(
        {"link-dead": [{"category": "首页", "failed": 3}, {"category": "其他页面", "failed": 20}]}
    )

    assert (
        "发现首页链接3处×0.2分+其他页面链接20处×0.1分,应扣2.6分,本项最多扣1分"
        == indicator(results, "usability")["reason"]
    )


def stale(category: str, count: int, unmeasured: int = 0) -> dict:
    return {"category": category, "looked": count + unmeasured, "failed": count, "unmeasured": unmeasured}


def test_limits_are_never_added_together():
    results = rows_of(
        {
            "section-blank": [stale("规划计划·一级", 4)],
            "section-stale": [
                stale("人事信息·一级", 9),
                stale("动态要闻·一级", 2),
                stale("通知公告·一级", 2),
            ],
        }
    )
    row = indicator(results, "veto-sections-stale")

    assert ("pass", 17) == (row["state"], row["count"])
    assert [] == results.sites["vetoes"][0]


@pytest.mark.parametrize(
    ("checks", "state"),
    [
        ({"section-stale": [stale("动态要闻·一级", 3), stale("政策文件·一级", 2)]}, "fail"),
        ({"section-stale": [stale("动态要闻·二级", 5)]}, "fail"),
        ({"section-stale": [stale("通知公告·一级", 4), stale("通知公告·二级", 9)]}, "pass"),
        ({"section-stale": [stale("政策解读·二级", 20)]}, "pass"),
        ({"section-stale": [stale("政策解读·一级", 6), stale("人事信息·二级", 4)]}, "fail"),
        ({"section-stale": [stale("人事信息·一级", 9)]}, "pass"),
        ({"section-blank": [stale("其他·一级", 5)]}, "fail"),
        ({"section-stale": [stale("动态要闻·一级", 4, unmeasured=1)]}, "unmeasured"),
        ({"section-stale": [stale("动态要闻·一级", 3, unmeasured=1)]}, "pass"),
        ({"section-stale": [stale("动态要闻·一级", 5, unmeasured=9)]}, "fail"),
        ({"section-blank": [stale("其他·一级", 0, unmeasured=5)]}, "unmeasured"),
        ({"section-stale": [{"looked": 0}], "section-blank": [{"looked": 0}]}, "unmeasured"),
    ],
)
def test_sections_not_updated_is_decided_limit_by_limit_in_three_states(checks, state):
    row = indicator(rows_of({"section-blank": [{"category": "其他·一级"}]} | checks), "veto-sections-stale")

    assert state == row["state"]


def test_a_reason_shows_every_limit():
    results = rows_of(
        {"section-stale": [stale("动态要闻·一级", 5, unmeasured=1) | {"reason": "未能读取:访问超时"}]}
    )

    assert (
        "动态要闻、通知公告、政策文件类栏目未更新5个(限5个,已达到),另有1个未能核实:未能读取:访问超时;"
        "其他应更新栏目长期未更新0个(限10个);空白栏目0个(限5个)"
    ) == indicator(results, "veto-sections-stale")["reason"]


@pytest.mark.parametrize(
    ("checks", "verdict", "vetoes"),
    [
        ({}, "qualified", []),
        ({"site-unreachable": [{"category": "网站", "failed": 1}]}, "unqualified", ["veto-unreachable"]),
        ({"site-unreachable": [{"category": "网站", "unmeasured": 1, "complete": False}]}, "unmeasured", []),
        (
            {
                "site-unreachable": [{"category": "网站", "unmeasured": 1, "complete": False}],
                "home-stale": [{"failed": 1}],
            },
            "unqualified",
            ["veto-home-stale"],
        ),
        (
            {"site-unreachable": [{"category": "网站", "failed": 1}], "home-stale": [{"failed": 1}]},
            "unqualified",
            ["veto-unreachable", "veto-home-stale"],
        ),
        ({"link-dead": [{"failed": 900}], "footer-missing": [{"failed": 6}]}, "qualified", []),
        ({"link-dead": [{"complete": False}]}, "qualified", []),
    ],
)
def test_the_verdict_follows_the_vetoes(checks, verdict, vetoes):
    site = rows_of(checks).sites.iloc[0]

    assert (verdict, vetoes) == (site["verdict"], site["vetoes"])


def test_ordinary_sites_are_judged_by_vetoes_only():
    results = rows_of({}, kind="部门")

    assert {"veto"} == {
        row.part for row in EDITION.indicators if row.id in set(results.indicators["indicator_id"])
    }


def test_departments_without_services_are_not_asked_about_them():
    asked = set(rows_of({}, has_services=False).indicators["indicator_id"])

    assert "veto-services" not in asked
    assert "service-guides" not in asked
    assert "usability" in asked


def test_portals_of_ministries_show_no_overview_and_count_four_for_functions():
    results = rows_of({}, level="部委")

    assert "overview" not in set(results.indicators["indicator_id"])
    assert 4.0 == indicator(results, "functions")["max_points"]


def test_every_row_of_every_site_in_scope_has_a_state():
    codes = ("a", "b", "c")
    rows = [{"site_code": code, "category": "动态要闻·一级"} for code in codes]
    results = score(sites(*codes), measured(dict.fromkeys(EDITION.check_ids(), rows)), EDITION)

    assert len(codes) * sum(row.scope != "account" for row in EDITION.indicators) == len(results.indicators)
    assert not results.indicators["state"].isna().any()


def test_rows_that_wait_for_people_leave_the_score_open():
    assert rows_of({}).sites["score"].isna().all()


def test_what_was_not_looked_at_whole_does_not_pass():
    assert "unmeasured" == indicator(rows_of({"link-dead": [{"complete": False}]}), "usability")["state"]
    assert "unmeasured" == indicator(rows_of({"link-dead": [{"unmeasured": 1}]}), "usability")["state"]
    assert "unmeasured" == indicator(rows_of({"tags-missing": [{"looked": 0}]}), "page-tags")["state"]


@pytest.mark.parametrize(
    ("kept", "expected"), [("80", "80"), ("80.1", "110.1"), ("60", "60"), ("59.9", "59.9")]
)
def test_only_above_eighty_the_bonus_counts(kept, expected):
    assert Decimal(expected) == final_score(Decimal(kept), Decimal(30), EDITION)


def test_seventy_five_points_are_brought_to_a_hundred():
    assert Decimal(88) == part_two(Decimal(9), Decimal(75), EDITION)
