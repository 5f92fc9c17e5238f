"""Every example of docs/research.md runs, and gives the result printed below it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from tests.warehouse.folders import Folders

PAGE = (Path(__file__).parents[2] / "docs" / "research.md").read_text("utf-8")
EXAMPLES = re.findall(r"```sql\n((?:(?!```).)*)```\n\n((?:\|[^\n]*\n)+)", PAGE, flags=re.DOTALL)
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A directory with the small night under data/."""
    place = tmp_path_factory.mktemp("research")
    (place / "data").mkdir()
    folders = Folders(place / "data")
    folders.night()
    load_all(folders.data)
    publish(folders.data, datetime(2026, 11, 22, 6, tzinfo=UTC))
    return place


@pytest.mark.parametrize(("statement", "printed"), EXAMPLES)
def test_an_example_gives_the_result_printed_below_it(place, statement, printed):
    with duckdb.connect(str(place / "data" / "published" / "latest.duckdb"), read_only=True) as connection:
        result = connection.execute(statement)
        head = [column[0] for column in result.description]
        rows = [["" if value is None else str(value) for value in row] for row in result.fetchall()]

    assert [head, *rows] == cells(printed)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_runs(place, program, monkeypatch):
    monkeypatch.chdir(place)

    exec(compile(program, "docs/research.md", "exec"), {})


def test_the_page_has_examples():
    assert (7, 2) == (len(EXAMPLES), len(PROGRAMS))


def cells(table):
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()]
    return [lines[0], *lines[2:]]
