"""Tells a visit which texts are stored already, so that they are not written again.

`known_texts` in the run folder holds the first eight bytes of each hash, one behind the other; it is no part of the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KNOWN_TEXTS = "known_texts"
_BYTES = 8  # of a hash: two of a thousand million texts would not share them


class KnownTexts:
    """A set of hashes by their beginnings."""

    def __init__(self, beginnings: frozenset[bytes]) -> None:
        self._beginnings = beginnings

    @classmethod
    def of_run(cls, folder: Path) -> Self:
        """Those handed over with a run; none without the file."""
        path = folder / KNOWN_TEXTS
        content = path.read_bytes() if path.is_file() else b""
        return cls(frozenset(content[at : at + _BYTES] for at in range(0, len(content), _BYTES)))

    def holds(self, sha256: str) -> bool:
        """Whether the text of this hash, 64 hex digits, is known."""
        return bytes.fromhex(sha256[: 2 * _BYTES]) in self._beginnings


def hand_over(folder: Path, hashes: Iterable[str]) -> None:
    """Write into a run folder which texts are known."""
    write_whole(folder / KNOWN_TEXTS, b"".join(bytes.fromhex(each[: 2 * _BYTES]) for each in hashes))
