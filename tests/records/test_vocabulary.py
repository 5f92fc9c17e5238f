"""Each vocabulary is closed, and each of its sets says what it means."""

import pytest

from govcrawl.records import barrier_words, kinds, link_kinds, outcomes, service_words, states
from govcrawl.registry import choices
from govcrawl.warehouse.words import VOCABULARIES

SETS = [
    (vocabulary, name, words) for vocabulary, sets in VOCABULARIES.items() for name, words in sets.items()
]


@pytest.mark.parametrize(("vocabulary", "name", "words"), SETS, ids=[name for _, name, _ in SETS])
def test_a_set_holds_words_of_its_vocabulary_and_says_what_it_means(vocabulary, name, words):
    assert words
    assert words < set(vocabulary), "some words, not all"
    assert words.meaning.endswith(".")


def test_every_set_is_known_to_the_warehouse():
    said = {id(words) for _, _, words in SETS}
    beside = [
        (module.__name__, name)
        for module in (barrier_words, kinds, link_kinds, outcomes, service_words, states, choices)
        for name, value in vars(module).items()
        if isinstance(value, frozenset) and name != "BLOCKED_STATUSES" and id(value) not in said
    ]

    assert beside == []
