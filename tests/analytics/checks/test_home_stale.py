from datetime import timedelta

import pytest

from analytics.checks import home_stale
from analytics.checks.home_stale import Params
from govcrawl.records.items import Entry, Link
from tests.analytics.frames import TODAY
from tests.warehouse.folders import HOME, PORTAL, page, section_visit, site_visit

RULE = Params(days=14)


def days_ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


@pytest.fixture
def judged(folders, published):
    """Judges the portal after one site run (and, where given, one sections run) of these records."""

    def judge(*site_records, sections=()):
        if sections:
            folders.run("sections", *sections, site_visit(PORTAL), hour=1)
        folders.run("site", *site_records, site_visit(PORTAL))
        answer = home_stale.run(published(), TODAY, RULE)
        row = answer.measured[answer.measured["site_code"] == PORTAL].iloc[0]
        state = "fail" if row["failed"] else "unmeasured" if row["unmeasured"] else "pass"
        assert (state == "fail") == (PORTAL in set(answer.findings["site_code"]))
        return state, row["reason"]

    return judge


def line(name: str, published_on: str | None = None) -> Entry:
    return Entry(f"标题{name}", f"{HOME[PORTAL]}{name}.html", published_on, "list" if published_on else None)


def link(name: str, **facts) -> Link:
    return Link(f"{HOME[PORTAL]}{name}.html", "page", f"标题{name}", **facts)


def test_an_entry_fourteen_days_old_is_in_time(judged):
    assert ("pass", f"首页最近更新日期{days_ago(14)}") == judged(
        page(PORTAL, entries=[line("a", days_ago(14))])
    )


def test_an_entry_fifteen_days_old_is_too_old(judged):
    state, reason = judged(page(PORTAL, entries=[line("a", days_ago(15)), line("b", days_ago(40))]))

    assert ("fail", f"首页最近更新日期{days_ago(15)},此后无信息更新") == (state, reason)


def test_a_day_that_has_not_come_is_no_update(judged):
    state, reason = judged(page(PORTAL, entries=[line("a", days_ago(-1)), line("b", days_ago(30))]))

    assert "fail" == state
    assert days_ago(30) in reason


def test_the_date_on_the_page_counts_where_the_list_prints_none(judged):
    state, _ = judged(
        page(PORTAL, entries=[line("a")], new_links=[link("a")], link_nos=[0]),
        page(PORTAL, "a.html", published_at=f"{days_ago(3)}T09:30", date_origin="tag"),
    )

    assert "pass" == state


def test_a_date_that_stands_in_an_address_alone_does_not_count(judged):
    state, reason = judged(
        page(PORTAL, entries=[line("a")], new_links=[link("a")], link_nos=[0]),
        page(PORTAL, "a.html", published_at=days_ago(3), date_origin="url"),
    )

    assert ("fail", "首页1条信息均未注明发布时间") == (state, reason)


def test_the_date_of_a_page_that_only_the_sections_spider_read_counts_as_well(judged):
    state, _ = judged(
        page(PORTAL, entries=[line("a")], new_links=[link("a")], link_nos=[0]),
        sections=[page(PORTAL, "a.html", published_at=days_ago(3), date_origin="label"), section_visit()],
    )

    assert "pass" == state


def test_undated_pages_count_as_not_updated(judged):
    state, reason = judged(
        page(PORTAL, entries=[line("a"), line("b")], new_links=[link("a"), link("b")], link_nos=[0, 1]),
        page(PORTAL, "a.html"),
        page(PORTAL, "b.html"),
    )

    assert ("fail", "首页2条信息均未注明发布时间") == (state, reason)


def test_an_undated_entry_whose_page_was_not_read_leaves_the_answer_open(judged):
    state, reason = judged(
        page(PORTAL, entries=[line("a", days_ago(40)), line("b")], new_links=[link("b")], link_nos=[0]),
    )

    assert ("unmeasured", "首页1条信息未标日期且其页面未读取") == (state, reason)


def test_an_undated_entry_of_another_site_is_no_update_of_this_one(judged):
    state, _ = judged(
        page(
            PORTAL,
            entries=[line("a", days_ago(40)), Entry("国务院要闻", "http://www.gov.cn/yw/1.html")],
            new_links=[Link("http://www.gov.cn/yw/1.html", "page", "国务院要闻", internal=False)],
            link_nos=[0],
        ),
    )

    assert "fail" == state


@pytest.mark.parametrize(
    ("outcome", "words"),
    [("blocked", "被防护设备拦截"), ("timeout", "访问超时"), ("redirect_offsite", "跳转至其他网站")],
)
def test_a_home_page_that_could_not_be_read_is_unmeasured(judged, outcome, words):
    assert ("unmeasured", f"首页未能读取:{words}") == judged(page(PORTAL, status=None, outcome=outcome))


def test_a_site_the_night_never_reached_is_unmeasured(folders, published):
    folders.run("sections", section_visit(), site_visit(PORTAL))
    answer = home_stale.run(published(), TODAY, RULE)

    assert ["首页未能读取:未访问"] * 2 == list(answer.measured["reason"])


def test_a_home_page_without_entries_is_unmeasured(judged):
    assert ("unmeasured", "首页未识别出信息条目") == judged(page(PORTAL))


def test_an_entrance_is_judged_by_the_pages_behind_it(judged):
    state, _ = judged(
        page(PORTAL, navigation_only=True, entries=[line("old", days_ago(100))]),
        page(PORTAL, "xw/", entries=[line("a", days_ago(2))]),
    )

    assert "pass" == state


def test_an_entrance_with_nothing_new_behind_it_is_stale(judged):
    state, _ = judged(
        page(PORTAL, navigation_only=True), page(PORTAL, "xw/", entries=[line("a", days_ago(20))])
    )

    assert "fail" == state


def test_an_entrance_with_a_page_behind_it_unread_is_unmeasured(judged):
    state, reason = judged(
        page(PORTAL, navigation_only=True),
        page(PORTAL, "xw/", entries=[line("a", days_ago(20))]),
        page(PORTAL, "zw/", status=None, outcome="timeout"),
    )

    assert ("unmeasured", "首页仅为导航入口,1个二级页面未能读取") == (state, reason)
