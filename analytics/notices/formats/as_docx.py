"""Writes an HTML document as DOCX, for the clerk who edits it in Word or WPS: same words, same order, same form.

It reads the HTML and not the context, so there is only one template. It knows what the templates use: headings, paragraphs,
tables, and the classes of `document.css`. Parts of class `screen` are left out. How each of them is set: `official_form`.
"""

from __future__ import annotations

import math
import re
from base64 import b64decode
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Emu, Pt
from selectolax.lexbor import LexborHTMLParser

from analytics.notices.formats.official_form import (
    CENTRE,
    FORMS,
    RED,
    RIGHT,
    add_element,
    hang_annexes,
    lay_out,
    lay_page,
    new_element,
    number_pages,
    place_signature,
    rule_lines,
    set_style,
    style_called,
    width_in_characters,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run
    from selectolax.lexbor import LexborNode
_BY_CLASS = {
    "issuer-mark": "发文机关标志",
    "number": "发文字号",
    "flush": "主送机关",
    "annex-no": "附件序号",
    "note": "表注",
    "source": "表注",
    "remark": "附注",
}
_BY_PLACE = {"signature": "署名", "colophon": "版记", "attachments": "附件说明"}
_BY_TAG = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
_INLINE = {"span", "a", "strong", "em", "b", "i", "br", "code", "-text"}
_WEIGHTS = {"no": 1.0, "count": 1.5, "name": 3.2, "code": 5.0}
_PLAIN_WEIGHT = 4.0
_NAME_BEFORE_NUMBERS = 6.1  # of the one column of names in a table of many numbers: a unit stands in one line
_MANY_NUMBERS = 4


def write_docx(html: str, path: Path, made_on: date) -> None:
    """Write the document as an editable file of the same structure; `made_on` stands in its properties."""
    main = LexborHTMLParser(html).css_first("main")
    if main is None:
        raise ValueError("a document of ours has a <main>")
    writer = _Writer(_title(main), _author(main), made_on)
    draft = LexborHTMLParser(html).css_first("aside.draft")
    if draft is not None:
        writer.paragraph(draft, "表注")
    writer.blocks(main)
    writer.document.save(str(path))


def _title(main: LexborNode) -> str:
    heading = main.css_first("h1")
    return "".join(heading.text().split()) if heading is not None else ""


def _author(main: LexborNode) -> str:
    """Whoever signs the document, else whose mark it bears."""
    named = main.css_first(".signature p") or main.css_first(".issuer-mark")
    return named.text().strip() if named is not None else ""


class _Writer:
    def __init__(self, title: str, author: str, made_on: date) -> None:
        self.document: Document = docx.Document()
        self.place = ""  # attachments, signature or colophon: whose paragraphs are set in their own form
        properties = self.document.core_properties
        properties.author, properties.comments, properties.title = author, "", title
        properties.last_modified_by, properties.revision = author, 1
        properties.created = properties.modified = datetime(
            made_on.year, made_on.month, made_on.day, tzinfo=UTC
        )
        settings = self.document.settings
        settings.odd_and_even_pages_header_footer = True
        for name, form in FORMS.items():
            set_style(style_called(self.document, name), form)
        rule_lines(style_called(self.document, "版记"))
        lay_page(self.document.sections[0], wide=False)
        number_pages(self.document.sections[0])

    def blocks(self, parent: LexborNode) -> None:
        for node in _children(parent):
            if node.tag in _INLINE or "screen" in _classes(node):
                continue
            if node.tag == "hr":
                self._rule()
            elif node.tag == "table":
                self._table(node)
            elif node.tag == "img":
                self._picture(node)
            elif node.tag in _BY_TAG:
                in_annex = "annex" in _classes(parent) and node.tag == "h2"
                self.paragraph(node, "附件标题" if in_annex else _BY_TAG[node.tag])
            elif node.tag in {"p", "li", "figcaption", "caption"}:
                self.paragraph(node, self._style_of(node))
            else:
                self._inside(node)

    def _inside(self, node: LexborNode) -> None:
        classes = _classes(node)
        if "annex" in classes:
            self._new_section(wide="wide" in classes)
        outer = self.place
        self.place = next((name for name in _BY_PLACE if name in classes), outer)
        if "letterhead" in classes and "letter" in classes:
            self._as_letter()
        began = len(self.document.paragraphs)
        self.blocks(node)
        self.place = outer
        written = self.document.paragraphs[began:]
        if "attachments" in classes and written:
            hang_annexes(written)
        if "signature" in classes and len(written) == 2:
            place_signature(written[0], written[1], sealed="seal" in classes)

    def _as_letter(self) -> None:
        """The mark of a letter stands higher, its number at the right under the rule."""
        set_style(
            style_called(self.document, "发文机关标志"), replace(FORMS["发文机关标志"], before=0, after=12)
        )
        set_style(style_called(self.document, "发文字号"), replace(FORMS["发文字号"], align=RIGHT, after=29))

    def _style_of(self, node: LexborNode) -> str:
        named = next((_BY_CLASS[name] for name in _classes(node) if name in _BY_CLASS), None)
        return named or _BY_PLACE.get(self.place, "公文正文")

    def paragraph(self, node: LexborNode, style: str) -> None:
        paragraph = self.document.add_paragraph(style=style)
        lay_out(paragraph, FORMS[style])
        if style == "版记":
            _write_sides(paragraph, node, self._room())
        elif style == "Title":
            _write_title(paragraph, node, self._room())
        else:
            _write_runs(paragraph, node)

    def _rule(self) -> None:
        """The red rule: the lower border of an empty paragraph, as wide as the type area."""
        paragraph = self.document.add_paragraph(style="红色分隔线")
        add_element(paragraph._p.get_or_add_pPr(), "w:pBdr").append(  # noqa: SLF001 - python-docx has no borders
            new_element("w:bottom", val="single", sz="16", space="1", color=str(RED))
        )

    def _picture(self, node: LexborNode) -> None:
        """A picture as wide as the type area, on the page of the words under it; its words for who cannot see it."""
        content = b64decode((node.attributes.get("src") or "").partition(";base64,")[2])
        paragraph = self.document.add_paragraph(style="图片")
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE  # a fixed line would cut it off
        shape = paragraph.add_run().add_picture(BytesIO(content), width=Emu(self._room()))
        shape._inline.docPr.set("descr", node.attributes.get("alt") or "")  # noqa: SLF001 - python-docx has no such words

    def _new_section(self, *, wide: bool) -> None:
        """An annex begins on a new page, laid across where its table needs the room."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        lay_page(section, wide=wide)

    def _table(self, node: LexborNode) -> None:
        rows = [[cell for cell in _children(row) if cell.tag in {"td", "th"}] for row in node.css("tr")]
        if not rows:
            return
        heads = len(node.css("thead tr"))
        width = max(sum(_span(cell) for cell in row) for row in rows)
        table = self.document.add_table(len(rows), width)
        table.style = "Table Grid"
        table.autofit = False
        _set_widths(table, node, width, self._room())
        wide = self.document.sections[-1].orientation == WD_ORIENT.LANDSCAPE
        text = "宽表文" if wide else "表文"
        for number, cells in enumerate(rows):
            _fill_row(table, number, cells, head=number < heads, text=text)
        if len(rows) > heads + 1:  # no page with one row
            for cell in table.rows[-2].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def _room(self) -> int:
        section = self.document.sections[-1]
        width, left, right = section.page_width, section.left_margin, section.right_margin
        return int(width or 0) - int(left or 0) - int(right or 0)


def _fill_row(table: Table, number: int, cells: list[LexborNode], *, head: bool, text: str) -> None:
    row = table.rows[number]
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has neither of the two
    properties.append(new_element("w:cantSplit"))
    if head:
        properties.append(new_element("w:tblHeader"))
    at = 0
    for source in cells:
        cell: _Cell = table.cell(number, at)
        if (span := _span(source)) > 1:
            cell = cell.merge(table.cell(number, at + span - 1))
        paragraph = cell.paragraphs[0]
        paragraph.style = "表头" if source.tag == "th" else text
        if _classes(source) & {"no", "count"}:
            paragraph.alignment = CENTRE
        _write_runs(paragraph, source)
        at += span


def _write_sides(paragraph: Paragraph, node: LexborNode, room: int) -> None:
    """A line of the 版记: what stands left, and right of it what stands at the other edge."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(room - Pt(14)), WD_TAB_ALIGNMENT.RIGHT)
    for number, side in enumerate(_children(node)):
        if number:
            paragraph.add_run("\t")
        _write_runs(paragraph, side)


def _write_title(paragraph: Paragraph, node: LexborNode, room: int) -> None:
    """A title breaks between its phrases (`span`), never within a date or a word, into lines of like length.

    A line that fits but for the room that word processors put between digits and characters is set a little closer.
    """
    phrases = [child for child in _children(node) if child.tag == "span"]
    if len(phrases) < 2:
        _write_runs(paragraph, node)
        return
    size = FORMS["Title"].size
    a_line = Emu(room).pt / size
    for number, (first, last) in enumerate(
        _balanced([width_in_characters(p.text()) for p in phrases], a_line)
    ):
        if number:
            paragraph.add_run().add_break()
        before = len(paragraph.runs)
        for phrase in phrases[first:last]:
            _write_runs(paragraph, phrase)
        line = "".join(phrase.text() for phrase in phrases[first:last])
        too_wide = width_in_characters(line) + _ROOM * len(_DIGIT_EDGE.findall(line)) - a_line
        if too_wide > 0:
            _set_closer(paragraph.runs[before:], too_wide * size / len(line))


def _set_closer(runs: list[Run], points: float) -> None:
    """Take this much, rounded up, off the room behind each character."""
    for run in runs:
        spacing = new_element("w:spacing", val=str(-math.ceil(points * 20)))
        run._r.get_or_add_rPr().insert_element_before(spacing, *_BEHIND_SPACING)  # noqa: SLF001 - python-docx has no spacing


_ROOM = 0.5  # of a character, between a digit and a Chinese one, wider digits of a substitute font included: measured in LibreOffice
_DIGIT_EDGE = re.compile(r"(?<=[0-9])(?=[^0-9])|(?<=[^0-9])(?=[0-9])")
_BEHIND_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
"""What follows the spacing among the properties of a run, in the order of the format."""


def _balanced(widths: list[float], most: float) -> list[tuple[int, int]]:
    """Begin and end of each line: as few lines as hold the phrases, and of these the split whose longest is shortest."""
    splits = [
        [*pairwise((0, *breaks, len(widths)))]
        for lines in range(1, len(widths) + 1)
        for breaks in combinations(range(1, len(widths)), lines - 1)
    ]
    longest = [max(sum(widths[first:last]) for first, last in split) for split in splits]
    fitting = [number for number, width in enumerate(longest) if width <= most] or [len(splits) - 1]
    fewest = min(len(splits[number]) for number in fitting)
    return splits[min((n for n in fitting if len(splits[n]) == fewest), key=longest.__getitem__)]


def _write_runs(paragraph: Paragraph, node: LexborNode) -> None:
    """The text of a node with what sets it off: line breaks, strong words, marked blanks."""
    runs = list(_runs(node, strong=False, blank=False))
    while runs and not runs[-1][0].strip(" ") and runs[-1][0] != "\n":
        runs.pop()
    first = True
    for text, strong, blank in runs:
        if text == "\n":
            paragraph.add_run().add_break()
            first = True
            continue
        run = paragraph.add_run(text.lstrip() if first else text)
        first = False
        run.bold = True if strong else None
        if blank:
            run.font.color.rgb = RED


def _runs(node: LexborNode, *, strong: bool, blank: bool) -> Iterator[tuple[str, bool, bool]]:
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            text = re.sub(r"\s+", " ", child.text_content or "")
            if text:
                yield text, strong, blank
        elif child.tag == "br":
            yield "\n", False, False
        elif "screen" not in _classes(child):
            yield from _runs(
                child,
                strong=strong or child.tag in {"strong", "b"},
                blank=blank or "blank" in _classes(child),
            )


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return node.iter(include_text=False)


def _classes(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split())


def _span(cell: LexborNode) -> int:
    return int(cell.attributes.get("colspan") or 1)


def _set_widths(table: Table, node: LexborNode, columns: int, room: int) -> None:
    """Shares of the room by what the columns hold."""
    kinds = [_classes(col) for col in node.css("col")]
    of_kind = Counter(name for kind in kinds for name in kind)
    many_numbers = of_kind["name"] == 1 and of_kind["count"] >= _MANY_NUMBERS
    weight_of = {**_WEIGHTS, "name": _NAME_BEFORE_NUMBERS} if many_numbers else _WEIGHTS
    weights = [
        next((weight_of[name] for name in kind if name in weight_of), _PLAIN_WEIGHT)
        for kind in (kinds if len(kinds) == columns else [set[str]()] * columns)
    ]
    for number, weight in enumerate(weights):
        width = round(room * weight / sum(weights))
        table.columns[number].width = width
        for cell in table.columns[number].cells:
            cell.width = width
