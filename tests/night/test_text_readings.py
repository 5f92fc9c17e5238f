"""The nightly reading of texts: what the end of the night leaves is unmeasured and read the next time."""

import hashlib
import shutil
from datetime import UTC, datetime

import pytest

from analytics.checks import privacy_leak, typo
from analytics.source import Remembered
from govcrawl.night.text_readings import GONE, LEFT, TASKS, read_texts
from govcrawl.records.items import PageText
from govcrawl.records.runs import create_run
from govcrawl.records.states import FinishReason
from govcrawl.registry import store_registry
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


def test_what_the_end_of_the_night_leaves_is_unmeasured_and_read_the_next_time(folders):
    run = create_run(
        folders.data,
        kind="texts",
        as_of=TODAY,
        registry_sha256=store_registry(folders.registry, folders.data / "registries"),
        tasks=TASKS,
        started_at=NOON,
    )
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
    run = create_run(
        folders.data,
        kind="texts",
        as_of=TODAY,
        registry_sha256=store_registry(folders.registry, folders.data / "registries"),
        tasks=TASKS,
        started_at=NOON,
    )
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
