"""The publish gate: a night whose figures differ too much from the nights before is not published without a person.

If half the sites of a prefecture fail in one night, the cause is more likely our own network. If a check found faults
every night and none tonight, the check is more likely broken than all sites mended. The gate compares the data that
readers have not seen yet with the nights before, and gives each reason to hold it with its figures. The thresholds are
in `gate.toml`. It does not judge faults: a bad day of the sites must be published.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from govcrawl.records.kinds import VISITS
from govcrawl.records.own_toml import own_toml
from govcrawl.records.states import CHECKED, Verdict
from govcrawl.warehouse import schema

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from govcrawl.warehouse.connection import Connection

_NAMED = 3  # lost records that a reason names


@cache
def limits() -> dict[str, dict[str, Any]]:
    """Group → name → threshold, as in `gate.toml`."""
    return own_toml(Path(__file__).with_suffix(".toml"))


def reasons_to_hold(
    candidate: Connection, published: Connection | None, released: Container[str] = ()
) -> list[str]:
    """Why the candidate must not replace the published copy; empty when it may. `published`: None before the first.

    `released`: names of copies a person released. That sites judged from one of them could not be measured follows from what
    was accepted, and is not asked again.
    """
    if published is None:  # there is nothing to compare with, but our own pages
        return list(
            _own_pages(candidate, {name for kind, name in loaded_records(candidate) if kind == "run"})
        )
    lost_views = sorted(schema.views_of(published) - schema.views_of(candidate))
    published_records, candidate_records = loaded_records(published), loaded_records(candidate)
    new = candidate_records - published_records
    return [
        *(f"the view {name} would be gone" for name in lost_views),
        *_lost(published_records - candidate_records - _let_go(candidate)),
        *_own_pages(candidate, {name for kind, name in new if kind == "run"}),
        *_sites(candidate, {name for kind, name in new if kind == "run"}),
        *_rows(candidate, {name for kind, name in new if kind == "run"}),
        *_judged(candidate, {name for kind, name in new if kind == "assessment"}, released),
    ]


def loaded_records(connection: Connection) -> set[tuple[str, str]]:
    """The records that a database was made from, as pairs of kind and name."""
    return {(kind, name) for kind, name in connection.execute(_sql("held")).fetchall()}


def _let_go(candidate: Connection) -> set[tuple[str, str]]:
    """Records that people removed on purpose: withdrawn or pruned."""
    return {(kind, name) for kind, name in candidate.execute(_sql("let_go")).fetchall()}


def _lost(lost: set[tuple[str, str]]) -> Iterator[str]:
    by_kind = defaultdict(list)
    for kind, name in sorted(lost):
        by_kind[kind].append(name)
    for kind, names in by_kind.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield (
            f"{len(names)} {kind}{'s' if len(names) > 1 else ''} that readers have seen would be gone: "
            f"{', '.join(names[:_NAMED])}{more} (`govcrawl load` says why it was left out)"
        )


def _own_pages(candidate: Connection, new: set[str]) -> Iterator[str]:
    """What was found on our own pages and should not have been, or the other way round."""
    for row in _records(candidate, "control"):
        if row["run_id"] in new:
            found = "could not be measured" if row["found"] is None else f"was found {row['found']} times"
            yield (
                f"{row['check_id']} {found} on our own {row['pages']} pages, where it must be found "
                f"{row['expected']} times: our own crawl or checks are broken, whatever the sites are"
            )


def _sites(candidate: Connection, new: set[str]) -> Iterator[str]:
    """Compare the sites measured and the sites that refused us, for the newest new run of each kind."""
    at = limits()
    registered = {site for (site,) in candidate.execute("SELECT site_code FROM site").fetchall()}
    runs = _records(candidate, "visits")
    for kind in sorted(VISITS):
        of_kind = [run for run in runs if run["kind"] == kind]
        now = next((run for run in reversed(of_kind) if run["run_id"] in new), None)
        before = [run for run in of_kind if now and run["started_at"] < now["started_at"]]
        if now is None or not before:
            continue
        last, measured = before[-1], set(now["measured"] or ())
        due = (
            set(last["measured"] or ()) & registered & set(now["visited"])
        )  # a night of few sites compares those sites only
        if len(due) >= at["sites"]["at_least"] and len(due & measured) < at["sites"]["measured_again"] * len(
            due
        ):
            yield f"{now['run_id']} measured {len(due & measured)} of the {len(due)} sites {last['run_id']} measured"
        usual = median(run["blocked"] / run["due"] for run in before[-at["nights"]["back"] :])
        share = now["blocked"] / now["due"]
        if now["due"] >= at["sites"]["at_least"] and share - usual >= at["sites"]["blocked_more"]:
            yield (
                f"{now['blocked']} of {now['due']} sites turned {now['run_id']} away ({share:.0%}); "
                f"usual is {usual:.0%}"
            )


def _rows(candidate: Connection, new: set[str]) -> Iterator[str]:
    """Compare the rows of each large table per registered site with the nights before."""
    at = limits()
    by_table = defaultdict(list)
    for row in _records(candidate, "rows"):
        by_table[row["kind"], row["name"]].append(row)
    for (kind, name), rows in sorted(by_table.items()):
        now = next((row for row in reversed(rows) if row["run_id"] in new), None)
        before = [row for row in rows if now and row["started_at"] < now["started_at"]]
        before = before[-at["nights"]["back"] :]
        if now is None or len(before) < at["nights"]["needed"]:
            continue
        usual = median(row["rows"] / row["sites"] for row in before)
        expected = usual * now["sites"]
        if expected < at["rows"]["at_least"]:
            continue
        if not at["rows"]["fewest"] * expected <= now["rows"] <= at["rows"]["most"] * expected:
            yield (
                f"{now['run_id']} left {now['rows']:,} rows of {name}; from {now['sites']} sites "
                f"{expected:,.0f} are usual in {kind} runs"
            )


def _judged(candidate: Connection, new: set[str], released: Container[str]) -> Iterator[str]:
    """Compare the newest new assessment of each edition with those of earlier days by the same edition."""
    assessments = _records(candidate, "assessments")
    for edition in sorted({each["edition"] for each in assessments}):
        of_edition = [each for each in assessments if each["edition"] == edition]
        now = next((each for each in reversed(of_edition) if each["assessment_id"] in new), None)
        if now is None:
            continue
        a_day = {each["as_of"]: each["assessment_id"] for each in of_edition if each["as_of"] < now["as_of"]}
        before = [a_day[day] for day in sorted(a_day)][-limits()["nights"]["back"] :]
        accepted = now["snapshot"] in released
        if before:
            yield from _verdicts_changed(candidate, now["assessment_id"], before[-1], accepted=accepted)
        if len(before) >= limits()["nights"]["needed"]:
            if not accepted:
                yield from _unmeasured(candidate, now["assessment_id"], before)
            yield from _silent(candidate, now["assessment_id"], before)


def _verdicts_changed(candidate: Connection, now: str, before: str, *, accepted: bool) -> Iterator[str]:
    """`accepted`: a person knows that sites could not be measured; then only a change to another verdict counts."""
    at = limits()["sites"]
    earlier, verdicts = (_pairs(candidate, "verdicts", each) for each in (before, now))
    both = [site for site, verdict in earlier.items() if site in verdicts and verdict in CHECKED]
    expected = {Verdict.UNMEASURED} if accepted else set()
    changed = [site for site in both if verdicts[site] != earlier[site] and verdicts[site] not in expected]
    if len(both) >= at["at_least"] and len(changed) >= at["verdicts_turned"] * len(both):
        ways: dict[str, int] = defaultdict(int)
        for site in changed:
            ways[f"from {earlier[site]} to {verdicts[site]}"] += 1
        changes = ", ".join(f"{number} {way}" for way, number in sorted(ways.items()))
        yield f"the verdicts of {len(changed)} of {len(both)} sites turned since {before}: {changes}"


def _unmeasured(candidate: Connection, now: str, before: Sequence[str]) -> Iterator[str]:
    at = limits()
    usual = defaultdict(list)
    for each in before:
        for row in _records(candidate, "unmeasured", assessment_id=each):
            usual[row["indicator_id"]].append(row["unmeasured"] / row["sites"])
    for row in _records(candidate, "unmeasured", assessment_id=now):
        shares = usual[row["indicator_id"]]
        if row["sites"] < at["sites"]["at_least"] or len(shares) < at["nights"]["needed"]:
            continue
        share = row["unmeasured"] / row["sites"]
        if share - median(shares) >= at["checks"]["unmeasured_more"]:
            yield (
                f"the row {row['indicator_id']} could not be measured on {row['unmeasured']} of {row['sites']} sites "
                f"({share:.0%}); usual is {median(shares):.0%}"
            )


def _silent(candidate: Connection, now: str, before: Sequence[str]) -> Iterator[str]:
    found = _pairs(candidate, "found", now)
    earlier = [_pairs(candidate, "found", each) for each in before]
    for check in sorted(set.intersection(*(set(each) for each in earlier)) - found.keys()):
        numbers = [each[check] for each in earlier]
        if min(numbers) >= limits()["checks"]["always_found"]:
            yield (
                f"{check} found nothing; on the {len(numbers)} nights before it found "
                f"{', '.join(str(number) for number in numbers)}"
            )


def _pairs(candidate: Connection, name: str, assessment_id: str) -> dict[str, Any]:
    return dict(candidate.execute(_sql(name), {"assessment_id": assessment_id}).fetchall())


def _records(candidate: Connection, name: str, **values: str) -> list[dict[str, Any]]:
    found = candidate.execute(_sql(name), values)
    columns: Iterable[str] = [column[0] for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def _sql(name: str) -> str:
    return schema.sql(f"catalogue/gate/{name}.sql")
