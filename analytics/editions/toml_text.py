"""Reads TOML files into dataclasses; every error names file, line and key."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import MISSING, fields
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin, get_type_hints

from govcrawl.records.errors import EditionError
from govcrawl.records.own_toml import toml_mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

T = TypeVar("T")


class TomlText:
    """One TOML file, and the line of each of its keys."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            content = path.read_bytes()
        except OSError as error:
            raise EditionError(f"{path}: cannot be read ({error.strerror}); name an existing file") from error
        self.sha256 = hashlib.sha256(content).hexdigest()
        try:
            self.text = content.decode("utf-8")
            self.raw = tomllib.loads(self.text, parse_float=Decimal)
        except UnicodeDecodeError as error:
            raise EditionError(f"{path}: not text in UTF-8 ({error}); save it as UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            raise EditionError(toml_mistake(path, self.text, error)) from error

    def error(self, header: str, key: str, problem: str, nth: int = 0) -> EditionError:
        """Return the error, to be raised, that names file, line and key."""
        place = f"{self.path}, line {self._line(header, key, nth)}"
        return EditionError(f"{place}: {f'{header} ' if header else ''}{key}: {problem}")

    def tables_of(self, raw: Mapping[str, Any], name: str) -> dict[str, dict[str, Any]]:
        """The tables [name.…] in `raw`: second part of the name → table."""
        tables = raw.get(name, {})
        if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
            raise self.error("", name, f"must be tables [{name}.…]")
        return tables

    def _line(self, header: str, key: str, nth: int) -> int:
        """The line of `key` below the nth `header` (or at the top for no header), else of the header, else 1.

        Tables below a table belong to it: [[indicator.limit]] to its [[indicator]].
        """
        lines = self.text.splitlines()
        tables = [number for number, line in enumerate(lines) if line.startswith("[")]
        start, ends = 0, tables
        if header:
            name, below = _bare(header), f"{_bare(header)}."
            starts = [number for number in tables if _bare(lines[number]) == name]
            starts = starts or [number for number in tables if _bare(lines[number]).startswith(below)]
            if nth >= len(starts):
                return 1
            start = starts[nth]
            ends = [
                number for number in tables if number > start and not _bare(lines[number]).startswith(below)
            ]
        end = ends[0] if ends else len(lines)
        pattern = re.compile(rf'\s*"?{re.escape(key)}"?\s*=')
        return next((number for number in range(start, end) if pattern.match(lines[number])), start) + 1


def _bare(header: str) -> str:
    """`[term."动态要闻"]  # …` → term.动态要闻."""
    return re.sub(r"[\[\]\"'\s]", "", header.split("#", maxsplit=1)[0])


def build(kind: type[T], given: Mapping[str, Any], error: Callable[[str, str], EditionError]) -> T:
    """Build a dataclass from a table; raises `error(key, problem)` for unknown or missing keys and wrong types."""
    hints = _types_of(cast("Any", kind))
    by_name = {field.name: field for field in fields(cast("Any", kind))}
    for key in given:
        if key not in by_name:
            raise error(key, f"unknown key; known: {', '.join(by_name)}")
    values = {}
    for name, field in by_name.items():
        if name in given:
            try:
                values[name] = _typed(given[name], hints[name])
            except TypeError as mistake:
                raise error(name, str(mistake)) from mistake
        elif field.default is MISSING and field.default_factory is MISSING:
            raise error(name, "is missing")
    try:
        return kind(**values)
    except ValueError as mistake:
        key, _, problem = str(mistake).partition(": ")
        raise error(key, problem or key) from mistake


@cache
def _types_of(kind: type) -> dict[str, Any]:
    """Field → type; to work it out of the annotations costs more than to read a row, and an edition has hundreds."""
    return get_type_hints(kind)


def _typed(value: Any, hint: Any) -> Any:
    """`value` converted to the annotation (lists to tuples, integers to decimals); TypeError when it does not fit."""
    origin, arguments = get_origin(hint) or hint, get_args(hint)
    if origin is UnionType:
        return _typed(value, next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        if isinstance(value, list | tuple):
            return tuple(_typed(item, arguments[0]) for item in value)
    elif origin is Decimal:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
    elif origin is float:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return float(value)
    elif origin is int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    elif isinstance(value, origin):
        return value
    text = str(value) if isinstance(value, Decimal) else repr(value)
    raise TypeError(f"{text} is not {getattr(origin, '__name__', origin)}")
