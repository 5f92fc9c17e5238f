import pandas as pd
import pytest

from analytics.checks import footer_missing, tags_missing
from analytics.editions.chosen import load_edition
from govcrawl.records.items import Entry
from tests.analytics.frames import SITE, TODAY, frame, sites
from tests.warehouse.folders import HOME, PORTAL, page, site_visit

EDITION = load_edition("inspection-2019")
TAGS, FOOTER = EDITION.params["tags-missing"], EDITION.params["footer-missing"]

COLUMNS = "site_code url kind finish_reason run_id fetched_at body_sha256 has_site_tags has_column_tags has_content_tags doubts"


def pages(kind: str, count: int, *, first: int = 0, site=True, column=True, content=True) -> list[dict]:
    return [
        {
            "site_code": SITE,
            "url": f"http://www.{SITE}.gov.cn/{kind}/{number}.html",
            "kind": kind,
            "finish_reason": "finished",
            "has_site_tags": site,
            "has_column_tags": column,
            "has_content_tags": content,
        }
        for number in range(first, first + count)
    ]


def judged(*rows: dict):
    return tags_missing.judge(sites(), frame(COLUMNS, *rows), TAGS)


def test_five_content_and_five_section_pages_are_drawn():
    answer = judged(*pages("article", 40, content=False), *pages("section", 12, site=False))

    assert {"内容页": 5, "栏目页": 5} == dict(
        zip(answer.measured["category"], answer.measured["failed"], strict=True)
    )
    assert 10 == len(answer.findings)


def test_the_same_pages_are_drawn_whatever_else_the_night_read():
    faulty = pages("article", 40, content=False)
    drawn = set(judged(*faulty).findings["subject_url"])

    assert drawn == set(judged(*reversed(faulty)).findings["subject_url"])


@pytest.mark.parametrize(
    ("kind", "groups", "observed"),
    [
        ("article", {"content": False}, "内容页没有内容标签"),
        ("article", {"site": False}, "内容页没有站点标签"),
        ("article", {"site": False, "content": False}, "内容页没有站点标签、内容标签"),
        ("section", {"column": False}, "栏目页没有栏目标签"),
    ],
)
def test_the_missing_groups_are_named(kind, groups, observed):
    assert [observed] == list(judged(*pages(kind, 1, **groups)).findings["observed"])


@pytest.mark.parametrize(("kind", "group"), [("article", "column"), ("section", "content")])
def test_only_the_groups_due_on_a_page_are_asked(kind, group):
    assert judged(*pages(kind, 3, **{group: False})).findings.empty


def test_a_faulty_page_that_was_not_drawn_stays_in_doubt():
    answer = judged(*pages("article", 40, content=False))

    assert 35 == len(answer.doubtful)


def test_a_site_without_readable_pages_is_unmeasured():
    row = judged().measured.iloc[0]

    assert (0, False) == (row["looked"], row["complete"])


def test_one_tag_of_a_group_is_enough(folders, published):
    folders.run(
        "site",
        page(PORTAL, "a.html", kind="article", tags={"SiteName": "岚川", "PubDate": "2026-11-01"}),
        page(PORTAL, "b.html", kind="article", tags={"ColumnName": "要闻"}),
        page(PORTAL, "c.html", kind="article", outcome="not_found", status=404),
        page(PORTAL, "d.html", kind="other"),
        site_visit(PORTAL),
    )
    found = tags_missing.run(published(), TODAY, TAGS).findings

    assert ["内容页没有站点标签、内容标签"] == list(found["observed"])
    assert found["subject_url"][0].endswith("b.html")


def test_a_page_in_a_folder_of_its_own_is_a_section_page_only_if_registered_or_with_rows(folders, published):
    folders.run(
        "site",
        page(PORTAL, "dtyw/", kind="section"),
        page(PORTAL, "zdxx/", kind="section", entries=[Entry("岚川市召开会议", f"{HOME[PORTAL]}a.html")]),
        page(PORTAL, "znwd/", kind="section"),
        page(PORTAL, "dczj/", kind="section", tags={"ColumnName": "调查征集"}),
        site_visit(PORTAL),
    )
    answer = tags_missing.run(published(), TODAY, TAGS)

    assert {
        f"{HOME[PORTAL]}dtyw/": "栏目页没有站点标签、栏目标签",
        f"{HOME[PORTAL]}zdxx/": "栏目页没有站点标签、栏目标签",
        f"{HOME[PORTAL]}dczj/": "栏目页没有站点标签",
    } == dict(zip(answer.findings["subject_url"], answer.findings["observed"], strict=True))
    assert [f"{HOME[PORTAL]}znwd/"] == list(answer.doubtful["subject_url"])


ALL = dict.fromkeys(
    ("party_mark", "site_code", "icp", "police_record", "unit", "contact", "ticket_entry"), "有"
)


def missing(snapshot) -> pd.DataFrame:
    found = footer_missing.run(snapshot, TODAY, FOOTER).findings
    return found[found["site_code"] == PORTAL]


def test_each_missing_item_is_one_fault_of_the_home_page(folders, published):
    shown = {item: value for item, value in ALL.items() if item not in {"icp", "contact"}}
    folders.run("site", page(PORTAL, footer=shown), site_visit(PORTAL))
    found = missing(published())

    assert {"首页底部功能区未列明ICP备案编号", "首页底部功能区未列明联系方式"} == set(found["observed"])
    assert 2 == found["finding_key"].nunique()
    assert 1 == found["subject_url"].nunique()


def test_pages_below_the_home_page_do_not_speak_for_it(folders, published):
    folders.run("site", page(PORTAL), page(PORTAL, "a.html", footer=ALL), site_visit(PORTAL))

    assert 6 == len(missing(published()))


def test_behind_an_entrance_the_next_pages_may_show_the_items(folders, published):
    folders.run(
        "site", page(PORTAL, navigation_only=True), page(PORTAL, "zw/", footer=ALL), site_visit(PORTAL)
    )

    assert missing(published()).empty


def test_a_home_page_that_was_blocked_is_unmeasured(folders, published):
    folders.run("site", page(PORTAL, outcome="blocked", status=412), site_visit(PORTAL))
    answer = footer_missing.run(published(), TODAY, FOOTER)

    assert answer.findings.empty
    assert {6} == set(answer.measured["unmeasured"])
