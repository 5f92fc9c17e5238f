"""The one Jinja environment: autoescape always, an undefined name is an error, templates hold words only."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analytics.notices import text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES = Path(__file__).resolve().parents[2] / "report_templates"


@cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "chinese_numeral": text.chinese_numeral,
        "chinese_date": text.chinese_date,
        "shown": text.shown,
        "typeset": text.typeset,
        "defanged": text.defanged,
    }
    return env


@cache
def wording() -> Mapping[str, Any]:
    """`report_templates/wording.toml`: what a check, an outcome or a state is called in a document."""
    return MappingProxyType(tomllib.loads((TEMPLATES / "wording.toml").read_text("utf-8")))


def render(stem: str, **context: object) -> str:
    """The document of the template `<stem>.html`."""
    return environment().get_template(f"{stem}.html").render(**context)
