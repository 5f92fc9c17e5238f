"""What some pages show and most do not: a document number, the elements of a guide, the days of a consultation, whom to ask.

Each reader looks first for words without which it can find nothing, so that a page of news costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from govcrawl.pages.articles.article import document_number
from govcrawl.pages.articles.consultation import NONE, Consultation, consultation
from govcrawl.pages.articles.guide import guide_elements
from govcrawl.pages.articles.interpreter import interpreter

if TYPE_CHECKING:
    from govcrawl.pages.markup.document import Document

_NUMBER_SIGNS: Final = ("〔", "［", "文号", "字号")


@dataclass(frozen=True, slots=True)
class Particulars:
    """None and empty where the page shows nothing of the kind."""

    doc_number: str | None = None
    guide_elements: list[str] = field(default_factory=list)
    consultation: Consultation = NONE
    interpreter: dict[str, str] = field(default_factory=dict)


def particulars(document: Document, kind: str, title: str | None, published_at: str | None) -> Particulars:
    """Read what a page of this kind may show; a home page shows none of it."""
    if kind == "home":
        return Particulars()
    numbered = kind == "article" and any(sign in document.text for sign in _NUMBER_SIGNS)
    return Particulars(
        doc_number=document_number(document) if numbered else None,
        guide_elements=guide_elements(document),
        consultation=consultation(document, title or "", published_at),
        interpreter=interpreter(document) if kind != "section" and "解读" in document.source else {},
    )
