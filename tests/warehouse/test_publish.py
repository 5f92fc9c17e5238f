"""A published copy appears whole under a name of its own; a thin night is held back."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from govcrawl.records.errors import PublishHeld, WarehouseError
from govcrawl.registry import Registry, Site
from govcrawl.warehouse import publish as publishing
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.warehouse.folders import HOME, PORTAL, TODAY, Folders, probe, site_visit

STAMP = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.fixture
def published(folders):
    folders.night()
    load_all(folders.data)
    return publish(folders.data, STAMP)


def test_the_copy_is_named_after_its_stamp_and_reached_through_latest(folders, published):
    assert folders.data / "published" / "20261122T040000Z.duckdb" == published
    assert published == (folders.data / "published" / "latest.duckdb").resolve()
    assert ["20261122T040000Z.duckdb", "latest.duckdb"] == sorted(p.name for p in published.parent.iterdir())


def test_the_copy_holds_rows_views_and_comments(folders, published):
    comments = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    with (
        duckdb.connect(str(published), read_only=True) as copy,
        duckdb.connect(str(folders.data / "warehouse.duckdb"), read_only=True) as warehouse,
    ):
        assert (
            warehouse.execute("FROM link ORDER BY ALL").fetchall()
            == copy.execute("FROM link ORDER BY ALL").fetchall()
        )
        assert warehouse.execute(comments).fetchall() == copy.execute(comments).fetchall()


def test_the_copy_can_be_opened_by_older_versions_of_duckdb(published):
    with duckdb.connect(str(published), read_only=True) as copy:
        [(stored,)] = copy.execute(
            "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = current_database()"
        ).fetchall()

    assert stored.startswith("v1.4.0")


def test_a_reader_keeps_its_copy_while_the_next_one_is_published(folders, published):
    with Snapshot.open(folders.data) as reader:
        folders.run("availability", probe(PORTAL, "2026-11-22T06:00:00"), hour=6)
        load_all(folders.data)
        publish(folders.data, STAMP + timedelta(hours=3))

        assert ("20261122T040000Z", 2) == (reader.name, len(reader.frame("probe")))
        with Snapshot.open(folders.data) as later:
            assert ("20261122T070000Z", 3) == (later.name, len(later.frame("probe")))


def test_readers_in_another_process_never_wait_for_the_loader(folders, published):
    with duckdb.connect(str(folders.data / "warehouse.duckdb")):
        count = subprocess.run(
            [sys.executable, "-c", READER, str(folders.data / "published" / "latest.duckdb")],
            capture_output=True,
            text=True,
            check=True,
        )

    assert "2\n" == count.stdout


READER = """
import duckdb, sys
print(duckdb.connect(sys.argv[1], read_only=True).execute("SELECT count(*) FROM site").fetchone()[0])
"""


def test_two_copies_of_one_second_have_two_names(folders, published):
    assert "20261122T040000Z-2.duckdb" == publish(folders.data, STAMP).name


def test_old_copies_go_unless_an_issued_document_stands_on_them(folders, published):
    assessment_id = folders.assessment("20261122T040000Z")
    issued = folders.data / "issued" / "n1"
    issued.mkdir(parents=True)
    manifest = {
        "notice_id": "n1",
        "assessment_id": assessment_id,
        "kind": "circular",
        "number": None,
        "cites": None,
        "issued_on": str(TODAY),
        "due_on": None,
        "files": [],
        "notices": [],
    }
    (issued / "issued.json").write_text(json.dumps(manifest))
    assert not load_all(folders.data).refused
    for hour in range(1, publishing.KEEP + 3):
        publish(folders.data, STAMP + timedelta(hours=hour))
    names = sorted(path.stem for path in (folders.data / "published").glob("2*.duckdb"))

    assert publishing.KEEP + 1 == len(names)
    assert "20261122T040000Z" == names[0]


def test_where_the_disk_is_small_two_copies_stay(folders, published, monkeypatch):
    monkeypatch.setattr(publishing, "SHARE", 0)
    for hour in range(1, 5):
        publish(folders.data, STAMP + timedelta(hours=hour))

    assert ["20261122T070000Z", "20261122T080000Z"] == sorted(
        path.stem for path in (folders.data / "published").glob("2*.duckdb")
    )


def test_what_a_dead_publisher_left_is_cleared_away(folders, published):
    torn = published.with_name("20261122T030000Z.duckdb.tmp")
    torn.write_bytes(b"half")
    publish(folders.data, STAMP + timedelta(hours=1))

    assert not torn.exists()


def test_without_a_warehouse_the_remedy_is_to_load(folders):
    with pytest.raises(WarehouseError, match="govcrawl load"):
        publish(folders.data, STAMP)


SITES = [f"65000001{number:02}" for number in range(12)]
MANY = Registry(sites=tuple(Site(code, code, HOME[PORTAL], "办公室") for code in SITES))


def night(folders, measured, day, registry=MANY):
    """A sections run that measured the first so many sites."""
    visits = [
        site_visit(code, "finished" if number < measured else "home_unreachable")
        for number, code in enumerate(site.site_code for site in registry.sites)
    ]
    run_id = Folders(folders.data, registry).run("sections", *visits, day=day)
    load_all(folders.data)
    return run_id


def test_a_night_that_measured_less_than_half_is_held_with_the_reason(folders):
    before = night(folders, 12, TODAY)
    held_back = publish(folders.data, STAMP)
    now = night(folders, 5, TODAY + timedelta(days=1))

    with pytest.raises(PublishHeld, match=f"{now} measured 5 of the 12 sites {before} measured"):
        publish(folders.data, STAMP + timedelta(days=1))
    assert held_back == (folders.data / "published" / "latest.duckdb").resolve()


def test_a_held_night_is_published_by_force(folders):
    night(folders, 12, TODAY)
    publish(folders.data, STAMP)
    night(folders, 0, TODAY + timedelta(days=1))

    assert publish(folders.data, STAMP + timedelta(days=1), force=True).exists()


@pytest.mark.parametrize("measured", [6, 12])
def test_a_night_that_measured_half_or_more_passes(folders, measured):
    night(folders, 12, TODAY)
    publish(folders.data, STAMP)
    night(folders, measured, TODAY + timedelta(days=1))

    assert publish(folders.data, STAMP + timedelta(days=1)).exists()


def test_a_handful_of_sites_is_too_few_to_suspect_our_own_line(folders):
    few = Registry(sites=MANY.sites[:9])
    night(folders, 9, TODAY, few)
    publish(folders.data, STAMP)
    night(folders, 0, TODAY + timedelta(days=1), few)

    assert publish(folders.data, STAMP + timedelta(days=1)).exists()


def test_sites_that_left_the_registry_are_not_missed(folders):
    night(folders, 12, TODAY)
    publish(folders.data, STAMP)
    night(folders, 3, TODAY + timedelta(days=1), Registry(sites=MANY.sites[:3]))

    assert publish(folders.data, STAMP + timedelta(days=1)).exists()


def test_a_published_view_must_not_vanish(folders, published):
    with duckdb.connect(str(published)) as copy:
        copy.execute("CREATE VIEW once_promised AS SELECT 1 AS one")

    with pytest.raises(PublishHeld, match="view once_promised would be gone"):
        publish(folders.data, STAMP + timedelta(hours=1))
