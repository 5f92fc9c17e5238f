"""What the framework writes: a context for a template, and the tables that go with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from analytics.notices.folders import Told
    from analytics.notices.traced_figures import Figure

ColumnKind = Literal["text", "count", "code", "name", "record"]


@dataclass(frozen=True, slots=True)
class Column:
    """`count` is centred and sorts by number, `code` is an address or a key, `name` keeps its width.

    A `record` is for who looks a fault up in the data: it stands in the XLSX and is not printed.
    """

    title: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Annex:
    """A table with a name of its own: in HTML by the macro `annex_table`, in XLSX as a sheet.

    A cell is a text (lines apart by a newline), a number, a day, a Rate, a Figure, or None.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    total: tuple[object, ...] | None = None
    note: str = ""
    wide: bool = False  # printed on a page laid across


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `path` is its place in the folder without an ending; the template sees `context` as `c`."""

    path: str
    context: object
    annexes: tuple[Annex, ...] = ()
    figures: tuple[Figure, ...] = ()  # listed with their rows and SQL on a page of their own
    told: Told | None = None  # the unit it tells of faults

    @property
    def figures_path(self) -> str:
        return figures_path(self.path)


def figures_path(path: str) -> str:
    """Where the figures of a document are listed, without an ending."""
    return f"{path}-figures"
