"""The Jinja environment of all documents: everything is escaped, and an undefined name is an error.

Every document contains its own style and script, and a security policy that allows only these, by their hashes. So a
browser would not run hostile markup even if it were not escaped.
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
from govcrawl.invisible import seen
from govcrawl.registry.choices import platform_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TEMPLATES = Path(__file__).resolve().parents[2] / "report_templates"


def _visible(value: object) -> object:
    """Remove invisible characters from each value that a template prints."""
    return seen(value) if isinstance(value, str) and not isinstance(value, Markup) else value


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
        "chinese_moment": text.chinese_moment,
        "shown": text.shown,
        "typeset": text.typeset,
        "defanged": text.defanged,
        "day": day,
        "platform": platform_name,
        "basename": lambda path: PurePosixPath(path).name,
        "cell": cell,
    }
    return env


@dataclass(frozen=True, slots=True)
class Asset:
    """A style sheet or script of ours that is put into the document."""

    text: Markup
    source: str  # its hash as a policy names it


@cache
def asset(name: str) -> Asset:
    """Read an asset from `report_templates/`."""
    content = (TEMPLATES / name).read_text("utf-8")
    digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return Asset(Markup(content), f"'sha256-{digest}'")  # noqa: S704 - a file of ours, no content


def day(value: date | None) -> str:
    """A day as a table prints it; a dash for None. Of an instant its day is printed."""
    return text.chinese_date(value) if value is not None else "—"


def cell(value: object, decimals: int, kind: str) -> Markup:
    """The content of a table cell: each line of a text separately, numbers and days as documents print them.

    Columns of names are narrow, so their texts are cut shorter: a row that is higher than a page would be cut off.
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
    images: bool = False,
    **context: object,
) -> str:
    """Render the template `<stem>.html`, with these files of `report_templates/` as styles and scripts.

    `images`: the page may show pictures that stand in itself; it still fetches none.
    """
    return "".join(rendered_parts(stem, styles=styles, scripts=scripts, images=images, **context))


def rendered_parts(
    stem: str,
    *,
    styles: Sequence[str] = ("document.css",),
    scripts: Sequence[str] = ("document.js",),
    images: bool = False,
    **context: object,
) -> Iterator[str]:
    """The same in parts, for a page that is long: the figures of a thousand sites fill ten megabytes."""
    sheets, programs = [asset(name) for name in styles], [asset(name) for name in scripts]
    policy = (
        f"default-src 'none'; style-src {_sources(sheets)}; script-src {_sources(programs)}; "
        f"{'img-src data:; ' if images else ''}base-uri 'none'; form-action 'none'"
    )
    template = environment().get_template(f"{stem}.html")
    return template.generate(styles=sheets, scripts=programs, policy=policy, **context)


def _sources(assets: Sequence[Asset]) -> str:
    return " ".join(each.source for each in assets) or "'none'"
