"""Score sheet, digest, unmeasured list and yearly report, counted against small frames."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from analytics.editions.chosen import load_edition
from analytics.figures.rates import Rate
from analytics.notices.documents import annual_work_report
from analytics.notices.documents.annual_work_report import Facts, blocks, report_year
from analytics.notices.documents.census_summary import place
from analytics.notices.documents.content_report import content_report
from analytics.notices.documents.duty_digest import duty_digest
from analytics.notices.documents.score_sheet import score_sheets
from analytics.notices.intranet.trends import pass_rate
from analytics.notices.intranet.unmeasured import unmeasured
from analytics.notices.results import Results
from analytics.notices.today import Today
from analytics.words.text import own_address
from tests.warehouse.folders import TODAY

EDITION = load_edition("inspection-2019")
CODE, HOME = "6500000001", "http://www.lanchuan.gov.cn/"


def fault(key, check, indicator, site=CODE):
    return {
        "finding_key": key,
        "site_code": site,
        "check_id": check,
        "indicator_id": indicator,
        "subject_url": f"{HOME}{key}",
        "origin_url": HOME,
        "observed": f"看到{key}",
        "expected": None,
        "name": "岚川市人民政府",
    }


def row(indicator, state, points=None, reason=""):
    return {
        "site_code": CODE,
        "indicator_id": indicator,
        "state": state,
        "points": points,
        "reason": reason,
        "basis": "依据近14日内2次读取",
    }


def life(key, state, due_on=None, fixed_on=None):
    return {
        **{
            name: value
            for name, value in fault(key, "link-dead", "usability").items()
            if name != "indicator_id"
        },
        "state": state,
        "first_seen_on": pd.Timestamp(TODAY),
        "fixed_on": pd.Timestamp(fixed_on) if fixed_on else pd.NaT,
        "page_gone": key == "long ago",
        "due_on": pd.Timestamp(due_on) if due_on else pd.NaT,
    }


@pytest.fixture
def results() -> Results:
    sites = [
        {
            "site_code": CODE,
            "verdict": "unqualified",
            "vetoes": ["veto-home-stale"],
            "score": None,
            "name": "岚川市人民政府",
            "unit": "岚川市人民政府办公室",
            "home_url": HOME,
            "level": "市",
            "kind": "门户",
        }
    ]
    indicators = [
        row("veto-home-stale", "fail", reason="首页不更新"),
        row("veto-unreachable", "unmeasured", reason="不足7天"),
        row("veto-services", "manual", reason="须由人工检查"),
        row("current-news", "pass", 0.0),
        row("usability", "fail", 1.5, "发现3处"),
        row("page-tags", "fail", 2.0, "发现1处"),
    ]
    findings = [
        *(fault(f"link{n}", "link-dead", "usability") for n in range(3)),
        fault("home", "home-stale", "veto-home-stale"),
        fault("tags", "tags-missing", "page-tags"),
        fault("footer", "footer-missing", "site-marks"),
    ]
    ledger = [
        life("new", "new"),
        life("back", "reopened"),
        life("late", "overdue", due_on="2026-11-20"),
        life("soon", "open", due_on="2026-12-01"),
        life("mended", "fixed", fixed_on=TODAY),
        life("long ago", "fixed", fixed_on="2026-10-01"),
    ]
    return Results(
        assessment_id="a",
        as_of=TODAY,
        edition=EDITION.id,
        edition_sha256=EDITION.sha256,
        snapshot="s",
        check_start_on=TODAY,
        sites=pd.DataFrame(sites).astype({"score": "float64"}),
        findings=pd.DataFrame(findings),
        indicators=pd.DataFrame(indicators),
        ledger=pd.DataFrame(ledger).drop(columns=["observed", "origin_url", "expected", "name"]),
    )


# ---------- score sheet


def test_what_to_mend_first_are_vetoes_then_most_points(results):
    sheet = next(score_sheets(results, EDITION))

    assert ["首页不更新", "页面标签", "可用性"] == [remedy.title for remedy in sheet.remedies]
    assert [1, 1, 3] == [remedy.faults for remedy in sheet.remedies]


def test_a_score_sheet_says_the_state_of_every_line_and_gives_no_points_to_what_is_open(results):
    sheet = next(score_sheets(results, EDITION))
    lines = {line.id: line for part in sheet.parts for line in part.rows}

    assert {"否决": 1, "未检测": 1, "待人工核定": 1, "通过": 1, "扣分": 2} == sheet.counts
    assert lines["veto-unreachable"].points is None
    assert [("链接打不开", 3, "个")] == lines["usability"].problems
    assert "单项否决，不计分" == sheet.score


def test_a_score_sheet_lists_what_scores_nowhere_as_well(results):
    sheet = next(score_sheets(results, EDITION))

    assert ["footer"] == [each["finding_key"] for each in sheet.unscored]


def test_a_fault_stands_under_every_line_that_counts_it_and_is_one_fault(results):
    under = pd.DataFrame(
        [("veto-home-stale", "home"), ("current-news", "home")], columns=["indicator_id", "finding_key"]
    )
    sheet = next(score_sheets(replace(results, under=under), EDITION))
    lines = {line.id: line for part in sheet.parts for line in part.rows}

    assert [[("首页不更新", 1, "家")]] * 2 == [
        lines[each].problems for each in ("veto-home-stale", "current-news")
    ]
    assert len(results.findings) == sheet.faults


# ---------- digest


def digest(results, previous=None, articles=(), changed=(), files=()):
    columns = ["site_code", "url", "title", "section_name", "class", "published_on", "title_before"]
    columns += ["text_before", "text"]
    sections = pd.DataFrame(
        {
            "site_code": CODE,
            "section_name": ["将到期", "已超期", "还早"],
            "section_url": HOME,
            "next_due_on": pd.to_datetime(["2026-11-25", "2026-11-01", "2027-01-01"]),
            "last_entry_on": pd.Timestamp("2026-11-01"),
        }
    )
    frames = [pd.DataFrame(list(rows), columns=columns) for rows in (articles, changed)]
    told = ["site_code", "name", "url", "sha256", "lines", "addresses", "before_on", "before_sha256"]
    told += ["before_lines", "before_addresses", "changed"]
    frames.append(pd.DataFrame(list(files), columns=told))
    return duty_digest(Today([], [], [], [], [], []), results, previous, *frames, sections)


def test_what_a_site_newly_tells_search_engines_is_told_line_by_line(results):
    day = pd.Timestamp("2026-11-20")
    files = [
        (CODE, "robots.txt", f"{HOME}robots.txt", "b", ["Disallow: /a", "Sitemap: http://x.cn/"], 0, day, "a", ["Disallow: /a", "Allow: /"], 0, True),
        (CODE, "sitemap.xml", f"{HOME}sitemap.xml", None, [], 0, day, "a", [], 900, True),
        (CODE, "verification", HOME, "a", ["a"], 0, day, "a", ["a"], 0, False),
    ]  # fmt: skip
    robots, sitemap = digest(results, results, files=files).changed_files

    assert ("内容有改动", ["Sitemap: http://x.cn/"], ["Allow: /"]) == (
        robots.change,
        robots.came,
        robots.went,
    )
    assert ("已不存在", (900, 0)) == (sitemap.change, sitemap.addresses)


def test_the_digest_tells_the_change_of_one_night(results):
    today = digest(results, results)

    assert ["岚川市人民政府"] == [site.name for site in today.broken]
    told = {
        name: [f["finding_key"] for site in getattr(today, name) for f in site.faults]
        for name in ("broken", "reopened", "mended")
    }
    assert {"broken": ["new"], "reopened": ["back"], "mended": ["mended"]} == told
    assert [("late", True), ("soon", False)] == [(f["finding_key"], f["overdue"]) for f in today.due]
    assert [("将到期", 3)] == [(s["section_name"], s["days_left"]) for s in today.sections_due]
    assert 4 == today.totals["standing"]


def test_a_verdict_that_changed_is_told_with_what_it_was(results):
    before = replace(results, sites=results.sites.assign(verdict="qualified"))

    assert [("qualified", "unqualified")] == [
        (v["before"], v["now"]) for v in digest(results, before).verdicts
    ]


def test_an_altered_article_shows_the_place_as_it_was_and_as_it_is(results):
    texts = ("投入1,200万元。", "投入1,500万元。")
    changed = [(CODE, f"{HOME}xwzx/1.html", "要闻", "要闻", "动态要闻", None, "旧题", *texts)]
    (article,) = digest(results, results, changed=changed).changed_articles.first

    assert article["retitled"]
    assert [("1,200", "1,500")] == [(place.before, place.now) for place in article["changes"].first]


def test_only_articles_of_the_site_itself_can_be_followed(results):
    articles = [
        (CODE, f"{HOME}xwzx/1.html", "要闻", "要闻", "动态要闻", None, None, None, None),
        (CODE, "https://spam.example/1.html", "外链", "要闻", "动态要闻", None, None, None, None),
    ]
    first = digest(results, results, articles).new_articles.first

    assert [f"{HOME}xwzx/1.html", None] == [article["href"] for article in first]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "http://www.lanchuan.gov.cn@spam.example/",
        "http://spam.example\\@www.lanchuan.gov.cn/",
        "http://lanchuan.gov.cn.spam.example/",
        "http://www.lanchuan.gov.cn/\u202egpj.exe",
        "//www.lanchuan.gov.cn/",
        "http://10.0.0.1/",
    ],
)
def test_an_address_that_could_lead_elsewhere_is_not_followed(address):
    assert own_address(address, HOME) is None
    assert own_address("http://10.0.0.1/", "http://10.0.0.1/") is None


# ---------- unmeasured


def unmeasured_rows(results):
    return results.indicators[results.indicators["state"] == "unmeasured"]


def test_the_unmeasured_list_says_what_stood_in_the_way_and_what_to_do(results):
    sections = pd.DataFrame({"site_code": [CODE, CODE], "outcome": ["robots_denied", "ok"]})
    homes = pd.DataFrame(
        [{"site_code": CODE, "home_outcome": "blocked", "finish_reason": "home_unreachable"}]
    )
    found = unmeasured(results, EDITION, unmeasured_rows(results), sections, homes)

    (site,) = found.with_verdict
    assert [] == found.without_verdict
    assert ["站点无法访问"] == [line["title"] for line in site.decisive]
    assert ["访问被防护设备拦截", "网站设置不允许自动访问"] == [way["cause"] for way in site.causes]


def test_a_week_of_probes_that_is_too_short_is_ours_to_complete(results):
    sections = pd.DataFrame({"site_code": [CODE], "outcome": ["ok"]})
    homes = pd.DataFrame([{"site_code": CODE, "home_outcome": "ok", "finish_reason": "finished"}])
    (site,) = unmeasured(results, EDITION, unmeasured_rows(results), sections, homes).with_verdict

    assert ["数据组"] == [way["who"] for way in site.causes]


# ---------- trends


def test_the_pass_rate_counts_measured_sites_of_one_edition_and_the_newest_judgement_of_a_day(results):
    days = pd.to_datetime(["2026-11-21", "2026-11-21", "2026-11-22", "2026-11-22"])
    verdicts = pd.DataFrame(
        {
            "as_of": days,
            "assessment_id": ["1", "1", "2", "3"],
            "edition": [EDITION.id, EDITION.id, EDITION.id, "census-2015"],
            "verdict": ["qualified", "unqualified", "unmeasured", "qualified"],
            "sites": [3, 1, 4, 9],
        }
    )

    assert (
        ("2026年11月21日", "3", "1", "0", "75.0%"),
        ("2026年11月22日", "0", "0", "4", "—"),
    ) == pass_rate(verdicts, results).rows


# ---------- yearly report


def facts(**more):
    site = {"unit": "甲", "name": "甲网", "home_url": HOME, "kind": "部门", "site_code": CODE}
    return Facts(**({"site": site, "home": {}, "published": {}, "messages": None, "accounts": ()} | more))


def values(known):
    return {field.label: field.value for block in blocks(known) for field in block.fields}


def test_a_year_counted_from_lists_that_do_not_reach_back_is_printed_as_at_least():
    whole, cut = {"sections": 1, "entries": 7, "whole": True}, {"sections": 2, "entries": 5, "whole": False}
    filled = values(facts(published={"通知公告": whole, "动态要闻": cut, "机构信息": whole}))

    assert "至少12" == filled["政务动态信息更新量（条）"]
    assert "7" == filled["概况类信息更新量（条）"]
    assert filled["信息公开目录信息更新量（条）"] is None


def test_what_no_machine_knows_stays_blank_in_the_yearly_report():
    filled = values(facts())

    assert "部门网站" == filled["网站类型"]
    assert {None} == {
        filled[label] for label in ("ICP备案号", "网站总访问量（次）", "收到留言数量（条）", "单位负责人")
    }


@pytest.mark.parametrize(
    ("as_of", "year"), [(date(2027, 1, 31), 2026), (date(2027, 2, 1), 2027), (date(2026, 11, 26), 2026)]
)
def test_until_the_end_of_january_the_report_is_of_the_year_before(as_of, year):
    assert year == report_year(as_of)


def test_the_fields_of_the_form_are_those_of_the_reference():
    assert 11 == len(blocks(facts()))
    assert annual_work_report.report_year(TODAY) == TODAY.year


def test_a_region_is_named_from_province_to_county():
    assert "安徽省巢湖市庐江县" == place("341421")
    assert "" == place(None)


# ---------- content


def test_the_content_report_counts_what_was_read_and_says_at_least_of_what_was_not():
    growth = pd.DataFrame(
        {
            "unit": ["甲", "乙", "甲"],
            "month": ["2026-11", "2026-11", "2026-10"],
            "entries": [9, 4, 5],
            "own_entries": [5, 4, 5],
            "complete": [True, False, True],
            "change": [4, None, None],
        }
    )
    plan = pd.DataFrame({"state": ["kept", "kept", "missing", "unread"]})
    adoption = pd.DataFrame(
        {
            "unit": ["甲", "乙"],
            "month": "2026-11",
            "submitted": [10, 3],
            "adopted": [7, None],
            "complete": [True, True],
        }
    )
    report = content_report(growth, plan, adoption, ["2026-10", "2026-11"])

    assert (13, 2, 7, True) == (report.submitted, report.submitting, report.adopted, report.adopted_whole)
    assert Rate(2, 3) == report.kept
    assert [("未开设", 1), ("达到要求", 2), ("未检测", 1)] == report.states
    assert (9, False) == (report.published, report.published_whole)
    assert (("甲", "5"),) == report.chart.rows  # of 乙 the month was not read whole
