"""Shared by the checks on interpretations: documents and interpretations of a site, and which belong together."""

from __future__ import annotations

import re
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
    places: dict[str, list[tuple[int, str]]] = {}  # site → place and core of each of its others
    for place, (code, core_there) in enumerate(zip(others["site_code"], others["core"], strict=True)):
        places.setdefault(code, []).append((place, core_there))
    none = others.iloc[:0]
    found = (
        [place for place, core_there in places.get(code, ()) if same_document(own, core_there)]
        for code, own in zip(pages["site_code"], pages["core"], strict=True)
    )
    return [others.iloc[same] if same else none for same in found]


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
