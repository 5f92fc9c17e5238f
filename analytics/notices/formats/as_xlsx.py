"""Writes the tables of a document as XLSX, one sheet each. No cell is a formula or a link."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import xlsxwriter

from analytics.figures.rates import Rate
from analytics.notices.traced_figures import Figure
from govcrawl.invisible import seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from analytics.notices.official_document import Annex

_WIDTHS = {"text": 42, "count": 10, "code": 48, "record": 20, "name": 26}  # in characters
_NO_WIDTH = 6
_LONGEST = 32_000  # a cell of a sheet holds 32,767 characters


def write_xlsx(annexes: Sequence[Annex], path: Path, decimals: int) -> None:
    """One sheet a table: title, repeated heads, filter, and everything as what it is: text, number or day."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"comments": "govcrawl"})
        names: list[str] = []
        for annex in annexes:
            names.append(_sheet_name(annex.title, names))
            _write_sheet(book, book.add_worksheet(names[-1]), annex, decimals)


def _write_sheet(book: xlsxwriter.Workbook, sheet: Worksheet, annex: Annex, decimals: int) -> None:
    title = book.add_format({"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"})
    head = book.add_format(
        {
            "bold": True,
            "border": 1,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
            "bg_color": "#F2F2F2",
        }
    )
    formats = {
        "text": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "number": book.add_format({"border": 1, "align": "center", "valign": "top"}),
        "rate": book.add_format(
            {
                "border": 1,
                "align": "center",
                "valign": "top",
                "num_format": f"0{'.' if decimals else ''}{'0' * decimals}%",
            }
        ),
        "day": book.add_format(
            {"border": 1, "valign": "top", "num_format": 'yyyy"年"m"月"d"日"', "align": "center"}
        ),
    }
    last = len(annex.columns)
    sheet.merge_range(0, 0, 0, last, annex.title, title)
    sheet.set_row(0, 30)
    sheet.write_row(1, 0, ["序号", *(column.title for column in annex.columns)], head)
    sheet.set_column(0, 0, _NO_WIDTH)
    for number, column in enumerate(annex.columns, 1):
        sheet.set_column(number, number, _WIDTHS[column.kind])
    for number, row in enumerate(annex.rows, 1):
        _write_row(sheet, number + 1, [number, *row], formats, decimals)
    end = len(annex.rows) + 1
    if annex.rows:
        sheet.autofilter(1, 0, end, last)
    if annex.total:
        _write_row(sheet, end + 1, ["合计", *annex.total], formats, decimals)
    if annex.note:
        sheet.write_string(end + 3, 0, annex.note)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.set_paper(9)  # A4
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _write_row(
    sheet: Worksheet, at: int, values: Iterable[object], formats: dict[str, Format], decimals: int
) -> None:
    for column, given in enumerate(values):
        value = given.value if isinstance(given, Figure) else given
        if isinstance(value, Rate):
            rounded = value.rounded(decimals)
            if rounded is None:
                sheet.write_string(at, column, "—", formats["number"])
            else:
                sheet.write_number(at, column, float(rounded / 100), formats["rate"])
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(at, column, float(value), formats["number"])
        elif isinstance(value, date):
            sheet.write_datetime(at, column, value, formats["day"])
        else:
            text = "" if value is None else seen(str(value))[:_LONGEST]
            sheet.write_string(at, column, text, formats["text"])


def _sheet_name(title: str, taken: Sequence[str]) -> str:
    """A name as sheets allow it: 31 characters, no brackets, colons, stars, marks or slashes, no two alike."""
    name = re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "表"
    return name if name not in taken else f"{name[:27]} ({len(taken) + 1})"
