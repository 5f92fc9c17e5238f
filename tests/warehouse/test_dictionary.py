"""The page in docs/ says what the database says."""

from pathlib import Path

from govcrawl.warehouse.dictionary import dictionary

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_data_dictionary_is_up_to_date():
    """To write it again: python -m govcrawl.warehouse.dictionary > docs/data-dictionary.md."""
    assert dictionary() == PAGE.read_text("utf-8")
