import pytest

from govcrawl.texts.reader import Reader


@pytest.fixture(scope="session")
def reader():
    """The starter lists and language; they take two seconds to build."""
    return Reader.of(None)


@pytest.fixture(scope="session")
def marks(reader):
    def read(text, published_on="2026-03-18"):
        return [
            (mark.check_id, mark.observed, mark.expected)
            for mark in reader.read("", text, published_on).marks
        ]

    return read
