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
UNKNOWN: Final = "unknown-path"
"""The channel of made-up paths."""
MANY: Final = 3  # strangers that only one face knows
SPAM: Final = 2  # weight of words that only one face speaks, one of them more than selling
ALIKE: Final = 0.2  # resemblance below which two texts are not the same page
_MOST_DOMAINS: Final = 100
_31_BITS: Final = 0x7FFFFFFF  # what an INTEGER of the warehouse holds


class Difference(NamedTuple):
    """In what a face differs: `moved`, `spam`, `links`, `title`, `text` or `alone` (nobody else is shown a page there); what shows it; whether a person must confirm it."""

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


def difference(plain: Face | None, face: Face, home: Face | None = None) -> Difference | None:
    """How a face differs from `plain`, the page that everybody sees; None when it is the same page or did not come.

    Where nobody asked as everybody does, `plain` is None: the face of a made-up path is judged by its own content. `home`: what everybody
    sees on the home page, which many hosts show for any address.
    """
    if plain is not None and plain.outcome != Outcome.OK:
        return _alone(plain, face, home) if face.channel == UNKNOWN else None
    if face.outcome == Outcome.REDIRECT_OFFSITE:
        to, plain_to = (
            domain_of(face.final_url or ""),
            domain_of(plain.final_url or "") if plain is not None else "",
        )
        moved = to and to != plain_to and is_stranger(to)
        return Difference("moved", (face.final_url or "",), doubtful=False) if moved else None
    if face.outcome != Outcome.OK:
        return None
    if words := _spam(face, plain):
        return Difference("spam", words, doubtful=False)
    if plain is None:
        return None
    strangers = [domain for domain in face.strangers if domain not in plain.strangers]
    if len(strangers) >= MANY:
        return Difference("links", tuple(strangers), doubtful=face.channel == "phone")
    if face.channel == "phone" or face.title == plain.title:
        return None
    if resemblance(plain.sketch, face.sketch) < ALIKE:
        return Difference("text", (face.title or "",), doubtful=True)
    of_both = _pairs(plain.title) & _pairs(face.title)
    return None if of_both or not plain.title else Difference("title", (face.title or "",), doubtful=True)


def _alone(plain: Face, face: Face, home: Face | None) -> Difference | None:
    """How a face differs where everybody else gets no page."""
    if plain.outcome not in ABSENT or face.outcome != Outcome.OK:
        return difference(None, face)
    if words := _spam(face, None):
        return Difference("spam", words, doubtful=False)
    if home is not None and resemblance(home.sketch, face.sketch) >= ALIKE:
        return None  # the site's own front page, shown for any address since
    strangers = [domain for domain in face.strangers if home is None or domain not in home.strangers]
    if len(strangers) >= MANY:
        return Difference("links", tuple(strangers), doubtful=False)
    return Difference("alone", (face.title or "",), doubtful=True)


def _spam(face: Face, plain: Face | None) -> tuple[str, ...]:
    """The words of spam that only this face speaks; none where they do not weigh enough, or only sell."""
    words = tuple(word for word in face.words if plain is None or word not in plain.words)
    enough = sum(map(weight_of, words)) >= SPAM and not all(word.startswith(SALES) for word in words)
    return words if enough else ()


def _pairs(title: str | None) -> set[str]:
    squeezed = "".join((title or "").split())
    return {squeezed[at : at + 2] for at in range(len(squeezed) - 1)}
