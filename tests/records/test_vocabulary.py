"""Each vocabulary is closed, and each of its sets says what it means."""

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from govcrawl.records import items, kinds, outcomes, states
from govcrawl.records.outcomes import FAILED, OPENED, OURS, Outcome
from govcrawl.warehouse import load
from govcrawl.warehouse.words import VOCABULARIES

SETS = [
    (vocabulary, name, words) for vocabulary, sets in VOCABULARIES.items() for name, words in sets.items()
]


def test_every_outcome_is_opened_failed_or_ours_and_only_one_of_them():
    assert set(Outcome) == OPENED | FAILED | OURS
    assert len(Outcome) == len(OPENED) + len(FAILED) + len(OURS)


@pytest.mark.parametrize(("vocabulary", "name", "words"), SETS, ids=[name for _, name, _ in SETS])
def test_a_set_holds_words_of_its_vocabulary_and_says_what_it_means(vocabulary, name, words):
    assert words
    assert words < set(vocabulary), "some words, not all"
    assert words.meaning.endswith(".")


def test_every_set_is_known_to_the_warehouse():
    said = {id(words) for _, _, words in SETS}
    beside = [
        (module.__name__, name)
        for module in (kinds, outcomes, states)
        for name, value in vars(module).items()
        if isinstance(value, frozenset) and name != "BLOCKED_STATUSES" and id(value) not in said
    ]

    assert beside == []


def test_every_kind_of_run_has_its_records_and_its_spider():
    spiders = SpiderLoader(Settings({"SPIDER_MODULES": ["govcrawl.spiders"]})).list()

    assert set(kinds.RECORDS_OF) == set(kinds.RunKind), "govcrawl/records/kinds.py: RECORDS_OF"
    assert set(spiders) == set(kinds.RunKind) - {kinds.RunKind.RECHECK}, "govcrawl/spiders/"


def test_every_record_has_a_class_of_its_own():
    assert len(kinds.RECORDS) == len({kind for of_kind in kinds.RECORDS_OF.values() for kind in of_kind})
    assert all(getattr(items, record.__name__) is record for record in kinds.RECORDS.values())


def test_what_a_run_leaves_has_its_derived_tables_by_a_kind_that_exists():
    assert load.DERIVED.keys() <= set(kinds.RunKind), "govcrawl/warehouse/load.py: DERIVED"
