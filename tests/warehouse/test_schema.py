"""The tables are the records, the views are the contract, and everything says what it means."""

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from types import NoneType
from typing import get_args, get_origin, get_type_hints

import duckdb
import pytest

from govcrawl import registry
from govcrawl.records import kinds
from govcrawl.records.errors import WarehouseError
from govcrawl.registry.columns import field_header
from govcrawl.warehouse import schema

CONTRACT = {
    "site": "site_code name home_url unit region_code level kind status has_services render",
    "section": "site_code name url class rank update_days entry_selector",
    "unit": "unit parent region_code contact phone",
    "account": "account_id platform name unit url feed_url last_post_on",
    "run": "run_id kind started_at finished_at finish_reason sites pages code_version",
    "probe": "run_id site_code probed_at outcome status elapsed_s",
    "page": "run_id site_code url final_url status outcome fetched_at elapsed_s depth title published_at"
    " date_origin charset_declared charset_used body_sha256",
    "link": "run_id site_code target_url kind outcome status confirmed origin_url anchor_text origins",
    "section_activity": "run_id site_code section_name section_url class outcome entries undated last_entry_on",
    "entry": "run_id site_code section_name url title published_on date_origin first_seen_on",
    "finding": "assessment_id finding_key site_code check_id state subject_url origin_url observed expected"
    " evidence run_id",
    "site_result": "assessment_id site_code verdict score vetoes",
    "indicator_result": "assessment_id site_code indicator_id state points max_points count reason",
    "ledger": "finding_key site_code check_id subject_url state first_seen_on last_seen_on fixed_on notified_in"
    " due_on",
    "assessment": "assessment_id as_of edition edition_sha256 overlay snapshot created_at code_version",
}
"""DESIGN part 3, published views: these names and these columns first, in this order."""

RECORDS = {
    **kinds.RECORDS,
    "site": registry.Site,
    "section": registry.Section,
    "unit": registry.Unit,
    "account": registry.Account,
    "ticket": registry.Ticket,
    "message": registry.Message,
    "approved_link": registry.ApprovedLink,
    "submission": registry.Submission,
    "self_check": registry.SelfCheck,
    "spot_check": registry.SpotCheck,
    "reprimand": registry.Reprimand,
    "working_day": registry.WorkingDay,
}


@pytest.fixture(scope="module")
def warehouse():
    with duckdb.connect() as connection:
        schema.prepare(connection)
        yield connection


def sql_type(name: str, hint: object) -> str:
    """The column type a field of a record must have."""
    if get_origin(hint) is list:
        return f"{sql_type('', get_args(hint)[0])}[]"
    if get_origin(hint) is dict:
        key, value = (sql_type("", part) for part in get_args(hint))
        return f"MAP({key}, {value})"
    if parts := [part for part in get_args(hint) if part is not NoneType]:
        return sql_type(name, parts[0])
    if is_dataclass(hint):
        inside = ", ".join(f"{field} {sql_type(field, kind)}" for field, kind in get_type_hints(hint).items())
        return f"STRUCT({inside})"
    if name.endswith("_at") and name != "published_at":  # that one is as precise as the page prints it
        return "TIMESTAMP"
    if name.endswith("_on"):
        return "DATE"
    if name.endswith("_bytes"):
        return "BIGINT"
    return {str: "VARCHAR", int: "INTEGER", float: "DOUBLE", bool: "BOOLEAN", date: "DATE"}[hint]


OF_THE_LOADER = {"section_visit": {"same_as_run"}}  # columns that no record has


@pytest.mark.parametrize("table", RECORDS)
def test_a_raw_table_has_the_fields_of_its_record_and_their_types(warehouse, table):
    hints = get_type_hints(RECORDS[table], localns={"date": date})
    expected = {field_header(name): sql_type(name, hint) for name, hint in hints.items()}

    columns = schema.columns_of(warehouse, f"raw.{table}")
    del columns["run_id" if RECORDS[table].__module__ == "govcrawl.records.items" else "registry_sha256"]

    found = {
        name: kind.replace('"', "")
        for name, kind in columns.items()
        if name not in OF_THE_LOADER.get(table, ())
    }
    file = (
        "govcrawl/records/items.py"
        if RECORDS[table] in kinds.RECORDS.values()
        else "govcrawl/registry/model.py"
    )
    assert expected == found, (
        f"{file} and govcrawl/warehouse/schema/: raw.{table} has the fields of its record"
    )


@pytest.mark.parametrize("table", RECORDS)
def test_a_raw_column_may_be_null_exactly_when_its_field_may_be_none(warehouse, table):
    hints = get_type_hints(RECORDS[table], localns={"date": date})
    expected = {field_header(name): NoneType in get_args(hint) for name, hint in hints.items()}

    found = dict(
        warehouse.execute(
            "SELECT column_name, is_nullable FROM duckdb_columns() WHERE schema_name = 'raw' AND table_name = ?",
            [table],
        ).fetchall()
    )

    assert expected == {name: found[name] for name in expected}


@pytest.mark.parametrize(("table", "record"), kinds.RECORDS.items())
def test_a_field_that_may_be_missing_has_a_default_in_its_table_too(warehouse, table, record):
    defaults = dict(
        warehouse.execute(
            "SELECT column_name, column_default FROM duckdb_columns() WHERE schema_name = 'raw' AND table_name = ?",
            [table],
        ).fetchall()
    )
    hints = get_type_hints(record)
    for field in fields(record):
        optional = field.default is not MISSING or field.default_factory is not MISSING
        if optional and NoneType not in get_args(hints[field.name]):
            assert defaults[field.name] is not None, field.name


@pytest.mark.parametrize("view", CONTRACT)
def test_a_view_of_the_contract_has_its_columns(warehouse, view):
    expected = CONTRACT[view].split()

    assert expected == list(schema.columns_of(warehouse, f"main.{view}"))[: len(expected)]


def test_every_table_view_and_column_says_what_it_means(warehouse):
    silent = warehouse.execute("""
        SELECT schema_name, table_name, NULL FROM duckdb_tables() WHERE comment IS NULL
        UNION ALL SELECT schema_name, view_name, NULL FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT schema_name, table_name, column_name
            FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
    """).fetchall()

    assert [] == silent, (
        "a column: govcrawl/warehouse/meanings.toml; a table or view: COMMENT ON in the file that makes it"
    )


def test_no_column_keeps_a_time_zone(warehouse):
    found = warehouse.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND data_type LIKE '%TIME ZONE%'"
    ).fetchall()

    assert [] == found


def test_preparing_twice_changes_nothing(tmp_path):
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        schema.prepare(connection)
        before = connection.execute("SELECT * FROM migration.applied ORDER BY ALL").fetchall()
        schema.prepare(connection)

        assert before == connection.execute("SELECT * FROM migration.applied ORDER BY ALL").fetchall()


def test_a_view_of_an_earlier_version_is_replaced(tmp_path):
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        schema.prepare(connection)
        connection.execute("CREATE OR REPLACE VIEW run AS SELECT 1 AS old")
        connection.execute("CREATE VIEW retired AS SELECT * FROM run")
        connection.execute("UPDATE migration.applied SET sha256 = 'old' WHERE file = 'views'")
        schema.prepare(connection)

        assert "run_id" in schema.columns_of(connection, "main.run")
        assert "retired" not in schema.views_of(connection)


def test_a_warehouse_made_with_another_schema_asks_to_be_rebuilt():
    with duckdb.connect() as connection:
        schema.prepare(connection)
        connection.execute("UPDATE migration.applied SET sha256 = 'other' WHERE file = '0001_runs.sql'")

        with pytest.raises(WarehouseError, match=r"0001_runs\.sql differs.*load --rebuild"):
            schema.prepare(connection)


@pytest.mark.parametrize(
    ("taken", "view"),
    [("ALTER TABLE raw.run DROP COLUMN of_run", "01_run.sql"), ("DROP TABLE raw.probe", "probe")],
)
def test_a_view_of_what_no_schema_file_makes_names_both_places(taken, view):
    with duckdb.connect() as connection:
        schema.prepare(connection)
        connection.execute(taken)
        connection.execute("UPDATE migration.applied SET sha256 = '' WHERE file = 'views'")
        with pytest.raises(
            WarehouseError,
            match=rf"^govcrawl/warehouse/views/\S*{view}\S*: .*numbered files in govcrawl/warehouse/schema/",
        ):
            schema.prepare(connection)
