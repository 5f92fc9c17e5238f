"""A benchmark that no longer fits the code is noticed before somebody wants its figures."""

import importlib
from pathlib import Path

import pytest

import benchmarks

WITHOUT_PACKAGES = {
    "reading"
}  # measured beside packages of the group `bench`, which the tests do not install
MODULES = sorted(
    path.stem for path in Path(benchmarks.__file__).parent.glob("*.py") if not path.stem.startswith("_")
)


@pytest.mark.parametrize("name", [name for name in MODULES if name not in WITHOUT_PACKAGES])
def test_a_benchmark_finds_all_that_it_measures(name):
    assert importlib.import_module(f"benchmarks.{name}").__doc__
