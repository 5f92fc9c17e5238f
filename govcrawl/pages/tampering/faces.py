"""What a page shows to one kind of visitor, and whether that is another page than everybody sees.

Two readings of one page differ in clocks, counters and news. They count as different faces when one of them redirects to a
strange site, contains words of spam, or links to strange sites that the other does not link to. A text that only differs is a
doubt, and so is a page that is there for one visitor and for everybody else is not.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from govcrawl.pages.tampering.jargon import SALES, spam_in, united, weight_of
from govcrawl.pages.tampering.outward import domain_of, is_stranger, outward_links
from govcrawl.pages.tampering.planted import planted
from govcrawl.records.outcomes import ABSENT, Outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from govcrawl.pages.markup.document import Document
    from govcrawl.records.items import Face

SHINGLE: Final = 5  # characters
SKETCH: Final = 64  # hashes kept of a text: enough to tell a tenth from a half
MANY: Final = 3  # strangers that only one face knows
SPAM: Final = 2  # weight of words that only one face speaks, one of them more than selling
ALIKE: Final = 0.2  # resemblance below which two texts are not the same page
_MOST_DOMAINS: Final = 100
_31_BITS: Final = 0x7FFFFFFF  # what an INTEGER of the warehouse holds


class Difference(NamedTuple):
    """In what a face differs: `moved`, `spam`, `links`, `text` or `alone` (nobody else is shown a page there); what shows it; whether a person must confirm it."""

    way: str
    shown: tuple[str, ...]
    doubtful: bool


def describe(face: Face, doc: Document, text: str, home_url: str) -> None:
    """Write into a face what its page says and where it leads."""
    face.title = doc.title
    keywords = doc.tree.css_first('meta[name="keywords"], meta[name="Keywords"], meta[name="KEYWORDS"]')
    face.keywords = (keywords.attributes.get("content") or "")[:500] if keywords is not None else None
    said = united((spam_in(face.title or ""), spam_in(face.keywords or "")))
    face.words = sorted(
        {*said.words, *(word for each in planted(doc, home_url, text) for word in each.words)}
    )
    strangers = {lead.domain for lead in outward_links(doc.tree, home_url) if lead.stranger}
    face.strangers = sorted(strangers)[:_MOST_DOMAINS]
    face.sketch = sketch(text)


def sketch(text: str) -> list[int]:
    """The smallest hashes of the pieces of a text: the more of them two texts share, the more alike they are."""
    squeezed = "".join(text.split())
    pieces = {squeezed[at : at + SHINGLE] for at in range(max(len(squeezed) - SHINGLE + 1, 1))}
    return sorted(zlib.crc32(piece.encode("utf-8", "replace")) & _31_BITS for piece in pieces)[:SKETCH]


def resemblance(one: Collection[int], other: Collection[int]) -> float:
    """How much two texts share by their sketches, from 0 to 1."""
    smallest = set(sorted({*one, *other})[:SKETCH])
    return len(smallest & set(one) & set(other)) / len(smallest) if smallest else 1.0


def difference(plain: Face | None, face: Face) -> Difference | None:
    """How a face differs from `plain`, the page that everybody sees; None when it is the same page or did not come.

    Where nobody asked as everybody does, `plain` is None: the face of a made-up path is judged by its own content.
    """
    unknown = face.channel == "unknown-path"
    if plain is not None and plain.outcome != Outcome.OK:
        if not unknown:
            return None
        nothing_there = plain.outcome in ABSENT
        plain = None
    else:
        nothing_there = False
    to = domain_of(face.final_url or "")
    if face.outcome == Outcome.REDIRECT_OFFSITE:
        is_plain = plain is not None and to == domain_of(plain.final_url or "")
        return (
            None
            if is_plain or not to or not is_stranger(to)
            else Difference("moved", (face.final_url or "",), doubtful=False)
        )
    if face.outcome != Outcome.OK:
        return None
    words = [word for word in face.words if plain is None or word not in plain.words]
    if sum(map(weight_of, words)) >= SPAM and not all(word.startswith(SALES) for word in words):
        return Difference("spam", tuple(words), doubtful=False)
    strangers = [domain for domain in face.strangers if plain is None or domain not in plain.strangers]
    if plain is None and not nothing_there:
        return None
    if len(strangers) >= MANY:
        return Difference("links", tuple(strangers), doubtful=face.channel == "phone")
    if plain is None:
        return Difference("alone", (face.title or "",), doubtful=True)
    other_text = resemblance(plain.sketch, face.sketch) < ALIKE and face.title != plain.title
    return (
        Difference("text", (face.title or "",), doubtful=True)
        if other_text and face.channel != "phone"
        else None
    )
