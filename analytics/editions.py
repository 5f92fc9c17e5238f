"""Editions of the official indicators: `analytics/rules/<edition>.toml` read into typed values.

An edition holds every number an official document sets. A number that does not fit the check it is written for is
an error that names file, line and key.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping  # noqa: TC003 - `_build` reads annotations at run time
from dataclasses import MISSING, dataclass, fields
from datetime import date  # noqa: TC003 - likewise
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType, NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin, get_type_hints

from analytics.checks import load_check
from analytics.phrases import CONTENT, ELSEWHERE, HOME, SECTION
from analytics.terms import Term
from govcrawl.errors import EditionError
from govcrawl.registry.model import RANKS, SECTION_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")

RULES = Path(__file__).parent / "rules"

PARTS = ("veto", "deduct", "bonus")
SCOPES = ("all", "portal")
CONFIDENCE = ("H", "M", "L")
WORDINGS = ("verbatim", "abridged")
CATEGORIES = (
    *(f"{name}·{rank}" for name in SECTION_CLASSES for rank in RANKS),
    *(HOME, ELSEWHERE, CONTENT, SECTION),
)
"""Every word a check files faults under; a slip of the pen in the edition would count nothing and be seen by nobody."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A veto fails when a check counts at least so many faults in these categories (all of them when none is named)."""

    check: str
    at_least: int
    words: str = ""
    categories: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deduction:
    """Points lost for every fault a check counts in these categories (all of them when none is named)."""

    check: str
    points_each: Decimal
    categories: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the official tables."""

    id: str
    title: str
    group: str
    part: str  # veto deduct bonus
    scope: str  # all portal
    clause: str
    source: str
    wording: str
    confidence: str
    needs_services: bool = False
    not_ministry: bool = False
    max_points: Decimal | None = None
    max_points_ministry: Decimal | None = None
    manual: bool = False
    files: tuple[str, ...] = ()  # checks whose faults are filed here and do not decide the row
    limit: tuple[Limit, ...] = ()
    deduction: tuple[Deduction, ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Checks whose faults stand under the row, each once: those that decide it, and those only filed."""
        return tuple(dict.fromkeys((*(rule.check for rule in self.rules), *self.files)))

    @property
    def rules(self) -> tuple[Limit | Deduction, ...]:
        """What decides the row; empty where a person does."""
        return (*self.limit, *self.deduction)

    @property
    def verify(self) -> bool:
        """Whether a person must compare the wording with the official text before it is printed as the rule."""
        return self.confidence != "H"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition, complete: `sha256` is of the file's bytes."""

    id: str
    title: str
    document: str
    issuer: str
    issued_on: date
    full_points: Decimal
    pass_below: Decimal
    bonus_above: Decimal
    sha256: str
    terms: Mapping[str, Term]
    params: Mapping[str, Any]  # check id → its Params
    indicators: tuple[Indicator, ...]

    def indicator_of(self, check_id: str) -> Indicator:
        """Return the row a fault of this check is filed under: the first that names it."""
        return next(row for row in self.indicators if check_id in row.checks)

    def check_ids(self) -> tuple[str, ...]:
        """Every check the rows name, in the order of the rows."""
        return tuple(dict.fromkeys(check for row in self.indicators for check in row.checks))


def known_editions(rules: Path = RULES) -> tuple[str, ...]:
    """Return the ids of the editions on disk."""
    return tuple(sorted(path.stem for path in rules.glob("*.toml")))


def load_edition(edition: str, rules: Path = RULES) -> Edition:
    """Read one edition by its id. Everything wrong with it is an EditionError with file, line and key."""
    path = rules / f"{edition}.toml"
    if edition not in known_editions(rules):
        known = ", ".join(known_editions(rules)) or "none"
        raise EditionError(f"unknown edition {edition!r}; known: {known}. Name one of them with --rules")
    return _Reader(path).edition()


class _Reader:
    """One file, and where in it something stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        content = path.read_bytes()
        self.sha256 = hashlib.sha256(content).hexdigest()
        try:
            self.text = content.decode("utf-8")
            self.raw = tomllib.loads(self.text, parse_float=Decimal)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise EditionError(f"{path}: not TOML in UTF-8: {error}") from error

    def edition(self) -> Edition:
        raw = dict(self.raw)
        if raw.get("id") != self.path.stem:
            raise self.error("", "id", f"is {raw.get('id')!r}; must be the file's name {self.path.stem!r}")
        terms = {
            name: self._term(f'[term."{name}"]', name, table)
            for name, table in self._table(raw, "term").items()
        }
        params = {
            check: self._params(check, table, terms) for check, table in self._table(raw, "check").items()
        }
        rows = raw.pop("indicator", [])
        indicators = tuple(self._indicator(number, row) for number, row in enumerate(rows))
        self._agree(params, indicators)
        return self._build(
            Edition,
            raw | {"sha256": self.sha256, "terms": terms, "params": params, "indicators": indicators},
            "",
        )

    def error(self, header: str, key: str, problem: str, nth: int = 0) -> EditionError:
        """Return the error, to be raised, that names file, line and key."""
        return EditionError(f"{self.path}, line {self._line(header, key, nth)}: {header} {key}: {problem}")

    def _table(self, raw: dict[str, Any], name: str) -> dict[str, dict[str, Any]]:
        table = raw.pop(name, {})
        if not isinstance(table, dict) or not all(isinstance(value, dict) for value in table.values()):
            raise self.error("", name, f"must be tables [{name}.…]")
        return table

    def _term(self, header: str, name: str, table: dict[str, Any]) -> Term:
        self._one_of(header, "class", name, SECTION_CLASSES)
        term = self._build(Term, table, header)
        if (term.days is None) == (term.months is None) or min(term.days or 1, term.months or 1) < 1:
            raise self.error(header, "days", "give either days or months, at least 1")
        self._one_of(header, "confidence", term.confidence, CONFIDENCE)
        return term

    def _params(self, check: str, table: dict[str, Any], terms: Mapping[str, Term]) -> object:
        header = f"[check.{check}]"
        try:
            params = load_check(check).Params
        except LookupError as error:
            raise self.error(header, check, str(error)) from error
        names = {field.name for field in fields(params)}
        given = table | {"terms": MappingProxyType(dict(terms))} if "terms" in names else table
        return self._build(params, given, header)

    def _indicator(self, number: int, row: dict[str, Any]) -> Indicator:
        header = "[[indicator]]"
        row = dict(row)
        rules = {
            name: tuple(
                self._build(kind, rule, f"[[indicator.{name}]]", number) for rule in row.pop(name, [])
            )
            for name, kind in (("limit", Limit), ("deduction", Deduction))
        }
        built = self._build(Indicator, row | rules, header, number)
        for key, allowed in (
            ("part", PARTS),
            ("scope", SCOPES),
            ("confidence", CONFIDENCE),
            ("wording", WORDINGS),
        ):
            self._one_of(header, key, getattr(built, key), allowed, number)
        if sum((built.manual, bool(built.limit), bool(built.deduction))) != 1:
            raise self.error(
                header, "id", f"{built.id} needs exactly one of manual, limit, deduction", number
            )
        if (built.part == "veto") != (built.max_points is None):
            raise self.error(
                header, "max_points", f"{built.id}: every row but a veto needs max_points", number
            )
        return built

    def _agree(self, params: Mapping[str, object], indicators: tuple[Indicator, ...]) -> None:
        ids = [row.id for row in indicators]
        for number, row in enumerate(indicators):
            if ids.index(row.id) != number:
                raise self.error("[[indicator]]", "id", f"{row.id!r} is used twice", number)
            for rule in row.rules:
                for category in (*rule.categories, *rule.except_categories):
                    self._one_of("[[indicator]]", "category", category, CATEGORIES, number)
            for check in row.checks:
                if check not in params:
                    raise self.error(
                        "[[indicator]]",
                        "check",
                        f"{row.id} names {check!r}, which has no [check.{check}]",
                        number,
                    )
        used = {check for row in indicators for check in row.checks}
        for check in params:
            if check not in used:
                raise self.error(f"[check.{check}]", check, "no indicator names this check")

    def _one_of(self, header: str, key: str, value: object, allowed: Iterable[object], nth: int = 0) -> None:
        if value not in tuple(allowed):
            raise self.error(header, key, f"{value!r} is none of {', '.join(map(str, allowed))}", nth)

    def _build(self, kind: type[T], given: Mapping[str, Any], header: str, nth: int = 0) -> T:
        """Make a dataclass of a table; every key known, none missing, each value of the field's type."""
        hints = get_type_hints(kind)
        known = {field.name: field for field in fields(cast("Any", kind))}
        for key in given:
            if key not in known:
                raise self.error(header, key, f"unknown key; known: {', '.join(known)}", nth)
        values = {}
        for name, field in known.items():
            if name in given:
                try:
                    values[name] = _typed(given[name], hints[name])
                except TypeError as error:
                    raise self.error(header, name, str(error), nth) from error
            elif field.default is MISSING and field.default_factory is MISSING:
                raise self.error(header, name, "is missing", nth)
        try:
            return kind(**values)
        except ValueError as error:
            raise self.error(header, str(error).partition(":")[0], str(error), nth) from error

    def _line(self, header: str, key: str, nth: int) -> int:
        """Line of `key` below the nth `header` (the top for none), else of the header itself."""
        lines = self.text.splitlines()
        tables = [number for number, line in enumerate(lines) if line.startswith("[")]
        if header:
            outer = "[[indicator]]" if header.startswith("[[") else header
            starts = [number for number in tables if lines[number].split("#")[0].strip() == outer]
            if nth >= len(starts):
                return 1
            start = starts[nth]
            ends = [
                number for number in tables if number > start and not lines[number].startswith("[[indicator.")
            ]
        else:
            start, ends = 0, tables
        end = ends[0] if ends else len(lines)
        pattern = re.compile(rf'\s*"?{re.escape(key)}"?\s*=')
        return next((number for number in range(start, end) if pattern.match(lines[number])), start) + 1


def _typed(value: Any, hint: Any) -> Any:
    """`value` when it fits the annotation; lists become tuples, whole numbers serve where decimals may."""
    origin, arguments = get_origin(hint) or hint, get_args(hint)
    if origin is UnionType:
        return _typed(value, next(argument for argument in arguments if argument is not NoneType))
    if origin is tuple:
        if isinstance(value, list | tuple):
            return tuple(_typed(item, arguments[0]) for item in value)
    elif origin is Decimal:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Decimal(value)
    elif origin is float:
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return float(value)
    elif origin is int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    elif isinstance(value, origin):
        return value
    raise TypeError(f"{value!r} is not {getattr(origin, '__name__', origin)}")
