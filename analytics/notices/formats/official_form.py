"""The form of official documents (GB/T 9704-2012): styles, pages and paragraphs, some of which python-docx cannot set by itself.

Alignment and indent of a style are repeated on each paragraph: WPS and programs that check documents read them there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

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


CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT

FORMS = {
    "Normal": Form(),
    "Title": Form(SONG, 22, 32, CENTRE, after=29, keep=True),
    "Heading 1": Form(HEI, indent_chars=2, align=LEFT, keep=True),
    "Heading 2": Form(KAI, indent_chars=2, align=LEFT, keep=True),
    "Heading 3": Form(FANG, indent_chars=2, align=LEFT, keep=True, bold=True),
    "公文正文": Form(indent_chars=2),
    "主送机关": Form(),
    "发文机关标志": Form(
        SONG, 34, 44, CENTRE, before=99, after=58, red=True
    ),  # 35 mm below the type area's edge
    "发文字号": Form(align=CENTRE),
    "红色分隔线": Form(size=8, line=11, align=CENTRE, after=29),
    "附件说明": Form(indent_chars=-3, left_chars=5, align=LEFT, keep=True),  # 附件：1. hangs before 2.
    "署名": Form(align=RIGHT, keep=True),
    "附注": Form(indent_chars=2),
    "版记": Form(size=14, line=24, align=LEFT, left_chars=1, right_chars=1),
    "附件序号": Form(HEI, align=LEFT, keep=True),
    "附件标题": Form(SONG, 18, 28, CENTRE, before=12, after=12, keep=True),
    "表注": Form(size=12, line=20),
    "图片": Form(align=CENTRE, before=6, keep=True),
    "表文": Form(size=10.5, line=16, align=LEFT),
    "宽表文": Form(size=9, line=13.5, align=LEFT),
    "表头": Form(HEI, 10.5, 16, CENTRE),
    "页码": Form("宋体", 14, 16, RIGHT),
}
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


def hang_annexes(paragraphs: list[Paragraph]) -> None:
    """A blank line before 附件：1.…, and the further numbers under the first."""
    paragraphs[0].paragraph_format.space_before = Pt(29)
    for paragraph in paragraphs[1:]:
        _indent(paragraph, hanging=0)


def place_signature(name: Paragraph, day: Paragraph, *, sealed: bool) -> None:
    """With a seal the name is centred over the day, four characters from the edge; without one the day hangs in by two."""
    wide, long = width_in_characters(name.text), width_in_characters(day.text)
    if sealed:
        at_name, at_day = 4 + (long - wide) / 2, 4.0
    else:
        at_day = 2 + max(0, wide - long - 2)
        at_name = at_day + long + 2 - wide
    _indent(name, right=max(0, at_name))
    _indent(day, right=at_day)
    name.paragraph_format.space_before = Pt(58 if sealed else 29)


def width_in_characters(text: str) -> float:
    """Width in Chinese characters: what is ASCII takes half of one."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _indent(paragraph: Paragraph, **characters: float) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - python-docx knows no characters
    for name, number in characters.items():
        indent.set(qn(f"w:{name}Chars"), str(round(number * 100)))
        indent.set(qn(f"w:{name}"), str(round(number * 320)))


def rule_lines(style: ParagraphStyle) -> None:
    """Rules above, between and below the lines of the 版记: 0.35 mm outside, 0.25 mm inside."""
    borders = new_element("w:pBdr")
    for edge, size in (("top", "8"), ("bottom", "8"), ("between", "6")):
        borders.append(new_element(f"w:{edge}", val="single", sz=size, space="1", color="auto"))
    properties = style.element.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def style_called(document: Document, name: str) -> ParagraphStyle:
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
        new_element("w:spacing", val=twentieths), "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang"
    )


def set_style(style: ParagraphStyle, form: Form) -> None:
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
            properties.insert_element_before(new_element(name, val="0"), *_AFTER_AUTO_SPACE)
    indent = properties.get_or_add_ind()
    first = ("hanging", -form.indent_chars) if form.indent_chars < 0 else ("firstLine", form.indent_chars)
    for name, chars in (first, ("left", form.left_chars), ("right", form.right_chars)):
        indent.set(qn(f"w:{name}Chars"), str(chars * 100))
        indent.set(qn(f"w:{name}"), str(round(chars * form.size * 20)))


def lay_out(paragraph: Paragraph, form: Form) -> None:
    """Alignment and indent of its style, on the paragraph itself."""
    paragraph.alignment = form.align
    if form.indent_chars > 0:
        _indent(paragraph, firstLine=form.indent_chars)


def lay_page(section: Section, *, wide: bool) -> None:
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
        grid = add_element(section._sectPr, "w:docGrid")  # noqa: SLF001
    grid.set(qn("w:linePitch"), str(round(FORMS["公文正文"].line * 20)))


def number_pages(section: Section) -> None:
    """— 1 —, right on odd pages and left on even ones, one character from the margin; later sections follow."""
    for footer, align in ((section.footer, RIGHT), (section.even_page_footer, LEFT)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "页码"
        paragraph.alignment = align
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 - by characters
        indent.set(qn("w:rightChars" if align == RIGHT else "w:leftChars"), "100")
        paragraph.add_run("— ")
        field = add_element(paragraph._p, "w:fldSimple")  # noqa: SLF001 - python-docx has no fields
        field.set(qn("w:instr"), "PAGE")
        run = add_element(field, "w:r")
        add_element(run, "w:t").text = "1"
        paragraph.add_run(" —")


def new_element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_element(parent: Any, name: str) -> Any:
    made = OxmlElement(name)
    parent.append(made)
    return made
