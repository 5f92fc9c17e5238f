"""Two versions' published rows of the same nights: what only one of them says is shown, what only the run says is not."""

from datetime import UTC, datetime

from govcrawl.warehouse.load import load_all
from govcrawl.warehouse.publish import publish
from tests.govweb.differences import differences
from tests.warehouse.folders import PORTAL, Folders, page, site_visit


def published(folder, *, hour: int, title: str):
    made = Folders(folder)
    made.run("visit", page(PORTAL, title=title), site_visit(PORTAL), hour=hour)
    load_all(folder)
    publish(folder, datetime(2026, 11, 23, tzinfo=UTC))
    return folder


def test_only_what_was_read_differently_is_a_difference(tmp_path):
    before = published(tmp_path / "before", hour=2, title="通知公告")
    later = published(tmp_path / "later", hour=5, title="通知公告")
    other = published(tmp_path / "other", hour=2, title="政策文件")

    assert [] == list(differences(before, later))
    (found,) = differences(before, other)
    assert ("page", "2026-11-22", 1, 1) == (found.view, found.night, len(found.before), len(found.after))
    lines = list(found.lines(most=5))
    assert "title=通知公告" in lines[1]
    assert "title=政策文件" in lines[2]
