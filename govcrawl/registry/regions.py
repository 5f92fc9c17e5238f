"""Region codes of GB/T 2260, abolished ones included: a site keeps its code when its region is abolished."""

import csv
from functools import cache
from importlib.resources import files


@cache
def region_codes() -> frozenset[str]:
    """Every six-digit code that ever named a province, city or county (source: docs/decisions/registry.md)."""
    return frozenset(region_names())


@cache
def region_names() -> dict[str, str]:
    """Code → the latest name of its region."""
    text = files("govcrawl.registry").joinpath("regions.csv").read_text("utf-8")
    return {row["region_code"]: row["name"] for row in csv.DictReader(text.splitlines())}
