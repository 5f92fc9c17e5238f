"""An article that comes as data: the JSON answer that a page drawn by a script asks for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from govcrawl.pages.lists.list_data import parsed
from govcrawl.pages.lists.records import DATE_KEYS, TITLE_KEYS, first_of, flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.pages.markup.document import Document

_TEXT_KEYS = ("docclob", "content", "htmlcontent", "doccontent", "articlecontent", "body", "detail", "text")
_SOURCE_KEYS = ("docsource", "source", "contentsource", "ly", "origin")
_NUMBER_KEYS = ("documentno", "docno", "filenum", "wh", "filenumber")
_MAX_DEPTH = 4


class DataArticle(NamedTuple):
    """What the record of an article says; `document` holds its text alone."""

    title: str
    printed: str
    source: str | None
    number: str | None
    document: Document


@lru_cache(maxsize=2)
def data_article(document: Document) -> DataArticle | None:
    """The article in a JSON answer; None for every page that is markup."""
    if not document.source.lstrip("\ufeff \t\r\n").startswith("{"):
        return None
    for record in _records(parsed(document.source), 0):
        title, text = first_of(record, TITLE_KEYS), first_of(record, _TEXT_KEYS)
        if title is not None and text is not None and "<" in str(text):
            source, number = first_of(record, _SOURCE_KEYS), first_of(record, _NUMBER_KEYS)
            return DataArticle(
                title="".join(str(title).split()),
                printed=str(first_of(record, DATE_KEYS) or ""),
                source=str(source) if source is not None else None,
                number=str(number) if number is not None else None,
                document=document.part(f"<div id=zoom>{text}</div>"),
            )
    return None


def _records(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if not isinstance(value, dict) or depth > _MAX_DEPTH:
        return
    yield flat(value)
    for child in value.values():
        yield from _records(child, depth + 1)
