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
from analytics.phrases import OTHER_CATEGORIES
from analytics.terms import Term
from govcrawl.errors import EditionError
from govcrawl.registry.model import RANKS, SECTION_CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

RULES = Path(__file__).parent / "rules"

RULE_OF = {
    "veto": "limit",
    "deduct": "deduction",
    "bonus": "award",
}  # part of the table → how a check decides it
PARTS = tuple(RULE_OF)
ACCOUNT = "account"
SCOPES = ("all", "portal", "department", ACCOUNT)
SURE = "H"
CONFIDENCE = (SURE, "M", "L")
WORDINGS = ("verbatim", "abridged")
RANKED = {name: tuple(f"{name}·{rank}" for rank in RANKS) for name in SECTION_CLASSES}
CATEGORIES = (*(category for both in RANKED.values() for category in both), *OTHER_CATEGORIES)
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
class Tariff:
    """Points for what a check counts in these categories (all of them when none is named), in one of three ways.

    A deduction loses them for faults. An award wins them for what was looked at and is in order.
    """

    check: str
    points_each: Decimal | None = None
    points_once: Decimal | None = None  # from `at_least` on, however many more
    points_per_percent: Decimal | None = None  # of the share of what was counted
    at_least: int = 1
    proportional: bool = False  # parts of a per cent count too
    words: str = ""  # what is counted, for the arithmetic in the reason
    categories: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ways = (self.points_each, self.points_once, self.points_per_percent)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("points_each: give exactly one of points_each, points_once, points_per_percent")
        if min(way for way in ways if way is not None) <= 0:
            raise ValueError("points_each: points are more than 0")
        if self.at_least != 1 and self.points_once is None:
            raise ValueError("at_least: goes with points_once")
        if self.proportional and self.points_per_percent is None:
            raise ValueError("proportional: goes with points_per_percent")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the official tables."""

    id: str
    title: str
    group: str
    part: str  # veto deduct bonus
    scope: str  # all portal department account
    clause: str
    source: str
    wording: str
    confidence: str
    verify: bool = False  # a person must compare it with the official text before it is printed as the rule
    needs_services: bool = False
    not_ministry: bool = False
    max_points: Decimal | None = None
    max_points_ministry: Decimal | None = None
    capped: bool = True
    manual: bool = False  # a person decides the row, or the part of it that the checks do not
    manual_words: str = ""  # what that part is
    files: tuple[str, ...] = ()  # checks whose faults are filed here and do not decide the row
    limit: tuple[Limit, ...] = ()
    deduction: tuple[Tariff, ...] = ()
    award: tuple[Tariff, ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """Checks whose faults stand under the row, each once: those that decide it, and those only filed."""
        return tuple(dict.fromkeys((*(rule.check for rule in self.rules), *self.files)))

    @property
    def rules(self) -> tuple[Limit | Tariff, ...]:
        """What the machine decides the row by; empty where a person does alone."""
        return (*self.limit, *self.deduction, *self.award)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition, complete: `sha256` is of the file's bytes."""

    id: str
    title: str
    document: str
    issuer: str
    issued_on: date
    full_points: Decimal
    pass_below: Decimal  # less than this is unqualified
    mark_passes: bool  # whether exactly `pass_below` passes
    bonus_above: Decimal | None = None  # more than this opens part 3
    rescale: bool  # the points of the rows asked of a site count for the full hundred (75 × 4/3)
    decimals: int  # of points that are worked out and not printed: shares and the score
    bands: tuple[
        Decimal, ...
    ] = ()  # lower ends of the bands of scores a circular counts sites by, the highest first
    confirm_first: tuple[str, ...] = ()  # checks whose findings a person must confirm before they count
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

    def account_checks(self) -> tuple[str, ...]:
        """Those of them that look at accounts, not at sites."""
        rows = [row for row in self.indicators if row.scope == ACCOUNT]
        return tuple(dict.fromkeys(check for row in rows for check in row.checks))


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
        for check in raw.get("confirm_first", ()):
            self._one_of("", "confirm_first", check, params)
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
        if term.confidence != SURE and not term.verify:
            raise self.error(header, "confidence", f"is not {SURE}: say verify = true")
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
        rules = {
            name: tuple(self._rule(kind, rule, f"[[indicator.{name}]]", number) for rule in row.get(name, []))
            for name, kind in (("limit", Limit), ("deduction", Tariff), ("award", Tariff))
        }
        built = self._build(Indicator, row | rules, header, number)
        for key, allowed in (
            ("part", PARTS),
            ("scope", SCOPES),
            ("confidence", CONFIDENCE),
            ("wording", WORDINGS),
        ):
            self._one_of(header, key, getattr(built, key), allowed, number)
        for key, problem in _contradictions(built):
            raise self.error(header, key, f"{built.id}: {problem}", number)
        return built

    def _rule(self, kind: type[T], rule: dict[str, Any], header: str, number: int) -> T:
        """Build a limit or tariff; a class of sections without its rank means both ranks."""
        ranked = {
            key: [category for word in rule[key] for category in RANKED.get(word, (word,))]
            for key in ("categories", "except_categories")
            if isinstance(rule.get(key), list)
        }
        return self._build(kind, rule | ranked, header, number)

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
        on_accounts = {check for row in indicators if row.scope == ACCOUNT for check in row.checks}
        for number, row in enumerate(indicators):
            if row.scope != ACCOUNT and (both := on_accounts.intersection(row.checks)):
                problem = f"{row.id} is asked of sites and names {min(both)!r}, which looks at accounts"
                raise self.error("[[indicator]]", "scope", problem, number)
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


def _contradictions(row: Indicator) -> Iterator[tuple[str, str]]:
    """Keys of a row that do not go together, each with what is wrong."""
    if not row.manual and not row.rules:
        yield "id", f"needs one of manual, {RULE_OF[row.part]}"
    for part, name in RULE_OF.items():
        if part != row.part and getattr(row, name):
            yield name, f"belongs to part {part!r}"
    if row.manual and row.rules and not row.manual_words:
        yield "manual", "say in manual_words which part of the clause waits for people"
    if (row.part == "veto" or not row.capped) != (row.max_points is None):
        yield "max_points", "every row but a veto needs max_points, unless capped = false"
    if row.scope == ACCOUNT and row.part != "veto":
        yield "part", "accounts are judged by vetoes only"
    if row.confidence != SURE and not row.verify:
        yield "confidence", f"is not {SURE}: say verify = true"


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
