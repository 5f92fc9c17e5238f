"""Checks the settings given as `-s NAME=VALUE`."""

from __future__ import annotations

import difflib
from functools import cache
from typing import Any

from scrapy.settings import default_settings

from govcrawl import settings

_OF_ADD_ONS = ("PLAYWRIGHT_",)  # scrapy-playwright reads names of its own


def problem_of(name: str, value: str) -> str | None:
    """What is wrong with a setting; None when nothing is."""
    if name not in known_settings():
        if name.startswith(_OF_ADD_ONS):
            return None
        near = difflib.get_close_matches(name.upper(), known_settings(), 1, 0.6)
        return f"there is no setting {name}" + (f"; did you mean {near[0]}?" if near else "")
    default = known_settings()[name]
    if isinstance(default, (int, float)) and not isinstance(default, bool) and not _is_number(value):
        return f"{name} is a number, e.g. {default}; {value!r} is none"
    return None


@cache
def known_settings() -> dict[str, Any]:
    """Name → default of all settings, Scrapy's and ours."""
    return {
        name: value
        for module in (default_settings, settings)
        for name, value in vars(module).items()
        if name.isupper()
    }


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
