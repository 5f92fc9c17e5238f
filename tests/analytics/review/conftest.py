"""A data directory with one judged night: two dead links, one with a hostile text, and a page kept."""

import hashlib
import shutil
from datetime import UTC, datetime

import pytest

from analytics.judging.assess import assess
from govcrawl.records.evidence import Copy, TaskArchive, keep_cited
from govcrawl.records.items import Link
from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from govcrawl.warehouse.snapshot import Snapshot
from tests.analytics.frames import TODAY
from tests.warehouse.folders import HOME, PORTAL, Folders, link_check, page, site_visit

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
EVIL = "=cmd|' /C calc'!A0"
BODY = "<html><script>alert(1)</script><p>岚川市人民政府</p><p>更多内容见 <a href=zt/b.html>专题</a> 栏目</p></html>".encode()
SHA256 = hashlib.sha256(BODY).hexdigest()


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    folders = Folders(tmp_path_factory.mktemp("judged"))
    gone = [f"{HOME[PORTAL]}zt/{name}.html" for name in ("a", "b")]
    targets = [
        Link(gone[0], "page", EVIL),
        Link(gone[1], "page", "专题"),
        Link("http://10.0.0.1/oa", "page", wrong="intranet"),
    ]
    site_run = folders.run(
        "site",
        page(PORTAL, new_links=targets, link_nos=[0, 1, 2], body_sha256=SHA256),
        site_visit(PORTAL),
    )
    folders.run("links", *(link_check(url) for url in gone), hour=4, of_run=site_run)
    archive = TaskArchive(folders.folder(site_run), PORTAL, 1 << 20)
    archive.add(SHA256, Copy(HOME[PORTAL], "2026-11-22T03:00:00Z", "text/html; charset=utf-8", BODY))
    archive.close()
    load_all(folders.data)
    publish(folders.data, datetime(2026, 11, 22, 12, tzinfo=UTC))
    with Snapshot.open(folders.data) as snapshot:
        folder = assess(snapshot, edition="inspection-2019", as_of=TODAY, out=folders.data / "assessments")
    assert (1, 0) == keep_cited(folders.data, folder)
    load_all(folders.data)
    publish(folders.data, datetime(2026, 11, 22, 13, tzinfo=UTC))
    return folders.data, folder.name


@pytest.fixture
def data(judged):
    yield judged[0]
    shutil.rmtree(judged[0] / "decisions", ignore_errors=True)
