"""Every figure of the circular is given again by its own SQL."""

import re
import shutil
from decimal import Decimal

import duckdb
import pytest

from analytics.figures.rates import Rate
from analytics.notices.traced_figures import Figures, rate_sql
from analytics.notices.write import figures_of
from govcrawl.warehouse.snapshot import Snapshot


@pytest.fixture(scope="module")
def warehouse(judged, tmp_path_factory):
    """A copy: one process opens a file in one way only, and the product has it open already."""
    copy = tmp_path_factory.mktemp("copy") / "published.duckdb"
    shutil.copy(judged.data / "published" / "latest.duckdb", copy)
    with duckdb.connect(copy, read_only=True) as connection:
        yield connection


def answer(connection, figure):
    (value,) = connection.execute(figure.sql).fetchone()
    return value


def printed(value):
    """The figure a query gave, as it is printed."""
    return {None: "—", Decimal("100.0"): "100%", Decimal("0.0"): "0%"}.get(value, f"{value}%")


def test_the_sql_of_every_figure_gives_the_printed_figure(judged, warehouse):
    figures = figures_of(judged.data, judged.assessments[1])

    assert {"running", "pass-rate", "points", "fixed", "findings", "unit-1-rate"} <= {f.key for f in figures}
    for figure in figures:
        value = answer(warehouse, figure)
        assert figure.printed == (printed(value) if isinstance(figure.value, Rate) else str(value)), (
            figure.key
        )


def test_every_link_of_the_circular_leads_to_a_figure_that_is_listed(judged):
    circular = judged.notices[1].of("circular")[0]
    links = re.findall(r'href="circular-figures.html#([^"]+)">([^<]+)<', circular.read_text("utf-8"))
    listed = (circular.parent / "circular-figures.html").read_text("utf-8")
    by_key = {figure.key: figure for figure in figures_of(judged.data, judged.assessments[1])}

    assert len(links) > 20
    for key, shown in links:
        assert by_key[key].printed.lstrip("-") == shown
        assert f'<h2 id="{key}">' in listed


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "percent"),
    [
        (1, 8, 0, "13"),
        (3852, 3853, 1, "99.9"),
        (1, 9999, 1, "0.1"),
        (40, 43, 2, "93.02"),
        (5, 5, 1, "100.0"),
        (0, 5, 1, "0.0"),
    ],
)
def test_a_rate_in_sql_rounds_as_it_is_printed(warehouse, part, whole, decimals, percent):
    (value,) = warehouse.execute(rate_sql(f"SELECT {part}", f"SELECT {whole}", decimals)).fetchone()

    assert Decimal(percent) == value
    assert Rate(part, whole).printed(decimals) == printed(value)


def test_a_hostile_unit_is_only_a_value_in_the_sql(judged, warehouse):
    with Snapshot.open(judged.data) as snapshot:
        figures = Figures(snapshot, "x.html", 1)
        rows = figures.rows("judged_sites", assessment_id=judged.assessments[1])
        figure = figures.count("x", "", rows, {"unit": "局'); DROP TABLE raw.site; --"})

    assert 0 == answer(warehouse, figure)
