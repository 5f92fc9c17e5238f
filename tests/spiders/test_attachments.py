"""Attachments of a site are fetched once and read; what cannot be read says why, and the link works all the same."""

from __future__ import annotations

from govcrawl.spiders.plan import KnownFile
from govcrawl.spiders.targets import Target, hand_over
from tests.netlab.server import answer
from tests.spiders.inspection import anchors, code_of, night, page, records
from tests.texts.test_files import document, encrypted_pdf, scanned_pdf, workbook

HOST = "www.a.gov.cn"
URL = f"http://{HOST}"
PDF = {"content_type": "application/pdf"}
FILE = {"content_type": "application/octet-stream"}


def test_an_attachment_is_fetched_once_and_its_text_kept_once(tmp_path):
    named = ("/a.xlsx", "/b.xlsx", "/c.docx", "/locked.pdf", "/scan.pdf", "/all.zip", "/big.pdf", "/z.docx")
    hosts = {
        HOST: {
            "/": page(anchors(*named, "http://www.outside.cn/e.docx")),
            "/a.xlsx": answer(workbook(), **FILE),
            "/b.xlsx": answer(workbook(), **FILE),
            "/c.docx": answer(document(), **FILE),
            "/locked.pdf": answer(encrypted_pdf(), **PDF),
            "/scan.pdf": answer(scanned_pdf(), **PDF),
            "/all.zip": answer(b"PK\x03\x04" + b"x" * 1000, content_type="application/zip"),
            "/big.pdf": answer(b"%PDF-" + b"x" * 200_000, **PDF),
            "/z.docx": answer(document(), **FILE),
        },
        "www.outside.cn": {"/e.docx": answer(document(), **FILE)},
    }
    with night(tmp_path, hosts) as tonight:
        visit = tonight.crawl("visit")
        links = tonight.crawl(
            "links", of_run=visit, ATTACHMENTS_MAX_PER_HOST="5", ATTACHMENT_MAX_BYTES="100000"
        )
        asked = [one.path for one in tonight.servers[HOST].asked]

    found = {
        record["target_url"].removeprefix(URL): record for record in records(links, "attachment_reading")
    }
    assert {
        "/a.xlsx": "read",
        "/b.xlsx": "read",
        "/c.docx": "read",
        "/locked.pdf": "encrypted",
        "/scan.pdf": "pictured",
        "/all.zip": "other",
        "/big.pdf": "too_large",
    } == {path: record["state"] for path, record in found.items()}  # the eighth is left for another night
    assert (2, None) == (found["/scan.pdf"]["pictured"], found["/scan.pdf"]["text_sha256"])
    texts = records(links, "page_text")
    assert {"/a.xlsx", "/c.docx"} == {text["url"].removeprefix(URL) for text in texts}
    assert found["/a.xlsx"]["text_sha256"] == found["/b.xlsx"]["text_sha256"] == texts[0]["sha256"]
    assert [1] * len(named) == [asked.count(path) for path in named]
    assert {"ok"} == {record["outcome"] for record in records(links, "link_check")}


def test_what_its_host_calls_the_same_is_not_fetched_again(tmp_path):
    files = ("/same.xlsx", "/changed.docx")
    served = {
        "/same.xlsx": answer(workbook(), headers={"ETag": '"1"'}, **FILE),
        "/changed.docx": answer(document(), headers={"ETag": '"2"'}, **FILE),
    }
    with night(tmp_path, {HOST: {"/": page(anchors(*files)), **served}}) as tonight:
        run = tonight.begin("links", of_run=tonight.crawl("visit").plan.run_id)
        targets = [
            Target(URL + file, "attachment", site_code=code_of(0), known_files=[KnownFile(URL + file, '"1"')])
            for file in files
        ]
        for number, task in enumerate(run.plan.tasks):
            hand_over(run.folder, task, targets[:] if number == 0 else [])
        tonight.work(run)
        asked = [one.path for one in tonight.servers[HOST].asked]

    assert [1, 2] == [asked.count(file) for file in files]
    assert [URL + "/changed.docx"] == [record["target_url"] for record in records(run, "attachment_reading")]
    assert {"ok"} == {record["outcome"] for record in records(run, "link_check")}


def test_of_a_file_that_was_cut_off_nobody_knows_the_hash(tmp_path):
    unannounced = answer(b"%PDF-" + b"x" * 200_000, **PDF).replace(b"Content-Length: 200005\r\n", b"")
    with night(tmp_path, {HOST: {"/": page(anchors("/long.pdf")), "/long.pdf": unannounced}}) as tonight:
        links = tonight.crawl("links", of_run=tonight.crawl("visit"), ATTACHMENT_MAX_BYTES="100000")

    (reading,) = records(links, "attachment_reading")
    assert ("too_large", None) == (reading["state"], reading["body_sha256"])
