"""A document to be written: the context for its template, and its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from analytics.notices.evidence_pictures import EvidencePicture
    from analytics.notices.folders import UnitNotice
    from analytics.notices.traced_figures import Figure

ColumnKind = Literal["text", "count", "code", "name", "record"]


@dataclass(frozen=True, slots=True)
class AnnexColumn:
    """One column of a table. Kinds: `count` is centred and sorts by number, `code` is an address or key, `name` is narrow.

    A `record` is for people who look a fault up in the data: it is in the XLSX only.
    """

    title: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Annex:
    """A table with a name of its own: in HTML by the macro `annex_table`, in XLSX as a sheet.

    A cell is a text (lines apart by a newline), a number, a day, a Rate, a Figure, or None.
    """

    title: str
    columns: tuple[AnnexColumn, ...]
    rows: tuple[tuple[object, ...], ...]
    total: tuple[object, ...] | None = None
    note: str = ""
    wide: bool = False  # printed on a page laid across


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document. `path` is its place in the folder without an ending; the template sees `context` as `c`."""

    path: str
    context: object
    annexes: tuple[Annex, ...] = ()
    figures: tuple[Figure, ...] = ()  # listed with their rows and SQL on a page of their own
    unit_notice: UnitNotice | None = None  # the faults it announces to a unit, if it does
    pictures: tuple[EvidencePicture, ...] = ()  # of places where its faults stand

    @property
    def figures_path(self) -> str:
        return figures_path(self.path)


def figures_path(path: str) -> str:
    """The path of the page that lists a document's figures, without an ending."""
    return f"{path}-figures"
