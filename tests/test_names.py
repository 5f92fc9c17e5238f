"""One name, one thing: a public class is defined once, and a file's name is used once in a package unless its room tells the difference."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from govcrawl.warehouse.words import VOCABULARIES

ROOT = Path(__file__).parent.parent
PACKAGES = ("govcrawl", "analytics")
DEFINED_TWICE = {
    "Params",  # the numbers of a check: every module of analytics/checks has its own
    "Copy",  # of a page kept as evidence; of a document among texts
    "Page",  # as a visit records it; as it shows one of the copies of a text
}
ROOMS_THAT_TELL = {
    "circular",  # a part of the circular is called as what it counts
    "cli",  # a command is called as what it is about
    "nets",  # a net is called as the reader it stands behind
    "intranet",  # a page is called as what it shows
}
_DEFINED = re.compile(r"^class ([A-Z]\w*)|^([A-Z][a-z]\w*)(?:: [^=\n]{1,40})? = ", re.MULTILINE)


def modules(package: str) -> list[Path]:
    return [path for path in (ROOT / package).rglob("*.py") if path.name != "__init__.py"]


def test_a_public_class_is_defined_once():
    places = defaultdict(set)
    for path in (path for package in PACKAGES for path in modules(package)):
        for name in map("".join, _DEFINED.findall(path.read_text("utf-8"))):
            places[name].add(path.relative_to(ROOT).as_posix())

    twice = {name: sorted(found) for name, found in places.items() if len(found) > 1}
    assert {name: found for name, found in twice.items() if name not in DEFINED_TWICE} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_file_name_is_used_once_in_a_package(package):
    places = defaultdict(set)
    for path in modules(package):
        if path.parent.name not in ROOMS_THAT_TELL:
            places[path.name].add(path.relative_to(ROOT).as_posix())

    assert {name: sorted(found) for name, found in places.items() if len(found) > 1} == {}


def test_the_name_of_a_set_of_words_is_given_to_nothing_else():
    sets = {name.upper() for named in VOCABULARIES.values() for name in named}
    places = defaultdict(list)
    for path in (path for package in PACKAGES for path in modules(package)):
        for name in assigned(path):
            places[name].append(path.relative_to(ROOT).as_posix())

    assert {name: places[name] for name in sets if len(places[name]) != 1} == {}


def assigned(path: Path) -> set[str]:
    """The names a module gives to its own constants."""
    statements = ast.parse(path.read_text("utf-8")).body
    targets = [each for statement in statements for each in getattr(statement, "targets", ())]
    return {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
