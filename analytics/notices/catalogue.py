"""The list of all kinds of documents.

A kind is a module `analytics/notices/documents/<stem>.py` with `documents(material)`, which yields documents with frozen
contexts, and a template `report_templates/<stem>.html`, which prints them. No other place lists the kinds.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from govcrawl.records.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from analytics.notices.material import Material
    from analytics.notices.official_document import OfficialDocument

WORKING = ("document.css", "working.css")
FORMATS = ("html", "pdf", "docx", "xlsx")


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document. HTML is always written; `formats` are the other formats that it can be written in."""

    stem: str
    title: str
    formats: tuple[str, ...] = ()
    styles: tuple[str, ...] = ("document.css",)
    by_default: bool = True  # written also when neither the campaign nor the command line names documents
    numbered: bool = False  # has a letterhead with a number
    annexed_to: str | None = None  # the kind whose number it shares and with which it is issued
    pictured: bool = False  # shows pictures of the places where faults stand

    @property
    def documents(self) -> Callable[[Material], Iterator[OfficialDocument]]:
        """The module's function that yields its documents one by one, so that a thousand need no more memory than one."""
        module: Any = import_module(f"analytics.notices.documents.{self.stem}")
        documents: Callable[[Material], Iterator[OfficialDocument]] = module.documents
        return documents


DOCUMENT_KINDS = (
    DocumentKind("circular", "检查情况通报", ("pdf", "docx", "xlsx"), numbered=True),
    DocumentKind(
        "rectification_notice",
        "整改通知、监管提示单",
        ("pdf", "docx", "xlsx"),
        numbered=True,
        annexed_to="circular",
        pictured=True,
    ),
    DocumentKind("score_sheet", "评分表", ("pdf", "docx", "xlsx"), WORKING, pictured=True),
    DocumentKind("duty_digest", "读网日报", ("pdf", "docx"), WORKING),
    DocumentKind("census_summary", "普查汇总", ("pdf", "docx", "xlsx"), WORKING),
    DocumentKind("content_report", "内容保障通报", ("pdf", "docx", "xlsx"), numbered=True),
    DocumentKind("annual_work_report", "工作年度报表", ("pdf", "docx", "xlsx"), WORKING, by_default=False),
)


def kinds(names: Sequence[str] | None) -> tuple[DocumentKind, ...]:
    """The kinds with these names, in the order of the list; without names those that are `by_default`."""
    stems = {kind.stem for kind in DOCUMENT_KINDS}
    for name in names or ():
        if name not in stems:
            raise UserError(f"unknown document {name!r}; known documents are {', '.join(sorted(stems))}")
    return tuple(kind for kind in DOCUMENT_KINDS if (kind.stem in names if names else kind.by_default))


def bearers(names: Sequence[str]) -> tuple[str, ...]:
    """Those of the kinds that need their own number; an annex does not if its main document is named too."""
    return tuple(
        kind.stem
        for kind in DOCUMENT_KINDS
        if kind.stem in names and kind.numbered and kind.annexed_to not in names
    )
