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
from typing import TYPE_CHECKING, Any, Final

import orjson

from govcrawl.records.states import FileState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES: Final = 50_000_000  # of a file
SECONDS: Final = 30
MEMORY: Final = 1_000_000_000  # bytes the process may take
UNPACKED: Final = 200_000_000  # bytes of one archive, all parts together
MOST_CHARACTERS: Final = 2_000_000
_EDGE: Final = 0.9  # of the longest line of a page: as long a line was broken by the edge, not by its writer
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _CELL, _ROW = f"{_WORD}p", f"{_WORD}tc", f"{_WORD}tr"


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of a file, or why there is none; `pictured` counts pages that hold no text, only pictures."""

    text: str
    problem: str | None = None
    pictured: int = 0
    state: str = FileState.READ


class UnreadableFileError(Exception):
    """Raised in the process for a file that cannot be read; the message is for people."""

    def __init__(self, message: str, state: FileState = FileState.UNREADABLE) -> None:
        super().__init__(message)
        self.state = state


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
        return FileText("", f"文件超过{MOST_BYTES // 1_000_000}MB，未读取", state=FileState.TOO_LARGE)
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-m", __name__ if __name__ != "__main__" else "govcrawl.texts.files"],
            input=content,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return FileText("", f"解析超过{SECONDS}秒，已中止", state=FileState.UNREADABLE)
    try:
        return FileText(**orjson.loads(done.stdout))
    except (orjson.JSONDecodeError, TypeError):
        return FileText("", "解析占用的时间或内存超过限制，已中止", state=FileState.UNREADABLE)


def main() -> None:
    """Read standard input, write one JSON object; what the process of its own runs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    warnings.simplefilter("ignore")
    try:
        found = _read(sys.stdin.buffer.read())
    except UnreadableFileError as error:
        found = FileText("", str(error), state=error.state)
    except MemoryError:
        found = FileText("", "解析占用的内存超过限制，已中止", state=FileState.UNREADABLE)
    except Exception as error:  # noqa: BLE001 - whatever a parser raises on a broken file
        found = FileText("", f"文件损坏，无法解析（{type(error).__name__}）", state=FileState.UNREADABLE)
    sys.stdout.buffer.write(orjson.dumps(found))


def _read(content: bytes) -> FileText:
    kind = kind_of(content)
    if kind == "pdf":
        return _pdf(content)
    if kind == "zip":
        return _archive(content)
    if kind == "ole":
        return _cut(_old(content))
    raise UnreadableFileError("不是可以检查的文件格式", FileState.OTHER)


def _cut(lines: Iterable[str]) -> FileText:
    """The lines as one text, as far as it is read."""
    kept: list[str] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line) + 1
        if size > MOST_CHARACTERS:
            text = "\n".join(kept)[:MOST_CHARACTERS]
            return FileText(text, "文字过长，只检查了前一部分", state=FileState.TOO_LARGE)
    return FileText("\n".join(kept))


def _pdf(content: bytes) -> FileText:
    from pypdf import PdfReader  # noqa: PLC0415 - in this process only

    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFileError("PDF已加密，无法读取", FileState.ENCRYPTED)
    pictured = 0

    def texts() -> Iterator[str]:
        nonlocal pictured
        for page in reader.pages:
            text = page.extract_text()
            pictured += not text.strip()
            yield _unwrapped(text)

    found = _cut(texts())
    return _pictured(found, pictured, f"{pictured}页为扫描图像，没有可检查的文字") if pictured else found


def _pictured(found: FileText, pages: int, why: str) -> FileText:
    """The text of a file with pages that are pictures, and why they were not looked at."""
    return FileText(
        found.text, f"{found.problem}；{why}" if found.problem else why, pages, FileState.PICTURED
    )


def _unwrapped(page: str) -> str:
    """A page of a PDF with its sentences whole: a line that runs to the edge and ends within one goes on in the next."""
    lines = page.split("\n")
    edge = _EDGE * max(map(len, lines))
    kept = ""
    for line in lines:
        kept += line if len(line) >= edge and line[-1:].isalpha() else f"{line}\n"
    return kept.removesuffix("\n")


def _archive(content: bytes) -> FileText:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except zipfile.BadZipFile as error:
        raise UnreadableFileError("文件损坏，无法解压") from error
    unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > UNPACKED:
        raise UnreadableFileError(f"解压后超过{UNPACKED // 1_000_000}MB，未读取", FileState.TOO_LARGE)
    names = set(archive.namelist())
    if any(part.flag_bits & 1 for part in archive.infolist()):
        raise UnreadableFileError("文件已加密，无法读取", FileState.ENCRYPTED)
    if "word/document.xml" in names:
        found = _cut(_docx(archive))
    elif "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        found = _cut(_workbook(content))
    else:
        raise UnreadableFileError("压缩包中没有可检查的文档", FileState.OTHER)
    if not found.text and any("/media/" in name for name in names):
        return _pictured(found, 1, "只有图像，没有可检查的文字")
    return found


def _docx(archive: zipfile.ZipFile) -> Iterator[str]:
    """Every paragraph of body, headers, footers, notes and comments, a line each; of a table a line a row, its cells apart by a tab."""
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
            steps = etree.iterparse(
                source,
                events=("start", "end"),
                tag=(_PARAGRAPH, _CELL, _ROW),
                resolve_entities=False,
                no_network=True,
                huge_tree=False,
            )
            yield from _lines_of(steps)


def _lines_of(steps: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """The lines of a part, from the beginnings and ends of its paragraphs, cells and rows. A table in a cell is words of it."""
    open_ones: list[list[str]] = []  # what the cells and rows hold that are open, the innermost last
    for event, element in steps:
        if element.tag != _PARAGRAPH and event == "start":
            open_ones.append([])
            continue
        if event == "start":
            continue
        if element.tag == _PARAGRAPH:
            line = _paragraph(element)
        else:
            line = (" " if element.tag == _CELL else "\t").join(open_ones.pop()).rstrip()
        element.clear()
        if open_ones and (line or element.tag == _CELL):
            open_ones[-1].append(line)
        elif line:
            yield line


def _paragraph(element: Any) -> str:
    pieces = (
        piece.text or "" if piece.tag == f"{_WORD}t" else " "
        for piece in element.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br")
    )
    return "".join(pieces).strip()


_DOCX_PARTS: Final = frozenset({"document", "header", "footer", "footnotes", "endnotes", "comments"})


def _workbook(content: bytes) -> Iterator[str]:
    """Every row of every sheet, its cells apart by a tab; an empty line where rows are empty, and behind a sheet."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - in this process only

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    for name in book.sheet_names:
        blank = True
        for row in book.get_sheet_by_name(name).iter_rows():
            line = "\t".join(_printed(cell) for cell in row).rstrip()
            if line or not blank:
                yield line
            blank = not line
        yield ""


def _printed(cell: object) -> str:
    """A cell as it is shown: a long number without the point that spreadsheets give it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _old(content: bytes) -> Iterator[str]:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFileError("文件已加密，无法读取", FileState.ENCRYPTED)
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return _workbook(content)
    raise UnreadableFileError("旧版DOC格式不能检查，请另存为DOCX", FileState.OTHER)


if __name__ == "__main__":
    main()
