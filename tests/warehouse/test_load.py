"""A folder is loaded whole or refused with the reason; loading again changes nothing."""

import hashlib
import shutil
import subprocess
import sys
from datetime import timedelta

import duckdb
import orjson
import pytest

from govcrawl.records.errors import WarehouseError
from govcrawl.records.items import Entry, Link
from govcrawl.warehouse import connection as connecting
from govcrawl.warehouse import load as loading
from govcrawl.warehouse.load import load_all, rebuild
from tests.warehouse.folders import NEWS, PORTAL, TODAY, page, probe, section_visit, site_visit


def rows(data, query):
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def everything(data):
    """Every row of every table, apart from the record of the schema files."""
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as connection:
        tables = connection.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name <> 'migration'"
        ).fetchall()
        return {name: connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for (name,) in tables}


def rewrite(folders, run_id, record, change, *, vouch=True):
    """Change the lines of a record file and, unless told otherwise, let the manifest vouch for them."""
    path = folders.folder(run_id) / record / "all.jsonl"
    lines = change([orjson.loads(line) for line in path.read_bytes().splitlines()])
    content = b"".join(orjson.dumps(line) + b"\n" for line in lines)
    path.write_bytes(content)
    if vouch:
        manifest = folders.folder(run_id) / "run.json"
        stated = orjson.loads(manifest.read_bytes())
        for file in stated["files"]:
            if file["path"] == f"{record}/all.jsonl":
                file.update(rows=len(lines), sha256=hashlib.sha256(content).hexdigest())
        manifest.write_bytes(orjson.dumps(stated))


def only_reason(report):
    [(_, reason)] = report.refused
    return reason


def test_a_night_is_loaded_with_the_registry_its_crawl_saw(folders):
    made = folders.night()
    report = load_all(folders.data)

    assert ([], []) == (report.refused, report.unfinished)
    assert sorted(made.values()) == report.loaded
    assert [(4, 2)] == rows(folders.data, "SELECT (SELECT count(*) FROM run), (SELECT count(*) FROM site)")


def test_loading_twice_changes_nothing(folders):
    folders.night()
    folders.assessment("20261122T040000Z")
    load_all(folders.data)
    before = everything(folders.data)
    report = load_all(folders.data)

    assert ([], []) == (report.loaded, report.refused)
    assert before == everything(folders.data)


def test_only_what_is_new_is_loaded(folders):
    folders.night()
    load_all(folders.data)
    late = folders.run("availability", probe(PORTAL, "2026-11-22T06:00:00.000000"), hour=6)

    assert [late] == load_all(folders.data).loaded


def test_an_unfinished_run_is_left_alone_and_named(folders):
    folders.night()
    torn = folders.run("availability", probe(PORTAL, "2026-11-22T06:00:00"), hour=6, seal=False)
    report = load_all(folders.data)

    assert [(folders.folder(torn), "no run.json")] == report.unfinished
    assert [] == rows(folders.data, f"SELECT 1 FROM probe WHERE run_id = '{torn}'")


def test_an_altered_file_is_refused_and_the_other_runs_are_loaded(folders):
    made = folders.night()
    rewrite(folders, made["site"], "page", lambda lines: lines[:-1], vouch=False)
    report = load_all(folders.data)

    assert "altered" in only_reason(report)
    assert made["site"] not in report.loaded
    assert 3 == len(report.loaded)
    assert [(0,)] == rows(folders.data, f"SELECT count(*) FROM raw.page WHERE run_id = '{made['site']}'")


def test_a_refused_run_is_loaded_once_it_is_mended(folders):
    made = folders.night()
    path = folders.folder(made["site"]) / "page" / "all.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + b"{}\n")
    load_all(folders.data)
    path.write_bytes(whole)

    assert [made["site"]] == load_all(folders.data).loaded


def test_a_run_altered_after_it_was_loaded_is_named(folders):
    made = folders.night()
    load_all(folders.data)
    rewrite(folders, made["site"], "page", lambda lines: lines[:-1])

    assert "altered after it had been loaded" in only_reason(load_all(folders.data))


def test_a_file_the_manifest_does_not_name_is_refused(folders):
    made = folders.night()
    (folders.folder(made["site"]) / "page" / "more.jsonl").write_bytes(b"")

    assert "more.jsonl: not in the manifest" in only_reason(load_all(folders.data))


def renamed(lines):
    lines[0]["stauts"] = lines[0].pop("status")
    return lines


def nested_renamed(lines):
    lines[0]["new_links"][0]["ulr"] = lines[0]["new_links"][0].pop("url")
    return lines


def nested_missing(lines):
    del lines[0]["entries"][0]["title"]
    return lines


def without_site(lines):
    del lines[1]["site_code"]
    return lines


def with_bad_day(lines):
    lines[0]["entries"][0]["published_on"] = "2026-02-31"
    return lines


def with_null_outcome(lines):
    lines[0]["outcome"] = None
    return lines


def with_list_of_text(lines):
    lines[0]["entries"] = ["text"]
    return lines


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (renamed, "all.jsonl: line 1: unknown key 'stauts'"),
        (nested_renamed, "all.jsonl: line 1: new_links: unknown key 'ulr'"),
        (nested_missing, "all.jsonl: line 1: entries: key 'title' is missing"),
        (without_site, "all.jsonl: line 2: key 'site_code' is missing"),
        (with_list_of_text, "all.jsonl: line 1: entries: not a record"),
        (with_bad_day, "2026-02-31"),
        (with_null_outcome, "outcome"),
    ],
)
def test_a_line_of_another_shape_refuses_its_run_and_says_where(folders, change, reason):
    made = folders.night()
    rewrite(folders, made["site"], "page", change)
    report = load_all(folders.data)

    assert reason in only_reason(report)
    assert "page/all.jsonl" in only_reason(report)
    assert [(0,)] == rows(folders.data, f"SELECT count(*) FROM raw.run WHERE run_id = '{made['site']}'")


def test_a_field_younger_than_the_run_takes_its_default(folders):
    made = folders.night()

    def older(lines):
        for line in lines:
            del line["rendered"], line["text_sha256"]
        return lines

    rewrite(folders, made["site"], "page", older)

    assert [] == load_all(folders.data).refused
    assert [(False, None)] == rows(folders.data, "SELECT DISTINCT rendered, text_sha256 FROM page")


def test_a_run_whose_registry_is_gone_or_touched_is_refused(folders):
    folders.night()
    [registry] = (folders.data / "registries").iterdir()
    (registry / "site.jsonl").write_bytes((registry / "site.jsonl").read_bytes() + b"\n")
    report = load_all(folders.data)

    assert 4 == len(report.refused)
    assert all("no longer match" in reason for _, reason in report.refused)
    assert [(0,)] == rows(folders.data, "SELECT count(*) FROM raw.registry")


def test_an_assessment_is_loaded_beside_the_runs(folders):
    folders.night()
    assessment_id = folders.assessment("20261122T040000Z")

    assert assessment_id in load_all(folders.data).loaded
    assert [("unmeasured", 1), ("unqualified", 1)] == rows(
        folders.data, "SELECT verdict, count(*) FROM site_result GROUP BY 1 ORDER BY 1"
    )


@pytest.mark.parametrize(
    ("table", "line", "reason"),
    [
        ("ledger", b'{"finding_key": "k2"}\n', "ledger.jsonl: altered"),
        ("assessment", b"", "assessment.json: not JSON"),
    ],
)
def test_a_damaged_assessment_is_refused(folders, table, line, reason):
    folders.night()
    assessment_id = folders.assessment("20261122T040000Z")
    name = "assessment.json" if table == "assessment" else f"{table}.jsonl"
    (folders.data / "assessments" / assessment_id / name).write_bytes(line)

    assert reason in only_reason(load_all(folders.data))
    assert [(0,)] == rows(folders.data, "SELECT count(*) FROM finding")


def test_rebuilding_gives_the_same_rows(folders):
    folders.night(TODAY - timedelta(days=1))
    folders.night()
    folders.assessment("20261122T040000Z")
    load_all(folders.data)
    before = everything(folders.data)
    rebuild(folders.data)

    assert before == everything(folders.data)


def test_a_torn_warehouse_says_how_to_rebuild_it_and_rebuilding_does(folders):
    folders.night()
    load_all(folders.data)
    before = everything(folders.data)
    (folders.data / "warehouse.duckdb").write_bytes(b"torn" * 5000)

    with pytest.raises(WarehouseError, match="load --rebuild"):
        load_all(folders.data)

    rebuild(folders.data)
    assert before == everything(folders.data)


def test_a_load_that_was_killed_half_way_is_made_good_by_the_next(folders):
    """The process dies inside the transaction of a run: nothing of that run may be seen."""
    made = folders.night()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED_LOADER, str(folders.data)], capture_output=True, text=True, check=False
    )
    assert -9 == killed.returncode, killed.stderr

    assert made["availability"] not in load_all(folders.data).loaded  # it was committed before the end came
    first = everything(folders.data)
    assert 4 == len(first["raw.run"])
    rebuild(folders.data)
    assert first == everything(folders.data)


KILLED_LOADER = """
import os, signal, sys, pathlib
from govcrawl.warehouse import load
load.RECORD_SHAPES["site_visit"] = type("Dying", (), {"problem": lambda *_: os.kill(os.getpid(), signal.SIGKILL)})()
load.load_all(pathlib.Path(sys.argv[1]))
"""


HOLDER = """
import sys, time, duckdb
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
time.sleep(float(sys.argv[2]))
"""


def holding(path, seconds):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert "open\n" == process.stdout.readline()
    return process


def test_a_warehouse_another_process_has_open_is_named_with_that_process(folders, monkeypatch):
    folders.night()
    load_all(folders.data)
    monkeypatch.setattr(connecting, "LOCK_PATIENCE_S", 0.3)
    with holding(folders.data / "warehouse.duckdb", 60) as process:
        with pytest.raises(WarehouseError, match=rf"warehouse\.duckdb: process {process.pid} has it open"):
            load_all(folders.data)
        with pytest.raises(WarehouseError, match=rf"process {process.pid}"):
            rebuild(folders.data)
        process.kill()


def test_a_warehouse_that_is_busy_for_a_moment_is_waited_for(folders):
    folders.night()
    load_all(folders.data)
    with holding(folders.data / "warehouse.duckdb", 1.0):
        assert [] == load_all(folders.data).loaded  # an error once its patience is at an end


def test_what_pages_print_is_stored_as_it_stands(folders):
    hostile = "引'号\"\\\x00\x1f\u202e %s {x} \U0001f600" + "长" * 100_000
    run_id = folders.run("site", page(PORTAL, title=hostile, tags={hostile: hostile}), site_visit(PORTAL))

    assert [] == load_all(folders.data).refused
    assert [(hostile, {hostile: hostile})] == rows(
        folders.data, f"SELECT title, tags FROM page WHERE run_id = '{run_id}'"
    )


def test_a_line_longer_than_read_json_accepts_by_itself_is_loaded(folders):
    many = [Link(f"{NEWS}{number}/{'x' * 1000}", "page") for number in range(18_000)]
    folders.run("site", page(PORTAL, new_links=many, link_nos=list(range(18_000))), site_visit(PORTAL))

    assert [] == load_all(folders.data).refused
    assert [(18_000,)] == rows(folders.data, "SELECT count(*) FROM link")


def test_a_data_directory_with_characters_duckdb_would_expand_is_read(tmp_path, folders):
    odd = tmp_path / "[a]*'s data"
    folders.night()
    folders.data.rename(odd)

    assert 4 == len(load_all(odd).loaded)


def test_an_entry_keeps_the_day_it_was_first_seen_also_when_an_older_run_is_loaded_late(folders):
    earlier = TODAY - timedelta(days=3)
    listed = section_visit(entries=[Entry("甲", f"{NEWS}a.html", "2026-11-01", "list")])
    folders.run("sections", listed, site_visit(PORTAL))
    load_all(folders.data)
    assert [(TODAY,)] == rows(folders.data, "SELECT first_seen_on FROM entry")

    folders.run("sections", listed, site_visit(PORTAL), day=earlier)
    load_all(folders.data)
    assert [(earlier,), (earlier,)] == rows(folders.data, "SELECT first_seen_on FROM entry")


def test_a_data_directory_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(WarehouseError, match="no such directory"):
        load_all(tmp_path / "nowhere")


def test_a_byte_flipped_in_a_loaded_run_is_named_at_the_next_load(folders):
    made = folders.night()
    load_all(folders.data)
    path = folders.folder(made["site"]) / "page" / "all.jsonl"
    path.write_bytes(path.read_bytes().replace(b"200", b"201", 1))

    assert "altered since the run was finished" in only_reason(load_all(folders.data))


def test_a_run_folder_that_is_gone_is_named_at_the_next_load(folders):
    made = folders.night()
    load_all(folders.data)
    shutil.rmtree(folders.folder(made["site"]))

    assert "is gone since it was loaded" in only_reason(load_all(folders.data))


def test_every_older_run_has_its_turn():
    names = [f"{number:03}" for number in range(83)]
    seen = [name for night in range(1, 6) for name in loading._in_turn(names, night)]

    assert set(names) == set(seen)
    assert [] == loading._in_turn([], 3)
    assert ["a"] == loading._in_turn(["a"], 7)
