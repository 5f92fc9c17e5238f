"""The store that the machines of a cluster share: files by name, in a shared folder or a bucket, and whose they are.

Nothing is ever found by listing, since a bucket may list late: every name is known to who asks for it. A file is trusted by its
hash, which a manifest says; manifests are put last.

    govcrawl.json                    whose store this is
    trials/<name>                    written before a night, and by each machine: the store takes files and shows them
    registries/<sha256>/…            as in the data directory
    runs/<run_id>/…                  what workers need of a run, and what they made of it, as in the data directory
    runs/<run_id>/tasks/<task>.json  the manifest of a task that is done, put last
"""

from __future__ import annotations

import socket
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import orjson

from govcrawl.records.errors import UserError
from govcrawl.records.remote_files import PATIENCE_S, Store, StoredFile
from govcrawl.records.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from govcrawl.records.runs import Run

OWNER: Final = "govcrawl.json"
_TRIALS: Final = "trials"


@dataclass(frozen=True, slots=True)
class TaskManifest:
    """What a worker says of a task that is done: all its files were put before."""

    run_id: str
    task: str
    code: str  # the version of the worker's code
    worker: str
    files: list[StoredFile]


class TaskStore(Store):
    """The store of one data directory, with the manifests of its tasks."""

    mending = (
        "Restore it, or remove the task's manifest (tasks/ beside it) from the store, and run the same command again: that task is "
        "then done anew"
    )

    def __init__(self, url: str, patience_s: float = PATIENCE_S) -> None:
        super().__init__(url, "--store", patience_s)

    # ---------- tasks

    def manifest_of(self, run: Run, task: str, *, was_put: bool = False) -> TaskManifest | None:
        """The manifest of a task; None when it is not done, or its manifest not whole. `was_put`: it is waited for."""
        content = self.read(_manifest_name(run, task), was_put=was_put)
        try:
            facts = orjson.loads(content or b"")
            manifest = TaskManifest(**facts | {"files": [StoredFile(**file) for file in facts["files"]]})
        except (orjson.JSONDecodeError, TypeError, KeyError):
            return None
        is_ours = (manifest.run_id, manifest.task) == (run.plan.run_id, task) and all(
            file.name.startswith(f"runs/{run.plan.run_id}/") and ".." not in file.name.split("/")
            for file in manifest.files
        )
        return manifest if is_ours else None

    def put_manifest(self, run: Run, manifest: TaskManifest) -> None:
        self.write(_manifest_name(run, manifest.task), orjson.dumps(asdict(manifest)))

    # ---------- whose it is

    def belong_to(self, data: Path) -> None:
        """See that the store is this data directory's, or take an empty one; UserError when it is another's, or cannot be used."""
        content = self.read(OWNER)
        if not content and (found := self.something(but=_TRIALS)):
            raise UserError(
                f"--store {self.url}: holds other things ({found}) and no {OWNER}. Name an empty folder or prefix"
            )
        if content:
            self._refuse_another(content, data)
        self._refuse_late()
        if not content:
            self.write(OWNER, orjson.dumps({"office": office_of(data)}))
            self._refuse_another(self.read(OWNER) or b"", data)  # another may have taken it in this moment

    def _refuse_another(self, content: bytes, data: Path) -> None:
        """UserError unless an owner's file is of this data directory."""
        try:
            owner = orjson.loads(content)["office"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            owner = None
        if owner != (office := office_of(data)):
            raise UserError(
                f"--store {self.url}: belongs to another data directory (its {OWNER} says {owner}, {data / OWNER} says "
                f"{office}). Name a store of your own; two offices in one would mix their records"
            )

    def _refuse_late(self) -> None:
        """UserError for a store that does not show at once what is put, or takes nothing."""
        name, word = f"{_TRIALS}/{uuid4().hex}", b"written to see that it is shown at once; may be removed"
        self.read(name)  # some stores remember for a while that a name was not there
        self.write(name, word)
        if self.read(name) != word:
            raise UserError(
                f"--store {self.url}: shows late what was put, so a task that is done might be done again, and a site asked twice. Name a "
                "store that shows a file as soon as it is put, and switch off caches between it and its machines"
            )

    def is_seen_here(self, office: str) -> None:
        """See, on a worker, that this is the store of the coordinator and takes files; UserError when it is not or does not."""
        content = self.read(OWNER)
        if content is None or office.encode() not in content:
            raise UserError(
                f"--store {self.url} is another place here than for the coordinator; mount the same folder, or give the same AWS_ENDPOINT_URL"
            )
        self.write(f"{_TRIALS}/{socket.gethostname()}", b"")


def _manifest_name(run: Run, task: str) -> str:
    return f"runs/{run.plan.run_id}/tasks/{task}.json"


def office_of(data: Path) -> str:
    """The name of a data directory among others, made up the first time."""
    path = data / OWNER
    if not path.exists():
        write_whole(path, orjson.dumps({"office": uuid4().hex}))
    return str(orjson.loads(path.read_bytes())["office"])
