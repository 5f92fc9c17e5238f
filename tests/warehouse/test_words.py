"""Words stand once, in `govcrawl.records`: SQL joins the tables made from them and lists none itself."""

import re
from pathlib import Path

import duckdb
import pytest

import govcrawl.warehouse
from govcrawl.records.outcomes import Outcome
from govcrawl.records.states import FinishReason
from govcrawl.records.vocabulary import snake_case
from govcrawl.warehouse import schema
from govcrawl.warehouse.words import VOCABULARIES

_HERE = Path(govcrawl.warehouse.__file__).parent
OTHER_THINGS = {"other"}  # a kind of page as well
ANOTHER_MEANING = {
    "faults_over_life.sql": {"site"},  # whose fault it is: a site's or an account's
    "reported_findings.sql": {"site"},
    "night_outcomes.sql": {"sections"},  # a heading
    "rows.sql": {"page", "link"},  # records
    "certificates_by_problem.sql": {"none"},  # no problem
}
STATEMENTS = sorted(
    path
    for folder in ("views", "queries", "questions", "derive", "catalogue")
    for path in (_HERE / folder).rglob("*.sql")
)


@pytest.fixture(scope="module")
def warehouse():
    with duckdb.connect() as connection:
        schema.prepare(connection)
        yield connection


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda vocabulary: vocabulary.__name__)
def test_a_vocabulary_and_its_sets_are_a_table(warehouse, vocabulary):
    found = warehouse.execute(f"FROM words.{snake_case(vocabulary.__name__)}").df().set_index("word")

    assert set(found.index) == set(vocabulary)
    for name, words in VOCABULARIES[vocabulary].items():
        assert set(found.index[found[name]]) == words
    for word in vocabulary:
        assert list(found.index[found[word.name.lower()]]) == [word]


def test_a_word_that_is_added_changes_an_old_warehouse(tmp_path, monkeypatch):
    path = str(tmp_path / "warehouse.duckdb")
    with duckdb.connect(path) as connection:
        schema.prepare(connection)
        connection.execute("DELETE FROM words.outcome")
    monkeypatch.setattr(schema.words, "statements", lambda old=schema.words.statements: [*old(), "SELECT 1"])
    with duckdb.connect(path) as connection:
        schema.prepare(connection)
        assert connection.execute("SELECT count(*) FROM words.outcome").fetchall() == [(len(Outcome),)]


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_statement_lists_words_of_its_own(path):
    asked = re.sub(r"--.*|COMMENT ON \w+ [\w.\"]+ IS '(?:[^']|'')*'", "", path.read_text("utf-8"))
    literals = set(re.findall(r"'(\w+)'", asked))
    words = {word.value for vocabulary in VOCABULARIES for word in vocabulary} - OTHER_THINGS

    words -= ANOTHER_MEANING.get(path.name, set())
    assert literals & words == set(), "join words.<vocabulary> instead"


def test_the_end_of_a_visit_is_described_by_the_words_that_occur(warehouse):
    described = warehouse.execute("""
        SELECT comment FROM duckdb_columns()
        WHERE column_name = 'finish_reason' AND table_name IN ('site_visit', 'night_visit')
    """).fetchall()

    assert len(described) == 3
    assert {frozenset(re.findall(r"[a-z_]{5,}", text)) for (text,) in described} == {frozenset(FinishReason)}
