"""The one door for analytics: every query file answers, in a fixed order and with fixed types."""

import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from govcrawl.records.errors import WarehouseError
from govcrawl.warehouse import schema
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot, published_file
from tests.warehouse.folders import NEWS, PORTAL, TODAY, Folders

QUERIES = sorted((Path(schema.__file__).parent / "queries").glob("*.sql"))
ANSWERS = {
    "as_of": TODAY,
    "texts": 10,
    "since": date(2026, 11, 8),
    "until": TODAY,
    "days": 30,
    "stands": 21,
    "with_mended": True,
    "oldest": TODAY - timedelta(days=7),
    "earlier": TODAY - timedelta(days=1),
    "assessment_id": "20261122-inspection-2019",
    "finding_key": "0123456789abcdef",
    "check_ids": ["typo", "mojibake"],
    "earlier_id": "20261121-inspection-2019",
    "closed": "关停",
    "site_code": PORTAL,
    "site_codes": [PORTAL],
    "subjects": [f"{NEWS}a.html"],
    "kinds": ["page", "attachment", "image"],
    "classes": ["动态要闻", "通知公告"],
    "opened": ["ok", "redirect_offsite"],
    "words": "信箱|咨询",
    "special": "信访",
    "longest": 12,
    "conclusive": ["not_found", "gone"],
    "not_counted": ["blocked"],
    "repeat_within_days": 7,
    "slow_after_s": 15.0,
    "site_tags": ["SiteName"],
    "column_tags": ["ColumnName"],
    "content_tags": ["ArticleTitle"],
    "edition": "inspection-2019",
    "nights": 3,
    "refusals": ["blocked", "robots_denied"],
    "at_most": 10,
    "dimension": "unit",
    "finding_keys": ["0123456789abcdef"],
    "most": 10,
    "since_on": [date(2026, 11, 8)],
    "closing": "停止受理",
    "report": "信息公开.*报告",
    "year": "2025",
    "year_in_words": "二〇二五",
    "class": "政策解读",
}
"""A value for every `$parameter` a query may have; run ids come from the night."""


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    folders = Folders(tmp_path_factory.mktemp("data"))
    folders.night(TODAY - timedelta(days=1))
    made = folders.night()
    folders.assessment("20261122T040000Z")
    load_all(folders.data)
    publish(folders.data, datetime(2026, 11, 22, 6, tzinfo=UTC))
    return folders.data, made


@pytest.fixture
def snapshot(night):
    with Snapshot.open(night[0]) as opened:
        yield opened


def test_a_snapshot_is_named_after_its_file_however_it_is_reached(night):
    data, _ = night
    for place in (data, data / "published" / "latest.duckdb", data / "published" / "20261122T060000Z.duckdb"):
        with Snapshot.open(place) as opened:
            assert "20261122T060000Z" == opened.name


def test_a_frame_of_any_view_comes_twice_the_same(snapshot):
    with duckdb.connect() as connection:
        schema.prepare(connection)
        views = schema.views_of(connection)

    for view in sorted(views):
        pd.testing.assert_frame_equal(snapshot.frame(view), snapshot.frame(view))


def test_types_do_not_depend_on_what_is_null(snapshot):
    activity = snapshot.frame("section_activity")
    empty = activity[activity["site_code"] == "none"]

    assert {
        "update_days": "Int64",
        "entries": "Int64",
        "last_entry_on": "datetime64[us]",
        "complete": "boolean",
        "class": "str",
        "status": "Int64",
    }.items() <= {name: str(kind) for name, kind in activity.dtypes.items()}.items()
    assert list(activity.dtypes) == list(empty.dtypes)


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_says_its_question_and_its_order(path):
    text = path.read_text("utf-8")

    assert re.match(r"-- [A-Z].*[.;:]?", text)
    assert "ORDER BY" in text


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_answers(snapshot, night, path):
    _, made = night
    text = path.read_text("utf-8")
    params = {}
    for name in set(re.findall(r"\$(\w+)", re.sub(r"--.*", "", text))):
        if name == "run_id":
            kind = "sections" if "section" in text or "FROM entry" in text else "site"
            params[name] = made[kind]
        else:
            params[name] = ANSWERS[name]
    frame = snapshot.query(path.stem, **params)

    pd.testing.assert_frame_equal(frame, snapshot.query(path.stem, **params))


def test_the_runs_in_force_are_the_newest_finished_ones_of_the_day(snapshot, night):
    _, made = night
    frame = snapshot.query("runs_in_force", as_of=TODAY)

    assert made == dict(zip(frame["kind"], frame["run_id"], strict=True))
    assert snapshot.query("runs_in_force", as_of=TODAY - timedelta(days=2)).empty


def test_the_week_of_probes_reaches_back_seven_days_and_no_further(snapshot):
    assert 4 == len(snapshot.query("probes_of_week", as_of=TODAY))
    assert 4 == len(snapshot.query("probes_of_week", as_of=TODAY + timedelta(days=6)))
    assert 2 == len(snapshot.query("probes_of_week", as_of=TODAY + timedelta(days=7)))


def test_a_probe_belongs_to_the_civil_day_in_shanghai(snapshot):
    days = snapshot.query("probes_of_week", as_of=TODAY)["probed_on"]

    assert {pd.Timestamp(TODAY), pd.Timestamp(TODAY - timedelta(days=1))} == set(days)


def test_entries_outside_the_window_are_left_out(snapshot, night):
    _, made = night
    run_id = made["sections"]

    def count(since, until):
        return len(snapshot.query("entries_in_window", run_id=run_id, since=since, until=until))

    assert 1 == count(date(2026, 11, 20), date(2026, 11, 20))
    assert 0 == count(date(2026, 11, 21), TODAY)


def test_only_sites_that_were_reached_count_as_measured(snapshot, night):
    _, made = night

    assert [PORTAL] == list(snapshot.query("sites_measured", run_id=made["site"])["site_code"])


def test_lists_and_maps_come_as_values(snapshot):
    home = snapshot.frame("page").query("depth == 0 and outcome == 'ok'").iloc[0]
    result = snapshot.frame("site_result").query("verdict == 'unqualified'").iloc[0]

    assert {"SiteName": "岚川市人民政府"} == home["tags"]
    assert ["1-1"] == list(result["vetoes"])


@pytest.mark.parametrize("name", ["ipv6_of_day", "night_homes", "coverage_of_night"])
def test_a_statement_written_out_gives_the_same_rows_to_whoever_runs_it_again(
    snapshot, night, name, tmp_path
):
    ours = snapshot.query(name, as_of=TODAY)
    copy = shutil.copy(published_file(night[0]), tmp_path)
    with duckdb.connect(str(copy), read_only=True) as theirs:
        again = theirs.execute(snapshot.statement(name, as_of=TODAY)).df()

    assert len(ours) > 0
    pd.testing.assert_frame_equal(again.astype(ours.dtypes.to_dict()), ours)


def test_a_table_that_is_made_of_others_cannot_be_written_out(snapshot):
    with pytest.raises(ValueError, match=r"night\.addresses is made of other tables of the night"):
        snapshot.statement("home_reading", as_of=TODAY)


def test_an_unknown_view_is_named_with_those_there_are(snapshot):
    with pytest.raises(WarehouseError, match=r"no view 'sectoin'; it has .*section_activity"):
        snapshot.frame("sectoin")


def test_before_anything_is_published_the_remedy_is_to_publish(tmp_path):
    with pytest.raises(WarehouseError, match="govcrawl publish"):
        Snapshot.open(tmp_path)


def test_a_torn_copy_is_named_with_the_remedy(tmp_path):
    torn = tmp_path / "20261122T060000Z.duckdb"
    torn.write_bytes(b"torn" * 5000)

    with pytest.raises(WarehouseError, match=r"20261122T060000Z\.duckdb.*publish again"):
        Snapshot.open(torn)


def test_a_copy_of_another_version_says_to_publish_again(folders):
    folders.night()
    load_all(folders.data)
    copy = publish(folders.data, datetime(2026, 11, 22, 6, tzinfo=UTC))
    copy.chmod(0o644)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("DROP VIEW site_visit CASCADE")

    with (
        Snapshot.open(folders.data) as snapshot,
        pytest.raises(WarehouseError, match=r"another version.*`govcrawl publish`"),
    ):
        snapshot.query("sites_measured", run_id="x")
