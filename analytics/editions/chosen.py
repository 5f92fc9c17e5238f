"""Loads editions: by id from `analytics/editions/rules/`, or from the copy that an assessment keeps.

An edition that was used is never edited. Each assessment holds the edition's hash and a copy of its text, so its
documents quote the rules that were applied, even when the file has changed since.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from analytics.editions.edition_file import read_edition
from analytics.editions.edition_model import Edition, Indicator, Limit, Tariff
from govcrawl.records.errors import EditionError
from govcrawl.records.whole import ASSESSMENT_MANIFEST, manifests, read_manifest, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Edition",
    "Indicator",
    "Limit",
    "Tariff",
    "edition_of",
    "known_editions",
    "load_edition",
    "refuse_edited",
    "texts",
]

RULES = Path(__file__).parent / "rules"
OVERLAYS = Path(__file__).parent / "overlays"
_HASH_SHOWN = 12  # digits of a hash in a message

KEPT, KEPT_OVERLAY = "edition.toml", "overlay.toml"


def known_editions(rules: Path | None = None) -> tuple[str, ...]:
    """Return the ids of all editions in the folder."""
    rules = rules or RULES
    return tuple(sorted(path.stem for path in rules.glob("*.toml")))


def known_overlays() -> tuple[Path, ...]:
    """Return the overlays that come with the project; each name says whose it is and since when."""
    return tuple(sorted(OVERLAYS.glob("*.toml")))


def load_edition(edition: str, rules: Path | None = None, overlay: Path | None = None) -> Edition:
    """Read an edition by its id; EditionError with file, line and key for any mistake in it or in its overlay.

    `overlay`: a file, or the name of an overlay that comes with the project.
    """
    if edition not in known_editions(rules):
        names = ", ".join(known_editions(rules)) or "none"
        raise EditionError(f"unknown edition {edition!r}; known: {names}. Name one of them with --rules")
    path = (rules or RULES) / f"{edition}.toml"
    if overlay is not None and not overlay.exists():
        overlay = next((own for own in known_overlays() if own.stem == str(overlay)), overlay)
    read = read_edition(path, overlay)
    if read.id != edition:
        raise EditionError(f"{path}, line 1: id: is {read.id!r}; must be the file's name {edition!r}")
    return read


def texts(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield file name and text of the copies of its edition and overlay that an assessment keeps."""
    yield KEPT, edition.text
    if edition.overlay:
        yield KEPT_OVERLAY, edition.overlay.text


def edition_of(assessment: Path, *, judging: bool = False) -> Edition:
    """Read the edition of an assessment, as it held on its day, from its folder. `judging`: read the checks' parameters too, to judge again.

    For an assessment made before copies were kept, the file with the edition's id is read, if its hash is the same.
    """
    if not (assessment / ASSESSMENT_MANIFEST).is_file():
        raise EditionError(
            f"{assessment / ASSESSMENT_MANIFEST}: is not there; documents need the assessment's folder: put it back, "
            "or judge that day again"
        )
    manifest = read_manifest(assessment / ASSESSMENT_MANIFEST, "as_of", "edition", "edition_sha256")
    kept, overlay = assessment / KEPT, assessment / KEPT_OVERLAY
    if not kept.exists():
        kept = RULES / f"{manifest['edition']}.toml"
    for path, sha256 in ((kept, manifest["edition_sha256"]), (overlay, manifest.get("overlay_sha256"))):
        if sha256 is not None and (not path.exists() or sha256_of(path) != sha256):
            raise EditionError(
                f"{path}: altered since {assessment.name} was judged by it, or gone "
                f"(its hash was {sha256[:_HASH_SHOWN]}): restore the file, or judge that day again"
            )
    edition = read_edition(kept, overlay if manifest.get("overlay") else None, judging=judging)
    if edition.overlay:
        edition = replace(edition, overlay=replace(edition.overlay, name=manifest["overlay"]))
    return edition.on(date.fromisoformat(manifest["as_of"]))


def refuse_edited(edition: Edition, assessments: Path) -> None:
    """Raise EditionError when an edition or overlay was edited since an assessment in this data directory used it."""
    for path in manifests(assessments, ASSESSMENT_MANIFEST):
        manifest = read_manifest(path)
        judged = [(RULES / f"{edition.id}.toml", "edition", "edition_sha256", edition.id, edition.sha256)]
        if edition.overlay:
            name = edition.overlay.name
            judged.append((edition.overlay.file, "overlay", "overlay_sha256", name, edition.overlay.sha256))
        for file, kind, key, name, sha256 in judged:
            if manifest.get(kind) == name and manifest[key] != sha256:
                raise EditionError(
                    f"{file}: was edited after it had judged {path.parent.name} (hash {sha256[:_HASH_SHOWN]} now, "
                    f"{manifest[key][:_HASH_SHOWN]} then). What has judged is never edited: restore the file, and put the "
                    f"changed one beside it under a new name{' and id' if kind == 'edition' else ''}, such as {name}-2"
                )
