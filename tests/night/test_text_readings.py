"""The nightly reading of texts: what the end of the night leaves is unmeasured and read the next time."""

import hashlib
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from analytics.checks import privacy_leak, typo
from analytics.source import Remembered
from govcrawl.night.due_pages import write_plan
from govcrawl.night.text_readings import GONE, LEFT, TASKS, read_texts
from govcrawl.records.items import AttachmentReading, Attempt, Link, LinkCheck, PageText
from govcrawl.records.runs import create_run
from govcrawl.records.states import FinishReason
from govcrawl.registry import store_registry
from govcrawl.spiders.plan import KnownFile, known_files, left_targets
from govcrawl.texts.reader import Reader
from govcrawl.warehouse import schema, texts
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import WAREHOUSE, load_all
from tests.warehouse.folders import PORTAL, TODAY, Folders, iso, page, shown, site_visit

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXTS = ("现将有关事项通知如下。", "请认真贯彻执行。", "并于月底前报送落实情况。")


@pytest.fixture
def folders(tmp_path):
    (tmp_path / "data").mkdir()
    folders = Folders(tmp_path / "data")
    rows = []
    for number, text in enumerate(TEXTS):
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        url = f"http://www.lanchuan.gov.cn/{number}.html"
        rows.append(
            page(PORTAL, f"{number}.html", fetched_at=iso(TODAY), read_state="read", text_sha256=sha256)
        )
        rows.append(PageText(PORTAL, sha256, text, url, iso(TODAY)))
    folders.run("visit", *rows, site_visit(PORTAL))
    load_all(folders.data)
    return folders


def texts_run(folders, day=TODAY, kind="texts"):
    return create_run(
        folders.data,
        kind=kind,
        as_of=day,
        registry_sha256=store_registry(folders.registry, folders.data / "registries"),
        tasks=TASKS,
        started_at=NOON + (day - TODAY),
    )


def test_what_the_end_of_the_night_leaves_is_unmeasured_and_read_the_next_time(folders):
    run = texts_run(folders)
    hours = iter((False, True, True))
    figures = read_texts(folders.data, run, lambda: next(hours))
    run.seal(FinishReason.FINISHED, NOON)
    load_all(folders.data)

    assert (1, 2) == (figures["texts"], figures[LEFT])
    with shown(folders.data, NOON) as snapshot:
        measured = typo.run(Remembered(snapshot), TODAY, typo.Params()).measured
    assert [3, 2] == measured.set_index("site_code").loc[PORTAL, ["looked", "unmeasured"]].tolist()
    (left,) = texts.unread(folders.data, Reader.of(folders.data).read_by)
    assert 2 == len(left)  # whom the next night reads


OF_A_PERSON = "联系人王某，身份证号11010519900307881X，手机13812345678，住址略。"


@pytest.fixture
def private(tmp_path):
    """A data directory with one loaded text that shows numbers of a person; and the id of the run that wrote it down."""
    (tmp_path / "data").mkdir()
    folders = Folders(tmp_path / "data")
    sha256 = hashlib.sha256(OF_A_PERSON.encode()).hexdigest()
    shows = page(PORTAL, "p.html", fetched_at=iso(TODAY), read_state="read", text_sha256=sha256)
    run_id = folders.run(
        "visit", shows, PageText(PORTAL, sha256, OF_A_PERSON, shows.url, iso(TODAY)), site_visit(PORTAL)
    )
    load_all(folders.data)
    return folders, run_id


def read_all(folders):
    run = texts_run(folders)
    figures = read_texts(folders.data, run)
    run.seal(FinishReason.FINISHED, NOON)
    load_all(folders.data)
    return figures


def test_numbers_of_persons_lie_masked_in_the_warehouse_and_are_found_all_the_same(private):
    folders, _ = private
    kept = (folders.data / WAREHOUSE).read_bytes()
    assert (b"11010519900307881X" in kept, b"13812345678" in kept) == (False, False)
    read_all(folders)

    with shown(folders.data, NOON) as snapshot:
        (text,) = snapshot.frame("text")["text"]
        found = privacy_leak.run(Remembered(snapshot), TODAY, privacy_leak.Params()).findings
    assert "联系人王某，身份证号110105********881X，手机138****5678，住址略。" == text
    assert ["居民身份证号", "手机号码"] == sorted(each.split()[0].strip("“") for each in found["observed"])
    said = found.to_json(force_ascii=False)
    assert ("19900307" in said, "1381234" in said) == (False, False)


def test_a_masked_text_whose_record_is_gone_is_unmeasured_and_counted(private):
    folders, run_id = private
    shutil.rmtree(folders.folder(run_id))
    figures = read_all(folders)

    assert (0, 1) == (figures["texts"], figures[GONE])
    with shown(folders.data, NOON) as snapshot:
        measured = privacy_leak.run(Remembered(snapshot), TODAY, privacy_leak.Params()).measured
    assert [1, 1] == measured.set_index("site_code").loc[PORTAL, ["looked", "unmeasured"]].tolist()


def test_texts_that_an_older_version_kept_as_they_came_are_masked_when_it_is_brought_up_to_date(private):
    folders, _ = private
    with open_database(folders.data / WAREHOUSE) as connection:
        connection.execute("UPDATE raw.page_text SET text = $text", {"text": OF_A_PERSON})
        connection.execute("DELETE FROM migration.applied WHERE file = 'views'")
        schema.prepare(connection)
        (text,) = connection.execute("SELECT text FROM raw.page_text").fetchone()
    assert "联系人王某，身份证号110105********881X，手机138****5678，住址略。" == text


def test_what_an_attachment_says_is_a_fault_of_it_and_what_nobody_read_of_it_comes_the_next_night(tmp_path):
    (tmp_path / "data").mkdir()
    folders = Folders(tmp_path / "data")
    at = "http://www.lanchuan.gov.cn"
    read, unread = f"{at}/list.xlsx", f"{at}/scan.pdf"
    named = [Link(url, "attachment", "附件") for url in (read, unread)]
    visit = folders.run(
        "visit",
        page(PORTAL, "a.html", new_links=named, link_nos=[0, 1], read_state="read"),
        site_visit(PORTAL),
    )
    checks = [
        LinkCheck(url, "ok", 200, confirmed=False, attempts=[Attempt(iso(TODAY), "GET", "ok", 200, 0.1)])
        for url in (read, unread)
    ]
    text = "姓名\t身份证号\n钱某\t341401199003074514"
    attachment = AttachmentReading(
        PORTAL, read, iso(TODAY), "read", etag='"1"', body_sha256="b", text_sha256="t", size_bytes=9
    )
    folders.run(
        "links", *checks, attachment, PageText(PORTAL, "t", text, read, iso(TODAY)), of_run=visit, hour=4
    )
    load_all(folders.data)
    run = texts_run(folders)
    read_texts(folders.data, run)
    run.seal(FinishReason.FINISHED, NOON)
    load_all(folders.data)

    with shown(folders.data, NOON) as snapshot:
        answer = privacy_leak.run(Remembered(snapshot), TODAY, privacy_leak.Params())
        met = snapshot.query(
            "subjects_met", as_of=TODAY, site_codes=[PORTAL, PORTAL], subjects=[read, unread]
        ).groupby("how")["subject_url"]
    (leak,) = answer.findings.to_dict("records")
    assert (read, f"{at}/a.html", "found") == (leak["subject_url"], leak["origin_url"], leak["state"])
    assert "341401199003074514" not in str(leak)
    assert [1, 1] == answer.measured.set_index("site_code").loc[PORTAL, ["failed", "unmeasured"]].tolist()
    assert [[read], [read, unread]] == [met.get_group(how).tolist() for how in ("page_read", "linked")]

    for days in (1, 8):  # each target comes round within a week
        later = texts_run(folders, TODAY + timedelta(days=days), "visit")
        write_plan(later, folders.data, [])
        left = [one for one in left_targets(later.folder) if one.kind == "attachment"]
        assert [(unread, PORTAL)] == [(one.url, one.site_code) for one in left]
    assert [KnownFile(read, '"1"', None, 9)] == list(known_files(later.folder))
