"""The page in docs/ says what the database says."""

from pathlib import Path

from govcrawl.warehouse.dictionary import dictionary

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_data_dictionary_is_up_to_date():
    assert dictionary() == PAGE.read_text("utf-8"), "docs/data-dictionary.md: run `make docs`"
