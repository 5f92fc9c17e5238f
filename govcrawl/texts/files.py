"""The text of an office file: PDF, DOCX, XLSX, XLS. Parsed in a process of its own, bounded in time, memory and size.

Macros, links and embedded objects are never followed. What cannot be read is named with the reason and stays unmeasured.
Run as a module it is that process: the file on stdin, one JSON object on stdout.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import warnings
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES: Final = 50_000_000  # of a file
SECONDS: Final = 30
MEMORY: Final = 1_000_000_000  # bytes the process may take
UNPACKED: Final = 200_000_000  # bytes of one archive, all parts together
MOST_CHARACTERS: Final = 2_000_000
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, or why there is none; `pictured` counts pages that hold no text, only pictures."""

    text: str
    problem: str | None = None
    pictured: int = 0


class UnreadableFileError(Exception):
    """Raised in the process for a file that cannot be read; the message is for people."""


def kind_of(content: bytes) -> str | None:
    """What a file is by its first bytes: pdf, zip (DOCX and XLSX), ole (DOC, XLS, or encrypted); None for any other."""
    if content[:1024].lstrip().startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return "zip"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    return None


def text_of(content: bytes) -> FileText:
    """Read a file in a process of its own, which is ended when it takes too long or too much memory."""
    if len(content) > MOST_BYTES:
        return FileText("", f"文件超过{MOST_BYTES // 1_000_000}MB，未读取")
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", __name__ if __name__ != "__main__" else "govcrawl.texts.files"],
            input=content,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FileText("", f"解析超过{SECONDS}秒，已中止")
    try:
        return FileText(**orjson.loads(done.stdout))
    except (orjson.JSONDecodeError, TypeError):
        return FileText("", "解析占用的时间或内存超过限制，已中止")


def main() -> None:
    """Read standard input, write one JSON object; what the process of its own runs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("ignore")
    try:
        found = _read(sys.stdin.buffer.read())
    except UnreadableFileError as error:
        found = FileText("", str(error))
    except MemoryError:
        found = FileText("", "解析占用的内存超过限制，已中止")
    except Exception as error:  # noqa: BLE001 - whatever a parser raises on a broken file
        found = FileText("", f"文件损坏，无法解析（{type(error).__name__}）")
    sys.stdout.buffer.write(orjson.dumps(found))


def _read(content: bytes) -> FileText:
    kind = kind_of(content)
    if kind == "pdf":
        return _pdf(content)
    if kind == "zip":
        return FileText(_cut(_archive(content)))
    if kind == "ole":
        return FileText(_cut(_old(content)))
    raise UnreadableFileError("不是可以检查的文件格式")


def _cut(lines: Iterator[str]) -> str:
    """The lines as one text, as far as it is read."""
    kept: list[str] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line) + 1
        if size > MOST_CHARACTERS:
            break
    return "\n".join(kept)[:MOST_CHARACTERS]


def _pdf(content: bytes) -> FileText:
    from pypdf import PdfReader  # noqa: PLC0415 - in this process only

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFileError("PDF已加密，无法读取")
    pictured = 0
    lines: list[str] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        if not text.strip():
            pictured += 1
        lines.append(text)
        size += len(text)
        if size > MOST_CHARACTERS:
            break
    problem = f"{pictured}页为扫描图像，没有可检查的文字" if pictured else None
    return FileText("\n".join(lines)[:MOST_CHARACTERS], problem, pictured)


def _archive(content: bytes) -> Iterator[str]:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile as error:
        raise UnreadableFileError("文件损坏，无法解压") from error
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > UNPACKED:
        raise UnreadableFileError(f"解压后超过{UNPACKED // 1_000_000}MB，未读取")
    names = set(archive.namelist())
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise UnreadableFileError("文件已加密，无法读取")
    if "word/document.xml" in names:
        return _docx(archive)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return _workbook(content)
    raise UnreadableFileError("压缩包中没有可检查的文档")


def _docx(archive: zipfile.ZipFile) -> Iterator[str]:
    """Every paragraph of body, tables, headers, footers, notes and comments, a line each."""
    from lxml import etree  # noqa: PLC0415 - in this process only

    parts = sorted(
        name
        for name in archive.namelist()
        if name.startswith("word/")
        and name.endswith(".xml")
        and name.removeprefix("word/").removesuffix(".xml").rstrip("0123456789") in _DOCX_PARTS
    )
    for part in sorted(parts, key=lambda name: name != "word/document.xml"):
        with archive.open(part) as source:
            found = etree.iterparse(
                source,
                events=("end",),
                tag=f"{_WORD}p",
                resolve_entities=False,
                no_network=True,
                huge_tree=False,
            )
            for _, paragraph in found:
                pieces = (
                    piece.text or "" if piece.tag == f"{_WORD}t" else " "
                    for piece in paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br")
                )
                line = "".join(pieces).strip()
                paragraph.clear()
                if line:
                    yield line


_DOCX_PARTS: Final = frozenset({"document", "header", "footer", "footnotes", "endnotes", "comments"})


def _workbook(content: bytes) -> Iterator[str]:
    """Every row of every sheet, its cells apart by a tab."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - in this process only

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).iter_rows():
            cells = [_printed(cell) for cell in row]
            if any(cells):
                yield "\t".join(cells).strip()


def _printed(cell: object) -> str:
    """A cell as it is shown: a long number without the point that spreadsheets give it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _old(content: bytes) -> Iterator[str]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFileError("文件已加密，无法读取")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return _workbook(content)
    raise UnreadableFileError("旧版DOC格式不能检查，请另存为DOCX")


if __name__ == "__main__":
    main()
