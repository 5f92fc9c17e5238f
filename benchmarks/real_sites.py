"""The three real sites of `../shared/realpages/sites`, served on loopback and crawled: `python -m benchmarks.real_sites`.

Prints what was found beside the truth files: pages, list rows and their days, hidden links, internal addresses that do
not open (the copies lack some of the files their pages link to), and the proposed sections.
"""

from __future__ import annotations

import json
import tarfile
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from benchmarks.reading import REAL, squeezed
from govcrawl.pages.sections.proposals import propose_sections
from govcrawl.records.items import Page
from govcrawl.records.record_files import records_of
from govcrawl.registry import Section
from tests.netlab.server import answer
from tests.spiders.inspection import code_of, night, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govcrawl.records.runs import Run

WIDE = {"SITE_MAX_PAGES": "2000", "SITE_MAX_PER_TEMPLATE": "2000", "SITE_MAX_DEPTH": "20"}
READER = ("page", "frame", "refresh")


class Copy(dict):
    """The files of an archive under the addresses they were copied from: `/a/b.html` lies in `a_b.html`."""

    def __init__(self, archive: Path) -> None:
        super().__init__({"/": b""})
        with tarfile.open(archive) as tar:
            self.bodies = {
                Path(member.name).name: tar.extractfile(member).read() for member in tar if member.isfile()
            }

    def get(self, path, default=None):
        name = path.partition("?")[0].lstrip("/")
        name = f"{name}index.html" if not name or name.endswith("/") else name
        body = self.bodies.get(name.replace("/", "_"))
        return default if body is None else answer(body, content_type="text/html")


def main() -> None:
    for file in sorted((REAL / "sites").glob("*.truth.json")):
        name = file.name.partition(".")[0]
        truth = json.loads(file.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            crawled(name, truth, Copy(file.with_name(f"{name}.tar.xz")), Path(folder))


def as_records(run: Run) -> Iterator[Page]:
    for path in sorted((run.folder / "page").glob("*")):
        yield from records_of(path, Page)


def crawled(name: str, truth: dict, copy: Copy, folder: Path) -> None:
    host = f"www.{name}.gov.cn"
    lists = truth["list_pages"]
    sections = tuple(
        Section(code_of(0), one["page"], f"http://{host}/{one['page']}", "其他") for one in lists
    )
    with night(folder, {host: copy}, sections) as tonight:
        site = tonight.crawl("visit", **WIDE)
        checked = tonight.crawl("links", of_run=site)
    pages = records(site, "page")
    targets = {link["url"]: link for one in pages for link in one["new_links"]}
    dead = sorted(
        check["target_url"].partition(host)[2]
        for check in records(checked, "link_check")
        if targets[check["target_url"]]["internal"]
        and targets[check["target_url"]]["kind"] in READER
        and check["confirmed"]
    )
    outcomes = Counter(one["outcome"] for one in pages)
    print(
        f"\n{name}: {len(pages)} addresses visited, {dict(outcomes)}; the copy holds {truth['html_pages']} pages"
    )
    print(f"  dead in the truth file {truth['dead']}; found dead, each without a file in the copy: {dead}")
    assert not any(path[1:].replace("/", "_") in copy.bodies for path in dead)
    wanted = Counter(
        (one["page"], squeezed(row["title"])[:12], row["date"]) for one in lists for row in one["rows"]
    )
    found = Counter(
        (visit["section_name"], squeezed(entry["title"])[:12], entry["published_on"])
        for visit in records(site, "section_visit")
        for entry in visit["entries"]
    )
    missed = [row for row in wanted if row not in found]
    print(f"  list rows with their days: {len(wanted) - len(missed)} of {len(wanted)}; missed: {missed[:5]}")
    hidden = sum(
        link["hidden"] and not link["internal"] and link["kind"] == "page" for link in targets.values()
    )
    planted = {row[1].rstrip("/").lower() for row in truth["hidden_links"]}
    print(f"  hidden outside targets: {hidden} (truth: {len(planted)})")
    print("  proposed sections:")
    for proposal in propose_sections(tonight.registry.sites[0], as_records(site)):
        _, title, url, section_class, rank, state, confidence, _ = proposal.row()
        print(f"    {title} · {section_class} · {rank} · {state} · {confidence} · {urlsplit(url).path}")


if __name__ == "__main__":
    main()
