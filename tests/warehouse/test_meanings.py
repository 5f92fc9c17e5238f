"""What a column means is written once, in meanings.toml, and stands at every column that shows it."""

from collections import Counter

import duckdb
import pytest

from govcrawl.warehouse import meanings, schema


@pytest.fixture(scope="module")
def columns():
    with duckdb.connect() as connection:
        schema.prepare(connection)
        found = connection.execute(schema.sql("catalogue/described_columns.sql")).fetchall()
    return {(owner, table, column): text for owner, table, column, _, text in found}


def texts_of(entry):
    return list(entry.values()) if isinstance(entry, dict) else [entry]


def test_no_meaning_is_written_twice():
    said = Counter(
        text for entry in meanings.meanings().values() for text in texts_of(entry) if isinstance(text, str)
    )

    assert [text for text, times in said.items() if times > 1] == [], "name both tables before one text"


def test_every_text_stands_at_a_column(columns):
    described = {
        (column, name)
        for owner, table, column in columns
        for name in (f"{owner}.{table}", table, "everywhere")
    }
    written = {
        (column, name)
        for column, entry in meanings.meanings().items()
        for names in (entry if isinstance(entry, dict) else ["everywhere"])
        for name in names.split()
    }

    assert written - described == set(), "meanings.toml: no such column"


@pytest.mark.parametrize("path", schema.files("views"), ids=lambda path: path.stem)
def test_a_view_leaves_what_columns_mean_to_the_one_place(path):
    assert "COMMENT ON COLUMN" not in path.read_text("utf-8"), "move it to meanings.toml"


def test_a_text_that_is_changed_reaches_a_warehouse_that_stands(tmp_path, monkeypatch):
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        schema.prepare(connection)
        changed = tmp_path / "meanings.toml"
        changed.write_text(
            meanings.FILE.read_text("utf-8").replace("Text of the entry", "Words of the entry"), "utf-8"
        )
        monkeypatch.setattr(meanings, "FILE", changed)
        schema.prepare(connection)
        found = connection.execute(
            "SELECT count(*) FROM duckdb_columns() WHERE comment LIKE 'Words of the entry%'"
        ).fetchone()

    assert found[0] > 1


@pytest.mark.parametrize(
    ("owner", "table", "text"),
    [
        ("raw", "page", "of the record"),
        ("main", "page", "of any page"),
        ("main", "probe", "of all"),
        ("raw", "link", "of b"),
    ],
)
def test_the_nearest_name_decides(owner, table, text):
    entry = {
        "raw.page": "of the record",
        "page": "of any page",
        "everywhere": "of all",
        "x link": {"as": "b"},
    }

    assert meanings.meaning({"a": entry, "b": "of b"}, owner, table, "a") == text
