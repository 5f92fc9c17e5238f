"""Writes docs/cookbook.md: every question with its statement and what it answers on the data of the demo.

`make demo`, then `python -m tests.warehouse.cookbook data/demo > docs/cookbook.md`.
"""

import sys
from pathlib import Path

from govcrawl.warehouse.connection import open_database
from govcrawl.warehouse.questions import answer, questions
from govcrawl.warehouse.snapshot import published_file

PROGRAMS = Path(__file__).parents[2] / "docs" / "cookbook"
MOST_ROWS, MOST_CHARACTERS = 8, 60  # of an answer, and of a cell

HEAD = """# Cookbook

Questions to the published views, each with its statement and its answer on the data of the demo (two nights on a simulated
prefecture, so that times are short). `govcrawl query NAME --param name=value --data DIR` answers them on yours, and `govcrawl query`
lists them. They stand on the published views alone: in a release ([research.md](research.md#the-release)) `duckdb -init views.sql` runs
them too. The programs for pandas and R read a release, in its folder. How views belong together: [joins.md](joins.md).

Written by `python -m tests.warehouse.cookbook data/demo`. Tests run every statement, on a published copy and on its release, and every
pandas program beside its statement.
"""


def page(data: Path) -> str:
    """The page, with the answers of a data directory."""
    lines = [HEAD]
    with open_database(published_file(data), read_only=True) as connection:
        for each in questions().values():
            found = answer(connection, each.with_values({}))
            lines += [f"## {each.name}", "", each.asks, ""]
            for name, param in each.params.items():
                default = "not given" if param.default is None else f"`{param.default}`"
                lines += [f"`--param {name}` ({param.kind}, {default}): {param.meaning}", ""]
            lines += ["```sql", each.statement, "```", ""]
            lines += [f"- `{name}`: {meaning}" for name, meaning in each.columns.items()]
            lines += ["", *_rows(found), ""]
            for ending, language in ((".py", "python"), (".R", "r")):
                program = PROGRAMS / f"{each.name}{ending}"
                if program.exists():
                    lines += [f"```{language}", program.read_text("utf-8").rstrip(), "```", ""]
    return "\n".join(lines)


def _rows(found):
    if not found.rows:
        return ["(No row on the data of the demo.)"]
    lines = [f"| {' | '.join(found.columns)} |", "|" + "---|" * len(found.columns)]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in found.rows[:MOST_ROWS]]
    if (more := len(found.rows) - MOST_ROWS) > 0:
        lines += ["", f"({more} more rows.)"]
    return lines


def _cell(value):
    text = "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


if __name__ == "__main__":
    sys.stdout.write(page(Path(sys.argv[1])))
