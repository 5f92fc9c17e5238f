"""The lists people keep: names that hold, words that are wrong. CSV, in English or Chinese headers; every broken line named.

A list of one's own stands beside the starter list and is read the same way: `names.csv`, `wrong_words.csv`, `laws.csv`.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from govcrawl.records.errors import UserError
from govcrawl.texts.folded import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

NAME_CLASSES: Final = (
    "country", "organ", "title", "leader", "thought", "nation", "region", "law", "policy",
)  # fmt: skip
WRONG_CLASSES: Final = ("typo", "misstatement", "sensitive-word")
FEWEST: Final = 2  # characters of a word: one alone stands in thousands of sound ones
MOST_WORDS: Final = 200_000

_HEADERS: Final[Mapping[str, str]] = {
    "名称": "name", "类别": "class", "启用日期": "valid_from", "停用日期": "valid_to", "现用名称": "replaced_by",
    "来源": "source", "错误写法": "wrong", "正确写法": "right", "例外": "except", "级别": "severity",
    "法规名称": "title", "公布日期": "dated",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name that holds between two days, and what took its place."""

    name: str
    kind: str  # a word of NAME_CLASSES
    valid_from: str
    valid_to: str  # last day; empty while it holds
    replaced_by: str
    source: str


@dataclass(frozen=True, slots=True)
class WrongWord:
    """A wrong form, the right one, and the contexts in which the wrong form is right."""

    wrong: str
    right: str
    contexts: tuple[str, ...]
    kind: str  # a word of WRONG_CLASSES
    severity: str
    source: str


class ListError(UserError):
    """Raised for a word list that cannot be used; the message names file, line, value and remedy."""


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of an office."""

    names: tuple[Name, ...]
    wrong: tuple[WrongWord, ...]
    laws: tuple[str, ...]


def load_lists(own: Path | None = None) -> Lists:
    """Read the starter lists, and those of the office in the folder `own` where there is one."""
    names: dict[str, Name] = {}
    wrong: dict[str, tuple[WrongWord, str]] = {}
    laws: dict[str, None] = {}
    for stem, place, text in _files(own):
        rows = _rows(place, text, _NEEDED[stem])
        if stem == "names":
            names |= {row.name: row for row in map(_name, rows)}
        elif stem == "wrong_words":
            _take_wrong(wrong, rows)
        else:
            laws |= {_plain(row, "title"): None for row in rows}
    if len(wrong) > MOST_WORDS:
        raise ListError(f"{own}: {len(wrong)} wrong words; at most {MOST_WORDS} are read. Split the list.")
    return Lists(tuple(names.values()), tuple(each for each, _ in wrong.values()), tuple(laws))


_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "names": ("name", "class"),
    "wrong_words": ("wrong", "right"),
    "laws": ("title",),
}


def _files(own: Path | None) -> Iterator[tuple[str, str, str]]:
    """Stem, place and text of every list: first ours, then the office's own, whose word goes."""
    for stem in _NEEDED:
        shipped = files("govcrawl.texts").joinpath(f"lists/{stem}.csv")
        yield stem, shipped.name, shipped.read_text("utf-8")
    for stem in _NEEDED if own is not None else ():
        path = own / f"{stem}.csv"  # type: ignore[operator] # not None in here
        if path.is_file():
            content = path.read_bytes()
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                try:
                    text = content.decode("gb18030")  # as Excel saves it
                except UnicodeDecodeError as error:
                    raise ListError(
                        f"{path}: neither UTF-8 nor GB18030 ({error}). Save it as UTF-8."
                    ) from error
            yield stem, str(path), text


@dataclass(frozen=True, slots=True)
class _Row:
    place: str  # file and line
    values: Mapping[str, str]

    def refuse(self, why: str) -> ListError:
        return ListError(f"{self.place}: {why}")


def _rows(place: str, text: str, needed: tuple[str, ...]) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text), strict=True)
    headers: list[str] = []
    try:
        for cells in reader:
            values = [cell.strip() for cell in cells]
            if not headers:
                headers = [_HEADERS.get(value, value) for value in values]
                if lacking := [name for name in needed if name not in headers]:
                    raise ListError(
                        f"{place}, line 1: no column {', '.join(lacking)}. The first line names the columns, e.g. "
                        f"{','.join(needed)}"
                    )
            elif any(values):
                if len(values) > len(headers):
                    raise ListError(
                        f"{place}, line {reader.line_num}: {len(values)} values for {len(headers)} columns "
                        f"({','.join(values)[:60]!r}). Put a value that holds a comma between quotes."
                    )
                yield _Row(f"{place}, line {reader.line_num}", dict(zip(headers, values, strict=False)))
    except csv.Error as error:
        raise ListError(
            f"{place}, line {reader.line_num}: {error}. Close the quotes of that line."
        ) from error


_SIGNS: Final = re.compile(r"[\W_]+")


def _plain(row: _Row, column: str) -> str:
    """The value folded as texts are; refused where it is empty or would meet nearly every text."""
    given = row.values.get(column, "")
    value = fold(given).text
    letters = _SIGNS.sub("", value)
    if not letters:
        raise row.refuse(
            f"{column} is {'empty' if not given else f'{given!r}, no word'}. Write it, or take the line out."
        )
    if len(letters) < FEWEST:
        raise row.refuse(
            f"{column} {given!r} is a single character and would be met in nearly every text. Give the whole word."
        )
    return value


def _day(row: _Row, column: str) -> str:
    given = row.values.get(column, "")
    if given:
        try:
            date.fromisoformat(given)
        except ValueError as error:
            raise row.refuse(f"{column} {given!r} is no date. Write it as 2018-03-17.") from error
    return given


def _name(row: _Row) -> Name:
    kind = row.values.get("class", "")
    if kind not in NAME_CLASSES:
        raise row.refuse(f"class {kind!r} is none of {' '.join(NAME_CLASSES)}.")
    valid_from, valid_to = _day(row, "valid_from"), _day(row, "valid_to")
    if valid_from and valid_to and valid_from > valid_to:
        raise row.refuse(f"valid_from {valid_from} lies behind valid_to {valid_to}. Change one of them.")
    replaced_by = row.values.get("replaced_by", "")
    if valid_to and not replaced_by:
        raise row.refuse("valid_to without replaced_by: say what is to be written instead.")
    return Name(_plain(row, "name"), kind, valid_from, valid_to, replaced_by, row.values.get("source", ""))


def _take_wrong(wrong: dict[str, tuple[WrongWord, str]], rows: Iterable[_Row]) -> None:
    """Add the rows of one file; the same word may replace one of an earlier file, never contradict its own."""
    own: dict[str, _Row] = {}
    found: dict[str, WrongWord] = {}
    for row in rows:
        word = _wrong(row)
        if word.wrong in found and found[word.wrong].right != word.right:
            raise row.refuse(
                f"{word.wrong!r} is to be {word.right!r}, but {found[word.wrong].right!r} in {own[word.wrong].place}. "
                "Take one of the lines out."
            )
        found[word.wrong], own[word.wrong] = word, row
    for word in found.values():
        other = found.get(word.right)
        if other is not None:
            raise own[word.wrong].refuse(
                f"{word.wrong!r} is to be {word.right!r}, which {own[word.right].place} calls wrong. Take one out."
            )
    for word in found.values():
        wrong.pop(word.right, None)  # what the office writes is right
        wrong[word.wrong] = (word, own[word.wrong].place)


def _wrong(row: _Row) -> WrongWord:
    kind = row.values.get("class", "") or "typo"
    if kind not in WRONG_CLASSES:
        raise row.refuse(f"class {kind!r} is none of {' '.join(WRONG_CLASSES)}.")
    wrong, right = _plain(row, "wrong"), fold(row.values.get("right", "")).text
    if wrong == right:
        raise row.refuse(f"{wrong!r} is to be itself. Correct the line.")
    if not right:
        raise row.refuse(f"nothing is proposed for {wrong!r}. Write the right form, or （删去）.")
    contexts = [fold(each).text for each in row.values.get("except", "").split(";") if each.strip()]
    if strange := [each for each in contexts if wrong not in each]:
        raise row.refuse(
            f"except {strange[0]!r} does not hold {wrong!r}. Write the whole context, e.g. {wrong}…"
        )
    # Where the right form holds the wrong one, the right form is such a context itself.
    contexts += [right] if wrong in right else []
    return WrongWord(
        wrong,
        right,
        tuple(contexts),
        kind,
        row.values.get("severity", "") or "一般",
        row.values.get("source", ""),
    )
