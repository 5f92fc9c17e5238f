"""Checks a DOCX that a clerk has edited before it is issued: it must still say what the document says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from pathlib import Path

_PARAGRAPHS = {
    "发文字号": ".letterhead .number",
    "署名和成文日期": ".signature p",
    "附件": ".annex:not(.screen) > h2",
}
"""Part of an official document → where the document as it was written has it; each still a paragraph of its own."""
_WORDS = {"标题": "h1", "主送机关": "main > p.flush"}
"""The same of parts that a clerk may have put more words to."""


def lost_parts(html: Path, edited: Path) -> list[str]:
    """The parts that stand in the HTML and no longer in the edited DOCX, each with its words; 全文 for a file that is none."""
    try:
        body = docx.Document(str(edited)).element.body
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        return ["全文（文件不能读取）"]
    paragraphs = [
        _plain("".join(node.text or "" for node in paragraph.iter(qn("w:t"))))
        for paragraph in body.iter(qn("w:p"))
    ]
    page = LexborHTMLParser(html.read_text("utf-8"))
    lost = [
        f"{part}“{node.text().strip()}”"
        for places, there in ((_PARAGRAPHS, set(paragraphs)), (_WORDS, "".join(paragraphs)))
        for part, place in places.items()
        for node in page.css(place)
        if _plain(node.text()) not in there
    ]
    titles = [
        node for node in page.css(".annex:not(.screen):has(table) > h2") if _plain(node.text()) in paragraphs
    ]
    with_table = _followed_by_table(body, {_plain(node.text()) for node in titles})
    return lost + [
        f"附件的表格“{node.text().strip()}”" for node in titles if _plain(node.text()) not in with_table
    ]


def _followed_by_table(body: Any, titles: set[str]) -> set[str]:
    """The titles of annexes between which and the next one a table stands."""
    title, found = "", set()
    for element in body.iterchildren():
        if element.tag == qn("w:tbl"):
            found.add(title)
        elif (words := _plain("".join(node.text or "" for node in element.iter(qn("w:t"))))) in titles:
            title = words
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)
