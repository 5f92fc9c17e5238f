"""A history of many sites that was copied from a few holds the rows of one that was grown of all of them night by night."""

from datetime import date, timedelta

import duckdb

from benchmarks import history
from benchmarks.history import Memory, Office, Scale, all_but_the_last, at, grow
from govcrawl.warehouse.load import WAREHOUSE

SCALE = Scale(6, 2, 3)
LAST = date(2026, 11, 2)  # the nights lie in two months
APART = {
    "manifest_sha256",  # of folders, not of what was looked at
    "due_on",  # of known pages: spread over the nights by a hash of their addresses
}


def test_copied_rows_are_those_that_nights_bring(tmp_path, monkeypatch):
    monkeypatch.setattr(history, "PATTERNS", 3)
    monkeypatch.setattr(history, "ROUND_DAYS", 0)
    monkeypatch.setattr(history, "ROUNDS", 2)
    copied, whole = tmp_path / "copied", tmp_path / "whole"
    list(grow(copied, SCALE, LAST))
    office = Office(whole, SCALE, Memory(LAST - timedelta(days=SCALE.nights - 1)))
    list(all_but_the_last(office, LAST))
    office.night(LAST)
    office.load(at(LAST, 23))

    with duckdb.connect() as connection:
        for name in ("copied", "whole"):
            connection.execute(f"ATTACH '{tmp_path / name / WAREHOUSE}' AS {name} (READ_ONLY)")
        rows = {}
        for owner, table in connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() "
            "WHERE database_name = 'whole' AND schema_name IN ('raw', 'derived') ORDER BY ALL"
        ).fetchall():
            columns = [
                f'"{name}"'
                for name, *_ in connection.execute(f'DESCRIBE whole.{owner}."{table}"').fetchall()
                if name not in APART
            ]
            either = [
                f'SELECT {", ".join(columns)} FROM {name}.{owner}."{table}"' for name in ("copied", "whole")
            ]
            for one, other in (either, either[::-1]):
                differing = connection.execute(f"{one} EXCEPT ALL {other} LIMIT 2").fetchall()
                assert not differing, (owner, table)
            (rows[table],) = connection.execute(f"SELECT count(*) FROM ({either[0]})").fetchone()
    assert rows["page"] > 800
    assert min(rows[name] for name in ("page_text", "link_spell", "standing_check_spell")) > 100
    assert rows["probe"] == SCALE.sites * (SCALE.nights + history.ROUNDS)
