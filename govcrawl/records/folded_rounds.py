"""The rounds of a day in one file: `rounds/<day>.jsonl.zst`. Each line holds one file of a run folder, unchanged.

A round leaves about six small files, every half hour. Once a day is old, its rounds are moved into one file. Each run
folder can be restored from it byte for byte, so the hashes in its manifest still hold.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import orjson

from govcrawl.records.compression import zstd
from govcrawl.records.errors import RunError
from govcrawl.records.packed import PACKED
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FOLDER: Final = "rounds"
_NO_RECORD: Final = frozenset({"progress", "interrupted", "evidence"})
_LEVEL: Final = 15  # once a day, some megabytes at most


def folded_files(data: Path) -> list[Path]:
    """The files of folded rounds, the oldest day first."""
    return sorted((data / FOLDER).glob(f"*.jsonl{PACKED}"))


def fold(data: Path, day: str, folders: Iterable[Path]) -> Path:
    """Put run folders of one day into one file, then remove them. After a kill, the same call finishes the work.

    Folders that a file of the day already holds are only removed.
    """
    before = [path for path in folded_files(data) if path.name.startswith(day)]
    folded_ids = {run_id for path in before for run_id in unfolded(path)}
    folders = list(folders)
    new = [folder for folder in folders if folder.name not in folded_ids]
    number = f"-{len(before) + 1}" if before else ""
    path = data / FOLDER / f"{day}{number}.jsonl{PACKED}"
    if new:
        path.parent.mkdir(exist_ok=True)
        write_whole(path, zstd.compress(b"".join(_lines(new)), _LEVEL))
    for folder in folders:
        shutil.rmtree(folder)
    return path


def unfolded(path: Path) -> dict[str, dict[str, str]]:
    """Read one file of folded rounds: run id → path within the run folder → text of the file."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    try:
        for line in zstd.decompress(path.read_bytes()).splitlines():
            file = orjson.loads(line)
            found[file["run_id"]][file["path"]] = file["content"]
    except (OSError, zstd.ZstdError, orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise RunError(f"{path}: cannot be read ({error}); restore it from a copy") from error
    return dict(found)


def put_back(files: dict[str, str], folder: Path) -> None:
    """Restore the files of one run folder."""
    for name, content in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise RunError(f"{folder.name}: {name!r} leads out of its folder; the file was altered")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())


def _lines(folders: Iterable[Path]) -> Iterator[bytes]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if not path.is_file() or inside.parts[0] in _NO_RECORD:
                continue
            if path.suffix == PACKED:
                raise RunError(f"{path}: a round is folded as it was written, not packed")
            record = {"run_id": folder.name, "path": inside.as_posix(), "content": path.read_text("utf-8")}
            yield orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
