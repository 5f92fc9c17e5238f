"""Stores the registry that a crawl used: `registries/<sha256>/<record>.jsonl`, named after the hash of its content.

Rows are sorted, so the hash depends neither on the order of rows nor on the file format.
"""

import hashlib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from govcrawl.records.errors import RegistryError
from govcrawl.records.vocabulary import snake_case
from govcrawl.records.whole import folder_begun, put_in_place
from govcrawl.registry.columns import FILES, field_header, header_field
from govcrawl.registry.model import Registry


def store_registry(registry: Registry, registries_dir: Path) -> str:
    """Write the registry unless it is stored already; return the SHA-256 that names it."""
    contents = {_file_name(file.record): _lines(getattr(registry, file.stem)) for file in FILES}
    sha256 = _content_sha256(contents)
    place = registries_dir / sha256
    if not _is_whole(place):
        with folder_begun(registries_dir) as beside:
            for name, content in contents.items():
                (beside / name).write_bytes(content)
            put_in_place(beside, place)  # it replaces a damaged copy, or the same bytes from another process
    return sha256


def _is_whole(folder: Path) -> bool:
    """Whether a stored registry exists and its files match its name."""
    try:
        return _content_sha256(_contents(folder)) == folder.name
    except OSError:
        return False


def _contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in stored_files(folder)}


def stored_registry(registries_dir: Path, sha256: str) -> Registry:
    """The registry stored under `sha256`; RegistryError when it is unreadable or was altered."""
    folder = registries_dir / sha256
    try:
        contents = _contents(folder)
    except OSError as error:
        raise RegistryError(
            f"{folder}: the stored registry cannot be read ({error.strerror}). "
            "Restore the folder from a backup, or start a new run."
        ) from None
    if _content_sha256(contents) != sha256:
        raise RegistryError(
            f"{folder}: the files no longer match their name. Restore the folder from a backup, or start a new run."
        )
    tables = {
        file.stem: tuple(
            _record(file.record, orjson.loads(line))
            for line in contents.get(_file_name(file.record), b"").splitlines()
        )
        for file in FILES
    }
    return Registry(**tables)


def stored_files(folder: Path) -> dict[str, type[Any]]:
    """File name → record class, for the files of a stored registry; an old one lacks files added later."""
    records = {_file_name(file.record): file.record for file in FILES}
    present = {path.name for path in folder.iterdir()}
    return {name: record for name, record in records.items() if name in present}


def _file_name(record: type[Any]) -> str:
    """`ApprovedLink` → `approved_link.jsonl`."""
    return f"{snake_case(record.__name__)}.jsonl"


def _lines(records: tuple[Any, ...]) -> bytes:
    rows = ({field_header(f.name): getattr(record, f.name) for f in fields(record)} for record in records)
    return b"".join(sorted(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows))


def _record(record: type[Any], row: dict[str, Any]) -> Any:
    values = {header_field(name): value for name, value in row.items()}
    for f in fields(record):
        if f.name in _DATES and values.get(f.name) is not None:
            values[f.name] = date.fromisoformat(values[f.name])
    return record(**values)


_DATES = {f.name for file in FILES for f in fields(file.record) if f.type in ("date", "date | None")}


def _content_sha256(contents: dict[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name, content in sorted(contents.items()):
        whole.update(f"{name} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()
