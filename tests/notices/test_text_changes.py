"""What was altered in an article since it was last read: found among two inspected days, with the place marked."""

import hashlib
import random
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from analytics.notices.text_changes import PLACES, text_changes
from govcrawl.records.items import Entry, PageText
from govcrawl.warehouse.load import load_all
from tests.warehouse.folders import (
    HOME,
    PORTAL,
    TODAY,
    Folders,
    iso,
    page,
    section_visit,
    shown,
    site_visit,
)

BEFORE = TODAY - timedelta(days=1)
CLASSES = ["动态要闻", "通知公告"]
LINES = "关于2026年防汛工作的通知\n全市投入资金1,200万元，由张建国同志负责。\n完成时限为2026年5月18日。"


def places(before, now):
    return [(change.before, change.now, change.figure) for change in text_changes(before, now).first]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("1,200", "1,500", ("1,200", "1,500", True)),
        ("张建国", "张建军", ("国", "军", False)),
        ("5月18日", "5月19日", ("18", "19", True)),
        ("同志", "", ("同志", "", False)),
    ],
)
def test_the_place_that_was_altered_is_told_as_it_was_and_as_it_is(old, new, told):
    assert [told] == places(LINES, LINES.replace(old, new))


def test_figures_come_first_and_what_is_beyond_the_places_shown_is_counted():
    before = "\n".join(f"第{number}项工作由李某负责办理。" for number in range(PLACES + 3))
    changes = text_changes(f"{before}\n共计300件。", f"{before.replace('李某', '王某')}\n共计400件。")

    assert ("300", "400") == (changes.first[0].before, changes.first[0].now)
    assert 4 == changes.more


def test_the_same_text_has_no_place_and_an_added_line_is_one():
    assert [] == places(LINES, LINES)
    assert [("", "联系电话已变更。", False)] == places(LINES, f"{LINES}\n联系电话已变更。")


def test_texts_that_have_nothing_in_common_take_no_longer_than_a_moment():
    dice = random.Random(1)
    one, other = ("\n".join("".join(dice.choices("01", k=299)) for _ in range(2000)) for _ in range(2))
    began = process_time()
    assert PLACES == len(text_changes(one, other).first)
    assert process_time() - began < 10  # 0.7 s on a quiet machine; the square of 600,000 would take hours


def read(folders, day, articles, listed):
    rows = [site_visit(PORTAL)]
    entries = [
        Entry(title, HOME[PORTAL] + path, "2026-11-20", "list")
        for path, title, _ in articles
        if path in listed
    ]
    rows.append(section_visit(fetched_at=iso(day), entries=entries))
    for path, title, text in articles:
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        facts = {"fetched_at": iso(day), "read_state": "read", "text_sha256": sha256, "title": title}
        rows.append(page(PORTAL, path, **facts))
        rows.append(PageText(PORTAL, sha256, text, HOME[PORTAL] + path, iso(day)))
    folders.run("visit", *rows, day=day)


def test_titles_and_texts_that_were_altered_between_two_days_are_found_also_where_no_list_shows_them(
    tmp_path,
):
    folders = Folders(tmp_path / "data")
    listed = {"dtyw/1.html", "dtyw/2.html"}
    before = [
        ("dtyw/1.html", "防汛通知", LINES),
        ("dtyw/2.html", "人事任免", "任命张建国为局长。身份证号11010519491231002X"),
        ("old.html", "旧稿", "全年接待游客300人次。"),
        ("same.html", "没有改动", "没有改动的稿件。"),
    ]
    now = [
        before[0],
        ("dtyw/2.html", "人事任命", "任命张建军为局长。身份证号11010519491231002X"),
        ("old.html", "旧稿", "全年接待游客900人次。"),
        before[3],
    ]
    read(folders, BEFORE, before, listed)
    read(folders, TODAY, now, listed)
    load_all(folders.data)
    with shown(folders.data, datetime(2026, 11, 22, 12, tzinfo=UTC)) as snapshot:
        rows = snapshot.query("changed_articles", as_of=TODAY, since=BEFORE, classes=CLASSES, texts=200)

    assert [("人事任免", "人事任命", "动态要闻"), ("旧稿", "旧稿", None)] == [
        (
            row.title_before,
            row.title,
            None if row["class"] is None or row["class"] != row["class"] else row["class"],
        )
        for _, row in rows.iterrows()
    ]
    assert [("国", "军", False)] == places(rows.text_before[0], rows.text[0])
    assert [("300", "900", True)] == places(rows.text_before[1], rows.text[1])
    assert "1231002X" not in rows.text[0] + rows.text_before[0]
