"""What lies beside the Parquet files of a release: how to read and cite it, what its columns mean, how they changed.

All of it is made from the manifest and the comments of the warehouse, so an export may write it anew at any time.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import orjson

from govcrawl.warehouse import schema, words
from govcrawl.warehouse.connection import quoted
from govcrawl.warehouse.release.ways import ASSESSMENT, NEW, NIGHT, PARTITION, RUN, STATE, ways

if TYPE_CHECKING:
    from govcrawl.warehouse.connection import Connection
    from govcrawl.warehouse.release.manifest import Release
    from govcrawl.warehouse.release.ways import Way

_WAY = {
    RUN: "rows of runs, each under the night its run stands for",
    ASSESSMENT: "rows of assessments, each under the day it judges",
    NIGHT: "what a night chose among its runs",
    STATE: "the whole view as it stood after the night",
    NEW: "rows that never change, each under the night with which it left",
}

_README = """# Inspections of government websites, night by night

Released by {publisher}with govcrawl as Parquet. `manifest.json` names every file with its
rows and its SHA-256; what it does not name is not released. `dictionary.md` (for programs `dictionary.json`) says what each
column means, `COLUMNS.md` how columns changed, `CITATION.cff` how to cite it. Cite the batch you read up to: files are never changed
and never taken away, later batches only add.

Newest batch: {batch} · nights {first} to {last} · {files} files · {rows} rows.

## Reading it

DuckDB, here in this folder (`views.sql` makes one view of each folder, assessments that were withdrawn left out, and of what stood
after each night the newest):

```sql
.read views.sql
SELECT verdict, count(*) FROM site_result JOIN assessment USING (assessment_id) GROUP BY verdict;
```

pandas (with pyarrow), Polars, R:

```python
pandas.read_parquet("finding", filters=[("night", "=", "{last}")])
```

```python
polars.scan_parquet("finding/*/*.parquet", hive_partitioning=True, missing_columns="insert").filter(night={last_polars})
```

```r
dplyr::filter(arrow::open_dataset("finding"), night == "{last}")
```

## Before you count

- Unmeasured is not sound: `blocked`, `not_attempted`, `robots_denied`, `budget_spent` say something of the visit, nothing of the site.
- A day may have been judged more than once: `assessment` says when and by which edition; take one.
- Assessments in `withdrawn` of the manifest (and in the view `withdrawn_assessment`) were taken back after they had been released.
- A view of what stood after a night (`dictionary.md` says which) is there once for each batch's newest night: ask for one night.
- Numbers of persons are masked in every text, addresses included; names of persons and what people wrote are null. The mask is the
  same everywhere, so joins hold.
- Instants are UTC and end in `_at`; civil dates are Asia/Shanghai and end in `_on`; what is unknown is null.
"""


def papers(connection: Connection, release: Release) -> dict[str, bytes]:
    """Name → content of each paper."""
    described = _described(connection)
    return {
        name: text.encode()
        for name, text in {
            "README.md": _readme(release),
            "CITATION.cff": _citation(release),
            "COLUMNS.md": _changes(release),
            "dictionary.md": _dictionary(described),
            "views.sql": _views(release),
        }.items()
    } | {"dictionary.json": orjson.dumps(described, option=orjson.OPT_INDENT_2)}


def _described(connection: Connection) -> dict[str, Any]:
    """View → what it holds, how it leaves, and its columns with type and meaning."""
    comments = {
        name: comment
        for owner, name, comment in connection.execute(
            schema.sql("catalogue/described_objects.sql")
        ).fetchall()
        if owner == "main"
    }
    columns: dict[str, list[dict[str, str | None]]] = defaultdict(list)
    way_of = ways()
    for owner, view, column, kind, meaning in connection.execute(
        schema.sql("catalogue/described_columns.sql")
    ).fetchall():
        if owner == "main" and view in way_of:
            withheld = way_of[view].withheld.get(column)
            columns[view].append({"name": column, "type": kind, "meaning": meaning, "withheld": withheld})
    return {
        view: {
            "holds": comments[view],
            "leaves": _WAY[way_of[view].kind],
            "key": list(way_of[view].key),
            "columns": columns[view],
        }
        for view in sorted(way_of)
    }


def _dictionary(described: dict[str, Any]) -> str:
    lines = ["# Dictionary", "", f"Every view also has `{PARTITION}`, the day of its folder."]
    for view, about in described.items():
        lines += ["", f"## {view}", "", f"{about['holds']} Here: {about['leaves']}.", ""]
        lines += ["| column | type | meaning |", "|---|---|---|"]
        for column in about["columns"]:
            why = f" Null here: {column['withheld']}." if column["withheld"] else ""
            meaning = f"{column['meaning'] or ''}.{why}".replace("|", "\\|")
            lines.append(f"| `{column['name']}` | {column['type']} | {meaning} |")
    return "\n".join([*lines, ""])


def _readme(release: Release) -> str:
    nights = sorted({file["night"] for file in release.files}) or [""]
    year, month, day = (nights[-1] or "2026-01-01").split("-")
    return _README.format(
        publisher=f"{release.publisher} " if release.publisher else "",
        batch=release.batches[-1]["batch"] if release.batches else "none",
        first=nights[0],
        last=nights[-1],
        last_polars=f"date({int(year)}, {int(month)}, {int(day)})",
        files=len(release.files),
        rows=sum(file["rows"] for file in release.files),
    )


def _citation(release: Release) -> str:
    """What CITATION.cff 1.2.0 asks for; texts are JSON strings, which YAML reads."""
    newest = release.batches[-1] if release.batches else {"batch": "", "exported_at": "", "code_version": ""}
    publisher = release.publisher or "The office that inspected these sites"
    fields = {
        "cff-version": "1.2.0",
        "message": "If you use these data, cite them as below, with the version you read up to.",
        "type": "dataset",
        "title": "Inspections of government websites, night by night",
        "version": newest["batch"],
        "date-released": newest["exported_at"][:10],
        "abstract": f"Measured and judged with govcrawl {newest['code_version']}; manifest.json names every file with its SHA-256.",
    }
    lines = [f"{name}: {orjson.dumps(value).decode()}" for name, value in fields.items()]
    return "\n".join([*lines, "authors:", f"  - name: {orjson.dumps(publisher).decode()}", ""])


def _changes(release: Release) -> str:
    lines = [
        "# How columns changed",
        "",
        "Files released before a change are as they were: a column they lack is not in them.",
        "",
    ]
    if not release.changes:
        return "\n".join([*lines, "No column has changed since the first batch.", ""])
    lines += ["| batch | view | column | change | type |", "|---|---|---|---|---|"]
    lines += [
        f"| {each['batch']} | {each['view']} | `{each['column']}` | {each['change']} | {each['type']} |"
        for each in release.changes
    ]
    return "\n".join([*lines, ""])


def _views(release: Release) -> str:
    """SQL for DuckDB that makes the published views, and the tables of words, over the files beside it.

    Only where columns have changed are they told together by name: for that DuckDB opens every file of every night.
    """
    changed = {each["view"] for each in release.changes}
    lines = [
        "-- In the folder of the release: duckdb -init views.sql",
        *(f"{each};" for each in words.statements()),
    ]
    for view, way in sorted(ways().items(), key=lambda item: (item[0] != "withdrawn_assessment", item[0])):
        by_name = ", union_by_name = true" if view in changed else ""
        files = f"read_parquet({quoted(f'{view}/*/*.parquet')}, hive_partitioning = true{by_name})"
        lines.append(f'CREATE VIEW "{view}" AS {view_over(way, files, "withdrawn_assessment")};')
    return "\n".join([*lines, ""])


def view_over(way: Way, rows: str, withdrawn: str) -> str:
    """The query that tells a view from all rows of it that were released; `withdrawn`: where the withdrawn assessments are told."""
    condition = ""
    if way.kind == ASSESSMENT:
        condition = f" WHERE assessment_id NOT IN (SELECT assessment_id FROM {withdrawn})"  # noqa: S608 - names are ours
    elif way.kind == STATE:
        # Not max(): DuckDB 1.5 breaks off at the greatest value of a column that stands in folder names only.
        newest = f"SELECT {PARTITION} FROM {rows} ORDER BY {PARTITION} DESC LIMIT 1"  # noqa: S608 - names are ours
        condition = f" WHERE {PARTITION} = ({newest})"
    return f"FROM {rows}{condition}"
