"""Which keys a JSON line may and must have.

DuckDB's `read_json` ignores keys that are not listed, so a renamed field would be lost silently. Therefore the loader
checks the keys of every line, nested ones too, before DuckDB reads the file.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import orjson

from govcrawl.records.packed import open_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


class ShapeError(ValueError):
    """Raised by `read_shape` when a line does not have the expected shape; the message names the line."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The keys a record must have (`required`) and may have (`optional`); `nested`: key → shape of its list's elements."""

    required: frozenset[str]
    optional: frozenset[str]
    nested: dict[str, Shape]

    def problem(self, record: object) -> str | None:
        """What is wrong with a parsed line; None when nothing is."""
        if not isinstance(record, dict):
            return "not a record"
        keys = record.keys()
        if unknown := keys - self.required - self.optional:
            return f"unknown key {min(unknown)!r}"
        if missing := self.required - keys:
            return f"key {min(missing)!r} is missing"
        for name, shape in self.nested.items():
            every = shape.required | shape.optional
            for element in record.get(name) or ():
                # The usual case first, since this runs for every link of every page.
                if (element.keys() if isinstance(element, dict) else None) != every and (
                    problem := shape.problem(element)
                ):
                    return f"{name}: {problem}"
        return None


def shape_of(record: type[Any], key: Callable[[str], str] = str) -> Shape:
    """The shape of a dataclass. Fields with a default are optional: files written before they existed lack them.

    `key`: field name → key in the file.
    """
    required = set()
    nested = {}
    hints = get_type_hints(record)
    for field in fields(record):
        if field.default is MISSING and field.default_factory is MISSING:
            required.add(key(field.name))
        element = next(iter(get_args(hints[field.name])), None)
        if isinstance(element, type) and is_dataclass(element):
            nested[field.name] = shape_of(element)
    optional = {key(field.name) for field in fields(record)} - required
    return Shape(frozenset(required), frozenset(optional), nested)


def flat_shape(keys: Iterable[str], optional: Iterable[str] = ()) -> Shape:
    """The shape of a record without nested records: its keys, and which of them are optional."""
    every = frozenset(keys)
    return Shape(every - set(optional), every & set(optional), {})


@dataclass(frozen=True, slots=True)
class Lines:
    """The result of reading a file."""

    rows: int
    keys: frozenset[str]  # every line has exactly these
    longest: int  # bytes of the longest line


def read_shape(path: Path, shape: Shape) -> Lines:
    """Check every line of a JSONL file, packed or not; ShapeError for the first line that does not fit."""
    rows = longest = 0
    keys: frozenset[str] = frozenset()
    with open_lines(path) as file:
        for line in file:
            rows += 1
            longest = max(longest, len(line))
            if not line.endswith(b"\n"):
                raise ShapeError(f"line {rows} is torn")
            try:
                record = orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise ShapeError(f"line {rows} is not JSON ({error})") from error
            if problem := shape.problem(record):
                raise ShapeError(f"line {rows}: {problem}")
            if rows == 1:
                keys = frozenset(record)
            elif record.keys() != keys:
                raise ShapeError(f"line {rows} has other keys than line 1")
    return Lines(rows, keys, longest)
