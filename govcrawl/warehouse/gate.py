"""The publish gate: a night that measured far less than the last one is looked at by a person first.

Half a prefecture does not fall silent in one night; our network does. The assertions are few and conservative,
and they only compare what two nights could measure of the sites that are still registered.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from govcrawl.warehouse import schema

if TYPE_CHECKING:
    from govcrawl.warehouse.connection import Connection

MIN_SITES = 10  # below this a bad night and a bad line cannot be told apart
MIN_SHARE = 0.5  # of the sites measured last time


def reasons_to_hold(candidate: Connection, published: Connection) -> list[str]:
    """Why the candidate must not replace what is published; empty when it may."""
    gone = schema.views_of(published) - schema.views_of(candidate)
    reasons = [f"the view {name} would be gone" for name in sorted(gone)]
    registered = {site for (site,) in candidate.execute("SELECT site_code FROM site").fetchall()}
    before, now = _measured(published), _measured(candidate)
    for kind in sorted(before.keys() & now.keys()):
        (run_before, sites_before), (run_now, sites_now) = before[kind], now[kind]
        due = sites_before & registered
        if run_now != run_before and len(due) >= MIN_SITES and len(due & sites_now) < MIN_SHARE * len(due):
            reasons.append(
                f"{run_now} measured {len(due & sites_now)} of the {len(due)} sites {run_before} measured"
            )
    return reasons


def _measured(connection: Connection) -> dict[str, tuple[str, set[str]]]:
    """Kind → its newest finished run, and the sites that run could measure."""
    measured = {}
    in_force = connection.execute(schema.sql("queries/runs_in_force.sql"), {"as_of": date.max}).fetchall()
    for kind, run_id, *_ in in_force:
        if kind in {"sections", "site"}:
            rows = connection.execute(schema.sql("queries/sites_measured.sql"), {"run_id": run_id}).fetchall()
            measured[kind] = (run_id, {site for (site,) in rows})
    return measured
