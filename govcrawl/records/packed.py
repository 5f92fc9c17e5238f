"""Record files as they lie on the disk: plain lines, or the same lines packed with zstd under the same name and `.zst`.

A manifest vouches for the lines, never for how they are stored; so a file may be packed whenever it is convenient, and
whoever reads it asks here. Packed files are a tenth of the size.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from govcrawl.records.whole import Contents

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKED: Final = ".zst"
PACKING: Final = ".packing"
"""What a file is called while it is being packed; a dead process leaves it behind, and it counts for nothing."""
_LEVEL: Final = 9  # measured on a night's records: smaller than 3 by a sixth, still faster than the disk


def stored(path: Path) -> Path:
    """Where the lines of a record file lie: under its name, or packed; under its name where they are gone."""
    packed = path.with_name(path.name + PACKED)
    return packed if packed.is_file() and not path.is_file() else path


def plain_name(path: Path) -> Path:
    """The name a manifest knows a stored file by."""
    return path.with_suffix("") if path.suffix == PACKED else path


def record_files(folder: Path) -> list[Path]:
    """The record files of a folder of them, by the names a manifest knows, however they are stored."""
    return sorted({plain_name(path) for path in folder.glob("*.jsonl*") if path.suffix in {".jsonl", PACKED}})


@contextmanager
def open_lines(path: Path) -> Iterator[BinaryIO]:
    """Open a record file by the name the manifest knows it by; what is packed is unpacked while it is read."""
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
        while block := file.read(1 << 20):
            digest.update(block)
            rows += block.count(b"\n")
    return Contents(rows, digest.hexdigest())


def pack(path: Path) -> None:
    """Pack a record file. Killed at any instant it is there once, whole, and the same call goes on."""
    packed = path.with_name(path.name + PACKED)
    part = path.with_name(path.name + PACKING)
    with path.open("rb") as lines, part.open("wb") as file:
        compressor = zstd.ZstdCompressor(_LEVEL)
        while block := lines.read(1 << 20):
            file.write(compressor.compress(block))
        file.write(compressor.flush())  # of an empty file a frame all the same
        file.flush()
        os.fsync(file.fileno())
    times = path.stat()
    os.utime(part, ns=(times.st_atime_ns, times.st_mtime_ns))
    part.rename(packed)
    path.unlink()
