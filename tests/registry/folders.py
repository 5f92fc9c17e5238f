"""Registries for tests: written as CSV files or workbooks, and their problems."""

from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from govcrawl.registry import RegistryProblem, read_registry

SITES = "site_code,name,home_url,unit\n3301000001,某市政府,http://www.example.gov.cn/,某市人民政府办公室\n"
SECTIONS = "site_code,name,url,class\n3301000001,要闻,http://www.example.gov.cn/a/,动态要闻\n"


def write(folder: Path, **files: str) -> Path:
    for stem, text in files.items():
        (folder / f"{stem}.csv").write_text(text, "utf-8")
    return folder


def workbook(path: Path, rows: list[list[object]]) -> None:
    book = xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    day, moment = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                is_moment = isinstance(value, datetime)
                sheet.write_datetime(number, column, value, moment if is_moment else day)
            else:
                sheet.write(number, column, value)
    book.close()


def errors_of(folder: Path) -> list[RegistryProblem]:
    return [problem for problem in read_registry(folder)[1] if problem.severity == "error"]


def warnings_of(folder: Path) -> list[RegistryProblem]:
    return [problem for problem in read_registry(folder)[1] if problem.severity == "warning"]


def only_error(folder: Path) -> RegistryProblem:
    errors = errors_of(folder)
    assert len(errors) == 1, [str(error) for error in errors]
    assert errors[0].remedy
    return errors[0]
