"""Region codes of GB/T 2260, abolished ones included: a site code outlives the region that it was given in."""

import csv
from functools import cache
from importlib.resources import files


@cache
def region_codes() -> frozenset[str]:
    """Every six-digit code that ever named a province, city or county (source: docs/decisions/)."""
    text = files("govcrawl.registry").joinpath("regions.csv").read_text("utf-8")
    return frozenset(row["region_code"] for row in csv.DictReader(text.splitlines()))
