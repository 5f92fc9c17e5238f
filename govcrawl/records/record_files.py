"""Reads files of records, a record a line, as instances of their class."""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

import orjson

from govcrawl.records import packed
from govcrawl.records.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_Record = TypeVar("_Record")


def records_of(path: Path, record: type[_Record]) -> Iterator[_Record]:
    """Yield the records of one finished file as instances; fields added after it was written get their defaults.

    RunError names the line that is no such record.
    """
    for number, values in enumerate(read_records(path), start=1):
        try:
            yield _built(record, values)
        except TypeError as error:
            raise RunError(f"{path}, line {number}: not a {record.__name__} ({error})") from error


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of one finished file, packed or not, as they were written."""
    with packed.open_lines(path) as file:
        for number, line in enumerate(file, start=1):
            try:
                yield orjson.loads(line)
            except orjson.JSONDecodeError as error:
                raise RunError(
                    f"{path}, line {number}: not JSON ({error}); restore it from a copy"
                ) from error


def _built(record: type[Any], values: dict[str, Any]) -> Any:
    for name, inner in _inner_records(record).items():  # type: ignore[arg-type] # a class is hashable
        if name in values:
            values[name] = [_built(inner, each) for each in values[name]]
    return record(**values)


@cache
def _inner_records(record: type[Any]) -> dict[str, type[Any]]:
    """Field → class of the nested records in its list."""
    found = {
        name: get_args(hint) for name, hint in get_type_hints(record).items() if get_origin(hint) is list
    }
    return {
        name: inner for name, (inner,) in found.items() if is_dataclass(inner) and isinstance(inner, type)
    }
