"""Imports a filled review file as decisions. If it has problems, all are reported and nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analytics.editions.chosen import load_edition
from analytics.notices.results import records
from analytics.review import form
from govcrawl.records.decisions import Decision, record, recorded
from govcrawl.records.errors import UserError
from govcrawl.records.items import CIVIL, instant
from govcrawl.records.states import FindingState
from govcrawl.registry.tables import LONGEST_VALUE, read_tables
from govcrawl.registry.values import BadValue, civil_date, decimal, long_text, one_of, plain_text
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path
    from typing import Any

    from analytics.review.form import ReviewForm
    from govcrawl.registry.tables import Table, TableRow
    from govcrawl.registry.values import CellReader

Subject = tuple[str | None, ...]
"""`Decision.subject`: finding_key, edition, site_code, account_id, indicator_id."""

_SAID = {recorded: word for words in (form.OF_FINDING, form.OF_ROW) for word, recorded in words.items()}


@dataclass(frozen=True, slots=True)
class Judgeable:
    """What people may judge: keys of faults, and rows with the points each can move at most (None: it has no points)."""

    findings: frozenset[str]
    rows: Mapping[Subject, float | None]

    @classmethod
    def of(cls, snapshot: Snapshot) -> Judgeable:
        rows = records(snapshot.query("judged_rows"))
        editions = {name: load_edition(name) for name in {row["edition"] for row in rows}}
        vetoes = {
            (name, row.id)
            for name, rules in editions.items()
            for row in rules.indicators
            if row.part == "veto"
        }
        return cls(
            frozenset(snapshot.query("known_findings")["finding_key"]),
            {
                (None, *(row[name] for name in ("edition", "site_code", "account_id", "indicator_id"))): None
                if (row["edition"], row["indicator_id"]) in vetoes
                else float(row["max_points"] or editions[row["edition"]].full_points)
                for row in rows
            },
        )


@dataclass(frozen=True, slots=True)
class Intake:
    """The result of reading a file: new decisions, and the number of rows that were recorded before."""

    decisions: list[Decision]
    unchanged: int


def take_in(data: Path, path: Path, by: str, at: datetime | None, now: datetime) -> str:
    """Record the decisions of a filled file and return a summary for the user; UserError when it has problems."""
    if at is not None and at > now:
        raise UserError(
            f"--at {at.isoformat()} lies in the future; leave it out to record the decisions as of now"
        )
    with Snapshot.open(data) as snapshot:
        judgeable = Judgeable.of(snapshot)
    decided_at = at or now
    intake = read_review(path, by, decided_at, judgeable, recorded(data))
    summary = f"{len(intake.decisions)} decision(s) recorded, {intake.unchanged} known already"
    if not intake.decisions:
        return summary
    return f"{summary} → {record(data, intake.decisions, decided_at)}"


def read_review(
    path: Path, by: str, at: datetime, judgeable: Judgeable, earlier: Sequence[Decision]
) -> Intake:
    """Read one file and check it against `judgeable` and earlier decisions; UserError lists all its problems.

    `by`: who decided, for rows whose column for the name is empty.
    """
    if earlier and instant(at) < earlier[-1].decided_at:
        raise UserError(
            f"{path.name}: decided at {instant(at)} UTC, and the newest recorded decision is of {earlier[-1].decided_at} "
            f"({earlier[-1].decided_by}, {earlier[-1].source_file}): the clock was set back. Set it right and import again."
        )
    reading = _Reading(path.name, by, at, judgeable, {each.subject: each for each in earlier})
    tables = read_tables(path)
    forms = [(table, _form_of(table)) for table in tables]
    if all(of is None for _, of in forms) and not any(table.problems for table in tables):
        tables[0].refuse(
            tables[0].header.line,
            ",".join(tables[0].header.cells)[:LONGEST_VALUE],
            "no table of a review file",
            " or ".join(f"{of.name} needs the headers {'、'.join(of.needs)}" for of in form.FORMS) + ".",
        )
    for table, of in forms:
        if of is not None:
            reading.read(table, of)
    # Other sheets of the file are the clerk's own.
    ours = [table for table, of in forms if of is not None] or tables
    if problems := [problem for table in ours for problem in table.problems]:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise UserError(f"{path}: {len(problems)} problem(s), nothing was recorded:\n{listed}")
    return Intake(reading.decisions, reading.unchanged)


def _form_of(table: Table) -> ReviewForm | None:
    """The form of a table, recognised by the headers that only it has, so that a missing column can be named."""
    headers = set(table.header.cells)
    if {form.INDICATOR, form.POINTS} & headers or f"[{form.ROWS}]" in table.file:
        return form.OF_ROWS
    return (
        form.OF_FINDINGS
        if {form.KEY, form.DECISION} & headers or f"[{form.FINDINGS}]" in table.file
        else None
    )


@dataclass(slots=True)
class _Reading:
    file: str
    by: str
    at: datetime
    judgeable: Judgeable
    in_force: dict[Subject, Decision]  # the newest decision on each subject, expired or not
    decisions: list[Decision] = field(default_factory=list)
    unchanged: int = 0
    made: dict[Subject, Decision] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.at.astimezone(CIVIL).date()

    def read(self, table: Table, of: ReviewForm) -> None:
        headers = table.header.cells
        before = len(table.problems)
        for header in (
            *of.needs,
            *(name for name in headers if headers.count(name) > 1 and name in of.headers),
        ):
            if headers.count(header) != 1:
                table.refuse(
                    table.header.line,
                    header,
                    "column is missing" if header not in headers else "column is there twice",
                    "The first row names the columns as the exported file does, in any order.",
                )
        if len(table.problems) > before:
            return
        for row in table.rows:
            cells = dict(zip(headers, row.cells, strict=False))
            before = len(table.problems)
            decision = self._decision(cells, row, table, of)
            if decision is not None and len(table.problems) == before:
                self._take(decision, row, table)

    def _decision(
        self, cells: dict[str, str], row: TableRow, table: Table, of: ReviewForm
    ) -> Decision | None:
        word = cells.get(form.DECISION, "")
        filled = [name for name in (form.REMARK, form.UNTIL, form.OVERRULES, form.POINTS) if cells.get(name)]
        if not word:
            if filled:
                table.refuse(
                    row.line,
                    cells[filled[0]],
                    f"{filled[0]} is filled and {form.DECISION} is not",
                    f"Choose a {form.DECISION} or empty the cell.",
                )
            return None

        def value(header: str, read: CellReader) -> Any:
            try:
                return read(cells[header]) if cells.get(header) else None
            except BadValue as error:
                table.refuse(row.line, cells[header], f"{header}: {error}", error.remedy)
                return None

        decision = of.words.get(word, word)
        if decision not in of.words.values():
            table.refuse(row.line, word, f"unknown {form.DECISION}", f"Expected one of {' '.join(of.words)}.")
        until = value(form.UNTIL, civil_date)
        made = Decision(
            finding_key=cells[form.KEY].removeprefix(form.KEY_MARK) if of is form.OF_FINDINGS else None,
            edition=cells[form.EDITION] if of is form.OF_ROWS else None,
            site_code=(cells.get(form.SITE) or None) if of is form.OF_ROWS else None,
            account_id=(cells.get(form.ACCOUNT) or None) if of is form.OF_ROWS else None,
            indicator_id=cells[form.INDICATOR] if of is form.OF_ROWS else None,
            decision=decision,
            points=value(form.POINTS, decimal(0, 1000)) if of is form.OF_ROWS else None,
            reason=value(form.REMARK, long_text),
            until_on=None if until is None else until.isoformat(),
            decided_by=value(form.BY, plain_text) or self.by,
            decided_at=instant(self.at),
            supersedes=value(form.OVERRULES, one_of(form.YES)) is not None,
            source_file=self.file,
            source_row=row.line,
        )
        self._check(made, until, row, table)
        return made

    def _check(self, made: Decision, until: date | None, row: TableRow, table: Table) -> None:
        if made.finding_key is not None and made.finding_key not in self.judgeable.findings:
            table.refuse(
                row.line,
                made.finding_key,
                "unknown finding",
                "Export the review file again; keys are copied, never typed.",
            )
        if made.finding_key is None:
            most = self.judgeable.rows.get(made.subject, -1)
            if most == -1:
                table.refuse(
                    row.line,
                    " ".join(filter(None, made.subject)),
                    "unknown row of an edition",
                    "Export the review file again; editions, codes and indicators are copied, never typed.",
                )
            elif made.points is not None and (most is None or made.points > most):
                allowed = "it moves none" if most is None else f"at most {most:g}"
                table.refuse(
                    row.line,
                    f"{made.points:g}",
                    "more points than the row can move",
                    f"{made.indicator_id}: {allowed}.",
                )
        if until is not None and until < self.today:
            table.refuse(
                row.line,
                until.isoformat(),
                f"{form.UNTIL} has passed",
                f"It is {self.today}; name a later day.",
            )
        if made.decision == FindingState.EXPLAINED:
            for header, given in ((form.REMARK, made.reason), (form.UNTIL, made.until_on)):
                if given is None:
                    table.refuse(
                        row.line,
                        "",
                        f"{header} is blank",
                        f"{_SAID['explained']} needs a reason and a last day.",
                    )

    def _take(self, made: Decision, row: TableRow, table: Table) -> None:
        """Add a decision, unless it is recorded already or contradicts another one."""
        if made.subject in self.made:
            other = self.made[made.subject]
            if other.verdict != made.verdict:
                self._contradicts(made, other, row, table, "Two rows of this file differ; keep one.")
            return
        before = self.in_force.get(made.subject)
        holds = before is not None and (before.until_on is None or before.until_on >= self.today.isoformat())
        if before is not None and holds:
            if before.verdict == made.verdict and (
                before.decided_by != made.decided_by or made.reason in (before.reason, None)
            ):
                self.unchanged += 1
                return
            if before.decided_by != made.decided_by and not made.supersedes:
                remedy = f"Settle it between the two; to overrule, write {form.YES} in the column {form.OVERRULES}."
                self._contradicts(made, before, row, table, remedy)
                return
        self.made[made.subject] = made
        self.decisions.append(made)

    def _contradicts(self, made: Decision, other: Decision, row: TableRow, table: Table, remedy: str) -> None:
        table.refuse(
            row.line,
            " ".join(filter(None, made.subject)),
            f"{made.decided_by} decides {_words(made)}, {other.decided_by} decided {_words(other)} "
            f"({other.source_file}, row {other.source_row}, {other.decided_at[:16]} UTC)",
            remedy,
        )


def _words(decision: Decision) -> str:
    points = "" if decision.points is None else f" {decision.points:g}分"
    until = "" if decision.until_on is None else f" 至{decision.until_on}"
    return f"{_SAID[decision.decision]}{points}{until}"
