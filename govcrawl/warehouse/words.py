"""Writes the closed vocabularies as small tables `words.<vocabulary>`, so that SQL joins sets of words instead of listing them.

A table has one row per word. Beside `word` it has one boolean column for each word, called as the enum calls it in small
letters, and one for each set of words, e.g. `outcome IN (SELECT word FROM words.outcome WHERE opened)` or
`class IN (SELECT word FROM words.section_class WHERE guides)`. A column that is neither a word nor a set is an SQL error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.records import barrier_words, kinds, link_kinds, outcomes, service_words, states
from govcrawl.records.vocabulary import WordSet, sets_of, snake_case
from govcrawl.registry import choices
from govcrawl.warehouse.connection import quoted

if TYPE_CHECKING:
    from enum import StrEnum

VOCABULARIES: dict[type[StrEnum], dict[str, WordSet[StrEnum]]] = {
    vocabulary: sets_of(vocabulary, vars(module))
    for module, vocabulary in (
        (outcomes, outcomes.Outcome),
        (kinds, kinds.RunKind),
        (kinds, kinds.VisitPart),
        (link_kinds, link_kinds.LinkKind),
        (barrier_words, barrier_words.BarrierAspect),
        (barrier_words, barrier_words.EntryAnswer),
        (service_words, service_words.SearchWay),
        (service_words, service_words.AssistantWay),
        (service_words, service_words.Hindrance),
        (choices, choices.SiteKind),
        (choices, choices.SectionClass),
        (choices, choices.AccountKind),
        (states, states.FinishReason),
        (states, states.NightState),
        (states, states.LeftOut),
        (states, states.ReadState),
        (states, states.TextState),
        (states, states.FileState),
        (states, states.Purpose),
        (states, states.FindingState),
        (states, states.LedgerState),
        (states, states.Standing),
        (states, states.RowState),
        (states, states.Verdict),
        (states, states.RecheckAnswer),
    )
}
"""Vocabulary → its sets, for all vocabularies that SQL may use."""


def statements() -> list[str]:
    """The statements that make the tables anew, replacing those of an earlier version."""
    made = ["DROP SCHEMA IF EXISTS words CASCADE", "CREATE SCHEMA words"]
    for vocabulary, sets in VOCABULARIES.items():
        columns = {word.name.lower(): WordSet(f"The word is {word}", word) for word in vocabulary}
        if twice := columns.keys() & sets.keys():
            raise ValueError(f"{vocabulary.__name__}: {min(twice)!r} is a word and a set")
        columns |= sets
        table = snake_case(vocabulary.__name__)
        rows = ", ".join(
            f"('{word}', {', '.join(str(word in column).upper() for column in columns.values())})"
            for word in vocabulary
        )
        names = ", ".join(f'"{name}" BOOLEAN NOT NULL' for name in columns)
        made.append(f"CREATE TABLE words.{table} (word VARCHAR PRIMARY KEY, {names})")
        made.append(f"INSERT INTO words.{table} VALUES {rows}")  # noqa: S608 - the words are our own
        made += [
            f'COMMENT ON COLUMN words.{table}."{name}" IS {quoted(column.meaning)}'
            for name, column in columns.items()
        ]
        made.append(
            f"COMMENT ON TABLE words.{table} IS 'One row a word of {vocabulary.__name__}, and its sets.'"
        )
        made.append(f"COMMENT ON COLUMN words.{table}.word IS 'Word as records and views hold it'")
    return made
