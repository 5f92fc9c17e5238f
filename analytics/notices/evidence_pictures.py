"""Pictures of the places of faults, for the notice to a unit and the score sheet of a site: a few for each unit.

They are drawn from stored pages. Only a place that is found on its stored page gets a picture, so what is missing has none.
Leaks of private data get none either, and other private data on a page is masked before it is drawn.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any

import orjson

from analytics.notices.page_picture import browser, close_up
from analytics.notices.results import records
from analytics.words.marked_words import marked_words
from analytics.words.of_checks import check_words
from govcrawl.pages.markup.charset import decode
from govcrawl.pages.markup.document import Document
from govcrawl.records.errors import UserError
from govcrawl.records.evidence import kept
from govcrawl.texts.files import kind_of
from govcrawl.texts.folded import fold
from govcrawl.texts.private import masked, places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

A_UNIT, IN_ALL = 3, 60
TRIES = 2  # for each of them: not every place is found again. One takes about a third of a second
_GROUPS_FIRST = ("text", "tampering")  # whose faults are a place on a page, and are doubted without one
_NEVER = "privacy-leak"


@dataclass(frozen=True, slots=True)
class EvidencePicture:
    """A picture below a document's list of faults: a data URI, and the words under it."""

    source: str
    caption: str


def evidence_pictures(data: Path, findings: pd.DataFrame) -> dict[str, str]:
    """Fault (`finding_key`) → its picture as a data URI; none without a browser. The same faults get the same choice."""
    tries = [
        (fault, copy)
        for fault in islice(_by_turns(findings), TRIES * IN_ALL)
        if (copy := kept(data, fault["facts"]["body_sha256"])) and kind_of(copy.body) is None  # no attachment
    ]
    drawn: dict[str, str] = {}
    of_unit: Counter[str] = Counter()
    if not tries:
        return drawn
    try:
        with browser() as context:
            for fault, copy in tries:
                if len(drawn) == IN_ALL or of_unit[fault["unit"]] == A_UNIT:
                    continue
                place = fault["facts"].get("place") or fault["facts"].get("position")
                shot = close_up(
                    context,
                    _without_private(Document(decode(copy.body, copy.content_type).text, copy.url).source),
                    place if isinstance(place, str) else None,
                    *marked_words(fault["facts"]),
                    only_framed=True,
                )
                if shot is not None:
                    drawn[fault["finding_key"]] = f"data:image/jpeg;base64,{b64encode(shot).decode()}"
                    of_unit[fault["unit"]] += 1
    except UserError:
        pass  # no browser: the documents say the same without pictures
    return drawn


def _by_turns(findings: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Faults that may have a picture, with their `facts`: the first of each unit, then the second of each."""
    by_unit: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for fault in records(findings[findings["check_id"] != _NEVER]):
        facts = orjson.loads(fault["evidence"] or "{}")
        if facts.get("body_sha256"):
            by_unit[fault["unit"]].append(fault | {"facts": facts})
    for faults in by_unit.values():
        faults.sort(key=lambda fault: check_words(fault["check_id"])["group"] not in _GROUPS_FIRST)
    firsts = (faults[: TRIES * A_UNIT] for faults in by_unit.values())
    return (fault for fault in chain.from_iterable(zip_longest(*firsts)) if fault)


def _without_private(markup: str) -> str:
    folded = fold(markup)
    return masked(folded, places(folded.text))
