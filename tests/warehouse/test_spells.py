"""What nights say alike is kept once, and every night says afterwards what it said when it was loaded."""

from collections import Counter
from datetime import date
from itertools import count

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govcrawl.records.items import Entry, Link
from govcrawl.warehouse import schema
from govcrawl.warehouse.load import WAREHOUSE, load_all, rebuild
from govcrawl.warehouse.spells import keep
from tests.warehouse.folders import (
    BUREAU,
    NEWS,
    NOTICES,
    PORTAL,
    Folders,
    link_check,
    page,
    section_visit,
    site_visit,
)

SITES = ("a", "b", "c")
PAGES = st.sampled_from(["1", "2", "3", "4"])
READINGS = st.sampled_from(["r1", "r2"])

# Of one run: its month, and of each site that came what it says; a site that did not come is missing.
RUNS = st.lists(
    st.tuples(
        st.sampled_from([date(2026, 10, 1), date(2026, 11, 1)]),
        st.dictionaries(st.sampled_from(SITES), st.dictionaries(PAGES, READINGS, max_size=4), max_size=3),
    ),
    max_size=7,
)


@pytest.fixture(scope="module")
def empty():
    with duckdb.connect() as connection:
        schema.prepare(connection)
        yield connection


@settings(max_examples=60)
@given(history=RUNS)
def test_every_run_says_for_ever_what_it_said_when_it_was_loaded(empty, history):
    said = {}
    empty.begin()
    for number, (month, sites) in zip(count(), history, strict=False):
        run = f"run{number}"
        for site in sites:
            empty.execute(
                "INSERT INTO derived.turn (run_id, site_code, month, turn_no) SELECT $run, $site, $month, "
                "1 + coalesce(max(turn_no), 0) FROM derived.turn WHERE site_code = $site AND month = $month",
                {"run": run, "site": site, "month": month},
            )
        rows = [(site, url, reading) for site, pages in sites.items() for url, reading in pages.items()]
        empty.execute(
            "CREATE OR REPLACE TEMP TABLE standing_page_spell_now (site_code VARCHAR, url VARCHAR, read_run_id VARCHAR)"
        )
        for row in rows:
            empty.execute("INSERT INTO standing_page_spell_now VALUES (?, ?, ?)", row)
        keep(empty, "standing_page_spell", run)
        said[run] = sorted(rows)
    told = {run: [] for run in said}
    for run, *row in empty.execute("FROM derived.standing_page ORDER BY ALL").fetchall():
        told[run].append(tuple(row))
    kept = empty.execute("SELECT count(*) FROM derived.standing_page_spell").fetchone()
    empty.rollback()

    assert said == told
    # No row more than the changes between a site's turns of a month, counted here from the history alone.
    changes, last = 0, {}
    for month, sites in history:
        for site, pages in sites.items():
            changes += len(pages.items() - last.get((month, site), {}).items())
            last[month, site] = pages
    assert kept == (changes,)


SHAPES = ("full", "same", "shorter", "silent", "moved", "full")


def night(folders: Folders, day: date, shape: str, first: str | None) -> str:
    """A night of two sites of which the portal's answers differ by shape, and a links run."""
    news, gone, file = f"{NEWS}a.html", f"{NEWS}gone.html", f"{NEWS}a.pdf"
    links = [Link(news, "page", "要闻"), Link(file, "attachment", "附件"), Link(gone, "page", "旧闻")]
    if shape == "shorter":
        links = links[:2]
    if shape == "moved":
        links = links[::-1]
    records = [
        site_visit(BUREAU),
        page(BUREAU, new_links=[Link("http://o.cn/", "page", "外", internal=False)], link_nos=[0]),
    ]
    if shape == "silent":
        records += [site_visit(PORTAL, "home_unreachable"), page(PORTAL, outcome="timeout", status=None)]
    else:
        entries = [
            Entry(f"第{n}条", f"{NEWS}{n}.html", "2026-10-01", "list")
            for n in range(3 - (shape == "shorter"))
        ]
        home = (
            {"same_as_run": first, "status": 304}
            if shape == "same"
            else {"new_links": links, "link_nos": list(range(len(links)))}
        )
        records += [
            site_visit(PORTAL),
            page(PORTAL, fetched_at=f"{day}T02:00:00.000000", entries=entries, **home),
            section_visit(NEWS, entries=entries),
            section_visit(NOTICES, "通知公告", entries=entries[::-1]),
        ]
        if shape != "moved":
            records.append(
                page(PORTAL, "dtyw/a.html", new_links=[], link_nos=[], fetched_at=f"{day}T02:01:00.000000")
            )
    visit = folders.run("visit", *records, day=day, purpose="nightly")
    if day.day % 2:
        folders.run("links", link_check(file, "ok", 200), day=day, hour=5, of_run=visit, purpose="nightly")
    else:
        folders.run("links", day=day, hour=5, of_run=visit, purpose="nightly")
    return visit


def of_runs(data, view):
    with duckdb.connect(str(data / WAREHOUSE), read_only=True) as connection:
        names = [
            name for name, *_ in connection.execute(f"DESCRIBE {view}").fetchall() if name != "target_no"
        ]
        rows = connection.execute(f"SELECT {', '.join(f'{name}' for name in names)} FROM {view}").fetchall()
    told = {}
    for row in rows:
        told.setdefault(row[names.index("run_id")], Counter()).update([repr(row)])
    return told


VIEWS = (
    "derived.link",
    "link_check",
    "derived.standing_page",
    "derived.standing_check",
    "derived.home_entry",
    "entry",
    "section_activity",
)


def test_what_a_night_said_stays_whatever_is_loaded_after_it(folders):
    days = [
        date(2026, 10, 29),
        date(2026, 10, 30),
        date(2026, 10, 31),
        date(2026, 11, 1),
        date(2026, 11, 2),
        date(2026, 11, 3),
    ]
    said = {view: {} for view in VIEWS}
    first = None
    for day, shape in zip(days, SHAPES, strict=True):
        visit = night(folders, day, shape, first)
        first = first or visit
        assert load_all(folders.data).refused == []
        for view in VIEWS:
            told = of_runs(folders.data, view)
            said[view] |= {run: rows for run, rows in told.items() if run not in said[view]}
    told = {view: of_runs(folders.data, view) for view in VIEWS}
    rebuild(folders.data)
    built_anew = {view: of_runs(folders.data, view) for view in VIEWS}

    assert said == told == built_anew
    with duckdb.connect(str(folders.data / WAREHOUSE), read_only=True) as connection:
        kept = connection.execute(
            "SELECT count(*) FROM derived.link_spell WHERE site_code = ?", [BUREAU]
        ).fetchone()
        lists = connection.execute("SELECT count(*) FROM raw.section_visit WHERE len(entries) > 0").fetchone()
    assert kept == (2,), "one link that never changed: a row a month"
    assert lists == (6,), "two lists: as they were first in each month, and when they were shorter"


def test_what_equals_what_stands_beside_it_is_kept_once_and_told_everywhere(folders):
    body, moved, file = "b" * 64, f"{NEWS}moved.html", f"{NEWS}a.pdf"
    first = folders.run(
        "visit",
        site_visit(PORTAL),
        page(PORTAL, body_sha256=body),
        page(PORTAL, "dtyw/old.html", final_url=moved),
        page(PORTAL, "dtyw/none.html", final_url=None, status=None, outcome="timeout"),
        day=date(2026, 11, 2),
    )
    second = folders.run(
        "visit",
        site_visit(PORTAL),
        page(PORTAL, status=304, body_sha256=body, same_as_run=first),
        day=date(2026, 11, 3),
    )
    check = link_check(file)
    check.attempts[1].final_url = moved
    silent = link_check(f"{NEWS}b.pdf", "timeout", None)
    silent.attempts[0].final_url = None
    links = folders.run(
        "links", check, silent, link_check(f"{NEWS}c.pdf"), day=date(2026, 11, 3), hour=5, of_run=second
    )
    assert load_all(folders.data).refused == []

    home = NEWS.removesuffix("dtyw/")
    with duckdb.connect(str(folders.data / WAREHOUSE), read_only=True) as connection:
        kept = connection.execute(
            "SELECT run_id, url, final_url, body_sha256 FROM raw.page ORDER BY ALL"
        ).fetchall()
        told = connection.execute(
            "SELECT run_id, url, final_url, body_sha256 FROM page ORDER BY ALL"
        ).fetchall()
        tries = connection.execute(
            "SELECT list_transform(attempts, lambda each: each.final_url) FROM raw.link_check ORDER BY target_url"
        ).fetchall()
        ended = connection.execute(
            "SELECT target_url, final_url FROM link_check WHERE run_id = ? ORDER BY ALL", [links]
        ).fetchall()
    asked = [
        (first, home, home, body),
        (first, f"{NEWS}none.html", None, None),
        (first, f"{NEWS}old.html", moved, None),
        (second, home, home, body),
    ]
    assert kept == [(first, home, "", body), *asked[1:3], (second, home, "", None)]
    assert [row for row in told if row[:2] in {each[:2] for each in asked}] == asked
    assert tries == [(["", moved],), ([None, ""],), (["", ""],)]
    assert ended == [(file, moved), (f"{NEWS}b.pdf", f"{NEWS}b.pdf"), (f"{NEWS}c.pdf", f"{NEWS}c.pdf")]
