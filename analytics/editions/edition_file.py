"""Reads `analytics/editions/rules/<edition>.toml`, and a local overlay if there is one, into an `Edition`.

A number that does not fit its check is an EditionError with file, line and key. The edition is first read alone, so an
error that occurs only with the overlay is reported as the overlay's.
"""

from __future__ import annotations

from dataclasses import fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from analytics.checks import load_check
from analytics.checks.shared.terms import Term
from analytics.editions.edition_model import (
    ACCOUNT,
    APP,
    CATEGORIES,
    CONFIDENCE,
    MOST_DECIMALS,
    OF_ACCOUNTS,
    PARTS,
    RANKED,
    RULE_OF,
    SCOPES,
    SURE,
    WORDINGS,
    Draw,
    Edition,
    Indicator,
    Limit,
    Tariff,
)
from analytics.editions.overlay import OverlayText
from analytics.editions.toml_text import TomlText, build
from govcrawl.registry.choices import SectionClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from govcrawl.records.errors import EditionError

T = TypeVar("T")

ROW = "[[indicator]]"


def read_edition(path: Path, overlay: Path | None = None, *, judging: bool = True) -> Edition:
    """Read an edition, changed by a local overlay if there is one.

    Without `judging` the checks' parameters are left out: documents of an old assessment need its rows only, and its
    parameters may not fit checks that have changed since.
    """
    text = TomlText(path)
    edition = _Reader(text, text.raw, None, judging=judging).edition()
    if overlay is None:
        return edition
    changes = OverlayText(overlay)
    changed = _Reader(text, changes.applied(edition.id, text.raw), changes, judging=judging).edition()
    return replace(changed, plain=edition)


class _Reader:
    """Turns the tables of one edition into typed values."""

    def __init__(
        self, text: TomlText, raw: dict[str, Any], overlay: OverlayText | None, *, judging: bool
    ) -> None:
        self.text = text
        self.raw = raw
        self.overlay = overlay
        self.judging = judging
        self.row_ids = [row.get("id") for row in self._rows()]

    def edition(self) -> Edition:
        terms = {
            name: self._term(name, table) for name, table in self.text.tables_of(self.raw, "term").items()
        }
        checks = self.text.tables_of(self.raw, "check")
        params = {check: self._params(check, table, terms) for check, table in checks.items() if self.judging}
        indicators = tuple(self._indicator(number, row) for number, row in enumerate(self._rows()))
        self._agree(checks, indicators)
        for check in self.raw.get("confirm_first", ()):
            self._one_of("", "confirm_first", check, checks)
        head = {
            key: value for key, value in self.raw.items() if key not in ("term", "check", "indicator", "draw")
        }
        made: dict[str, Any] = {
            "sha256": self.text.sha256,
            "text": self.text.text,
            "terms": terms,
            "params": params,
            "indicators": indicators,
        } | ({"overlay": self.overlay.head()} if self.overlay else {})
        made |= {"draw": self._draw()} if "draw" in self.raw else {}
        for key in head.keys() & {*made, "overlay"}:
            raise self.error("", key, "unknown key")
        edition = build(
            Edition,
            head | made,
            lambda key, problem: self.error("", key, problem),
        )
        for key, problem in _marks_that_do_not_hold(edition):
            raise self.error("", key, problem)
        return edition

    def error(self, header: str, key: str, problem: str, nth: int = 0) -> EditionError:
        """Return the error, to be raised, that names file, line and key."""
        if self.overlay:
            return self.overlay.error_of(header, key, problem, self.row_ids[nth] if header == ROW else None)
        return self.text.error(header, key, problem, nth)

    def _rows(self) -> list[dict[str, Any]]:
        rows = self.raw.get("indicator", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.text.error("", "indicator", "must be tables [[indicator]]")
        return rows

    def _term(self, name: str, table: dict[str, Any]) -> Term:
        header = f'[term."{name}"]'
        self._one_of(header, "class", name, tuple(SectionClass))
        term = build(Term, table, lambda key, problem: self.error(header, key, problem))
        if len(given := [span for span in (term.days, term.months) if span is not None]) != 1 or given[0] < 1:
            raise self.error(header, "days", "give either days or months, at least 1")
        self._one_of(header, "confidence", term.confidence, CONFIDENCE)
        if term.confidence != SURE and not term.verify:
            raise self.error(header, "confidence", f"is not {SURE}: say verify = true")
        return term

    def _draw(self) -> Draw:
        if not isinstance(self.raw["draw"], dict):
            raise self.error("", "draw", "must be a table [draw]")
        draw = build(Draw, self.raw["draw"], lambda key, problem: self.error("[draw]", key, problem))
        self._one_of("[draw]", "confidence", draw.confidence, CONFIDENCE)
        if draw.confidence != SURE and not draw.verify:
            raise self.error("[draw]", "confidence", f"is not {SURE}: say verify = true")
        return draw

    def _params(self, check: str, table: dict[str, Any], terms: Mapping[str, Term]) -> object:
        header = f"[check.{check}]"
        try:
            params = load_check(check).Params
        except LookupError as error:
            raise self.error(header, check, str(error)) from error
        names = {field.name for field in fields(params)}
        given = table | {"terms": MappingProxyType(dict(terms))} if "terms" in names else table
        made: object = build(params, given, lambda key, problem: self.error(header, key, problem))
        return made

    def _indicator(self, number: int, row: dict[str, Any]) -> Indicator:
        def error(key: str, problem: str) -> EditionError:
            return self.error(ROW, key, problem, number)

        rules = {}
        for name, kind in (("limit", Limit), ("deduction", Tariff), ("award", Tariff)):
            given = row.get(name, [])
            if not isinstance(given, list) or not all(isinstance(rule, dict) for rule in given):
                raise error(name, f"must be tables [[indicator.{name}]]")
            rules[name] = tuple(build(kind, _both_ranks(rule), error) for rule in given)
        built = build(Indicator, row | rules, error)
        for key, allowed in (
            ("part", PARTS),
            ("scope", SCOPES),
            ("confidence", CONFIDENCE),
            ("wording", WORDINGS),
        ):
            self._one_of(ROW, key, getattr(built, key), allowed, number)
        for key, problem in _contradictions(built):
            raise error(key, f"{built.id}: {problem}")
        return built

    def _agree(self, checks: Mapping[str, object], indicators: tuple[Indicator, ...]) -> None:
        ids = [row.id for row in indicators]
        on_accounts = {check for row in indicators if row.scope in OF_ACCOUNTS for check in row.checks}
        for number, row in enumerate(indicators):
            if ids.index(row.id) != number:
                raise self.error(ROW, "id", f"{row.id!r} is used twice", number)
            for rule in row.rules:
                for category in (*rule.categories, *rule.except_categories):
                    self._one_of(ROW, "category", category, CATEGORIES, number)
            for check in row.checks:
                if check not in checks:
                    problem = f"{row.id} names {check!r}, which has no [check.{check}]"
                    raise self.error(ROW, "check", problem, number)
            if row.scope not in OF_ACCOUNTS and (both := on_accounts.intersection(row.checks)):
                problem = f"{row.id} is asked of sites and names {min(both)!r}, which looks at accounts"
                raise self.error(ROW, "scope", problem, number)
        used = {check for row in indicators for check in row.checks}
        for check in checks:
            if check not in used:
                raise self.error(f"[check.{check}]", check, "no indicator names this check")

    def _one_of(self, header: str, key: str, value: object, allowed: Iterable[object], nth: int = 0) -> None:
        if value not in tuple(allowed):
            raise self.error(header, key, f"{value!r} is none of {', '.join(map(str, allowed))}", nth)


def _marks_that_do_not_hold(edition: Edition) -> Iterator[tuple[str, str]]:
    if list(edition.bands) != sorted(set(edition.bands), reverse=True):
        yield "bands", "give the lower ends from high to low, each once"
    if not 0 <= edition.decimals <= MOST_DECIMALS:
        yield "decimals", f"{edition.decimals} is none of 0 to {MOST_DECIMALS}"
    if edition.full_points <= 0:
        yield "full_points", "must be more than 0"
    yield from _account_points(edition)
    uncapped = [row.id for row in edition.indicators if row.part == "deduct" and row.max_points is None]
    if edition.rescale and uncapped:
        yield "rescale", f"{uncapped[0]} has no max_points, so nobody knows what the rows asked add up to"


def _account_points(edition: Edition) -> Iterator[tuple[str, str]]:
    """Points of accounts need a table of accounts, and its deductions must add up to them."""
    rows = [row for row in edition.indicators if row.scope == ACCOUNT and row.part == "deduct"]
    if edition.account_points is None:
        if rows:
            yield "account_points", f"is missing, and {rows[0].id} takes points from accounts"
        if edition.account_pass_below is not None:
            yield "account_pass_below", "goes with account_points"
        return
    if not rows:
        yield (
            "account_points",
            'no row scores accounts: give [[row]] tables with scope = "account", part = "deduct", or leave it out',
        )
    elif (total := sum(row.max_points or 0 for row in rows)) != edition.account_points:
        yield "account_points", f"is {edition.account_points}; the rows of accounts add up to {total}"


def _both_ranks(rule: dict[str, Any]) -> dict[str, Any]:
    """Expand a section class given without a rank to both ranks."""
    return rule | {
        key: [category for word in rule[key] for category in RANKED.get(word, (word,))]
        for key in ("categories", "except_categories")
        if isinstance(rule.get(key), list)
    }


def _contradictions(row: Indicator) -> Iterator[tuple[str, str]]:
    """Yield the keys of a row that contradict each other, each with the reason."""
    if not row.manual and not row.rules:
        yield "id", f"needs one of manual, {RULE_OF[row.part]}"
    for part, name in RULE_OF.items():
        if part != row.part and getattr(row, name):
            yield name, f"belongs to part {part!r}"
    if row.manual and row.rules and not row.manual_words:
        yield "manual", "say in manual_words which part of the clause waits for people"
    if any(tariff.confirm for tariff in row.deduction):
        yield "confirm", "belongs to an award; candidates of a check are named in confirm_first"
    if any(tariff.confirm for tariff in row.award) and not row.manual:
        yield "confirm", "leaves the points to people: say manual = true"
    if (row.part == "veto" or not row.capped) != (row.max_points is None):
        yield "max_points", "every row but a veto needs max_points, unless capped = false"
    if row.max_points is not None and row.max_points <= 0:
        yield "max_points", "must be more than 0"
    if row.scope in OF_ACCOUNTS and row.part == "bonus":
        yield "part", "accounts are judged by vetoes and deductions only"
    if row.scope == APP and row.part != "veto":
        yield "part", "apps are judged by vetoes only"
    if row.scope == ACCOUNT and not row.capped:
        yield "capped", "the rows of accounts add up to account_points, so each needs max_points"
    if row.in_force and row.out_of_force and row.in_force >= row.out_of_force:
        yield "out_of_force", f"is not after in_force {row.in_force}"
    if row.confidence != SURE and not row.verify:
        yield "confidence", f"is not {SURE}: say verify = true"
