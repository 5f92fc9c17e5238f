"""One name, one thing: a public class is defined once, and a file's name is used once in a package unless its room tells the difference."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

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
