"""What an article says of itself: title, source, author, document number, text, attachments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from govcrawl.pages.articles.data_article import data_article
from govcrawl.pages.articles.title import shown_title
from govcrawl.pages.links.file_names import ATTACHMENTS, MEDIA
from govcrawl.pages.markup.content import content_lines, lines
from govcrawl.pages.markup.unfilled import UNFILLED

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

_FILE = re.compile(rf"\.(?:{'|'.join(sorted(ATTACHMENTS | MEDIA))})$", re.IGNORECASE)
_DOWNLOAD = re.compile(r"download|attach|upload.{0,200}(?:id|file)|/file/|fileid", re.IGNORECASE)

_VALUE = r"\s*(?:[】\]]\s*[：:]?|[：:])\s*[\[【“\"]?\s*(?P<value>[^\s|｜【】\[\]“”\"：:]{2,60})"
_SOURCE = re.compile(r"(?:来\s{0,4}源|稿\s?源)" + _VALUE)
_AUTHOR = re.compile(r"(?:作\s{0,4}者|撰\s{0,2}稿(?:人)?|通讯员|记\s{0,2}者)" + _VALUE)
_NOT_A_NAME = re.compile(
    r"^(?:发布|时间|日期|浏览|阅读|点击|字体|字号|作者|编辑|责任|来源|打印|关闭|分享|访问|查看|审核|大|中|小)|^[\d\W]+$|(?:时间|日期)$"
)
_NUMBER_LABEL = re.compile(
    r"(?:发\s*文\s*字\s*号|发文文号|文\s*件?\s*(?:编\s*)?号|公文文号|文号|发文号)\s*[】\]]?\s*[：:]?\s*(?P<value>[^\n|]{4,60})"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff（）()]{1,24}\s*[〔\[［【（(﹝]\s*(?:19|20)\d\d\s*[〕\]］】）)﹞]\s*第?\s*\d{1,5}\s*号"
    r"|[\u4e00-\u9fff]{2,24}(?:令|公告)\s*(?:(?:19|20)\d\d\s*年)?\s*第\s*[\d一二三四五六七八九十百零〇]{1,6}\s*号"
    r"|(?:19|20)\d\d\s*年\s*第\s*\d{1,4}\s*号(?:令|公告)?"
)
_NUMBER_LINES = 6  # the number stands above or right below the title


class Attachment(NamedTuple):
    """A file that the article offers."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it stands on its page; None where the page does not say."""

    title: str | None
    source: str | None
    author: str | None
    text: str
    doc_number: str | None
    attachments: tuple[Attachment, ...]


def article(document: Document) -> Article:
    """Read the article on a page. On a page that holds none the text is empty and most values None."""
    record = data_article(document)
    if record is not None:
        body = lines(record.document.tree.root) if record.document.tree.root is not None else []
        attachments = _attachments(record.document)
        return Article(record.title, record.source, None, "\n".join(body), record.number, attachments)
    title = shown_title(document)
    body = content_lines(document)
    return Article(
        title=title.text if title is not None else document.title,
        source=source(document),
        author=_labelled(_AUTHOR, _above_text(document)),
        text="\n".join(body),
        doc_number=document_number(document),
        attachments=_attachments(document),
    )


def source(document: Document) -> str | None:
    """Who wrote or sent in the article, as it says itself (来源)."""
    record = data_article(document)
    if record is not None:
        return record.source
    found = _labelled(_SOURCE, _above_text(document))
    return found or _labelled(_SOURCE, "\n".join(content_lines(document)[-3:]))


def document_number(document: Document) -> str | None:
    """The number of the document (发文字号) an article publishes."""
    record = data_article(document)
    if record is not None:
        return record.number
    title = shown_title(document)
    return _doc_number(
        _above_text(document), title.text if title is not None else "", content_lines(document)
    )


def _above_text(document: Document) -> str:
    """The shown text from the title, or the index table above it, to the first paragraphs."""
    title = shown_title(document)
    end = title.end if title is not None and title.end is not None else 0
    return document.text[max(0, end - 1500) : end + 800]


def _labelled(pattern: re.Pattern[str], text: str) -> str | None:
    for match in pattern.finditer(text):
        value: str = match["value"].strip(" ，,;；)）")
        begun = UNFILLED.match(text, match.start("value"))
        if value and begun is None and not _NOT_A_NAME.search(value):
            return value
    return None


def _doc_number(above: str, title: str, body: list[str]) -> str | None:
    labelled = _NUMBER_LABEL.search(above)
    if labelled is not None:
        number = _NUMBER.search(labelled["value"])
        if number is not None:
            return "".join(number[0].split())
    for line in (title, *body[:_NUMBER_LINES]):
        number = _NUMBER.search(line) if len(line) <= 80 else None
        if number is not None and (line is title or len(number[0]) >= len(line) - 4):
            return "".join(number[0].split()).lstrip("（(")
    return None


def _attachments(document: Document) -> tuple[Attachment, ...]:
    found: dict[str, Attachment] = {}
    for anchor in document.tree.css("a[href]"):
        attributes = anchor.attributes
        href = (attributes.get("href") or "").strip()
        name = " ".join((anchor.text() or attributes.get("title") or "").split())
        if not _FILE.search(_path(href)) and not (_FILE.search(name) and _DOWNLOAD.search(href)):
            continue
        url = document.absolute(href)
        if url is not None:
            found.setdefault(url, Attachment(url, name))
    return tuple(found.values())


def _path(href: str) -> str:
    try:
        return urlsplit(href).path
    except ValueError:
        return ""
