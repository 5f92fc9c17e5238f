"""A running process says once a second how far it is."""

from __future__ import annotations

import json

from tests.netlab.server import reset
from tests.spiders.inspection import anchors, night, page


def test_the_last_word_of_a_process_sums_it_up(tmp_path):
    hosts = {
        "www.a.gov.cn": {"/": page(anchors("/a.html", "/lost.html")), "/a.html": page("这一页写着几句话。")},
        "www.b.gov.cn": {"/": reset},
    }
    with night(tmp_path, hosts) as tonight:
        run = tonight.begin("visit")
        tonight.work(run)
    said = json.loads((run.folder / "progress" / "1.json").read_text())

    assert (1, 2, 2, 4, 2, 0, "finished") == tuple(
        said[name] for name in ("share", "tasks", "tasks_done", "pages", "faults", "queue", "finish_reason")
    )
    assert 6 == said["requests"]  # the four pages, the second try of a home page, the soft-404 probe
