"""The headers of an answer as they are kept: what server and CMS say of themselves, and how a site guards its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_COOKIE: Final = "set-cookie"
_MOST: Final = 60  # headers of one answer; a usual answer has ten to twenty
_LONGEST: Final = 1_000  # characters of one header; policies of content are the longest


def kept(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Name in small letters → value, several of a name joined by commas; of cookies the names alone, for a value may be a session."""
    found: dict[str, list[str]] = {}
    for name, value in headers:
        name_kept = name.lower()
        text = value.partition("=")[0].strip() if name_kept == _COOKIE else value.strip()
        found.setdefault(name_kept, []).append(text)
    return {name: ", ".join(found[name])[:_LONGEST] for name in sorted(found)[:_MOST]}
