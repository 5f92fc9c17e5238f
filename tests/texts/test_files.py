"""Office files are read in a limited process; what cannot be read is named and ends nothing."""

import io
import time
import zipfile

import docx
import openpyxl
import pytest
from pypdf import PdfReader, PdfWriter

from govcrawl.texts import files


def document() -> bytes:
    made = docx.Document()
    made.add_paragraph("抓紧按装设备。")
    made.add_table(1, 2).rows[0].cells[1].text = "内蒙古自制区"
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()


def workbook() -> bytes:
    made = openpyxl.Workbook()
    made.active.append(["姓名", "身份证号", "手机"])
    made.active.append(["钱某", "341401199003074514", 13955501234])
    stored = io.BytesIO()
    made.save(stored)
    return stored.getvalue()


def bomb() -> bytes:
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", b" " * 300_000_000)
    return stored.getvalue()


def entity_bomb() -> bytes:
    lol = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{"&" + before + ";" * 1}{("&" + before + ";") * 9}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr("word/document.xml", f"{lol}]><d>&j;</d>")
    return stored.getvalue()


def encrypted_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    stored = io.BytesIO()
    writer.write(stored)
    return stored.getvalue()


def scanned_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_blank_page(100, 100)
    stored = io.BytesIO()
    writer.write(stored)
    assert 2 == len(PdfReader(stored).pages)
    return stored.getvalue()


def test_paragraphs_tables_and_cells_become_lines():
    assert "抓紧按装设备。\n\t内蒙古自制区" == files.text_of(document()).text
    assert "钱某\t341401199003074514\t13955501234" == files.text_of(workbook()).text.split("\n")[1]


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (bomb, "解压后超过"),
        (encrypted_pdf, "加密"),
        (lambda: b"PK\x03\x04broken", "损坏"),
        (lambda: b"%PDF-1.7 broken", "损坏"),
        (lambda: "EncryptedPackage".encode("utf-16-le").join([b"\xd0\xcf\x11\xe0", b""]), "加密"),
        (lambda: b"\xd0\xcf\x11\xe0 old", "DOC"),
    ],
    ids=["zip bomb", "encrypted PDF", "torn archive", "torn PDF", "encrypted workbook", "DOC"],
)
def test_what_cannot_be_read_is_named(made, why):
    found = files.text_of(made())

    assert "" == found.text
    assert why in found.problem


def test_entities_are_not_unfolded():
    began = time.monotonic()

    assert len(files.text_of(entity_bomb()).text) < 100
    assert time.monotonic() - began < 10


def test_pages_without_text_are_counted():
    assert 2 == files.text_of(scanned_pdf()).pictured
