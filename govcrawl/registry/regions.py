"""Region codes of GB/T 2260, abolished ones included: a site code outlives the region that it was given in."""

import csv
from functools import cache
from importlib.resources import files


@cache
def region_codes() -> frozenset[str]:
    """Every six-digit code that ever named a province, city or county (source: docs/decisions/)."""
    return frozenset(region_names())


@cache
def region_names() -> dict[str, str]:
    """Code → the newest name it had."""
    text = files("govcrawl.registry").joinpath("regions.csv").read_text("utf-8")
    return {row["region_code"]: row["name"] for row in csv.DictReader(text.splitlines())}
