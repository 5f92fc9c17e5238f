"""A site of pages with tens of thousands of links each, beside sites that need the browser: it costs its budget, they nothing."""

import gzip
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from tests.netlab.processes import watched_to_its_end
from tests.netlab.server import answer
from tests.spiders.inspection import anchors, night, page, records

MEBIBYTE = 1 << 20
FILED_S = 0.5  # of reading one page, from which on its host waits


def letters(number: int) -> str:
    return chr(97 + number // 26) + chr(97 + number % 26)


class ManyLinks(dict):
    """Pages that name each other, and each of them so many files nobody else names; when each was asked for."""

    def __init__(self, pages: int, links: int):
        super().__init__({"/robots.txt": answer(status=404)})
        self.pages, self.links = [f"/{letters(number)}.html" for number in range(pages)], links
        self.asked_s = []

    def get(self, path, default=None):
        if path in self:
            return self[path]
        if path != "/" and path not in self.pages:
            return default
        onward = "".join(f"<p><a href='{each}'>{each}页</a></p>" for each in self.pages)
        rows = "".join(
            f"<li><a href='/f{path[1:3]}/{n:x}.pdf'>第{n}号文件</a></li>" for n in range(self.links)
        )
        markup = f"<!DOCTYPE html><html><meta charset=utf-8><title>{path}</title><body>{onward}<ul>{rows}</ul></body></html>"
        body = gzip.compress(markup.encode(), 1)

        def react(connection, _):
            self.asked_s.append(time.monotonic())
            connection.sendall(answer(body, headers={"Content-Encoding": "gzip"}))

        return react


def test_pages_of_many_links_cost_their_site_its_budget_and_the_innocent_nothing(tmp_path, thorough, told):
    pages, links, kept = (120, 100_000, 100_000) if thorough else (2, 21_000, 30_000)
    most_pages = "60" if thorough else "4"
    drawn = page(
        "<p>一个普通的部门网站首页。</p>" * 9, anchors("/a.html", "/b.html"), "<script src=/x.js></script>"
    )
    innocent = {"/": drawn, "/x.js": answer("document.title='x'", content_type="text/javascript")}
    innocent |= {f"/{name}.html": page("<p>一个普通的部门网站网页。</p>" * 9) for name in "ab"}
    many = ManyLinks(pages, links)
    many["/"] = many.get("/")
    hosts = {"www.many.gov.cn": many, "www.innocent0.gov.cn": innocent, "www.innocent1.gov.cn": innocent}
    with night(tmp_path, hosts, render="browser") as web:
        first, *others = web.registry.sites
        web.registry = replace(web.registry, sites=(replace(first, render="http"), *others))
        run = web.begin("visit")
        command = web.command(
            run,
            AUTOTHROTTLE_ENABLED="True",
            SITE_MAX_PAGES=most_pages,
            SITE_MAX_LINKS=str(kept),
            LOG_LEVEL="INFO",
        )
        errors = tmp_path / "errors"
        with errors.open("wb") as log:
            process = subprocess.Popen(command, env=web.environment(), stdout=log, stderr=log)
        cost = watched_to_its_end(process)
        log_text = errors.read_text("utf-8", "replace")
        assert 0 == cost.code, log_text
        run.seal("finished", datetime.now(UTC))

    hostile, *whole = records(run, "site_visit")
    assert [("ok", "finished", 3, 1, {})] * 2 == [
        (one["home_outcome"], one["finish_reason"], one["pages"], one["rendered"], one["not_visited"])
        for one in whole
    ]
    of_many = [one for one in records(run, "page") if one["site_code"] == hostile["site_code"]]
    assert kept == sum(len(one["new_links"]) for one in of_many)
    met = [one for one in of_many if one["outcome"] == "ok"]
    assert {"cut"} == {
        one["read_state"] for one in met
    }  # each left links out: beyond 20,000, and beyond the budget
    assert hostile["not_visited"]["max_links"] > 0
    assert hostile["not_visited"]["cut"] == len(met)
    size = (run.folder / "page" / f"{hostile['site_code']}.jsonl").stat().st_size
    assert size < 50 * MEBIBYTE
    assert "s to read" in log_text
    assert (
        max(later - sooner for sooner, later in pairwise(many.asked_s)) > 2 * FILED_S
    )  # the others had their turn
    told(
        f"a site of {len(met)} pages with {links:,} links each, beside 2 that need the browser",
        f"`cut`, {kept:,} links kept, {size / MEBIBYTE:.0f} MB of records; {cost.cpu_s:.0f} s of processor, "
        f"{cost.peak_mb:.0f} MB; the innocent whole",
    )
