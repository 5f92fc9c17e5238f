"""An HTML document of ours → DOCX for the clerk's last hand in Word or WPS: same words, same order, same form.

The HTML is read, not the context, so there is one template to keep. What it may hold is what the templates use:
headings, paragraphs, tables, and the classes of `document.css`. Parts of class `screen` stay on the screen.
What a style says of alignment and indent stands on each paragraph as well: WPS and checkers read it there.
"""

from __future__ import annotations

import math
import re
from base64 import b64decode
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run
    from selectolax.lexbor import LexborNode

SONG, FANG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
RED = RGBColor(0xD7, 0x00, 0x0F)
A4 = Mm(210), Mm(297)


@dataclass(frozen=True, slots=True)
class Form:
    """How a paragraph is set: GB/T 9704-2012, clause 7."""

    font: str = FANG
    size: float = 16  # 3号
    line: float = 28.95  # 22 lines a page of 225 mm, in twentieths of a point
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent_chars: int = 0  # first line
    left_chars: int = 0
    right_chars: int = 0
    before: float = 0
    after: float = 0
    red: bool = False
    keep: bool = False  # with what follows
    bold: bool = False


_CENTRE, _RIGHT, _LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT

FORMS = {
    "Normal": Form(),
    "Title": Form(SONG, 22, 32, _CENTRE, after=29, keep=True),
    "Heading 1": Form(HEI, indent_chars=2, align=_LEFT, keep=True),
    "Heading 2": Form(KAI, indent_chars=2, align=_LEFT, keep=True),
    "Heading 3": Form(FANG, indent_chars=2, align=_LEFT, keep=True, bold=True),
    "公文正文": Form(indent_chars=2),
    "主送机关": Form(),
    "发文机关标志": Form(
        SONG, 34, 44, _CENTRE, before=99, after=58, red=True
    ),  # 35 mm below the type area's edge
    "发文字号": Form(align=_CENTRE),
    "红色分隔线": Form(size=8, line=11, align=_CENTRE, after=29),
    "附件说明": Form(indent_chars=-3, left_chars=5, align=_LEFT, keep=True),  # 附件：1. hangs before 2.
    "署名": Form(align=_RIGHT, keep=True),
    "附注": Form(indent_chars=2),
    "版记": Form(size=14, line=24, align=_LEFT, left_chars=1, right_chars=1),
    "附件序号": Form(HEI, align=_LEFT, keep=True),
    "附件标题": Form(SONG, 18, 28, _CENTRE, before=12, after=12, keep=True),
    "表注": Form(size=12, line=20),
    "图片": Form(align=_CENTRE, before=6, keep=True),
    "表文": Form(size=10.5, line=16, align=_LEFT),
    "宽表文": Form(size=9, line=13.5, align=_LEFT),
    "表头": Form(HEI, 10.5, 16, _CENTRE),
    "页码": Form("宋体", 14, 16, _RIGHT),
}
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
_AFTER_AUTO_SPACE = (
    *(
        "w:bidi",
        "w:adjustRightInd",
        "w:snapToGrid",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:mirrorIndents",
    ),
    *(
        "w:suppressOverlap",
        "w:jc",
        "w:textDirection",
        "w:textAlignment",
        "w:textboxTightWrap",
        "w:outlineLvl",
        "w:rPr",
    ),
)
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
            _set_style(_style(self.document, name), form)
        _rule_lines(_style(self.document, "版记"))
        _lay(self.document.sections[0], wide=False)
        _number_pages(self.document.sections[0])

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
            _hang(written)
        if "signature" in classes and len(written) == 2:
            _sign(written[0], written[1], sealed="seal" in classes)

    def _as_letter(self) -> None:
        """The mark of a letter stands higher, its number at the right under the rule."""
        _set_style(_style(self.document, "发文机关标志"), replace(FORMS["发文机关标志"], before=0, after=12))
        _set_style(_style(self.document, "发文字号"), replace(FORMS["发文字号"], align=_RIGHT, after=29))

    def _style_of(self, node: LexborNode) -> str:
        named = next((_BY_CLASS[name] for name in _classes(node) if name in _BY_CLASS), None)
        return named or _BY_PLACE.get(self.place, "公文正文")

    def paragraph(self, node: LexborNode, style: str) -> None:
        paragraph = self.document.add_paragraph(style=style)
        _lay_out(paragraph, FORMS[style])
        if style == "版记":
            _write_sides(paragraph, node, self._room())
        elif style == "Title":
            _write_title(paragraph, node, self._room())
        else:
            _write_runs(paragraph, node)

    def _rule(self) -> None:
        """The red rule: the lower border of an empty paragraph, as wide as the type area."""
        paragraph = self.document.add_paragraph(style="红色分隔线")
        _add(paragraph._p.get_or_add_pPr(), "w:pBdr").append(  # noqa: SLF001 - python-docx has no borders
            _element("w:bottom", val="single", sz="16", space="1", color=str(RED))
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
        _lay(section, wide=wide)

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
    properties.append(_element("w:cantSplit"))
    if head:
        properties.append(_element("w:tblHeader"))
    at = 0
    for source in cells:
        cell: _Cell = table.cell(number, at)
        if (span := _span(source)) > 1:
            cell = cell.merge(table.cell(number, at + span - 1))
        paragraph = cell.paragraphs[0]
        paragraph.style = "表头" if source.tag == "th" else text
        if _classes(source) & {"no", "count"}:
            paragraph.alignment = _CENTRE
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
    for number, (first, last) in enumerate(_balanced([_characters(p.text()) for p in phrases], a_line)):
        if number:
            paragraph.add_run().add_break()
        before = len(paragraph.runs)
        for phrase in phrases[first:last]:
            _write_runs(paragraph, phrase)
        line = "".join(phrase.text() for phrase in phrases[first:last])
        too_wide = _characters(line) + _ROOM * len(_DIGIT_EDGE.findall(line)) - a_line
        if too_wide > 0:
            _set_closer(paragraph.runs[before:], too_wide * size / len(line))


def _set_closer(runs: list[Run], points: float) -> None:
    """Take this much, rounded up, off the room behind each character."""
    for run in runs:
        spacing = _element("w:spacing", val=str(-math.ceil(points * 20)))
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


def _hang(paragraphs: list[Paragraph]) -> None:
    """A blank line before 附件：1.…, and the further numbers under the first."""
    paragraphs[0].paragraph_format.space_before = Pt(29)
    for paragraph in paragraphs[1:]:
        _indent(paragraph, hanging=0)


def _sign(name: Paragraph, day: Paragraph, *, sealed: bool) -> None:
    """With a seal the name is centred over the day, four characters from the edge; without one the day hangs in by two."""
    wide, long = _characters(name.text), _characters(day.text)
    if sealed:
        at_name, at_day = 4 + (long - wide) / 2, 4.0
    else:
        at_day = 2 + max(0, wide - long - 2)
        at_name = at_day + long + 2 - wide
    _indent(name, right=max(0, at_name))
    _indent(day, right=at_day)
    name.paragraph_format.space_before = Pt(58 if sealed else 29)


def _characters(text: str) -> float:
    """Width in Chinese characters: what is ASCII takes half of one."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _indent(paragraph: Paragraph, **characters: float) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - python-docx knows no characters
    for name, number in characters.items():
        indent.set(qn(f"w:{name}Chars"), str(round(number * 100)))
        indent.set(qn(f"w:{name}"), str(round(number * 320)))


def _rule_lines(style: ParagraphStyle) -> None:
    """Rules above, between and below the lines of the 版记: 0.35 mm outside, 0.25 mm inside."""
    borders = _element("w:pBdr")
    for edge, size in (("top", "8"), ("bottom", "8"), ("between", "6")):
        borders.append(_element(f"w:{edge}", val="single", sz=size, space="1", color="auto"))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


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


# ---------- what python-docx has no word for


def _style(document: Document, name: str) -> ParagraphStyle:
    styles: Any = document.styles
    found: ParagraphStyle = (
        styles[name]
        if name in [style.name for style in styles]
        else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    return found


def _set_spacing(style: ParagraphStyle, twentieths: str) -> None:
    """28 characters of 16 points are 448 points, the line is 442: each stands a quarter of a point closer."""
    properties = style.element.get_or_add_rPr()
    for spacing in properties.findall(qn("w:spacing")):  # the built-in title has one
        properties.remove(spacing)
    properties.insert_element_before(
        _element("w:spacing", val=twentieths), "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang"
    )


def _set_style(style: ParagraphStyle, form: Form) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = form.font, Pt(form.size), form.bold, False
    font.color.rgb = RED if form.red else RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), form.font)
    _set_spacing(style, "-5" if form.size == 16 else "0")
    paragraph = style.paragraph_format
    paragraph.alignment = form.align
    paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(form.line)
    paragraph.space_before, paragraph.space_after = Pt(form.before), Pt(form.after)
    paragraph.keep_with_next = form.keep
    paragraph.widow_control = False
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):  # the built-in title has one
        properties.remove(border)
    for name in (
        "w:autoSpaceDE",
        "w:autoSpaceDN",
    ):  # no room between a digit and a character: it would end the 28
        if properties.find(qn(name)) is None:
            properties.insert_element_before(_element(name, val="0"), *_AFTER_AUTO_SPACE)
    indent = properties.get_or_add_ind()
    first = ("hanging", -form.indent_chars) if form.indent_chars < 0 else ("firstLine", form.indent_chars)
    for name, chars in (first, ("left", form.left_chars), ("right", form.right_chars)):
        indent.set(qn(f"w:{name}Chars"), str(chars * 100))
        indent.set(qn(f"w:{name}"), str(round(chars * form.size * 20)))


def _lay_out(paragraph: Paragraph, form: Form) -> None:
    """Alignment and indent of its style, on the paragraph itself."""
    paragraph.alignment = form.align
    if form.indent_chars > 0:
        _indent(paragraph, firstLine=form.indent_chars)


def _lay(section: Section, *, wide: bool) -> None:
    """A4 with the margins of the standard; across for wide tables."""
    width, height = reversed(A4) if wide else A4
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    margins = (Mm(28), Mm(26), Mm(26), Mm(26)) if wide else (Mm(37), Mm(26), Mm(35), Mm(28))
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = margins
    _grid(section)
    section.footer_distance = Mm(18) if wide else Mm(23)  # the number stands 7 mm below the type area


def _grid(section: Section) -> None:
    """22 lines of 28 characters: what Word shows as the grid of the page; lines are set by their own height."""
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no grid
    if grid is None:
        grid = _add(section._sectPr, "w:docGrid")  # noqa: SLF001
    grid.set(qn("w:linePitch"), str(round(FORMS["公文正文"].line * 20)))


def _number_pages(section: Section) -> None:
    """— 1 —, right on odd pages and left on even ones, one character from the margin; later sections follow."""
    for footer, align in ((section.footer, _RIGHT), (section.even_page_footer, _LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "页码"
        paragraph.alignment = align
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - by characters
        indent.set(qn("w:rightChars" if align == _RIGHT else "w:leftChars"), "100")
        paragraph.add_run("— ")
        field = _add(paragraph._p, "w:fldSimple")  # noqa: SLF001 - python-docx has no fields
        field.set(qn("w:instr"), "PAGE")
        run = _add(field, "w:r")
        _add(run, "w:t").text = "1"
        paragraph.add_run(" —")


def _set_widths(table: Table, node: LexborNode, columns: int, room: int) -> None:
    """Shares of the room by what the columns hold."""
    kinds = [_classes(col) for col in node.css("col")]
    of_kind = Counter(name for kind in kinds for name in kind)
    many_numbers = of_kind["name"] == 1 and of_kind["count"] >= _MANY_NUMBERS
    known = {**_WEIGHTS, "name": _NAME_BEFORE_NUMBERS} if many_numbers else _WEIGHTS
    weights = [
        next((known[name] for name in kind if name in known), _PLAIN_WEIGHT)
        for kind in (kinds if len(kinds) == columns else [set[str]()] * columns)
    ]
    for number, weight in enumerate(weights):
        width = round(room * weight / sum(weights))
        table.columns[number].width = width
        for cell in table.columns[number].cells:
            cell.width = width


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _add(parent: Any, name: str) -> Any:
    made = OxmlElement(name)
    parent.append(made)
    return made
