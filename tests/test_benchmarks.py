"""A benchmark that no longer fits the code is noticed before somebody wants its figures."""

import importlib
from pathlib import Path

import pytest

import benchmarks

MODULES = sorted(
    path.stem for path in Path(benchmarks.__file__).parent.glob("*.py") if not path.stem.startswith("_")
)


@pytest.mark.parametrize("name", MODULES)
def test_a_benchmark_finds_all_that_it_measures(name):
    assert importlib.import_module(f"benchmarks.{name}").__doc__
