"""What changes as intervals: dead links, sites, sections; and whose ledger it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import orjson
import pytest

from govcrawl.records.items import Link
from govcrawl.registry import Section
from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import WAREHOUSE, load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.warehouse.folders import HOME, NEWS, PORTAL, REGISTRY, TODAY, Folders, link_check, page, site_visit

NIGHTS = [TODAY + timedelta(days=number) for number in range(6)]
GONE, LEFT, TWICE, FINE = (f"{HOME[PORTAL]}{name}.html" for name in ("gone", "left", "twice", "fine"))


def link_night(folders, day, outcomes, finish_reason="finished", more=()):
    """A night on which the home page carries the targets, and a links run says of each what it came to; `more` the visit met."""
    visit = folders.run(
        "visit",
        page(
            PORTAL,
            new_links=[Link(target, "page", "链接") for target in outcomes],
            link_nos=list(range(len(outcomes))),
            fetched_at=f"{day}T02:00:00.000000",
        ),
        site_visit(PORTAL, finish_reason),
        *more,
        day=day,
        purpose="nightly",
    )
    checks = []
    for target, outcome in outcomes.items():
        check = link_check(target, outcome, {"ok": 200, "not_found": 404}.get(outcome))
        checks.append(replace(check, confirmed=outcome == "not_found"))
    folders.run("links", *checks, day=day, hour=4, of_run=visit, purpose="nightly")


@pytest.fixture(scope="module")
def lives(tmp_path_factory):
    """A connection to a warehouse of six nights: on the fifth the registry calls the portal otherwise and has a section more."""
    folders = Folders(tmp_path_factory.mktemp("lives"))
    link_night(folders, NIGHTS[0], {GONE: "not_found", LEFT: "not_found", TWICE: "not_found", FINE: "ok"})
    link_night(folders, NIGHTS[1], {GONE: "blocked", LEFT: "not_found", TWICE: "ok", FINE: "blocked"})
    link_night(folders, NIGHTS[2], {GONE: "not_found", TWICE: "not_found", FINE: "ok"}, "budget_spent")
    link_night(folders, NIGHTS[3], {GONE: "ok", TWICE: "not_found", FINE: "ok"})
    folders.registry = replace(
        REGISTRY,
        sites=(replace(REGISTRY.sites[0], name="岚川市政府门户"), REGISTRY.sites[1]),
        sections=(*REGISTRY.sections, Section(PORTAL, "统计信息", f"{HOME[PORTAL]}tjxx/", "统计信息")),
    )
    link_night(folders, NIGHTS[4], {GONE: "ok", TWICE: "blocked", FINE: "ok"})
    folders.registry = REGISTRY
    link_night(folders, NIGHTS[5], {GONE: "ok", TWICE: "blocked", FINE: "ok"})
    load_all(folders.data)
    with duckdb.connect(str(folders.data / WAREHOUSE), read_only=True) as connection:
        yield connection


def test_a_dead_link_lives_from_its_first_night_to_the_night_that_proves_it_mended(lives):
    found = lives.execute("""
        SELECT target_url, dead_since_on, dead_until_on, nights_dead, mended_by, mended_on, days_dead
        FROM link_life ORDER BY target_url, dead_since_on
    """).fetchall()

    n = NIGHTS
    assert [
        (GONE, n[0], n[2], 2, "opened", n[3], 3),  # blocked in between, which says nothing
        (LEFT, n[0], n[1], 2, "unlinked", n[3], 3),  # the third night's visit was not complete
        (TWICE, n[0], n[0], 1, "opened", n[1], 1),
        (TWICE, n[2], n[3], 2, None, None, 3),  # nobody could tell since
    ] == found


def test_a_site_and_a_section_have_a_row_for_each_spell_in_which_the_registry_said_the_same(lives):
    sites = lives.execute(
        "SELECT name, since_on, until_on, standing FROM site_life WHERE site_code = $site ORDER BY since_on",
        {"site": PORTAL},
    ).fetchall()
    sections = lives.execute(
        "SELECT name, since_on, until_on, standing FROM section_life ORDER BY name, since_on"
    ).fetchall()

    n = NIGHTS
    assert [
        ("岚川市人民政府", n[0], n[3], False),
        ("岚川市政府门户", n[4], n[4], False),
        ("岚川市人民政府", n[5], n[5], True),
    ] == sites
    assert [
        ("动态要闻", n[0], n[5], True),
        ("统计信息", n[4], n[4], False),
        ("通知公告", n[0], n[5], True),
    ] == sections


def test_the_headers_of_a_home_page_are_told_by_night_and_by_spell(tmp_path):
    folders = Folders(tmp_path / "data")
    sent = [
        {"server": "nginx/1.20", "date": "Sun, 22 Nov 2026 02:00:00 GMT", "set-cookie": "JSESSIONID"},
        {"server": "nginx/1.20", "date": "Mon, 23 Nov 2026 02:00:00 GMT"},
        {"server": "nginx/1.20", "strict-transport-security": "max-age=63072000"},
    ]
    for day, headers in zip(NIGHTS, sent, strict=False):
        home = page(PORTAL, answer_headers=headers, generator="JCMS", fetched_at=f"{day}T02:00:00.000000")
        folders.run("visit", home, page(PORTAL, "a.html"), site_visit(PORTAL), day=day, purpose="nightly")
    load_all(folders.data)

    with open_database(folders.data / WAREHOUSE) as connection:
        nights = connection.execute(
            "SELECT as_of, server, cookies, generator FROM home_header ORDER BY as_of"
        )
        assert [
            (NIGHTS[0], "nginx/1.20", "JSESSIONID", "JCMS"),
            (NIGHTS[1], "nginx/1.20", None, "JCMS"),
            (NIGHTS[2], "nginx/1.20", None, "JCMS"),
        ] == nights.fetchall()
        spells = connection.execute(
            "SELECT transport_security, since_on, until_on FROM home_header_life ORDER BY since_on"
        )
        assert [
            (None, NIGHTS[0], NIGHTS[1]),
            ("max-age=63072000", NIGHTS[2], NIGHTS[2]),
        ] == spells.fetchall()


def judged(folders, day, edition, state, *, night=True):
    """An assessment by an edition, made by a night or by hand, in which the one fault stands so."""
    assessment_id = folders.assessment("20261122T040000Z", day, state=state)
    old = folders.data / "assessments" / assessment_id
    new = old.with_name(f"{day}-{edition}")
    old.rename(new)
    manifest = orjson.loads((new / "assessment.json").read_bytes())
    (new / "assessment.json").write_bytes(
        orjson.dumps(manifest | {"assessment_id": new.name, "edition": edition})
    )
    if night:
        (folders.data / "nights").mkdir(exist_ok=True)
        record = {
            "night_id": f"{day:%Y%m%d}T020000Z",
            "as_of": f"{day}",
            "command": "c",
            "begun_at": f"{day}T02:00:00",
            "state": "finished",
            "assessment_id": new.name,
            "stages": [],
        }
        (folders.data / "nights" / f"{record['night_id']}.json").write_bytes(orjson.dumps(record))


def test_the_ledger_is_of_the_edition_the_nights_judge_by(tmp_path):
    """So are the pages of standing faults a night asks for first: a what-if of a later day does not take their place."""
    folders = Folders(tmp_path / "data")
    judged(folders, NIGHTS[0], "inspection-2019", "new")
    judged(folders, NIGHTS[1], "province-2027", "overdue", night=False)
    judged(folders, NIGHTS[2], "province-2027", "overdue", night=False)
    load_all(folders.data)

    with open_database(folders.data / WAREHOUSE) as connection:
        assert [("new",)] == connection.execute("SELECT state FROM ledger").fetchall()
        assert [(f"{NIGHTS[0]}-inspection-2019", NIGHTS[0])] == connection.execute(
            schema.sql("queries/newest_office_assessment.sql")
        ).fetchall()
        assert [("inspection-2019", 1), ("province-2027", 2)] == connection.execute(
            "SELECT edition, count(*) FROM ledger_history GROUP BY edition ORDER BY edition"
        ).fetchall()
    publish(folders.data, datetime(2026, 11, 25, tzinfo=UTC))
    # What documents and pages of the intranet are of, where nobody names another.
    with Snapshot.open(folders.data) as snapshot:
        assert f"{NIGHTS[0]}-inspection-2019" == snapshot.newest_assessment()
    judged(folders, NIGHTS[3], "province-2027", "fixed")  # the office works by it from now on
    load_all(folders.data)
    with open_database(folders.data / WAREHOUSE) as connection:
        assert [("fixed",)] == connection.execute("SELECT state FROM ledger").fetchall()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folders = Folders(tmp_path_factory.mktemp("columns"))
    folders.night()
    folders.assessment("20261122T040000Z")
    load_all(folders.data)
    return folders.data


def test_a_link_tells_its_host_and_domain_also_in_a_warehouse_from_before(small):
    with open_database(small / WAREHOUSE) as connection:
        connection.execute("DELETE FROM derived.host")
    load_all(small)

    with open_database(small / WAREHOUSE) as connection:
        found = connection.execute(
            "SELECT DISTINCT host, domain FROM link WHERE NOT internal OR target_url = $url ORDER BY ALL",
            {"url": f"{NEWS}a.html"},
        ).fetchall()
    assert [
        ("10.1.2.3", None),
        ("www.example.com", "example.com"),
        ("www.lanchuan.gov.cn", "lanchuan.gov.cn"),
    ] == found


def test_an_entry_tells_the_class_of_its_section(small):
    with open_database(small / WAREHOUSE) as connection:
        assert [("动态要闻", 3)] == connection.execute(
            "SELECT class, count(*) FROM entry GROUP BY class"
        ).fetchall()


def test_a_fault_of_an_account_names_it_and_a_result_says_what_is_settled():
    with duckdb.connect() as connection:
        schema.prepare(connection)
        connection.execute("""
            INSERT INTO raw.finding (assessment_id, finding_key, site_code, check_id, state, subject_url, evidence)
            VALUES ('a', 'k1', NULL, 'account-stale', 'found', 'account:wx-1', '{}'),
                ('a', 'k2', '1', 'reply-overdue', 'found', 'message:7', '{}');
        """)
        found = connection.execute("SELECT finding_key, account_id FROM finding ORDER BY ALL").fetchall()

    assert [("k1", "wx-1"), ("k2", None)] == found


def test_the_points_of_a_site_are_told_as_far_as_they_are_settled():
    with duckdb.connect() as connection:
        schema.prepare(connection)
        for row, part in (("r1", "deduct"), ("r2", "deduct"), ("r3", "bonus"), ("v", "veto")):
            connection.execute(
                "INSERT INTO raw.indicator (assessment_id, indicator_id, position, part, block, title, scope, manual, checks, "
                "clause, source, wording, confidence, verify) VALUES ('a', $row, 1, $part, 'b', 't', 'all', false, [], 'c', 's', "
                "'verbatim', 'H', false)",
                {"row": row, "part": part},
            )
        connection.execute("""
            INSERT INTO raw.indicator_result (assessment_id, site_code, indicator_id, state, points, max_points, "count", reason, points_open)
            VALUES ('a', '1', 'r1', 'fail', 2.5, 5, 1, '', 0), ('a', '1', 'r2', 'manual', NULL, 4, NULL, '', 4),
                ('a', '1', 'r3', 'pass', 1, 3, 1, '', 0), ('a', '1', 'v', 'pass', NULL, NULL, 0, '', NULL),
                ('a', '2', 'v', 'fail', NULL, NULL, 1, '', NULL);
            INSERT INTO raw.site_result (assessment_id, site_code, verdict, vetoes) VALUES ('a', '1', 'qualified', []), ('a', '2', 'unqualified', ['v']);
        """)
        found = connection.execute(
            "SELECT site_code, points_lost, points_won, points_open FROM site_result ORDER BY ALL"
        ).fetchall()

    assert [("1", 2.5, 1.0, 4.0), ("2", None, None, None)] == found
