"""Shared by the checks on interpretations: documents and interpretations of a site, and which belong together."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from analytics.checks.shared.titles import core, same_document

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    import pandas as pd

_CALLED: Final = re.compile(
    r"解读|读懂|图解|问答|答记者|发布会|视频|动漫"
)  # words that call something an interpretation


def of_class(pages: pd.DataFrame, name: str) -> pd.DataFrame:
    """The entries of sections of one class, with the `core` of their titles."""
    chosen = pages[pages["class"] == name]
    return chosen.assign(core=chosen["title"].map(core)).reset_index(drop=True)


def counterparts(pages: pd.DataFrame, others: pd.DataFrame) -> list[pd.DataFrame]:
    """For each page, those of the `others` on its site whose titles are about the same document."""
    by_site = dict(iter(others.groupby("site_code")))
    none = others.iloc[:0]
    return [
        there[there["core"].map(partial(same_document, own)).astype(bool)]
        for own, there in (
            (own, by_site.get(code, none))
            for code, own in zip(pages["site_code"], pages["core"], strict=True)
        )
    ]


def points_to(
    related: Iterable[dict[str, str]], urls: Container[str], about: str, *, interpretation: bool
) -> bool:
    """Whether a page links to one of these addresses, or to an interpretation (a document) whose title has the same core.

    The same page may have several addresses on a site; a link to any of them counts.
    """
    return any(
        link["url"] in urls
        or (
            (_CALLED.search(link["text"]) is not None) == interpretation
            and same_document(core(link["text"]), about)
        )
        for link in related
    )
