"""The page in docs/ says what the database says."""

from pathlib import Path

import pytest

from govcrawl.records.errors import UserError
from govcrawl.warehouse import meanings, schema
from govcrawl.warehouse.dictionary import dictionary

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_data_dictionary_is_up_to_date():
    assert dictionary() == PAGE.read_text("utf-8"), "docs/data-dictionary.md: run `make docs`"


def test_a_column_without_a_text_is_named_with_the_file_that_lacks_it(tmp_path, monkeypatch):
    lacking = tmp_path / "meanings.toml"
    lines = meanings.FILE.read_text("utf-8").splitlines(keepends=True)
    lacking.write_text("".join(line for line in lines if not line.startswith("same_as_run.")), "utf-8")
    monkeypatch.setattr(meanings, "FILE", lacking)

    with pytest.raises(
        UserError, match=r"main\.page\.same_as_run.*no text; say in govcrawl/warehouse/meanings\.toml"
    ):
        dictionary()


def test_a_view_without_a_text_is_named(monkeypatch):
    prepare = schema.prepare

    def with_another_view(connection):
        prepare(connection)
        connection.execute("CREATE VIEW bare AS SELECT 1 AS one")

    monkeypatch.setattr(schema, "prepare", with_another_view)

    with pytest.raises(UserError, match=r"main\.bare: no text; write COMMENT ON VIEW"):
        dictionary()
