"""A local overlay: a file in which a province or a city changes settings of an edition.

    title = "岚川市政府网站检查补充规定"
    changes = "inspection-2019"      the edition it is written for
    document, issuer                 optional, for the documents to quote

    [settings]                       marks, decimals, bands, … of the head of the edition
    [part.deduct]  scope = "all"     every row of a part: the scoring of ordinary sites
    [term."动态要闻"]  days = 7        stricter terms
    [check.home-stale]  days = 7     numbers of a check
    [indicator.usability]            keys of one row; [[indicator.usability.deduction]] takes the place of its deductions

Everything that it does not name stays as in the edition.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from analytics.editions.edition_model import ACCOUNT, PARTS, RULE_OF, SCOPES, Overlay
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
    "rescale",
    "decimals",
    "bands",
    "confirm_first",
)
TABLES = ("settings", "part", "term", "check", "indicator")
FIXED = ("id", "part")  # of a row


@dataclass(frozen=True, slots=True)
class _Head:
    title: str
    changes: str
    document: str = ""
    issuer: str = ""


class OverlayText:
    """One overlay file."""

    def __init__(self, path: Path) -> None:
        self.text = TomlText(path)
        self._head = build(
            _Head,
            {key: value for key, value in self.text.raw.items() if key not in TABLES},
            lambda key, problem: self.text.error("", key, problem),
        )

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
        if self._head.changes != edition:
            raise self.text.error(
                "", "changes", f"is {self._head.changes!r}; the edition in use is {edition!r}"
            )
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
        return raw | self._settings() | {"term": terms, "check": kept | changed, "indicator": rows}

    def error_of(self, header: str, key: str, problem: str, row_id: str | None) -> EditionError:
        """Return the error that names the place in this file which made the edition invalid."""
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
            if part not in PARTS or table.keys() != {"scope"} or table["scope"] not in SCOPES[:-1]:
                allowed = f"[part.{'|'.join(PARTS)}] takes scope = {', '.join(SCOPES[:-1])} and nothing else"
                raise self.text.error(f"[part.{part}]", "scope", allowed)
        own = self.text.tables_of(self.text.raw, "indicator")
        row_ids = [row["id"] for row in rows]
        for row_id, table in own.items():
            if row_id not in row_ids:
                near = get_close_matches(row_id, row_ids, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(row_ids)}"
                raise self.text.error(
                    f"[indicator.{row_id}]", row_id, f"the edition has no such indicator; {hint}"
                )
            for key in FIXED:
                if key in table:
                    raise self.text.error(f"[indicator.{row_id}]", key, "cannot be changed")
        changed = []
        for row in rows:
            of_part = parts.get(row["part"], {}) if row["scope"] != ACCOUNT else {}
            changed.append(row | of_part | own.get(row["id"], {}))
        return changed


def _checks_of(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield from row.get("files", ())
        for kind in RULE_OF.values():
            yield from (rule.get("check", "") for rule in row.get(kind, ()))
