"""The store that the machines of a cluster share: files by name, in a shared folder or a bucket, and whose they are.

Nothing is ever found by listing, since a bucket may list late: every name is known to who asks for it. A file is trusted by its
hash, which a manifest says; manifests are put last.

    govcrawl.json                    whose store this is
    registries/<sha256>/…            as in the data directory
    runs/<run_id>/…                  what workers need of a run, and what they made of it, as in the data directory
    runs/<run_id>/tasks/<task>.json  the manifest of a task that is done, put last
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class TaskManifest:
    """What a worker says of a task that is done; valid as long as all its files are there."""

    run_id: str
    task: str
    code: str  # the version of the worker's code
    worker: str
    files: list[StoredFile]


class TaskStore(Store):
    """The store of one data directory, with the manifests of its tasks."""

    mending = "Remove the run's folder from the store and run the same command again: its tasks are done anew"

    def __init__(self, url: str, patience_s: float = PATIENCE_S) -> None:
        super().__init__(url, "--store", patience_s)

    # ---------- tasks

    def manifest_of(self, run: Run, task: str) -> TaskManifest | None:
        """The manifest of a task whose files are all there; None when it is not done, or not whole."""
        content = self.read(_manifest_name(run, task))
        try:
            facts = orjson.loads(content or b"")
            manifest = TaskManifest(**facts | {"files": [StoredFile(**file) for file in facts["files"]]})
        except (orjson.JSONDecodeError, TypeError, KeyError):
            return None
        is_ours = (manifest.run_id, manifest.task) == (run.plan.run_id, task) and all(
            file.name.startswith(f"runs/{run.plan.run_id}/") and ".." not in file.name.split("/")
            for file in manifest.files
        )
        return manifest if is_ours and all(map(self.has, manifest.files)) else None

    def put_manifest(self, run: Run, manifest: TaskManifest) -> None:
        self.write(_manifest_name(run, manifest.task), orjson.dumps(asdict(manifest)))

    # ---------- whose it is

    def belong_to(self, data: Path) -> None:
        """See that the store is this data directory's, or take an empty one; UserError when it is another's."""
        office = _office_of(data)
        content = self.read(OWNER)
        if content is None:
            if found := self.something():
                raise UserError(
                    f"--store {self.url}: holds other things ({found}) and no {OWNER}. Name an empty folder or prefix"
                )
            self.write(OWNER, orjson.dumps({"office": office}))
            content = self.read(OWNER)
        try:
            owner = orjson.loads(content or b"")["office"]
        except (orjson.JSONDecodeError, KeyError, TypeError):
            owner = None
        if owner != office:
            raise UserError(
                f"--store {self.url}: belongs to another data directory (its {OWNER} says {owner}, {data / OWNER} says "
                f"{office}). Name a store of your own; two offices in one would mix their records"
            )


def _manifest_name(run: Run, task: str) -> str:
    return f"runs/{run.plan.run_id}/tasks/{task}.json"


def _office_of(data: Path) -> str:
    """The name of a data directory among others, made up the first time."""
    path = data / OWNER
    if not path.exists():
        write_whole(path, orjson.dumps({"office": uuid4().hex}))
    return str(orjson.loads(path.read_bytes())["office"])
