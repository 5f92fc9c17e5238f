"""Keeps rows that nights say alike once: as a spell, from the first turn that said so to the last.

A turn is one site in one run (`derived.turn`), numbered within its month in the order of loading. A spell is open
(`until_no` is null) as long as every further turn says the same; a turn that does not say it ends the spell before itself. So
what any turn said can be told for ever, whatever was loaded since, and a night on which nothing changed adds
no row. Months begin anew: a question about one night reads one month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govcrawl.warehouse import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govcrawl.warehouse.connection import Connection

SPELLS: Mapping[str, tuple[str, ...]] = {
    "known_page": ("standing_page_spell",),
    "known_target": ("standing_check_spell",),
    "link": ("link_spell", "carrier_spell", "answer_spell"),
    "home_entry": ("home_entry_spell",),
}
"""File of `derive/` → the tables of spells that get from the temporary table `<table>_now` what the run says."""

_OF_SPELLS = {"month", "since_no", "until_no"}


def keep(connection: Connection, table: str, run_id: str) -> None:
    """Go on with the spells of a table by what a run says now: the rows of `<table>_now`, no two alike.

    Sites without a turn in this run are left as they are.
    """
    columns = [name for name in schema.columns_of(connection, f"derived.{table}") if name not in _OF_SPELLS]
    alike = " AND ".join(f'now."{name}" IS NOT DISTINCT FROM spell."{name}"' for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    run = {"run_id": run_id}
    connection.execute(
        f"""
        UPDATE derived.{table} AS ended
        SET until_no = over.turn_no - 1
        FROM (
            SELECT spell.rowid AS place, turn.turn_no
            FROM derived.turn
            JOIN derived.{table} AS spell ON spell.month = turn.month AND spell.site_code = turn.site_code
            ANTI JOIN {table}_now AS now ON {alike}
            WHERE turn.run_id = $run_id AND spell.until_no IS NULL
        ) AS over
        WHERE ended.rowid = over.place
        """,  # noqa: S608 - names are ours
        run,
    )
    connection.execute(
        f"""
        INSERT INTO derived.{table} (month, {names}, since_no)
        SELECT turn.month, {", ".join(f'now."{name}"' for name in columns)}, turn.turn_no
        FROM {table}_now AS now
        JOIN derived.turn ON turn.run_id = $run_id AND turn.site_code = now.site_code
        ANTI JOIN derived.{table} AS spell ON spell.until_no IS NULL AND spell.month = turn.month AND {alike}
        ORDER BY ALL
        """,  # noqa: S608 - names are ours
        run,
    )
