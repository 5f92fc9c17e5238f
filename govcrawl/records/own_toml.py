"""Reads the TOML files that hold our own words and numbers. A mistake in one ends in a sentence with file, line and remedy."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_TWICE = re.compile(r"overwrite|twice|redefine|immutable|mutate")


def own_toml(path: Path) -> dict[str, Any]:
    """The tables of a file that comes with the code; UserError when it is no TOML."""
    text = path.read_text("utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(toml_mistake(path, text, error)) from error


def toml_mistake(path: Path, text: str, error: tomllib.TOMLDecodeError) -> str:
    """What is wrong with a TOML file, for its writer: file, line, what stands there, and what to do."""
    lines = text.splitlines() or [""]
    found = _LINE.search(str(error))
    number = int(found[1]) if found is not None and found[1] else len(lines)
    problem, line = _LINE.sub("", str(error)), lines[number - 1].strip()
    if _TWICE.search(problem):
        name = line if line.startswith("[") else line.partition("=")[0].strip()
        return f"{path}, line {number}: {name} stands there a second time; leave it once"
    return f"{path}, line {number}: not TOML: {problem} in {line[:80]!r}; mend this line or the one before it"
