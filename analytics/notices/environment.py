"""The one Jinja environment: autoescape always, an undefined name is an error, templates hold words only.

Every document carries its style and its script within, and a policy that lets a browser run these and nothing else:
they are named by their hash, so not even a mark-up that slipped through would be obeyed.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from analytics.figures.rates import Rate
from analytics.words import text

if TYPE_CHECKING:
    from collections.abc import Sequence

TEMPLATES = Path(__file__).resolve().parents[2] / "report_templates"


def _visible(value: object) -> object:
    """Whatever a template prints, without what cannot be seen."""
    return text.seen(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "chinese_numeral": text.chinese_numeral,
        "chinese_date": text.chinese_date,
        "chinese_span": text.chinese_span,
        "shown": text.shown,
        "typeset": text.typeset,
        "defanged": text.defanged,
        "day": day,
        "basename": lambda path: PurePosixPath(path).name,
        "cell": cell,
    }
    return env


@dataclass(frozen=True, slots=True)
class Asset:
    """A style sheet or script of ours, set into the document."""

    text: Markup
    source: str  # its hash as a policy names it


@cache
def asset(name: str) -> Asset:
    """The asset of a file in `report_templates/`."""
    content = (TEMPLATES / name).read_text("utf-8")
    digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return Asset(Markup(content), f"'sha256-{digest}'")  # noqa: S704 - a file of ours, no content


def day(value: date | None) -> str:
    """A day in a table; a dash where there is none. An instant counts by its day."""
    return text.chinese_date(value) if value is not None else "—"


def cell(value: object, decimals: int, kind: str) -> Markup:
    """What stands in a cell of a column: each line of a text on its own, numbers and days as a document prints them.

    A name is shorter than a sentence or an address: its column is narrow, and a row higher than a page is cut.
    """
    if isinstance(value, Rate):
        return escape(value.printed(decimals))
    if isinstance(value, date):
        return escape(text.chinese_date(value))
    if isinstance(value, str):
        return Markup("<br>").join(
            text.shown(line, 60 if kind == "name" else 300) for line in value.split("\n")
        )
    return escape("" if value is None else value)


def render(
    stem: str,
    *,
    styles: Sequence[str] = ("document.css",),
    scripts: Sequence[str] = ("document.js",),
    **context: object,
) -> str:
    """The document of the template `<stem>.html`, with these files of `report_templates/` as style and script."""
    sheets, programs = [asset(name) for name in styles], [asset(name) for name in scripts]
    policy = (
        f"default-src 'none'; style-src {_sources(sheets)}; script-src {_sources(programs)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        environment()
        .get_template(f"{stem}.html")
        .render(styles=sheets, scripts=programs, policy=policy, **context)
    )


def _sources(assets: Sequence[Asset]) -> str:
    return " ".join(each.source for each in assets) or "'none'"
