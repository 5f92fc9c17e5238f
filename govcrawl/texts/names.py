"""Finds names that are nearly right: organs, titles, peoples, regions, laws, policies and fixed phrases.

A slip is one character that is wrong (alike in sound or shape), missing, doubled or swapped with its neighbour. A text that is
itself a name or a word, or that may be made of the words around it, is no slip.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from govcrawl.registry.regions import region_names
from govcrawl.texts.alike import NEAR, SAME, likeness, words
from govcrawl.texts.marks import Found
from govcrawl.texts.word_lists import Name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.texts.folded import Folded
    from govcrawl.texts.language import Language
    from govcrawl.texts.word_lists import Lists

WAY: Final = "names"
OF_STATE: Final = frozenset({"country", "organ", "title", "leader", "thought", "nation", "region", "law"})
"""Names whose slip is a misstatement; of the others it is a typo."""

_KIND: Final = {
    "country": "国家和政治组织名称", "organ": "机构名称", "title": "职务名称", "leader": "领导人姓名", "thought": "党的指导思想和理论的表述",
    "nation": "民族名称", "region": "行政区划名称", "law": "法律法规名称", "policy": "固定提法",
}  # fmt: skip
_LOOSE: Final = frozenset('和与及的之、“”"—·')  # may be left out of a name without making it wrong
_SIGNS: Final = frozenset('、“”"—·')
_LONG: Final = 7  # characters of a name in which any strange character is a slip
_WHOLE: Final = 8  # characters from above which all the others prove what was meant
_MAY_LACK: Final = frozenset("总国省市县区党中")  # names of an earlier time, or short ones, lack these
_SHORT: Final = 4  # up to here a slip that makes a word with its neighbour may be meant
_LONGEST_LAW: Final = 60
_BRACKETED: Final = re.compile(r"《([^《》\n]{4,80})》")
_VERSION: Final = re.compile(r"[（(][^（）()]{1,30}[）)]$")
_STATE_NAME: Final = "中华人民共和国"
_LAW_ENDS: Final = re.compile(r"(?:法典|法|条例|细则|规定|办法)")
_PAST: Final = re.compile(
    r"原|前身|时任|曾任|历任|撤销|不再保留|更名|改名|改称|改为|改组|组建|合并|整合|划入|并入|职责|当时|历史|沿革|废止|失效|公告|令第|第\d+号令"
)
_YEAR: Final = re.compile(r"(19[4-9]\d|20\d\d)\s*年|[〔\[（(]((?:19|20)\d\d)[〕\]）)]")


class _Slip(NamedTuple):
    """One way to write a name wrongly, as it would stand there."""

    name: Name
    joint: int  # of the first of the two characters that should not meet
    how: str


class _Half(NamedTuple):
    name: Name
    offset: int  # of the half in the name


@dataclass(frozen=True, slots=True)
class _Near:
    start: int
    end: int
    name: Name
    how: str


class Names:
    """All names of the lists, ready to be looked for."""

    def __init__(self, lists: Lists, language: Language) -> None:
        self._language = language
        names = {each.name: each for each in (*lists.names, *_regions())}
        self._exact = names
        self._parts = _bigrams(names)
        patterns: defaultdict[str, list[Name | _Slip | _Half]] = defaultdict(list)
        for name in names.values():
            patterns[name.name].append(name)
            for half in _halves(name):
                patterns[name.name[half.offset :][: _half_length(name.name, half.offset)]].append(half)
        for name in names.values():
            for text, index, how in self._slips(name):
                if text not in names:
                    patterns[text].append(_Slip(name, index, how))
        self._meanings = list(patterns.values())
        self._search = AhoCorasick(list(patterns), matchkind=MatchKind.Standard)
        self._laws = _Titles(lists.laws, language)

    def find(self, folded: Folded, published_on: str | None) -> Iterator[Found]:
        """Every place where a name is nearly right, or was replaced before the text was published."""
        text = folded.text
        exact: list[tuple[int, int, Name]] = []
        near: list[_Near] = []
        for pattern, start, end in self._search.find_matches_as_indexes(text, overlapping=True):
            for meaning in self._meanings[pattern]:
                if isinstance(meaning, Name):
                    exact.append((start, end, meaning))
                elif isinstance(meaning, _Slip):
                    if not self._is_made_of_others(text, start, end) and not self._is_usage(
                        text[start:end], meaning
                    ):
                        near.append(_Near(start, end, meaning.name, meaning.how))
                elif (slip := self._by_half(text, start - meaning.offset, meaning.name)) is not None:
                    near.append(slip)
        near += self._laws.near(text)
        near += _in_their_parents(text, exact)
        spans = [(start, end) for start, end, _ in exact]
        yield from _of_names(_longest(near, spans))
        if published_on:
            yield from _replaced(text, exact, published_on)

    def _slips(self, name: Name) -> Iterator[tuple[str, int, str]]:
        """The name with a character missing, doubled or swapped; not where that could be meant."""
        text = name.name
        if len(text) < 4 or name.kind == "region":
            return
        for index in range(len(text) - 1):
            one, other = text[index], text[index + 1]
            swapped = text[:index] + other + one + text[index + 2 :]
            if one != other and not {one, other} & _SIGNS:
                yield swapped, index, "字序颠倒"
        for index in range(1, len(text) - 1):
            before, character, after = text[index - 1], text[index], text[index + 1]
            if character not in _LOOSE:
                yield text[:index] + character + text[index:], index, "多字"
            if len(text) <= _SHORT or character in _LOOSE or character in (before, after):
                continue
            joint = before + after
            certain = len(text) > _WHOLE and character not in _MAY_LACK
            if certain or (joint not in words() and joint not in self._parts):
                yield text[:index] + text[index + 1 :], index - 1, "漏字"

    def _by_half(self, text: str, start: int, name: Name) -> _Near | None:
        """The slip at a place where half of the name stands: one character alike in place of another."""
        end = start + len(name.name)
        if start < 0 or end > len(text):
            return None
        written = text[start:end]
        differing = [
            index for index, (one, other) in enumerate(zip(written, name.name, strict=True)) if one != other
        ]
        if len(differing) != 1 or written in self._exact:
            return None
        index = differing[0]
        how = likeness(written[index], name.name[index]) if _is_han(written[index]) else None
        before, after = written[max(0, index - 1) : index + 1], written[index : index + 2]
        is_word = (len(before) == 2 and before in words()) or (len(after) == 2 and after in words())
        if len(written) == 3 and index == 2:  # 上海是
            return None
        if index in (0, len(written) - 1):  # words of one character end and begin here as often
            if how not in (SAME, NEAR):
                return None
        elif how is None and (len(written) < _LONG or is_word or not _is_han(written[index])):
            return None
        if len(written) <= _SHORT and is_word:
            return None
        if written in words() or self._reaches_out(text, start, end, index):
            return None
        if self._language.attested(written, index, index + 1):
            return None
        return _Near(start, end, name, f"{how or '错字'}：“{written[index]}”应为“{name.name[index]}”")

    def _is_usage(self, written: str, slip: _Slip) -> bool:
        """Whether the two characters that meet at the slip meet elsewhere. In a long name the other characters prove the slip."""
        return len(written) < _WHOLE and self._language.attested(written, slip.joint, slip.joint + 2)

    def _reaches_out(self, text: str, start: int, end: int, index: int) -> bool:
        """Whether a strange first or last character belongs to a word outside."""
        if index == 0 and start and text[start - 1 : start + 1] in words():
            return True
        return start + index == end - 1 and text[end - 1 : end + 1] in words()

    def _is_made_of_others(self, text: str, start: int, end: int) -> bool:
        """Whether a slip's first or last character may belong to a word outside."""
        return (start > 0 and text[start - 1 : start + 1] in words()) or text[end - 1 : end + 1] in words()


def _of_names(near: list[_Near]) -> Iterator[Found]:
    for each in near:
        of_state = each.name.kind in OF_STATE
        yield Found(
            "misstatement" if of_state else "typo",
            WAY,
            each.start,
            each.end,
            each.name.name,
            f"{_KIND[each.name.kind]}疑有差错（{each.how}），依据：{each.name.source}",
        )


def _longest(near: list[_Near], exact: list[tuple[int, int]]) -> list[_Near]:
    """Of slips that overlap, only the longest; none that lies within a name that is right."""
    names = _Spans(exact)
    kept: list[_Near] = []
    taken: list[tuple[int, int]] = []  # the spans of those kept, in their order; none overlaps another
    for each in sorted(near, key=lambda slip: (slip.start - slip.end, slip.start)):
        at = bisect_left(taken, (each.start, each.end))
        beside = taken[max(0, at - 1) : at + 1]
        overlaps = any(each.start < end and start < each.end for start, end in beside)
        if not overlaps and next(names.over(each.start, each.end), None) is None:
            kept.append(each)
            taken.insert(at, (each.start, each.end))
    return kept


class _Spans:
    """Stretches of a text, found by what they contain; a text may hold a hundred thousand."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._numbers = sorted(range(len(spans)), key=spans.__getitem__)
        self._spans = [spans[number] for number in self._numbers]
        self._longest = max((end - start for start, end in spans), default=0)

    def over(self, start: int, end: int) -> Iterator[int]:
        """The number of each stretch that contains the place from `start` to before `end`."""
        for at in range(bisect_left(self._spans, (end - self._longest, 0)), len(self._spans)):
            begin, stop = self._spans[at]
            if begin > start:
                return
            if end <= stop:
                yield self._numbers[at]


def _replaced(text: str, exact: list[tuple[int, int, Name]], published_on: str) -> Iterator[Found]:
    """Names that had been replaced by another when the text was published, unless the text speaks of their time."""
    spans = _Spans([(start, end) for start, end, _ in exact])
    for start, end, name in exact:
        if not name.valid_to or published_on <= name.valid_to:
            continue
        if any(exact[number][2] is not name for number in spans.over(start, end)):
            continue
        line = text.find("\n", end, end + 60)
        sentence = text[max(0, text.rfind("\n", 0, start), start - 80) : line if line >= 0 else end + 60]
        years = [int(one or other) for one, other in _YEAR.findall(sentence)]
        quoted = text.rfind("《", max(0, start - 80), start) > text.rfind("》", max(0, start - 80), start)
        if text[end : end + 1] in ("门", "队") or quoted or _PAST.search(sentence):
            continue
        if any(year <= int(name.valid_to[:4]) for year in years):
            continue
        yield Found(
            "misstatement",
            WAY,
            start,
            end,
            name.replaced_by,
            f"该名称用到{name.valid_to}为止，此文发布于{published_on}，依据：{name.source}",
        )


def _half_length(name: str, offset: int) -> int:
    middle = len(name) // 2
    return len(name) - offset if offset else (middle if len(name) > 3 else 2)


def _halves(name: Name) -> Iterator[_Half]:
    """The two halves of a name. One of them is right wherever a single character is wrong."""
    if len(name.name) == 3:
        yield from (_Half(name, 0), _Half(name, 1))
    elif len(name.name) > 3:
        yield from (_Half(name, 0), _Half(name, len(name.name) // 2))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _bigrams(names: dict[str, Name]) -> frozenset[str]:
    return frozenset(name[index : index + 2] for name in names for index in range(len(name) - 1))


# ---- regions


_STEMS: Final = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|省|市|县|区|州|盟|旗)$")


@cache
def _regions() -> tuple[Name, ...]:
    """Provinces by name, and every name long enough to be told from the words around it."""
    source = "行政区划代码（GB/T 2260）"
    names = {
        name
        for code, name in region_names().items()
        if len(name) > 4 or (code.endswith("0000") and len(name) > 2)
    }
    return tuple(Name(name, "region", "", "", "", source) for name in sorted(names))


@cache
def _children() -> dict[str, dict[int, list[str]]]:
    """Name of a province or prefecture → the names of what lies in it, by their length."""
    named = region_names()
    found: dict[str, dict[int, list[str]]] = {}
    for code, name in named.items():
        for parent in {code[:2] + "0000", code[:4] + "00"} - {code}:
            if (above := named.get(parent)) is not None and len(name) > 2:
                found.setdefault(above, {}).setdefault(len(name), []).append(name)
    return found


@cache
def _parents() -> AhoCorasick:
    return AhoCorasick(list(_children()), matchkind=MatchKind.LeftmostLongest)


@cache
def region_stems() -> frozenset[str]:
    return frozenset(
        stem for name in region_names().values() for stem in (name, _STEMS.sub("", name)) if len(stem) > 1
    )


def _in_their_parents(text: str, exact: list[tuple[int, int, Name]]) -> Iterator[_Near]:
    """A county or city behind the name of what it lies in, with one character of like sound or shape."""
    _ = exact
    names = list(_children())
    for pattern, _start, end in _parents().find_matches_as_indexes(text):
        by_length = _children()[names[pattern]]
        following = text[end : end + max(by_length)]
        if any(following[:length] in names_so_long for length, names_so_long in by_length.items()):
            continue
        for length, names_so_long in by_length.items():
            written = following[:length]
            if len(written) < length or written in region_stems() or not _STEMS.search(written):
                continue
            for name in names_so_long:
                wrong = [index for index in range(length) if written[index] != name[index]]
                if len(wrong) != 1 or wrong[0] == length - 1:
                    continue
                one, other = written[wrong[0]], name[wrong[0]]
                stem = written[: length - 1]
                if stem not in words() and (how := likeness(one, other)) is not None:
                    right = Name(name, "region", "", "", "", "行政区划代码（GB/T 2260）")
                    yield _Near(end, end + length, right, f"{how}：“{one}”应为“{other}”")


# ---- laws


class _Titles:
    """Titles of laws, found where one stands in brackets or behind the name of the state."""

    def __init__(self, laws: tuple[str, ...], language: Language) -> None:
        self._language = language
        self._forms = {form for law in laws for form in _forms(law)}
        self._by_rest: defaultdict[str, list[str]] = defaultdict(list)
        self._bigrams = frozenset(law[index : index + 2] for law in laws for index in range(len(law) - 1))
        for form in self._forms:
            if 4 <= len(form) <= _LONGEST_LAW:
                for rest in _rests(form):
                    self._by_rest[rest].append(form)

    def near(self, text: str) -> Iterator[_Near]:
        """Titles that are nearly those of the list."""
        for match in _BRACKETED.finditer(text):
            title = _VERSION.sub("", match[1])
            yield from self._judged(title, match.start(1))
        begin = text.find(_STATE_NAME)
        while begin >= 0:
            if text[max(0, begin - 1) : begin] != "《":
                yield from self._unbracketed(text[begin : begin + 36].partition("\n")[0], begin)
            begin = text.find(_STATE_NAME, begin + 1)

    def _unbracketed(self, following: str, begin: int) -> Iterator[_Near]:
        ends = [match.end() for match in _LAW_ENDS.finditer(following)]
        if any(following[:end] in self._forms for end in ends):
            return
        for end in ends:
            found = list(self._judged(following[:end], begin))
            if found and not self._language.attested(following, end - 1, end):
                yield from found
                return

    def _judged(self, title: str, start: int) -> Iterator[_Near]:
        if title in self._forms or not 4 <= len(title) <= _LONGEST_LAW:
            return
        for rest in _rests(title):
            for form in self._by_rest.get(rest, ()):
                if (how := self._slip(title, form)) is not None:
                    yield _Near(
                        start, start + len(title), Name(form, "law", "", "", "", "国家法律法规数据库"), how
                    )
                    return

    def _slip(self, title: str, form: str) -> str | None:
        """How `title` is off from `form`; None where it may be a title of its own."""
        if len(title) == len(form):
            wrong = [index for index in range(len(form)) if title[index] != form[index]]
            if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
                one, other = wrong
                return "字序颠倒" if title[one] == form[other] and title[other] == form[one] else None
            if len(wrong) != 1 or _names_another_region(title, wrong[0]):
                return None
            index = wrong[0]
            how = (
                likeness(title[index], form[index])
                if _is_han(title[index]) and _is_han(form[index])
                else None
            )
            return None if how is None else f"{how}：“{title[index]}”应为“{form[index]}”"
        longer, shorter = (title, form) if len(title) > len(form) else (form, title)
        if len(longer) - len(shorter) != 1:
            return None
        index = next((at for at in range(len(shorter)) if longer[at] != shorter[at]), len(shorter))
        extra = longer[index]
        if longer is title:
            return "多字" if extra in longer[max(0, index - 1) : index] else None
        joint = shorter[max(0, index - 1) : index + 1]
        plausible = len(joint) < 2 or joint in words() or joint in self._bigrams
        return None if plausible or extra in _LEFT_OUT else "漏字"


_LEFT_OUT: Final = _LOOSE | frozenset("办试行暂省市县区州第若干新等")


def _forms(law: str) -> Iterator[str]:
    """A title with and without the name of the state, which only national ones bear."""
    short = law.removeprefix(_STATE_NAME)
    yield short
    if law != short or not (law.startswith("最高") or any(_beginnings(law))):
        yield _STATE_NAME + short


def _beginnings(law: str) -> Iterator[str]:
    """The regions a title begins with."""
    return (law[:length] for length in range(2, 12) if law[:length] in region_stems())


def _rests(title: str) -> set[str]:
    """The title, and the title without each of its characters in turn. Two titles that share one of these are one slip apart."""
    return {title} | {title[:index] + title[index + 1 :] for index in range(len(title))}


def _names_another_region(title: str, index: int) -> bool:
    """Whether the place that differs lies in the name of a region: 山西省 is not 陕西省 written wrongly."""
    return any(
        title[start:end] in region_stems()
        for start in range(max(0, index - 5), index + 1)
        for end in range(max(index + 1, start + 2), min(len(title), start + 8) + 1)
    )
