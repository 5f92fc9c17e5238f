"""A local overlay: a file in which a province or a city changes settings of an edition.

    title = "岚川市政府网站检查补充规定"
    changes = "inspection-2019"      the edition it is written for, or a list of several
    document, issuer                 optional, for the documents to quote

    [settings]                       marks, decimals, bands, … of the head of the edition
    [part.deduct]  scope = "all"     every row of a part: the scoring of ordinary sites
    [term."动态要闻"]  days = 7        stricter terms
    [check.home-stale]  days = 7     numbers of a check
    [indicator.usability]            keys of one row; [[indicator.usability.deduction]] takes the place of its deductions
    drop = ["bonus-data"]            rows of the edition that are not asked here (before the first table)
    [[row]]                          a row of its own, with all keys of an [[indicator]] and the day it is in force
    [draw]                           only part of the sites is inspected in a month

A part may name beside its scope the `source`, `in_force` and `confidence` of that change; the rows then quote both
sources. Everything that it does not name stays as in the edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from analytics.editions.edition_model import OF_ACCOUNTS, PARTS, RULE_OF, SCOPES, Overlay
from analytics.editions.toml_text import TomlText, build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govcrawl.records.errors import EditionError

SETTINGS = (
    "full_points",
    "pass_below",
    "mark_passes",
    "bonus_above",
    "bonus_most",
    "account_points",
    "account_pass_below",
    "rescale",
    "decimals",
    "bands",
    "confirm_first",
)
TABLES = ("settings", "part", "term", "check", "indicator", "row", "draw")
OF_SITES = tuple(scope for scope in SCOPES if scope not in OF_ACCOUNTS)
OF_PART = ("scope", "source", "in_force", "confidence", "verify")
FIXED = ("id", "part")  # of a row


def changed_editions(path: Path) -> tuple[str, ...]:
    """The ids of the editions that an overlay is written for."""
    return OverlayText(path).changes


@dataclass(frozen=True, slots=True)
class _Head:
    title: str
    changes: tuple[str, ...]
    document: str = ""
    issuer: str = ""
    drop: tuple[str, ...] = ()


class OverlayText:
    """One overlay file."""

    def __init__(self, path: Path) -> None:
        self.text = TomlText(path)
        self._head = build(
            _Head,
            {key: value for key, value in self.text.raw.items() if key not in TABLES}
            | _as_list(self.text.raw),
            lambda key, problem: self.text.error("", key, problem),
        )

    @property
    def changes(self) -> tuple[str, ...]:
        """The editions it is written for."""
        return self._head.changes

    def head(self) -> Overlay:
        """The overlay's own data, for results and documents."""
        return Overlay(
            name=self.text.path.stem,
            title=self._head.title,
            document=self._head.document,
            issuer=self._head.issuer,
            sha256=self.text.sha256,
            text=self.text.text,
            file=self.text.path,
        )

    def applied(self, edition: str, raw: dict[str, Any]) -> dict[str, Any]:
        """The edition's tables with the changes of this file; EditionError when they do not fit the edition."""
        if edition not in self.changes:
            named = ", ".join(map(repr, self.changes))
            raise self.text.error("", "changes", f"is {named}; the edition in use is {edition!r}")
        terms, checks = dict(raw.get("term", {})), dict(raw.get("check", {}))
        for name, table in self.text.tables_of(self.text.raw, "term").items():
            other = {"days": "months", "months": "days"}
            kept = {key: value for key, value in terms.get(name, {}).items() if other.get(key) not in table}
            terms[name] = kept | table
        rows = self._rows(raw["indicator"])
        own = self.text.tables_of(self.text.raw, "check")
        left = set(_checks_of(raw["indicator"])) - set(_checks_of(rows))  # checks that no row names any more
        kept = {name: table for name, table in checks.items() if name not in left}
        changed = {name: checks.get(name, {}) | table for name, table in own.items()}
        draw = {"draw": self.text.raw["draw"]} if "draw" in self.text.raw else {}
        confirmed = {"confirm_first": [name for name in raw.get("confirm_first", ()) if name not in left]}
        return (
            raw
            | confirmed
            | self._settings()
            | draw
            | {"term": terms, "check": kept | changed, "indicator": rows}
        )

    def error_of(self, header: str, key: str, problem: str, row_id: str | None) -> EditionError:
        """Return the error that names the place in this file which made the edition invalid."""
        own = [row.get("id") for row in self._own_rows()]
        if row_id in own:
            return self.text.error("[[row]]", key, problem, own.index(row_id))
        if row_id is not None:
            header = f"[indicator.{row_id}]"
        return self.text.error(header or "[settings]", key, problem)

    def _settings(self) -> dict[str, Any]:
        settings = self.text.raw.get("settings", {})
        if not isinstance(settings, dict):
            raise self.text.error("", "settings", "must be a table [settings]")
        for key in settings:
            if key not in SETTINGS:
                raise self.text.error("[settings]", key, f"unknown key; known: {', '.join(SETTINGS)}")
        return settings

    def _rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        parts = self.text.tables_of(self.text.raw, "part")
        for part, table in parts.items():
            fits = part in PARTS and not table.keys() - set(OF_PART) and table.get("scope") in OF_SITES
            if not fits:
                allowed = (
                    f"[part.{'|'.join(PARTS)}] takes scope = {', '.join(OF_SITES)}, and where that rule is from: "
                    f"{', '.join(OF_PART[1:])}"
                )
                raise self.text.error(f"[part.{part}]", "scope", allowed)
        own = self.text.tables_of(self.text.raw, "indicator")
        row_ids = [row["id"] for row in rows]
        for row_id in self._head.drop:
            self._in_edition(row_id, row_ids, "", "drop")
        for row_id, table in own.items():
            self._in_edition(row_id, row_ids, f"[indicator.{row_id}]", row_id)
            if row_id in self._head.drop:
                raise self.text.error(
                    f"[indicator.{row_id}]", row_id, "is in drop; a row is left out or changed"
                )
            for key in FIXED:
                if key in table:
                    raise self.text.error(f"[indicator.{row_id}]", key, "cannot be changed")
        changed = []
        for row in rows:
            if row["id"] in self._head.drop:
                continue
            of_part = parts.get(row["part"], {}) if row["scope"] not in OF_ACCOUNTS else {}
            changed.append(_of_part(row, of_part) | own.get(row["id"], {}))
        for number, row in enumerate(self._own_rows()):
            if "in_force" not in row:
                raise self.text.error(
                    "[[row]]", "in_force", "is missing: the day from which the row holds", number
                )
        return [*changed, *self._own_rows()]

    def _own_rows(self) -> list[dict[str, Any]]:
        rows = self.text.raw.get("row", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.text.error("", "row", "must be tables [[row]]")
        return rows

    def _in_edition(self, row_id: str, row_ids: list[str], header: str, key: str) -> None:
        if row_id not in row_ids:
            near = get_close_matches(row_id, row_ids, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(row_ids)}"
            raise self.text.error(header, key, f"the edition has no such indicator; {hint}")


def _of_part(row: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """A row with the change of its part: from the later of the two days on, and not at all where it has ended by then."""
    if "source" in change:
        change = change | {"source": f"{row['source']};{change['source']}"}
    days = [rule["in_force"] for rule in (row, change) if "in_force" in rule]
    if days and row.get("out_of_force", date.max) <= max(days):
        return row
    return row | change | ({"in_force": max(days)} if days else {})


def _as_list(raw: dict[str, Any]) -> dict[str, Any]:
    """`changes` names one edition or several."""
    return {"changes": [raw["changes"]]} if isinstance(raw.get("changes"), str) else {}


def _checks_of(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield from row.get("files", ())
        for kind in RULE_OF.values():
            yield from (rule.get("check", "") for rule in row.get(kind, ()))
