"""`report_templates/wording.toml`: what a check, an outcome or a state is called in a document."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FILE = Path(__file__).resolve().parents[2] / "report_templates" / "wording.toml"


@cache
def wording() -> Mapping[str, Any]:
    """The tables of the file, each by its name."""
    return MappingProxyType(tomllib.loads(_FILE.read_text("utf-8")))
