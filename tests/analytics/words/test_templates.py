"""Templates know no words of a vocabulary: what they ask of a row is a fact with a name."""

import pytest
from jinja2 import Environment, nodes

from analytics.notices.environment import TEMPLATES
from govcrawl.warehouse.words import VOCABULARIES

WORDS = {word.value for vocabulary in VOCABULARIES for word in vocabulary}
PAGES = sorted(TEMPLATES.glob("*.html"))


def compared(markup: str) -> set[str]:
    """The words that a template compares something with, by `==`, `!=`, `in` or as a test (`is eq`)."""
    comparisons = Environment(autoescape=True).parse(markup).find_all((nodes.Compare, nodes.Test))
    return {const.value for asked in comparisons for const in asked.find_all(nodes.Const)} & WORDS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_template_compares_with_a_word_of_a_vocabulary(page):
    assert compared(page.read_text("utf-8")) == set(), (
        f"report_templates/{page.name}: let the module that makes its context give a fact with a name instead"
    )


@pytest.mark.parametrize(
    "markup",
    [
        '{% if f.state == "overdue" %}a{% endif %}',
        '{{ "a" if f.state != "overdue" }}',
        '{% if f.state in ("open", "overdue") %}a{% endif %}',
        '{% if f.state is eq("overdue") %}a{% endif %}',
        '{% macro row(f) %}{% for g in f if g.state == "overdue" %}{% endfor %}{% endmacro %}',
    ],
)
def test_a_comparison_is_seen_wherever_it_stands(markup):
    assert "overdue" in compared(markup)
