"""Facts that only some pages show: a document number, the elements of a guide, the days of a consultation, whom to ask.

Each reader looks first for words without which it can find nothing, so a page of news costs almost no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from govcrawl.pages.articles.article import document_number
from govcrawl.pages.articles.consultation import consultation
from govcrawl.pages.articles.guide import guide_elements
from govcrawl.pages.articles.interpreter import interpreter

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document
    from govcrawl.records.items import PageFacts

_NUMBER_SIGNS: Final = ("〔", "［", "文号", "字号")


def read_particulars(document: Document, facts: PageFacts) -> None:
    """Fill in what a page of this kind, title and date may show; a home page shows none of it."""
    if facts.kind == "home":
        return
    if facts.kind == "article" and any(sign in document.text for sign in _NUMBER_SIGNS):
        facts.doc_number = document_number(document)
    facts.guide_elements = guide_elements(document)
    held = consultation(document, facts.title or "", facts.published_at)
    facts.consultation_opens_on = held.opens_on
    facts.consultation_closes_on = held.closes_on
    facts.consultation_result = held.result
    if facts.kind != "section" and document.mentions("解读"):
        facts.interpreter = interpreter(document)
