"""A manifest torn at any byte, and a folder copied by half, are named by whoever reads them; nothing passes for whole."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from analytics.editions.chosen import edition_of, load_edition, refuse_edited
from analytics.judging.assess import newest_judged
from analytics.notices.folders import issued_folders, written_folders
from govcrawl.records.errors import RegistryError, UserError
from govcrawl.records.evidence import keep_cited
from govcrawl.records.runs import create_run, verify
from govcrawl.registry import Registry, Site, store_registry, stored_registry

REGISTRY = Registry(
    sites=(Site("6500000001", "岚川市人民政府", "http://www.lanchuan.gov.cn/", "岚川市人民政府办公室"),)
)
MANIFESTS = {
    "assessment.json": {
        "assessment_id": "one",
        "as_of": "2026-11-22",
        "created_at": "2026-11-22T02:00:00",
        "edition": "inspection-2019",
        "edition_sha256": load_edition("inspection-2019").sha256,
        "runs": [],
        "files": [],
    },
    "notice.json": {
        "notice_id": "one",
        "assessment_id": "one",
        "as_of": "2026-11-22",
        "edition": "inspection-2019",
        "documents": [{"kind": "circular", "title": "通报", "html": ["circular.html"]}],
        "files": [],
    },
    "issued.json": {
        "notice_id": "one",
        "kind": "circular",
        "number": "岚政办通〔2026〕12号",
        "cites": None,
        "issued_on": "2026-11-25",
        "due_on": None,
        "files": [],
        "assessment_id": "one",
        "notices": [],
    },
}


def judged_by(parent: Path) -> object:
    return refuse_edited(load_edition("inspection-2019"), parent)


def cited_by(parent: Path) -> object:
    (parent / "one" / "finding.jsonl").touch()
    return keep_cited(parent.parent, parent / "one")


READERS: list[tuple[str, Callable[[Path], object]]] = [
    ("assessment.json", newest_judged),
    ("assessment.json", judged_by),
    ("assessment.json", cited_by),
    ("assessment.json", lambda parent: edition_of(parent / "one")),
    ("notice.json", written_folders),
    ("issued.json", issued_folders),
]


@pytest.mark.parametrize(("name", "reader"), READERS)
def test_a_manifest_torn_at_any_byte_is_named_by_its_readers(tmp_path, name, reader):
    path = tmp_path / "folders" / "one" / name
    path.parent.mkdir(parents=True)
    whole = json.dumps(MANIFESTS[name], ensure_ascii=False).encode()
    path.write_bytes(whole)
    reader(tmp_path / "folders")
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        with pytest.raises(UserError, match=name):
            reader(tmp_path / "folders")


def sealed(data: Path) -> Path:
    run = create_run(
        data,
        kind="availability",
        as_of=date(2026, 11, 22),
        registry_sha256=store_registry(REGISTRY, data / "registries"),
        tasks=["b00"],
        started_at=datetime(2026, 11, 22, 2, tzinfo=UTC),
    )
    run.writer("b00").finish()
    run.seal("finished", datetime(2026, 11, 22, 3, tzinfo=UTC))
    return run.folder


def test_a_run_whose_manifest_is_torn_at_any_byte_is_named(tmp_path):
    folder = sealed(tmp_path)
    whole = (folder / "run.json").read_bytes()
    for cut in range(len(whole)):
        (folder / "run.json").write_bytes(whole[:cut])
        with pytest.raises(UserError, match=r"run\.json"):
            verify(folder)


def test_a_registry_torn_at_any_byte_is_named_and_storing_it_again_mends_it(tmp_path):
    sha256 = store_registry(REGISTRY, tmp_path)
    file = tmp_path / sha256 / "site.jsonl"
    whole = file.read_bytes()
    for cut in range(len(whole)):
        file.write_bytes(whole[:cut])
        with pytest.raises(RegistryError, match="no longer match their name"):
            stored_registry(tmp_path, sha256)
    assert sha256 == store_registry(REGISTRY, tmp_path)
    assert REGISTRY == stored_registry(tmp_path, sha256)


def test_a_registry_copied_by_half_does_not_end_every_night_after(tmp_path):
    sha256 = store_registry(REGISTRY, tmp_path)
    shutil.rmtree(tmp_path / sha256)
    (tmp_path / sha256).mkdir()

    assert REGISTRY == stored_registry(tmp_path, store_registry(REGISTRY, tmp_path))
