"""The class of a section (栏目类别) from its name, its official tag and its entries, with a confidence and the reasons.

Names come in hundreds of variants, and Chinese names carry their head at the end (`规划解读` is 解读): the longest
phrase of the table decides, the one at the end before one inside. The tag ColumnType is free text, so it confirms or
fills a gap and overrules no clear name, unless it is an official class itself. What the entries are
about lowers the confidence where it says something else.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from govcrawl.pages.sections.section_examples import likeliest
from govcrawl.records.own_toml import own_toml
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OTHER: Final = "其他"
_CLEAR: Final = 0.6  # confidence of a name that needs no help
_BEYOND_DOUBT: Final = 0.9  # of a name that even an official word in the tag does not overrule
_DOUBTFUL: Final = 0.75  # below it only weak phrases were found, or phrases of two classes
_AHEAD: Final = 2.0  # of the next class, as logarithm of odds, where phrases are weak
_FAR_AHEAD: Final = 8.0  # where there are none: most such names are of no class
_UNKNOWN: Final = ("名称无法归类",)
_ALIKE: Final = 0.55  # confidence of a class that labelled names alone speak for
_FEWEST_TITLES: Final = 4  # fewer prove nothing
_AGREES: Final = 0.3  # share of titles with a word of the class
_CONTRADICTS: Final = 0.6
_BRACKETED: Final = re.compile(r"[（(\[【][^）)\]】]{0,60}[）)\]】]")


@dataclass(frozen=True, slots=True)
class Classified:
    """`confidence` from 0 to 1; `evidence` in the words of the people who will confirm it."""

    section_class: str
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    section_class: str
    phrase: str
    start: int
    strong: bool
    score: int


def classify(
    name: str, column_type: str | None = None, titles: Sequence[str] = (), parent: str | None = None
) -> Classified:
    """Class a section.

    `column_type` is its tag ColumnType, `titles` are those of its entries, `parent` the name it stands under.
    """
    by_name = _second_opinion(name, _named(name))
    by_name = _under(parent, by_name) if parent else by_name
    section_class, confidence, evidence = by_name.section_class, by_name.confidence, list(by_name.evidence)
    by_tag = _named(column_type) if column_type else None
    if by_tag is not None and by_tag.section_class != OTHER and by_tag.confidence >= _CLEAR:
        if by_tag.section_class == section_class:
            confidence += (1 - confidence) / 2
            evidence.append(f"栏目类别标签“{column_type}”一致")
        elif confidence < (_BEYOND_DOUBT if column_type in tuple(SectionClass) else _CLEAR):
            section_class, confidence = by_tag.section_class, 0.7
            evidence.append(f"按栏目类别标签“{column_type}”")
        else:
            confidence -= 0.1
            evidence.append(f"栏目类别标签为“{column_type}”,与名称不一致")
    return _weighed(section_class, confidence, evidence, titles)


def _weighed(section_class: str, confidence: float, evidence: list[str], titles: Sequence[str]) -> Classified:
    """What was found so far, weighed against what the entries are about."""
    if len(titles) >= _FEWEST_TITLES:
        shares = title_shares(titles)
        likeliest = max(shares, key=lambda each: shares[each], default=OTHER)
        own = shares.get(section_class, 0.0)
        top = shares.get(likeliest, 0.0)
        if section_class == OTHER and confidence < _CLEAR:
            if top >= _CONTRADICTS:
                section_class, confidence = likeliest, 0.3 + 0.3 * top
                evidence.append(f"{len(titles)}条标题中{top:.0%}像{likeliest}")
        elif own >= _AGREES:
            confidence += (1 - confidence) / 3
            evidence.append(f"{own:.0%}的标题相符")
        elif likeliest != section_class and top >= _CONTRADICTS and section_class in _TITLE_WORDS_MATTER:
            confidence -= 0.25
            evidence.append(f"{len(titles)}条标题中{top:.0%}像{likeliest}")
    return Classified(section_class, round(min(max(confidence, 0.05), 0.99), 2), tuple(evidence))


# Classes that sections below one of them share: 政策法规 > 综合类.
_HANDED_DOWN: Final = frozenset(
    [
        SectionClass.NEWS,
        SectionClass.NOTICES,
        SectionClass.POLICIES,
        SectionClass.INTERPRETATIONS,
        SectionClass.STAFF,
        SectionClass.BUDGETS,
        SectionClass.STATISTICS,
        SectionClass.CONSULTATIONS,
        SectionClass.GUIDES,
    ]
)
# What is published, and what about: 政策法规 > 政府采购 holds policies, 交易信息 > 水利工程 announcements.
_FORMS: Final = frozenset(
    [SectionClass.NOTICES, SectionClass.POLICIES, SectionClass.INTERPRETATIONS, SectionClass.GUIDES]
)
_SUBJECTS: Final = frozenset(
    [SectionClass.PROJECTS, SectionClass.BUDGETS, SectionClass.STATISTICS, SectionClass.REGION]
)
# Classes whose entries are called as nothing else is; a page of leaders or a service guide has entries of any kind.
_TITLE_WORDS_MATTER: Final = frozenset(
    [
        SectionClass.NEWS,
        SectionClass.NOTICES,
        SectionClass.POLICIES,
        SectionClass.INTERPRETATIONS,
        SectionClass.STAFF,
        SectionClass.BUDGETS,
        SectionClass.STATISTICS,
    ]
)


def title_shares(titles: Sequence[str]) -> dict[str, float]:
    """Share of titles with a word of each class; a title may count for several."""
    counted: Counter[str] = Counter()
    for title in titles:
        counted.update(each for each, words in _titles().items() if words.search(title))
    return {each: number / len(titles) for each, number in counted.most_common()}


def _named(name: str) -> Classified:
    """The class the words of a name say."""
    bare = _BRACKETED.sub("", name).strip() or name
    matches = _matches(bare)
    if not matches:
        return Classified(OTHER, 0.3, _UNKNOWN)
    best = max(matches, key=lambda match: (match.score, match.start))
    topics = [match for match in matches if match.section_class in _yields().get(best.phrase, ())]
    best = max(topics, key=lambda match: match.score, default=best)
    if best.phrase == bare:
        return Classified(best.section_class, 0.97 if best.strong else 0.85, (f"名称“{bare}”",))
    coverage = len(best.phrase) / len(bare)
    confidence = (0.7 if best.strong else 0.45) + 0.25 * coverage
    if any(
        match.section_class != best.section_class and match.strong and not _overlap(match, best)
        for match in matches
    ):
        confidence -= 0.12
    return Classified(best.section_class, confidence, (f"名称含“{best.phrase}”",))


def _second_opinion(name: str, by_phrases: Classified) -> Classified:
    """What labelled names say, where the phrases are weak or contradict each other."""
    if by_phrases.confidence >= _DOUBTFUL:
        return by_phrases
    lead = _FAR_AHEAD if by_phrases.evidence == _UNKNOWN else _AHEAD
    alike = likeliest(_BRACKETED.sub("", name), lead)
    if alike is None:
        return by_phrases
    section_class, names = alike
    evidence = f"与“{'”“'.join(names)}”相近"
    if section_class == by_phrases.section_class:
        return Classified(section_class, by_phrases.confidence, (*by_phrases.evidence, evidence))
    if by_phrases.evidence != _UNKNOWN and 2 * len(set(name) & set(names[0])) <= len(set(name)):
        return by_phrases  # a phrase that stands in the name outweighs a likeness of half of it
    return Classified(section_class, _ALIKE, (evidence,))


def _under(parent: str, own: Classified) -> Classified:
    """What a section is whose own name says little: what it stands under, where that is a list by its name."""
    above = _named(parent)
    if above.confidence < _CLEAR or above.section_class not in _HANDED_DOWN:
        return own
    about = own.section_class in _SUBJECTS and above.section_class in _FORMS
    if own.confidence >= _CLEAR and not about:
        return own
    return Classified(above.section_class, _CLEAR, (f"上级“{parent}”",))


def _matches(name: str) -> list[_Match]:
    """The best match of each class."""
    best: dict[str, _Match] = {}
    for phrase, section_class, strong in _phrases():
        start = name.rfind(phrase)
        if start < 0:
            continue
        at_end = start + len(phrase) == len(name)
        score = 2 * len(phrase) + 3 * strong + (8 if strong else 2) * at_end
        best_yet = best.get(section_class)
        if best_yet is None or score > best_yet.score:
            best[section_class] = _Match(section_class, phrase, start, strong, score)
    for section_class, ending in _patterns().items():
        if found := ending.search(name):
            score = 2 * len(found[0]) + 3 + 8
            best[section_class] = _Match(section_class, found[0], found.start(), strong=True, score=score)
    return list(best.values())


def _overlap(one: _Match, other: _Match) -> bool:
    return one.start < other.start + len(other.phrase) and other.start < one.start + len(one.phrase)


@cache
def _table() -> dict[str, Any]:
    return own_toml(Path(__file__).with_suffix(".toml"))


def _yields() -> Mapping[str, Sequence[str]]:
    yields: Mapping[str, Sequence[str]] = _table()["yields"]
    return yields


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {each: re.compile(ending) for each, ending in _table()["pattern"].items()}


@cache
def _phrases() -> tuple[tuple[str, str, bool], ...]:
    """(phrase, class, strong), classes in the order of the registry."""
    return tuple(
        (phrase, section_class, strength == "strong")
        for section_class in SectionClass
        for strength in ("strong", "weak")
        for phrase in _table()["name"][section_class][strength]
    )


@cache
def _titles() -> dict[str, re.Pattern[str]]:
    return {each: re.compile("|".join(entry["words"])) for each, entry in _table()["title"].items()}
