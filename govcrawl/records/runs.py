"""Run folders: their names, their open tasks, and how it is verified that they are complete.

A run is a folder (`docs/architecture.md`, "A run folder"). The plan is written first and the manifest last; the files
of a task lose their ending `.part` when the task is done. So the file names alone tell what is complete. There is no
database and no lock file that could go stale, and a folder can be resumed after `kill -9` at any moment.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, date, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import orjson

from govcrawl.records import packed
from govcrawl.records.at_hand import PROGRESS
from govcrawl.records.errors import BusyError, RunError
from govcrawl.records.items import FeedVisit, HostCheck, LinkCheck, Page, PageText, Probe, SiteVisit, instant
from govcrawl.records.kinds import READS_PAGES, RECORDS, RECORDS_OF, name_of
from govcrawl.records.reader_version import reader_sha256
from govcrawl.records.record_files import records_of
from govcrawl.records.states import Purpose
from govcrawl.records.whole import (
    PART,
    RUN_MANIFEST,
    TakenError,
    appear,
    cannot_write,
    folder_begun,
    write_whole,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator
    from pathlib import Path

PLAN = "plan.json"
INTERRUPTED = "interrupted"
TEXTS_REMOVED = "texts_removed.json"
"""In the folder of a run whose texts were kept long enough and are gone, though its manifest names them."""
NO_RECORDS = frozenset(
    {
        *(PLAN, RUN_MANIFEST, INTERRUPTED, PROGRESS, "plan", "robots", "answers", "evidence", "night"),
        *("standing.json", "known_texts", TEXTS_REMOVED),
    }
)
"""Entries of a run folder that hold no records: the manifest does not list them, and they are not loaded."""

_REPORTED: dict[type, Callable[[Any], int]] = {
    Probe: lambda _: 1,
    FeedVisit: lambda _: 1,
    SiteVisit: lambda visit: visit.requests,
    HostCheck: lambda check: check.requests,
    LinkCheck: lambda check: len(check.attempts),
}
"""Record → how many requests one of them reports."""
_MOST_OF_A_SECOND = 999  # runs of a kind that may begin in the same second
_TASK = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do. Written once, before anything is fetched."""

    run_id: str
    kind: str
    as_of: str  # civil date the run is about
    created_at: str
    registry_sha256: str
    code_version: str
    tasks: list[str]
    purpose: str = Purpose.NIGHTLY  # a word of states.Purpose
    stamp: str | None = None  # instant of `probe --at`
    of_run: str | None = None  # the visit that links and surroundings go on from
    reader_sha256: str | None = None  # of the code that reads its pages; an earlier version did not tell
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunFile:
    """One record file as the manifest lists it."""

    path: str  # relative to the folder, with /
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest(Plan):
    """The plan and the result of a run. A folder with a manifest is a finished run."""

    started_at: str = ""
    finished_at: str = ""
    finish_reason: str = ""
    files: list[RunFile] = field(default_factory=list)
    sites: int = 0
    pages: int = 0
    requests: int = 0


class TaskWriter:
    """Writes the record files of one task. They get their final names in `finish`."""

    def __init__(self, folder: Path, task: str, records: tuple[type, ...]) -> None:
        self.task = task
        self.rows = 0
        self._folder = folder
        self._files: dict[type, BinaryIO] = {}
        self._parts = {record: _part(folder, record, task) for record in records}
        try:
            for record, path in self._parts.items():
                self._files[record] = _open_locked(path)
        except BaseException:
            self.close()
            raise

    def is_done(self) -> bool:
        """Whether another writer has finished the task already."""
        return all(part.with_suffix("").exists() for part in self._parts.values())

    def discard(self) -> None:
        """Remove the files of a task that turned out to be done."""
        for part in self._parts.values():
            part.unlink()
        self.close()

    def write(self, record: object) -> None:
        """Append one record to the file of its class."""
        line = orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
        try:
            self._files[type(record)].write(line)
        except OSError as error:
            raise cannot_write(self._parts[type(record)], error) from error
        self.rows += 1

    def finish(self) -> None:
        """Give all files of the task their final names."""
        for record, file in self._files.items():
            try:
                file.flush()
                os.fsync(file.fileno())
            except OSError as error:
                raise cannot_write(self._parts[record], error) from error
        for part in self._parts.values():
            try:
                part.rename(part.with_suffix(""))
            except OSError as error:
                raise cannot_write(part, error) from error
        self.close()

    def close(self) -> None:
        """Close the files and leave their names as they are."""
        for file in self._files.values():
            try:
                file.close()
            except OSError:  # the disk is full: buffered lines are lost, and the file keeps its `.part`
                continue
        self._files.clear()


class Run:
    """One run folder."""

    def __init__(self, folder: Path, plan: Plan) -> None:
        self.folder = folder
        self.plan = plan

    @property
    def finished(self) -> bool:
        """Whether the run has a manifest."""
        return (self.folder / RUN_MANIFEST).is_file()

    def open_tasks(self) -> list[str]:
        """Tasks of the plan that are not finished."""
        names = [name_of(record) for record in RECORDS_OF[self.plan.kind]]
        whole = [{path.stem for path in (self.folder / name).glob("*.jsonl")} for name in names]
        done = set.intersection(*whole)
        return [task for task in self.plan.tasks if task not in done]

    def deal_out(self, number: int, tasks: Iterable[str]) -> None:
        """Write down which tasks process `number` (from 1) is to do: its share."""
        path = self._share_path(number)
        path.parent.mkdir(exist_ok=True)
        write_whole(path, "\n".join(tasks).encode())

    def share(self, number: int) -> list[str]:
        """Return the open tasks that were dealt out to process `number`."""
        path = self._share_path(number)
        try:
            share = set(path.read_text("utf-8").split("\n"))
        except OSError as error:
            raise RunError(
                f"{path}: cannot be read ({error.strerror}); no tasks were dealt out to it"
            ) from error
        return [task for task in self.open_tasks() if task in share]

    def task_of(self, key: str) -> str:
        """Return the task (bucket) that a host or site belongs to: the same in every process and after resuming."""
        digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
        return self.plan.tasks[int.from_bytes(digest, "big") % len(self.plan.tasks)]

    def writer(self, task: str) -> TaskWriter:
        """Begin a task; BusyError while another process works on it, RunError when it is done already."""
        if task not in self.plan.tasks:
            raise RunError(f"{self.folder}: the plan has no task {task!r}")
        writer = TaskWriter(self.folder, task, RECORDS_OF[self.plan.kind])
        if writer.is_done():  # looked up while we hold the lock: from here on no other process can finish it
            writer.discard()
            raise RunError(f"{self.folder}: task {task} is done already")
        return writer

    def resume(self, tasks: Container[str] | None = None) -> Self:
        """Move away what a dead process left of `tasks` (None: of all tasks), so that they can start again."""
        if self.finished:
            raise RunError(f"{self.folder}: this run is finished; there is nothing to resume")
        left = [path for path in self._record_files() if path.suffix == PART]
        open_tasks = set(self.open_tasks())
        # The process was killed between two renames: one file has its final name, although the task is not done.
        left += [path for path in self._record_files() if path.suffix != PART and path.stem in open_tasks]
        left = [path for path in left if tasks is None or path.name.partition(".")[0] in tasks]
        for path in left:
            if _is_held(path):
                raise BusyError(f"{path}: another process is writing this task; wait for it or stop it first")
        if left:
            aside = _next_numbered(self.folder / INTERRUPTED)
            for path in left:
                target = aside / path.relative_to(self.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.rename(target)
        return self

    def seal(self, finish_reason: str, finished_at: datetime) -> Manifest:
        """Hash every file and write the manifest, which finishes the run; RunError while tasks are open."""
        if self.finished:
            raise RunError(f"{self.folder}: this run is finished already")
        if missing := self.open_tasks():
            raise RunError(
                f"{self.folder}: {len(missing)} of {len(self.plan.tasks)} tasks are not done "
                f"(first: {missing[0]}); run the same command again to take it up"
            )
        count: Counter[type] = Counter()
        requests = 0
        files = []
        for path in self._record_files():
            rows, sha256 = packed.contents_of(path)
            count[RECORDS[path.parent.name]] += rows
            requests += _requests(path)
            files.append(RunFile(path.relative_to(self.folder).as_posix(), rows, sha256))
        manifest = Manifest(
            **{f.name: getattr(self.plan, f.name) for f in fields(Plan)},
            started_at=self.plan.created_at,
            finished_at=instant(finished_at),
            finish_reason=finish_reason,
            files=files,
            sites=count[Probe] + count[SiteVisit] + count[HostCheck],
            pages=count[Page],
            requests=requests,
        )
        write_whole(self.folder / RUN_MANIFEST, orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2))
        return manifest

    def _share_path(self, number: int) -> Path:
        return self.folder / PROGRESS / f"{number}.tasks"

    def _record_files(self) -> list[Path]:
        found: list[Path] = []
        for record in RECORDS_OF[self.plan.kind]:
            found += (self.folder / name_of(record)).glob("*")
        return sorted(found)


def create_run(
    data: Path,
    *,
    kind: str,
    as_of: date,
    registry_sha256: str,
    tasks: Iterable[str],
    started_at: datetime,
    purpose: str = Purpose.NIGHTLY,
    stamp: datetime | None = None,
    of_run: str | None = None,
    settings: dict[str, Any] | None = None,
) -> Run:
    """Create a run folder with its plan under a new run id. The folder appears with its plan, or not at all."""
    tasks = list(tasks)
    for task in tasks:
        if not _TASK.fullmatch(task):
            raise RunError(f"{task!r} cannot name a task: use up to 64 letters, digits, - and _")
    runs = data / "runs"
    stamp_of_run = started_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    with folder_begun(runs) as new:
        for attempt in range(1, _MOST_OF_A_SECOND + 1):
            number = "" if attempt == 1 else f"-{attempt}"
            plan = Plan(
                run_id=f"{stamp_of_run}{number}-{kind}",
                kind=kind,
                as_of=as_of.isoformat(),
                created_at=instant(started_at),
                registry_sha256=registry_sha256,
                code_version=code_version(),
                tasks=tasks,
                purpose=purpose,
                stamp=None if stamp is None else instant(stamp),
                of_run=of_run,
                reader_sha256=reader_sha256() if kind in READS_PAGES else None,
                settings=settings or {},
            )
            folder = runs / plan.run_id
            if folder.exists():
                continue
            write_whole(new / PLAN, orjson.dumps(plan, option=orjson.OPT_INDENT_2))
            with suppress(TakenError):  # another process took the name first
                appear(new, folder)
                return Run(folder, plan)
    raise RunError(f"{runs}: {_MOST_OF_A_SECOND} {kind} runs began in the second {stamp_of_run}")


def open_run(folder: Path) -> Run:
    """Read a run folder's plan."""
    plan = Plan(**_read_shape(folder / PLAN, Plan))
    if plan.kind not in RECORDS_OF:
        raise RunError(f"{folder / PLAN}: unknown kind {plan.kind!r}; known: {', '.join(RECORDS_OF)}")
    return Run(folder, plan)


def unfinished(data: Path) -> list[Run]:
    """Return the runs without a manifest, oldest first."""
    return [open_run(folder) for folder in _folders(data) if not (folder / RUN_MANIFEST).exists()]


def finished_runs(data: Path) -> list[Path]:
    """Return the folders with a manifest, oldest first."""
    return [folder for folder in _folders(data) if (folder / RUN_MANIFEST).exists()]


def manifest_of(folder: Path) -> Manifest:
    """Read the manifest of a finished run without verifying its files."""
    shape = _read_shape(folder / RUN_MANIFEST, Manifest)
    shape["files"] = [RunFile(**_checked(folder / RUN_MANIFEST, file, RunFile)) for file in shape["files"]]
    return Manifest(**shape)


def verify(folder: Path) -> Manifest:
    """Return the manifest when every file matches it; RunError names the first that does not, and the remedy.

    Texts that the office has removed on purpose are no longer in what is returned.
    """
    if not (folder / RUN_MANIFEST).is_file():
        raise RunError(
            f"{folder}: no {RUN_MANIFEST}; the run is unfinished. Take it up again with the same command"
        )
    manifest = manifest_of(folder)
    if manifest.run_id != folder.name:
        raise RunError(f"{folder}: the manifest is of run {manifest.run_id}; give the folder its name back")
    if (folder / TEXTS_REMOVED).is_file():
        manifest = replace(manifest, files=[file for file in manifest.files if not _is_text(file)])
    listed = {file.path: file for file in manifest.files}
    present = {packed.plain_name(path).relative_to(folder).as_posix() for path in _files_of_record(folder)}
    for path in sorted(present - listed.keys()):
        raise RunError(
            f"{folder / path}: not in the manifest; it came after the run was finished. Move it away"
        )
    for path, file in listed.items():
        if path not in present:
            raise RunError(f"{folder / path}: the manifest names it and it is gone; restore it from a copy")
        if not _is_as_it_was(folder / path, file):
            raise RunError(f"{folder / path}: altered since the run was finished; restore it from a copy")
    return manifest


def _is_text(file: RunFile) -> bool:
    return file.path.startswith(f"{name_of(PageText)}/")


def remove_texts(folder: Path, at: str, rule: str) -> None:
    """Remove the texts of pages from a finished run; the folder says when and by which rule, and stays sound."""
    said = {"removed_at": at, "rule": rule}
    write_whole(folder / TEXTS_REMOVED, orjson.dumps(said, option=orjson.OPT_INDENT_2))
    shutil.rmtree(folder / name_of(PageText), ignore_errors=True)


def _is_as_it_was(path: Path, file: RunFile) -> bool:
    try:
        return (file.rows, file.sha256) == packed.contents_of(path)
    except OSError:  # the disk cannot read it, or it cannot be unpacked
        return False


def pack_records(folder: Path) -> None:
    """Pack the record files of a finished run; the manifest stays valid, since it hashes the unpacked lines."""
    for file in manifest_of(folder).files:
        if (folder / file.path).is_file():
            packed.pack(folder / file.path)


def code_version() -> str:
    """Version of the installed project."""
    try:
        return metadata.version("govcrawl")
    except metadata.PackageNotFoundError:  # run from a checkout
        return "uninstalled"


def _part(folder: Path, record: type, task: str) -> Path:
    return folder / name_of(record) / f"{task}.jsonl{PART}"


def _open_locked(path: Path) -> BinaryIO:
    """Create a file and lock it for this process until it closes the file or dies; BusyError when it is locked."""
    try:
        path.parent.mkdir(exist_ok=True)
        file = path.open("xb", buffering=1 << 16)
    except FileExistsError as error:
        raise BusyError(
            f"{path}: another process is at this task, or died in it; resume the run once it is gone"
        ) from error
    except OSError as error:
        raise cannot_write(path, error) from error
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return file


def _is_held(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _folders(data: Path) -> list[Path]:
    runs = data / "runs"
    if not runs.is_dir():
        return []
    return sorted(folder for folder in runs.iterdir() if not folder.name.startswith("."))


def _files_of_record(folder: Path) -> Iterator[Path]:
    """Every file that would be loaded: all but the plan, the manifest and the entries in NO_RECORDS."""
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and path.suffix != packed.PACKING and inside.parts[0] not in NO_RECORDS:
            yield path


def _requests(path: Path) -> int:
    """The number of requests that the records of one file report."""
    record = RECORDS[path.parent.name]
    reported = _REPORTED.get(record)
    return 0 if reported is None else sum(map(reported, records_of(path, record)))


def _read_shape(path: Path, shape: type) -> dict[str, Any]:
    try:
        content = orjson.loads(path.read_bytes())
    except OSError as error:
        raise RunError(f"{path}: cannot be read ({error.strerror}); this is no run folder") from error
    except orjson.JSONDecodeError as error:
        raise RunError(f"{path}: not JSON ({error}); restore it from a copy") from error
    return _checked(path, content, shape)


def _checked(path: Path, content: object, shape: type) -> dict[str, Any]:
    names = {f.name for f in fields(shape)}
    # An earlier version may not have written what may be null.
    needed = {f.name for f in fields(shape) if f.default is not None}
    found = content.keys() if isinstance(content, dict) else set()
    if not isinstance(content, dict) or not needed <= found <= names:
        raise RunError(
            f"{path}: of another shape (missing: {sorted(needed - found)}, unknown: {sorted(found - names)}); "
            "it was written by another version of govcrawl"
        )
    return content


def _next_numbered(folder: Path) -> Path:
    taken = [int(path.name) for path in folder.glob("*") if path.name.isdigit()]
    number = max(taken, default=0) + 1
    aside = folder / str(number)
    aside.mkdir(parents=True)
    return aside
