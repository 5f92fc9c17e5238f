"""How a view leaves the warehouse: which of its rows leave when (`ways.toml`), and what each column shows outside.

Every text goes through one mask (`views/00_masked.sql`), on both sides of every join alike; columns that hold names or the
words of private persons are null. So nothing unmasked leaves, whatever a page has printed into a title or an address.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from govcrawl.records.own_toml import own_toml

RUN, ASSESSMENT, NIGHT, STATE, NEW = "run", "assessment", "night", "state", "new"
WAYS: Final = (RUN, ASSESSMENT, NIGHT, STATE, NEW)

_IDENTIFIERS: Final = frozenset(
    {
        "site_code",
        "run_id",
        "links_run_id",
        "assessment_id",
        "finding_key",
        "notice_id",
        "of_run",
        "same_as_run",
    }
)
"""Columns whose words we make ourselves; no page can print anything into them. So are hashes."""

PARTITION: Final = "night"
"""Name of the column that a folder `night=2026-11-22` stands for."""


@dataclass(frozen=True, slots=True)
class Way:
    """How one view leaves: one of WAYS, for NEW the columns that tell its rows apart, the columns withheld, and the table of one night."""

    view: str
    kind: str
    key: tuple[str, ...]
    withheld: dict[str, str]  # column → why
    one_night: str | None  # of night/, where one holds the view's rows of a night


@cache
def _lists() -> dict[str, Any]:
    return own_toml(Path(__file__).with_suffix(".toml"))


def ways() -> dict[str, Way]:
    """View → its way, in the order of `ways.toml`."""
    lists = _lists()
    withheld: dict[str, dict[str, str]] = {}
    for name, why in lists["withheld"].items():
        view, _, column = name.partition(".")
        withheld.setdefault(view, {})[column] = why
    return {
        view: Way(
            view,
            kind,
            tuple(lists[kind][view] if kind == NEW else ()),
            withheld.get(view, {}),
            lists["one_night"].get(view),
        )
        for kind in WAYS
        for view in lists[kind]
    }


def shown(way: Way, columns: dict[str, str]) -> str:
    """The SELECT list of a view as it leaves; `columns`: column → DuckDB type, in the order of the view."""
    return ", ".join(_column(name, kind, withheld=name in way.withheld) for name, kind in columns.items())


def _column(name: str, kind: str, *, withheld: bool) -> str:
    quoted = f'"{name}"'
    if withheld:
        return f"CAST(NULL AS {kind}) AS {quoted}"
    if "VARCHAR" not in kind or name in _IDENTIFIERS or name.endswith("sha256"):
        return quoted
    if kind == "VARCHAR":
        return f"derived.masked({quoted}) AS {quoted}"
    # A list, structure or map: masked as one text, for numbers keep their places in it. Most hold none, and reading JSON is dear.
    text = f"to_json({quoted})::VARCHAR"
    return f"CASE WHEN derived.may_hold_number({text}) THEN CAST(derived.masked({text})::JSON AS {kind}) ELSE {quoted} END AS {quoted}"
