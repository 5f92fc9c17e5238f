"""A unit's own page: whom to call, its sites and accounts with their standing, its faults over their lives, its notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analytics.notices.results import records
from analytics.words.text import file_stem, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from analytics.notices.folders import IssuedDocument
    from analytics.notices.ledger_book import Fault
    from analytics.notices.results import Results
    from govcrawl.warehouse.snapshot import Snapshot

FAULTS = 1_000  # told one by one of each list; the XLSX of the ledger holds all


@dataclass(frozen=True, slots=True)
class UnitPage:
    unit: str
    contact: str | None
    phone: str | None
    sites: list[dict[str, Any]]
    accounts: list[dict[str, Any]]
    standing: Sequence[Fault]
    settled: Sequence[Fault]
    standing_number: int
    settled_number: int
    notices: list[tuple[date, str, date | None, int]]  # issued on, number, due on, faults


def unit_files(units: Iterable[str]) -> dict[str, str]:
    """Unit → the stem of its page, no two alike."""
    files: dict[str, str] = {}
    stems: set[str] = set()
    for unit in sorted(set(units)):
        stem = base = file_stem(unit)
        number = 2
        while stem in stems:
            stem, number = f"{base}-{number}", number + 1
        stems.add(stem)
        files[unit] = stem
    return files


def unit_pages(
    snapshot: Snapshot,
    results: Results,
    faults: Sequence[Fault],
    issued: Sequence[IssuedDocument],
    units: Iterable[str],
) -> Iterator[UnitPage]:
    """One page a unit of `units`, made when it is asked for; `faults` in the order of the book."""
    registered = {shown(row["unit"], 60): row for row in _rows(snapshot, "registered_units", results)}
    sites = _by_unit(records(results.sites))
    accounts = _by_unit(_rows(snapshot, "judged_accounts", results))
    of_unit: dict[str, list[Fault]] = {}
    for fault in faults:
        of_unit.setdefault(fault.unit, []).append(fault)
    for unit in units:
        faults_here = of_unit.get(unit, [])
        standing, settled = [f for f in faults_here if f.stands], [f for f in faults_here if not f.stands]
        row = registered.get(unit, {})
        yield UnitPage(
            unit=unit,
            contact=row.get("contact"),
            phone=row.get("phone"),
            sites=sites.get(unit, []),
            accounts=accounts.get(unit, []),
            standing=standing[:FAULTS],
            settled=settled[:FAULTS],
            standing_number=len(standing),
            settled_number=len(settled),
            notices=[
                (each.issued_on, notice.number, notice.due_on, len(notice.finding_keys))
                for each in issued
                for notice in each.unit_notices
                if shown(notice.unit, 60) == unit
            ],
        )


def _rows(snapshot: Snapshot, query: str, results: Results) -> list[dict[str, Any]]:
    return records(snapshot.query(query, assessment_id=results.assessment_id))


def _by_unit(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(shown(row["unit"], 60), []).append(dict(row))
    return groups
