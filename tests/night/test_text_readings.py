"""The nightly reading of texts: what the end of the night leaves is unmeasured and read the next time."""

import hashlib
from datetime import UTC, datetime

import pytest

from analytics.checks import typo
from analytics.source import Remembered
from govcrawl.night.text_readings import LEFT, TASKS, read_texts
from govcrawl.records.items import PageText
from govcrawl.records.runs import create_run
from govcrawl.records.states import FinishReason
from govcrawl.registry import store_registry
from govcrawl.texts.reader import Reader
from govcrawl.warehouse import texts
from govcrawl.warehouse.load import load_all
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
