"""Retention: what is old goes, and never what something that stays needs."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from govcrawl.night.prune import Terms, plan, prune
from govcrawl.records.items import PageText
from govcrawl.records.runs import remove_texts
from govcrawl.warehouse.load import load_all, rebuild
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from govcrawl.warehouse.texts import hashes_of_texts
from tests.warehouse.folders import HOME, PORTAL, TODAY, Folders, iso, page, probe, site_visit

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLD = TODAY - timedelta(days=500)
TERMS = Terms(records=400, texts=400)


def text(sha256, day):
    return PageText(PORTAL, sha256, "正文", "http://www.lanchuan.gov.cn/a.html", iso(day))


def read(day, name, **facts):
    return page(PORTAL, f"{name}.html", fetched_at=iso(day), read_state="read", **facts)


@pytest.fixture
def old(tmp_path):
    """Runs of 500 days ago, one night a day, and one night of today; returns the folders and name → run id."""
    (tmp_path / "data").mkdir()
    folders = Folders(tmp_path / "data")
    days = {
        name: OLD + timedelta(days=number) for number, name in enumerate(("read", "text", "idle", "standing"))
    }
    made = {
        "read": folders.run(
            "visit", read(days["read"], "same", title="旧读"), site_visit(PORTAL), day=days["read"]
        ),
        "text": folders.run("visit", text("t1", days["text"]), site_visit(PORTAL), day=days["text"]),
        "idle": folders.run("visit", text("t2", days["idle"]), site_visit(PORTAL), day=days["idle"]),
        "standing": folders.run("links", day=days["standing"]),
        "round": folders.run("availability", probe(PORTAL, iso(OLD)), day=OLD, hour=9, purpose="round"),
    }
    made["today"] = folders.run(
        "visit",
        read(TODAY, "same", same_as_run=made["read"]),
        read(TODAY, "shown", text_sha256="t1"),
        site_visit(PORTAL),
    )
    return folders, made


def loaded(folders):
    load_all(folders.data)
    publish(folders.data, NOW)
    return folders.data


def test_what_a_younger_night_stands_on_stays_and_the_rest_goes(old):
    folders, made = old
    data = loaded(folders)
    found = prune(data, TERMS, NOW)

    assert {made["idle"], made["standing"], made["round"]} == {folder.name for folder in found.runs}
    assert {made["read"]: "a later night", made["text"]: "a later night"} == found.kept
    assert [] == rebuild(data).refused
    publish(data, NOW + timedelta(hours=1))
    with Snapshot.open(data) as snapshot:
        pages = snapshot.frame("page").set_index("url")["title"]
        assert "旧读" in set(pages)
        assert ["t1"] == list(snapshot.frame("text")["sha256"])


def test_the_nights_of_standing_faults_stay(old):
    folders, made = old
    folders.assessment(
        "20261122T120000Z", day=OLD + timedelta(days=3), run_id=made["standing"]
    )  # its fault stands
    found = plan(loaded(folders), TERMS, TODAY)
    needed = {run_id for run_id, what in found.kept.items() if what == "a standing fault"}

    assert made["standing"] not in {folder.name for folder in found.runs}
    assert {made["standing"]} == needed


def test_what_an_issued_document_says_can_be_proven_as_long_as_it_lies_there(old):
    folders, made = old
    cited = folders.assessment(
        "20250710T120000Z", day=OLD + timedelta(days=2), state="fixed", run_id=made["idle"]
    )
    issue(folders.data, cited)
    drafts = [
        draft(folders.data, name, each) for name, each in (("its-draft", cited), ("other-draft", "another"))
    ]
    page_put_aside = folders.data / "evidence" / "ab" / f"{'ab' * 32}.warc.gz"
    page_put_aside.parent.mkdir(parents=True)
    page_put_aside.write_bytes(b"its evidence")
    data = loaded(folders)
    found = prune(data, TERMS, NOW)

    assert page_put_aside.is_file()
    assert "an issued document" == found.kept[made["idle"]]
    assert folders.folder(made["idle"]).is_dir()
    assert [True, False] == [path.is_dir() for path in drafts]
    assert (data / "issued" / "circular-1" / "issued.json").is_file()
    assert (data / "assessments" / cited / "assessment.json").is_file()
    assert [] == rebuild(data).refused


def issue(data, assessment_id):
    folder = data / "issued" / "circular-1"
    folder.mkdir(parents=True)
    told = {"unit": "办公室", "number": "1", "due_on": None, "finding_keys": ["k1"]}
    issued = {
        "notice_id": folder.name,
        "assessment_id": assessment_id,
        "kind": "circular",
        "number": "岚政办〔2025〕1号",
    }
    days = {"cites": None, "issued_on": str(OLD + timedelta(days=3)), "due_on": None}
    (folder / "issued.json").write_text(json.dumps(issued | days | {"files": [], "notices": [told]}), "utf-8")


def draft(data, name, assessment_id):
    folder = data / "notices" / name
    folder.mkdir(parents=True)
    written = {
        "notice_id": name,
        "assessment_id": assessment_id,
        "as_of": str(OLD),
        "edition": "inspection-2019",
    }
    (folder / "notice.json").write_text(json.dumps(written | {"files": [], "documents": []}), "utf-8")
    return folder


def test_texts_go_by_a_term_of_their_own_and_everything_else_stays(tmp_path):
    (tmp_path / "data").mkdir()
    folders = Folders(tmp_path / "data")
    day = TODAY - timedelta(days=200)
    run_of = {}
    for number, name in enumerate(("forgotten", "shown", "cited", "standing")):
        night = day + timedelta(days=number)
        facts = [text(name, night), read(night, name, text_sha256=name)]
        facts += [
            read(night, before, text_sha256="other") for before in run_of
        ]  # or its first reading stands
        run_of[name] = folders.run("visit", *facts, site_visit(PORTAL), day=night)
    today = [read(TODAY, name, text_sha256="other") for name in ("forgotten", "cited", "standing")]
    folders.run("visit", *today, read(TODAY, "shown", text_sha256="shown"), site_visit(PORTAL))
    cited = folders.assessment(
        "20260601T120000Z", day=day + timedelta(days=2), state="fixed", run_id=run_of["cited"]
    )
    issue(folders.data, cited)
    folders.assessment("20261122T120000Z", run_id=run_of["standing"])
    data = loaded(folders)
    found = prune(data, Terms(records=400, texts=90), NOW)

    assert ([], [run_of["forgotten"]]) == (found.runs, [folder.name for folder in found.texts])
    assert not (folders.folder(run_of["forgotten"]) / "page_text").exists()
    for again in (load_all, rebuild):  # the folder is sound without them, and the warehouse forgets them, too
        assert [] == again(data).refused
        publish(data, NOW + timedelta(hours=1))
        with Snapshot.open(data) as snapshot:
            assert {"shown", "cited", "standing"} == set(snapshot.frame("text")["sha256"])
            assert f"{HOME[PORTAL]}forgotten.html" in set(snapshot.frame("page")["url"])
    assert [] == prune(data, Terms(records=400, texts=90), NOW).paths()


def test_a_record_that_is_gone_though_nobody_removed_it_is_still_missed(tmp_path):
    (tmp_path / "data").mkdir()
    folders = Folders(tmp_path / "data")
    run_id = folders.run("visit", text("a", TODAY), read(TODAY, "a"), site_visit(PORTAL))
    remove_texts(folders.folder(run_id), iso(TODAY), "by a test")
    assert [] == load_all(folders.data).refused
    (folders.folder(run_id) / "page" / "all.jsonl").unlink()
    ((_, reason),) = load_all(folders.data).refused
    assert "the manifest names it and it is gone" in reason


def test_a_text_that_is_still_shown_is_written_down_again_after_half_a_year(old):
    folders, _ = old
    load_all(folders.data)

    assert ["t1", "t2"] == hashes_of_texts(folders.data, OLD + timedelta(days=100))
    assert [] == hashes_of_texts(folders.data, TODAY)
