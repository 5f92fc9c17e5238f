"""The checks of the rules of 2023 to 2026: what they find, what tempts them, and the day from which they ask."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.checks import (
    account_duplicate,
    account_silent,
    annual_report_missing,
    app_nonconforming,
    article_duplicate,
    assistant_missing,
    domain_nonconforming,
    domain_surplus,
    message_board_silent,
    source_missing,
)
from analytics.checks.shared import findings
from analytics.editions.chosen import load_edition
from analytics.judging.scoring import score, score_accounts
from tests.analytics.frames import SITE, TODAY, TYPES, sites

EDITION = load_edition("inspection-2026")
DAY = pd.Timestamp(TODAY)


KINDS = TYPES | {
    **dict.fromkeys(("own", "of_year", "other_year", "followed", "assistant_box", "settled"), "boolean"),
    **dict.fromkeys(
        ("characters", "letters", "unknown", "dated", "posts", "home_read", "articles_read"), "Int64"
    ),
    **dict.fromkeys(("imported_on", "fed_on"), "datetime64[us]"),
}


def frame(columns: str, *rows: dict) -> pd.DataFrame:
    """A frame with these columns, typed as the queries give them."""
    names = columns.split()
    values = pd.DataFrame(list(rows), columns=names)
    return values.astype({name: KINDS.get(name, "str") for name in names})


def days_ago(days: int) -> pd.Timestamp:
    return DAY - pd.Timedelta(days=days)


def rows(day: date) -> set[str]:
    return {row.id for row in EDITION.on(day).indicators}


def test_a_rule_looks_at_the_day_inspected():
    assert {"domain-name"} == rows(date(2024, 6, 30)) & {"domain-name", "domain-name-2024"}
    for day in (date(2024, 7, 1), date(2024, 7, 2)):
        assert {"domain-name-2024"} == rows(day) & {"domain-name", "domain-name-2024"}
    assert "app-registered" not in rows(date(2026, 1, 24))
    assert "app-registered" in rows(date(2026, 1, 25)) & rows(date(2026, 1, 26))
    for day in (date(2024, 6, 30), date(2026, 3, 18)):
        held = EDITION.on(day).indicators
        assert sum(row.max_points for row in held if row.part == "deduct") == 100


def test_an_overlay_in_force_later_leaves_the_row_as_it_was(tmp_path):
    path = tmp_path / "later.toml"
    path.write_text(
        'title = "x"\nchanges = "inspection-2026"\n[part.deduct]\nscope = "all"\nin_force = 2025-01-01\n',
        "utf-8",
    )
    edition = load_edition("inspection-2026", overlay=path)

    def scope(day: date) -> str:
        return next(row.scope for row in edition.on(day).indicators if row.id == "usability")

    assert ("portal", "all") == (scope(date(2024, 12, 31)), scope(date(2025, 1, 1)))


@pytest.mark.parametrize("overlay", ["beijing-2023", "shenyang-2024"])
@pytest.mark.parametrize("day", [date(2022, 5, 1), date(2024, 3, 1), date(2024, 8, 1), date(2026, 3, 1)])
def test_the_points_are_a_hundred_on_every_day(overlay, day):
    """Whichever of the rows of the old rule and the new one holds, with an overlay that came before it or after."""
    edition = load_edition("inspection-2026", overlay=Path(overlay)).on(day)
    of_sites = [row for row in edition.indicators if row.part == "deduct" and row.scope != "account"]

    assert 100 == sum(row.max_points for row in of_sites)
    assert 1 == sum(row.id.startswith("domain-name") for row in of_sites)


def homes(*given: dict) -> pd.DataFrame:
    rows = [
        {"level": "市", "kind": "部门", "run_id": "r", "unit": "甲局", "nature": None} | row for row in given
    ]
    return frame("site_code home_url level kind unit nature run_id", *rows)


@pytest.mark.parametrize(
    ("home", "nature", "day", "state"),
    [
        ("http://www.lanchuan-tsg.cn/", None, "2024-06-30", "fail"),
        ("http://www.lanchuan-tsg.cn/", None, "2024-07-01", "unmeasured"),
        ("http://www.lanchuan-tsg.cn/", "事业单位", "2024-07-01", "pass"),
        ("http://www.图书馆.公益/", "事业单位", "2024-07-01", "pass"),
        ("http://www.lanchuan-tsg.cn/", "机关", "2024-07-01", "fail"),
        ("http://www.lanchuan-tsg.com/", "事业单位", "2024-07-01", "fail"),
        ("http://www.lanchuan.gov.cn/", "机关", "2026-01-01", "pass"),
    ],
)
def test_institutions_have_domains_of_their_own_since_2024(home, nature, day, state):
    answer = domain_nonconforming.judge(
        homes({"site_code": "1", "home_url": home, "nature": nature}),
        date.fromisoformat(day),
        EDITION.params["domain-nonconforming"],
    )
    row = answer.measured.iloc[0]
    assert state == ("fail" if row["failed"] else "unmeasured" if row["unmeasured"] else "pass")


def tried(code: str, kind: str = "门户", **facts) -> dict:
    given = {
        "home_outcome": "ok",
        "home_read": 1,
        "articles_read": 2,
        "settled": True,
        "seen": [],
        "doubts": {},
    }
    entry = {"assistant_url": "http://www.a.gov.cn/znwd/", "assistant_outcome": "ok"}
    entry = entry if facts.get("assistant") == "link" else {}
    return {"site_code": code, "kind": kind, "home_url": f"http://{code}.gov.cn/", **given, **entry, **facts}


def assistants(*given: dict):
    columns = (
        "site_code kind home_url run_id tried_at search search_url search_method home_outcome home_read articles_read settled"
        " seen doubts assistant assistant_text assistant_url assistant_outcome assistant_box"
    )
    return assistant_missing.judge(frame(columns, *given))


def test_an_assistant_is_missed_where_it_is_not_there_or_takes_no_question():
    answer = assistants(
        tried("none", assistant="none"),
        tried("shut", assistant="link", assistant_text="智能问答", assistant_outcome="not_found"),
        tried("mute", assistant="link", assistant_text="智能问答", assistant_box=False),
        tried("good", assistant="link", assistant_text="智能问答", assistant_box=True),
        tried("frame", assistant="link", assistant_text="智能问答"),
        tried("call", assistant="script", assistant_text="智能客服"),
        tried("guarded", assistant="link", assistant_text="智能问答", assistant_outcome="blocked"),
        tried("slow", assistant="link", assistant_text="智能问答", assistant_outcome="timeout"),
        tried("cut", assistant="none", settled=False),
        tried("dark", assistant="not_looked", home_outcome="blocked", home_read=0, settled=False),
        tried("named", assistant="none", doubts={"assistant": 'alt="云小智"'}),
        tried("bureau", "部门", assistant="not_looked"),
    )
    states = {
        row.site_code: "fault" if row.failed else "unmeasured" if row.unmeasured else "held"
        for row in answer.measured.itertuples()
    }

    assert states == {
        **dict.fromkeys(("none", "shut", "mute", "named"), "fault"),
        **dict.fromkeys(("good", "frame", "call"), "held"),
        **dict.fromkeys(("guarded", "slow", "cut", "dark"), "unmeasured"),
    }
    assert {"awaiting"} == set(answer.findings["state"])
    by_site = answer.findings.set_index("site_code")
    assert "打不开" in by_site["observed"]["shut"]
    assert "未见提问处" in by_site["observed"]["mute"]
    assert "云小智" in by_site["evidence"]["named"]
    reasons = answer.measured.set_index("site_code")["reason"]
    assert "注:首页有“智能问答”入口(http://www.a.gov.cn/znwd/),可以打开,有提问处" == reasons["good"]
    assert "注:首页有“智能客服”入口,由页面脚本打开,未作尝试" == reasons["call"]


@pytest.mark.parametrize(
    ("facts", "judged", "state", "points"),
    [
        ({"assistant": "link", "assistant_text": "智能问答", "assistant_box": True}, None, "manual", None),
        ({"assistant": "link", "assistant_text": "智能问答", "assistant_box": True}, 2, "pass", 2.0),
        ({"assistant": "none"}, None, "manual", None),
    ],
)
def test_an_assistant_wins_nothing_until_a_person_gives_the_points(facts, judged, state, points):
    counted = findings.counted(assistants(tried(SITE, **facts)))
    edition = replace(
        EDITION, indicators=tuple(row for row in EDITION.indicators if row.id == "bonus-real-time")
    )
    judgements = None
    if judged is not None:
        judgements = pd.DataFrame(
            [
                {
                    "site_code": SITE,
                    "indicator_id": "bonus-real-time",
                    "state": "pass",
                    "points": judged,
                    "reason": "",
                }
            ]
        )
    row = score(sites(SITE), {"assistant-missing": counted}, edition, judgements).indicators.iloc[0]

    assert state == row["state"]
    assert (points is None and pd.isna(row["points"])) or points == row["points"]
    if facts["assistant"] == "link":
        assert row["reason"].startswith("符合智能答问入口1处,经人工确认后计2分;注:首页有“智能问答”入口(http")


def test_a_unit_has_one_portal_and_one_domain():
    answer = domain_surplus.judge(
        homes(
            {"site_code": "1", "home_url": "http://www.lanchuan.gov.cn/", "kind": "门户", "unit": "甲办"},
            {"site_code": "2", "home_url": "http://en.lanchuan.gov.cn/", "kind": "门户", "unit": "甲办"},
            {"site_code": "3", "home_url": "http://jyj.lanchuan.gov.cn/"},
            {"site_code": "4", "home_url": "http://www.lanchuan-zs.gov.cn/", "unit": "乙局"},
            {"site_code": "5", "home_url": "http://yj.lanchuan.gov.cn/", "unit": "乙局"},
            {"site_code": "6", "home_url": "http://www.乙局.政务/", "unit": "乙局"},
        )
    )

    assert ["1", "2", "4", "5"] == sorted(answer.findings["site_code"])
    assert answer.findings["observed"].str.contains("2个门户网站|多个英文域名").all()


def accounts(*given: dict) -> pd.DataFrame:
    columns = (
        "account_id platform name unit url feed_url kind level filing_number complaint_url imported_on run_id outcome posts"
        " dated fed_on last_post_title fetched_at"
    )
    return frame(
        columns,
        *({"platform": "微信", "name": "发布", "unit": "甲局", "kind": "账号"} | row for row in given),
    )


def test_three_months_of_silence_are_three_months():
    params = EDITION.params["account-silent"]
    answer = account_silent.judge(
        accounts(
            {"account_id": "a", "imported_on": pd.Timestamp(2026, 8, 21)},
            {"account_id": "b", "imported_on": pd.Timestamp(2026, 8, 22)},
            {"account_id": "c"},
        ),
        date(2026, 11, 22),
        params,
    )

    assert ["account:a"] == answer.findings["subject_url"].tolist()
    assert {"c"} == set(answer.measured.loc[answer.measured["unmeasured"] > 0, "account_id"])


@pytest.mark.parametrize(
    ("day", "silent", "in_time"),
    [
        (date(2026, 2, 28), date(2025, 11, 27), date(2025, 11, 28)),
        (date(2026, 5, 31), date(2026, 2, 27), date(2026, 2, 28)),
        (date(2024, 5, 31), date(2024, 2, 28), date(2024, 2, 29)),
    ],
)
def test_three_months_end_with_the_last_day_of_a_short_month(day, silent, in_time):
    answer = account_silent.judge(
        accounts(
            {"account_id": "a", "imported_on": pd.Timestamp(silent)},
            {"account_id": "b", "imported_on": pd.Timestamp(in_time)},
        ),
        day,
        EDITION.params["account-silent"],
    )

    assert ["account:a"] == answer.findings["subject_url"].tolist()


def test_a_second_account_on_a_platform_is_told_whatever_the_platform_is_called():
    answer = account_duplicate.judge(
        accounts(
            {"account_id": "a", "platform": "微信公众号"},
            {"account_id": "b", "platform": "微信", "name": "甲局服务"},
            {"account_id": "c", "platform": "微博"},
            {"account_id": "d", "platform": "微信", "unit": "乙局"},
            {"account_id": "e", "platform": "微信", "unit": None},
            {"account_id": "f", "platform": "小程序", "kind": "小程序"},
            {"account_id": "g", "platform": "小程序", "kind": "小程序"},
        )
    )

    assert ["account:a", "account:b"] == sorted(answer.findings["subject_url"])
    assert "发布、甲局服务" in answer.findings["observed"].iloc[0]
    assert ["e"] == answer.measured.loc[answer.measured["unmeasured"] > 0, "account_id"].tolist()


def test_an_app_is_judged_by_what_the_office_states_and_a_blank_is_a_gap():
    sound = {
        "kind": "小程序",
        "level": "市",
        "filing_number": "皖1号",
        "complaint_url": "http://x.gov.cn/",
        "imported_on": days_ago(30),
    }
    answer = app_nonconforming.judge(
        accounts(
            {"account_id": "sound"} | sound,
            {"account_id": "unfiled"} | sound | {"filing_number": "无"},
            {"account_id": "low"} | sound | {"level": "乡"},
            {"account_id": "blank"} | sound | {"filing_number": None},
            {"account_id": "begun"} | sound | {"filing_number": "办理中"},
            {"account_id": "dormant"} | sound | {"imported_on": days_ago(400)},
            {"account_id": "wx"},
        ),
        TODAY,
        EDITION.params["app-nonconforming"],
    )

    assert {"account:unfiled", "account:low", "account:dormant"} == set(answer.findings["subject_url"])
    assert {"awaiting"} == set(answer.findings["state"])
    assert {"sound", "unfiled", "low", "blank", "begun", "dormant"} == set(answer.measured["account_id"])
    gaps = answer.measured[answer.measured["unmeasured"] > 0]
    assert {(name, "未备案", "未填报备案编号") for name in ("blank", "begun")} == set(
        gaps[["account_id", "category", "reason"]].itertuples(index=False, name=None)
    )


def test_rows_of_apps_are_asked_of_apps_alone():
    given = accounts({"account_id": "app", "kind": "小程序"}, {"account_id": "wx"})
    edition = EDITION.on(date(2026, 3, 18))
    nothing = pd.DataFrame(
        columns=[
            "account_id",
            "category",
            "looked",
            "failed",
            "unmeasured",
            "complete",
            "proves_absence",
            "reason",
            "awaiting",
        ]
    )
    results = score_accounts(given, dict.fromkeys(edition.account_checks(), nothing), edition)
    of_apps = [row.id for row in edition.indicators if row.scope == "app"]

    assert 6 == len(of_apps)
    asked = results.indicators[results.indicators["indicator_id"].isin(of_apps)]
    assert {"app"} == set(asked["account_id"])
    assert 2 * 3 + 6 == len(results.indicators)


def articles(*given: dict) -> pd.DataFrame:
    columns = "site_code section_name section_url class url title published_on source own characters undated_text doubts run_id fetched_at body_sha256"
    clean = {
        "site_code": SITE,
        "section_name": "工作动态",
        "section_url": "http://a.gov.cn/dt/",
        "source": "甲局",
        "own": False,
        "characters": 400,
    }
    rows = [
        clean
        | {
            "url": f"http://a.gov.cn/{n}.htm",
            "title": f"第{n}次会议",
            "undated_text": f"{n}",
            "published_on": days_ago(n),
        }
        | row
        for n, row in enumerate(given)
    ]
    return frame(columns, *rows)


@pytest.mark.parametrize(("own_exempt", "found"), [(True, ["2"]), (False, ["1", "2"])])
def test_the_office_s_own_article_needs_no_source_where_the_edition_says_so(own_exempt, found):
    listed = articles({}, {"source": None, "own": True}, {"source": " "})
    params = source_missing.Params(("动态要闻",), own_exempt=own_exempt)

    answer = source_missing.judge(sites(), listed, params)

    assert [f"http://a.gov.cn/{n}.htm" for n in found] == sorted(answer.findings["subject_url"])
    assert 3 == answer.measured["looked"].iloc[0]


def test_what_may_name_a_source_is_left_to_people():
    listed = articles({"source": None, "doubts": {"source": "供稿：办公室"}})
    answer = source_missing.judge(sites(), listed, source_missing.Params(("动态要闻",), own_exempt=True))

    assert ["awaiting"] == answer.findings["state"].tolist()


def test_twice_is_the_same_title_and_text_within_the_days():
    same = {"title": "关于开展检查的通知", "undated_text": "x"}
    listed = articles(
        same | {"published_on": days_ago(3)},
        same | {"published_on": days_ago(10)},
        same | {"published_on": days_ago(375)},  # renewed each year
        {"title": "关于开展检查的通知", "undated_text": "y"},  # another text
        {"title": "另一通知", "undated_text": "x"},  # another title
        same | {"section_name": "通知公告", "published_on": days_ago(3)},  # another section
        {"title": "图片新闻", "undated_text": "e", "characters": 0, "published_on": days_ago(1)},
        {"title": "图片新闻", "undated_text": "e", "characters": 0, "published_on": days_ago(1)},
    )
    answer = article_duplicate.judge(sites(), listed, article_duplicate.Params(("动态要闻",), days=90))

    assert ["http://a.gov.cn/0.htm"] == answer.findings["subject_url"].tolist()
    assert '"same_url":"http://a.gov.cn/1.htm"' in answer.findings["evidence"].iloc[0]


def boards(*given: dict) -> pd.DataFrame:
    columns = "site_code section_name section_url run_id outcome complete fetched_at letters answered_on unknown closed"
    clean = {
        "site_code": SITE,
        "section_name": "信箱",
        "outcome": "ok",
        "complete": True,
        "letters": 9,
        "unknown": 0,
    }
    rows = [clean | {"section_url": f"http://a.gov.cn/{n}/"} | row for n, row in enumerate(given)]
    return frame(columns, *rows)


@pytest.mark.parametrize(
    ("board", "state"),
    [
        ({"answered_on": pd.Timestamp(2026, 5, 21)}, "fail"),
        ({"answered_on": pd.Timestamp(2026, 5, 22)}, "pass"),
        ({"answered_on": pd.NaT}, "fail"),
        ({"answered_on": pd.NaT, "closed": "已停止受理"}, "pass"),
        ({"answered_on": pd.NaT, "unknown": 1}, "unmeasured"),
        ({"answered_on": pd.NaT, "letters": 0}, "unmeasured"),
        ({"answered_on": pd.NaT, "outcome": "blocked", "letters": 0}, "unmeasured"),
    ],
)
def test_a_board_is_silent_only_where_its_list_says_what_was_answered(board, state):
    answer = message_board_silent.judge(
        sites(), boards(board), date(2026, 11, 22), EDITION.params["message-board-silent"]
    )
    row = answer.measured.iloc[0]

    assert state == ("fail" if row["failed"] else "unmeasured" if row["unmeasured"] else "pass")
    assert {"awaiting"} >= set(answer.findings["state"])


def visits(*given: dict) -> pd.DataFrame:
    columns = "site_code name home_url unit run_id complete home_outcome fetched_at body_sha256"
    rows = [{"complete": True, "home_outcome": "ok", "home_url": "http://a.gov.cn/"} | row for row in given]
    return frame(columns, *rows)


def named(*given: dict) -> pd.DataFrame:
    columns = "site_code words url origin_url followed of_year other_year"
    rows = [{"of_year": False, "other_year": False, "followed": True} | row for row in given]
    return frame(columns, *rows)


def test_a_report_counts_wherever_it_is_named_and_a_way_out_leaves_the_answer_open():
    answer = annual_report_missing.judge(
        visits(
            {"site_code": "own", "unit": "甲局"},
            {"site_code": "above", "unit": "乙局"},
            {"site_code": "none", "unit": "丙局"},
            {"site_code": "old", "unit": "丁局"},
            {"site_code": "out", "unit": "戊局"},
            {"site_code": "cut", "unit": "己局", "complete": False},
        ),
        named(
            {"site_code": "own", "words": "甲局2025年政府信息公开工作年度报告", "of_year": True},
            {"site_code": "own", "words": "乙局2025年政府信息公开工作年度报告", "of_year": True},
            {
                "site_code": "old",
                "words": "2024年政府信息公开工作年度报告",
                "other_year": True,
                "followed": False,
            },
            {"site_code": "out", "words": "政府信息公开年报", "followed": False},
        ),
        "2025",
    )

    assert ["none", "old"] == sorted(answer.findings["site_code"])
    assert {"awaiting"} == set(answer.findings["state"])
    unsure = answer.measured.loc[answer.measured["unmeasured"] > 0, "site_code"]
    assert ["cut", "out"] == sorted(unsure)


@pytest.mark.parametrize(("day", "year"), [("2026-01-31", 2024), ("2026-02-01", 2025), ("2026-12-31", 2025)])
def test_the_report_is_that_of_last_year_once_its_day_has_passed(day, year):
    assert year == EDITION.params["annual-report-missing"].year(date.fromisoformat(day))
    assert "二〇二五" == annual_report_missing.in_words("2025")
