from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest

from analytics.editions.chosen import Limit, Tariff, load_edition
from analytics.judging.scoring import band, final_score, part_two, printed_score, score, score_accounts
from tests.analytics.frames import SITE, measured, sites

EDITION = load_edition("inspection-2019")
CENSUS = load_edition("census-2015")


def rows_of(check_rows: dict[str, list[dict]], edition=EDITION, judgements=None, **site):
    """Scores one site whose checks measured everything and found nothing, except what is given."""
    clean = {check: [{}] for check in edition.check_ids()}
    clean["section-stale"] = [
        {"category": f"{name}·一级"} for name in ("动态要闻", "政策文件", "政策解读", "人事信息")
    ]
    for check in ("link-dead", "ticket-entry-missing"):
        clean[check] = [{"category": "首页"}, {"category": "其他页面"}]
    clean["search-unusable"] = [{"category": "不可用"}, {"category": "找不到"}]
    clean["site-unreachable"] = [{"category": "网站"}, {"category": "探测", "looked": 140}]
    return score(sites(SITE, **site), measured(clean | check_rows), edition, judgements)


def judged(edition, *given: dict, points: float = 0):
    """People's judgements of every row of an edition that waits for them: a pass, but for what is given."""
    rows = {
        row.id: {"state": "pass", "points": points if row.part == "bonus" else 0, "reason": ""}
        for row in edition.indicators
        if row.manual and row.scope != "account"
    }
    for each in given:
        rows[each["indicator_id"]] = rows.get(each["indicator_id"], {}) | each
    return pd.DataFrame([{"site_code": SITE, "indicator_id": key} | row for key, row in rows.items()])


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


def test_what_is_in_order_is_no_reason_beside_what_is_not():
    way, letters = {"reason": "有咨询建言渠道入口"}, {"reason": "1条留言超过3个月未答复"}
    both = rows_of({"consult-missing": [way], "reply-overdue": [letters | {"failed": 1}]})
    none = rows_of({"consult-missing": [way], "reply-overdue": [{"reason": "没有超期留言"}]})

    assert (
        "1条留言超过3个月未答复" == indicator(both, "veto-unresponsive")["reason"].partition(";须由人工")[0]
    )
    assert "有咨询建言渠道入口" in indicator(none, "veto-unresponsive")["reason"]


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


# ---------- the test vectors of regulations.md 2.9, by name


def lost(checks, row, edition=EDITION):
    return indicator(rows_of(checks, edition), row)["points"]


def test_vector_2019_usability_3_on_home_and_20_elsewhere_is_capped_at_1():
    assert 1.0 == lost(
        {"link-dead": [{"category": "首页", "failed": 3}, {"category": "其他页面", "failed": 20}]},
        "usability",
    )


def test_vector_2015_links_3_on_home_and_42_elsewhere_is_7_2_without_cap():
    row = indicator(
        rows_of(
            {"link-dead": [{"category": "首页", "failed": 3}, {"category": "其他页面", "failed": 42}]}, CENSUS
        ),
        "usability",
    )

    assert 7.2 == row["points"]
    assert pd.isna(row["max_points"])
    assert "发现首页链接3处×1分+其他页面链接42处×0.1分,应扣7.2分" == row["reason"]


def probes(failed: int) -> dict:
    over = failed * 20 >= 140
    return {
        "site-unreachable": [
            {"category": "网站", "failed": int(over)},
            {"category": "探测", "looked": 140, "failed": failed},
        ]
    }


def test_vector_2015_home_6_of_140_probes_is_20():
    row = indicator(rows_of(probes(6), CENSUS), "home-availability")

    assert 20.0 == row["points"]
    assert "发现打不开或超过15秒6次,占140次的4.29%,满1%扣5分,应扣20分" == row["reason"]


def test_vector_2015_home_6_of_140_probes_read_in_proportion_is_21_4():
    rows = tuple(
        replace(row, deduction=tuple(replace(rule, proportional=True) for rule in row.deduction))
        if row.id == "home-availability"
        else row
        for row in CENSUS.indicators
    )

    assert 21.4 == lost(probes(6), "home-availability", replace(CENSUS, indicators=rows))


@pytest.mark.parametrize("edition", [EDITION, CENSUS], ids=["2019", "2015"])
def test_vector_availability_7_of_140_is_a_veto_and_6_is_none(edition):
    assert ["veto-unreachable"] == rows_of(probes(7), edition).sites["vetoes"][0]
    assert [] == rows_of(probes(6), edition).sites["vetoes"][0]


def test_vector_2019_site_marks_2_of_6_missing_is_1():
    assert 1.0 == lost({"footer-missing": [{"failed": 2}]}, "site-marks")


def test_vector_2019_page_tags_5_and_5_without_is_1():
    assert 1.0 == lost(
        {"tags-missing": [{"category": "内容页", "failed": 5}, {"category": "栏目页", "failed": 5}]},
        "page-tags",
    )


def test_vector_2019_guides_2_missing_and_3_faults_is_capped_at_8():
    """9.5 points by hand are more than the row has."""
    results = rows_of(
        {}, judgements=judged(EDITION, {"indicator_id": "service-guides", "state": "fail", "points": 9.5})
    )

    assert 8.0 == indicator(results, "service-guides")["points"]


def test_vector_department_without_services_9_lost_is_88_and_opens_the_bonus():
    results = rows_of(
        {},
        has_services=False,
        judgements=judged(
            EDITION,
            {"indicator_id": "replies", "state": "fail", "points": 7},
            {"indicator_id": "functions", "state": "fail", "points": 2},
        ),
    )
    with_bonus = rows_of(
        {},
        has_services=False,
        judgements=judged(
            EDITION,
            {"indicator_id": "replies", "state": "fail", "points": 7},
            {"indicator_id": "functions", "state": "fail", "points": 2},
            {"indicator_id": "bonus-search", "points": 3},
        ),
    )

    assert Decimal(88) == part_two(Decimal(9), Decimal(75), EDITION)
    assert 88.0 == results.sites["score"][0]
    assert 91.0 == with_bonus.sites["score"][0]


@pytest.mark.parametrize(
    ("taken", "score_", "verdict"),
    [
        ("40", 60.0, "qualified"),
        ("40.1", 59.9, "unqualified"),
        ("20", 80.0, "qualified"),
        ("19.9", 110.1, "qualified"),
    ],
)
def test_vector_part_two_60_passes_59_9_fails_80_gets_no_bonus_80_1_does(taken, score_, verdict):
    given, left = [], Decimal(taken)
    for row in EDITION.indicators:
        if row.part == "deduct" and row.manual and left > 0:
            points = min(row.max_points, left)
            given.append({"indicator_id": row.id, "state": "fail", "points": float(points)})
            left -= points
    site = rows_of({}, judgements=judged(EDITION, *given, points=30)).sites.iloc[0]

    assert (score_ if score_ < 100 else 110.1, verdict) == (site["score"], site["verdict"])


def test_vector_4_blank_9_stale_and_4_of_news_and_notices_is_no_veto():
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

    assert "pass" == indicator(results, "veto-sections-stale")["state"]


@pytest.mark.parametrize(
    ("kept", "expected"), [("80", "80"), ("80.1", "110.1"), ("60", "60"), ("59.9", "59.9")]
)
def test_only_above_eighty_the_bonus_counts(kept, expected):
    assert Decimal(expected) == final_score(Decimal(kept), Decimal(30), EDITION)


def test_seventy_five_points_are_brought_to_a_hundred():
    assert Decimal(88) == part_two(Decimal(9), Decimal(75), EDITION)


# ---------- what is open, what people judge, what waits to be confirmed


def test_a_score_that_waits_for_people_lies_between_a_floor_and_a_ceiling():
    site = rows_of({"footer-missing": [{"failed": 2}]}).sites.iloc[0]
    open_points = sum(row.max_points for row in EDITION.indicators if row.part == "deduct" and row.manual)

    assert pd.isna(site["score"])
    assert (float(99 - open_points), 129.0) == (site["score_floor"], site["score_ceiling"])


def test_a_score_whose_every_row_is_decided_is_floor_and_ceiling_at_once():
    site = rows_of({"footer-missing": [{"failed": 2}]}, judgements=judged(EDITION, points=0)).sites.iloc[0]

    assert (99.0, 99.0, 99.0, "qualified") == (
        site["score"],
        site["score_floor"],
        site["score_ceiling"],
        site["verdict"],
    )


def test_a_site_that_cannot_pass_any_more_is_unqualified_while_rows_still_wait():
    site = rows_of({"link-dead": [{"category": "首页", "failed": 41}]}, CENSUS).sites.iloc[0]

    assert ("unqualified", [], 0.0, 59.0) == (
        site["verdict"],
        site["vetoes"],
        site["score_floor"],
        site["score_ceiling"],
    )
    assert (
        "qualified"
        == rows_of({"link-dead": [{"category": "首页", "failed": 40}]}, CENSUS).sites["verdict"][0]
    )


def test_whether_exactly_the_mark_passes_is_a_setting():
    forty = {"link-dead": [{"category": "首页", "failed": 40}]}

    assert "unqualified" == rows_of(forty, replace(CENSUS, mark_passes=False)).sites["verdict"][0]


def test_the_census_runs_down_to_nothing_and_not_below():
    site = rows_of({"link-dead": [{"category": "首页", "failed": 400}]}, CENSUS).sites.iloc[0]

    assert (0.0, 0.0, 0.0) == (site["score"], site["score_floor"], site["score_ceiling"])


def test_a_veto_ends_the_scoring():
    site = rows_of(probes(7), CENSUS).sites.iloc[0]

    assert "unqualified" == site["verdict"]
    assert site[["score", "score_floor", "score_ceiling", "band"]].isna().all()


def test_a_score_is_never_rounded_up_to_a_mark_it_missed():
    assert ["59.9", "60.0", "59.4"] == [
        str(printed_score(Decimal(exact), EDITION)) for exact in ("59.96", "60", "59.35")
    ]


def test_a_row_of_which_people_decide_a_part_waits_for_them_when_the_machine_could_not_look():
    row = indicator(
        rows_of({"section-stale": [{"looked": 0}], "section-blank": [{"looked": 0}]}, CENSUS),
        "basic-information",
    )

    assert "manual" == row["state"]
    assert row["reason"].startswith("没有可以检查的对象;须由人工检查:")


def test_what_was_not_measured_is_told_without_calling_anything_sound():
    row = indicator(
        rows_of({"home-few-updates": [{"unmeasured": 1, "reason": "首页可见信息更新8条"}]}, CENSUS),
        "home-updates",
    )

    assert ("unmeasured", "有1处未能核实;首页可见信息更新8条") == (row["state"], row["reason"])


def test_bands_hold_scores_by_their_lower_end():
    banded = replace(EDITION, bands=(Decimal(90), Decimal(60)))

    assert ["90分(含)以上", "60分(含)至90分", "60分以下"] == [
        band(Decimal(exact), banded) for exact in ("90", "89.9", "59.9")
    ]
    assert rows_of({}, banded, judged(EDITION)).sites["band"][0] == "90分(含)以上"


def test_candidates_make_a_row_wait_and_say_how_many():
    awaiting = rows_of({"site-unreachable": [{"category": "网站", "awaiting": 1}]})
    row = indicator(awaiting, "veto-unreachable")

    assert ("manual", 0) == (row["state"], row["count"])
    assert "1处待人工确认" == row["reason"]
    assert "qualified" == awaiting.sites["verdict"][0]


def test_candidates_that_could_not_reach_a_limit_do_not_wait():
    row = indicator(
        rows_of({"section-blank": [{"category": "其他·一级", "looked": 9, "awaiting": 4}]}),
        "veto-sections-stale",
    )

    assert "pass" == row["state"]


def test_candidates_leave_the_points_open():
    site = rows_of(
        {"footer-missing": [{"looked": 6, "failed": 1, "awaiting": 2}]}, judgements=judged(EDITION, points=0)
    )
    row = indicator(site, "site-marks")

    assert ("fail", 0.5, 1) == (row["state"], row["points"], row["count"])
    assert (98.5, 99.5) == (site.sites["score_floor"][0], site.sites["score_ceiling"][0])


def test_what_people_judged_stands_beside_what_the_machine_found():
    manual = {"indicator_id": "basic-information", "state": "fail", "points": 2, "reason": "机构职能两处有误"}
    results = rows_of(
        {"section-stale": [stale("通知公告·二级", 2)]}, CENSUS, judgements=judged(CENSUS, manual)
    )
    row = indicator(results, "basic-information")

    assert ("fail", 10.0) == (row["state"], row["points"])
    assert "通知公告、政策文件类栏目未更新2处×4分,应扣8分" in row["reason"]
    assert row["reason"].endswith("人工判定:不符合:机构职能两处有误")


def test_people_settle_what_could_not_all_be_measured():
    """One link is dead and another never answered: until somebody has looked, the row can still lose."""
    dead = {"link-dead": [{"category": "首页", "looked": 9, "failed": 1, "unmeasured": 1}]}
    still_open = rows_of(dead, judgements=judged(EDITION))
    settled = rows_of(
        dead,
        judgements=judged(
            EDITION, {"indicator_id": "usability", "state": "pass", "points": 0, "reason": "可以打开"}
        ),
    )

    assert (0.2, 0.2) == tuple(indicator(still_open, "usability")[["points", "points_open"]])
    assert (99.6, 99.8) == (still_open.sites["score_floor"][0], still_open.sites["score_ceiling"][0])
    assert (0.2, 0.0) == tuple(indicator(settled, "usability")[["points", "points_open"]])
    assert 99.8 == settled.sites["score"][0]


def test_a_veto_people_judged_failed_makes_a_site_unqualified():
    manual = {"indicator_id": "veto-safety", "state": "fail", "points": None, "reason": "确认"}
    results = rows_of({}, judgements=judged(EDITION, manual))

    assert ("unqualified", ["veto-safety"]) == (results.sites["verdict"][0], results.sites["vetoes"][0])


def test_what_the_machine_decided_no_judgement_overrules():
    by_hand = pd.DataFrame(
        [{"site_code": SITE, "indicator_id": "site-marks", "state": "pass", "points": 0, "reason": ""}]
    )
    row = indicator(rows_of({"footer-missing": [{"failed": 2}]}, judgements=by_hand), "site-marks")

    assert ("fail", 1.0) == (row["state"], row["points"])


def test_awards_are_won_by_what_is_in_order():
    row = next(row for row in EDITION.indicators if row.id == "bonus-search")
    award = (
        Tariff("footer-missing", points_once=Decimal(2), at_least=3),
        Tariff("footer-missing", points_each=Decimal(1)),
    )
    edition = replace(
        EDITION,
        indicators=tuple(
            replace(each, manual=False, award=award) if each is row else each for each in EDITION.indicators
        ),
    )

    def won(**counts):
        result = indicator(rows_of({"footer-missing": [counts]}, edition), "bonus-search")
        return result["state"], result["points"]

    few = rows_of({"footer-missing": [{"looked": 3, "failed": 1}]}, edition)
    assert "符合2处(不足3处)+2处×1分,应加2分" == indicator(few, "bonus-search")["reason"]
    assert ("pass", 4.0) == won(looked=3)
    assert ("pass", 2.0) == won(looked=3, failed=1)
    assert ("fail", 0.0) == won(looked=3, failed=3)
    assert "unmeasured" == won(looked=3, unmeasured=3)[0]


@pytest.mark.parametrize("manual", [False, True])
def test_accounts_are_judged_by_their_vetoes_and_not_called_sound_where_nothing_was_seen(manual):
    """Also where people decide a part of the row (APP无法使用): 2周内无更新 must be measured."""
    ids = ("wx-1", "wx-2", "wx-3")
    stale_row = next(row for row in EDITION.indicators if row.id == "account-veto-stale")
    ruled = replace(stale_row, manual=manual, limit=(Limit("typo", 1, must_measure=True),))
    edition = replace(
        EDITION, indicators=tuple(ruled if row is stale_row else row for row in EDITION.indicators)
    )
    frame = measured({"typo": [{"failed": 1}, {}, {"unmeasured": 1}]})["typo"]
    frame = frame.rename(columns={"site_code": "account_id"}).assign(account_id=ids)
    results = score_accounts(pd.DataFrame({"account_id": ids}), {"typo": frame}, edition)

    assert 3 * 3 == len(results.indicators)
    assert [
        ("wx-1", "unqualified", ["account-veto-stale"]),
        ("wx-2", "qualified", []),
        ("wx-3", "unmeasured", []),
    ] == list(results.accounts[["account_id", "verdict", "vetoes"]].itertuples(index=False, name=None))
