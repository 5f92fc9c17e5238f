"""A data directory of the version before this one goes on: nothing of it is lost, and it is the same built anew."""

import io
import json
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from analytics.notices.intranet.index import write_index
from govcrawl.night.health import health
from govcrawl.records.compression import zstd
from govcrawl.records.runs import finished_runs, open_run, pack_records
from govcrawl.warehouse import schema
from govcrawl.warehouse.load import WAREHOUSE, load_all, rebuild
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot

NOW = datetime(2026, 3, 20, tzinfo=UTC)


@pytest.fixture(params=["move-base"])
def data(request, tmp_path):
    packed = Path(__file__).with_name(f"{request.param}.tar.zst").read_bytes()
    with tarfile.open(fileobj=io.BytesIO(zstd.decompress(packed))) as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path


def everything(data: Path) -> dict[str, list[str]]:
    """Every published view, its rows in an order of their own."""
    with Snapshot.open(data) as snapshot:
        views = schema.views_of(snapshot._connection)
        return {view: sorted(map(repr, snapshot.frame(view).to_dict("records"))) for view in views}


def test_it_is_loaded_published_and_shown_by_this_version(data):
    report = load_all(data)
    assert ([], []) == (report.loaded, report.refused)  # the old warehouse has it all
    publish(data, NOW)
    with Snapshot.open(data) as snapshot:
        manifests = [json.loads(path.read_bytes()) for path in data.glob("assessments/*/assessment.json")]
        assert {each["assessment_id"] for each in manifests} == set(
            snapshot.frame("assessment")["assessment_id"]
        )
        listed = {file["path"]: file["rows"] for file in manifests[0]["files"]}
        of_first = snapshot.frame("finding", manifests[0]["assessment_id"])
        assert listed["finding.jsonl"] == len(of_first) > 0
        assert len(snapshot.frame("ledger"))
    assert "2026年3月19日" in write_index(data).read_text("utf-8")
    assert "no night has been recorded yet" in health(data, NOW, None).reasons[0]


@pytest.mark.parametrize("data", ["move-base", "before-visit"], indirect=True)
def test_built_anew_from_its_folders_packed_or_not_it_is_the_same(data):
    load_all(data)
    publish(data, NOW)
    migrated = everything(data)
    with duckdb.connect(str(data / WAREHOUSE), read_only=True) as connection:
        said_twice = "SELECT count(*), count(*) FILTER (WHERE final_url = url) FROM raw.page"
        pages, twice = connection.execute(said_twice).fetchall()[0]
    assert pages > 0 == twice
    for folder in finished_runs(data):
        if open_run(folder).plan.purpose == "nightly":
            pack_records(folder)
    assert [] == rebuild(data).refused
    publish(data, NOW)

    assert migrated == everything(data)
