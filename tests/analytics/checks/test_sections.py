from datetime import timedelta

import pandas as pd
import pytest

from analytics.checks import date_future, entry_undated, section_blank, section_stale
from analytics.editions.chosen import load_edition
from govcrawl.records.items import Entry, Link
from tests.analytics.frames import SITE, TODAY, frame, sites
from tests.warehouse.folders import HOME, NEWS, PORTAL, page, section_visit, site_visit

EDITION = load_edition("inspection-2019")
STALE = EDITION.params["section-stale"]

READING = (
    "site_code section_name section_url class rank update_days run_id outcome status complete pages_read fetched_at body_sha256 "
    "entries undated undated_read last_entry_on possible_on date_doubt entries_doubt alike last_line_on"
)


def days_ago(days: int) -> pd.Timestamp:
    return pd.Timestamp(TODAY - timedelta(days=days))


def section(last: pd.Timestamp | None = None, **facts) -> dict:
    """One section read to its end, with three dated entries unless said otherwise."""
    return {
        "site_code": SITE,
        "section_name": "栏目",
        "section_url": f"http://www.{SITE}.gov.cn/lm/",
        "class": "动态要闻",
        "rank": "一级",
        "outcome": "ok",
        "complete": True,
        "pages_read": 1,
        "entries": 3,
        "undated": 0,
        "undated_read": 0,
        "alike": 1,
        "last_entry_on": last,
    } | facts


def state(check, *rows: dict) -> str:
    reading = frame(READING, *rows)
    answer = (
        check.judge(sites(), reading, TODAY, STALE)
        if check is section_stale
        else check.judge(sites(), reading)
    )
    row = answer.measured.iloc[0]
    assert row["failed"] == len(answer.findings)
    assert row["unmeasured"] == len(answer.doubtful)
    return (
        "fail"
        if row["failed"]
        else "unmeasured"
        if row["unmeasured"]
        else "pass"
        if row["looked"]
        else "none"
    )


@pytest.mark.parametrize(
    ("section_class", "last_on", "expected"),
    [
        ("动态要闻", "2026-11-08", "pass"),
        ("动态要闻", "2026-11-07", "fail"),
        ("通知公告", "2026-05-22", "pass"),
        ("通知公告", "2026-05-21", "fail"),
        ("政策解读", "2026-05-21", "fail"),
        ("人事信息", "2025-11-22", "pass"),
        ("规划计划", "2025-11-21", "fail"),
        ("其他", "2001-01-01", "none"),
        ("在线访谈", "2001-01-01", "none"),
    ],
)
def test_each_class_has_its_term_and_both_days_are_whole(section_class, last_on, expected):
    assert expected == state(section_stale, section(pd.Timestamp(last_on), **{"class": section_class}))


@pytest.mark.parametrize(("days", "expected"), [(3, "pass"), (4, "fail")])
def test_update_days_of_the_registry_override_the_class(days, expected):
    assert expected == state(section_stale, section(days_ago(days), update_days=3))
    assert expected == state(section_stale, section(days_ago(days), update_days=3, **{"class": "其他"}))


def test_the_longer_term_of_the_registry_overrides_as_well():
    assert "pass" == state(section_stale, section(days_ago(50), update_days=60))


def test_the_rule_is_printed_from_the_edition():
    answer = section_stale.judge(sites(), frame(READING, section(days_ago(20))), TODAY, STALE)

    assert "动态要闻类栏目应在14天内有更新(2026-11-08至2026-11-22)" == answer.findings["expected"][0]
    assert "“栏目”最近更新日期2026-11-02" == answer.findings["observed"][0]


def test_entries_without_any_date_count_as_not_updated():
    undated = section(entries=4, undated=4, undated_read=4)

    assert "fail" == state(section_stale, undated)
    answer = section_stale.judge(sites(), frame(READING, undated), TODAY, STALE)
    assert "“栏目”有信息4条,均未注明发布时间" == answer.findings["observed"][0]


def test_undated_entries_whose_pages_were_not_read_leave_the_answer_open():
    assert "unmeasured" == state(section_stale, section(entries=4, undated=4, undated_read=0))


def test_a_blank_section_is_blank_and_not_stale():
    blank = section(entries=0)

    assert "pass" == state(section_stale, blank)
    assert "fail" == state(section_blank, blank)


@pytest.mark.parametrize(
    "outcome", ["blocked", "timeout", "robots_denied", "redirect_offsite", "not_found", None]
)
def test_a_section_that_could_not_be_read_is_unmeasured(outcome):
    shut = section(outcome=outcome, entries=0, complete=False)

    assert "unmeasured" == state(section_stale, shut)
    assert "unmeasured" == state(section_blank, shut)


def test_only_a_finished_reading_proves_anything_absent():
    assert "unmeasured" == state(section_blank, section(entries=0, complete=False))
    assert "unmeasured" == state(section_stale, section(days_ago(100), complete=False))
    assert "pass" == state(section_stale, section(days_ago(1), complete=False)), "one update proves itself"


@pytest.mark.parametrize(
    ("newest", "last_line", "expected"),
    [(20, 22, "fail"), (14, 22, "pass"), (20, 20, "unmeasured"), (100, 10, "pass"), (20, None, "unmeasured")],
)
def test_a_busy_section_is_judged_once_its_reading_reached_past_the_window(newest, last_line, expected):
    cut_short = section(
        days_ago(min(newest, last_line or newest)),
        last_line_on=last_line and days_ago(last_line),
        complete=False,
        pages_read=10,
    )

    assert expected == state(section_stale, cut_short)


def test_a_list_from_old_to_new_that_was_not_read_to_its_end_proves_nothing(folders, published):
    ascending = [
        Entry(f"第{year}年", f"{NEWS}{year}.html", f"{year}-05-01", "list") for year in (2020, 2021, 2022)
    ]
    folders.run("sections", section_visit(entries=ascending, complete=False), site_visit(PORTAL), hour=1)
    assert section_stale.run(published(), TODAY, STALE).findings.empty

    folders.run(
        "sections", section_visit(entries=ascending[::-1], complete=False), site_visit(PORTAL), hour=5
    )
    assert [NEWS] == list(section_stale.run(published(), TODAY, STALE).findings["subject_url"])


def test_sections_are_counted_by_class_and_rank():
    reading = frame(
        READING,
        section(days_ago(300), **{"class": "通知公告"}),
        section(
            days_ago(300), section_name="二", section_url="http://x/2", rank="二级", **{"class": "通知公告"}
        ),
        section(days_ago(1), section_name="三", section_url="http://x/3"),
    )
    counted = section_stale.judge(sites(), reading, TODAY, STALE).measured

    assert {"动态要闻·一级": 0, "通知公告·一级": 1, "通知公告·二级": 1} == dict(
        zip(counted["category"], counted["failed"], strict=True)
    )


def test_a_site_without_registered_sections_still_has_its_row():
    counted = section_blank.judge(sites("a", "b"), frame(READING)).measured

    assert [("a", 0), ("b", 0)] == list(zip(counted["site_code"], counted["looked"], strict=True))


def test_an_entry_is_undated_only_when_its_page_was_read_and_prints_no_date(folders, published):
    entries = [
        Entry("列表有日期", f"{NEWS}1.html", "2026-11-20", "list"),
        Entry("页面有日期", f"{NEWS}2.html"),
        Entry("都没有", f"{NEWS}3.html"),
        Entry("页面未读", f"{NEWS}4.html"),
    ]
    folders.run(
        "sections",
        section_visit(entries=entries),
        page(PORTAL, "dtyw/2.html", published_at="2026-11-19"),
        page(PORTAL, "dtyw/3.html", body_sha256="ab" * 32),
        page(PORTAL, "dtyw/4.html", outcome="timeout", status=None),
        site_visit(PORTAL),
    )
    answer = entry_undated.run(published(), TODAY, EDITION.params["entry-undated"])

    assert [f"{NEWS}3.html"] == list(answer.findings["subject_url"])
    assert [NEWS] == list(answer.findings["origin_url"])
    assert "ab" * 32 in answer.findings["evidence"][0]


def test_a_date_of_tomorrow_is_found_in_sections_and_on_the_home_page_once(folders, published):
    tomorrow = Entry("明天", f"{NEWS}1.html", "2026-11-23", "list")
    undated_there = Entry("明天", f"{NEWS}1.html", "2026-11-23", "tag")
    folders.run(
        "visit",
        section_visit(entries=[tomorrow, Entry("今天", f"{NEWS}2.html", "2026-11-22", "list")]),
        page(PORTAL, entries=[undated_there]),
        site_visit(PORTAL),
    )
    answer = date_future.run(published(), TODAY, EDITION.params["date-future"])

    assert [f"{NEWS}1.html"] == list(answer.findings["subject_url"])
    assert "“明天”标注的日期为2026-11-23" == answer.findings["observed"][0]
    assert NEWS == answer.findings["origin_url"][0], "the list that prints the day, not the home page"
    assert '"date_origin":"list"' in answer.findings["evidence"][0]


def test_a_section_read_twice_in_a_night_is_judged_by_the_newer_reading(folders, published):
    old, new = (Entry("条", f"{NEWS}1.html", day, "list") for day in ("2026-09-01", "2026-11-21"))
    folders.run("sections", section_visit(entries=[old]), site_visit(PORTAL), hour=1)
    folders.run("sections", section_visit(entries=[new]), site_visit(PORTAL), hour=5)

    assert section_stale.run(published(), TODAY, STALE).findings.empty


def test_the_date_on_the_article_counts_where_the_list_prints_none(folders, published):
    folders.run(
        "sections",
        section_visit(entries=[Entry("条", f"{NEWS}1.html")], complete=True),
        site_visit(PORTAL),
        hour=1,
    )
    folders.run(
        "site", page(PORTAL, "dtyw/1.html", published_at="2026-11-20T08:00"), site_visit(PORTAL), hour=3
    )

    assert section_stale.run(published(), TODAY, STALE).findings.empty


@pytest.mark.parametrize("check", [section_stale, section_blank])
@pytest.mark.parametrize(("alike", "expected"), [(2, "pass"), (3, "unmeasured"), (6, "unmeasured")])
def test_a_list_that_several_sections_show_is_none_of_their_own(check, alike, expected):
    assert expected == state(check, section(days_ago(1), alike=alike))


@pytest.mark.parametrize(
    ("rows", "carriers", "unsure"),
    [
        ("zxxx/", 9, True),  # a box of all pages, beside an empty list
        (
            "zxxx/",
            4,
            False,
        ),  # of some pages: the section's own rows, shown on the home page and beside articles
        ("dtyw/", 9, False),  # all pages show what is newest in this section
    ],
)
def test_a_box_of_all_pages_is_no_list_of_one_section(folders, published, rows, carriers, unsure):
    box = [f"{HOME[PORTAL]}{rows}{number}.html" for number in range(3)]
    links = [Link(url, "page", "某局召开会议", internal=True) for url in box]
    shown = [
        {"new_links": links, "link_nos": [0, 1, 2]},
        *({"link_nos": [0, 1, 2]} for _ in range(carriers - 1)),
    ]
    pages = [
        page(PORTAL, f"a/{number}.html" if number else "", read_state="read", **facts)
        for number, facts in enumerate([*shown, *({} for _ in range(10 - carriers))])
    ]
    listed = [Entry("某局召开会议", url, str(days_ago(1).date()), "list") for url in box]
    folders.run("visit", *pages, section_visit(entries=listed), site_visit(PORTAL))

    reading = published().query("section_reading", as_of=TODAY).set_index("section_url")
    assert unsure == (reading.loc[NEWS, "alike"] >= 3)


def test_a_doubtful_blank_section_waits_for_a_person():
    answer = section_blank.judge(sites(), frame(READING, section(entries=0, entries_doubt="甲 / 乙 / 丙")))
    assert ["awaiting"] == list(answer.findings["state"])
    assert "甲 / 乙 / 丙" in answer.findings["evidence"][0]


def test_a_year_nobody_printed_makes_no_section_fresh_and_none_stale_that_it_could_make_fresh():
    assert "unmeasured" == state(section_stale, section(possible_on=days_ago(1)))
    assert "unmeasured" == state(section_stale, section(days_ago(400), possible_on=days_ago(1)))
    assert "fail" == state(section_stale, section(possible_on=days_ago(200)))
    assert "pass" == state(section_stale, section(days_ago(1), possible_on=days_ago(200)))
