"""What docs/adding.md promises: whoever forgets a file that an addition needs is told which.

Files that are asked for elsewhere: phrases (`tests/analytics/words/test_wording.py`), what columns mean
(`tests/warehouse/test_meanings.py`), types of raw tables (`tests/warehouse/test_schema.py`), golden documents, generated pages.
"""

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args, get_type_hints

import duckdb
import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

import analytics.notices.documents
import analytics.notices.intranet
from analytics.checks import known_checks, load_check
from analytics.editions.chosen import known_editions, load_edition
from analytics.notices.catalogue import DOCUMENT_KINDS
from govcrawl import registry
from govcrawl.night import nightly
from govcrawl.records import items, kinds
from govcrawl.records.kinds import name_of
from govcrawl.records.outcomes import FAILED, OPENED, OURS, Outcome
from govcrawl.registry.columns import FILES, field_header
from govcrawl.warehouse import load, schema
from tests.govweb.confession import sites

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "report_templates"
ADDING = (ROOT / "docs/adding.md").read_text("utf-8")


def modules_of(package) -> set[str]:
    return {path.stem for path in Path(package.__file__).parent.glob("[!_]*.py")}


@pytest.mark.parametrize("check", known_checks())
def test_a_check_says_its_question_and_is_used_and_confessed(check):
    asked = load_check(check).__doc__ or ""
    used = {name for name in known_editions() if check in load_edition(name).params}
    confessed = {found.check for site in sites() for fault in site.faults for found in fault.finds}

    assert len(asked.strip().splitlines()[0]) > 10, (
        f"analytics/checks/: the docstring of {check} is no sentence"
    )
    assert used, f"analytics/editions/rules/: no edition names {check}"
    assert check in confessed or check in ELSEWHERE, f"tests/govweb/sites/: no site.toml confesses {check}"


ELSEWHERE = {
    "account-stale",  # accounts belong to no site: tests/govweb/web.py confesses it
    *("account-silent", "account-duplicate", "app-nonconforming"),  # as account-stale
    "home-few-updates",  # the census alone asks it: tests/analytics/checks/test_home_few_updates.py
}
"""Checks that no site confesses, each with the reason."""


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_has_its_set_and_its_line_for_people(outcome):
    assert sum(outcome in words for words in (OPENED, FAILED, OURS)) == 1, (
        "govcrawl/records/outcomes.py: OPENED, FAILED or OURS"
    )
    assert f"\n| `{outcome}` |" in (ROOT / "docs/outcomes.md").read_text("utf-8"), "docs/outcomes.md"


@pytest.fixture(scope="module")
def warehouse():
    with duckdb.connect() as connection:
        schema.prepare(connection)
        yield connection


VIEW_OF = {"page_text": "text", "section_visit": "section_activity", "working_day": "night_working_day"}
"""Raw table → the view that shows it, where they are called differently."""

UNFOLDED = {
    "page": {"first_link_no", "new_links", "link_nos", "navigation", "planted", "planted_sought"},
    "section_visit": {"letters"},
}
"""Fields that views of their own unfold (`link`, `planted`, `home_entry`, `section_letter`, proposals)."""

RECORDS = {**kinds.RECORDS, **{name_of(file.record): file.record for file in FILES}}


@pytest.mark.parametrize("table", RECORDS)
def test_every_field_of_a_record_has_a_column_and_is_shown_to_readers(warehouse, table):
    named = {field_header(field.name) for field in fields(RECORDS[table])}
    view = VIEW_OF.get(table, table)
    made = set(warehouse.execute(schema.sql("catalogue/all_tables.sql")).fetchall())
    assert ("raw", table) in made, f"govcrawl/warehouse/schema/: a numbered file makes raw.{table}"
    assert view in schema.views_of(warehouse), f"govcrawl/warehouse/views/: a file makes the view {view}"
    shown = schema.columns_of(warehouse, f"main.{view}").keys() | UNFOLDED.get(table, set())

    assert named <= schema.columns_of(warehouse, f"raw.{table}").keys(), (
        f"govcrawl/warehouse/schema/: a numbered file adds it to raw.{table}"
    )
    assert named <= shown, f"govcrawl/warehouse/views/: name it in the view {view}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_field_of_the_registry_has_its_column(file):
    assert {field_header(field.name) for field in fields(file.record)} == {
        column.header for column in file.columns
    }, (
        f"govcrawl/registry/model.py and govcrawl/registry/columns.py: the fields of {file.record.__name__} are the columns of {file.stem}"
    )


def test_every_file_of_the_registry_is_a_list_of_it():
    assert {field.name for field in fields(registry.Registry)} >= {file.stem for file in FILES}, (
        "govcrawl/registry/model.py: Registry"
    )


def test_every_record_belongs_to_a_kind_of_run():
    written = {
        value
        for value in vars(items).values()
        if isinstance(value, type) and value.__module__ == items.__name__
    }
    reached: set[type] = set()
    for record in kinds.RECORDS.values():
        held = parts_of(record)
        reached |= {*record.__mro__, *held}
        reached |= {deeper for part in held if part in written for deeper in parts_of(part)}

    assert written - reached == set(), "govcrawl/records/kinds.py: RECORDS_OF"


def parts_of(record: type) -> set[type]:
    return {part for hint in get_type_hints(record).values() for part in get_args(hint) or (hint,)}


def test_every_spider_is_a_kind_of_run_that_the_night_starts():
    spiders = set(SpiderLoader(Settings({"SPIDER_MODULES": ["govcrawl.spiders"]})).list())

    assert spiders <= set(kinds.RunKind), "govcrawl/records/kinds.py: RunKind"
    assert spiders <= set(nightly.CRAWLS), "govcrawl/night/nightly.py: CRAWLS"
    assert set(nightly.CRAWLS) <= spiders, "govcrawl/spiders/: a module has the spider of each kind in CRAWLS"


def test_every_kind_of_run_has_its_records():
    assert set(kinds.RECORDS_OF) == set(kinds.RunKind), "govcrawl/records/kinds.py: RECORDS_OF"
    assert load.DERIVED.keys() <= set(kinds.RunKind), "govcrawl/warehouse/load.py: DERIVED"


def test_every_document_has_its_module_and_its_template():
    stems = {kind.stem for kind in DOCUMENT_KINDS}

    modules = modules_of(analytics.notices.documents)
    assert modules <= stems, "analytics/notices/catalogue.py: DOCUMENT_KINDS"
    assert stems <= modules, f"analytics/notices/documents/: the module of {stems - modules}"
    assert stems <= {path.stem for path in TEMPLATES.glob("*.html")}, "report_templates/: its template"


def test_every_page_of_the_intranet_has_its_template_is_written_and_in_its_navigation():
    modules = {
        path.stem: path.read_text("utf-8")
        for path in Path(analytics.notices.intranet.__file__).parent.glob("[!_]*.py")
    }
    pages = {stem for stem, text in modules.items() if f"def read_{stem}(" in text}
    templates = {
        path.stem
        for path in TEMPLATES.glob("*.html")
        if '{% extends "intranet.html" %}' in path.read_text("utf-8")
    }
    named = re.findall(r'\("(\w+)", "', (TEMPLATES / "intranet.html").read_text("utf-8"))

    assert pages <= templates, f"report_templates/: the template of {pages - templates}"
    assert templates <= modules.keys(), f"analytics/notices/intranet/: {templates - modules.keys()}"
    assert [] == [stem for stem in pages if f'"{stem}.html",' not in modules["index"]], (
        "analytics/notices/intranet/index.py: _write_pages"
    )
    assert pages | {"index"} == set(named), "report_templates/intranet.html: the navigation"


@pytest.mark.parametrize("edition", known_editions())
def test_an_edition_has_its_page_for_people(edition):
    assert f"`{edition}`" in (ROOT / "docs/indicators.md").read_text("utf-8"), (
        "docs/indicators.md: run `make docs`"
    )


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:govcrawl|analytics|report_templates|tests)/[\w/.-]+)`", ADDING)))
)
def test_what_the_page_names_is_there(path):
    assert (ROOT / path).exists(), f"docs/adding.md names {path}"
