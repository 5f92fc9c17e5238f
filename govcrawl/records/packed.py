"""How record files are stored: as plain lines, or packed with zstd under the same name with `.zst` behind it.

The hash in a manifest is that of the lines, not of the stored bytes. So a file may be packed at any later time; all
readers open it through this module. Packed files are a tenth of the size.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, cast

from govcrawl.records.compression import zstd
from govcrawl.records.whole import force

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKED: Final = ".zst"
PACKING: Final = ".packing"
"""Ending of a file while it is being packed. One left behind by a dead process is ignored."""
_LEVEL: Final = 9  # measured on a night's records: smaller than 3 by a sixth, still faster than the disk
_BLOCK: Final = 1 << 20  # bytes read at a time


class Contents(NamedTuple):
    """Number of lines and hash of a file, from one reading."""

    rows: int
    sha256: str


def stored(path: Path) -> Path:
    """The path under which a record file is stored: plain or packed. The plain path when there is neither."""
    packed = path.with_name(path.name + PACKED)
    return packed if packed.is_file() and not path.is_file() else path


def plain_name(path: Path) -> Path:
    """The path of a stored file as the manifest names it, without `.zst`."""
    return path.with_suffix("") if path.suffix == PACKED else path


def record_files(folder: Path) -> list[Path]:
    """The record files in a folder, plain or packed, under the names that the manifest uses."""
    return sorted({plain_name(path) for path in folder.glob("*.jsonl*") if path.suffix in {".jsonl", PACKED}})


@contextmanager
def open_lines(path: Path) -> Iterator[BinaryIO]:
    """Open a record file by its name in the manifest; a packed one is unpacked while it is read."""
    found = stored(path)
    if found.suffix != PACKED:
        with found.open("rb") as file:
            yield file
        return
    try:
        with zstd.open(found, "rb") as file:
            yield cast("BinaryIO", file)
    except (zstd.ZstdError, EOFError) as error:
        raise OSError(0, f"cannot be unpacked ({error})", str(found)) from error


def contents_of(path: Path) -> Contents:
    """Count and hash the lines of a record file, however it is stored."""
    digest = hashlib.sha256()
    rows = 0
    with open_lines(path) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            rows += block.count(b"\n")
    return Contents(rows, digest.hexdigest())


def pack(path: Path) -> None:
    """Pack a record file. If killed, one whole copy remains, plain or packed, and the same call finishes the work."""
    packed = path.with_name(path.name + PACKED)
    part = path.with_name(path.name + PACKING)
    with path.open("rb") as lines, part.open("wb") as file:
        compressor = zstd.ZstdCompressor(_LEVEL)
        while block := lines.read(_BLOCK):
            file.write(compressor.compress(block))
        file.write(compressor.flush())  # also an empty file becomes a frame
        file.flush()
        os.fsync(file.fileno())
    times = path.stat()
    os.utime(part, ns=(times.st_atime_ns, times.st_mtime_ns))
    part.rename(packed)
    force(path.parent)  # the packed copy is there for good before the plain one goes
    path.unlink()
