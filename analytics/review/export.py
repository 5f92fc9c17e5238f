"""One assessment → a file a clerk can work in: XLSX with both tables and instructions, or a CSV file a table.

Both stand on a review page beside it as well. Everything crawled is shown as text: no cell is a formula, and no address can be
clicked but those of our own copies.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import xlsxwriter

from analytics.editions.chosen import edition_of
from analytics.judging.decisions import civil
from analytics.review import form
from analytics.review.evidence_lines import evidence_lines
from analytics.review.page_copy import page_copy
from analytics.review.review_page import review_page
from analytics.review.urgency import findings_by_urgency, rows_by_urgency
from analytics.words.text import chinese_date, days_in_words, typeset
from analytics.words.wording import wording
from govcrawl.invisible import seen
from govcrawl.records.errors import UserError
from govcrawl.records.evidence import kept
from govcrawl.records.states import FindingState
from govcrawl.registry.guards import guarded
from govcrawl.warehouse.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from analytics.editions.chosen import Edition
    from analytics.review.form import ReviewColumn, ReviewForm

STATES = {
    FindingState.FOUND: "发现",
    FindingState.AWAITING: "待确认",
    FindingState.CONFIRMED: "已确认",
    FindingState.DISMISSED: "已判误报",
    FindingState.EXPLAINED: "已说明免计",
}
_LONGEST = 2_000  # characters of a cell: a page may hold megabytes of title
_MOST_ROWS = 1_048_000  # of a sheet


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """A form, and its rows in the order of its columns; `links` lead from a row to our copy of its page."""

    form: ReviewForm
    rows: list[list[str]]
    links: dict[int, str]


def export(data: Path, assessment_id: str, path: Path) -> list[Path]:
    """Write the review file of a published assessment, the review page, and copies of the pages into a folder beside it."""
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise UserError(f"{path}: a review file is .xlsx or .csv; name it so")
    folder = path.with_name(f"{path.stem}-pages")
    path.parent.mkdir(parents=True, exist_ok=True)
    with Snapshot.open(data) as snapshot:
        assessments = snapshot.frame("assessment")
        chosen = assessments[assessments["assessment_id"] == assessment_id]
        if chosen.empty:
            raise UserError(
                f"assessment {assessment_id} is not in {snapshot.name}: run `govcrawl load` and `publish` first"
            )
        as_of = chosen.iloc[0]["as_of"].date()
        rules = edition_of(data / "assessments" / assessment_id)
        found = findings_by_urgency(
            snapshot.query("review_findings", assessment_id=assessment_id), rules, as_of
        )
        by_hand = rows_by_urgency(snapshot.query("review_rows", assessment_id=assessment_id), rules, as_of)
    links = {
        number: link
        for number, sha256 in enumerate(found["body_sha256"])
        if pd.notna(sha256) and (link := _copied(data, sha256, folder)) is not None
    }
    page = path.with_suffix(".html")
    text = review_page(
        assessment_id, as_of, found, by_hand, rules, STATES, links, lambda sha256: kept(data, sha256)
    )
    page.write_text(text, "utf-8")
    tables = [
        ReviewTable(form.OF_FINDINGS, _rows(_findings(found, rules, links), form.OF_FINDINGS), links),
        ReviewTable(form.OF_ROWS, _rows(_by_hand(by_hand, rules), form.OF_ROWS), {}),
    ]
    if path.suffix.lower() == ".csv":
        return [*write_csv(tables, path), page]
    write_xlsx(tables, f"{chinese_date(as_of)}检查，按《{rules.title}》。评估编号{assessment_id}。", path)
    return [path, page]


def _copied(data: Path, sha256: str, folder: Path) -> str | None:
    """Write our copy of a page into the folder, if we have it, and return where it is, seen from beside the folder."""
    target = folder / f"{sha256}.html"
    if not target.exists():
        copy = kept(data, sha256)
        if copy is None:
            return None
        folder.mkdir(exist_ok=True)
        target.write_text(page_copy(sha256, copy), "utf-8")
    return f"{folder.name}/{target.name}"


def write_xlsx(tables: Iterable[ReviewTable], head: str, path: Path) -> None:
    """A sheet a table with a drop-down, a filter and a frozen header; then the instructions."""
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "constant_memory": True,
    }
    with xlsxwriter.Workbook(path, options) as book:
        looks = _Looks(
            head=book.add_format({"bold": True, "bg_color": "#D9E2EC", "text_wrap": True, "valign": "top"}),
            shown=book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
            filled=book.add_format(
                {"bg_color": "#FFF8DC", "text_wrap": True, "valign": "top", "num_format": "@"}
            ),
            link=book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"}),
        )
        for table in tables:
            _write_sheet(book.add_worksheet(table.form.name), table, looks)
        notes = book.add_worksheet(form.HELP)
        notes.set_column(0, 0, 120)
        for number, line in enumerate((head, *form.INSTRUCTIONS)):
            notes.write_string(number, 0, line, looks.shown)


def write_csv(tables: Iterable[ReviewTable], path: Path) -> list[Path]:
    """A file a table: `path`, and `path` with the name of the second table in it. UTF-8 with the mark Excel knows it by."""
    written = []
    for table in tables:
        part = path if table.form is form.OF_FINDINGS else path.with_stem(f"{path.stem}-{table.form.name}")
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(table.form.headers)
            writer.writerows([guarded(cell) for cell in row] for row in table.rows)
        written.append(part)
    return written


@dataclass(frozen=True, slots=True)
class _Looks:
    head: Format
    shown: Format
    filled: Format
    link: Format

    def of(self, column: ReviewColumn) -> Format:
        return self.filled if column.to_fill else self.shown


def _write_sheet(sheet: Worksheet, table: ReviewTable, looks: _Looks) -> None:
    columns = table.form.columns
    sheet.freeze_panes(1, 2)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, looks.of(column))
        sheet.write_string(0, place, column.header, looks.head)
    if len(table.rows) > _MOST_ROWS:
        raise UserError(f"{len(table.rows):,} rows are more than a sheet holds; export to a file named .csv")
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if cell:
                sheet.write_string(number, place, cell, looks.of(columns[place]))
        if link := table.links.get(number - 1):
            sheet.write_url(
                number, table.form.headers.index("留存页面"), f"external:{link}", looks.link, "打开留存"
            )
    last = max(1, len(table.rows))
    sheet.autofilter(0, 0, last, len(columns) - 1)
    _offer(sheet, table.form, form.DECISION, last, list(table.form.words), "请从列表中选择判定。")
    _offer(sheet, table.form, form.OVERRULES, last, [form.YES], "须改判他人的判定时选“是”，否则留空。")


def _offer(sheet: Worksheet, of: ReviewForm, header: str, last: int, words: list[str], prompt: str) -> None:
    place = of.headers.index(header)
    sheet.data_validation(
        1,
        place,
        last,
        place,
        {"validate": "list", "source": words, "error_title": header, "error_message": prompt},
    )


def _findings(found: pd.DataFrame, rules: Edition, links: dict[int, str]) -> pd.DataFrame:
    titles = {row.id: row.title for row in rules.indicators}
    checks = {name: words["title"] for name, words in wording()["check"].items()}
    return pd.DataFrame(
        {
            form.KEY: form.KEY_MARK + found["finding_key"],
            form.SITE: found["site_code"],
            "网站名称": found["site_name"],
            "主办单位": found["unit"],
            "指标": found["indicator_id"].map(titles).fillna(found["indicator_id"]),
            "问题类型": found["check_id"].map(checks).fillna(found["check_id"]),
            "机器结论": found["state"].map(STATES),
            "问题所在": found["subject_url"],
            "所在页面": found["origin_url"],
            "发现情况": found["observed"].map(typeset, na_action="ignore"),
            "检查要求": found["expected"].map(typeset, na_action="ignore"),
            "疑似内容": found["doubt"],
            "证据": found["evidence"].map(_lines, na_action="ignore"),
            "留存页面": ["见文件夹" if number in links else "" for number in range(len(found))],
            **_before(found, form.OF_FINDING),
        }
    )


def _by_hand(rows: pd.DataFrame, rules: Edition) -> pd.DataFrame:
    titles = {row.id: row.title for row in rules.indicators}
    clauses = {row.id: typeset(row.clause) for row in rules.indicators}
    return pd.DataFrame(
        {
            form.EDITION: rows["edition"],
            form.SITE: rows["site_code"],
            form.ACCOUNT: rows["account_id"],
            "名称": rows["name"],
            "主办单位": rows["unit"],
            form.INDICATOR: rows["indicator_id"],
            "指标": rows["indicator_id"].map(titles),
            "检查要求": rows["indicator_id"].map(clauses),
            "满分": rows["max_points"].map("{:g}".format, na_action="ignore"),
            "机器说明": rows["reason"].map(typeset, na_action="ignore"),
            **_before(rows, form.OF_ROW),
        }
    )


def _before(rows: pd.DataFrame, words: dict[str, str]) -> dict[str, pd.Series[str]]:
    said = {recorded: word for word, recorded in words.items()}
    until = rows["until_on"].map(chinese_date, na_action="ignore").astype("str")
    return {
        "已有判定": rows["decision"].map(said) + ("（至" + until + "）").where(until.notna(), ""),
        "已判定人": rows["decided_by"],
        "判定日期": civil(rows["decided_at"]).map(days_in_words, na_action="ignore"),
    }


def _rows(frame: pd.DataFrame, of: ReviewForm) -> list[list[str]]:
    whole = frame.reindex(columns=list(of.headers)).astype(object)
    return [
        [seen(str(cell))[:_LONGEST] if pd.notna(cell) else "" for cell in row]
        for row in whole.itertuples(index=False)
    ]


def _lines(evidence: str) -> str:
    """One piece of evidence a line."""
    return "\n".join(f"{label}：{value}" for label, value in evidence_lines(evidence))
