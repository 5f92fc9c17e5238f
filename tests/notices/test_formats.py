"""PDF, DOCX and XLSX beside the HTML: read back by other programs than those that wrote them, and looked at in Chromium."""

import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from playwright.sync_api import sync_playwright
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from analytics.figures.rates import Rate
from analytics.notices.formats import as_pdf
from analytics.notices.formats.as_docx import write_docx
from analytics.notices.formats.as_xlsx import write_xlsx
from analytics.notices.official_document import Annex, AnnexColumn
from analytics.notices.period import read_period
from analytics.notices.write import write_notices
from govcrawl.network.chromium import find_browser, quiet_arguments
from tests.notices import golden
from tests.notices.conftest import FORMULA

ROOT = Path(__file__).parents[2]
RARE = "𬭚䶮"  # beyond the basic plane, and of extension A: names of people and places have such characters
CAMPAIGN = replace(golden.CAMPAIGN, issuer=f"岚川市{RARE}区办公室", period=read_period("2026-11"))


@pytest.fixture(scope="module")
def folder(judged):
    return write_notices(
        judged.data, judged.assessments[0], CAMPAIGN, formats=("html", "pdf", "docx", "xlsx")
    ).folder


def compact(text):
    return re.sub(r"\s", "", text)


# ---------- DOCX


def test_the_docx_says_what_the_html_says_in_the_same_order(folder):
    html = LexborHTMLParser((folder / "circular.html").read_text("utf-8"))
    for screen in html.css(".screen, .blank-page"):
        screen.decompose()
    document = docx.Document(folder / "circular.docx")
    written = ["".join(node.text or "" for node in block.iter(qn("w:t"))) for block in document.element.body]

    assert compact(html.css_first("main").text()) == compact("".join(written))


def test_the_docx_has_the_form_of_an_official_document(folder):
    document = docx.Document(folder / "circular.docx")
    section = document.sections[0]
    styles = {paragraph.style.name: paragraph for paragraph in document.paragraphs}

    assert [Mm(37), Mm(35), Mm(28), Mm(26)] == pytest.approx(
        [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin], abs=400
    )
    assert {
        "发文机关标志",
        "发文字号",
        "Title",
        "主送机关",
        "Heading 1",
        "Heading 2",
        "附件说明",
        "署名",
        "版记",
    } <= set(styles)
    fonts = {
        name: styles[name].style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Heading 2", "公文正文")
    }
    assert {
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "公文正文": "仿宋_GB2312",
    } == fonts
    assert document.settings.odd_and_even_pages_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "— 1 —" == "".join(node.text for node in footer._element.iter(qn("w:t")))
        assert "PAGE" == next(footer._element.iter(qn("w:fldSimple"))).get(qn("w:instr"))


def test_the_properties_of_the_docx_are_those_of_the_document(folder):
    properties = docx.Document(folder / "circular.docx").core_properties
    assert "政府网站检查情况的通报" in properties.title or "检查情况的通报" in properties.title
    assert CAMPAIGN.issuer == properties.author
    assert 2026 == properties.created.year


def test_a_title_breaks_between_its_phrases_into_lines_of_like_length(tmp_path):
    spans = ("岚川市人民政府办公室关于", "2026年11月27日", "全市", "政府网站与政务新媒体检查情况的通报")
    heading = "".join(f"<span>{span}</span>" for span in spans)
    write_docx(f"<main><h1>{heading}</h1></main>", tmp_path / "title.docx", date(2026, 11, 27))
    title = docx.Document(tmp_path / "title.docx").paragraphs[0]
    assert [spans[0] + spans[1], spans[2] + spans[3]] == title.text.split("\n")


def test_the_docx_rendered_has_22_lines_of_28_characters_a_page_and_its_title_in_shape(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("no LibreOffice on this machine: install libreoffice-writer-nogui to measure the DOCX")
    text = "".join(f"<p>{'检查情况通报' * 40}</p>" for _ in range(6))
    spans = ("岚川市人民政府办公室关于", "2026年11月27日", "全市", "政府网站与政务新媒体审核情况的公布")
    heading = "".join(f"<span>{span}</span>" for span in spans)
    # The title stands behind the measured page, so that one rendering serves both.
    write_docx(f"<main>{text}<h1>{heading}</h1></main>", tmp_path / "grid.docx", date(2026, 11, 27))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "grid.docx"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = pypdf.PdfReader(tmp_path / "grid.pdf").pages
    printed = [compact(line) for line in pages[-1].extract_text().splitlines()]
    title = [
        line
        for line in printed
        if line and not line.startswith("检") and "—" not in line and "况" not in line[:1]
    ]
    assert [spans[0] + spans[1], spans[2] + spans[3]] == title[-2:]
    page = pages[0]
    lines = Counter()
    left = []

    def seen(text, _cm, place, _font, _size):
        if "检" in text or "况" in text:
            lines[round(place[5], 1)] += len(compact(text))
            left.append(place[4])

    page.extract_text(visitor_text=seen)
    heights = sorted(lines, reverse=True)
    assert 22 == len(heights)
    assert 28 == Counter(lines.values()).most_common(1)[0][0]
    assert [28.95] * 21 == pytest.approx([a - b for a, b in pairwise(heights)], abs=0.15)
    assert Mm(28).pt == pytest.approx(min(left), abs=0.5)
    assert Mm(297).pt - Mm(37).pt > heights[0]
    assert heights[-1] > Mm(35).pt


GB_T_9704 = {
    "page_setup": {"margins": {"top": "3.7cm", "bottom": "3.5cm", "left": "2.8cm", "right": "2.6cm"}},
    "doc_title": {"line_spacing": "32pt"},
    **{
        part: {"line_spacing": "28.95pt"}
        for part in ("heading_1", "heading_2", "heading_3", "heading_4", "body")
    },
}
"""The checker's own measures are those of one province (28 mm, 33 pt); it takes those of the standard."""
UNKNOWN_TO_IT = {"发文机关标志", "发文字号", "红色分隔线", "主送机关", "附件说明", "署名", "附注", "版记", "附件序号", "附件标题", "表注"}  # fmt: skip
"""Parts of an official document the checker has no words for: it takes each for a title or for body text."""


def test_an_outside_checker_finds_nothing_severe(folder, tmp_path):
    checker = shutil.which("gongwen", path=str(ROOT / ".venv" / "gongwen" / "bin")) or shutil.which("gongwen")
    if checker is None:
        pytest.skip("gongwen-skill is not installed: `make test` puts it into a folder of its own")
    document = docx.Document(folder / "circular.docx")
    for paragraph in document.paragraphs:
        if paragraph.style.name in UNKNOWN_TO_IT:
            paragraph._p.getparent().remove(paragraph._p)
    document.save(tmp_path / "body.docx")
    command = [checker, "check", "--json", "-t", "bulletin", "--config-overrides", json.dumps(GB_T_9704)]
    said = subprocess.run(
        [*command, tmp_path / "body.docx"], capture_output=True, text=True, timeout=240, check=False
    )
    found = json.loads(said.stdout[said.stdout.index("[\n") :])
    severe = [each for each in found if each["severity"] in {"P0", "P1"}]
    assert [] == severe
    assert found, "the checker looked at nothing: it has something to say of tables always"


def test_the_heads_of_docx_tables_repeat_and_wide_ones_lie_across(folder):
    notice = docx.Document(next((folder / "notices").glob("*.docx")))
    faults = notice.tables[0]

    assert faults.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert faults.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert [False, True, False] == [section.page_width > section.page_height for section in notice.sections]


# ---------- XLSX


def test_the_xlsx_holds_numbers_as_numbers_and_no_formula(folder):
    with zipfile.ZipFile(folder / "circular.xlsx") as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    rows = CalamineWorkbook.from_path(folder / "circular.xlsx").get_sheet_by_index(0).to_python()

    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
    assert FORMULA in [row[1] for row in rows]
    assert [3.0, 2.0, 1.0, 1.0, 0.5] == rows[-1][2:7]


def test_two_sheets_of_one_name_and_a_title_no_sheet_may_bear_are_told_apart(tmp_path):
    annex = Annex("[表]:*?/\\'" + "长" * 40, (AnnexColumn("率", "count"),), ((Rate(1, 3),), (Rate(0, 0),)))
    write_xlsx((annex, annex), tmp_path / "x.xlsx", 1)
    book = CalamineWorkbook.from_path(tmp_path / "x.xlsx")

    assert 2 == len(set(book.sheet_names))
    assert [[1.0, 0.333], [2.0, "—"]] == book.get_sheet_by_index(0).to_python()[2:4]


# ---------- PDF


def test_the_pdf_has_every_character_embeds_its_fonts_and_counts_its_pages(folder):
    pages = pypdf.PdfReader(folder / "circular.pdf").pages
    texts = [compact(page.extract_text()) for page in pages]

    assert RARE in "".join(texts)
    assert "岚政办〔2026〕7号" in texts[0]
    assert 0 == len(pages) % 2  # the 版记 stands on an even page, the last
    assert "印发" in texts[-1]
    assert "2026年11月25日" in next(
        text for text in texts if "附件：1." in text
    )  # no signature alone on a page
    for number, text in enumerate(texts[:-1], 1):
        assert f"—{number}—" in text or not text  # nothing at all on a blank page
    for page in pages:
        assert [595, 842] == [round(float(side)) for side in page.mediabox[2:]]
        for font in page["/Resources"].get("/Font", {}).values():
            assert _embedded(font.get_object())


def test_the_pdf_reads_back_as_the_very_characters_of_the_document(folder):
    """No radical for the character it looks like, and no glyph that is only drawn (Type 3)."""
    main = LexborHTMLParser((folder / "circular.html").read_text("utf-8")).css_first("main")
    for screen in main.css(".screen, .blank-page"):
        screen.decompose()
    pages = pypdf.PdfReader(folder / "circular.pdf").pages
    read = Counter(compact("".join(page.extract_text() for page in pages)))
    written = Counter(compact(main.text()))
    heads = Counter(compact("".join(head.text() for head in main.css("thead"))))  # again on each page
    numbers = set("—0123456789")

    lacking = {sign: (number, read[sign]) for sign, number in written.items() if read[sign] < number}
    assert {} == lacking
    added = {sign for sign in read if read[sign] > written[sign] and sign not in heads}
    assert added <= numbers


def _embedded(font):
    assert font["/Subtype"] != "/Type3"
    descriptor = font.get("/DescendantFonts", [font])[0].get_object()["/FontDescriptor"].get_object()
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_the_heads_of_pdf_tables_repeat_on_every_page_and_nothing_is_cut_off(folder):
    (notice,) = (folder / "notices").glob("001-*.pdf")
    pages = pypdf.PdfReader(notice).pages
    across = [page for page in pages if page.mediabox.width > page.mediabox.height]

    assert across
    for page in across:
        assert "问题类型" in compact(page.extract_text())


def test_without_a_browser_the_rest_is_written_and_the_pdf_says_why_not(judged, monkeypatch):
    monkeypatch.setattr(as_pdf, "find_browser", lambda: "/nonexistent/chromium")
    written = write_notices(
        judged.data,
        judged.assessments[0],
        replace(CAMPAIGN, number="岚政办〔2026〕8号", documents=("circular",)),
        formats=("html", "pdf", "docx"),
    )

    assert ["circular-figures.html", "circular.docx", "circular.html", "notice.json"] == sorted(
        path.name for path in written.folder.iterdir()
    )
    assert "install" in written.missing[0]


# ---------- on a screen


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=quiet_arguments())
        yield browser
        browser.close()


def test_no_script_of_the_content_runs_and_no_request_leaves(folder, chromium):
    page = chromium.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    files = sorted(folder.rglob("*.html"))
    for file in files:
        page.goto(file.as_uri())

        assert page.evaluate("window.hacked") is None
    assert [file.as_uri() for file in files] == asked
    assert [] == complaints
    page.close()


def test_even_a_script_that_got_into_the_page_is_refused(folder, chromium, tmp_path):
    forged = tmp_path / "forged.html"
    text = (folder / "circular.html").read_text("utf-8")
    injected = "<script>window.hacked=3</script><p onclick='window.hacked=4' id='p'>x</p><img src='http://127.0.0.1:9/x'>"
    forged.write_text(text.replace("<main>", f"<main>{injected}"), "utf-8")
    page = chromium.new_page()
    asked = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(forged.as_uri())
    page.click("#p")

    assert page.evaluate("window.hacked") is None
    assert [forged.as_uri()] == asked
    page.close()


def test_tables_are_sorted_and_filtered_and_the_page_fits_a_phone(folder, chromium):
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto((folder / "circular.html").as_uri())
    table = page.locator("table.sortable").first

    heading = table.locator("th", has_text="发现问题")
    heading.get_by_role("button").press("Enter")
    assert "ascending" == heading.get_attribute("aria-sort")
    counts = [int(text) for text in table.locator("tbody tr td:nth-child(8)").all_inner_texts()]
    assert sorted(counts) == counts

    page.get_by_label("筛选").first.fill("办公室")
    assert 1 == len([row for row in table.locator("tbody tr").all() if row.is_visible()])
    assert "显示1行，共3行" == page.get_by_role("status").first.inner_text()

    page.set_viewport_size({"width": 390, "height": 800})  # a row is a card: nothing is cut at the right edge
    assert 0 == page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    framed = "Array.from(document.querySelectorAll('.scroll')).filter(each => each.scrollWidth > each.clientWidth).length"
    assert 0 == page.evaluate(framed)
    cell = table.locator("tbody tr:visible td").nth(7)
    assert ("发现问题", "block") == (
        cell.get_attribute("data-title"),
        cell.evaluate("node => getComputedStyle(node).display"),
    )
    page.close()


def test_without_scripts_the_whole_document_is_there(folder, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "circular.html").as_uri())

    assert 3 == page.locator("table.sortable").first.locator("tbody tr").count()
    assert 0 == page.locator("input, button").count()
    context.close()
