"""A page that never lets go of its reader, even inside C code, costs itself; sites of the same process lose nothing."""

import json
from datetime import UTC, datetime

from govcrawl.network.requests import FetchFacts
from govcrawl.night.workers import work_off
from govcrawl.records.outcomes import Outcome
from govcrawl.spiders.links import LinksSpider
from tests.misbehaving.holding.visit import MARK
from tests.netlab.server import answer
from tests.spiders.inspection import QUICK, anchors, night, outcomes, page, records

INNOCENT = {
    "/": page(anchors("/a.html", "/b.html"), "<p>一个普通的部门网站首页。</p>"),
    "/a.html": page("<p>甲</p>"),
    "/b.html": page("<p>乙</p>"),
}
HOLDING = page("<p>" + MARK.decode() + "</p>", title="不放手")
READ_MAX_S = 4  # the first page of a process takes a second or two on a busy machine


def measured(work, run, registries, *more):
    settings = [f"{name}={value}" for name, value in (QUICK | work).items()]
    return work_off(run, registries, workers=1, settings=[*settings, *more])


def test_the_page_is_unreadable_and_everything_else_is_measured(tmp_path, told):
    hostile = INNOCENT | {"/a.html": HOLDING, "/robots.txt": answer("", status=404)}
    hosts = {"www.holding.gov.cn": hostile} | {f"www.innocent{n}.gov.cn": INNOCENT for n in range(4)}
    with night(tmp_path, hosts) as web:
        resolve = ",".join(f"{host}:80:127.0.0.1:{server.port}" for host, server in web.servers.items())
        run = web.begin("visit")
        began = datetime.now(UTC)
        lost = measured(
            {"RESOLVE": resolve, "READ_MAX_SECONDS": str(READ_MAX_S)},
            run,
            web.data / "registries",
            "SPIDER_MODULES=tests.misbehaving.holding",
        )
        seconds = (datetime.now(UTC) - began).total_seconds()

    assert [] == lost
    pages = outcomes(run)
    assert {"ok"} == {word for url, word in pages.items() if not url.endswith("robots.txt")}
    assert {f"http://{host}{path}" for host in hosts for path in INNOCENT} <= pages.keys()
    assert {"finished"} == {visit["finish_reason"] for visit in records(run, "site_visit")}
    (noted,) = (run.folder / "progress" / "unreadable").glob("*.json")
    held = json.loads(noted.read_bytes())
    assert "http://www.holding.gov.cn/a.html" == held["url"]
    assert MARK in noted.with_suffix("").read_bytes()
    (row,) = [one for one in records(run, "page") if one["url"] == held["url"]]
    assert held["sha256"] == row["body_sha256"]
    assert (None, "unreadable") == (row["title"], row["read_state"])
    run.seal("finished", datetime.now(UTC))
    later = web.begin(
        "links", of_run=run.plan.run_id
    )  # goes on from this visit, and asks for its targets again
    spider = LinksSpider(run=str(later.folder), registries=str(web.data / "registries"))
    body, url = b"another body", held["url"]
    answered = FetchFacts(url, url, 200, Outcome.OK, None, 0.1, [], "text/html", 12, body, False, 1)  # noqa: FBT003
    assert spider._taken(answered).unreadable
    told(
        "a page that holds its reader in C code",
        f"unreadable, body kept; 4 other sites whole after {seconds:.0f} s",
    )


def test_a_host_of_many_such_pages_is_left_unread_after_three(tmp_path, told):
    paths = {f"/{n}.html": page(f"<p>{MARK.decode()}</p>", title=str(n)) for n in range(8)}
    home = {"/": page(anchors(*paths), "<p>首页</p>")}
    with night(tmp_path, {"www.holding.gov.cn": home | paths, "www.innocent.gov.cn": INNOCENT}) as web:
        resolve = ",".join(f"{host}:80:127.0.0.1:{server.port}" for host, server in web.servers.items())
        run = web.begin("visit")
        lost = measured(
            {"RESOLVE": resolve, "READ_MAX_SECONDS": str(READ_MAX_S)},
            run,
            web.data / "registries",
            "SPIDER_MODULES=tests.misbehaving.holding",
        )

    assert [] == lost
    assert 3 == len(list((run.folder / "progress" / "unreadable").glob("*.json")))
    assert {f"http://www.holding.gov.cn{path}" for path in paths} <= outcomes(run).keys()
    told("eight such pages on one host", "three held a process, the rest of the host was left unread")
