"""What a researcher sees of one small night."""

from datetime import date, timedelta

import duckdb
import pytest

from govcrawl.records.items import Entry, Link
from govcrawl.registry import Registry, Section, Site
from govcrawl.warehouse.load import load_all
from tests.warehouse.folders import (
    BUREAU,
    HOME,
    NEWS,
    NOTICES,
    PORTAL,
    REGISTRY,
    TODAY,
    Folders,
    iso,
    link_check,
    page,
    section_visit,
    site_visit,
)


@pytest.fixture
def ask(folders):
    """Load what the folders hold, then answer a query with tuples."""

    def answer(query):
        assert [] == load_all(folders.data).refused
        with duckdb.connect(str(folders.data / "warehouse.duckdb"), read_only=True) as connection:
            return connection.execute(query).fetchall()

    return answer


def test_the_newest_finished_run_says_which_registry_is_shown(folders, ask):
    folders.night()
    later = Folders(folders.data, Registry(sites=(Site(PORTAL, "新名", HOME[PORTAL], "办公室"),)))
    later.run("site", page(PORTAL), site_visit(PORTAL), day=TODAY + timedelta(days=1))

    assert [("新名",)] == ask("SELECT name FROM site")
    assert [] == ask("FROM section")
    assert [(PORTAL, "岚川市人民政府"), (BUREAU, "岚川市交通局")] == ask(
        f"SELECT site_code, name FROM site_history WHERE as_of = '{TODAY}' AND run_id LIKE '%-site' ORDER BY 1"
    )


def test_a_link_carries_the_last_word_on_its_target(folders, ask):
    folders.night()
    found = ask("""
        SELECT target_url, outcome, status, confirmed, origins, on_home, attempts, wrong
        FROM link ORDER BY target_url
    """)

    assert [
        ("http://10.1.2.3/oa", "not_attempted", None, False, 1, True, 0, "intranet"),
        ("http://www.example.com/x", "ok", 200, False, 1, True, 2, None),
        (f"{HOME[PORTAL]}a.pdf", "not_attempted", None, False, 1, False, 0, None),
        (f"{NEWS}a.html", "ok", 200, False, 1, True, 1, None),
        (f"{NEWS}gone.html", "not_found", 404, True, 2, True, 2, None),
    ] == found


def test_a_link_names_the_page_that_first_carried_it_and_what_a_reader_sees(folders, ask):
    folders.night()

    assert [(HOME[PORTAL], "已失效")] == ask(
        f"SELECT origin_url, anchor_text FROM link WHERE target_url = '{NEWS}gone.html'"
    )
    assert [(f"{NEWS}a.html", "附件")] == ask(
        "SELECT origin_url, anchor_text FROM link WHERE kind = 'attachment'"
    )


def test_before_the_links_run_a_dead_page_is_known_but_not_confirmed(folders, ask):
    gone = f"{NEWS}gone.html"
    folders.run(
        "site",
        page(PORTAL, new_links=[Link(gone, "page")], link_nos=[0]),
        page(PORTAL, "dtyw/gone.html", status=404, outcome="not_found"),
        site_visit(PORTAL),
    )

    assert [("not_found", False, 1, None)] == ask(
        "SELECT outcome, confirmed, attempts, links_run_id FROM link"
    )


def test_a_page_nobody_asked_because_the_budget_was_used_up_says_so(folders, ask):
    met = [Link(f"{NEWS}a.html", "page"), Link(f"{NEWS}a.pdf", "attachment")]
    folders.run(
        "site", page(PORTAL, new_links=met, link_nos=[0, 1]), site_visit(PORTAL, finish_reason="budget_spent")
    )

    assert [("attachment", "not_attempted"), ("page", "budget_spent")] == ask(
        "SELECT kind, outcome FROM link ORDER BY kind"
    )


def test_only_the_links_run_of_the_same_night_speaks_for_a_target(folders, ask):
    gone = f"{NEWS}gone.html"
    home = page(PORTAL, new_links=[Link(gone, "page")], link_nos=[0])
    first = folders.run("site", home, site_visit(PORTAL), day=TODAY - timedelta(days=1))
    folders.run("links", link_check(gone), day=TODAY - timedelta(days=1), hour=3, of_run=first)
    folders.run("site", home, site_visit(PORTAL))

    assert [("not_attempted",), ("not_found",)] == ask("SELECT outcome FROM link ORDER BY 1")


def test_a_target_has_its_place_its_first_pages_and_the_way_it_was_checked(folders, ask):
    gone = f"{NEWS}gone.html"
    first = page(
        PORTAL, new_links=[Link(gone, "page", "旧闻", position="#list > a:nth-child(1)")], link_nos=[0]
    )
    others = [
        page(PORTAL, f"dtyw/{n}.html", first_link_no=1, link_nos=[0], fetched_at=iso(TODAY, 3))
        for n in range(7)
    ]
    check = link_check(gone)
    check.attempts[-1].redirects = [gone, f"{NEWS}moved.html"]
    run = folders.run("site", first, *others, site_visit(PORTAL))
    folders.run("links", check, hour=4, of_run=run)

    ((position, origins, pages, redirects),) = ask(
        "SELECT position, origins, first_origins, redirects FROM link"
    )
    assert ("#list > a:nth-child(1)", 8) == (position, origins)
    assert [HOME[PORTAL], *[f"{NEWS}{n}.html" for n in range(4)]] == pages
    assert [gone, f"{NEWS}moved.html"] == redirects


def test_a_day_whose_year_was_assumed_gives_way_to_that_of_the_article(folders, ask):
    listed = [
        Entry("关于防汛的通知", f"{NEWS}a.html", "2025-11-27", "list", year_assumed=True),
        Entry("关于检查的通知", f"{NEWS}b.html", "2025-11-26", "list", year_assumed=True),
        Entry("关于会议的通知", f"{NEWS}c.html", "2025-11-25", "list"),
    ]
    articles = [
        page(PORTAL, "dtyw/a.html", kind="article", published_at="2020-11-27", date_origin="label"),
        page(PORTAL, "dtyw/c.html", kind="article", published_at="2020-11-25", date_origin="label"),
    ]
    folders.run("site", page(PORTAL, entries=listed), *articles, site_visit(PORTAL))

    assert [("2020-11-27",), ("2025-11-26",), ("2025-11-25",)] == ask(
        "SELECT published_on::VARCHAR FROM home_entry ORDER BY url"
    )


def test_a_target_met_in_two_ways_is_one_row(folders, ask):
    twice = [Link(f"{NEWS}a.jpg", "image", "图"), Link(f"{NEWS}a.jpg", "page", "原图")]
    folders.run("site", page(PORTAL, new_links=twice, link_nos=[0, 1]), site_visit(PORTAL))

    assert [(f"{NEWS}a.jpg", "image")] == ask("SELECT target_url, kind FROM link")


def test_the_time_a_page_prints_is_civil_time_as_far_as_it_goes(folders, ask):
    printed = {"a": "2026-11-22", "b": "2026-11-22T10:08", "c": "2026-11-22T10:08:30", "d": None}
    folders.run("site", *(page(PORTAL, path, published_at=value) for path, value in printed.items()))

    assert [
        ("2026-11-22 00:00:00",),
        ("2026-11-22 10:08:00",),
        ("2026-11-22 10:08:30",),
        (None,),
    ] == ask("SELECT published_at::VARCHAR FROM page ORDER BY url")


def test_of_a_page_tried_twice_the_last_answer_counts(folders, ask):
    failed = {"status": None, "outcome": "timeout", "final_url": None}
    entries = [Entry("甲", f"{NEWS}a.html", "2026-11-21", "list")]
    folders.run(
        "site",
        page(PORTAL, **failed),
        page(
            PORTAL,
            fetched_at=iso(TODAY, 3),
            entries=entries,
            new_links=[Link(f"{NEWS}a.html", "page")],
            link_nos=[0],
        ),
        page(PORTAL, "dtyw/a.html", **failed),
        page(PORTAL, "dtyw/a.html", fetched_at=iso(TODAY, 3), status=404, outcome="not_found"),
        site_visit(PORTAL),
    )

    assert [("not_found",), ("ok",)] == ask("SELECT outcome FROM page ORDER BY outcome")
    assert [("not_found", 404)] == ask("SELECT outcome, status FROM link")
    assert [("ok", 1)] == ask("SELECT outcome, entries FROM home_activity")
    assert [(4,)] == ask("SELECT count(*) FROM raw.page")


def test_a_section_shows_its_newest_entry_and_leaves_future_days_out(folders, ask):
    folders.night()

    assert [
        ("动态要闻", "动态要闻", "一级", None, "ok", 3, 1, 1, date(2026, 11, 20)),
        ("通知公告", "通知公告", "二级", 90, "timeout", 0, 0, 0, None),
    ] == ask("""
        SELECT section_name, class, rank, update_days, outcome, entries, undated, future, last_entry_on
        FROM section_activity ORDER BY section_name
    """)


def test_a_section_has_the_class_it_had_when_the_run_was_made(folders, ask):
    folders.run("sections", section_visit(), site_visit(PORTAL), day=TODAY - timedelta(days=1))
    reclassed = Registry(sites=REGISTRY.sites, sections=(Section(PORTAL, "动态要闻", NEWS, "其他"),))
    Folders(folders.data, reclassed).run("sections", section_visit(), site_visit(PORTAL))

    assert [("动态要闻",), ("其他",)] == ask("SELECT class FROM section_activity ORDER BY run_id")


def test_sections_of_one_name_are_told_apart_by_their_address(folders, ask):
    other = f"{HOME[PORTAL]}jtj/tzgg/"
    twins = Registry(
        sites=REGISTRY.sites,
        sections=(
            Section(PORTAL, "通知公告", NOTICES, "通知公告"),
            Section(PORTAL, "通知公告", other, "其他"),
        ),
    )
    Folders(folders.data, twins).run(
        "sections",
        section_visit(NOTICES, "通知公告", entries=[Entry("甲", "http://x/1", "2026-11-01", "list")]),
        section_visit(other, "通知公告"),
    )

    assert [(other, "其他", 0), (NOTICES, "通知公告", 1)] == ask(
        "SELECT section_url, class, entries FROM section_activity ORDER BY section_url"
    )


def test_an_entry_says_when_its_section_listed_it_first(folders, ask):
    listed = [Entry("甲", f"{NEWS}a.html", "2026-11-01", "list")]
    folders.run("sections", section_visit(entries=listed), day=TODAY - timedelta(days=2))
    listed.append(Entry("乙", f"{NEWS}b.html"))
    folders.run("sections", section_visit(entries=listed))

    assert [("乙", None, TODAY), ("甲", date(2026, 11, 1), TODAY - timedelta(days=2))] == ask(
        f"SELECT title, published_on, first_seen_on FROM entry WHERE run_id LIKE '{TODAY:%Y%m%d}%' ORDER BY title"
    )


def test_entries_whose_address_only_a_script_knows_are_first_seen_one_by_one(folders, ask):
    listed = [Entry("甲", "javascript:;", "2026-11-01", "list")]
    folders.run("sections", section_visit(entries=listed), day=TODAY - timedelta(days=2))
    listed += [Entry("乙", "javascript:;", "2026-11-21", "list")]
    folders.run("sections", section_visit(entries=listed))

    assert [("乙", TODAY), ("甲", TODAY - timedelta(days=2))] == ask(
        f"SELECT title, first_seen_on FROM entry WHERE run_id LIKE '{TODAY:%Y%m%d}%' ORDER BY title"
    )
    assert [(2, date(2026, 11, 21))] == ask(
        f"SELECT entries, last_entry_on FROM section_activity WHERE run_id LIKE '{TODAY:%Y%m%d}%'"
    )


def test_a_day_in_the_address_of_a_page_is_no_day_of_a_home_entry(folders, ask):
    folders.run(
        "site",
        page(PORTAL, entries=[Entry("甲", f"{NEWS}a.html")]),
        page(PORTAL, "dtyw/a.html", published_at="2026-11-20", date_origin="url"),
        site_visit(PORTAL),
    )

    assert [(None, None)] == ask("SELECT published_on, date_origin FROM home_entry")


def test_a_home_page_takes_missing_days_from_the_pages_visited_in_the_same_run(folders, ask):
    folders.night()

    assert [
        (f"{NEWS}a.html", date(2026, 11, 20), "tag"),
        (f"{NEWS}b.html", None, None),
    ] == ask("SELECT url, published_on, date_origin FROM home_entry ORDER BY url")
    assert [
        (BUREAU, "timeout", 0, 0, None),
        (PORTAL, "ok", 2, 1, date(2026, 11, 20)),
    ] == ask(
        "SELECT site_code, outcome, entries, undated, last_entry_on FROM home_activity ORDER BY outcome DESC"
    )


def test_behind_an_entrance_the_pages_it_leads_to_count(folders, ask):
    inside = [Entry("甲", f"{NEWS}a.html", "2026-11-21", "list"), Entry("甲", f"{NEWS}a.html")]
    folders.run(
        "site",
        page(PORTAL, navigation_only=True),
        page(PORTAL, "index_zh.html", entries=inside),
        page(BUREAU),
        page(BUREAU, "list.html", entries=inside),
    )

    assert [(PORTAL, True, 1, 0, date(2026, 11, 21)), (BUREAU, False, 0, 0, None)] == ask(
        "SELECT site_code, navigation_only, entries, undated, last_entry_on FROM home_activity ORDER BY site_code"
    )


def test_an_entry_dated_after_the_run_is_no_update(folders, ask):
    folders.run("site", page(PORTAL, entries=[Entry("甲", f"{NEWS}a.html", "2027-01-01", "list")]))

    assert [(1, 1, None)] == ask("SELECT entries, future, last_entry_on FROM home_activity")


def test_the_ledger_shows_each_fault_as_the_newest_assessment_leaves_it(folders, ask):
    folders.assessment("20261121T040000Z", TODAY - timedelta(days=1))
    newest = folders.assessment("20261122T040000Z", state="open")

    assert [("k1", "open", newest)] == ask("SELECT finding_key, state, assessment_id FROM ledger")
    assert [(2,)] == ask("SELECT count(*) FROM finding")


def test_a_view_works_in_an_attached_database(folders, ask):
    folders.night()
    expected = ask("SELECT count(*) FROM link")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{folders.data}/warehouse.duckdb' AS gov (READ_ONLY)")

        assert expected == connection.execute("SELECT count(*) FROM gov.link").fetchall()
