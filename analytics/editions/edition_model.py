"""The parts of an edition of the official indicators: rows, limits, tariffs, terms, and the pass marks of the score."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - the file's reader needs the annotations at run time
from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003 - likewise
from decimal import Decimal
from itertools import chain, pairwise
from pathlib import Path  # noqa: TC003 - likewise
from typing import Any

from analytics.checks.shared.terms import Term  # noqa: TC001 - likewise
from analytics.words.phrases import OTHER_CATEGORIES
from govcrawl.registry.choices import SectionClass
from govcrawl.registry.model import RANKS

RULE_OF = {
    "veto": "limit",
    "deduct": "deduction",
    "bonus": "award",
}  # part of the official table → the kind of rules that decide its rows
PARTS = tuple(RULE_OF)
ACCOUNT, APP = OF_ACCOUNTS = ("account", "app")  # APP: those accounts that are apps
SCOPES = ("all", "portal", "department", *OF_ACCOUNTS)
SURE = "H"
CONFIDENCE = (SURE, "M", "L")
WORDINGS = ("verbatim", "abridged")
RANKED = {name: tuple(f"{name}·{rank}" for rank in RANKS) for name in SectionClass}
CATEGORIES = (*(category for both in RANKED.values() for category in both), *OTHER_CATEGORIES)
"""All categories of faults that checks use. An edition that names another one is refused, as it would count nothing."""


MOST_PERCENT = 100
MOST_DECIMALS = 4
"""Places to which points are computed."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A veto fails when a check counts `at_least` faults in these categories (in all when none is named)."""

    check: str
    at_least: int
    every: bool = False  # moreover, all subjects measured in these categories must be at fault
    words: str = ""
    must_measure: bool = False  # if it is unmeasured, so is the row, even if people decide the rest of it
    categories: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.at_least < 1:
            raise ValueError("at_least: a limit nobody has to reach would fail every site; at least 1")


@dataclass(frozen=True, slots=True)
class Tariff:
    """Points for what a check counts in these categories (in all when none is named), computed in one of three ways.

    A deduction subtracts points for faults. An award adds points for subjects that were measured and are in order.
    """

    check: str
    points_each: Decimal | None = None
    points_once: Decimal | None = None  # once, when there are `at_least` or more
    points_per_percent: Decimal | None = None  # of the share of what was counted
    at_least: int = 1
    proportional: bool = False  # fractions of a per cent count too
    words: str = ""  # the name of what is counted, for the calculation printed in the reason
    confirm: bool = False  # of an award: what the machine counts wins nothing until a person confirms it
    categories: tuple[str, ...] = ()
    except_categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ways = (self.points_each, self.points_once, self.points_per_percent)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("points_each: give exactly one of points_each, points_once, points_per_percent")
        if min(way for way in ways if way is not None) <= 0:
            raise ValueError("points_each: points are more than 0")
        if self.at_least < 1 or (self.at_least > 1 and self.points_once is None):
            raise ValueError("at_least: goes with points_once, at least 1")
        if self.proportional and self.points_per_percent is None:
            raise ValueError("proportional: goes with points_per_percent")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the official tables."""

    id: str
    title: str
    group: str
    part: str  # veto deduct bonus
    scope: str  # all portal department account app
    clause: str
    source: str
    wording: str
    confidence: str
    verify: bool = False  # a person must still compare it with the official text
    needs_services: bool = False
    not_ministry: bool = False
    max_points: Decimal | None = None
    max_points_ministry: Decimal | None = None
    in_force: date | None = (
        None  # its first day, where it is not the edition's; rules of a later law have one
    )
    out_of_force: date | None = None  # the first day on which it is no longer asked
    capped: bool = True
    manual: bool = False  # a person decides the row, or the part of it that the checks do not decide
    manual_words: str = ""  # the name of that part
    aspect: str = ""  # 考察点, where the printed form has that column and its text is known
    files: tuple[str, ...] = ()  # checks whose faults are listed under the row but do not decide it
    limit: tuple[Limit, ...] = ()
    deduction: tuple[Tariff, ...] = ()
    award: tuple[Tariff, ...] = ()

    @property
    def checks(self) -> tuple[str, ...]:
        """The checks whose faults are listed under the row, each once: those that decide it, then those in `files`."""
        return tuple(dict.fromkeys((*(rule.check for rule in self.rules), *self.files)))

    def holds_from(self, day: date) -> bool:
        """Whether the row had come into force by a day."""
        return self.in_force is None or self.in_force <= day

    def holds_on(self, day: date) -> bool:
        """Whether the row is asked on a day."""
        return self.holds_from(day) and (self.out_of_force is None or day < self.out_of_force)

    @property
    def rules(self) -> tuple[Limit | Tariff, ...]:
        """The rules by which the machine decides the row; empty for rows that only people decide."""
        return (*self.limit, *self.deduction, *self.award)


@dataclass(frozen=True, slots=True)
class Draw:
    """A rule by which only part of the sites is inspected in a month: so many per cent, and all of them within so many months."""

    share_percent: int
    months: int
    clause: str
    source: str
    in_force: date
    confidence: str
    verify: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.share_percent <= MOST_PERCENT:
            raise ValueError(f"share_percent: {self.share_percent} is none of 1 to {MOST_PERCENT}")
        if self.months < 1:
            raise ValueError(f"months: {self.months} is below 1")


@dataclass(frozen=True, slots=True)
class Overlay:
    """A local file that changes an edition: stricter terms of a province, scoring of ordinary sites, decimals, bands."""

    name: str
    title: str
    document: str
    issuer: str
    sha256: str
    text: str
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One complete edition, including the changes of an overlay. `sha256` is that of the edition's own file."""

    id: str
    title: str
    document: str
    issuer: str
    issued_on: date
    full_points: Decimal
    pass_below: Decimal  # a lower score is unqualified
    mark_passes: bool  # whether exactly `pass_below` passes
    bonus_above: Decimal | None = None  # part 3 counts only for a higher score
    bonus_most: Decimal | None = None  # what part 3 can bring in all; None: the sum of its rows
    account_points: Decimal | None = (
        None  # what accounts start from, where rows with points are asked of them
    )
    account_pass_below: Decimal | None = (
        None  # an account's lower score is unqualified; None: vetoes alone decide
    )
    rescale: bool  # scale the points of the rows that apply to a site to 100 (75 × 4/3)
    decimals: int  # places to which computed points (shares, the score) are rounded
    bands: tuple[Decimal, ...] = ()  # lower ends of the score bands in a circular, the highest first
    confirm_first: tuple[str, ...] = ()  # checks whose findings a person must confirm before they count
    sha256: str
    text: str  # content of the file, of which assessments keep a copy
    draw: Draw | None = None  # which sites a month's circular speaks of; None: all
    overlay: Overlay | None = None
    plain: Edition | None = (
        None  # the edition without the overlay, whose rows hold until those of the overlay are in force
    )
    terms: Mapping[str, Term]
    params: Mapping[str, Any]  # check id → its Params
    indicators: tuple[Indicator, ...]

    @property
    def band_names(self) -> tuple[str, ...]:
        """The names of the bands, the highest first: one more than `bands`, or none when there are no bands."""
        if not self.bands:
            return ()
        between = (f"{lower}分(含)至{upper}分" for upper, lower in pairwise(self.bands))
        return (f"{self.bands[0]}分(含)以上", *between, f"{self.bands[-1]}分以下")

    def on(self, day: date) -> Edition:
        """The edition as it holds on an inspected day: the rows in force then, and the draw if it was."""
        before = {} if self.plain is None else {row.id: row for row in self.plain.indicators}
        rows = [row if row.holds_from(day) else before.get(row.id) for row in self.indicators]
        return replace(
            self,
            indicators=tuple(row for row in rows if row is not None and row.holds_on(day)),
            draw=self.draw if self.draw and self.draw.in_force <= day else None,
        )

    @property
    def of_accounts(self) -> Edition:
        """The same with the marks of accounts in place of those of sites."""
        return replace(
            self,
            full_points=self.account_points or self.full_points,
            pass_below=self.account_pass_below or Decimal(0),
            mark_passes=True,
            rescale=False,
            bands=(),
        )

    def indicator_of(self, check_id: str, category: str = "") -> Indicator:
        """Return the row under which a fault is listed: the first that counts its category, else the first with its check.

        Among the latter, rows that name the check in `files` come before rows that count other categories.
        """
        naming = [row for row in self.indicators if check_id in row.checks]
        counting = (row for row in naming if any(_counts(rule, check_id, category) for rule in row.rules))
        filing = (row for row in naming if check_id in row.files)
        return next(chain(counting, filing, naming))

    def check_ids(self) -> tuple[str, ...]:
        """All checks that the rows name, in the order of the rows."""
        return tuple(dict.fromkeys(check for row in self.indicators for check in row.checks))

    def account_checks(self) -> tuple[str, ...]:
        """Those checks that judge new-media accounts, not sites."""
        rows = [row for row in self.indicators if row.scope in OF_ACCOUNTS]
        return tuple(dict.fromkeys(check for row in rows for check in row.checks))


def _counts(rule: Limit | Tariff, check_id: str, category: str) -> bool:
    named = not rule.categories or category in rule.categories
    return rule.check == check_id and named and category not in rule.except_categories
