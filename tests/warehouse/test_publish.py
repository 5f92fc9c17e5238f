"""A published copy appears whole under a name of its own; a thin night is held back."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from govcrawl.records.errors import PublishHeld, WarehouseError
from govcrawl.records.items import ControlResult
from govcrawl.registry import Registry, Site
from govcrawl.warehouse import publish as publishing
from govcrawl.warehouse.load import load_all, rebuild
from govcrawl.warehouse.publish import Acceptance, is_published, publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.warehouse.folders import HOME, PORTAL, TODAY, Folders, page, probe, site_visit

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


@pytest.fixture
def few_copies(monkeypatch):
    monkeypatch.setattr(publishing, "KEEP", 4)


def test_old_copies_go_unless_an_issued_document_stands_on_them(folders, published, few_copies):
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
    monkeypatch.setattr(publishing, "DISK_SHARE", 0)
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


def test_the_folder_that_a_reader_puts_aside_into_stays_and_hinders_no_publishing(folders, published):
    aside = published.with_name(f"{published.name}.tmp")  # DuckDB's own name for it
    aside.mkdir()

    publish(folders.data, STAMP + timedelta(days=1))

    assert aside.is_dir()


def test_without_a_warehouse_the_remedy_is_to_load(tmp_path):
    with pytest.raises(WarehouseError, match="govcrawl load"):
        publish(tmp_path, STAMP)


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


def test_a_held_night_is_published_when_a_person_accepts_it_and_that_is_put_down(folders):
    night(folders, 12, TODAY)
    publish(folders.data, STAMP)
    now = night(folders, 0, TODAY + timedelta(days=1))
    copy = publish(folders.data, STAMP + timedelta(days=1), accepted=Acceptance("机房停电", "王敏"))
    (record,) = (folders.data / "acceptances").iterdir()
    told = json.loads(record.read_bytes())

    assert ("机房停电", "王敏", copy.stem) == (told["reason"], told["by"], told["published"])
    assert now in told["held_because"][0]
    publish(folders.data, STAMP + timedelta(days=2))  # what was accepted is not asked about again


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
    published.chmod(0o644)
    with duckdb.connect(str(published)) as copy:
        copy.execute("CREATE VIEW once_promised AS SELECT 1 AS one")

    with pytest.raises(PublishHeld, match="view once_promised would be gone"):
        publish(folders.data, STAMP + timedelta(hours=1))


# ---------- what is published can be read


def latest(data):
    return (data / "published" / "latest.duckdb").resolve()


def test_nobody_may_write_into_a_published_copy(published):
    assert 0o444 == stat.S_IMODE(published.stat().st_mode)


def test_the_copy_just_made_stays_whatever_the_clock_said_before(folders, published, few_copies):
    for day in range(1, publishing.KEEP + 2):  # the clock had been a year ahead
        publish(folders.data, STAMP + timedelta(days=365 + day))
    made = publish(folders.data, STAMP + timedelta(days=1))
    again = publish(folders.data, STAMP + timedelta(days=2))

    assert again == latest(folders.data)
    assert again.is_file()
    assert not made.exists()  # by its name it is the oldest but one, and nobody needs it


def test_copies_are_kept_by_their_names_not_by_when_they_were_touched(folders, published, few_copies):
    for hour in range(1, publishing.KEEP + 2):
        publish(folders.data, STAMP + timedelta(hours=hour))
    oldest = min(folders.data.glob("published/2*.duckdb"))
    os.utime(oldest, (2e9, 2e9))
    publish(folders.data, STAMP + timedelta(days=1))

    assert not oldest.exists()


def test_a_warehouse_with_garbage_inside_is_never_published(folders):
    night(folders, 12, TODAY)
    good = publish(folders.data, STAMP)
    warehouse = folders.data / "warehouse.duckdb"
    size = warehouse.stat().st_size
    with warehouse.open("r+b") as file:
        file.seek(size // 3)  # the head stays, and the file opens
        file.write(os.urandom(size - size // 3))

    with pytest.raises(WarehouseError, match="load --rebuild"):
        publish(folders.data, STAMP + timedelta(hours=1))
    assert good == latest(folders.data)
    with Snapshot.open(folders.data) as snapshot:
        assert len(snapshot.frame("site"))
    assert [] == list(folders.data.glob("published/*.tmp"))

    rebuild(folders.data)
    assert publish(folders.data, STAMP + timedelta(hours=1)) == latest(folders.data)


def test_what_is_loaded_and_not_yet_published_is_known(folders, published):
    assert is_published(folders.data)
    folders.run("availability", probe(PORTAL, "2026-11-22T06:00:00"), hour=6)
    load_all(folders.data)
    assert not is_published(folders.data)


def test_a_rebuild_that_left_a_run_out_waits_for_a_person(folders, published):
    run = next(path for path in (folders.data / "runs").iterdir() if path.name.endswith("-site"))
    record = next(run.glob("page/*.jsonl"))
    record.write_bytes(record.read_bytes().replace(b"200", b"201", 1))
    report = rebuild(folders.data)

    assert [run] == [folder for folder, _ in report.refused]
    with pytest.raises(PublishHeld, match=f"1 run that readers have seen would be gone: {run.name}"):
        publish(folders.data, STAMP + timedelta(hours=1))
    assert published == latest(folders.data)
    assert publish(folders.data, STAMP + timedelta(hours=1), accepted=Acceptance("Platte defekt", "王敏"))


@pytest.mark.parametrize(("verdict", "held"), [("unmeasured", False), ("unqualified", True)])
def test_what_follows_from_a_cause_that_was_accepted_is_not_asked_again(folders, verdict, held):
    night(folders, 12, TODAY)
    first = publish(folders.data, STAMP)
    folders.assessment(first.stem, TODAY, verdicts=dict.fromkeys(SITES, "qualified"))
    load_all(folders.data)
    publish(folders.data, STAMP + timedelta(hours=1))
    night(folders, 0, TODAY + timedelta(days=1))
    accepted = publish(folders.data, STAMP + timedelta(days=1), accepted=Acceptance("机房停电", "王敏"))
    folders.assessment(accepted.stem, TODAY + timedelta(days=1), verdicts=dict.fromkeys(SITES, verdict))
    load_all(folders.data)

    if held:
        with pytest.raises(PublishHeld, match="the verdicts of 12 of 12 sites turned"):
            publish(folders.data, STAMP + timedelta(days=1, hours=1))
    else:
        assert publish(folders.data, STAMP + timedelta(days=1, hours=1))


# ---------- what the gate sees


def many_nights(folders, *nights, registry=MANY):
    """Publish a night each, from what is visited on it; the last is left to the caller."""
    for number, visits in enumerate(nights):
        day = TODAY + timedelta(days=number)
        Folders(folders.data, registry).run("sections", *visits, day=day)
        load_all(folders.data)
        if number < len(nights) - 1:
            publish(folders.data, STAMP + timedelta(days=number))
    return STAMP + timedelta(days=len(nights))


def visited(blocked=0):
    return [
        replace(site_visit(code), home_outcome="blocked" if number < blocked else "ok")
        for number, code in enumerate(SITES)
    ]


def test_many_sites_that_turn_us_away_at_once_are_told_with_their_share(folders):
    stamp = many_nights(folders, visited(1), visited(1), visited(5))

    with pytest.raises(PublishHeld, match=r"5 of 12 sites turned .*-sections away \(42%\); usual is 8%"):
        publish(folders.data, stamp)


def test_sites_that_turn_us_away_every_night_hold_nothing_back(folders):
    stamp = many_nights(folders, visited(5), visited(5), visited(6))

    assert publish(folders.data, stamp)


def pages(number):
    return [*visited(), *(page(PORTAL, f"{each}.html") for each in range(number))]


@pytest.mark.parametrize(("tonight", "held"), [(100, True), (1300, True), (160, False), (500, False)])
def test_rows_far_from_what_is_usual_are_told(folders, tonight, held):
    stamp = many_nights(folders, pages(300), pages(310), pages(290), pages(tonight))

    if held:
        with pytest.raises(PublishHeld, match=rf"left {tonight:,} rows of page; from 12 sites 300 are usual"):
            publish(folders.data, stamp)
    else:
        assert publish(folders.data, stamp)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (0, r"link-dead was found 0 times on our own faulty pages, where it must be found 1 times"),
        (None, r"link-dead could not be measured on our own faulty pages"),
    ],
)
def test_another_answer_on_our_own_pages_holds_the_night_be_it_the_first(folders, found, words):
    right = ControlResult("sound", "link-dead", expected=0, found=0)
    folders.run("control", right, ControlResult("faulty", "link-dead", expected=1, found=found))
    load_all(folders.data)

    with pytest.raises(PublishHeld, match=words) as held:
        publish(folders.data, STAMP + timedelta(hours=1))
    assert "sound" not in str(held.value)
    assert publish(folders.data, STAMP + timedelta(hours=1), accepted=Acceptance("样页已核对", "王敏"))
    folders.run("control", right, ControlResult("faulty", "link-dead", expected=1, found=1), hour=5)
    load_all(folders.data)
    assert publish(folders.data, STAMP + timedelta(hours=2))
