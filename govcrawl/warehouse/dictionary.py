"""The data dictionary: a page with all tables, views, columns and queries, made from the comments in the warehouse.

`python -m govcrawl.warehouse.dictionary > docs/data-dictionary.md` writes it; a test compares.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import duckdb

from govcrawl.records.errors import UserError
from govcrawl.warehouse import schema

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = """# Data dictionary

Generated from the comments in the database (`python -m govcrawl.warehouse.dictionary`); the same texts are in every
published copy: `SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'link'`.

Instants are UTC and end in `_at`; civil dates are Asia/Shanghai and end in `_on`; durations carry their unit. What is
unknown is null, never zero. How to query: [research.md](research.md). Outcome words: [outcomes.md](outcomes.md).
"""

_PARTS = (
    ("main", "Views", "What readers use. Names and columns of the contract stay; more may be added."),
    ("raw", "Raw tables", "The records as they were written, one row a line. The views stand on them."),
    ("derived", "Derived tables", "Worked out once at load from the raw tables of one run."),
    ("migration", "Migration", "The file's own record."),
)

QUESTIONS = (
    "The files of `govcrawl/warehouse/queries/`: in Python `Snapshot.query(name, parameter=value)`, anywhere else the "
    "text of the file with values in place of its `$parameters`. A table `night.…` (`earlier_night.…`: of `$since`) is the file of that name in "
    "`govcrawl/warehouse/night/`, answered for the day asked about (`$run_id`: each visit of that day)."
)


def dictionary() -> str:
    """Return the page, made from a new, empty warehouse."""
    with duckdb.connect() as connection:
        schema.prepare(connection)
        objects = connection.execute(schema.sql("catalogue/described_objects.sql")).fetchall()
        columns = connection.execute(schema.sql("catalogue/described_columns.sql")).fetchall()
    undescribed = [f"{owner}.{name}" for owner, name, comment in objects if not comment]
    if undescribed:
        raise UserError(
            f"{', '.join(undescribed)}: no text; write COMMENT ON VIEW or TABLE in its file of govcrawl/warehouse/views/ or schema/"
        )
    meaningless = [f"{owner}.{table}.{column}" for owner, table, column, _, meaning in columns if not meaning]
    if meaningless:
        raise UserError(
            f"{', '.join(meaningless)}: no text; say in govcrawl/warehouse/meanings.toml what it means"
        )
    lines = [_HEAD]
    for part, title, sentence in _PARTS:
        lines += [f"## {title}", "", sentence, ""]
        for name, comment in [(name, comment) for owner, name, comment in objects if owner == part]:
            full = name if part == "main" else f"{part}.{name}"
            lines += [f"### {full}", "", comment, "", "| column | type | meaning |", "|---|---|---|"]
            lines += [
                f"| `{column}` | {_cell(kind)} | {_cell(meaning)} |"
                for owner, table, column, kind, meaning in columns
                if (owner, table) == (part, name)
            ]
            lines.append("")
    lines += ["## Questions", "", QUESTIONS, "", "| query | parameters | question |", "|---|---|---|"]
    lines += [_question(path) for path in schema.files("queries")]
    return "\n".join([*lines, ""])


def _question(path: Path) -> str:
    """The row of one query file: its name, its parameters, and its first comment."""
    text = path.read_text("utf-8")
    comment, statement = [], text
    while statement.startswith("--"):
        line, _, statement = statement.partition("\n")
        comment.append(line.removeprefix("--").strip())
    parameters = " ".join(f"`{name}`" for name in sorted(set(re.findall(r"\$(\w+)", statement))))
    return f"| `{path.stem}` | {parameters} | {_cell(' '.join(comment))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(dictionary())
