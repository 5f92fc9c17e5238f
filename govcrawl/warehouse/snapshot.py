"""Reads a published copy, read only, as pandas frames. Analytics accesses the warehouse only through this module.

Frames have a fixed order of rows, and types that do not depend on which values are null: integers are `Int64`, truth
values `boolean`, text `str`, civil dates and instants `datetime64[us]` (a civil date at midnight, an instant in UTC),
real numbers `float64`; lists and structures are `object`, with None where missing. Unknown values are missing, never 0.
"""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import duckdb
import pandas as pd

from govcrawl.records.errors import UserError, WarehouseError
from govcrawl.warehouse import schema
from govcrawl.warehouse.connection import heeding_signals, open_database
from govcrawl.warehouse.one_night import EARLIER_NIGHT, OneNight
from govcrawl.warehouse.publish import LATEST, PUBLISHED, REPUBLISH

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.warehouse.connection import Connection

_STABLE = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), "Int64"),
    "BOOLEAN": "boolean",
    "VARCHAR": "str",
    "DATE": "datetime64[us]",
    "TIMESTAMP": "datetime64[us]",
    "DOUBLE": "float64",
}


_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def literal(value: object) -> str:
    """A value as an SQL literal; TypeError for a type that has none."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, str):
        quoted = "'" + value.replace("'", "''") + "'"
        # An invisible character could control the terminal that shows the statement, so it is written as its number.
        return _UNSEEN.sub(lambda found: f"' || chr({ord(found[0])}) || '", quoted)
    raise TypeError(f"{value!r} has no way to be written in SQL")


def published_file(place: Path) -> Path:
    """The file behind the latest copy of a data directory, or behind one published file; WarehouseError when there is none."""
    path = place / PUBLISHED / LATEST if place.is_dir() else place
    if not path.exists():
        raise WarehouseError(f"{path}: nothing is published there yet; run `govcrawl publish` first")
    return path.resolve()  # the name of the file itself, since the link will point elsewhere later


def _shared(column: pd.Series[Any]) -> pd.Series[Any]:
    """The same column with one object for each different text: DuckDB makes one for every row, and most repeat."""
    pool: dict[object, object] = {}
    share = pool.setdefault
    texts = column.to_numpy(dtype=object, copy=True)
    texts[:] = [share(text, text) for text in texts.tolist()]
    return pd.Series(texts, index=column.index, dtype="str")


def _shared_lists(column: pd.Series[Any]) -> pd.Series[Any]:
    """The same column with one list for all rows whose texts are equal: pages of one template show the same."""
    pool: dict[tuple[str, ...], object] = {}
    return column.map(lambda texts: texts if texts is None else pool.setdefault(tuple(texts), texts))


class Snapshot:
    """One published copy. Close it, or use it in a `with` statement."""

    def __init__(self, name: str, connection: Connection, resources: ExitStack) -> None:
        self.name = name
        self._connection = connection
        self._resources = resources
        self._nights = {
            "as_of": OneNight(connection, resources),
            "since": OneNight(connection, resources, EARLIER_NIGHT),
        }

    @classmethod
    def open(cls, place: Path) -> Self:
        """Open the latest copy of a data directory, or one published file. `name` is the file's name without ending."""
        file = published_file(place)
        with ExitStack() as resources:
            connection = resources.enter_context(open_database(file, read_only=True, remedy=REPUBLISH))
            return cls(file.stem, connection, resources.pop_all())

    def frame(self, view: str, assessment_id: str | None = None) -> pd.DataFrame:
        """Return the rows of a published view, of one assessment or of all, sorted by its columns from left to right.

        Views with rows of all assessments grow every night, so name the assessment where one is meant.
        """
        if view not in self._views:
            raise WarehouseError(f"{self.name} has no view {view!r}; it has {', '.join(sorted(self._views))}")
        chosen = "" if assessment_id is None else "WHERE assessment_id = $assessment_id"
        params = {} if assessment_id is None else {"assessment_id": assessment_id}
        return self._frame(f'FROM "{view}" {chosen} ORDER BY ALL', params)

    def query(self, name: str, **params: Any) -> pd.DataFrame:
        """Run `queries/<name>.sql` with values for its `$parameters`; the query itself sorts the rows."""
        statement = schema.sql(f"queries/{name}.sql")
        for day, night in self._nights.items():
            if day in params:
                with heeding_signals():
                    night.prepare(statement, params[day])
        return self._frame(statement, params)

    def newest_assessment(self) -> str:
        """The newest assessment by the edition the office works by: what-if assessments by others are shown to whoever names them.

        UserError when nothing has been judged.
        """
        found = self.query("newest_office_assessment")
        if found.empty:
            raise UserError(
                f"{self.name}: no assessment is published yet; run `govcrawl assess`, `load` and `publish` first"
            )
        return str(found["assessment_id"].iloc[0])

    def statement(self, name: str, **params: Any) -> str:
        """The text of `queries/<name>.sql` with values in place of its parameters, so that people can run it again.

        ValueError for a question that names a table of one night which cannot be written out.
        """
        lines = schema.sql(f"queries/{name}.sql").splitlines()
        text = "\n".join(line for line in lines if not line.startswith("--"))
        for day, night in self._nights.items():
            if day in params:
                text = night.written_out(text, params[day])
        return re.sub(r"\$(\w+)", lambda match: literal(params[match[1]]), text)

    @cached_property
    def _views(self) -> set[str]:
        """Names of the views; asked for with the first frame, because DuckDB binds all of them to tell."""
        return schema.views_of(self._connection)

    def close(self) -> None:
        self._resources.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _frame(self, statement: str, params: dict[str, Any]) -> pd.DataFrame:
        try:
            with heeding_signals():
                result = self._connection.execute(statement, params)
                frame = result.df()
        except duckdb.CatalogException as error:  # a copy made by an older version lacks newer views
            raise WarehouseError(
                f"{self.name}: was published by another version of govcrawl ({str(error).splitlines()[0]}); "
                f"{REPUBLISH}"
            ) from error
        kinds = {column[0]: str(column[1]) for column in result.description or ()}
        types = {name: _STABLE.get(kind) for name, kind in kinds.items()}
        for name, kind in types.items():
            if kind == "str":
                frame[name] = _shared(frame[name])
        frame = frame.astype({name: kind for name, kind in types.items() if kind})
        for name in (name for name, kind in types.items() if kind is None):
            frame[name] = frame[name].where(frame[name].notna(), None)  # DuckDB gives NA for a missing list
            if kinds[name] == "VARCHAR[]":
                frame[name] = _shared_lists(frame[name])
        return frame
