"""The questions of `govcrawl query`: each answers, on a published copy and on its release, and pandas says the same."""

import csv
import io
import json
import re
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from govcrawl.cli.main import run
from govcrawl.records.errors import UserError
from govcrawl.records.items import Entry
from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.load import WAREHOUSE, load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.questions import QueryResult, answer, as_csv, as_table, question, questions
from govcrawl.warehouse.release.export import export
from govcrawl.warehouse.snapshot import published_file
from tests.warehouse.cookbook import PROGRAMS
from tests.warehouse.folders import (
    BUREAU,
    NEWS,
    PORTAL,
    TODAY,
    Folders,
    instant,
    page,
    probe,
    section_visit,
    site_visit,
)
from tests.warehouse.test_lives import FINE, GONE, LEFT, NIGHTS, TWICE, link_night

DOCS = Path(__file__).parents[2] / "docs"
COOKBOOK, JOINS = ((DOCS / name).read_text("utf-8") for name in ("cookbook.md", "joins.md"))


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Four nights on two sites, published under data/ and released under release/."""
    place = tmp_path_factory.mktemp("questions")
    folders = Folders(place / "data")
    old = Entry("旧闻", f"{NEWS}old.html", "2026-11-01", "list")
    new = Entry("新闻", f"{NEWS}new.html", str(NIGHTS[1]), "list")
    late = Entry("迟到", f"{NEWS}late.html", "2026-11-03", "list")
    article = {"kind": "article", "text_sha256": "a" * 64, "title": "转载的通知", "read_state": "read"}
    read = [
        page(PORTAL, "dtyw/new.html", published_at="2026-11-20T10:08", date_origin="tag", **article),
        page(BUREAU, "new.html", published_at="2026-11-23T09:30", date_origin="label", **article),
        page(
            PORTAL, "dtyw/own.html", published_at="2026-11-20T10:08", **(article | {"text_sha256": "b" * 64})
        ),
        site_visit(BUREAU),
    ]
    nights = [
        (NIGHTS[0], {GONE: "not_found", LEFT: "not_found", TWICE: "not_found", FINE: "ok"}, [old], "new"),
        (NIGHTS[1], {GONE: "blocked", LEFT: "not_found", TWICE: "ok", FINE: "ok"}, [old, new, late], "fixed"),
        (NIGHTS[3], {GONE: "ok", TWICE: "not_found", FINE: "ok"}, [old, new, late], "fixed"),
    ]
    for night, outcomes, entries, state in nights:
        link_night(folders, night, outcomes, more=[section_visit(entries=entries), *read])
        folders.assessment("20261122T040000Z", night, state=state)
    stamps = [f"2026-11-22T{hour:02}:30:00.000000" for hour in range(4)]
    refused = [replace(probe(BUREAU, stamp, "blocked"), status=412) for stamp in stamps[:2]]
    challenge = replace(probe(BUREAU, stamps[2], "blocked"), status=200)
    folders.run(
        "availability",
        *(probe(PORTAL, stamp, "timeout" if stamp == stamps[3] else "ok") for stamp in stamps),
        *refused,
        challenge,
        hour=1,
    )
    load_all(folders.data)
    with open_database(folders.data / WAREHOUSE) as connection:
        connection.execute(
            "UPDATE raw.site_result SET score_ceiling = 87.5 WHERE site_code = $site", {"site": PORTAL}
        )
        connection.execute("UPDATE raw.site_result SET score = 91 WHERE site_code = $site", {"site": BUREAU})
        connection.execute(
            "UPDATE raw.ledger SET fixed_on = $day, since_on = $since WHERE state = 'fixed'",
            {"day": NIGHTS[1], "since": NIGHTS[0]},
        )
    publish(folders.data, instant(NIGHTS[3], 6))
    export(folders.data, place / "release", instant(NIGHTS[3], 7))
    return place


@pytest.fixture(scope="module")
def copy(place):
    with open_database(published_file(place / "data"), read_only=True) as connection:
        yield connection


@pytest.fixture
def released(place, monkeypatch):
    monkeypatch.chdir(place / "release")
    with duckdb.connect() as connection:
        connection.execute(Path("views.sql").read_text("utf-8"))
        yield connection


@pytest.mark.parametrize("name", questions())
def test_a_question_answers_as_its_file_says_and_a_release_says_the_same(copy, released, name):
    asked = question(name)
    statement = asked.with_values({})
    found = answer(copy, statement)

    assert re.match(r"[A-Z].*[?.]$", asked.asks)
    assert "ORDER BY" in statement
    assert list(asked.columns) == found.columns
    assert set(re.findall(r"\$(\w+)", asked.statement)) == asked.params.keys()
    assert found == answer(released, statement)


@pytest.mark.parametrize("name", questions())
def test_a_question_stands_in_the_cookbook(name):
    """To write it again: make demo, then python -m tests.warehouse.cookbook data/demo > docs/cookbook.md."""
    asked = question(name)

    assert f"\n## {name}\n\n{asked.asks}\n" in COOKBOOK
    assert f"\n```sql\n{asked.statement}\n```\n" in COOKBOOK
    for program in PROGRAMS.glob(f"{name}.*"):
        assert program.read_text("utf-8").rstrip() in COOKBOOK


@pytest.mark.parametrize("statement", re.findall(r"```sql\n(.*?)```", JOINS, re.DOTALL))
def test_an_example_of_the_page_of_joins_runs(copy, statement):
    assert answer(copy, statement).columns


def test_the_diagram_of_entities_names_views_and_their_columns(copy):
    shown = {view: schema.columns_of(copy, f'main."{view}"').keys() for view in schema.views_of(copy)}
    relations = re.findall(r"^    (\w+) \S+--\S+ (\w+) : \"(.+)\"$", JOINS, re.MULTILINE)

    assert len(relations) > 25
    for left, right, keys in relations:
        for key in keys.split(", "):
            ours, _, theirs = key.partition(" = ")
            assert ours in shown[left], f"{left}.{ours}"
            assert (theirs or ours) in shown[right], f"{right}.{theirs or ours}"


def test_there_are_enough_of_them():
    assert len(questions()) >= 30
    for ending in (".py", ".R"):
        programs = {path.stem for path in PROGRAMS.glob(f"*{ending}")}
        assert len(programs) >= 10
        assert programs <= questions().keys()


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        # Four deaths: two end after three days, one after one, one lasts since the last night.
        ("dead_link_survival", [(0, 4, 0, 1.0), (1, 3, 1, 0.667), (3, 2, 2, 0.0)]),
        ("links_left_standing", [("opened", True, 2, 2.0), ("unlinked", True, 1, 3.0), (None, True, 1, 0.0)]),
        ("first_seen_lag", [("动态要闻", 2, 1, 10.0, 18.0, 1)]),
        ("repost_cascades", [("a" * 64, "转载的通知", 2, PORTAL, date(2026, 11, 20), 3)]),
        ("repost_lag", [(3, 1)]),
        ("blocked_by_firewall_kind", [("412", 1, 2, 0.2857), ("challenge", 1, 1, 0.1429)]),
        ("score_distribution_by_edition", [("inspection-2019", 80, 1, 0), ("inspection-2019", 90, 1, 1)]),
        ("mending_time_by_check", [("link-dead", 1, 1, 1.0, 1.0, 0)]),
        (
            "faults_night_by_night",
            [(NIGHTS[0], 1, 0, 0, 1), (NIGHTS[1], 0, 0, 1, 0), (NIGHTS[3], 0, 0, 0, 0)],
        ),
        ("publishing_by_weekday", [(1, 1, 0.333), (2, 1, 0.333), (7, 1, 0.333)]),
        ("availability_by_hour", [(8, 1, 0, 0.0), (9, 1, 0, 0.0), (10, 1, 0, 0.0), (11, 1, 1, 1.0)]),
    ],
)
def test_an_answer_is_right(copy, name, rows):
    assert rows == answer(copy, question(name).with_values({})).rows


@pytest.mark.parametrize("program", sorted(PROGRAMS.glob("*.py")), ids=lambda path: path.stem)
def test_pandas_says_the_same(released, program):
    named = {}
    exec(compile(program.read_text("utf-8"), program.name, "exec"), named)
    expected = answer(released, question(program.stem).with_values({}))

    assert expected.columns == list(named["answer"].columns)
    assert _plain(expected.rows) == _plain(named["answer"].itertuples(index=False))


def _plain(rows):
    """Values that compare, whatever type of number or day pandas has for them, in any order of rows."""
    return sorted(tuple(_one(value) for value in row) for row in rows)


def _one(value):
    if pd.isna(value):
        return ""
    if isinstance(value, date):
        return str(value)[:10]
    return f"{float(value):.4f}" if not isinstance(value, str) else value


@pytest.mark.parametrize("program", sorted(PROGRAMS.glob("*.R")), ids=lambda path: path.stem)
def test_r_says_the_same(place, released, program):
    needed = "library(arrow); library(dplyr)"
    if subprocess.run(
        ["/bin/sh", "-c", f"Rscript -e '{needed}'"], capture_output=True, check=False
    ).returncode:
        pytest.skip("no R with the packages arrow and dplyr here")
    told = subprocess.run(
        ["Rscript", "-e", f"source('{program}'); write.csv(answer, row.names = FALSE, na = '')"],
        cwd=place / "release",
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    expected = answer(released, question(program.stem).with_values({}))

    assert len(expected.rows) == len(list(csv.reader(io.StringIO(told)))) - 1


def test_a_parameter_changes_the_answer(copy):
    asked = question("score_distribution_by_edition")

    assert [("inspection-2019", 85, 1, 0), ("inspection-2019", 90, 1, 1)] == answer(
        copy, asked.with_values({"width": "5"})
    ).rows
    assert (
        []
        == answer(
            copy, question("publishing_by_month").with_values({"since": str(TODAY + timedelta(days=90))})
        ).rows
    )
    assert [] == answer(copy, question("dead_link_survival").with_values({"kind": "it's none"})).rows


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        (
            "score_distribution_by_edition",
            {"width": "wide"},
            "--param width=wide: is no INTEGER; write it as 10",
        ),
        ("publishing_by_month", {"since": "2026"}, "--param since=2026: is no DATE; write it as 2026-11-22"),
        ("publishing_by_month", {"sinse": "x"}, r"takes no such parameter \(it takes: since\)"),
        ("charsets", {"a": "1"}, "it takes: none"),
        ("dead_link", {}, "did you mean .*dead_link_survival"),
    ],
)
def test_what_does_not_fit_is_told(name, given, message):
    with pytest.raises(UserError, match=message):
        question(name).with_values(given)


def test_the_command_answers_in_every_form(place, tmp_path, capsys):
    for form in ("table", "csv", "json", "parquet"):
        words = ["query", "repost_cascades", "--format", form, "--data", str(place / "data")]
        assert 0 == run([*words, "--out", str(tmp_path / form)])
    assert 0 == run(["query"])
    told = capsys.readouterr().out

    assert re.search(r"--param sites \(INTEGER = 2\): fewest sites", told)
    assert "转载的通知" in (tmp_path / "table").read_text("utf-8")
    assert [PORTAL] == [
        row["first_site"] for row in csv.DictReader((tmp_path / "csv").read_text("utf-8").splitlines())
    ]
    assert [{"days": 3, "first_on": "2026-11-20"}] == [
        {key: row[key] for key in ("days", "first_on")}
        for row in json.loads((tmp_path / "json").read_bytes())
    ]
    rows = duckdb.execute(
        "SELECT sites, first_on FROM read_parquet($file)", {"file": str(tmp_path / "parquet")}
    )
    assert [(2, date(2026, 11, 20))] == rows.fetchall()


def test_wrong_use_of_the_command_is_told(place):
    assert 2 == run(["query", "charsets", "--param", "width", "--data", str(place / "data")])
    assert 2 == run(["query", "charsets", "--format", "xml", "--data", str(place / "data")])
    assert 1 == run(["query", "charset", "--data", str(place / "data")])
    assert 1 == run(["query", "charsets", "--data", str(place / "nothing")])


def test_a_table_is_aligned_where_characters_are_wide():
    found = QueryResult(["name", "n"], [("市政府", 7), ("a", None), ("局", 12)])

    assert ["name     n", "------  --", "市政府   7", "a", "局      12"] == as_table(found).splitlines()
    assert "name,n\n市政府,7\na,\n局,12\n" == as_csv(found)


def test_what_a_page_wrote_neither_moves_the_cursor_nor_calculates():
    found = QueryResult(["title", "n"], [("\x1b[2J\u202e局\u009b\n长", -5), ("=cmd|' /C calc'!A0", 1)])

    table = as_table(found)
    assert 4 == len(table.splitlines())
    assert not any(sign in table for sign in "\x1b\u202e\u009b")
    assert [r"'=cmd|' /C calc'!A0,1"] == as_csv(found).splitlines()[-1:]
    assert ",-5" in as_csv(found)
